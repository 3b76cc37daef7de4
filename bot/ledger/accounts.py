"""Local accounts, their passwords as argon2 hashes, and who is signed in."""

import datetime
import re
import unicodedata
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.errors import BusyError, LedgerError, NotFoundError
from bot.identity import LOCAL, Role
from bot.ledger.database import Database
from bot.ledger.keys import digest_of, new_secret
from bot.ledger.passwords import Passwords
from bot.ledger.records import Account
from bot.ledger.tables import AccountRow, AttemptRow, SessionRow

_NAME = re.compile(r"[\w.@-]{2,64}")
# So many tries that fail within the time, and the next must wait until the first of them is that old.
TRIES, TRIES_WITHIN = 5, datetime.timedelta(minutes=5)


class Accounts:
    """For offices without a single sign-on."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._passwords = Passwords()

    def add(self, name: str, password: str, roles: frozenset[Role]) -> Account:
        """Make one. Raises LedgerError for a name that is taken or not allowed, or a password that is too short."""
        name = unicodedata.normalize("NFC", name)
        _require_allowed(name)
        row = AccountRow(
            key=account_key(name),
            name=name,
            password_hash=self._passwords.hash(password),
            roles=" ".join(sorted(roles)),
            is_active=True,
            made_at=self._database.now(),
        )
        with self._database.writing() as session:
            self._database.alone_with(session, digest_of(row.key))
            if session.get(AccountRow, row.key):
                raise LedgerError(f"Đã có tài khoản «{name}».", "Hãy chọn tên khác.")
            session.add(row)
        return _account(row)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]

    def set_password(self, name: str, password: str) -> None:
        """Also signs the user out everywhere. Raises NotFoundError, LedgerError."""
        password_hash = self._passwords.hash(password)
        with self._database.writing() as session:
            row = _named(session, name)
            row.password_hash = password_hash
            _sign_out_everywhere(session, row.key)
            session.execute(delete(AttemptRow).where(AttemptRow.name_digest == digest_of(row.key)))

    def set_active(self, name: str, *, active: bool) -> None:
        """An inactive one is signed out everywhere. Raises NotFoundError."""
        with self._database.writing() as session:
            row = _named(session, name)
            row.is_active = active
            if not active:
                _sign_out_everywhere(session, row.key)

    def sign_in(self, name: str, password: str, lasts: datetime.timedelta) -> str | None:
        """The secret of a new session, or None. Unknown names take as long as wrong passwords.

        Raises BusyError after too many failures with this name, whether it is known or not.
        """
        self._passwords.prepare()
        key = account_key(name)
        self._note_attempt(digest_of(key))
        with self._database.reading() as session:
            row = session.get(AccountRow, key)
        known = row.password_hash if row else None
        if not self._passwords.fits(password, known) or known is None:
            return None
        renewed = self._passwords.hash(password) if self._passwords.is_outdated(known) else known
        with self._database.writing() as session:
            row = session.get(AccountRow, key, with_for_update=True)
            if row is None or not row.is_active or row.password_hash != known:  # changed in the meantime
                return None
            row.password_hash = renewed
            session.execute(delete(AttemptRow).where(AttemptRow.name_digest == digest_of(key)))
            secret = new_secret()
            session.add(SessionRow(digest=digest_of(secret), account=key, expires_at=self._database.now() + lasts))
        return secret

    def _note_attempt(self, name_digest: str) -> None:
        """Noted before the password is tried, so that many at once do not slip through."""
        now = self._database.now()
        recent = (AttemptRow.name_digest == name_digest, AttemptRow.at > now - TRIES_WITHIN)
        with self._database.writing() as session:
            self._database.alone_with(session, name_digest)
            failed, first = session.execute(select(func.count(), func.min(AttemptRow.at)).where(*recent)).one()
            if failed >= TRIES:
                minutes = -(-(first + TRIES_WITHIN - now) // datetime.timedelta(minutes=1))
                raise BusyError(
                    "Đăng nhập sai quá nhiều lần.", f"Hãy đợi {minutes} phút rồi thử lại, hoặc hỏi người quản trị."
                )
            session.add(AttemptRow(name_digest=name_digest, at=now))

    def signed_in(self, secret: str) -> Account | None:
        """Whose session it is, while it lasts and the account is active."""
        theirs = (SessionRow.digest == digest_of(secret), SessionRow.expires_at > self._database.now())
        wanted = select(AccountRow).join(SessionRow).where(*theirs, AccountRow.is_active)
        with self._database.reading() as session:
            row = session.scalar(wanted)
        return _account(row) if row else None

    def sign_out(self, secret: str) -> None:
        """End a session."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == digest_of(secret)))

    def forget(self) -> None:
        """Drop sessions that are over and failures that no longer count."""
        now = self._database.now()
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
            session.execute(delete(AttemptRow).where(AttemptRow.at <= now - TRIES_WITHIN))


def account_key(name: str) -> str:
    """What two names that differ in capitals, or in how marks are encoded, have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _require_allowed(name: str) -> None:
    if not _NAME.fullmatch(name) or account_key(name) == LOCAL.name:
        raise LedgerError(
            f"Tên tài khoản «{name}» không dùng được.",
            f"Hãy chọn tên khác «{LOCAL.name}», dài 2–64 ký tự, gồm chữ, số và các dấu . _ - @",
        )


def _named(session: Session, name: str) -> AccountRow:
    row = session.get(AccountRow, account_key(name), with_for_update=True)
    if row is None:
        raise NotFoundError(f"Không có tài khoản «{name}».", "Hãy xem danh sách bằng «bot accounts list».")
    return row


def _sign_out_everywhere(session: Session, key: str) -> None:
    session.execute(delete(SessionRow).where(SessionRow.account == key))


def _account(row: AccountRow) -> Account:
    roles = frozenset(cast(Role, role) for role in row.roles.split())
    return Account(row.name, roles, row.is_active, row.made_at)
