"""`bot audit …` as people type it."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import DAY, NOON, Clock


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


@pytest.fixture
def ledger(apart: Path) -> Iterator[Ledger]:
    """The one that the commands open, with two entries of two days."""
    clock = Clock()
    opened = Ledger(f"sqlite:///{apart / 'home' / 'ledger.sqlite3'}", clock=clock)
    opened.audit.note("an", "account", "ask", "Câu\nhỏi \x1b[31mđỏ?", "answered")
    clock.pass_by(2 * DAY)
    opened.audit.note("bình", "token", "search", "ngân sách")
    yield opened
    opened.close()


def test_entries_are_listed_each_on_a_line(ledger: Ledger) -> None:
    lines = run("list").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("  an  account  ask  answered  Câu hỏi [31mđỏ?")
    assert lines[1].endswith("  bình  token  search  ok  ngân sách")


def test_entries_are_chosen_by_day_and_user(ledger: Ledger) -> None:
    day = f"{NOON + DAY:%Y-%m-%d}"
    assert run("list", "--from", day).stdout.count("\n") == 1
    assert run("list", "--from", f"{NOON + DAY:%d/%m/%Y}").stdout.count("\n") == 1
    assert run("list", "--user", "an").stdout.count("\n") == 1
    assert run("list", "--from", day, "--user", "an").exit_code == 3
    assert run("list", "--from", "hôm qua").exit_code == 2


def test_entries_are_exported(ledger: Ledger, tmp_path: Path) -> None:
    result = run("export", tmp_path / "nhật ký.jsonl")
    assert result.exit_code == 0
    assert "Đã ghi 2 dòng" in result.stdout
    records = [json.loads(line) for line in (tmp_path / "nhật ký.jsonl").read_text(encoding="utf-8").splitlines()]
    assert records[0] == {
        "at": NOON.isoformat(),
        "user": "an",
        "via": "account",
        "action": "ask",
        "detail": "Câu\nhỏi \x1b[31mđỏ?",
        "outcome": "answered",
    }
    assert datetime.datetime.fromisoformat(records[1]["at"]) == NOON + 2 * DAY
    assert run("export", tmp_path).exit_code == 2


def test_counts_are_shown_by_day(ledger: Ledger) -> None:
    assert run("counts").stdout.splitlines() == ["02/03/2026  ask  1", "04/03/2026  search  1"]
    assert json.loads(run("counts", "--json").stdout.splitlines()[0]) == {
        "day": "2026-03-02",
        "action": "ask",
        "times": 1,
    }


def test_an_empty_log_is_nothing_found(apart: Path) -> None:
    assert run("list").exit_code == 3
    assert run("counts").exit_code == 3


def test_a_damaged_database_is_told(apart: Path) -> None:
    (apart / "home").mkdir()
    (apart / "home" / "ledger.sqlite3").write_text("hỏng" * 1000)
    result = run("list")
    assert result.exit_code == 1
    assert "bản sao lưu" in result.stderr
