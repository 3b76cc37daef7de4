"""An answer on a terminal: passages at once, the answer as it comes, the sources at the end."""

import sys
import unicodedata
from collections.abc import Iterable

from bot.answer import Answer, Citation, Event, EvidenceFound, TextPiece, Waiting

_EVIDENCE_SHOWN = 3


def show(events: Iterable[Event]) -> Answer:
    """Print an answer while it is made, and return it."""
    streamed, place = "", 0
    for event in events:
        if isinstance(event, EvidenceFound):
            _show_evidence(event)
        elif isinstance(event, Waiting):
            if event.place not in (0, place):
                print(f"Mô hình đang bận, còn {event.place} câu hỏi trước; vui lòng đợi.", file=sys.stderr, flush=True)
            place = event.place
        elif isinstance(event, TextPiece):
            streamed += event.text
            print(printable(event.text), end="", flush=True)
        else:
            _show_end(event.answer, streamed)
            return event.answer
    raise EOFError("an answer ends with Finished")


def _show_evidence(found: EvidenceFound) -> None:
    print(f"Đoạn tìm thấy ({number(found.seconds, 2)} giây):")
    for item in sorted(found.evidence, key=lambda item: -item.score)[:_EVIDENCE_SHOWN]:
        print(printable(f"  • {_one_line(item.text)}  — {item.title}"))
    print("\nTrả lời:", flush=True)


def _show_end(answer: Answer, streamed: str) -> None:
    if streamed.strip() != answer.text.strip():
        print(f"\n\nTrả lời sau khi kiểm chứng:\n{printable(answer.text)}", end="")
    print()
    print(printable(f"\n{answer.read_as()}"))
    for note in answer.notes:
        print(printable(note))
    if answer.citations:
        print("\nNguồn trích dẫn:")
    for citation in answer.citations:
        print(_source(citation))
    if answer.notice:
        print(f"\nLưu ý: {answer.notice}", file=sys.stderr)
    timings = answer.timings_s
    first = "" if timings.first_token is None else f", mô hình bắt đầu {number(timings.first_token, 1)} giây"
    print(f"\n(tìm {number(timings.evidence or 0, 2)} giây{first}, tổng {number(timings.total or 0, 1)} giây)")


def _source(citation: Citation) -> str:
    where = citation.where()
    title = f"{citation.title} ({where})" if where else citation.title
    quote = _one_line(citation.quote)
    place = f"{citation.source}, ký tự {citation.start}–{citation.end}"
    return printable(f"[{citation.number}] {title} – {place}\n    “{quote}”")


def number(value: float, decimals: int = 0) -> str:
    """As it is written in Vietnamese: `51.242`, `14,6`."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def printable(text: str) -> str:
    """Without the control characters by which a document could steer the terminal."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) != "Cc")


def _one_line(text: str) -> str:
    return " ".join(text.split())
