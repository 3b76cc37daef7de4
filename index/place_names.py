"""Provinces' names at the beginning and at the end of other words."""

from collections.abc import Sequence
from functools import cache

from index.provinces import all_names


@cache
def provinces_by_length() -> tuple[str, ...]:
    """Every province's name, the longest first."""
    return tuple(sorted(all_names(), key=len, reverse=True))


def province_at_end(text: str) -> str:
    """The province's name with which a text ends, or empty."""
    stripped = text.rstrip()
    return next((name for name in provinces_by_length() if stripped.endswith(name)), "")


def begins_with_a_province(name: str) -> bool:
    """Whether a name's first words are a province's name."""
    return any(" ".join(name.split()[:count]) in _names() for count in (2, 3))


def ends_a_province(words: Sequence[str]) -> bool:
    """Whether the last of some words are a province's name."""
    return any(" ".join(words[-count:]) in _names() for count in (2, 3) if len(words) >= count)


@cache
def _names() -> frozenset[str]:
    return frozenset(all_names())
