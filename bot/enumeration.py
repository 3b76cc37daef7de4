"""Every statement of the register that a question asks for: complete where the nearest passages are not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.fit import Asked
from bot.injection import addresses_us
from bot.intent import Intent
from index.fields import all_fields
from index.register import Line, Wanted, plain_kind
from index.vietnamese import fold, search_terms, words

# A question about more than this asks for something in particular.
_OPEN_WORDS = 5
# On the topic is what holds this share of its words, weighed by rarity, and this part of what the best one holds.
_LEAST_SHARE, _OF_BEST = 0.3, 0.55
_CONTEXT = 0.7

Weigh = Callable[[Sequence[str]], Mapping[str, float]]


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
    register = asked.register

    def above(line: Line) -> str:
        return f"{heading_of(line)} . {register.above(line)}"

    lines = [one.line for one in on_topic(fitting(asked), asked.intent.topic, weigh, above)]
    return [line for line in lines if not addresses_us(line.statement.text)]


def nothing_text(intent: Intent) -> str:
    """What a reader is told when the register holds nothing of what is asked for."""
    kinds = ", ".join(map(plain_kind, intent.kinds))
    return f"Sổ khuyến nghị không có {kinds} phù hợp với câu hỏi; dưới đây là các đoạn gần với câu hỏi nhất."


def fitting(asked: Asked) -> list[Line]:
    """The lines of those asked for, of that kind, to those provinces, in that time; of whatever topic."""
    intent, period = asked.intent, asked.period
    wanted = Wanted(
        provinces=tuple(asked.provinces),
        kinds=intent.kinds,
        sides=(intent.side,) if intent.side else (),
        since=str(period.first) if period else "",
        until=str(period.last) if period else "",
        nationwide=not asked.provinces,
    )
    people = {speaker for name in intent.speakers for speaker in asked.register.called(name)}
    return [
        line
        for line in asked.register.lines(wanted)
        if (not intent.speakers or line.statement.speaker in people) and _holds_office(line, intent.offices)
    ]


def on_topic(lines: Sequence[Line], topic: str, weigh: Weigh, context_of: Callable[[Line], str]) -> list[Scored]:
    """The lines about the topic, in their order; all of them when there is no topic.

    `context_of` is what stands above a line: the headings, and the lead of its list.
    """
    terms = weigh(list(dict.fromkeys(term for part in topic.split(", ") for term in search_terms(part))))
    whole = sum(terms.values())
    if not whole:
        return [Scored(line, 1.0) for line in lines]
    fields = {field: {*search_terms(field)} & {*terms} for field in all_fields() if _plain(field) in _plain(topic)}
    scored = [Scored(line, _share(line, context_of(line), terms, whole, fields)) for line in lines]
    best = max((one.share for one in scored), default=0.0)
    least = max(_LEAST_SHARE, _OF_BEST * best)
    return [one for one in scored if one.share >= least]


def _holds_office(line: Line, offices: Sequence[str]) -> bool:
    return not offices or any(fold(office) in fold(line.statement.title) for office in offices)


def _share(
    line: Line, context: str, terms: Mapping[str, float], whole: float, fields: Mapping[str, Collection[str]]
) -> float:
    """How much of the topic a line holds; the name of its field counts as held, what stands above it for less."""
    held = {*search_terms(line.statement.text)} | {*fields.get(line.statement.field, ())}
    around = held | {*search_terms(context)}
    own, wider = (sum(terms[term] for term in among if term in terms) / whole for among in (held, around))
    return max(own, _CONTEXT * wider)


def _plain(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "
