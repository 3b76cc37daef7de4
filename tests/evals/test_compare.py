"""Two runs side by side: what got better, what worse, and how likely that is chance."""

from pathlib import Path

import pytest

from bot.answer import Answer
from bot.errors import SettingsError
from evals.compare import Comparison, Difference, as_markdown, compare
from evals.records import AnswerRow
from tests.evals.builders import (
    ENTERPRISES,
    HAU_GIANG,
    PRINT_RUN,
    answer_row_of,
    case_of,
    found_of,
    refusal_of,
    says,
    search_row_of,
)
from tests.evals.systems import questions, results_of

RIGHT, WRONG, REFUSED = says("Khoảng 700 doanh nghiệp."), says("Khoảng 1.300 doanh nghiệp."), refusal_of()
CASES = questions(10)


def answers(*given: Answer | None, first: int = 0) -> list[AnswerRow]:
    """One row each, for the questions from this one on."""
    return [answer_row_of(answer, id=CASES[first + number].id) for number, answer in enumerate(given)]


@pytest.fixture
def compared(tmp_path: Path) -> Comparison:
    """Two questions got better, one got worse, one did not change."""
    before = results_of(tmp_path / "trước", CASES, *answers(WRONG, REFUSED, RIGHT, RIGHT))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT, RIGHT, REFUSED, RIGHT))
    return compare(before, after)


def difference(comparison: Comparison, name: str) -> Difference:
    """The difference in a measure."""
    return next(one for one in comparison.differences if one.measure.name == name)


def test_questions_are_counted_by_how_they_changed(compared: Comparison) -> None:
    assert [pair.change for pair in compared.answers] == ["better", "better", "worse", "unchanged"]
    assert (compared.count("better"), compared.count("worse"), compared.count("unchanged")) == (2, 1, 1)
    assert compared.searches == ()


def test_measures_are_told_before_and_after(compared: Comparison) -> None:
    correct, score = difference(compared, "correct"), difference(compared, "CRAG score")
    assert (correct.before, correct.after, correct.n) == (0.5, 0.75, 4)
    assert (score.before, score.after) == ((-1 + 0 + 1 + 1) / 4, (1 + 1 + 0 + 1) / 4)
    assert difference(compared, "wrong").after == 0
    assert not any(one.measure.name.startswith(("passage", "document")) for one in compared.differences)


@pytest.mark.parametrize(("changed", "p"), [(1, 1.0), (3, 0.25), (6, 0.03125)])
def test_p_is_that_of_the_paired_permutation_test(tmp_path: Path, changed: int, p: float) -> None:
    # So many questions turned from wrong to right: of the 2^n ways to swap, only two go as far one way.
    before = results_of(tmp_path / "trước", CASES, *answers(*[WRONG] * changed, RIGHT))
    after = results_of(tmp_path / "sau", CASES, *answers(*[RIGHT] * changed, RIGHT))
    assert difference(compare(before, after), "correct").p == pytest.approx(p)


def test_the_test_is_paired_and_sees_what_means_do_not(tmp_path: Path) -> None:
    alternating = [RIGHT, WRONG] * 5
    before = results_of(tmp_path / "trước", CASES, *answers(*alternating))
    after = results_of(tmp_path / "sau", CASES, *answers(*reversed(alternating)))
    comparison = compare(before, after)
    assert (comparison.count("better"), comparison.count("worse")) == (5, 5)
    assert (difference(comparison, "correct").before, difference(comparison, "correct").p) == (0.5, 1.0)


def test_a_run_compared_with_itself_changed_nothing(tmp_path: Path) -> None:
    run = results_of(tmp_path / "lượt", CASES, *answers(RIGHT, WRONG, REFUSED, None))
    comparison = compare(run, run)
    assert comparison.count("unchanged") == 4
    assert {one.p for one in comparison.differences} == {1.0}
    assert all(one.before == one.after for one in comparison.differences)


def test_a_failure_is_worse_than_a_refusal_and_no_worse_than_a_wrong_answer(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(REFUSED, WRONG, WRONG))
    after = results_of(tmp_path / "sau", CASES, *answers(None, None, None))
    assert [pair.change for pair in compare(before, after).answers] == ["worse", "unchanged", "unchanged"]


def test_only_questions_of_both_runs_are_compared(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(WRONG, WRONG, WRONG))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT, RIGHT, RIGHT, first=1))
    comparison = compare(before, after)
    assert [pair.before.case.id for pair in comparison.answers] == [CASES[1].id, CASES[2].id]
    assert difference(comparison, "correct").n == 2


def test_a_measure_counts_where_both_runs_have_it(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(REFUSED, RIGHT))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT, RIGHT))
    comparison = compare(before, after)
    assert difference(comparison, "citation recall").n == 1  # a refusal has none
    assert difference(comparison, "correct").n == 2


def test_runs_without_a_common_question_cannot_be_compared(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(RIGHT))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT, first=5))
    searched = results_of(tmp_path / "tìm", CASES, search_row_of(found_of(), id=CASES[0].id))
    for other in (after, searched):
        with pytest.raises(SettingsError, match="không có câu hỏi nào chung"):
            compare(before, other)


def test_searches_are_judged_by_where_the_first_relevant_passage_stands(tmp_path: Path) -> None:
    beside, there = found_of(PRINT_RUN, "2020-09-10-dong-thap.md"), found_of(ENTERPRISES, HAU_GIANG)
    case = case_of()
    before = [search_row_of(beside, there), search_row_of(there, typing="none"), search_row_of(there, typing="half")]
    after = [search_row_of(there, beside), search_row_of(beside, typing="none"), search_row_of(there, typing="lower")]
    comparison = compare(
        results_of(tmp_path / "trước", [case], *before),
        results_of(tmp_path / "sau", [case], *after),
    )
    assert [(pair.before.typing, pair.change) for pair in comparison.searches] == [
        ("accented", "better"),
        ("none", "worse"),
    ]
    assert (comparison.count("better"), comparison.count("worse"), comparison.answers) == (1, 1, ())
    assert "searches: 1 better, 1 worse, 0 unchanged" in as_markdown(comparison)
    assert "passage MRR@10 0.50 → 1.00" in as_markdown(comparison)


def test_where_there_are_answers_they_are_what_is_counted(tmp_path: Path) -> None:
    there = [search_row_of(found_of(), id=case.id) for case in CASES[:2]]
    lost = [search_row_of(id=case.id) for case in CASES[:2]]
    before = results_of(tmp_path / "trước", CASES, *there, *answers(WRONG, WRONG))
    after = results_of(tmp_path / "sau", CASES, *lost, *answers(RIGHT, RIGHT))
    comparison = compare(before, after)
    assert (comparison.count("better"), comparison.count("worse")) == (2, 0)
    assert [pair.change for pair in comparison.searches] == ["worse", "worse"]
    assert difference(comparison, "passage MRR@10").after == 0


def test_the_table_has_every_measure_and_every_question_that_changed(compared: Comparison) -> None:
    text = as_markdown(compared)
    assert "answers: 2 better, 1 worse, 1 unchanged" in text
    for one in compared.differences:
        assert sum(line.startswith(f"| {one.measure.name} |") for line in text.splitlines()) == 1
    assert "| correct | 0.500 | 0.750 | 4 | " in text
    assert f"better: {CASES[0].id} (accented), wrong → correct\n  {CASES[0].question}" in text
    assert f"better: {CASES[1].id} (accented), missing → correct" in text
    assert f"worse: {CASES[2].id} (accented), correct → missing" in text
    assert CASES[3].id not in text
