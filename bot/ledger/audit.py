"""Who asked what, when."""

import datetime
from collections.abc import Iterator
from typing import Literal, cast

from sqlalchemy import Table, delete, select

from bot.ledger.database import Database
from bot.ledger.records import AuditEntry
from bot.ledger.tables import AuditCountRow, AuditRow

Keeping = Literal["full", "counts"]
_PAGE_ROWS = 1000


class Audit:
    """With the setting `counts`, only how often each action was done each day is kept."""

    def __init__(self, database: Database, keeping: Keeping) -> None:
        self._database = database
        self._keeping = keeping

    def note(self, user: str, via: str, action: str, detail: str = "", outcome: str = "ok") -> None:
        """Add an entry."""
        at = self._database.now()
        counts = cast(Table, AuditCountRow.__table__)
        counted = self._database.insert_into(counts).values(
            day=at.astimezone(datetime.UTC).date(), action=action, times=1
        )
        with self._database.writing() as session:
            if self._keeping == "full":
                session.add(AuditRow(at=at, user_name=user, via=via, action=action, detail=detail, outcome=outcome))
            session.execute(
                counted.on_conflict_do_update(index_elements=["day", "action"], set_={"times": counts.c.times + 1})
            )

    def entries(self, since: datetime.datetime | None = None, user: str = "") -> Iterator[AuditEntry]:
        """Entries, oldest first."""
        wanted = select(AuditRow)
        if since:
            wanted = wanted.where(AuditRow.at >= since)
        if user:
            wanted = wanted.where(AuditRow.user_name == user)
        last = -1
        while True:
            page = wanted.where(AuditRow.number > last).order_by(AuditRow.number).limit(_PAGE_ROWS)
            with self._database.reading() as session:
                rows = list(session.scalars(page))
            yield from (AuditEntry(row.at, row.user_name, row.via, row.action, row.detail, row.outcome) for row in rows)
            if len(rows) < _PAGE_ROWS:
                return
            last = rows[-1].number

    def counts(self) -> list[tuple[datetime.date, str, int]]:
        """Day (UTC), action, how often; oldest first."""
        wanted = select(AuditCountRow).order_by(AuditCountRow.day, AuditCountRow.action)
        with self._database.reading() as session:
            return [(row.day, row.action, row.times) for row in session.scalars(wanted)]

    def forget(self, before: datetime.datetime) -> None:
        """Drop what was noted before; of entries all, where only counts are kept."""
        entries = delete(AuditRow)
        with self._database.writing() as session:
            session.execute(entries.where(AuditRow.at < before) if self._keeping == "full" else entries)
            session.execute(delete(AuditCountRow).where(AuditCountRow.day < before.astimezone(datetime.UTC).date()))
