"""Abbreviations and what they stand for: a small table, and what a collection spells out itself."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.keyboard import is_syllable
from index.vietnamese import CAPITALS, fold, normal_form, words

_TABLE = Path(__file__).with_name("aliases.toml")
_SHORT = rf"[{CAPITALS}][\w&-]{{1,9}}"
# "chuyển đổi số (CĐS)"; the words before are taken as far as the initials reach.
_LONG_THEN_SHORT = re.compile(rf"((?:[^\W_]+[ ,-]+){{1,12}})\(({_SHORT})\)")
_SHORT_THEN_LONG = re.compile(rf"\b({_SHORT}) \(([^()]{{5,80}})\)")
_LINKING = frozenset(["và", "của", "các", "về"])
Tokens = tuple[str, ...]


class Aliases:
    """Full names and abbreviations, in both directions; matched without regard to marks, case and punctuation."""

    def __init__(self, learned: Iterable[tuple[str, str]] = ()) -> None:
        """`learned` are pairs of a full name and its abbreviation, besides the table that ships."""
        self._groups: dict[Tokens, dict[str, None]] = {}
        self._longest = 1
        names, successors = _table()
        for group in [*names, *learned]:
            for name in group:
                self._add(name, [other for other in group if other != name])
        for name, older in successors:
            for known in [name, *self._groups.get(_tokens(name), {})]:
                self._add(known, [older, *self._groups.get(_tokens(older), {})])

    def _add(self, name: str, others: Sequence[str]) -> None:
        tokens = _tokens(name)
        self._groups.setdefault(tokens, {}).update(dict.fromkeys(others))
        self._longest = max(self._longest, len(tokens))

    def expansions(self, text: str) -> tuple[list[str], list[str]]:
        """Other names for what the text names: what its abbreviations stand for, and what its names are also called.

        Each once, without what the text has already; of names that overlap the longest counts.
        """
        typed = words(text)
        folded = [fold(word) for word in typed]
        spelled_out: dict[Tokens, str] = {}
        other: dict[Tokens, str] = {}
        place = 0
        while place < len(folded):
            sizes = range(min(self._longest, len(folded) - place), 0, -1)
            length = next((size for size in sizes if self._names(typed, folded, place, size)), 0)
            if length:
                tokens = tuple(folded[place : place + length])
                for name in self._groups[tokens]:
                    is_longer = len(_tokens(name)) > length
                    (spelled_out if is_longer else other).setdefault(_tokens(name), name)
            place += length or 1
        present = {run for size in range(1, self._longest + 1) for run in _runs(folded, size)}
        return (
            [name for tokens, name in spelled_out.items() if tokens not in present],
            [name for tokens, name in other.items() if tokens not in present],
        )

    def _names(self, typed: Sequence[str], folded: Sequence[str], place: int, size: int) -> bool:
        """Whether a known name stands there. An abbreviation that is spelt like a word must be typed in capitals."""
        tokens = tuple(folded[place : place + size])
        if tokens not in self._groups:
            return False
        is_word = size == 1 and is_syllable(tokens[0])
        return not is_word or typed[place].isupper()


def full_names() -> list[str]:
    """What the table's abbreviations stand for."""
    return [group[0] for group in _table()[0]]


def learn(text: str) -> set[tuple[str, str]]:
    """Pairs `(full name, abbreviation)` that a text spells out, either way round, initials agreeing."""
    line = normal_form(text)
    candidates = [*_LONG_THEN_SHORT.findall(line), *((long, short) for short, long in _SHORT_THEN_LONG.findall(line))]
    return {(long, short) for before, short in candidates if (long := _with_initials(words(before), short))}


def _with_initials(before: Sequence[str], short: str) -> str:
    """The last words whose initials are the abbreviation's letters, words of linking passed over; else empty."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    place = len(before)
    for letter in reversed(letters):
        place -= 1
        while place > 0 and before[place] in _LINKING and fold(before[place])[0] != letter:
            place -= 1
        if place < 0 or fold(before[place])[0] != letter:
            return ""
    return " ".join(before[place:]) if len(letters) > 1 else ""


def _tokens(name: str) -> Tokens:
    return tuple(words(fold(name)))


def _runs(folded: Sequence[str], size: int) -> set[Tokens]:
    return {tuple(folded[start : start + size]) for start in range(len(folded) - size + 1)}


@cache
def _table() -> tuple[list[list[str]], list[list[str]]]:
    with _TABLE.open("rb") as file:
        table: Mapping[str, list[list[str]]] = tomllib.load(file)
    return table["names"], table["successors"]
