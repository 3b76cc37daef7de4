"""The ledger: one database, opened and brought to the latest form."""

import datetime

from bot.ledger.accounts import Accounts
from bot.ledger.audit import Audit, Keeping
from bot.ledger.database import Clock, Database, utc_now
from bot.ledger.feedback import FeedbackBook
from bot.ledger.history import History
from bot.ledger.tokens import Tokens


class Ledger:
    """May be used from several threads and processes."""

    def __init__(self, url: str, *, audit: Keeping = "full", clock: Clock = utc_now) -> None:
        """Open the database at an SQLAlchemy URL, made or migrated if need be. Raises LedgerError.

        `audit`: whether entries are kept, or only how often each action was done each day.
        """
        self._database = Database(url, clock)
        self.history = History(self._database)
        self.feedback = FeedbackBook(self._database)
        self.audit = Audit(self._database, audit)
        self.accounts = Accounts(self._database)
        self.tokens = Tokens(self._database)

    def forget(self, *, history_days: int, audit_days: int) -> None:
        """Drop what is older; 0 days of history keep none at all. Also drops what was signed out by time."""
        now = self._database.now()
        self.history.forget(now - datetime.timedelta(days=history_days) if history_days else None)
        self.audit.forget(now - datetime.timedelta(days=audit_days))
        self.accounts.forget()

    def close(self) -> None:
        """Release the connections."""
        self._database.close()
