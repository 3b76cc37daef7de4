"""Two runs side by side: what got better, what worse, and how likely that is chance."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.errors import SettingsError
from evals.compare import Comparison, Difference, Pair, as_markdown, compare
from evals.records import AnswerRow, Found, SearchRow
from evals.retype import TYPINGS
from tests.evals.builders import (
    DONG_THAP,
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

RIGHT, HALF = says("Khoảng 700 doanh nghiệp, có 5G."), says("Khoảng 700 doanh nghiệp.")
WRONG, REFUSED = says("Khoảng 1.300 doanh nghiệp."), refusal_of()
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


def counts(pairs: Sequence[Pair]) -> tuple[int, ...]:
    """How many got better, worse, or did not change."""
    changes = [pair.change for pair in pairs]
    return tuple(changes.count(change) for change in ("better", "worse", "unchanged"))


def difference(comparison: Comparison, name: str) -> Difference:
    """The difference in a measure."""
    return next(one for one in comparison.differences if one.measure.name == name)


def test_questions_are_counted_by_how_they_changed(compared: Comparison) -> None:
    assert [pair.change for pair in compared.answers] == ["better", "better", "worse", "unchanged"]
    assert counts(compared.answers) == (2, 1, 1)
    assert (compared.searches, compared.pairs) == ((), compared.answers)


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
    assert counts(comparison.answers) == (5, 5, 0)
    assert (difference(comparison, "correct").before, difference(comparison, "correct").p) == (0.5, 1.0)


def test_a_run_compared_with_itself_changed_nothing(tmp_path: Path) -> None:
    run = results_of(tmp_path / "lượt", CASES, *answers(RIGHT, WRONG, REFUSED, None))
    comparison = compare(run, run)
    assert counts(comparison.answers) == (0, 0, 4)
    assert {one.p for one in comparison.differences} == {1.0, None}
    assert all(one.before == one.after for one in comparison.differences)


@pytest.mark.parametrize(
    ("worse", "better"), [(WRONG, REFUSED), (None, REFUSED), (REFUSED, HALF), (HALF, RIGHT), (WRONG, RIGHT)]
)
def test_outcomes_are_ordered_from_wrong_to_correct(
    tmp_path: Path, worse: Answer | None, better: Answer | None
) -> None:
    cases = [case.model_copy(update={"must": (("700",), ("5G",))}) for case in CASES]
    before = results_of(tmp_path / "trước", cases, *answers(worse, better, worse))
    after = results_of(tmp_path / "sau", cases, *answers(better, worse, worse))
    assert [pair.change for pair in compare(before, after).answers] == ["better", "worse", "unchanged"]


def test_only_questions_of_both_runs_are_compared(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(WRONG, WRONG, WRONG))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT, RIGHT, RIGHT, first=1))
    comparison = compare(before, after)
    assert [pair.before.case.id for pair in comparison.answers] == [CASES[1].id, CASES[2].id]
    assert difference(comparison, "correct").n == 2


def test_a_question_that_was_worded_otherwise_is_another(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(WRONG, WRONG))
    rows = [replace(row, asked="Hỏi cách khác?") for row in answers(RIGHT)]
    after = results_of(tmp_path / "sau", CASES, *rows, *answers(RIGHT, first=1))
    assert [pair.before.case.id for pair in compare(before, after).answers] == [CASES[1].id]


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


BESIDE, THERE = found_of(PRINT_RUN, DONG_THAP), found_of(ENTERPRISES, HAU_GIANG)


def test_searches_are_judged_by_how_well_they_rank(tmp_path: Path) -> None:
    before = [search_row_of(BESIDE, THERE), search_row_of(THERE, typing="none"), search_row_of(THERE, typing="half")]
    after = [search_row_of(THERE, BESIDE), search_row_of(BESIDE, typing="none"), search_row_of(THERE, typing="lower")]
    comparison = compare(
        results_of(tmp_path / "trước", [case_of()], *before), results_of(tmp_path / "sau", [case_of()], *after)
    )
    changes = [(pair.before.typing, pair.change) for pair in comparison.searches]
    assert changes == [("accented", "better"), ("none", "worse")]
    assert comparison.answers == ()
    assert "searches: 1 better, 1 worse, 0 unchanged" in as_markdown(comparison)
    assert "passage nDCG@10 0.63 → 1.00" in as_markdown(comparison)


def test_ways_of_typing_a_question_are_no_questions_of_their_own(tmp_path: Path) -> None:
    def rows(*found: Found) -> list[SearchRow]:
        return [search_row_of(*found, id=case.id, typing=typing) for case in CASES[:3] for typing in TYPINGS]

    before = results_of(tmp_path / "trước", CASES, *rows(BESIDE))
    after = results_of(tmp_path / "sau", CASES, *rows(THERE))
    found = difference(compare(before, after), "passage R@1")
    assert (found.before, found.after, found.n) == (0, 1, 3 * len(TYPINGS))
    assert found.p == pytest.approx(0.25)  # of three questions, not of eighteen searches


def test_percentiles_have_no_p(compared: Comparison) -> None:
    assert difference(compared, "seconds to the end, p95").p is None
    assert any(line.endswith("| – |") for line in as_markdown(compared).splitlines())


def test_answers_and_searches_are_told_apart(tmp_path: Path) -> None:
    there = [search_row_of(THERE, id=case.id) for case in CASES[:2]]
    lost = [search_row_of(id=case.id) for case in CASES[:2]]
    before = results_of(tmp_path / "trước", CASES, *there, *answers(WRONG, WRONG))
    after = results_of(tmp_path / "sau", CASES, *lost, *answers(RIGHT, RIGHT))
    comparison = compare(before, after)
    assert (counts(comparison.answers), counts(comparison.searches)) == ((2, 0, 0), (0, 2, 0))
    assert comparison.pairs == comparison.answers + comparison.searches
    assert difference(comparison, "passage MRR@10").after == 0
    assert "answers: 2 better, 0 worse, 0 unchanged\nsearches: 0 better, 2 worse" in as_markdown(comparison)


def test_one_common_question_is_compared_too(tmp_path: Path) -> None:
    before = results_of(tmp_path / "trước", CASES, *answers(WRONG))
    after = results_of(tmp_path / "sau", CASES, *answers(RIGHT))
    assert difference(compare(before, after), "correct").p == 1.0  # one pair tells nothing


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
