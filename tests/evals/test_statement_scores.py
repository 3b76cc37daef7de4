"""How well statements are found: pairs, scores, from where a kind is sure, what is kept of a fitted model."""

from pathlib import Path

import numpy as np
import pytest

from evals.crf import fit
from evals.labels import Label, Labelled
from evals.statements import Pair, chain_of, pairs_of, save, score, sure_from
from index import kinds
from index.kinds import KindModel
from index.records import Kind, Statement
from tests.index.spoken import opened, shipped

_TEXT = "# Tin\n\nThứ trưởng Phan Minh Khoa đề nghị tỉnh Cà Mau mở dữ liệu.\n\nTỉnh có chín huyện.\n"


def _label(kind: Kind = "recommendation", start: int = 0, end: int = 10) -> Label:
    return Label(start, end, kind, "Phan Minh Khoa", "ministry", "tỉnh Cà Mau", "Cà Mau", "khác", False)


def _statement(kind: Kind, confidence: float = 0.9, speaker: str = "Phan Minh Khoa") -> Statement:
    return Statement(
        "d!0",
        "d",
        0,
        10,
        "x" * 10,
        kind,
        speaker,
        "",
        "ministry",
        "Cà Mau",
        "Cà Mau",
        "",
        "y tế",
        (),
        "",
        confidence,
        (),
    )


def _pair(wanted: Kind, found: Kind | None, confidence: float = 0.9) -> Pair:
    return Pair("thử", "d", _label(wanted), _statement(found, confidence) if found else None)


def _labelled() -> Labelled:
    document, blocks = opened(_TEXT)
    start = document.text.index("Thứ trưởng")
    end = document.text.index("\n\nTỉnh")
    return Labelled("tin", "thử", "tin", document, blocks, (_label("recommendation", start, end),))


def test_each_label_is_held_against_the_statement_that_covers_it() -> None:
    (pair,) = pairs_of(_labelled(), shipped())
    assert pair.statement is not None
    assert pair.statement.text.startswith("Thứ trưởng")


def test_clauses_without_a_label_have_no_kind() -> None:
    assert [kind for _, kind in chain_of(_labelled())] == ["recommendation", None]


def test_scores() -> None:
    pairs = [
        _pair("recommendation", "recommendation"),
        _pair("recommendation", "status"),
        _pair("request", "recommendation"),
        _pair("status", None),
    ]
    found = score(pairs, 0.95)
    assert (found.labels, found.precision, found.recall) == (4, 0.5, 0.5)
    assert found.kind_f1 == pytest.approx((0.5 + 0 + 0) / 3)
    assert (found.side, found.speaker, found.recipient, found.province, found.field) == (0.75, 0.75, 0.75, 0.75, 0)


def test_requests_taken_surely_for_recommendations_are_counted() -> None:
    pairs = [_pair("request", "recommendation", 0.97), _pair("enterprise_proposal", "recommendation", 0.5)]
    assert score(pairs, 0.95).confused == 1
    assert score(pairs, 0.4).confused == 2


def test_another_name_is_not_the_same_and_an_empty_one_only_when_both_are() -> None:
    wrong = Pair("thử", "d", _label(), _statement("recommendation", speaker="Lê Thị Hoa"))
    empty = Pair("thử", "d", _label(), _statement("recommendation", speaker=""))
    assert score([wrong, empty], 1).speaker == 0


def test_nothing_to_score() -> None:
    assert score([], 1).labels == 0


def test_a_kind_is_sure_from_where_nineteen_of_twenty_are_right_and_none_is_a_request() -> None:
    right = [_pair("recommendation", "recommendation", (80 + place) / 100) for place in range(20)]
    assert sure_from(right) == 0.8
    assert sure_from([*right, _pair("request", "recommendation", 0.85)]) == pytest.approx(0.86)
    assert sure_from([*right, _pair("opinion", "recommendation", 0.85)]) == 0.8
    assert sure_from([_pair("request", "recommendation", 0.99)]) == 1.0
    assert sure_from([]) == 1.0


def test_alike_confidences_count_together() -> None:
    pairs = [_pair("recommendation", "recommendation", 0.9), _pair("request", "recommendation", 0.9)]
    assert sure_from(pairs) == 1.0


def test_a_saved_model_judges_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = chain_of(_labelled())
    model = fit([chain], prior=0.1, least=1)
    model.weights["w nhẹ"] = np.full(8, 0.001)
    save(model, 0.93, tmp_path / "kinds.json")
    monkeypatch.setattr(kinds, "_FILE", tmp_path / "kinds.json")
    read = KindModel.load()
    assert read.sure_from == 0.93
    assert "w nhẹ" not in read.weights
    clauses = [clause for clause, _ in chain]
    for before, after in zip(model.judge(clauses), read.judge(clauses), strict=True):
        assert after.kind == before.kind
        assert after.confidence == pytest.approx(before.confidence, abs=0.1)
