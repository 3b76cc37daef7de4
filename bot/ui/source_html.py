"""A source document beside the answer: its words as they stand, the place cited marked."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.evidence import shown_date
from bot.identity import Identity
from bot.injection import for_people
from bot.register_listing import speaker
from bot.service import Assistant
from bot.ui.escape import escape
from index.records import Document
from index.register import Line

# A document up to this many characters is shown whole, of a longer one so many at a time.
_WHOLE_CHARS = 120_000
_WINDOW_CHARS = 60_000
_LINE_CHARS = 5_000
_HEADING = re.compile(r"(?m)^(#{1,6} )([^\n]*)$")


def window(document: Document, start: int, at: int | None = None) -> tuple[int, int]:
    """Which stretch to show: all, or the one around `start` or from `at`, cut at the ends of lines that are near."""
    length = len(document.text)
    if length <= _WHOLE_CHARS:
        return 0, length
    first = start - _WINDOW_CHARS // 2 if at is None else at
    first = max(0, min(first, length - _WINDOW_CHARS))
    last = min(length, first + _WINDOW_CHARS)
    before = document.text.rfind("\n", max(0, first - _LINE_CHARS), first)
    behind = document.text.find("\n", last, last + _LINE_CHARS)
    return 0 if first == 0 else before + 1 or first, behind + 1 or last


def open_html(
    assistant: Assistant, who: Identity, document_id: str, start: int, end: int, at: int | None = None
) -> str:
    """The document with the place, as it stands now. Raises NotFoundError, QuestionError."""
    found = assistant.context(who, document_id, start, end, around=0)
    said = assistant.whole_register(who).over(document_id, start, end)
    return source_html(found.document, start, end, found.heading, said, at)


def source_html(
    document: Document, start: int, end: int, heading: str, said: Sequence[Line], at: int | None = None
) -> str:
    """The document with `text[start:end]` marked. `at` is where the stretch begins that is shown of a long one."""
    first, last = window(document, start, at)
    title = for_people(document.title, document.source_name)
    return (
        f'<section class="source" aria-label="{escape(title)}">'
        '<div class="source-head"><button type="button" class="back" data-close>← Quay lại kết quả</button>'
        f'<h2 tabindex="-1">{escape(title)}</h2>{_facts(document, start, heading, said)}</div>'
        f"{_moves(document, start, end, first, last)}"
        f'<div class="source-text" role="region" aria-label="Nội dung tài liệu" tabindex="0">'
        f"{_text(document, start, end, first, last)}</div></section>"
    )


def _facts(document: Document, start: int, heading: str, said: Sequence[Line]) -> str:
    page = document.page_of(start)
    facts = (
        ("Ngày", shown_date(str(document.date or ""))),
        ("Địa phương", ", ".join(document.provinces)),
        ("Người nói", ", ".join(dict.fromkeys(speaker(line) for line in said))),
        ("Trang", str(page) if page else ""),
        ("Mục", for_people(heading, "").rsplit(" › ", 1)[-1]),
        ("Số, loại", " ".join(filter(None, (document.type, document.number)))),
        ("Tệp", document.source_name),
    )
    shown = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value)
    return f'<dl class="facts">{shown}</dl>'


def _moves(document: Document, start: int, end: int, first: int, last: int) -> str:
    """Ways to the rest of a long document."""
    length = len(document.text)
    if (first, last) == (0, length):
        return ""
    place = f'data-act="open" data-document="{escape(document.id)}" data-start="{start}" data-end="{end}"'
    before = f'<button type="button" {place} data-at="{max(0, first - _WINDOW_CHARS)}">↑ Phần trước</button>'
    after = f'<button type="button" {place} data-at="{last}">↓ Phần sau</button>'
    shown = f"đang hiện từ {_number(first + 1)} đến {_number(last)}"
    return (
        f'<p class="moves">Tài liệu dài {_number(length)} ký tự, {shown}. '
        f"{before if first else ''} {after if last < length else ''}</p>"
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _text(document: Document, start: int, end: int, first: int, last: int) -> str:
    """The characters as they stand; where pages begin is told by the style sheet, not in the text."""
    low, high = max(start, first), min(end, last)
    cuts = {first, last, *(page for page in document.pages if first < page < last)}
    if low < high:
        cuts |= {low, high}
    ordered = sorted(cuts)
    pieces, begun = [], False
    for begin, stop in pairwise(ordered):
        if begin in document.pages:
            pieces.append(f'<span class="page" data-page="Trang {document.page_of(begin)}"></span>')
        piece = _HEADING.sub(
            r'<b class="heading"><span class="hash">\1</span>\2</b>', escape(document.text[begin:stop])
        )
        if low <= begin < high:
            piece = f"<mark{'' if begun else ' tabindex=-1'}>{piece}</mark>"
            begun = True
        pieces.append(piece)
    return "".join(pieces)
