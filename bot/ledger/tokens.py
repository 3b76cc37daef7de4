"""API tokens: kept as hashes, scoped, revocable."""

import datetime

from bot.ledger.records import Token


class Tokens:
    """A token's secret is told once, when it is made."""

    def make(self, name: str, user: str, scopes: frozenset[str], lasts: datetime.timedelta | None) -> tuple[Token, str]:
        """The token and its secret, `kn_…`. Raises LedgerError for an unknown scope."""
        raise NotImplementedError

    def all(self) -> list[Token]:
        """Every token that was not revoked, oldest first."""
        raise NotImplementedError

    def revoke(self, token_id: str) -> None:
        """Raises NotFoundError."""
        raise NotImplementedError

    def of(self, secret: str) -> Token | None:
        """The token with this secret, unless revoked or expired; notes that it was used."""
        raise NotImplementedError
