"""Where documents of different dates speak to the same point: which word is the later one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.answer import Citation
from bot.citations import defuse
from bot.compose import Composed
from bot.evidence import Evidence
from bot.said_by import speaker, when
from index.records import Statement
from index.register import Register, last_day
from index.vietnamese import normal_form, words


class Dated(Protocol):
    """A piece of a document with the document's date (ISO)."""

    @property
    def date(self) -> str:
        """Empty where it is not known."""
        ...


T = TypeVar("T", bound=Dated)
Said = Callable[[T], Sequence[Statement]]
# The share of words in common, names and figures apart, from which two statements speak to the same point. Higher than
# that of the register's groups, which must agree in their figures, too.
_ALIKE, _LEAST_WORDS = 0.7, 5


def in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Pieces of one document together; documents that speak to the same point by date, the later last."""
    documents = list(dict.fromkeys(item.document for item in chosen))
    dates = {item.document: item.date for item in chosen}
    for group in _groups(chosen, lambda item: item.said):
        held = {item.document for item in group}
        places = [place for place, document in enumerate(documents) if document in held]
        by_date = sorted((documents[place] for place in places), key=lambda document: last_day(dates[document]))
        for place, document in zip(places, by_date, strict=True):
            documents[place] = document
    return sorted(chosen, key=lambda item: documents.index(item.document))


def with_later_word(composed: Composed, register: Register) -> Composed:
    """The answer with a line of ours below for every point on which a later document speaks."""

    def said(citation: Citation) -> list[Statement]:
        return [line.statement for line in register.over(citation.document, citation.start, citation.end)]

    lines = [_told(group, said(group[-1])) for group in _groups(composed.citations, said)]
    return replace(composed, text="\n\n".join([composed.text, "\n".join(lines)])) if lines else composed


def on_one_point(one: Statement, other: Statement) -> bool:
    """Whether two statements ask or promise the same of the same province, be it with other figures."""
    if not one.province or _frame(one) != _frame(other):
        return False
    here, there = _content(one), _content(other)
    return min(len(here), len(there)) >= _LEAST_WORDS and len(here & there) >= _ALIKE * len(here | there)


def _groups(items: Sequence[T], said: Said[T]) -> Iterator[list[T]]:
    """Items that speak to the same point in several documents, by date, where the last is clearly the latest."""
    left = [item for item in items if said(item) and item.date]
    while left:
        first, *rest = left
        group = [first, *(item for item in rest if _meet(said(first), said(item)))]
        left = [item for item in rest if item not in group]
        *earlier, latest = sorted(group, key=lambda item: last_day(item.date))
        if earlier and all(last_day(item.date) < latest.date for item in earlier):
            yield [*earlier, latest]


def _meet(ones: Sequence[Statement], others: Sequence[Statement]) -> bool:
    return any(on_one_point(one, other) for one in ones for other in others if one.document_id != other.document_id)


def _told(group: Sequence[Citation], said: Sequence[Statement]) -> str:
    latest = group[-1]
    numbers = ", ".join(f"[{item.number}]" for item in group)
    speakers = {speaker(one) for one in said}
    named = speakers.pop() if len(speakers) == 1 else ""
    whose = f"của {named}" if named else f"trong «{latest.title}»"
    last = f"ý kiến sau cùng là {defuse(whose)}, {when(latest.date)} [{latest.number}]."
    return f"Trong các ý kiến được dẫn về cùng một nội dung {numbers}, {last}"


def _frame(statement: Statement) -> tuple[str, ...]:
    return statement.kind, statement.speaker_side, statement.province, statement.field


def _content(statement: Statement) -> frozenset[str]:
    """Its words without figures, and without the names that the frame holds or the speaker has."""
    names = f"{statement.speaker} {statement.title} {statement.province} {statement.recipient}"
    left_out = {*words(normal_form(names).lower())}
    said = words(normal_form(statement.text).lower())
    return frozenset(word for word in said if word not in left_out and not word[0].isdigit())
