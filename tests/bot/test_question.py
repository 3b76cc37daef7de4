"""From what was typed to the question that is asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QuestionError
from bot.question import understand

LIMIT = 2000


@pytest.mark.parametrize("typed", ["", " \n\t ", "?!… – «»", "\x00\x07\x1b\n", "\u200b\ufeff\u00ad"])
def test_without_a_word_it_is_refused_and_an_example_is_given(typed: str) -> None:
    with pytest.raises(QuestionError, match=r"Câu hỏi đang để trống.*ví dụ"):
        understand(typed, LIMIT)


def test_twenty_thousand_characters_are_refused_and_the_limit_is_named() -> None:
    with pytest.raises(QuestionError, match=r"20000 ký tự.*giới hạn 2000 ký tự.*rút gọn"):
        understand("a" * 20_000, LIMIT)


def test_the_limit_itself_is_allowed() -> None:
    assert len(understand("a" * LIMIT, LIMIT).text) == LIMIT


def test_decomposed_unicode_is_composed_and_what_was_typed_is_kept() -> None:
    composed = "Đảo Ngọc phủ sóng ở đâu?"
    typed = unicodedata.normalize("NFD", composed)
    assert typed != composed
    question = understand(typed, LIMIT)
    assert (question.text, question.typed) == (composed, typed)


def test_control_characters_separate_words_and_invisible_ones_vanish() -> None:
    assert understand("\x07Sông\x00Lam\r\n cần\u200b gì\ufeff?\t", LIMIT).text == "Sông Lam cần gì?"


@given(st.text(max_size=200))
def test_understanding_twice_changes_nothing(typed: str) -> None:
    try:
        text = understand(typed, LIMIT).text
    except QuestionError:
        return
    assert text == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.category(char) == "Cc" for char in text)
    assert understand(text, LIMIT).text == text
