"""Ledgers, on SQLite and (slow) on PostgreSQL, with a clock that stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import Clock
from tests.bot.ledger.postgresql import PostgreSQL


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server."""
    try:
        server = PostgreSQL()
    except FileNotFoundError as exc:
        pytest.skip(str(exc))
    yield server
    server.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'sổ' / 'ledger.sqlite3'}"
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.new_database("test")


@pytest.fixture
def clock() -> Clock:
    """What the ledger takes for the time."""
    return Clock()


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Ledger]:
    """An open one."""
    opened = Ledger(url, clock=clock)
    yield opened
    opened.close()
