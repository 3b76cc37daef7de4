"""Fitting the model of fields."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from evals.fields import Chain, _Problem, field_chain, fit_fields, save_fields
from evals.labels import Label, Labelled
from index import fields
from index.field_cues import Told, cues
from index.fields import FieldModel, all_fields
from index.kind_cues import LINKS, Link
from tests.index.spoken import opened, shipped


def _told(said: str, link: Link = "next") -> Told:
    return Told(said, "", "", "", "ministry", "recommendation", "text", link, leads=False)


_TOY: list[Chain] = [
    [(_told("mở chợ", "jump"), "bưu chính"), (_told("dựng trạm"), "viễn thông"), (_told("cứ thế", "same"), None)],
    [(_told("dựng trạm", "jump"), "viễn thông"), (_told("đón khách", "list"), "du lịch")],
]


def _problem() -> tuple[_Problem, list[str]]:
    named = [cues([one for one, _ in chain]) for chain in _TOY]
    names = sorted({cue for document in named for here in document for cue in here})
    return _Problem(_TOY, named, {cue: number for number, cue in enumerate(names)}, 0.7), names


def test_it_learns_the_chains_it_is_given() -> None:
    model = fit_fields([*_TOY, []], prior=0.05, least=1)
    for chain in _TOY:
        found = model.fields_of([one for one, _ in chain])
        assert all(field in {None, here} for here, (_, field) in zip(found, chain, strict=True))


def test_cues_of_one_document_are_left_out() -> None:
    model = fit_fields(_TOY, least=2)
    assert "w trạm" in model.weights
    assert "w chợ" not in model.weights


def test_the_gradient_agrees_with_finite_differences() -> None:
    problem, _ = _problem()
    random = np.random.default_rng(3)
    point = random.normal(0, 0.4, problem.size)
    _, gradient = problem(point)
    for _ in range(20):
        way = random.normal(0, 1, problem.size)
        slope = (problem(point + 1e-5 * way)[0] - problem(point - 1e-5 * way)[0]) / 2e-5
        assert slope == pytest.approx(float(gradient @ way), rel=1e-4, abs=1e-4)


def test_the_likelihood_is_that_of_all_readings_weighed_one_by_one() -> None:
    problem, names = _problem()
    point = np.random.default_rng(5).normal(0, 0.3, problem.size)
    weights, tables = problem.parted(point)
    total = -0.5 * 0.7 * float(point @ point)
    for chain in _TOY:
        here = [weights[[names.index(cue) for cue in found]].sum(axis=0) for found in cues([one for one, _ in chain])]
        fits, every = [], []
        for reading in itertools.product(range(len(all_fields())), repeat=len(chain)):
            steps = [
                tables[LINKS.index(one.link)][reading[place - 1], reading[place]]
                for place, (one, _) in enumerate(chain)
                if place
            ]
            weight = sum(steps) + sum(row[field] for row, field in zip(here, reading, strict=True))
            every.append(weight)
            if all(field in {None, all_fields()[n]} for n, (_, field) in zip(reading, chain, strict=True)):
                fits.append(weight)
        total += np.logaddexp.reduce(fits) - np.logaddexp.reduce(every)
    assert problem(point)[0] == pytest.approx(-total)


def test_a_saved_model_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = fit_fields(_TOY, prior=0.05, least=1)
    model.weights["w nhẹ"] = np.full(len(all_fields()), 0.001)
    save_fields(model, tmp_path / "fields.json")
    monkeypatch.setattr(fields, "_FILE", tmp_path / "fields.json")
    read = FieldModel.load()
    assert "w nhẹ" not in read.weights
    for chain in _TOY:
        told = [one for one, _ in chain]
        assert read.fields_of(told) == model.fields_of(told)


def test_a_statement_has_the_field_of_the_label_that_covers_most_of_it() -> None:
    text = "# Tin\n\nThứ trưởng Phan Minh Khoa đề nghị tỉnh Cà Mau mở dữ liệu.\n\nTỉnh có chín huyện.\n"
    document, blocks = opened(text)
    start = document.text.index("Thứ trưởng")

    def label(begin: int, end: int, field: str) -> Label:
        return Label(begin, end, "recommendation", "", "ministry", "", "", field, False)

    labels = (label(start, start + 9, "y tế"), label(start + 10, start + 50, "chính quyền số"))
    chain = field_chain(Labelled("tin", "thử", "tin", document, blocks, labels), shipped())
    assert [field for _, field in chain] == ["chính quyền số", None]
