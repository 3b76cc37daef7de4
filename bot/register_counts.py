"""How many statements there are by province, by field and by year: what the charts of the register show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.register import Line

EVERYWHERE, NOWHERE, UNKNOWN = "mọi địa phương", "không nêu địa phương", "không rõ"


@dataclass(frozen=True, slots=True)
class Count:
    """So many statements under a name."""

    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Provinces and fields with most statements first, years in order; a statement about two provinces counts twice."""

    provinces: tuple[Count, ...]
    fields: tuple[Count, ...]
    years: tuple[Count, ...]


def counts_of(lines: Sequence[Line]) -> Counts:
    """The counts over some lines."""
    return Counts(
        _most(name for line in lines for name in _places(line)),
        _most(line.statement.field or UNKNOWN for line in lines),
        tuple(sorted(_most(line.statement.date[:4] or UNKNOWN for line in lines), key=lambda count: count.name)),
    )


def _places(line: Line) -> Sequence[str]:
    return (EVERYWHERE,) if line.is_nationwide else line.provinces or (NOWHERE,)


def _most(names: Iterable[str]) -> tuple[Count, ...]:
    return tuple(Count(name, number) for name, number in Counter(sorted(names)).most_common())
