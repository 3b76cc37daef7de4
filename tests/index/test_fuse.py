"""The fusion of two rankings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import fuse, scale, standardise

_SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(-100, 100))


def test_a_worked_example() -> None:
    dense = {"a": 0.9, "b": 0.7}  # mean 0.8, deviation 0.1: a 1, b -1
    lexical = {"b": 11.0, "c": 1.0, "d": 1.0, "e": 1.0, "f": 1.0}  # mean 3, deviation 4: b 2, the others -0.5
    # A quarter of the first and three of the second: a 0.25 - 0.375, b -0.25 + 1.5, the others -0.25 - 0.375;
    # between -0.625 and 1.25 the score of a, -0.125, lies at 0.5 / 1.875.
    fused = fuse(dense, lexical, 0.25)
    assert list(fused) == ["b", "a", "c", "d", "e", "f"]
    assert fused == pytest.approx({"b": 1, "a": 4 / 15, "c": 0, "d": 0, "e": 0, "f": 0}, abs=1e-12)


def test_standardised_scores_are_deviations_from_the_mean() -> None:
    scores = {"a": 2.0, "b": 4.0, "c": 4.0, "d": 4.0, "e": 5.0, "f": 5.0, "g": 7.0, "h": 9.0}  # mean 5, deviation 2
    wanted = {"a": -1.5, "b": -0.5, "c": -0.5, "d": -0.5, "e": 0, "f": 0, "g": 1, "h": 2}
    assert standardise(scores) == pytest.approx(wanted)


def test_equal_scores_and_single_ones_are_the_mean() -> None:
    assert standardise({"a": 3.0, "b": 3.0}) == {"a": 0.0, "b": 0.0}
    assert standardise({"a": -0.5}) == {"a": 0.0}
    assert standardise({}) == {}


def test_equal_scores_and_single_ones_scale_to_one() -> None:
    assert scale({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}
    assert scale({"a": -0.5}) == {"a": 1.0}
    assert scale({}) == {}


def test_a_side_with_equal_scores_leaves_the_order_to_the_other() -> None:
    alike = dict.fromkeys("abc", 0.7)
    assert list(fuse(alike, {"c": 3.0, "a": 2.0, "b": 1.0}, 0.9)) == ["c", "a", "b"]
    assert list(fuse({"c": 0.3, "a": 0.2, "b": 0.1}, alike, 0.1)) == ["c", "a", "b"]
    assert fuse(alike, alike, 0.5) == dict.fromkeys("abc", 1.0)


def test_what_one_side_did_not_return_counts_as_its_worst() -> None:
    dense = {"a": 0.9, "b": 0.5, "c": 0.5, "d": 0.5}
    fused = fuse(dense, {"a": 5.0, "b": 1.0}, 0.5)
    assert fused["b"] == fused["c"] == fused["d"] == 0
    assert fuse(dense, {"a": 5.0, "b": 1.0, "c": 1.0, "d": 1.0}, 0.0) == fuse(dense, {"a": 5.0, "b": 1.0}, 0.0)


def test_a_side_without_weight_has_no_say() -> None:
    assert fuse({"a": 0.9, "b": 0.1}, {"b": 5.0, "c": 4.0}, 0.0) == {"b": 1.0, "a": 0.0, "c": 0.0}
    assert fuse({"a": 0.9, "b": 0.1}, {"b": 5.0, "c": 4.0}, 1.0) == {"a": 1.0, "b": 0.0, "c": 0.0}


def test_with_nothing_found_nothing_is_fused() -> None:
    assert fuse({}, {}, 0.5) == {}


@given(_SCORES, _SCORES, st.floats(0, 1))
def test_fused_scores_lie_between_0_and_1_best_first_and_cover_both_sides(
    dense: dict[str, float], lexical: dict[str, float], weight: float
) -> None:
    fused = fuse(dense, lexical, weight)
    assert set(fused) == set(dense) | set(lexical)
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())
    assert list(fused) == sorted(fused, key=lambda key: (-fused[key], key))


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(-50, 50)))
def test_one_side_alone_keeps_its_order(scores: dict[str, int]) -> None:
    ranked = [scores[key] for key in fuse({key: float(score) for key, score in scores.items()}, {}, 1.0)]
    assert ranked == sorted(scores.values(), reverse=True)


@given(_SCORES)
def test_standardised_scores_keep_their_order_and_have_mean_0(scores: dict[str, float]) -> None:
    found = standardise(scores)
    assert set(found) == set(scores)
    assert sum(found.values()) == pytest.approx(0, abs=1e-6)
    assert all(found[one] <= found[other] for one in scores for other in scores if scores[one] <= scores[other])


def test_a_single_lexical_hit_helps_its_passage() -> None:
    fused = fuse({"a": 0.5, "b": 0.4, "c": 0.3}, {"c": 9.0}, 0.5)
    assert fused["c"] > 0
