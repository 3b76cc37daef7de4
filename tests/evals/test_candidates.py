"""What `bot feedback export` writes: the harness reads and asks it, and scores none of it until it is completed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.errors import SettingsError
from bot.ledger.ledger import Ledger
from evals import cases
from evals.cases import problems, read_cases
from evals.cli import app
from evals.results import results
from evals.runs import all_runs
from index.search import SearchIndex
from tests.bot.web.asking import AtHome, app_of, assistant_of
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    PRINT_RUN,
    answer_row_of,
    case_of,
    citation_of,
    cited_answer_of,
    refusal_of,
)
from tests.evals.systems import run_of, serving


@pytest.fixture
def export(apart: Path) -> Path:
    """Three questions that users found fault with: a wrong citation, a wrong answer, a refusal."""
    ledger = Ledger(f"sqlite:///{apart / 'home' / 'ledger.sqlite3'}")
    cited = cited_answer_of(
        "Khoảng 700 doanh nghiệp.", citation_of(ENTERPRISES), citation_of(PRINT_RUN, DONG_THAP, number=2)
    )
    answers = [
        replace(cited, question="Hậu Giang cần mấy doanh nghiệp số?", understood="Hậu Giang cần mấy doanh nghiệp số?"),
        replace(cited, question="Câu trả lời sai?", understood="Câu trả lời sai?"),
        refusal_of(question="Có mấy trạm 6G?", understood="Có mấy trạm 6G?"),
    ]
    kept = [ledger.history.keep("an", answer) for answer in answers]
    ledger.feedback.give("an", kept[0], "wrong_citation", "Đây là Đồng Tháp", 2)
    for turn in kept[1:]:
        ledger.feedback.give("an", turn, "down")
    ledger.close()
    file = apart / "candidates.jsonl"
    exported = CliRunner().invoke(cli.app, ["feedback", "export", str(file)])
    assert exported.exit_code == 0, exported.output
    return file


@pytest.fixture
def url(index: SearchIndex, tmp_path: Path) -> Iterator[str]:
    """A server over the invented documents."""
    with assistant_of(index, tmp_path / "nhà") as assistant, serving(AtHome(app_of(assistant))) as address:
        yield address


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def complete(file: Path) -> None:
    """As a person would: the first row gets its fact and loses its mark."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows[0] |= {"must": [["700"]], "candidate": ""}
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def test_an_export_is_read_as_gold_questions_are(export: Path) -> None:
    found = read_cases(export)
    assert [case.question for case in found] == [
        "Hậu Giang cần mấy doanh nghiệp số?",
        "Câu trả lời sai?",
        "Có mấy trạm 6G?",
    ]
    assert [case.answerable for case in found] == [True, True, False]
    assert [[place.quote for place in need] for need in found[0].needs] == [[ENTERPRISES]]
    assert all(case.candidate for case in found)


def test_a_candidate_does_not_pass_for_gold(export: Path) -> None:
    for case in read_cases(export):
        assert any("candidate" in problem for problem in problems(case))
    checked = cases.main(["check", str(export)])
    assert checked == 1


def test_a_completed_candidate_is_a_gold_question(export: Path) -> None:
    complete(export)
    assert list(problems(read_cases(export)[0])) == []


def test_the_harness_asks_an_export(export: Path, url: str, apart: Path) -> None:
    result = run("run", "--system", url, "--suite", "answers", "--questions", export)
    assert result.exit_code == 0, result.output
    (made,) = all_runs(apart / "home" / "evals")
    assert [row.asked for row in made.answers()] == [case.question for case in read_cases(export)]


def test_only_completed_candidates_are_scored(export: Path, url: str, apart: Path) -> None:
    run("run", "--system", url, "--suite", "answers", "--questions", export)
    (made,) = all_runs(apart / "home" / "evals")
    with pytest.raises(SettingsError, match="chưa có câu hỏi nào"):
        results(made, read_cases(export))
    assert run("report", "--questions", export).exit_code == 2
    complete(export)
    assert [one.case.id for one in results(made, read_cases(export)).answers] == ["fb-feedback-01"]
    reported = run("report", "--questions", export)
    assert reported.exit_code == 0, reported.output
    page = Path(reported.stdout.strip()).read_text(encoding="utf-8")
    assert "Hậu Giang cần mấy doanh nghiệp số?" in page
    assert "Có mấy trạm 6G?" not in page


def test_a_candidate_among_the_gold_is_left_out_of_the_scores(tmp_path: Path, export: Path) -> None:
    gold = read_cases()[0]
    candidate = read_cases(export)[0]
    made = run_of(tmp_path / "lượt", *(answer_row_of(refusal_of(), id=case.id) for case in (gold, candidate)))
    assert [one.case.id for one in results(made, [gold, candidate]).answers] == [gold.id]


def test_there_may_be_more_candidates_than_two_digits_count() -> None:
    assert case_of(id="fb-feedback-100").id == "fb-feedback-100"
