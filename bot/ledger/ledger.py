"""The ledger: one database, opened and brought to the latest form."""

from bot.ledger.accounts import Accounts
from bot.ledger.audit import Audit
from bot.ledger.feedback import FeedbackBook
from bot.ledger.history import History
from bot.ledger.tokens import Tokens


class Ledger:
    """May be used from several threads and processes."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL, made or migrated if need be. Raises LedgerError."""
        self.history = History()
        self.feedback = FeedbackBook()
        self.audit = Audit()
        self.accounts = Accounts()
        self.tokens = Tokens()

    def forget(self, *, history_days: int, audit_days: int) -> None:
        """Drop what is older; 0 days of history keep none at all."""

    def close(self) -> None:
        """Release the connections."""
