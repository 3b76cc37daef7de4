"""Who asked what, when."""

import datetime
from collections.abc import Iterator

from bot.ledger.records import AuditEntry


class Audit:
    """With the setting `counts`, only how often each action was done each day is kept."""

    def note(self, user: str, via: str, action: str, detail: str = "", outcome: str = "ok") -> None:
        """Add an entry."""
        raise NotImplementedError

    def entries(self, since: datetime.datetime | None = None, user: str = "") -> Iterator[AuditEntry]:
        """Entries, oldest first."""
        raise NotImplementedError

    def counts(self) -> list[tuple[datetime.date, str, int]]:
        """Day, action, how often."""
        raise NotImplementedError
