"""The answer out of lines of the register: how many there are, each quoted with who says it, by province."""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.answer import AnswerSentence, Citation
from bot.citations import cite, defuse
from bot.compose import Composed, heading_of, tidy_quote
from bot.evidence import Evidence
from bot.fit import Asked
from bot.injection import for_people
from bot.register_listing import marks, speaker
from index.lines import LIST_ITEM
from index.records import PartialDate
from index.register import Line, plain_kind, plain_side

_MOST_LINES = 60
_WORD = re.compile(r"\w+%?")
_BESIDE = "Ngoài sổ, tìm thấy thêm (chưa rõ có đúng loại được hỏi hay không):"
_TOGETHER = " Các ý liền nhau trong một danh sách được trích chung."
_EVERYWHERE, _NOWHERE = "Chung cho mọi địa phương", "Không nêu địa phương"
_INTERNAL = "Trong nội bộ"


@dataclass(frozen=True, slots=True)
class _Quote:
    """Lines that are quoted in one piece: a list with its lead, or a line alone."""

    lines: tuple[Line, ...]
    start: int
    end: int


def enumerate_lines(
    lines: Sequence[Line], asked: Asked, heading: Callable[[Line], str], beside: Sequence[Evidence] = ()
) -> Composed:
    """The lines under their provinces, each speaker and document named once; then what was found `beside` them."""
    opening = defuse(_opening(lines, asked))
    lines = _counted(lines, asked)
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []

    def cited(item: Evidence) -> str:
        citations.append(cite(len(citations) + 1, item))
        quote = f"“{tidy_quote(defuse(item.text))}” [{len(citations)}]"
        sentences.append(AnswerSentence(quote, (len(citations),), "verbatim"))
        return f"- {quote}"

    blocks: list[str] = []
    for place, held in _by_place(lines[:_MOST_LINES], asked):
        text = [f"{defuse(place)}:"] if place else []
        before = ""
        for quote in _quotes(held, asked):
            item = _evidence_of(quote, heading(quote.lines[0]))
            who = f"{defuse(speaker(quote.lines[0]))} – «{defuse(heading_of(item))}»:"
            text += [who] if who != before else []
            marked = ", ".join(dict.fromkeys(marks(line) for line in quote.lines if marks(line)))
            text.append(cited(item) + (f" ({marked})" if marked else ""))
            before = who
        blocks.append("\n".join(text))
    if len(citations) < min(len(lines), _MOST_LINES):
        opening += _TOGETHER
    if beside:
        blocks.append("\n".join([_BESIDE, *(f"«{defuse(heading_of(item))}»:\n{cited(item)}" for item in beside)]))
    if asked.intent.form in ("count", "provinces"):
        sentences.insert(0, AnswerSentence(opening, tuple(range(1, len(citations) + 1)), "verified"))
    return Composed("\n\n".join([opening, *blocks]), tuple(sentences), tuple(citations))


def _quotes(lines: Sequence[Line], asked: Asked) -> list[_Quote]:
    """The lines as they are quoted: items of a list that follow each other together, and with their lead."""
    quotes: list[_Quote] = []
    for line in lines:
        last, start = quotes[-1] if quotes else None, line.statement.start
        is_item = bool(LIST_ITEM.match(line.statement.text))
        if last and is_item and _is_alike(last.lines[-1], line) and _is_next(line, last.end):
            quotes[-1] = _Quote((*last.lines, line), last.start, line.statement.end)
            continue
        lead = asked.register.lead_of(line) if is_item else None
        if lead and speaker(lead) == speaker(line) and _is_next(line, lead.statement.end):
            start = lead.statement.start
        quotes.append(_Quote((line,), start, line.statement.end))
    return quotes


def _is_alike(one: Line, other: Line) -> bool:
    """Whether two lines may stand under one name."""
    return (one.document.id, speaker(one)) == (other.document.id, speaker(other))


def _is_next(line: Line, end: int) -> bool:
    return not line.document.text[end : line.statement.start].strip()


