"""`bot feedback …` as people type it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import answer_of


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["feedback", *map(str, arguments)])


@pytest.fixture
def ledger(apart: Path) -> Iterator[Ledger]:
    """The one that the commands open, with an opinion of each kind."""
    opened = Ledger(f"sqlite:///{apart / 'home' / 'ledger.sqlite3'}")
    first = opened.history.keep("an", answer_of("Sông Lam dành bao nhiêu?"))
    second = opened.history.keep("an", answer_of("Ai nói điều đó?"))
    opened.feedback.give("an", first, "up")
    opened.feedback.give("an", first, "wrong_citation", "Nhầm\ntỉnh", 1)
    opened.feedback.give("bình", second, "down", "Sai \x1b[31mngười")
    yield opened
    opened.close()


def test_feedback_is_listed_with_its_question_and_reason(ledger: Ledger) -> None:
    lines = run("list").stdout.splitlines()
    assert lines[0].endswith("  an  hữu ích: Sông Lam dành bao nhiêu?")
    assert lines[1].endswith("  an  trích dẫn sai [1]: Sông Lam dành bao nhiêu?")
    assert lines[2] == "    Lý do: Nhầm tỉnh"
    assert lines[3].endswith("  bình  chưa đúng: Ai nói điều đó?")
    assert lines[4] == "    Lý do: Sai [31mngười"


def test_feedback_is_chosen_by_opinion_and_given_as_json(ledger: Ledger) -> None:
    lines = run("list", "--opinion", "down", "--opinion", "up", "--json").stdout.splitlines()
    assert [json.loads(line)["opinion"] for line in lines] == ["up", "down"]
    assert json.loads(lines[1])["answer"]["question"] == "Ai nói điều đó?"
    assert run("list", "--opinion", "tốt").exit_code == 2


def test_what_was_found_wrong_is_exported(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "ra.jsonl"
    result = run("export", file)
    assert result.exit_code == 0
    assert "Đã ghi 2 câu hỏi" in result.stdout
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["candidate"] for row in rows] == ["trích dẫn sai [1]: Nhầm tỉnh", "chưa đúng: Sai \x1b[31mngười"]
    assert "bình" not in file.read_text(encoding="utf-8")


def test_an_export_of_one_opinion(ledger: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "ra.jsonl"
    assert run("export", file, "--opinion", "wrong_citation").exit_code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_without_feedback_nothing_is_found(apart: Path, tmp_path: Path) -> None:
    assert run("list").exit_code == 3
    assert run("export", tmp_path / "ra.jsonl").exit_code == 3
    assert run("export", tmp_path).exit_code == 2
