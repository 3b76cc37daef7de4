"""The provinces a text names, and what became of them on 1 July 2025, when 63 were merged into 34."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from index.vietnamese import fold, normal_form, strip_marks, words

_TABLE = Path(__file__).with_name("provinces.toml")
# Names that are words as well: only behind one of these, or with their capitals.
_WORDS_TOO = frozenset(["Hòa Bình", "Thái Bình", "Hưng Yên", "Long An", "An Giang", "Nghệ An", "Bình Định", "Phú Yên"])
_STOP = re.compile(r"[,;:!?()]|(?<!TP)\.")  # no name goes across
_INTRODUCED_BY = frozenset(["tinh", "tp", "pho", "o", "tai", "cho", "voi"])


def named_in(text: str) -> list[str]:
    """The provinces of before and after the merger that a text names, in its order, each once.

    A name typed without marks counts as the province's; one typed with other marks does not (Hạ Nam is not Hà Nam).
    """
    found: dict[str, None] = {}
    for stretch in _STOP.split(normal_form(text)):
        found.update(dict.fromkeys(_named_in(words(stretch))))
    return list(found)


def _named_in(typed: list[str]) -> Iterator[str]:
    folded = [fold(word) for word in typed]
    for start, word in enumerate(folded):
        for name in _names().get(word, ()):
            parts = words(name)
            here = typed[start : start + len(parts)]
            if folded[start : start + len(parts)] == words(fold(name)) and _is_meant(name, here, folded[:start]):
                yield _spellings().get(name, name)


def _is_meant(name: str, here: list[str], before: list[str]) -> bool:
    if any(
        word != strip_marks(word) and word.lower() != part.lower() for word, part in zip(here, words(name), strict=True)
    ):
        return False
    introduced = bool(before) and before[-1] in _INTRODUCED_BY
    return name not in _WORDS_TOO or introduced or all(word[0].isupper() for word in here)


def older_parts(name: str) -> tuple[str, ...]:
    """The provinces of before the merger that make up one of today; empty for a name that is none of today's."""
    return _table().get(name, ())


def all_names() -> list[str]:
    """Every province of before and after the merger."""
    return sorted({*_table(), *(part for parts in _table().values() for part in parts)})


@cache
def _table() -> dict[str, tuple[str, ...]]:
    with _TABLE.open("rb") as file:
        return {name: tuple(parts) for name, parts in tomllib.load(file)["provinces"].items()}


@cache
def _spellings() -> dict[str, str]:
    with _TABLE.open("rb") as file:
        return {str(other): str(name) for other, name in tomllib.load(file)["spellings"].items()}


@cache
def _names() -> dict[str, list[str]]:
    """Every name in every spelling, by its first syllable without marks."""
    by_first: dict[str, list[str]] = {}
    for name in [*all_names(), *_spellings()]:
        by_first.setdefault(words(fold(name))[0], []).append(name)
    return by_first
