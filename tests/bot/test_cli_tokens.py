"""`bot tokens …` as people type it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.ledger.ledger import Ledger


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["tokens", *arguments])


@pytest.fixture
def ledger(apart: Path) -> Iterator[Ledger]:
    """The one that the commands open."""
    opened = Ledger(f"sqlite:///{apart / 'home' / 'ledger.sqlite3'}")
    yield opened
    opened.close()


def test_a_token_is_made_and_its_secret_printed_once_alone_on_standard_output(ledger: Ledger) -> None:
    result = run("make", "cổng", "--user", "an", "--scope", "ask", "--scope", "metrics", "--days", "90")
    assert result.exit_code == 0, result.output
    token = ledger.tokens.of(result.stdout.strip())
    assert token
    assert (token.name, token.user, token.scopes) == ("cổng", "an", frozenset({"ask", "metrics"}))
    assert token.expires_at
    assert token.expires_at - token.made_at == timedelta(days=90)
    assert token.id in result.stderr
    assert "mã không hiện lại" in result.stderr
    shown = run("list").output + str(list(ledger.audit.entries()))
    assert result.stdout.strip() not in shown
    assert token.id in shown


def test_a_token_may_last_for_ever(ledger: Ledger) -> None:
    assert run("make", "cổng", "--user", "an", "--scope", "ask", "--days", "0").exit_code == 0
    (token,) = ledger.tokens.all()
    assert token.expires_at is None
    assert "không hết hạn  chưa dùng" in run("list").stdout


def test_an_unknown_scope_is_told(ledger: Ledger) -> None:
    result = run("make", "cổng", "--user", "an", "--scope", "xóa")
    assert result.exit_code == 1
    assert "Không có phạm vi xóa" in result.stderr
    assert "ask, keep, metrics" in result.stderr
    assert ledger.tokens.all() == []


def test_a_token_is_revoked(ledger: Ledger) -> None:
    token, secret = ledger.tokens.make("cổng", "an", frozenset({"ask"}), None)
    assert run("list").exit_code == 0
    assert f"Đã thu hồi mã truy cập {token.id}" in run("revoke", token.id).stdout
    assert ledger.tokens.of(secret) is None
    again = run("revoke", token.id)
    assert again.exit_code == 1
    assert "bot tokens list" in again.stderr
    assert run("list").exit_code == 3
