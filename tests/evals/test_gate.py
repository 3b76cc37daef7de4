"""The gate: which measures of a run are worse than what is asked of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SettingsError
from evals.cases import Case, read_cases
from evals.gate import SAMPLE_QUESTIONS, THRESHOLDS_FILE, Check, check
from evals.results import results
from evals.run import Task, run_task
from evals.runs import Run
from tests.evals.builders import case_of, found_of, says, unanswerable_of
from tests.evals.systems import StandIn, questions

TEST = case_of(id="hg-number-03", split="test", question="Câu của tập test?")
CASES = [*questions(3), TEST, unanswerable_of(), unanswerable_of(id="hg-unanswerable-02", question="Có 6G không?")]
EVERYTHING = Task("all", "all")
RIGHT, WRONG = says("Khoảng 700 doanh nghiệp."), says("Khoảng 1.300 doanh nghiệp.")
# Half of the answers are right; one of two unanswerable questions is answered; of four searches two hit.
SYSTEM = StandIn(
    answers={CASES[0].question: RIGHT, CASES[1].question: RIGHT, CASES[2].question: WRONG, CASES[4].question: WRONG},
    found={CASES[0].question: [found_of()], CASES[1].question: [found_of()], "Cau hoi so 1?": [found_of()]},
)


def run_in(folder: Path, task: Task = EVERYTHING) -> Run:
    """The system, asked a task."""
    return run_task(folder / "lượt", SYSTEM, CASES, task)


def held(run: Run, file: Path = THRESHOLDS_FILE) -> list[Check]:
    """The run against the thresholds."""
    return check(results(run, CASES), file, CASES)


@pytest.fixture
def measured(tmp_path: Path) -> Run:
    """Everything asked."""
    return run_in(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where thresholds are written."""
    return tmp_path / "thresholds.toml"


def write(file: Path, answers: str = "", searches: str = "", sample: str = "") -> Path:
    """A file with these lines under its headings; `searches` with headings of its own."""
    file.write_text(f"[answers]\n{answers}\n[sample]\n{sample}\n[searches]\n{searches}\n", encoding="utf-8")
    return file


def test_what_is_good_enough_passes_and_what_is_not_is_named(measured: Run, file: Path) -> None:
    checks = held(measured, write(file, '"correct" = 0.5\n"CRAG score" = 0.2'))
    assert checks == [Check("answers: correct", 0.5, 0.5, False), Check("answers: CRAG score", 1 / 6, 0.2, False)]
    assert [one.passed for one in checks] == [True, False]
    assert [str(one) for one in checks] == [
        "answers: correct: 0.500, at least 0.500",
        "answers: CRAG score: 0.167, at least 0.200",
    ]


@pytest.mark.parametrize(("threshold", "passed"), [(0.51, True), (0.5, True), (0.49, False)])
def test_where_less_is_better_the_threshold_is_the_most(
    measured: Run, file: Path, threshold: float, *, passed: bool
) -> None:
    (one,) = held(measured, write(file, f'"hallucination rate" = {threshold}'))
    assert (one.value, one.passed) == (0.5, passed)
    assert str(one) == f"answers: hallucination rate: 0.500, at most {threshold:.3f}"


def test_seconds_are_held_against_the_most_allowed(measured: Run, file: Path) -> None:
    lines = '"seconds to first token, p95" = 2\n"seconds to first token, p50" = 1.9'
    fast, slow = held(measured, write(file, lines))
    assert (fast.value, fast.passed, slow.passed) == (2.0, True, False)


def test_a_measure_that_the_run_lacks_fails_as_not_measured(measured: Run, file: Path) -> None:
    checks = held(measured, write(file, '"list recall" = 0\n"error rate" = 1\n"passage R@1" = 0'))
    assert [one.passed for one in checks] == [False, True, False]
    assert str(checks[0]) == "answers: list recall: not measured, at least 0.000"
    assert str(checks[2]).startswith("answers: passage R@1: not measured")


def test_searches_are_held_apart_by_way_of_typing(measured: Run, file: Path) -> None:
    limits = "".join(f'[searches.{typing}]\n"passage R@1" = 0.4\n' for typing in ("accented", "none", "other_tone"))
    checks = held(measured, write(file, searches=limits))
    assert [(one.name, one.value, one.passed) for one in checks] == [
        ("searches, accented: passage R@1", 0.5, True),
        ("searches, none: passage R@1", 0.25, False),
        ("searches, other_tone: passage R@1", 0.5, True),  # the same texts
    ]


def test_a_run_of_searches_alone_is_not_asked_for_answers(tmp_path: Path, file: Path) -> None:
    checks = held(
        run_in(tmp_path, Task("retrieval", "all")), write(file, '"correct" = 1', '[searches.none]\n"passage R@1" = 0.1')
    )
    assert [str(one) for one in checks] == ["searches, none: passage R@1: 0.250, at least 0.100"]


def test_a_run_of_answers_alone_is_not_asked_for_searches(tmp_path: Path, file: Path) -> None:
    write(file, '"correct" = 1', '[searches.accented]\n"passage R@1" = 1')
    assert [one.name for one in held(run_in(tmp_path, Task("answers", "all")), file)] == ["answers: correct"]


