"""The fusion of two rankings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import fuse, scale

_SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(-100, 100))


def test_a_worked_example() -> None:
    dense, lexical = {"a": 0.9, "b": 0.8, "c": 0.7}, {"b": 6.0, "d": 2.0}
    # dense scaled: a 1, b 0.5, c 0; lexical scaled: b 1, d 0
    fused = fuse(dense, lexical, 0.25)
    assert list(fused) == ["b", "a", "c", "d"]
    assert fused == pytest.approx({"b": 0.875, "a": 0.25, "c": 0.0, "d": 0.0})


def test_equal_scores_and_single_ones_scale_to_one() -> None:
    assert scale({"a": 3.0, "b": 3.0}) == {"a": 1.0, "b": 1.0}
    assert scale({"a": -0.5}) == {"a": 1.0}
    assert scale({}) == {}


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
