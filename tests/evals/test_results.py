"""Which run is meant by a name, and a run with its questions scored."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from evals.records import AnswerRow, SearchRow
from evals.results import baseline_of, find_run, results
from evals.runs import open_run
from tests.evals.builders import (
    ENTERPRISES,
    answer_row_of,
    case_of,
    citation_of,
    cited_answer_of,
    found_of,
    run_info_of,
    says,
    search_row_of,
)
from tests.evals.systems import run_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three runs, of which the newest is not finished."""
    root = tmp_path / "lượt"
    run_of(root / "cũ", started="2026-01-01T00:00:00Z")
    run_of(root / "mới", started="2026-02-01T00:00:00Z")
    run_of(root / "dở", started="2026-03-01T00:00:00Z", finished="")
    return root


def test_the_latest_run_is_the_newest_that_is_finished(root: Path) -> None:
    assert find_run(root, "latest").folder.name == "mới"


def test_a_run_is_found_by_name_and_by_folder(root: Path) -> None:
    assert find_run(root, "dở").info == open_run(root / "dở").info
    assert find_run(Path("nơi khác"), str(root / "cũ")).info.started == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize("name", ["lạ", "", "latest "])
def test_a_name_of_no_run_is_told(root: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="bot eval list"):
        find_run(root, name)


def test_without_a_finished_run_there_is_no_latest(tmp_path: Path) -> None:
    run_of(tmp_path / "dở", finished="")
    for folder in (tmp_path, tmp_path / "không có"):
        with pytest.raises(SettingsError, match="Chưa có lượt chạy nào xong"):
            find_run(folder, "latest")


def test_a_run_is_scored_by_the_questions_of_today(tmp_path: Path) -> None:
    answer = cited_answer_of(ENTERPRISES, citation_of())
    rows: list[AnswerRow | SearchRow] = [
        answer_row_of(answer),
        answer_row_of(says("700"), id="hg-number-99"),  # asked then, gone from the file since
        search_row_of(found_of()),
        search_row_of(found_of(), id="hg-number-99"),
    ]
    scored = results(run_of(tmp_path / "lượt", *rows), [case_of(), case_of(id="hg-number-02")])
    assert [one.key for one in scored.answers] == [one.key for one in scored.searches] == [("hg-number-01", "accented")]
    assert (scored.answers[0].outcome, scored.answers[0].answer) == ("correct", answer)
    assert scored.searches[0].values["passage R@1"] == 1


def test_what_comes_later_than_the_runs_limit_counts_as_failed(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", answer_row_of(says("700"), seconds=61.0), limit_s=60.0)
    (one,) = results(run, [case_of()]).answers
    assert (one.outcome, one.answer, one.why) == ("wrong", None, "took 61 s, more than 60 s")


def test_entailment_is_measured_only_with_a_model(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", answer_row_of(cited_answer_of(ENTERPRISES, citation_of())))
    (plain,) = results(run, [case_of()]).answers
    (checked,) = results(run, [case_of()], entails=lambda sentence, source: False).answers
    assert "entailment_recall" not in plain.values
    assert (checked.values["entailment_recall"], checked.values["citation_recall"]) == (0, 1)


def test_a_run_without_an_answer_cannot_be_scored(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="«trống» chưa có câu hỏi nào"):
        results(run_of(tmp_path / "trống"), [case_of()])
    with pytest.raises(SettingsError, match="chưa có câu hỏi nào"):
        results(run_of(tmp_path / "cũ", answer_row_of(says("700"), id="hg-number-99")), [case_of()])


def test_without_other_questions_those_that_ship_are_meant(tmp_path: Path) -> None:
    (one,) = results(run_of(tmp_path / "lượt", answer_row_of(says("700")))).answers
    assert one.case.question.startswith("Cho hỏi khi làm việc với Hậu Giang")


def test_the_baseline_to_hold_a_run_against_is_the_newest_over_the_same_questions(tmp_path: Path) -> None:
    task: dict[str, Any] = {"suite": "all", "split": "test", "only": ("who",), "limit": 5}
    ours = run_of(tmp_path / "ours", system="ours", **task)
    assert baseline_of(tmp_path, ours) is None
    others: list[dict[str, Any]] = [
        {"suite": "answers"},
        {"split": "dev"},
        {"only": ()},
        {"limit": 0},
        {"system": "ours"},
        {"finished": ""},
    ]
    for number, changes in enumerate(others):
        baseline = {"system": "baseline", "started": "2026-09-01T00:00:00Z"} | task
        run_of(tmp_path / f"other-{number}", **(baseline | changes))
    assert baseline_of(tmp_path, ours) is None
    for month in (4, 5):
        run_of(tmp_path / f"baseline-{month}", system="baseline", started=f"2026-0{month}-01T00:00:00Z", **task)
    found = baseline_of(tmp_path, ours)
    assert found is not None
    assert found.folder.name == "baseline-5"
    assert baseline_of(tmp_path, found) is None  # it is not held against itself


def test_a_title_says_what_was_asked_of_whom() -> None:
    info = run_info_of(system="ours", suite="all", split="dev", only=("who", "list"), limit=16)
    assert info.title() == "ours · all · dev · who · list · 16 questions"
    assert run_info_of(system="ours").title() == "ours · answers · dev"
