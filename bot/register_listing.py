"""Statements of the register put in order for people: under headings, what says the same together; and as data."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.register_asked import Asked
from index.records import KINDS, PartialDate
from index.register import Line, Register, plain_kind, plain_side

Group = Sequence[Line]  # lines that say the same in several documents


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading."""

    heading: str
    groups: Sequence[Group]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of the register with what was asked; `opening` tells how many there are and the filter as understood."""

    opening: str
    sections: Sequence[Section]
    summary: str


def listing_of(register: Register, asked: Asked, lines: Sequence[Line]) -> Listing:
    """The lines under headings: those of the provinces asked for, of their parts, of all provinces, of none."""
    noun = asked.noun()
    headings: dict[str, list[Line]] = {heading: [] for heading in _headings(asked)}
    for line in lines:
        headings[_heading(line, asked)].append(line)
    sections = [
        Section(f"{noun[0].upper()}{noun[1:]} {heading}", register.grouped(held))
        for heading, held in headings.items()
        if held
    ]
    different = sum(len(section.groups) for section in sections)
    same = f" ({different} nội dung khác nhau)" if different < len(lines) else ""
    return Listing(f"Có {len(lines)} {noun}{same} – {asked.text()}.", sections, _summary(lines))


def plain_text(listing: Listing, *, with_kind: bool) -> Iterator[str]:
    """The listing for a terminal, line by line; `with_kind` names the kind of each statement."""
    yield listing.opening
    number = 0
    for section in listing.sections:
        yield f"\n{section.heading}"
        for group in section.groups:
            number += 1
            yield from _item(number, group, with_kind=with_kind)
    yield f"\n{listing.summary}"


def record_of(line: Line) -> dict[str, Any]:
    """A line as data: `text[start:end]` of the document is the quote."""
    statement, document = line.statement, line.document
    return {
        "id": statement.id,
        "document": document.id,
        "source": document.source_name,
        "start": statement.start,
        "end": statement.end,
        "quote": statement.text,
        "kind": statement.kind,
        "speaker": statement.speaker,
        "title": statement.title,
        "speaker_side": statement.speaker_side,
        "recipient": statement.recipient,
        "province": statement.province,
        "date": statement.date,
        "field": statement.field,
        "figures": list(statement.figures),
        "deadline": statement.deadline,
        "confidence": statement.confidence,
        "cues": list(statement.cues),
        "sure": line.is_sure,
        "corrected": line.is_corrected,
    }


def marks(line: Line) -> str:
    """What the reader must know of a line: that it is doubtful, that it was corrected."""
    told = ("chưa chắc chắn" if not line.is_sure else "", "đã đính chính" if line.is_corrected else "")
    return ", ".join(filter(None, told))


def speaker(line: Line) -> str:
    """Who says it, with the title; the side where no name is known."""
    statement = line.statement
    named = " ".join(filter(None, (statement.title, statement.speaker)))
    return named or f"{plain_side(statement.speaker_side)} (không nêu tên)"


def date(line: Line) -> str:
    """The date as officials write it, empty where it is not known."""
    known = PartialDate.parse(line.statement.date)
    return known.vietnamese() if known else ""


def place(line: Line) -> str:
    """Where the quote stands."""
    document, statement = line.document, line.statement
    page = document.page_of(statement.start)
    on_page = f"trang {page}, " if page else ""
    return f"{document.source_name}, {on_page}ký tự {statement.start}–{statement.end}"


def one_line(text: str) -> str:
    """A quote on one line."""
    return " ".join(text.split())


def _item(number: int, group: Group, *, with_kind: bool) -> Iterator[str]:
    line, *others = group
    statement = line.statement
    kind = f"[{plain_kind(statement.kind)}] " if with_kind else ""
    marked = f" ({marks(line)})" if marks(line) else ""
    yield f"{number}. {kind}“{one_line(statement.text)}”{marked}"
    told = (
        ("người nói", speaker(line)),
        ("nơi nhận", statement.recipient),
        ("địa phương", ", ".join(line.provinces)),
        ("ngày", date(line)),
        ("lĩnh vực", statement.field),
        ("thời hạn", one_line(statement.deadline)),
    )
    yield "    " + "; ".join(f"{name}: {value}" for name, value in told if value)
    yield f"    nguồn: {line.document.title} – {place(line)}"
    for other in others:
        yield f"    cũng nêu tại: {other.document.title} – {place(other)}"
    yield f"    mã: {statement.id}"


_EVERYWHERE, _OF_EACH, _NOWHERE = "chung cho mọi địa phương", "liên quan đến từng địa phương", "không nêu địa phương"


def _headings(asked: Asked) -> list[str]:
    if not asked.provinces:
        return [_OF_EACH, _EVERYWHERE, _NOWHERE]
    return [_about(asked), *(_about_part(part, asked) for part in asked.parts), _EVERYWHERE]


def _heading(line: Line, asked: Asked) -> str:
    if line.is_nationwide:
        return _EVERYWHERE
    if not asked.provinces:
        return _OF_EACH if line.provinces else _NOWHERE
    own = set(asked.wanted.provinces) - set(asked.parts)
    if own & set(line.provinces):
        return _about(asked)
    return _about_part(next(part for part in asked.parts if part in line.provinces), asked)


def _about(asked: Asked) -> str:
    return f"liên quan đến {', '.join(asked.provinces)}"


def _about_part(part: str, asked: Asked) -> str:
    return f"liên quan đến {part} (nay thuộc {asked.parts[part]})"


def _summary(lines: Sequence[Line]) -> str:
    counts = Counter(line.statement.kind for line in lines)
    told = [f"{counts[kind]} {plain_kind(kind)}" for kind in KINDS if counts[kind]] or ["không có nội dung nào"]
    doubtful, corrected = sum(not line.is_sure for line in lines), sum(line.is_corrected for line in lines)
    told += [f"{doubtful} chưa chắc chắn"] if doubtful else []
    told += [f"{corrected} đã đính chính"] if corrected else []
    return f"Tổng hợp: {'; '.join(told)}."
