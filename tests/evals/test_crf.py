"""Fitting the model of kinds."""

import itertools

import numpy as np
import pytest

from evals.crf import Chain, _Problem, fit
from index.kind_cues import LINKS, Clause, Link, cues
from index.records import KINDS, Kind


def _clause(said: str, link: Link = "next") -> Clause:
    return Clause(said, "ministry", True, "", "text", "", link, False, True)


_TOY: list[Chain] = [
    [
        (_clause("cần mở dữ liệu", "jump"), "recommendation"),
        (_clause("mạng đã tốt"), "status"),
        (_clause("sẽ cấp máy"), "commitment"),
    ],
    [(_clause("mạng đã chậm", "jump"), "status"), (_clause("cần dựng trạm"), "recommendation")],
    [(_clause("sẽ cử người", "jump"), "commitment"), (_clause("cần mở kho", "list"), "recommendation")],
]


def _problem(chains: list[Chain]) -> _Problem:
    told = [[list(dict.fromkeys(cues(clause))) for clause, _ in chain] for chain in chains]
    names = sorted({cue for chain in told for clause in chain for cue in clause})
    return _Problem(chains, told, {cue: number for number, cue in enumerate(names)}, 0.7)


def test_it_learns_the_chains_it_is_given() -> None:
    model = fit(_TOY, prior=0.05, least=1)
    for chain in _TOY:
        found = model.judge([clause for clause, _ in chain])
        assert [one.kind for one in found] == [kind for _, kind in chain]
        assert min(one.confidence for one in found) > 0.8


def test_what_follows_what_is_learned_too() -> None:
    chain: Chain = [(_clause("mở kho", "jump"), "status"), (_clause("cứ thế", "list"), "event")]
    other: Chain = [(_clause("dựng trạm", "jump"), "commitment"), (_clause("cứ thế", "list"), "opinion")]
    model = fit([chain, other], prior=0.05, least=1)
    assert [one.kind for one in model.judge([clause for clause, _ in chain])] == ["status", "event"]
    assert [one.kind for one in model.judge([clause for clause, _ in other])] == ["commitment", "opinion"]


def test_a_clause_without_a_label_teaches_nothing_wrong() -> None:
    chain: Chain = [*_TOY[0], (_clause("cần gì thì hỏi"), None)]
    found = fit([chain, *_TOY[1:]], prior=0.05, least=1).judge([clause for clause, _ in chain])
    assert [one.kind for one in found][:3] == [kind for _, kind in _TOY[0]]


def test_rare_cues_and_empty_documents_are_left_out() -> None:
    model = fit([*_TOY, []], least=2)
    assert "w cần" in model.weights
    assert "w trạm" not in model.weights


def test_a_model_has_a_row_for_every_kind_and_a_table_for_every_link() -> None:
    model = fit(_TOY, least=1)
    assert tuple(model.kinds) == KINDS
    assert set(model.steps) == set(LINKS)
    assert {row.shape for row in model.weights.values()} == {(len(KINDS),)}


@pytest.mark.parametrize("hidden", [(), ((0, 1),), ((0, 0), (1, 1))])
def test_the_gradient_agrees_with_finite_differences(hidden: tuple[tuple[int, int], ...]) -> None:
    chains: list[Chain] = [
        [(clause, None if (number, place) in hidden else kind) for place, (clause, kind) in enumerate(chain)]
        for number, chain in enumerate(_TOY)
    ]
    problem = _problem(chains)
    random = np.random.default_rng(3)
    point = random.normal(0, 0.4, problem.size)
    _, gradient = problem(point)
    for _ in range(20):
        way = random.normal(0, 1, problem.size)
        slope = (problem(point + 1e-5 * way)[0] - problem(point - 1e-5 * way)[0]) / 2e-5
        assert slope == pytest.approx(float(gradient @ way), rel=1e-4, abs=1e-4)


def test_the_likelihood_is_that_of_all_readings_weighed_one_by_one() -> None:
    chain = _TOY[0]
    problem = _problem([chain])
    point = np.random.default_rng(5).normal(0, 0.5, problem.size)
    weights, tables = problem.parted(point)
    names = sorted({cue for clause, _ in chain for cue in cues(clause)})
    scores = [
        sum((weights[names.index(cue)] for cue in set(cues(clause))), np.zeros(len(KINDS))) for clause, _ in chain
    ]

    def weigh(reading: tuple[int, ...]) -> float:
        steps = [
            tables[LINKS.index(clause.link)][reading[place - 1], reading[place]]
            for place, (clause, _) in enumerate(chain)
            if place
        ]
        return float(sum(steps) + sum(score[kind] for score, kind in zip(scores, reading, strict=True)))

    every = [weigh(reading) for reading in itertools.product(range(len(KINDS)), repeat=len(chain))]
    kinds: list[Kind] = [kind for _, kind in chain if kind]
    told = weigh(tuple(KINDS.index(kind) for kind in kinds)) - np.logaddexp.reduce(every)
    assert problem(point)[0] == pytest.approx(0.5 * 0.7 * float(point @ point) - told)
