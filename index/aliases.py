"""Abbreviations and what they stand for: a small table, and what a collection spells out itself."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.keyboard import is_syllable
from index.vietnamese import CAPITALS, WORD, fold, normal_form, words

_TABLE = Path(__file__).with_name("aliases.toml")
_SHORT = rf"[{CAPITALS}][\w&-]{{1,9}}"
# "chuyển đổi số (CĐS)"; the words before are taken as far as the initials reach.
_LONG_THEN_SHORT = re.compile(rf"((?:[^\W_]+[ ,-]+){{1,12}})\(({_SHORT})\)")
_SHORT_THEN_LONG = re.compile(rf"\b({_SHORT}) \(([^()]{{5,80}})\)")
# What makes a name part of another: KH&CN, 15/TTr, UBND-TH.
_ATTACHED_BEFORE = re.compile(r"(?:\w&|\d/|[\w/]-)$")
_ATTACHED_BEHIND = re.compile(r"[&-]\w")
_LINKING = frozenset(["và", "của", "các", "về"])
_SHORT_TYPED = re.compile(r"(?<!\S)[a-zđ]{1,4}(?=[\s?!,.]|$)")
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
                self._add(name, group)
        for name, older in successors:
            for known in [*self._groups.get(_tokens(name), {name: None})]:
                self._add(known, [*self._groups.get(_tokens(older), {older: None})])

    def _add(self, name: str, group: Sequence[str]) -> None:
        """The name stands for the group, its full name first, and for what it stood for before."""
        tokens = _tokens(name)
        self._groups.setdefault(tokens, {}).update(dict.fromkeys(group))
        self._longest = max(self._longest, len(tokens))

    def expansions(self, text: str) -> tuple[dict[str, str], list[str]]:
        """Other names for what the text names: `{abbreviation as typed: what it stands for}`, and any others.

        Each once, without what the text has already; of names that overlap the longest counts. A part of a longer
        abbreviation (KH in KH&CN) or of a document's number (15/TTr-UBND) is none.
        """
        places = list(WORD.finditer(text))
        folded = [fold(place.group()) for place in places]
        spelled_out: dict[Tokens, tuple[str, str]] = {}
        other: dict[Tokens, str] = {}
        start = 0
        while start < len(folded):
            sizes = range(min(self._longest, len(folded) - start), 0, -1)
            size = next((size for size in sizes if self._names(text, places[start : start + size])), 0)
            if size:
                typed = text[places[start].start() : places[start + size - 1].end()]
                full, *others = self._groups[tuple(folded[start : start + size])]
                if len(_tokens(full)) > size:
                    spelled_out.setdefault(_tokens(full), (typed, full))
                else:
                    others.insert(0, full)
                other.update({_tokens(name): name for name in others})
            start += size or 1
        present = {run for size in range(1, self._longest + 1) for run in _runs(folded, size)}
        return (
            {typed: full for tokens, (typed, full) in spelled_out.items() if tokens not in present},
            [name for tokens, name in other.items() if tokens not in present and tokens not in spelled_out],
        )

    def _names(self, text: str, places: Sequence[re.Match[str]]) -> bool:
        """Whether a known name stands there. One that is spelt like a word must be typed in capitals, among others."""
        tokens = tuple(fold(place.group()) for place in places)
        if tokens not in self._groups:
            return False
        start, end = places[0].start(), places[-1].end()
        if _ATTACHED_BEFORE.search(text[max(0, start - 2) : start]) or _ATTACHED_BEHIND.match(text, end):
            return False
        is_word = len(tokens) == 1 and is_syllable(tokens[0])
        shouted = text.isupper() and len(words(text)) > 1
        return not is_word or (text[start:end].isupper() and not shouted)


def named_groups() -> list[list[str]]:
    """The table's full names, each with its abbreviations behind it."""
    return _table()[0]


def full_names() -> list[str]:
    """What the table's abbreviations stand for."""
    return [group[0] for group in _table()[0]]


def shorthand(text: str) -> str:
    """The text with what people type in haste written out: `ko` -> `không`, where it stands alone."""
    return _SHORT_TYPED.sub(lambda match: _shorthand().get(match.group(), match.group()), text)


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


@cache
def _shorthand() -> dict[str, str]:
    with _TABLE.open("rb") as file:
        table: Mapping[str, dict[str, str]] = tomllib.load(file)
    return table["shorthand"]