def _evidence_of(quote: _Quote, heading: str) -> Evidence:
    document = quote.lines[0].document
    return Evidence(
        document=document.id,
        title=for_people(document.title, document.source_name),
        source=document.source_name,
        date=str(document.date or ""),
        provinces=document.provinces,
        heading=for_people(heading, ""),
        start=quote.start,
        end=quote.end,
        text=document.text[quote.start : quote.end],
        score=1.0,
        overlap=1.0,
        cosine=0.0,
        page=document.page_of(quote.start),
        said=tuple(line.statement for line in quote.lines),
    )


def _opening(lines: Sequence[Line], asked: Asked) -> str:
    """How many there are, the leads of lists not counted, and the filter as it was understood."""
    intent = asked.intent
    noun = ", ".join(plain_kind(kind) for kind in intent.kinds)
    said_by = ", ".join([*intent.speakers, *intent.offices])
    told = (
        ("bên nói", _as_typed(said_by, asked.reading.text) or (plain_side(intent.side) if intent.side else "")),
        ("địa phương", ", ".join(asked.reading.provinces)),
        ("chủ đề", _as_typed(intent.topic, asked.reading.text)),
        ("thời gian", _time(asked)),
        ("bộ lọc", asked.narrowing.text() if asked.narrowing else ""),
    )
    filtered = "; ".join(f"{name}: {value}" for name, value in told if value)
    more = f" Dưới đây là {_MOST_LINES} nội dung đầu." if len(lines) > _MOST_LINES else ""
    names = sorted({name for line in lines for name in line.provinces})
    places = f", của {len(names)} địa phương: {', '.join(names)}" if intent.form == "provinces" and names else ""
    counted = _counted(lines, asked)
    different = len(asked.register.grouped(counted))
    same = f" ({different} nội dung khác nhau)" if different < len(counted) else ""
    return f"Sổ khuyến nghị có {len(counted)} {noun} phù hợp{same}{places} ({filtered}).{more}"


def _as_typed(said: str, typed: str) -> str:
    """The words as the question has them, with capitals and percent signs."""
    own = {word.rstrip("%").lower(): word for word in _WORD.findall(typed)}
    return _WORD.sub(lambda word: own.get(word.group().lower(), word.group()), said)


def _counted(lines: Sequence[Line], asked: Asked) -> Sequence[Line]:
    """Without those that only lead to a list: its items bring them along."""
    return [line for line in lines if not asked.register.is_lead(line)] or lines


def _time(asked: Asked) -> str:
    if not asked.period:
        return ""
    first, last = (PartialDate.parse(str(day)) for day in asked.period)
    since = f"từ {first.vietnamese()}" if first and asked.period.first > datetime.date.min else ""
    until = f"đến {last.vietnamese()}" if last and asked.period.last < datetime.date.max else ""
    return f"{since} {until}".strip()


def _by_place(lines: Sequence[Line], asked: Asked) -> Iterator[tuple[str, list[Line]]]:
    """Under the provinces where there are several, or parts of one, what is said to all last; else under no heading."""
    held: dict[str, list[Line]] = {}
    for line in lines:
        held.setdefault(_place(line, asked), []).append(line)
    if len(asked.reading.provinces) == 1 and [*held] == [asked.reading.provinces[0]]:
        yield "", list(lines)
        return
    yield from sorted(held.items(), key=lambda one: one[0] in (_EVERYWHERE, _NOWHERE))


def _place(line: Line, asked: Asked) -> str:
    named = [name for name in line.provinces if name in asked.reading.provinces]
    part = next((name for name in line.provinces if name in asked.reading.parts), "")
    if not named and part:
        return f"{part} (nay thuộc {asked.place_of(line.document, [line])})"
    is_internal = line.statement.kind == "directive_internal"
    everywhere = (_INTERNAL if is_internal else _EVERYWHERE) if line.is_nationwide else ""
    return everywhere or ", ".join(named) or ", ".join(line.provinces) or _NOWHERE
