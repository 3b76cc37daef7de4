"""Who speaks in a collection: each person and unit once, under all names, with the titles and when they were held."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from index.records import Document, Side, Statement
from index.same_person import Use, end_of, is_distinct, local_key, title_key, title_units, told_apart
from index.units import (
    Key,
    at_home,
    by_initials,
    is_anonymous,
    named,
    named_in,
    said_of,
    titles_of,
    unit_key,
    written_out,
)
from index.vietnamese import fold, normal_form, strip_marks, words

_Name = TypeVar("_Name", bound=str)
_HONORIFICS = frozenset(["ong", "ba", "anh", "chi", "dong chi", "d c"])
_OTHER_THAN = (["phó"], ["nguyên"])
_Y = re.compile(r"(?<!\w)([hklmst])([yýỳỷỹỵ])(?!\w)")
_WITH_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, with the first and the last date (ISO, cut at its precision) of the documents that give it."""

    text: str
    first: str
    last: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A person or a unit that speaks in the collection, whatever its documents call it.

    `sides` come with the most usual first, `titles` by date; `units` are those that a person heads or
    represents, `provinces` those that a person or unit belongs to; `statements` is how many they are.
    """

    name: str
    other_names: tuple[str, ...]
    is_person: bool
    sides: tuple[Side, ...]
    titles: tuple[Title, ...]
    units: tuple[str, ...]
    provinces: tuple[str, ...]
    statements: int

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the usual one first."""
        return self.name, *self.other_names


class Identities:
    """Everyone who speaks, by number of statements."""

    def __init__(self, said: Iterable[tuple[Statement, Document]]) -> None:
        """`said` are statements with their documents, in any order."""
        uses: dict[tuple[str, ...], Use] = {}
        for statement, document in said:
            place = _place(statement, document)
            if statement.speaker:
                use = uses.get(place) or uses.setdefault(place, _use(statement, document))
                use.count += 1
                use.documents[document.id] = statement.date
        self._naming = _Naming(uses.values())
        groups = [(self._naming.identity(group), group) for group in self._naming.groups]
        self._all = sorted(groups, key=lambda one: (-one[0].statements, one[0].name))
        by_use = {id(use): identity for identity, group in groups for use in group}
        self._of = {place: (by_use[id(use)], use) for place, use in uses.items()}

    def __iter__(self) -> Iterator[Identity]:
        return (identity for identity, _ in self._all)

    def __len__(self) -> int:
        return len(self._all)

    def of(self, statement: Statement, document: Document) -> Identity | None:
        """Who says a statement of the collection; None where nobody is named."""
        found = self._of.get(_place(statement, document))
        return found[0] if found else None

    def speaks_for(self, unit: str, statement: Statement, document: Document) -> bool:
        """Whether a statement is one of the unit, or of somebody who heads or represents it at that date."""
        found = self._of.get(_place(statement, document))
        return found is not None and self._naming.full(unit_key(unit)) in self._naming.keys(found[1])

    def called(self, name: str) -> dict[str, Identity]:
        """Who is meant by a name, a title, both, or a unit that they head, by the names that documents use.

        Words typed without marks mean any marks, words typed with marks only these.
        """
        typed = words(written_out(said_of(name)).lower())
        keys = {self._naming.full(unit_key(said_of(name)))}
        found = [one for one in self._known if one.units & keys or one.is_called(typed)]
        found = found or [one for one in self._known if one.is_addressed(typed)]
        return {use.speaker: one.identity for one in found for use in one.uses}

    @cached_property
    def _known(self) -> list["_Known"]:
        return [_known(identity, group, self._naming) for identity, group in self._all]


@dataclass(frozen=True, slots=True)
class _Known:
    """What somebody is called: names with titles, folded and word by word, and the units that he speaks for."""

    identity: Identity
    uses: Sequence[Use]
    folded: str
    phrases: Sequence[Sequence[str]]
    units: frozenset[Key]

    def is_called(self, typed: Sequence[str]) -> bool:
        """Whether the words stand in a name or title, one behind the other; who is called deputy is no chief."""
        if not typed or f" {fold(' '.join(typed))} " not in self.folded:
            return False
        size = len(typed)
        return any(
            reads_as(typed, phrase[start : start + size]) and phrase[start - 1 : start] not in _OTHER_THAN
            for phrase in self.phrases
            for start in range(len(phrase) - size + 1)
        )

    def is_addressed(self, typed: Sequence[str]) -> bool:
        """Whether a person is meant by words before the name, as `đồng chí`, or before the given name alone."""
        if not self.identity.is_person or len(typed) < 2:
            return False
        name = words(normal_form(self.identity.name).lower())
        if reads_as(typed[-len(name) :], name):
            return True
        is_polite = fold(" ".join(typed[:-1])) in _HONORIFICS
        return reads_as(typed[-1:], name[-1:]) and (is_polite or self.is_called(typed[:-1]))


