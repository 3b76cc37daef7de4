"""Local accounts: names, sessions, and failures that make one wait."""

import threading
from functools import partial

import pytest
from argon2 import PasswordHasher

from bot.errors import BusyError, LedgerError, NotFoundError
from bot.identity import Role
from bot.ledger.accounts import TRIES, TRIES_WITHIN
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import DAY, NOON, SECOND, Clock

PASSWORD = "mật khẩu rất dài"
READER: frozenset[Role] = frozenset({"reader"})


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hash costs is no matter here."""
    quick = partial(PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("bot.ledger.passwords.PasswordHasher", quick)


@pytest.fixture
def an(ledger: Ledger) -> Ledger:
    """A ledger with one account, `An`."""
    ledger.accounts.add("An", PASSWORD, frozenset({"reader", "keeper"}))
    return ledger


def signed_in(ledger: Ledger, name: str = "An", password: str = PASSWORD) -> str:
    secret = ledger.accounts.sign_in(name, password, DAY)
    assert secret
    return secret


def test_accounts_are_listed_by_name(ledger: Ledger) -> None:
    bình = ledger.accounts.add("Bình", PASSWORD, READER)
    an = ledger.accounts.add("an@tinh.gov", PASSWORD, frozenset({"reader", "admin"}))
    assert ledger.accounts.all() == [an, bình]
    assert (an.name, an.roles, an.is_active, an.made_at) == ("an@tinh.gov", frozenset({"reader", "admin"}), True, NOON)


@pytest.mark.parametrize("name", ["An", "an", "AN"])
def test_a_name_is_taken_however_its_capitals_are_typed(an: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="Đã có tài khoản"):
        an.accounts.add(name, PASSWORD, READER)


@pytest.mark.parametrize(
    "name", ["", "a", "x" * 65, "an bình", "an\n", "a/b", "<b>an</b>", "local", "Local", "a\0b", "a\u200bb"]
)
def test_names_that_are_not_allowed(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="Tên tài khoản"):
        ledger.accounts.add(name, PASSWORD, READER)


@pytest.mark.parametrize("name", ["ab", "x" * 64, "Nguyễn.Văn-An_1@tỉnh"])
def test_names_that_are_allowed(ledger: Ledger, name: str) -> None:
    assert ledger.accounts.add(name, PASSWORD, READER).name == name


def test_a_name_may_be_typed_in_decomposed_letters(ledger: Ledger) -> None:
    assert ledger.accounts.add("Bi\u0300nh", PASSWORD, READER).name == "Bình"
    assert ledger.accounts.signed_in(signed_in(ledger, "bi\u0300nh"))


def test_signing_in_gives_a_session_that_lasts(an: Ledger, clock: Clock) -> None:
    secret = signed_in(an)
    account = an.accounts.signed_in(secret)
    assert account
    assert (account.name, account.roles) == ("An", frozenset({"reader", "keeper"}))
    clock.pass_by(DAY - SECOND)
    assert an.accounts.signed_in(secret)
    clock.pass_by(SECOND)
    assert an.accounts.signed_in(secret) is None


def test_wrong_passwords_names_and_secrets_are_refused(an: Ledger) -> None:
    assert an.accounts.sign_in("An", PASSWORD + " ", DAY) is None
    assert an.accounts.sign_in("An", "", DAY) is None
    assert an.accounts.sign_in("Ai đó", PASSWORD, DAY) is None
    for secret in ("", "abc", "\ud800", "a\0b"):
        assert an.accounts.signed_in(secret) is None


def test_a_password_may_be_typed_in_decomposed_letters(an: Ledger) -> None:
    assert an.accounts.sign_in("An", "mâ\u0323t khâ\u0309u râ\u0301t dài", DAY)


def test_signing_out_ends_that_session_only(an: Ledger) -> None:
    first, second = signed_in(an), signed_in(an)
    an.accounts.sign_out(first)
    assert an.accounts.signed_in(first) is None
    assert an.accounts.signed_in(second)


def test_a_new_password_signs_out_everywhere(an: Ledger) -> None:
    secret = signed_in(an)
    an.accounts.set_password("an", "mật khẩu khác hẳn")
    assert an.accounts.signed_in(secret) is None
    assert an.accounts.sign_in("An", PASSWORD, DAY) is None
    assert signed_in(an, password="mật khẩu khác hẳn")


def test_an_inactive_account_is_out_and_stays_out(an: Ledger) -> None:
    secret = signed_in(an)
    an.accounts.set_active("An", active=False)
    assert an.accounts.signed_in(secret) is None
    assert an.accounts.sign_in("An", PASSWORD, DAY) is None
    an.accounts.set_active("An", active=True)
    assert an.accounts.signed_in(secret) is None
    assert signed_in(an)


def test_accounts_that_do_not_exist_are_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError):
        ledger.accounts.set_password("Ai", PASSWORD)
    with pytest.raises(NotFoundError):
        ledger.accounts.set_active("Ai", active=False)


@pytest.mark.parametrize("name", ["An", "không-có"])
def test_after_a_handful_of_failures_one_must_wait(an: Ledger, clock: Clock, name: str) -> None:
    for _ in range(TRIES):
        assert an.accounts.sign_in(name, "sai", DAY) is None
    clock.pass_by(SECOND)
    with pytest.raises(BusyError, match="Hãy đợi 5 phút"):
        an.accounts.sign_in(name, PASSWORD, DAY)
    assert an.accounts.sign_in("người khác", "sai", DAY) is None
    clock.pass_by(TRIES_WITHIN)
    assert bool(an.accounts.sign_in(name, PASSWORD, DAY)) == (name == "An")


def test_a_success_forgives_the_failures_before(an: Ledger) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            assert an.accounts.sign_in("An", "sai", DAY) is None
        assert signed_in(an)


def test_failures_are_remembered_through_a_restart(url: str, clock: Clock) -> None:
    first = Ledger(url, clock=clock)
    for _ in range(TRIES):
        first.accounts.sign_in("An", "sai", DAY)
    first.close()
    again = Ledger(url, clock=clock)
    with pytest.raises(BusyError):
        again.accounts.sign_in("an", "sai", DAY)
    again.close()


def test_many_tries_at_once_do_not_slip_through(an: Ledger) -> None:
    told: list[str] = []

    def guess() -> None:
        try:
            told.append(str(an.accounts.sign_in("An", "sai", DAY)))
        except BusyError:
            told.append("busy")

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["None"] * TRIES + ["busy"] * (12 - TRIES)


def test_an_unknown_name_is_tried_against_a_hash_too(an: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str | None] = []
    fits = an.accounts._passwords.fits

    def noted(password: str, known: str | None) -> bool:
        tried.append(known)
        return fits(password, known)

    monkeypatch.setattr(an.accounts._passwords, "fits", noted)
    for name in ("An", "không-có"):
        assert an.accounts.sign_in(name, "sai", DAY) is None
    assert [bool(known) for known in tried] == [True, False]


def test_what_is_over_is_dropped_when_it_forgets(an: Ledger, clock: Clock) -> None:
    over, lasting = signed_in(an), an.accounts.sign_in("An", PASSWORD, 3 * DAY)
    clock.pass_by(2 * DAY)
    an.forget(history_days=1, audit_days=1)
    clock.pass_by(-DAY - SECOND)
    assert lasting
    assert an.accounts.signed_in(lasting)
    assert an.accounts.signed_in(over) is None


def test_nothing_secret_is_in_what_is_given_out(an: Ledger) -> None:
    secret = signed_in(an)
    shown = repr((an.accounts.all(), an.accounts.signed_in(secret)))
    assert PASSWORD not in shown
    assert "argon2" not in shown
    assert secret not in shown
