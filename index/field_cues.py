"""What tells the field of a statement: its words, those around it and who speaks, as names of cues."""

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.kind_cues import Link
from index.records import Kind, Side
from index.vietnamese import normal_form

_TABLE = Path(__file__).with_name("fields.toml")
_WORD = re.compile(r"\d*[^\W\d_]+\d*|\d[\d.,]*|%")


@dataclass(frozen=True, slots=True)
class Told:
    """What the field is judged from. `said` is the content without the words that name the speaker."""

    said: str
    opener: str  # how its paragraph begins, empty where the statement itself begins it
    heading: str
    speaker: str  # with the title
    side: Side
    kind: Kind
    place: str  # text, item, caption, row
    link: Link  # how it hangs together with the statement before it
    leads: bool  # whether items follow that it introduces


def cues(told: Sequence[Told]) -> list[list[str]]:
    """Everything that may tell, of each statement of a document; the neighbours' words tell too."""
    words = [_words(one.said) for one in told]
    heard = [_fields_in(said) for said in words]
    found: list[list[str]] = []
    lead: tuple[str, ...] = ()
    for place, one in enumerate(told):
        if one.leads or one.place != "item":
            lead = ()
        names = [*_own(words[place], heard[place]), *_around(one), *(f"lead {field}" for field in lead)]
        if place:
            names += _beside("before", heard[place - 1], one.link)
        if place + 1 < len(told):
            names += _beside("after", heard[place + 1], told[place + 1].link)
        found.append(list(dict.fromkeys(names)))
        lead = heard[place] if one.leads else lead
    return found


def _own(words: Sequence[str], heard: Sequence[str]) -> Iterator[str]:
    plain = [_plain(word) for word in words]
    yield "always"
    yield from (f"w {word}" for word in plain)
    yield from (f"w {left} {right}" for left, right in itertools.pairwise(plain))
    yield from (f"has {field}" for field in heard)
    if not heard:
        yield "has none"
    if heard:
        yield f"mostly {heard[0]}"
    if len(heard) == 1:
        yield f"only {heard[0]}"


def _around(one: Told) -> Iterator[str]:
    yield f"kind={one.kind}"
    yield f"side={one.side}"
    yield f"place={one.place}"
    for name, text in (("opener", one.opener), ("heading", one.heading), ("speaker", one.speaker)):
        yield from (f"{name} {field}" for field in fields_in(text))


def _beside(where: str, heard: Sequence[str], link: Link) -> Iterator[str]:
    for field in heard:
        yield f"{where} {field}"
        if link in {"list", "same"}:
            yield f"close {where} {field}"


@lru_cache(maxsize=512)
def fields_in(text: str) -> tuple[str, ...]:
    """The fields whose words a text holds, the one with most first; of words inside longer ones only these count."""
    return _fields_in(_words(text)) if text else ()


def _fields_in(words: Sequence[str]) -> tuple[str, ...]:
    found: dict[str, float] = {}
    known, place = _by_first(), 0
    while place < len(words):
        for rest, field in known.get(words[place], ()):
            if tuple(words[place + 1 : place + 1 + len(rest)]) == rest:
                found[field] = found.get(field, 0.0) + 1.15 + 0.15 * len(rest)
                place += len(rest)
                break
        place += 1
    return tuple(sorted(found, key=lambda field: -found[field]))


def _words(text: str) -> list[str]:
    return _WORD.findall(normal_form(text).lower())


def _plain(word: str) -> str:
    """Figures are all alike; `4g` is a word."""
    return "#" if word[0].isdigit() and not word[-1].isalpha() else word


@cache
def _by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By its first syllable each word's others with its field, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for field, listed in words_of_fields().items():
        for word in listed:
            first, *rest = _words(word)
            found.setdefault(first, []).append((tuple(rest), field))
    return {first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in found.items()}


@cache
def words_of_fields() -> dict[str, list[str]]:
    """Words by which each field may be known."""
    with _TABLE.open("rb") as file:
        fields: dict[str, list[str]] = tomllib.load(file)["fields"]
    return fields
