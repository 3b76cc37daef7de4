"""The provinces a text names, and what became of them on 1 July 2025, when 63 were merged into 34."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from index.vietnamese import fold, normal_form, strip_marks, words

_TABLE = Path(__file__).with_name("provinces.toml")
# Names that are words as well: only behind one of these, or with their capitals.
_WORDS_TOO = frozenset(["Hòa Bình", "Thái Bình", "Hưng Yên", "Long An", "An Giang", "Nghệ An", "Bình Định", "Phú Yên"])
_INTRODUCED_BY = frozenset(["tinh", "tp", "pho", "o", "tai", "cho", "voi"])


def named_in(text: str) -> list[str]:
    """The provinces of before and after the merger that a text names, in its order, each once.

    A name typed without marks counts as the province's; one typed with other marks does not (Hạ Nam is not Hà Nam).
    """
    typed = words(normal_form(text))
    return list(dict.fromkeys(name for start in range(len(typed)) for name in _names_at(typed, start)))


def _names_at(typed: list[str], start: int) -> Iterator[str]:
    for name, parts in _names().items():
        here = typed[start : start + len(parts)]
        if [fold(word) for word in here] != [fold(part) for part in parts]:
            continue
        if any(word != strip_marks(word) and word.lower() != part.lower() for word, part in zip(here, parts, strict=True)):
            continue
        introduced = start > 0 and fold(typed[start - 1]) in _INTRODUCED_BY
        if name not in _WORDS_TOO or introduced or all(word[0].isupper() for word in here):
            yield name


def older_parts(name: str) -> tuple[str, ...]:
    """The provinces of before the merger that make up one of today; empty for a name that is none of today's."""
    return _table().get(name, ())


def today(name: str) -> str:
    """The province of today that one of before the merger belongs to; itself where it is one of today's."""
    return next((new for new, parts in _table().items() if name in parts), name)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    with _TABLE.open("rb") as file:
        return {name: tuple(parts) for name, parts in tomllib.load(file)["provinces"].items()}


@cache
def _names() -> dict[str, list[str]]:
    every = {*_table(), *(part for parts in _table().values() for part in parts)}
    return {name: words(name) for name in sorted(every)}
