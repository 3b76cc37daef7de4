"""`bot accounts …` as people type it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.ledger.ledger import Ledger

PASSWORD = "mật khẩu rất dài"


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["accounts", *arguments], input=typed)


@pytest.fixture
def ledger(apart: Path) -> Iterator[Ledger]:
    """The one that the commands open."""
    opened = Ledger(f"sqlite:///{apart / 'home' / 'ledger.sqlite3'}")
    yield opened
    opened.close()


def can_sign_in(ledger: Ledger, password: str = PASSWORD) -> bool:
    return ledger.accounts.sign_in("an", password, timedelta(days=1)) is not None


def test_an_account_is_added_with_a_password_typed_twice_and_never_shown(ledger: Ledger) -> None:
    result = run("add", "An", "--role", "keeper", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert "Đã lập tài khoản «An» (keeper, reader)." in result.stdout
    assert PASSWORD not in result.output
    assert can_sign_in(ledger)
    (entry,) = ledger.audit.entries()
    assert (entry.action, entry.detail) == ("account_add", "An")


def test_a_password_may_come_from_standard_input(ledger: Ledger) -> None:
    assert run("add", "An", "--password-stdin", typed=f"{PASSWORD}\n").exit_code == 0
    assert can_sign_in(ledger)


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "An"), f"{PASSWORD}\n{PASSWORD}x\n", "Hai lần gõ mật khẩu khác nhau"),
        (("add", "An", "--password-stdin"), "ngắn\n", "ít nhất 10 ký tự"),
        (("add", "An", "--password-stdin"), "", "ít nhất 10 ký tự"),
        (("add", "a b", "--password-stdin"), PASSWORD, "Tên tài khoản"),
        (("password", "Ai", "--password-stdin"), PASSWORD, "Không có tài khoản «Ai»"),
        (("disable", "Ai"), "", "Không có tài khoản «Ai»"),
        (("enable", "Ai"), "", "Không có tài khoản «Ai»"),
    ],
)
def test_what_cannot_be_is_told_with_its_remedy(
    ledger: Ledger, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    result = run(*arguments, typed=typed)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Hãy" in result.stderr
    assert ledger.accounts.all() == []


def test_an_unknown_role_is_wrong_usage(ledger: Ledger) -> None:
    assert run("add", "An", "--role", "vua", "--password-stdin", typed=PASSWORD).exit_code == 2
    assert ledger.accounts.all() == []


def test_accounts_are_listed(ledger: Ledger) -> None:
    assert run("list").exit_code == 3
    ledger.accounts.add("An", PASSWORD, frozenset({"reader", "admin"}))
    ledger.accounts.add("Bình", PASSWORD, frozenset({"reader"}))
    ledger.accounts.set_active("Bình", active=False)
    result = run("list")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith("An  admin, reader  đang dùng  lập ngày ")
    assert second.startswith("Bình  reader  đã khóa  lập ngày ")
    assert "argon2" not in result.output


def test_a_password_is_changed(ledger: Ledger) -> None:
    ledger.accounts.add("An", PASSWORD, frozenset({"reader"}))
    result = run("password", "an", typed="mật khẩu mới hẳn\nmật khẩu mới hẳn\n")
    assert result.exit_code == 0
    assert not can_sign_in(ledger)
    assert can_sign_in(ledger, "mật khẩu mới hẳn")


def test_an_account_is_disabled_and_enabled(ledger: Ledger) -> None:
    ledger.accounts.add("An", PASSWORD, frozenset({"reader"}))
    assert "Đã khóa tài khoản «an»" in run("disable", "an").stdout
    assert not can_sign_in(ledger)
    assert "Đã mở lại tài khoản «an»" in run("enable", "an").stdout
    assert can_sign_in(ledger)
    assert [entry.action for entry in ledger.audit.entries()] == ["account_disable", "account_enable"]