@dataclass(slots=True)
class _Naming:
    """The uses put together, and what each unit is called most."""

    uses: Iterable[Use]
    groups: list[list[Use]] = field(default_factory=list)
    _names: dict[Key, Counter[str]] = field(default_factory=dict)
    _initials: Mapping[tuple[str, str], Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        people: dict[str, list[Use]] = {}
        units: list[Use] = []
        titled = {use.name for use in self.uses if use.title and use.is_person}
        for use in self.uses:
            use.is_person |= use.name in titled
            if use.is_person:
                people.setdefault(_spelt_alike(use.name), []).append(use)
            else:
                units.append(use)
            for name in _units_of(use):
                self._names.setdefault(unit_key(name), Counter())[name] += use.count
        self._initials = by_initials(self._names)
        for key, names in [*self._names.items()]:
            if self.full(key) != key:
                self._names[self.full(key)] += names
        of_unit: dict[Key, list[Use]] = {}
        for use in units:
            of_unit.setdefault(self._unit_key(use), []).append(use)
        self.groups = [*of_unit.values(), *(group for named_so in people.values() for group in told_apart(named_so))]

    def full(self, key: Key) -> Key:
        """The key of the full name that one of capitals stands for."""
        return self._initials.get((key[0], "".join(key[1:])), key) if key else key

    def keys(self, use: Use) -> frozenset[Key]:
        """The units that a use speaks for."""
        if use.is_person:
            return frozenset(map(self.full, use.units))
        return frozenset([self._unit_key(use)])

    def identity(self, group: Sequence[Use]) -> Identity:
        """The identity of those uses."""
        is_one = group[0].is_person
        names = _counted((use.name if is_one else at_home(use.name, use.home), use.count) for use in group)
        sides = _counted((use.side, use.count) for use in group)
        units = dict.fromkeys(self._name(name) for use in group for name in _units_of(use)) if is_one else ()
        provinces = {place for use in group for place in _provinces_of(use)}
        return Identity(
            name=names[0],
            other_names=tuple(names[1:]),
            is_person=is_one,
            sides=tuple(sides),
            titles=tuple(_titles(group)) if is_one else (),
            units=tuple(units),
            provinces=tuple(sorted(provinces)),
            statements=sum(use.count for use in group),
        )

    def _name(self, unit: str) -> str:
        return _counted(self._names[self.full(unit_key(unit))].items())[0]

    def _unit_key(self, use: Use) -> Key:
        """A unit without a name of its own is another in every document."""
        name = at_home(use.name, use.home)
        if is_distinct(name, use.home):
            return self.full(local_key(name, use.home))
        return (*unit_key(name), *use.documents)


def _place(statement: Statement, document: Document) -> tuple[str, ...]:
    """What statements of one use have in common: one with a title is the same in all documents of its provinces."""
    about = () if statement.speaker_side == "ministry" else document.provinces
    alone = "" if statement.title else document.id
    return statement.speaker, statement.title, statement.speaker_side, alone, *about


def _use(statement: Statement, document: Document) -> Use:
    name, title = named(statement.speaker, statement.title)
    provinces = () if statement.speaker_side == "ministry" else document.provinces
    return Use(statement.speaker, name, title, statement.speaker_side, provinces)


def _units_of(use: Use) -> Sequence[str]:
    """The units a use names: its own name, or those of its titles."""
    if not use.is_person:
        return [at_home(use.name, use.home)]
    return title_units(use.title, use.home)


def _provinces_of(use: Use) -> Iterable[str]:
    if use.side == "ministry":
        return ()
    is_one = use.is_person
    own = use.own if is_one else named_in(at_home(use.name, use.home))
    is_of_home = use.side == "province" and use.home
    return own or ((use.home,) if is_of_home else ())


def _titles(group: Sequence[Use]) -> list[Title]:
    """The titles by date; one that is the beginning of exactly one other, as `Bộ trưởng` may be, counts as that."""
    given: dict[Key, list[tuple[str, Use]]] = {}
    for use in group:
        for title in titles_of(use.title):
            given.setdefault(title_key(title, use.home), []).append((title, use))
    for key in sorted(given, key=len, reverse=True):
        longer = [other for other in given if len(other) > len(key) and other[: len(key)] == key]
        if len(longer) == 1:
            given[longer[0]] += given.pop(key)
    titles = [_title(key, uses) for key, uses in given.items()]
    return sorted(titles, key=lambda title: (title.first, title.last, title.text))


def _title(key: Key, uses: Sequence[tuple[str, Use]]) -> Title:
    full = [(text, use.count) for text, use in uses if title_key(text, use.home) == key]
    documents = {identifier: date for _, use in uses for identifier, date in use.documents.items()}
    dates = [date for date in documents.values() if date]
    last = max(dates, key=end_of, default="")
    return Title(_counted(full)[0], min(dates, default=""), last, tuple(sorted(documents)))


def _counted(names: Iterable[tuple[_Name, int]]) -> list[_Name]:
    """Each once, the most frequent first, of equals the longest, in the traditional spelling."""
    counts: Counter[_Name] = Counter()
    for name, count in names:
        counts[name] += count
    return sorted(counts, key=lambda name: (-counts[name], -len(name), name != normal_form(name), name))


def _spelt_alike(name: str) -> str:
    """A name in which kỳ and kì, sỹ and sĩ are one."""
    return _Y.sub(lambda match: match.group().translate(_WITH_I), normal_form(name).lower())


def reads_as(typed: Sequence[str], meant: Sequence[str]) -> bool:
    """Whether words were typed: one without marks stands for any marks, one with marks only for these."""
    return len(typed) == len(meant) and all(
        one == other or (one == strip_marks(one) and one == fold(other))
        for one, other in zip(typed, meant, strict=True)
    )


def _known(identity: Identity, group: Sequence[Use], naming: _Naming) -> _Known:
    titles = {written_out(use.title) for use in group}
    names = {written_out(name) for name in identity.names}
    phrases = [words(f"{title} {name} {title}".lower()) for title in titles for name in names]
    units = identity.units if identity.is_person else identity.names
    folded = fold(" | ".join(f" {' '.join(phrase)} " for phrase in phrases))
    keys = frozenset(naming.full(unit_key(unit)) for unit in units)
    return _Known(identity, group, folded, phrases, frozenset(key for key in keys if not is_anonymous(key)))
