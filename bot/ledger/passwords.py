"""Passwords as argon2 hashes."""

import threading
import unicodedata
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import LedgerError

LEAST_CHARS = 10
# Each takes 64 MiB while it is reckoned with.
_AT_ONCE = 2


class Passwords:
    """May be used from several threads."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """Raises LedgerError for one that is too short."""
        if len(unicodedata.normalize("NFC", password)) < LEAST_CHARS:
            raise LedgerError(f"Mật khẩu phải có ít nhất {LEAST_CHARS} ký tự.", "Hãy chọn mật khẩu dài hơn.")
        with self._turn:
            return self._hasher.hash(_bytes(password))

    def fits(self, password: str, password_hash: str | None) -> bool:
        """Whether it is the one; without a hash it is not, after as long a time."""
        with self._turn:
            try:
                self._hasher.verify(password_hash or self._nobodys, _bytes(password))
            except (VerificationError, InvalidHashError):
                return False
        return password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with weaker parameters than those of today."""
        return self._hasher.check_needs_rehash(password_hash)

    def prepare(self) -> None:
        """Do once what would make the first unknown name slower than the others."""
        _ = self._nobodys

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody's password")


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
