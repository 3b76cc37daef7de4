"""Passwords: what is kept of them."""

import time

import pytest
from argon2 import PasswordHasher

from bot.errors import LedgerError
from bot.ledger.ledger import Ledger
from bot.ledger.passwords import LEAST_CHARS, Passwords
from tests.bot.ledger.clock import DAY


def test_only_an_argon2_hash_with_a_salt_of_its_own_is_kept() -> None:
    passwords = Passwords()
    first, second = passwords.hash("mật khẩu dài"), passwords.hash("mật khẩu dài")
    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.fits("mật khẩu dài", first)
    assert not passwords.fits("mật khẩu dàI", first)
    assert not passwords.fits("nobody's password", None)
    assert not passwords.fits("mật khẩu dài", "khong phai hash")


def test_an_unknown_name_costs_as_much_as_a_wrong_password() -> None:
    passwords = Passwords()
    known = passwords.hash("mật khẩu dài")
    passwords.prepare()

    def cost(password_hash: str | None) -> float:
        started = time.process_time()
        assert not passwords.fits("sai", password_hash)
        return time.process_time() - started

    assert 0.5 < min(cost(None) for _ in range(5)) / min(cost(known) for _ in range(5)) < 2


def test_short_passwords_are_refused_as_they_read_not_as_they_are_encoded() -> None:
    passwords = Passwords()
    assert passwords.hash("x" * LEAST_CHARS)
    for short in ("", "x" * (LEAST_CHARS - 1), "a\u0323" * (LEAST_CHARS - 1)):
        with pytest.raises(LedgerError, match="ít nhất 10 ký tự"):
            passwords.hash(short)


def test_a_hash_of_weaker_times_is_renewed_at_the_next_sign_in(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with monkeypatch.context() as patched:
        patched.setattr(ledger.accounts._passwords, "_hasher", weak)
        ledger.accounts.add("an", "mật khẩu dài", frozenset({"reader"}))
    renewed: list[str] = []
    hash_now = ledger.accounts._passwords.hash

    def noted(password: str) -> str:
        renewed.append(password)
        return hash_now(password)

    monkeypatch.setattr(ledger.accounts._passwords, "hash", noted)
    assert ledger.accounts.sign_in("an", "mật khẩu dài", DAY)
    assert ledger.accounts.sign_in("an", "mật khẩu dài", DAY)
    assert len(renewed) == 1
