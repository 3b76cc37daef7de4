"""The connections: transactions that read or write, with their errors translated."""

import datetime
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.ledger.migrating import migrate
from bot.ledger.troubles import bad_address, driver_missing, not_writable, translated

Clock = Callable[[], datetime.datetime]
_BUSY_S = 30.0
_CONNECTIONS = 8


def utc_now() -> datetime.datetime:
    """The time, with its zone."""
    return datetime.datetime.now(datetime.UTC)


class Database:
    """An open database in its latest form. May be used from several threads and processes."""

    def __init__(self, url: str, clock: Clock = utc_now) -> None:
        """Raises LedgerError."""
        self.now = clock
        self._engine = _open(_address(url))
        self._for_writing = self._engine.execution_options(writes=True)
        # SQLite has one writer, and who waits for it by polling may wait long: threads of one process queue here.
        self._writers_turn = threading.Lock() if self._engine.dialect.name == "sqlite" else nullcontext()
        try:
            migrate(self._for_writing)
        except SQLAlchemyError as exc:
            self.close()
            raise translated(exc) from exc
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing. Raises LedgerError."""
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                yield session
        except SQLAlchemyError as exc:
            raise translated(exc) from exc

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or not at all where something is raised. Raises LedgerError."""
        try:
            with self._writers_turn, Session(self._for_writing, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as exc:
            raise translated(exc) from exc

    def insert_into(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that can say what to do where the row is there already."""
        return postgresql.insert(table) if self._engine.dialect.name == "postgresql" else sqlite.insert(table)

    def alone_with(self, session: Session, what: str) -> None:
        """Wait until no other transaction is alone with the same; SQLite has one writer anyway."""
        if self._engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(what, 0))))

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()


def _address(url: str) -> URL:
    """The URL with its driver. Raises LedgerError for one that is none, and for other databases."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as exc:
        raise bad_address() from exc
    if address.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in {"sqlite", "sqlite+pysqlite"} and address.database not in {None, "", ":memory:"}:
        return address
    raise bad_address()


def _open(address: URL) -> Engine:
    try:
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True, hide_parameters=True)
        engine = create_engine(
            address,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=_BUSY_S,
            connect_args={"timeout": _BUSY_S},
            hide_parameters=True,
        )
    except (ModuleNotFoundError, NoSuchModuleError) as exc:
        raise driver_missing() from exc
    try:
        _make_private(Path(str(address.database)))
    except OSError as exc:
        raise not_writable() from exc
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(file: Path) -> None:
    """The file, and what SQLite puts beside it, is for its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    with suppress(PermissionError):  # somebody else's file, shared with us on purpose
        file.chmod(0o600)


def _set_up(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins no transactions behind our back: see _begin
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and then finds another writing cannot wait: who writes asks at the start.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
