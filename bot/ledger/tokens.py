"""API tokens: kept as hashes, scoped, revocable."""

import datetime
import secrets

from sqlalchemy import or_, select, update

from bot.errors import LedgerError, NotFoundError
from bot.ledger.accounts import account_key
from bot.ledger.database import Database
from bot.ledger.keys import digest_of, new_secret
from bot.ledger.records import Token
from bot.ledger.tables import AccountRow, TokenRow

SCOPES = ("ask", "keep", "metrics")
_PREFIX = "kn_"
# When it was last used is noted no more often than this: most requests then write nothing.
_NOTED_EVERY = datetime.timedelta(minutes=1)


class Tokens:
    """A token's secret is told once, when it is made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, name: str, user: str, scopes: frozenset[str], lasts: datetime.timedelta | None) -> tuple[Token, str]:
        """The token and its secret, `kn_…`. Raises LedgerError for an unknown scope."""
        _require_usable(name, user, scopes, lasts)
        secret, now = new_secret(_PREFIX), self._database.now()
        row = TokenRow(
            id=secrets.token_hex(6),
            digest=digest_of(secret),
            name=name,
            user_name=user,
            scopes=" ".join(sorted(scopes)),
            made_at=now,
            expires_at=now + lasts if lasts else None,
        )
        with self._database.writing() as session:
            session.add(row)
        return _token(row), secret

    def all(self) -> list[Token]:
        """Every token that was not revoked, oldest first."""
        with self._database.reading() as session:
            return [_token(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.number))]

    def revoke(self, token_id: str) -> None:
        """Raises NotFoundError."""
        with self._database.writing() as session:
            row = session.scalar(select(TokenRow).where(TokenRow.id == token_id))
            if row is None:
                raise NotFoundError(f"Không có mã truy cập «{token_id}».", "Hãy xem danh sách bằng «bot tokens list».")
            session.delete(row)

    def of(self, secret: str) -> Token | None:
        """The token with this secret, unless revoked or expired; notes that it was used.

        None also where the user's local account is inactive.
        """
        now = self._database.now()
        valid = (TokenRow.digest == digest_of(secret), or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > now))
        with self._database.reading() as session:
            row = session.scalar(select(TokenRow).where(*valid))
            account = session.get(AccountRow, account_key(row.user_name)) if row else None
        if row is None or (account and not account.is_active):
            return None
        if row.last_used_at is None or now - row.last_used_at >= _NOTED_EVERY:
            with self._database.writing() as session:
                session.execute(update(TokenRow).where(TokenRow.id == row.id).values(last_used_at=now))
            row.last_used_at = now
        return _token(row)


def _require_usable(name: str, user: str, scopes: frozenset[str], lasts: datetime.timedelta | None) -> None:
    if unknown := sorted(scopes - set(SCOPES)):
        raise LedgerError(f"Không có phạm vi {', '.join(unknown)}.", f"Hãy chọn: {', '.join(SCOPES)}.")
    if not scopes or not name.strip() or not user.strip():
        raise LedgerError(
            "Mã truy cập phải có tên, người dùng và phạm vi.", f"Các phạm vi: {', '.join(SCOPES)}. Hãy bổ sung."
        )
    if lasts is not None and lasts <= datetime.timedelta():
        raise LedgerError("Thời hạn của mã truy cập phải dài hơn 0.", "Hãy ghi số ngày từ 1 trở lên.")


def _token(row: TokenRow) -> Token:
    scopes = frozenset(row.scopes.split())
    return Token(row.id, row.name, row.user_name, scopes, row.made_at, row.expires_at, row.last_used_at)
