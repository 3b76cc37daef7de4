"""Who speaks in the collection: people and units with their titles, for people and as data."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from bot.register_asked import Asked
from bot.terminal import number
from index.identities import Identities, Identity, Title
from index.records import PartialDate
from index.register import plain_side


def people_of(identities: Identities, asked: Asked) -> list[Identity]:
    """Those of the sides and provinces asked for, by number of statements."""
    sides, provinces = {*asked.wanted.sides}, {*asked.wanted.provinces}
    return [
        one
        for one in identities
        if (not sides or sides & {*one.sides}) and (not provinces or provinces & {*one.provinces})
    ]


def people_text(people: Sequence[Identity], asked: Asked) -> Iterator[str]:
    """The people and units for a terminal, line by line."""
    persons = sum(one.is_person for one in people)
    parts = "; ".join(f"gồm cả {part}, nay thuộc {name}" for part, name in asked.parts.items())
    told = (
        ("bên nói", ", ".join(map(plain_side, asked.wanted.sides))),
        ("địa phương", ", ".join(asked.provinces) + (f" ({parts})" if parts else "")),
    )
    given = "; ".join(f"{name}: {value}" for name, value in told if value)
    counted = f"Có {number(persons)} người và {number(len(people) - persons)} cơ quan, đơn vị phát biểu"
    yield f"{counted} – {given}." if given else f"{counted}."
    for place, one in enumerate(people, start=1):
        yield from _item(place, one)


def record_of_identity(one: Identity) -> dict[str, Any]:
    """A person or unit as data."""
    return asdict(one)


def _item(place: int, one: Identity) -> Iterator[str]:
    sides = ", ".join(map(plain_side, one.sides))
    what = "" if one.is_person else " (cơ quan, đơn vị)"
    yield f"\n{place}. {one.name}{what} – {sides}; {number(one.statements)} ý kiến"
    told = (
        ("tên khác", ", ".join(one.other_names)),
        ("chức danh", "; ".join(map(_title, one.titles))),
        ("đơn vị", ", ".join(one.units)),
        ("địa phương", ", ".join(one.provinces)),
    )
    yield from (f"    {name}: {value}" for name, value in told if value)


def _title(title: Title) -> str:
    first, last = _vietnamese(title.first), _vietnamese(title.last)
    dates = f"từ {first} đến {last}" if first != last else first or "không rõ ngày"
    return f"{title.text} ({dates}; {number(len(title.documents))} tài liệu)"


def _vietnamese(iso: str) -> str:
    date = PartialDate.parse(iso)
    return date.vietnamese() if date else ""
