"""The answer out of lines of the register: how many there are, each quoted with who says it, by province."""

from collections.abc import Callable, Iterator, Sequence

from bot.answer import AnswerSentence, Citation
from bot.citations import cite, defuse
from bot.compose import Composed, heading_of, tidy_quote
from bot.evidence import Evidence
from bot.fit import Asked
from bot.injection import for_people
from bot.register_listing import marks, speaker
from index.records import PartialDate
from index.register import Line, plain_kind, plain_side

_MOST_LINES = 60
_BESIDE = "Ngoài sổ, tìm thấy thêm (chưa rõ có đúng loại được hỏi hay không):"
_EVERYWHERE, _NOWHERE = "Chung cho mọi địa phương", "Không nêu địa phương"


def evidence_of(line: Line, heading: str) -> Evidence:
    """A line as a piece of evidence."""
    statement, document = line.statement, line.document
    return Evidence(
        document=document.id,
        title=for_people(document.title, document.source_name),
        source=document.source_name,
        date=str(document.date or ""),
        provinces=document.provinces,
        heading=for_people(heading, ""),
        start=statement.start,
        end=statement.end,
        text=statement.text,
        score=1.0,
        overlap=1.0,
        cosine=0.0,
        page=document.page_of(statement.start),
        said=(statement,),
    )


def enumerate_lines(
    lines: Sequence[Line], asked: Asked, heading: Callable[[Line], str], beside: Sequence[Evidence] = ()
) -> Composed:
    """The lines under their provinces, each speaker and document named once; then what was found `beside` them."""
    opening = defuse(_opening(lines, asked))
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    blocks: list[str] = []
    for place, held in _by_place(lines[:_MOST_LINES], asked):
        text = [f"{defuse(place)}:"] if place else []
        before = ""
        for line in held:
            item = evidence_of(line, heading(line))
            citations.append(cite(len(citations) + 1, item))
            quote = f"“{tidy_quote(defuse(item.text))}” [{len(citations)}]"
            sentences.append(AnswerSentence(quote, (len(citations),), "verbatim"))
            who = f"{defuse(speaker(line))} – «{defuse(heading_of(item))}»:"
            text += [who] if who != before else []
            text.append(f"- {quote}" + (f" ({marks(line)})" if marks(line) else ""))
            before = who
        blocks.append("\n".join(text))
    for number, item in enumerate(beside):
        citations.append(cite(len(citations) + 1, item))
        quote = f"“{tidy_quote(defuse(item.text))}” [{len(citations)}]"
        sentences.append(AnswerSentence(quote, (len(citations),), "verbatim"))
        blocks.append(f"- {quote}" if number else f"{_BESIDE}\n- {quote}")
    if asked.intent.form in ("count", "provinces"):
        sentences.insert(0, AnswerSentence(opening, tuple(range(1, len(citations) + 1)), "verified"))
    return Composed("\n\n".join([opening, *blocks]), tuple(sentences), tuple(citations))


def _opening(lines: Sequence[Line], asked: Asked) -> str:
    """How many there are, and the filter as it was understood."""
    intent = asked.intent
    noun = ", ".join(plain_kind(kind) for kind in intent.kinds)
    said_by = ", ".join([*intent.speakers, *intent.offices]) or (plain_side(intent.side) if intent.side else "")
    told = (
        ("bên nói", said_by),
        ("địa phương", ", ".join(asked.reading.provinces)),
        ("chủ đề", intent.topic),
        ("thời gian", _time(asked)),
    )
    filtered = "; ".join(f"{name}: {value}" for name, value in told if value)
    more = f" Dưới đây là {_MOST_LINES} nội dung đầu." if len(lines) > _MOST_LINES else ""
    names = sorted({name for line in lines for name in line.provinces})
    places = f", của {len(names)} địa phương: {', '.join(names)}" if intent.form == "provinces" and names else ""
    return f"Sổ khuyến nghị có {len(lines)} {noun} phù hợp{places} ({filtered}).{more}"


def _time(asked: Asked) -> str:
    if not asked.period:
        return ""
    first, last = (PartialDate.parse(str(day)) for day in asked.period)
    return " – ".join(date.vietnamese() for date in (first, last) if date)


def _by_place(lines: Sequence[Line], asked: Asked) -> Iterator[tuple[str, list[Line]]]:
    """Under the provinces where several are asked for; else as they come, under no heading."""
    if len(asked.reading.provinces) == 1:
        yield "", list(lines)
        return
    held: dict[str, list[Line]] = {}
    for line in lines:
        place = _EVERYWHERE if line.is_nationwide else ", ".join(line.provinces) or _NOWHERE
        held.setdefault(asked.place_of(line.document, [line]) or place, []).append(line)
    yield from held.items()
