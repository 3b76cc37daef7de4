"""Which of those who bear one name are one person: of one side, of places and posts that go together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.mentions import canonical
from index.records import Side
from index.units import (
    Key,
    at_home,
    held,
    is_anonymous,
    is_local,
    is_person,
    lacks_province,
    named_in,
    titles_of,
    unit_key,
    written_out,
)
from index.vietnamese import fold, words

_REMEMBERED = 1 << 14
# Nobody heads two of a sort at a time.
_SORTS = {"bo": "ministry", "so": "service", "cuc": "department", "vu": "department", "vien": "department"}


@dataclass(slots=True)
class Use:
    """A name as one or several documents use it: with one title, on one side, of the same provinces.

    `provinces` are those of the documents, `documents` their dates by id, `count` the number of statements.
    """

    speaker: str
    name: str
    title: str
    side: Side
    provinces: tuple[str, ...]
    documents: dict[str, str] = field(default_factory=dict)
    count: int = 0
    units: frozenset[Key] = frozenset()
    companies: frozenset[Key] = frozenset()  # the units without the provinces of their branches
    own: frozenset[str] = frozenset()  # the provinces that the title names
    is_person: bool = False

    def __post_init__(self) -> None:
        self.is_person = is_person(self.name, self.title)
        found = title_units(self.title, self.home)
        self.units = frozenset(local_key(unit, self.home) for unit in found)
        self.companies = frozenset(unit_key(_without_provinces(unit)) for unit in found)
        self.own = frozenset(named_in(self.title))

    @property
    def home(self) -> str:
        """The one province of its documents, of whoever is not of the ministry."""
        return self.provinces[0] if len(self.provinces) == 1 and self.side != "ministry" else ""

    @property
    def places(self) -> frozenset[str]:
        """The provinces it may be of: those the title names, else those of the documents."""
        return self.own or frozenset(self.provinces)

    @property
    def first(self) -> str:
        """The first date, empty where none is known."""
        return min(filter(None, self.documents.values()), default="")

    @property
    def last(self) -> str:
        """The last date, empty where none is known."""
        return max(self.documents.values(), key=end_of, default="")


@dataclass(slots=True)
class _Group:
    telling: list[Use]  # those that say whom a further one must go with
    uses: list[Use]
    documents: set[str]


def end_of(date: str) -> str:
    """What sorts a date behind every date within it: a year behind its months."""
    return f"{date}~" if date else ""


@lru_cache(_REMEMBERED)
def title_units(title: str, home: str) -> tuple[str, ...]:
    """The units of a title, with their provinces, that can be told from others."""
    units = (at_home(canonical(held(one)[1]), home) for one in titles_of(title))
    return tuple(unit for unit in units if unit and is_distinct(unit, home))


def is_distinct(unit: str, home: str) -> bool:
    """Whether a unit's name, and its province, tell it from all others."""
    return not (is_anonymous(unit_key(unit)) or lacks_province(unit) or (is_local(unit) and not home))


def local_key(unit: str, home: str) -> Key:
    """The key of a unit; one of a district or commune is of its province."""
    return (*unit_key(unit), home) if is_local(unit) else unit_key(unit)


@lru_cache(_REMEMBERED)
def title_key(title: str, home: str) -> Key:
    """By which a title is known, its unit abbreviated or written out, with or without the province."""
    office, unit = held(title)
    if not unit:
        return tuple(words(fold(written_out(title))))
    return (*words(fold(office)), *unit_key(at_home(unit, home)))


def told_apart(uses: Iterable[Use]) -> list[list[Use]]:
    """The uses of one name, of each person together; what may be of several of them stays alone."""
    groups: list[_Group] = []
    for use in sorted(uses, key=_least_telling):
        group = _group_of(use, groups)
        if group:
            group.uses.append(use)
            group.documents.update(use.documents)
            group.telling += [use] if use.title else []
        else:
            groups.append(_Group([use], [use], {*use.documents}))
    return [group.uses for group in groups]


def _least_telling(use: Use) -> tuple[bool, bool, bool, str]:
    return not use.title, not use.own, len(use.provinces) != 1, use.first


def _group_of(use: Use, groups: Sequence[_Group]) -> _Group | None:
    near = [group for group in groups if not group.documents.isdisjoint(use.documents)]
    if not use.title and len(near) == 1:  # in one document a name is one person's
        return near[0]
    fitting = [group for group in groups if all(_may_be_one(use, other) for other in group.telling)]
    if len(fitting) > 1:
        fitting = [group for group in fitting if group in near]
    return fitting[0] if len(fitting) == 1 else None


def _may_be_one(one: Use, other: Use) -> bool:
    if one.units & other.units:
        return True
    sides = {one.side, other.side} - {"narrator"}
    if len(sides) > 1:
        return False
    if "enterprise" in sides:
        known = one.companies and other.companies
        return not (known and one.companies.isdisjoint(other.companies)) and _meet(one, other, only_own=bool(known))
    return not _hold_two_posts(one, other) and ("ministry" in sides or _meet(one, other, only_own=False))


def _meet(one: Use, other: Use, *, only_own: bool) -> bool:
    """Whether they may be of one province; `only_own`: a company's people go to many unless a title names one."""
    if only_own and not (one.own or other.own):
        return True
    return not one.places or not other.places or not one.places.isdisjoint(other.places)


def _hold_two_posts(one: Use, other: Use) -> bool:
    """Whether they head two units of a sort at the same time."""
    sorts = [{_SORTS[unit[0]] for unit in use.units if unit[0] in _SORTS} for use in (one, other)]
    if sorts[0].isdisjoint(sorts[1]) or not one.first or not other.first:
        return False
    return one.first <= end_of(other.last) and other.first <= end_of(one.last)


def _without_provinces(unit: str) -> str:
    for province in named_in(unit):
        unit = unit.replace(province, "")
    return unit.strip(" -–")
