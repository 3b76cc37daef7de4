"""From what was typed to the question that is asked."""

import unicodedata
from dataclasses import dataclass

from bot.errors import QuestionError
from index.vietnamese import normal_form, words


@dataclass(frozen=True, slots=True)
class Question:
    """`typed` is what came in, `text` its normal form, which is searched and shown."""

    typed: str
    text: str


def understand(typed: str, limit_chars: int) -> Question:
    """Clean a question. Raises QuestionError when it is empty, has no word in it, or is too long."""
    if len(typed) > limit_chars:
        raise QuestionError(
            f"Câu hỏi dài {len(typed):n} ký tự, vượt quá giới hạn {limit_chars:n} ký tự.",
            "Hãy rút gọn câu hỏi, hoặc tách thành nhiều câu hỏi ngắn.",
        )
    typed = typed.encode("utf-8", "ignore").decode()  # a terminal may hand over half a character
    visible = "".join(char if unicodedata.category(char) != "Cc" else " " for char in typed)
    text = normal_form(visible)
    if not words(text):
        raise QuestionError("Câu hỏi đang để trống.", "Hãy nhập câu hỏi, ví dụ: «Bộ khuyến nghị Đồng Tháp điều gì?».")
    return Question(typed=typed, text=text)
