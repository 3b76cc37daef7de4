"""What the verifier knows of the language: phrases of one meaning, operators, speech; from `verify.toml`."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_TABLE = Path(__file__).with_name("verify.toml")


@cache
def _table() -> Mapping[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def function_words() -> frozenset[str]:
    """Words that carry no content of their own."""
    return frozenset(_table()["function_words"].split())


@cache
def function_phrases() -> re.Pattern[str]:
    """Phrases that carry none though their words may."""
    return phrase_pattern(_table()["function_phrases"])


@cache
def groups(section: str) -> Mapping[str, Sequence[str]]:
    """The phrases of a section, by their class."""
    phrases: Mapping[str, Sequence[str]] = _table()[section]
    return phrases


@cache
def abbreviations() -> Mapping[str, str]:
    """Abbreviations of foreign words and what is said for them."""
    table: Mapping[str, str] = _table()["abbreviations"]
    return table


@cache
def class_of(section: str) -> Mapping[str, str]:
    """The class of each phrase of a section."""
    return {phrase: name for name, phrases in groups(section).items() for phrase in phrases}


@cache
def pattern(section: str) -> re.Pattern[str]:
    """Any phrase of a section, the longest first."""
    return phrase_pattern(class_of(section))


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first."""
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w%])(?:{'|'.join(map(re.escape, longest))})(?![\w%])", re.IGNORECASE)


@cache
def _synonyms() -> tuple[re.Pattern[str], Mapping[str, str]]:
    first = {other: group[0] for group in _table()["synonyms"] for other in group[1:]}
    kept = {group[0]: group[0] for group in _table()["synonyms"]}
    return phrase_pattern([*first, *kept]), {**first, **kept}


def with_first_synonyms(text: str) -> str:
    """The text with every phrase that has synonyms as the first of them."""
    found, first = _synonyms()
    return found.sub(lambda match: _first(match, first), text)


@cache
def light() -> re.Pattern[str]:
    """Phrases that say little of their own."""
    return phrase_pattern(with_first_synonyms(phrase) for phrase in _table()["light"])


@cache
def kin() -> Mapping[str, frozenset[str]]:
    """Of each phrase those that may stand for it in some context."""
    found: dict[str, frozenset[str]] = {}
    for line in _table()["kin"].strip().splitlines():
        group = frozenset(with_first_synonyms(phrase.strip().lower()) for phrase in line.split("|"))
        for phrase in group:
            found[phrase] = found.get(phrase, frozenset()) | group
    return found


@cache
def kin_pattern() -> re.Pattern[str]:
    """Any phrase that has kin, found also within another one."""
    longest = sorted(kin(), key=len, reverse=True)
    return re.compile(rf"(?<![\w%])(?=({'|'.join(map(re.escape, longest))})(?![\w%]))")


def _first(match: re.Match[str], first: Mapping[str, str]) -> str:
    # A capital within the text is a name's (Vụ Bưu chính).
    phrase = match.group()
    if phrase.islower():
        return first[phrase]
    return first[phrase.lower()].capitalize() if match.start() == 0 else phrase


@cache
def weights() -> Mapping[str, float]:
    """What the signs of foreign content weigh, and the bar."""
    table: Mapping[str, float] = _table()["content"]
    return table
