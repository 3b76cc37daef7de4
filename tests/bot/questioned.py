"""Questions asked of a register of invented statements, for the tests of what fits and what is counted."""

import datetime
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from bot.fit import Asked
from bot.intent import intent_of
from index.catalog import Catalog
from index.corrections import Corrections
from index.periods import period_of
from index.provinces import named_in, older_parts
from index.reading import Reading
from index.register import Line, Register, Wanted
from tests.bot.sayings import put

TODAY = datetime.date(2024, 5, 6)
Said = tuple[str, dict[str, Any]]


@contextmanager
def catalog_in(folder: Path) -> Iterator[Catalog]:
    """An empty catalog in a folder."""
    with closing(Catalog(folder / "catalog.sqlite")) as catalog:
        yield catalog


def register_of(folder: Path, *said: Said, date: str = "2020-09-10", title: str = "Họp") -> Register:
    """One document of these quotes, by the minister to Đồng Tháp where nothing else is given."""
    with catalog_in(folder) as catalog:
        put(catalog, ("hop", title, "/kho/họp.md", date), *said)
        return Register(catalog, Corrections(folder / "corrections.jsonl"), 0.8)


def asked_of(register: Register, question: str) -> Asked:
    """The question over the register, with the provinces and the time that it names."""
    provinces = tuple(named_in(question))
    parts = tuple(part for name in provinces for part in older_parts(name) if part != name)
    reading = Reading(question, question, parts=parts, provinces=provinces)
    return Asked(intent_of(question, register.speakers), reading, period_of(question, TODAY), register)


def every_line(register: Register) -> list[Line]:
    """Every line there is, in order."""
    return register.lines(Wanted())
