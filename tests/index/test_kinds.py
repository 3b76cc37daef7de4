"""The model of kinds: its chances, what it ships with, what it does with wording it does not know."""

import itertools
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kind_cues import LINKS, Clause
from index.kinds import Floats, KindModel, marginals
from index.records import KINDS, Kind
from tests.index.spoken import shipped

_NUMBERS = st.floats(-30, 30)


def _clause(said: str, verb: str = "") -> Clause:
    return Clause(said, "ministry", True, verb, "text", "", "jump", False, True)


def _by_hand(scores: Floats, steps: list[Floats]) -> Floats:
    """Every reading of the chain, weighed one by one."""
    places, kinds = scores.shape
    readings = list(itertools.product(range(kinds), repeat=places))
    logs = [
        sum(scores[place, kind] for place, kind in enumerate(reading))
        + sum(steps[place][reading[place - 1], reading[place]] for place in range(1, places))
        for reading in readings
    ]
    shares = np.exp(np.array(logs) - max(logs))
    chances = np.zeros_like(scores)
    for reading, share in zip(readings, shares / shares.sum(), strict=True):
        for place, kind in enumerate(reading):
            chances[place, kind] += share
    return chances


@given(st.lists(_NUMBERS, min_size=9, max_size=9), st.lists(_NUMBERS, min_size=27, max_size=27))
def test_chances_are_those_of_all_readings_weighed_one_by_one(scores: list[float], steps: list[float]) -> None:
    table = np.array(scores).reshape(3, 3)
    links = list(np.array(steps).reshape(3, 3, 3))
    assert np.allclose(marginals(table, links), _by_hand(table, links))


@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_chances_sum_to_one_however_far_apart_the_scores(places: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(0, 200, (places, 8))
    chances = marginals(scores, list(random.normal(0, 200, (places, 8, 8))))
    assert np.isfinite(chances).all()
    assert np.allclose(chances.sum(axis=1), 1)


def test_the_step_into_the_first_place_does_not_count() -> None:
    scores = np.array([[1.0, 0.0]])
    assert np.allclose(marginals(scores, [np.full((2, 2), 9.0)]), marginals(scores, [np.zeros((2, 2))]))


def test_the_model_that_ships() -> None:
    model = KindModel.load()
    assert tuple(model.kinds) == KINDS == get_args(Kind)
    assert set(model.steps) == set(LINKS)
    assert all(table.shape == (len(KINDS), len(KINDS)) for table in model.steps.values())
    assert all(row.shape == (len(KINDS),) for row in model.weights.values())
    assert 0.5 < model.sure_from <= 1


def test_a_judgement_names_its_chance_and_the_cues_that_weighed_for_it() -> None:
    (found,) = shipped().judge([_clause("đề nghị tỉnh sớm mở dữ liệu.", "đề nghị")])
    assert found.kind == "recommendation"
    assert 0.5 < found.confidence <= 1
    assert 0 < len(found.cues) <= 3
    best = shipped().kinds.index(found.kind)
    assert all(shipped().weights[cue][best] > 0 for cue in found.cues)


@pytest.mark.parametrize("said", ["", "…", "xyz qwrt", "%" * 500])
def test_wording_it_never_saw_is_judged_too(said: str) -> None:
    (found,) = shipped().judge([_clause(said)])
    assert found.kind in KINDS
    assert 0 < found.confidence <= 1


def test_nothing_said() -> None:
    assert shipped().judge([]) == []


def test_a_clause_is_judged_with_its_neighbours() -> None:
    steps = {link: np.zeros((2, 2)) for link in LINKS} | {"jump": np.array([[5.0, 0.0], [0.0, 5.0]])}
    model = KindModel(["status", "event"], {"start mạng": np.array([3.0, 0.0])}, steps)
    alone, *_ = model.judge([_clause("Cứ thế.")])
    _, beside = model.judge([_clause("Mạng đã tốt."), _clause("Cứ thế.")])
    assert alone.confidence == 0.5
    assert (beside.kind, beside.confidence > 0.9) == ("status", True)


def _model(recommendation: float) -> KindModel:
    """A model that gives every clause these scores: a recommendation as given, an opinion 0."""
    steps: dict[str, Floats] = {link: np.zeros((2, 2)) for link in LINKS}
    return KindModel(["recommendation", "opinion"], {"start cứ": np.array([recommendation, 0.0])}, steps)


@pytest.mark.parametrize(("score", "kind"), [(0.1, "opinion"), (0.3, "recommendation")])
def test_a_recommendation_has_to_be_likelier_than_not(score: float, kind: Kind) -> None:
    (found,) = _model(score).judge([_clause("Cứ thế.")])
    assert found.kind == kind
    chance = 1 / (1 + np.exp(-score))
    assert found.confidence == pytest.approx(chance if kind == "recommendation" else 1 - chance)


def test_wording_may_tell_a_kind_that_the_side_found_does_not_say() -> None:
    clause = Clause("Cứ thế.", "province", True, "", "text", "", "jump", False, True)
    (found,) = _model(3.0).judge([clause])
    assert found.kind == "recommendation"
