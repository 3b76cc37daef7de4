"""API tokens: told once, scoped, revocable, expiring."""

import pytest

from bot.errors import LedgerError, NotFoundError
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import DAY, NOON, SECOND, Clock

ASK = frozenset({"ask"})


def test_a_token_is_found_by_its_secret(ledger: Ledger) -> None:
    token, secret = ledger.tokens.make("cổng nội bộ", "an", frozenset({"ask", "keep"}), 90 * DAY)
    assert secret.startswith("kn_")
    assert len(secret) >= 3 + 43  # 256 bits
    assert (token.name, token.user, token.scopes) == ("cổng nội bộ", "an", frozenset({"ask", "keep"}))
    assert (token.made_at, token.expires_at, token.last_used_at) == (NOON, NOON + 90 * DAY, None)
    found = ledger.tokens.of(secret)
    assert found
    assert found.id == token.id


def test_wrong_secrets_find_nothing(ledger: Ledger) -> None:
    token, secret = ledger.tokens.make("cổng", "an", ASK, None)
    for wrong in ("", "kn_", secret[:-1], secret + "x", secret.upper(), token.id, "\ud800", "a\0"):
        assert ledger.tokens.of(wrong) is None


def test_a_token_expires_to_the_second(ledger: Ledger, clock: Clock) -> None:
    _, secret = ledger.tokens.make("cổng", "an", ASK, DAY)
    _, lasting = ledger.tokens.make("mãi", "an", ASK, None)
    clock.pass_by(DAY - SECOND)
    assert ledger.tokens.of(secret)
    clock.pass_by(SECOND)
    assert ledger.tokens.of(secret) is None
    assert ledger.tokens.of(lasting)


def test_its_use_is_noted_but_not_at_every_request(ledger: Ledger, clock: Clock) -> None:
    _, secret = ledger.tokens.make("cổng", "an", ASK, None)
    times = []
    for _ in range(4):
        ledger.tokens.of(secret)
        (token,) = ledger.tokens.all()
        times.append(token.last_used_at)
        clock.pass_by(30 * SECOND)
    assert times == [NOON, NOON, NOON + 60 * SECOND, NOON + 60 * SECOND]


def test_a_revoked_token_is_gone(ledger: Ledger) -> None:
    token, secret = ledger.tokens.make("cổng", "an", ASK, None)
    other, _ = ledger.tokens.make("khác", "an", ASK, None)
    ledger.tokens.revoke(token.id)
    assert ledger.tokens.of(secret) is None
    assert ledger.tokens.all() == [other]
    with pytest.raises(NotFoundError):
        ledger.tokens.revoke(token.id)


def test_the_token_of_an_inactive_account_does_not_work(ledger: Ledger) -> None:
    ledger.accounts.add("An", "mật khẩu dài", frozenset({"reader"}))
    _, secret = ledger.tokens.make("cổng", "an", ASK, None)
    ledger.accounts.set_active("An", active=False)
    assert ledger.tokens.of(secret) is None
    ledger.accounts.set_active("An", active=True)
    assert ledger.tokens.of(secret)


@pytest.mark.parametrize(
    ("name", "user", "scopes", "days"),
    [
        ("a", "an", {"xóa"}, 1),
        ("a", "an", set(), 1),
        (" ", "an", {"ask"}, 1),
        ("a", "", {"ask"}, 1),
        ("a", "an", ASK, 0),
    ],
)
def test_a_token_must_be_usable(ledger: Ledger, name: str, user: str, scopes: set[str], days: int) -> None:
    with pytest.raises(LedgerError):
        ledger.tokens.make(name, user, frozenset(scopes), days * DAY)
    assert ledger.tokens.all() == []


def test_the_secret_is_nowhere_in_what_is_given_out(ledger: Ledger) -> None:
    token, secret = ledger.tokens.make("cổng", "an", ASK, None)
    assert secret not in repr((token, ledger.tokens.all(), ledger.tokens.of(secret)))