def test_the_fixed_sample_is_held_against_thresholds_of_its_own(tmp_path: Path, file: Path) -> None:
    write(file, '"correct" = 1\n"CRAG score" = 1', '[searches.accented]\n"passage R@1" = 1', '"correct" = 0.4')
    (one,) = held(run_in(tmp_path, Task("all", "dev", limit=SAMPLE_QUESTIONS)), file)
    assert one == Check("answers: correct", 3 / 5, 0.4, False)


def test_a_run_that_no_threshold_is_for_is_refused(tmp_path: Path, file: Path) -> None:
    run = run_in(tmp_path, Task("retrieval", "dev", limit=SAMPLE_QUESTIONS))
    with pytest.raises(SettingsError, match="Không có ngưỡng nào"):
        held(run, write(file, '"correct" = 1', '[searches.accented]\n"passage R@1" = 1', '"correct" = 1'))


@pytest.mark.parametrize(
    "task",
    [
        Task("answers", "dev"),
        Task("answers", "test"),
        Task("answers", "all", ("number", "unanswerable")),
        Task("answers", "dev", limit=3),
        Task("answers", "all", limit=SAMPLE_QUESTIONS),
    ],
    ids=str,
)
def test_a_run_of_less_than_all_is_refused(tmp_path: Path, file: Path, task: Task) -> None:
    with pytest.raises(SettingsError, match="đủ mọi loại câu hỏi và cả hai tập"):
        held(run_in(tmp_path, task), write(file, '"correct" = 0', sample='"correct" = 0'))


def test_an_unfinished_run_is_refused(measured: Run, file: Path) -> None:
    measured.info = replace(measured.info, finished="")
    with pytest.raises(SettingsError, match="đã xong"):
        held(measured, write(file, '"correct" = 0'))


@pytest.mark.parametrize("name", ["answers.jsonl", "searches.jsonl"])
def test_a_run_that_lost_a_row_is_refused(measured: Run, file: Path, name: str) -> None:
    rows = (measured.folder / name).read_bytes().splitlines(keepends=True)
    (measured.folder / name).write_bytes(b"".join(rows[:-1]))
    with pytest.raises(SettingsError, match="không hỏi đúng các câu hỏi chuẩn"):
        held(measured, write(file, '"correct" = 0'))


@pytest.mark.parametrize("today", [CASES[:-1], [*CASES, *questions(9)[8:]], [case_of(id=CASES[0].id), *CASES[1:]]])
def test_a_run_of_other_questions_than_those_of_today_is_refused(measured: Run, file: Path, today: list[Case]) -> None:
    with pytest.raises(SettingsError, match="không hỏi đúng các câu hỏi chuẩn"):
        check(results(measured, CASES), write(file, '"correct" = 0'), today)


@pytest.mark.parametrize("place", ["answers", "sample", "searches"])
def test_an_unknown_measure_is_named_wherever_it_stands(measured: Run, file: Path, place: str) -> None:
    lines = '"corect" = 0.5'
    thresholds = {place: f"[searches.half]\n{lines}" if place == "searches" else lines}
    with pytest.raises(SettingsError, match="Không có độ đo corect") as refused:
        held(measured, write(file, **thresholds))
    assert "thresholds.toml" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        '[answers\n"correct" = 1',
        '[answers]\n"correct" = nhiều',
        '[answers]\n"correct" = "nhiều"\n[sample]\n[searches]',
        "[answers]\n[searches]",  # no sample
        "[answers]\n[sample]\n[searches.loud]",
        "[answers]\n[sample]\n[searches]\n[extra]",
        "[answers]\n[answers]\n[sample]\n[searches]",
    ],
)
def test_a_broken_file_is_named(measured: Run, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"Không đọc được «.*thresholds\.toml»"):
        held(measured, file)


def test_a_missing_file_is_named(measured: Run, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"không-có\.toml"):
        held(measured, tmp_path / "không-có.toml")


@pytest.mark.parametrize("task", [Task("answers", "all"), Task("answers", "dev", limit=SAMPLE_QUESTIONS)], ids=str)
def test_the_shipped_thresholds_stop_a_system_that_fails_everything(tmp_path: Path, task: Task) -> None:
    system = StandIn(failures={case.question: RuntimeError("hỏng") for case in read_cases()})
    checks = check(results(run_task(tmp_path, system, read_cases(), task)))
    assert "answers: correct" in [one.name for one in checks]
    assert not any(one.passed for one in checks)


def test_a_run_that_lost_all_its_searches_is_refused(measured: Run, file: Path) -> None:
    (measured.folder / "searches.jsonl").unlink()
    with pytest.raises(SettingsError, match="không hỏi đúng"):
        held(measured, write(file, '"correct" = 0'))


def test_a_file_that_is_not_utf_8_is_named(measured: Run, file: Path) -> None:
    file.write_bytes(b'[answers]\n"x" = "\xff"')
    with pytest.raises(SettingsError, match=r"thresholds\.toml"):
        held(measured, file)
