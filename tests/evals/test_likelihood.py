"""The practice questions fit their documents, and the fit tells what holds the answer from what does not."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np

from bot.likelihood import Signs
from evals import likelihood
from evals.cases import read_cases
from evals.facts import holds
from evals.likelihood import Practised, best, curve, fitted

ROWS = [json.loads(line) for line in likelihood.QUESTIONS_FILE.read_text(encoding="utf-8").splitlines()]
DOCUMENTS = Path(likelihood.__file__).with_name("statements") / "practice"


def practice_text(name: str) -> str:
    """The text of a practice document."""
    (file,) = (file for file in DOCUMENTS.iterdir() if file.stem == name and file.suffix != ".jsonl")
    return file.read_text(encoding="utf-8")


def test_there_are_enough_questions_of_both_sorts_and_none_twice() -> None:
    assert sum(row["answerable"] for row in ROWS) >= 150
    assert sum(not row["answerable"] for row in ROWS) >= 150
    assert len({row["id"] for row in ROWS}) == len({row["question"] for row in ROWS}) == len(ROWS)


def test_no_practice_question_is_a_gold_question() -> None:
    assert {row["question"] for row in ROWS}.isdisjoint(case.question for case in read_cases())


def test_the_facts_of_an_answer_stand_in_the_document_and_others_have_none() -> None:
    for row in ROWS:
        document = row["id"].partition("-")[0]
        assert bool(row["must"]) == row["answerable"], row["id"]
        if row["answerable"] and document != "xx":  # those are over two documents
            assert all(holds(practice_text(document), fact) for fact in row["must"]), row["id"]


def made_up(document: str, *, is_answerable: bool, seed: int) -> Practised:
    """Three pieces, of which the first of an answerable question has high signs."""
    signs = np.random.default_rng(seed).normal(0.0, 0.3, (3, len(fields(Signs))))
    holding = np.array([is_answerable, False, False])
    signs[holding] += 1.0
    return Practised(document, is_answerable, signs, np.ones(3), holding)


CASES = [made_up(f"d{number % 4}", is_answerable=number % 2 == 0, seed=number) for number in range(40)]


def test_the_fit_gives_answerable_questions_the_higher_likelihood() -> None:
    weights = fitted(CASES)
    answerable = [best(case, weights) for case in CASES if case.is_answerable]
    others = [best(case, weights) for case in CASES if not case.is_answerable]
    assert min(answerable) > 0.5 > max(others)


def test_the_curve_tells_what_each_threshold_costs() -> None:
    lines = list(curve([made_up(f"d{n % 3}", is_answerable=n % 2 == 0, seed=n) for n in range(30)]))
    assert [line.split(": ")[1].split(" of")[0] for line in lines][:2] == ["3%", "5%"]
    assert all(line.startswith("threshold 0.") for line in lines)
