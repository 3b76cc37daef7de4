"""The gate: which measures of a run are worse than what is asked of it."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from evals.gate import THRESHOLDS_FILE, Check, check
from evals.results import Results
from tests.evals.builders import (
    PRINT_RUN,
    answer_row_of,
    found_of,
    refusal_of,
    says,
    search_row_of,
    unanswerable_of,
)
from tests.evals.systems import questions, results_of

CASES = [*questions(4), unanswerable_of(), unanswerable_of(id="hg-unanswerable-02")]
RIGHT, WRONG = says("Khoảng 700 doanh nghiệp."), says("Khoảng 1.300 doanh nghiệp.")


@pytest.fixture
def measured(tmp_path: Path) -> Results:
    """Half of the answers are right; one of two unanswerable questions was answered; two of four searches hit."""
    given = [RIGHT, RIGHT, WRONG, refusal_of(), WRONG, refusal_of()]
    found = [found_of(), found_of(), found_of(PRINT_RUN, "2020-09-10-dong-thap.md")]
    rows = [answer_row_of(answer, id=case.id) for case, answer in zip(CASES, given, strict=True)]
    searches = [search_row_of(one, id=case.id) for case, one in zip(CASES[:3], found, strict=True)]
    bare = [search_row_of(one, id=case.id, typing="none") for case, one in zip(CASES[1:3], found[1:], strict=True)]
    return results_of(tmp_path / "lượt", CASES, *rows, *searches, *bare, suite="all")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where thresholds are written."""
    return tmp_path / "thresholds.toml"


def write(file: Path, answers: str = "", searches: str = "", sample: str = "") -> Path:
    """A file with these lines under its headings; `searches` with headings of its own."""
    file.write_text(f"[answers]\n{answers}\n[sample]\n{sample}\n[searches]\n{searches}\n", encoding="utf-8")
    return file


def test_what_is_good_enough_passes_and_what_is_not_is_named(measured: Results, file: Path) -> None:
    checks = check(measured, write(file, '"correct" = 0.5\n"CRAG score" = 0.2'))
    assert checks == [Check("answers: correct", 0.5, 0.5, False), Check("answers: CRAG score", 1 / 6, 0.2, False)]
    assert [one.passed for one in checks] == [True, False]
    assert [str(one) for one in checks] == [
        "answers: correct: 0.500, at least 0.500",
        "answers: CRAG score: 0.167, at least 0.200",
    ]


@pytest.mark.parametrize(("threshold", "passed"), [(0.51, True), (0.5, True), (0.49, False)])
def test_where_less_is_better_the_threshold_is_the_most(
    measured: Results, file: Path, threshold: float, *, passed: bool
) -> None:
    (one,) = check(measured, write(file, f'"hallucination rate" = {threshold}'))
    assert (one.value, one.passed) == (0.5, passed)
    assert str(one) == f"answers: hallucination rate: 0.500, at most {threshold:.3f}"


def test_seconds_are_held_against_the_most_allowed(measured: Results, file: Path) -> None:
    fast, slow = check(measured, write(file, '"seconds to the end, p95" = 5\n"seconds to the end, p50" = 4.9'))
    assert (fast.value, fast.passed, slow.passed) == (5.0, True, False)


def test_a_measure_that_the_run_lacks_fails_as_not_measured(measured: Results, file: Path) -> None:
    checks = check(measured, write(file, '"list recall" = 0\n"error rate" = 1\n"passage R@1" = 0'))
    assert [one.passed for one in checks] == [False, True, False]
    assert str(checks[0]) == "answers: list recall: not measured, at least 0.000"
    assert str(checks[2]).startswith("answers: passage R@1: not measured")


def test_searches_are_held_apart_by_way_of_typing(measured: Results, file: Path) -> None:
    limits = "".join(f'[searches.{typing}]\n"passage R@1" = 0.6\n' for typing in ("accented", "none", "lower"))
    checks = check(measured, write(file, searches=limits))
    assert [(one.name, one.value, one.passed) for one in checks] == [
        ("searches, accented: passage R@1", pytest.approx(2 / 3), True),
        ("searches, none: passage R@1", 0.5, False),
        ("searches, lower: passage R@1", None, False),  # nothing was typed that way
    ]


