"""Every statement of the register that a question asks for: complete where the nearest passages are not."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.fit import Asked
from bot.injection import addressed_spans
from bot.intent import Intent
from index.fields import all_fields
from index.register import Line, Wanted, plain_kind
from index.vietnamese import fold, search_terms, words

# A question about more than this asks for something in particular.
_OPEN_WORDS = 5
# On the topic is what holds this share of its words, weighed by rarity, and this part of what the best one holds.
_LEAST_SHARE, _OF_BEST = 0.3, 0.55
# A part of the topic that holds less of its weight is not asked for by itself.
_LEAST_PART = 0.3
# What the lead of a list holds counts nearly as much as the item's own words, headings and the title for half.
_LEAD, _HEADING, _TITLE = 0.9, 0.5, 0.4

Weigh = Callable[[Sequence[str]], Mapping[str, float]]
Above = Callable[[Line], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scored:
    """A line with how much of the topic it holds, in 0..1."""

    line: Line
    share: float


def asks_to_enumerate(intent: Intent) -> bool:
    """Whether a question is one for the register: statements of a kind, as many as there are."""
    if not intent.kinds:
        return False
    is_open = intent.form == "what" and len(words(intent.topic)) <= _OPEN_WORDS
    return is_open or intent.form in ("list", "count", "provinces", "compare")


def found(asked: Asked, weigh: Weigh, heading_of: Callable[[Line], str]) -> list[Line]:
    """The lines of the register that are asked for, by date, document and place."""

    def above(line: Line) -> tuple[str, str]:
        return asked.register.above(line), heading_of(line)

    lines = [one.line for one in on_topic(fitting(asked), asked.intent.topic, weigh, above)]
    return [line for line in lines if not _is_order(line)]


def _is_order(line: Line) -> bool:
    """Whether a line speaks to the assistant, or goes on with what does."""
    statement, orders = line.statement, _orders_in(line.document.text)
    return any(start < statement.end and statement.start < end for start, end in orders)


@lru_cache(maxsize=1000)
def _orders_in(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(addressed_spans(text))


def nothing_text(intent: Intent) -> str:
    """What a reader is told when the register holds nothing of what is asked for."""
    kinds = ", ".join(map(plain_kind, intent.kinds))
    return f"Không tìm thấy {kinds} khớp với câu hỏi trong sổ khuyến nghị; dưới đây là các đoạn gần với câu hỏi nhất."


def fitting(asked: Asked) -> list[Line]:
    """The lines of those asked for, of that kind, to those provinces, in that time, within the filter; of any topic.

    What was said to all provinces counts where it was said in a document about one of them.
    """
    intent, period = asked.intent, asked.period
    wanted = Wanted(
        provinces=tuple(asked.provinces),
        kinds=intent.kinds,
        sides=(intent.side,) if intent.side else (),
        since=str(period.first) if period else "",
        until=str(period.last) if period else "",
    )
    of_each = [asked.register.lines(replace(wanted, speaker=name)) for name in intent.speakers or ("",)]
    said = {
        line.statement.id: line
        for lines in of_each
        for line in lines
        if _holds_office(line, intent.offices) and _is_of(line, asked.provinces) and asked.holds_line(line)
    }
    return sorted(said.values(), key=lambda line: (line.statement.date, line.document.id, line.statement.start))


def _is_of(line: Line, provinces: Collection[str]) -> bool:
    return not line.is_nationwide or not provinces or not {*provinces}.isdisjoint(line.document.provinces)


def on_topic(lines: Sequence[Line], topic: str, weigh: Weigh, above: Above) -> list[Scored]:
    """The lines about the topic or one of its parts, in their order; all of them when there is no topic.

    `above` is what stands above a line: the lead of its list, or the sentence before, and the headings.
    """
    parts = [search_terms(part) for part in topic.split(", ")]
    terms = weigh(list(dict.fromkeys(term for part in parts for term in part)))
    whole = sum(terms.values())
    if not whole:
        return [Scored(line, 1.0) for line in lines]
    of_parts = [{term: terms[term] for term in part if term in terms} for part in parts]
    groups = [terms, *(group for group in of_parts if sum(group.values()) >= _LEAST_PART * whole)]
    named = [field for field in all_fields() if _plain(field) in _plain(topic)]
    scored = [Scored(line, _share(line, above(line), groups, named)) for line in lines]
    best = max((one.share for one in scored), default=0.0)
    least = max(_LEAST_SHARE, _OF_BEST * best)
    return [one for one in scored if one.share >= least]


def _holds_office(line: Line, offices: Sequence[str]) -> bool:
    """Whether the speaker has one of the offices: not as a deputy, unless that was asked for."""
    title = f" {fold(line.statement.title)} "
    return not offices or any(re.search(rf"(?<!pho )(?<!nguyen ) {fold(office)} ", title) for office in offices)


def _share(line: Line, above: tuple[str, str], groups: Sequence[Mapping[str, float]], named: Collection[str]) -> float:
    """How much of a group of terms a line holds at most; what stands above it counts for less.

    The name of its field counts as held where it is among those `named`.
    """
    lead, heading = above
    own = _terms(line.statement.text)
    if line.statement.field in named:
        own |= _terms(line.statement.field)
    with_lead = own | _terms(lead)
    with_heading = with_lead | _terms(heading)
    with_title = with_heading | _terms(line.document.title)
    degrees = ((own, 1.0), (with_lead, _LEAD), (with_heading, _HEADING), (with_title, _TITLE))
    return max(
        weight * sum(group[term] for term in held if term in group) / sum(group.values())
        for group in groups
        for held, weight in degrees
    )


@lru_cache(maxsize=50_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(search_terms(text))


def _plain(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "
