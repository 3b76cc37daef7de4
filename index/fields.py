"""The field that a statement is about, by the words of each (`fields.toml`)."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from index.vietnamese import normal_form

_TABLE = Path(__file__).with_name("fields.toml")
OTHER = "khác"
_OWN, _OPENER, _HEADING, _BEFORE = 3.0, 2.5, 1.5, 1.0


def field_of(said: str, opener: str, heading: str, before: str) -> str:
    """The field whose words weigh most in a statement, the opening of its paragraph and its heading.

    `before` is the field of the statement before it of the same speaker in the paragraph, or empty: without words
    of its own a statement stays in it.
    """
    scores: dict[str, float] = {}
    for text, weight in ((said, _OWN), (opener, _OPENER), (heading, _HEADING)):
        for field, count in _hits(normal_form(text).lower()).items():
            scores[field] = scores.get(field, 0.0) + weight * count
    if before and before != OTHER:
        scores[before] = scores.get(before, 0.0) + _BEFORE
    return max(scores, key=lambda field: scores[field], default=OTHER)


def all_fields() -> Sequence[str]:
    """Every field, the last one for whatever is none of the others."""
    return (*_words(), OTHER)


def _hits(text: str) -> dict[str, float]:
    """How much of each field a text holds; a longer word counts more, one inside a longer one that was counted not."""
    found: dict[str, float] = {}
    for field, word in _by_length():
        if word in text:
            found[field] = found.get(field, 0.0) + 1.0 + 0.15 * len(word.split())
            text = text.replace(word, " ")
    return found


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    pairs = [(field, word) for field, words in _words().items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[1])))


@cache
def _words() -> dict[str, list[str]]:
    with _TABLE.open("rb") as file:
        fields: dict[str, list[str]] = tomllib.load(file)["fields"]
    return fields
