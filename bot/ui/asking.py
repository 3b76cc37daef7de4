"""What the page shows while an answer is made."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answer import Answer, EvidenceFound, Finished, TextPiece, Waiting
from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.service import Assistant
from bot.ui.answer_html import answer_html
from bot.ui.escape import lines, message_html
from bot.ui.evidence_html import evidence_html
from bot.ui.talk import Talk
from bot.within import ANYWHERE, Within

_READING = "Đang đọc các đoạn tìm được …"
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Frame:
    """The answer and the passages as HTML; the last frame of an answer bears the answer itself."""

    answer: str
    evidence: str
    finished: Answer | None = None
    failed: bool = False


def respond(
    assistant: Assistant,
    who: Identity,
    question: str,
    talk: Talk,
    *,
    exact: bool = False,
    within: Within = ANYWHERE,
) -> Iterator[Frame]:
    """Frame by frame; errors are frames too."""
    found, text = "", ""
    try:
        events = assistant.ask(
            who, question, conversation=talk.conversation, history=talk.turns(), exact=exact, within=within
        )
        for event in events:
            if isinstance(event, EvidenceFound):
                found = evidence_html(event.evidence)
                yield Frame(growing_html("", _READING), found)
            elif isinstance(event, Waiting):
                yield Frame(growing_html(text, waiting_text(event.place)), found)
            elif isinstance(event, TextPiece):
                text += event.text
                yield Frame(growing_html(text, "Đang soạn câu trả lời …"), found)
            elif isinstance(event, Finished):
                answer = event.answer
                yield Frame(answer_html(answer), evidence_html(answer.evidence, answer.citations), answer)
    except KhuyenNghiError as exc:
        yield Frame(message_html(str(exc), error=True), found, failed=True)
    except Exception:
        _LOG.exception("the page could not show an answer")
        told = "Đã xảy ra lỗi ngoài dự kiến. Hãy thử hỏi lại; nếu vẫn lỗi, hãy báo người quản trị."
        yield Frame(message_html(told, error=True), found, failed=True)


def waiting_text(place: int) -> str:
    """Where in the queue the question stands; nobody is before it once the model is at work."""
    if not place:
        return _READING
    return f"Đang chờ, còn {place} câu hỏi phía trước … Các đoạn tìm được đã hiện bên cạnh."


def growing_html(text: str, state: str) -> str:
    """An answer under way; marked as growing, so that a screen reader waits for the end."""
    said = f'<div class="answer">{lines(text)}</div>' if text else ""
    return f'<div class="growing" data-growing><p class="state">{lines(state)}</p>{said}</div>'
