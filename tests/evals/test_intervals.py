"""Bootstrap intervals and the paired test, against values that can be worked out."""

import pytest

from evals.intervals import Estimate, mean, paired_p, percentile

_VALUES = [0.0, 1.0, 1.0, 0.5, 1.0, 0.0, 1.0, 0.25]


def test_the_mean_and_its_interval_around_it() -> None:
    found = mean(_VALUES)
    assert found.value == pytest.approx(4.75 / 8)  # 0 + 1 + 1 + 0.5 + 1 + 0 + 1 + 0.25 = 4.75
    assert 0 < found.low < found.value < found.high < 1
    assert found.n == 8


def test_the_interval_of_two_values_spans_them() -> None:
    # Resamples of [0, 1] have mean 0 (1 in 4), 1/2 (2 in 4) or 1 (1 in 4): 2.5% of them end at 0, 97.5% at 1.
    assert mean([0.0, 1.0]) == Estimate(0.5, 0.0, 1.0, 2)


def test_more_questions_make_a_narrower_interval() -> None:
    few, many = mean(_VALUES), mean(_VALUES * 10)
    assert many.value == pytest.approx(few.value)
    assert many.high - many.low < (few.high - few.low) / 2  # by the square root of 10, about 3.2


@pytest.mark.parametrize("values", [[0.3, 0.3, 0.3], [0.999], [-1.0] * 10, [2.5] * 50])
def test_equal_values_between_or_beyond_0_and_1_have_no_width(values: list[float]) -> None:
    assert mean(values) == Estimate(values[0], values[0], values[0], len(values)) == percentile(values, 95)


@pytest.mark.parametrize(
    ("questions", "doubt"),
    [
        # Wilson's interval reaches z²/(n + z²) from where all n agree, with z² = 1.95996² = 3.84146.
        (1, 3.84146 / 4.84146),
        (10, 3.84146 / 13.84146),  # .278: from .722 to 1
        (50, 3.84146 / 53.84146),
    ],
)
def test_equal_values_of_0_or_1_have_wilsons_interval(questions: int, doubt: float) -> None:
    right, wrong = mean([1.0] * questions), mean([0.0] * questions)
    assert (right.value, right.n, wrong.value, wrong.n) == (1, questions, 0, questions)
    assert (right.low, right.high) == pytest.approx((1 - doubt, 1), abs=1e-5)
    assert (wrong.low, wrong.high) == pytest.approx((0, doubt), abs=1e-5)
    assert right.low <= right.value <= right.high
    assert wrong.low <= wrong.value <= wrong.high


def test_ten_right_of_ten_are_not_shown_as_certain() -> None:
    assert mean([1.0] * 10).shown() == "1.000 [.722, 1.000]"


def test_the_same_values_have_the_same_interval() -> None:
    assert mean(_VALUES) == mean(list(_VALUES))
    assert percentile(_VALUES, 95) == percentile(list(_VALUES), 95)


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        (0, 1.0),
        (50, 3.0),
        (95, 4.8),  # 0.95 of the way from place 0 to place 4 is place 3.8: 4 + 0.8 * (5 - 4)
        (100, 5.0),
    ],
)
def test_a_percentile_lies_between_its_neighbours(q: float, wanted: float) -> None:
    found = percentile([5.0, 3.0, 1.0, 4.0, 2.0], q)
    assert found.value == pytest.approx(wanted)
    assert 1 <= found.low <= found.value <= found.high <= 5
    assert found.n == 5


@pytest.mark.parametrize(
    ("estimate", "digits", "wanted"),
    [
        (Estimate(0.912, 0.87, 0.951, 90), 3, ".912 [.870, .951]"),
        (Estimate(1.0, 0.9996, 1.0, 3), 3, "1.000 [1.000, 1.000]"),
        (Estimate(0.0, -0.25, 0.05, 4), 2, ".00 [-.25, .05]"),
        (Estimate(-1.0, -1.0, -0.5, 4), 2, "-1.00 [-1.00, -.50]"),
        (Estimate(10.054, 0.5, 20.0, 4), 2, "10.05 [.50, 20.00]"),
        (Estimate(1300.4, 0.2, 2000.0, 4), 0, "1300 [0, 2000]"),
    ],
)
def test_an_estimate_is_shown_without_the_zero_before_the_point(estimate: Estimate, digits: int, wanted: str) -> None:
    assert estimate.shown(digits) == wanted


def test_three_digits_are_shown_by_default() -> None:
    assert Estimate(0.5, 0.25, 0.75, 8).shown() == ".500 [.250, .750]"


def test_equal_lists_do_not_differ() -> None:
    assert paired_p(_VALUES, list(_VALUES)) == 1.0
    assert paired_p([], []) == 1.0


def test_a_single_pair_tells_nothing() -> None:
    assert paired_p([0.0], [1.0]) == 1.0
    # Of two pairs the four flips of sign: the one that was seen and its mirror image are as extreme.
    assert paired_p([0.0, 0.0], [1.0, 1.0]) == pytest.approx(2 / 4)


@pytest.mark.parametrize("questions", [3, 10])
def test_every_question_better_by_the_same_is_the_most_extreme_of_all_sign_flips(questions: int) -> None:
    # The flips of n differences are 2^n; the one that was seen and its mirror image are the most extreme.
    assert paired_p([0.0] * questions, [1.0] * questions) == pytest.approx(2 / 2**questions)


def test_a_consistent_large_difference_over_many_questions_is_significant() -> None:
    before = [0.1 * (number % 3) for number in range(40)]
    after = [value + 0.5 for value in before]
    assert paired_p(before, after) < 0.001
    assert paired_p(after, before) == paired_p(before, after)


def test_better_and_worse_in_equal_shares_is_no_difference() -> None:
    assert paired_p([0.0, 1.0, 0.0, 1.0], [1.0, 0.0, 1.0, 0.0]) == 1.0
