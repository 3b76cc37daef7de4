"""The provinces a text names, and what became of them on 1 July 2025, when 63 were merged into 34."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from index.vietnamese import fold, normal_form, strip_marks, words

# As folded and written without spaces.
SHORT_NAMES = {
    "br-vt": "Bà Rịa - Vũng Tàu",
    "brvt": "Bà Rịa - Vũng Tàu",
    "tp.hcm": "Hồ Chí Minh",
    "tphcm": "Hồ Chí Minh",
}
_TABLE = Path(__file__).with_name("provinces.toml")
_STOP = re.compile(r"[,;:!?()]|(?<!TP)\.")  # no name goes across
_KIND = re.compile(r"(?:tỉnh|tinh|thành phố|thanh pho|tp\.?|thủ đô|thu do)\s+", re.IGNORECASE)
_INTRODUCED_BY = frozenset(["tinh", "tp", "pho", "o", "tai", "cho", "voi", "cua", "va", "ve", "den", "tu", "ubnd"])


def named_in(text: str) -> list[str]:
    """The provinces of before and after the merger that a text names, in its order, each once.

    A name typed without marks counts as the province's; one typed with other marks does not (Hạ Nam is not Hà Nam).
    """
    found: dict[str, None] = {}
    for stretch in _STOP.split(normal_form(text)):
        found.update(dict.fromkeys(_named_in(words(stretch))))
    return list(found)


def known_name(text: str) -> str:
    """The province that a text names and nothing else, as it is usually written: `Tỉnh Nam Định` -> `Nam Định`."""
    text = normal_form(text)
    if short := SHORT_NAMES.get(fold(text).replace(" ", "")):
        return short
    kind = _KIND.match(text)
    typed = words(text[kind.end() :] if kind else text)
    folded = [fold(word) for word in typed]
    standing = (name for name in _names().get("".join(folded[:1]), ()) if words(fold(name)) == folded)
    name = next((name for name in standing if _is_meant(name, typed, 0, 0)), "")
    return "" if name in no_provinces() else _spellings().get(name, name)


def _named_in(typed: list[str]) -> Iterator[str]:
    """Names one after the other; of those that begin at a word the longest counts, and none overlap."""
    folded = [fold(word) for word in typed]
    start = named_up_to = 0
    while start < len(typed):
        standing = [name for name in _names().get(folded[start], ()) if _stands(name, folded, start)]
        fitting = [name for name in standing if _is_meant(name, typed, start, named_up_to)]
        name = max(fitting, key=lambda name: len(words(name)), default="")
        if name and name not in no_provinces():
            yield _spellings().get(name, name)
            named_up_to = start + len(words(name))
        start += len(words(name)) or 1


def _stands(name: str, folded: list[str], start: int) -> bool:
    parts = words(fold(name))
    return folded[start : start + len(parts)] == parts


def _is_meant(name: str, typed: list[str], start: int, named_up_to: int) -> bool:
    parts = words(name)
    here = typed[start : start + len(parts)]
    before = typed[start - 1] if start else ""
    if name in no_provinces():
        return name not in _data()["no_provinces_in_capitals"] or all(word.istitle() for word in here)
    if any(word != strip_marks(word) and word.lower() != part.lower() for word, part in zip(here, parts, strict=True)):
        return False
    is_of_a_person = before in _data()["middle_names"] or (before.lower() in _surnames() and before[0].isupper())
    if is_of_a_person and named_up_to < start:
        return False
    in_capitals = all(word[0].isupper() for word in here)
    return name not in _words_too() or not before or fold(before) in _INTRODUCED_BY or in_capitals


def older_parts(name: str) -> tuple[str, ...]:
    """The provinces of before the merger that make up one of today; empty for a name that is none of today's."""
    return _table().get(name, ())


def all_names() -> list[str]:
    """Every province of before and after the merger."""
    return sorted({*_table(), *(part for parts in _table().values() for part in parts)})


@cache
def _data() -> dict[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {name: tuple(parts) for name, parts in _data()["provinces"].items()}


def _spellings() -> dict[str, str]:
    spellings: dict[str, str] = _data()["spellings"]
    return spellings


@cache
def _words_too() -> frozenset[str]:
    return frozenset(_data()["words_too"])


@cache
def no_provinces() -> frozenset[str]:
    """Longer names that hold a province's and are none: Thái Bình Dương."""
    return frozenset([*_data()["no_provinces"], *_data()["no_provinces_in_capitals"]])


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_data()["surnames"])


@cache
def _names() -> dict[str, list[str]]:
    """Every name in every spelling, by its first syllable without marks."""
    by_first: dict[str, list[str]] = {}
    for name in [*all_names(), *_spellings(), *no_provinces()]:
        by_first.setdefault(words(fold(name))[0], []).append(name)
    return by_first
