"""Local accounts, their passwords as argon2 hashes, and who is signed in."""

import datetime

from bot.identity import Role
from bot.ledger.records import Account


class Accounts:
    """For offices without a single sign-on."""

    def add(self, name: str, password: str, roles: frozenset[Role]) -> Account:
        """Make one. Raises LedgerError for a name that is taken or not allowed, or a password that is too short."""
        raise NotImplementedError

    def all(self) -> list[Account]:
        """Every account, by name."""
        raise NotImplementedError

    def set_password(self, name: str, password: str) -> None:
        """Also signs the user out everywhere. Raises NotFoundError, LedgerError."""
        raise NotImplementedError

    def set_active(self, name: str, *, active: bool) -> None:
        """An inactive one is signed out everywhere. Raises NotFoundError."""
        raise NotImplementedError

    def sign_in(self, name: str, password: str, lasts: datetime.timedelta) -> str | None:
        """The secret of a new session, or None. Unknown names take as long as wrong passwords."""
        raise NotImplementedError

    def signed_in(self, secret: str) -> Account | None:
        """Whose session it is, while it lasts and the account is active."""
        raise NotImplementedError

    def sign_out(self, secret: str) -> None:
        """End a session."""
        raise NotImplementedError