def test_a_run_of_searches_alone_is_not_asked_for_answers(tmp_path: Path, file: Path) -> None:
    run = results_of(tmp_path / "tìm", CASES, search_row_of(found_of(), id=CASES[0].id), suite="retrieval")
    checks = check(run, write(file, '"correct" = 1', '[searches.accented]\n"passage R@1" = 1'))
    assert [str(one) for one in checks] == ["searches, accented: passage R@1: 1.000, at least 1.000"]


def test_a_run_of_answers_alone_is_not_asked_for_searches(tmp_path: Path, file: Path) -> None:
    run = results_of(tmp_path / "đáp", CASES, answer_row_of(RIGHT, id=CASES[0].id), suite="answers")
    checks = check(run, write(file, '"correct" = 1', '[searches.accented]\n"passage R@1" = 1'))
    assert [one.name for one in checks] == ["answers: correct"]


def test_a_limited_run_is_held_against_the_thresholds_of_the_sample(tmp_path: Path, file: Path) -> None:
    answered, searched = answer_row_of(RIGHT, id=CASES[0].id), search_row_of(id=CASES[0].id)
    run = results_of(tmp_path / "mẫu", CASES, answered, searched, suite="all", limit=16)
    write(file, '"correct" = 1\n"CRAG score" = 1', '[searches.accented]\n"passage R@1" = 1', '"correct" = 0.4')
    assert check(run, file) == [Check("answers: correct", 1.0, 0.4, False)]


def test_a_run_that_no_threshold_is_for_is_refused(tmp_path: Path, file: Path) -> None:
    row = search_row_of(found_of(), id=CASES[0].id)
    run = results_of(tmp_path / "mẫu", CASES, row, suite="retrieval", limit=16)
    with pytest.raises(SettingsError, match="Không có ngưỡng nào"):
        check(run, write(file, '"correct" = 1', '[searches.accented]\n"passage R@1" = 1', '"correct" = 1'))


@pytest.mark.parametrize("info", [{"finished": ""}, {"only": ("number",)}], ids=["unfinished", "some categories"])
def test_an_unfinished_run_and_one_of_some_categories_are_refused(
    tmp_path: Path, file: Path, info: dict[str, object]
) -> None:
    run = results_of(tmp_path / "lượt", CASES, answer_row_of(RIGHT, id=CASES[0].id), **info)
    with pytest.raises(SettingsError, match="đã xong và đủ mọi loại"):
        check(run, write(file, '"correct" = 0'))


@pytest.mark.parametrize("place", ["answers", "sample", "searches"])
def test_an_unknown_measure_is_named_wherever_it_stands(measured: Results, file: Path, place: str) -> None:
    lines = '"corect" = 0.5'
    thresholds = {place: f"[searches.half]\n{lines}" if place == "searches" else lines}
    with pytest.raises(SettingsError, match="Không có độ đo corect") as refused:
        check(measured, write(file, **thresholds))
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
def test_a_broken_file_is_named(measured: Results, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"Không đọc được «.*thresholds\.toml»"):
        check(measured, file)


def test_a_missing_file_is_named(measured: Results, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"không-có\.toml"):
        check(measured, tmp_path / "không-có.toml")


def test_the_shipped_thresholds_apply_to_a_whole_run_and_to_a_sample(measured: Results, tmp_path: Path) -> None:
    assert THRESHOLDS_FILE.is_file()
    whole = check(measured)
    assert {one.name.split(":")[0].split(",")[0] for one in whole} == {"answers", "searches"}
    sample = results_of(tmp_path / "mẫu", CASES, answer_row_of(None, id=CASES[0].id), suite="answers", limit=16)
    assert sample.answers
    assert not all(one.passed for one in check(sample))  # the one question of it failed
