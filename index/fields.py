"""The field that a statement is about, by the words of each (`fields.toml`)."""

import re
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


@cache
def all_words() -> Sequence[str]:
    """Every word by which a field is known, the longest first."""
    return tuple(word for _, word, _ in _by_length())


def _hits(text: str) -> dict[str, float]:
    """How much of each field a text holds; a longer word counts more, one inside a longer one that was counted not."""
    found: dict[str, float] = {}
    for field, word, whole in _by_length():
        if word in text and whole.search(text):
            found[field] = found.get(field, 0.0) + 1.0 + 0.15 * len(word.split())
            text = whole.sub(" ", text)
    return found


@cache
def _by_length() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    found = [(field, word, _whole(word)) for field, words in _words().items() for word in words]
    return tuple(sorted(found, key=lambda one: -len(one[1])))


def _whole(word: str) -> re.Pattern[str]:
    """The word on its own: no `phí` in `phía`."""
    return re.compile(("" if word.startswith("%") else r"(?<!\w)") + re.escape(word) + r"(?!\w)")


@cache
def _words() -> dict[str, list[str]]:
    with _TABLE.open("rb") as file:
        fields: dict[str, list[str]] = tomllib.load(file)["fields"]
    return fields
