"""BM25 over words and pairs, by hand and on disk."""

import json
import math
from pathlib import Path

import pytest

from index.lexical import LexicalIndex

_IDS = ["p1", "p2", "p3"]
_TEXTS = ["Nước sạch", "Nước sạch nông thôn", "Bưu chính"]


def _index() -> LexicalIndex:
    return LexicalIndex.build(_IDS, _TEXTS, generation=7)


def test_scores_are_those_of_the_formula() -> None:
    # Terms with their pairs: 3, 7 and 3, so 13/3 on average; "bưu" is in one passage of three.
    frequency = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    wanted = frequency * 1 / (1 + 0.9 * (1 - 0.4 + 0.4 * 3 / (13 / 3)))
    assert dict(_index().search("bưu", 5)) == pytest.approx({"p3": wanted}, rel=1e-5)


def test_the_shorter_of_two_passages_with_the_same_words_comes_first() -> None:
    assert [found for found, _ in _index().search("nước sạch", 5)] == ["p1", "p2"]


def test_a_query_without_marks_finds_text_with_marks() -> None:
    assert [found for found, _ in _index().search("NUOC SACH", 5)] == ["p1", "p2"]


def test_a_pair_counts_for_more_than_its_words_apart() -> None:
    index = LexicalIndex.build(["cùng", "rời"], ["chuyển đổi số", "số chuyển mạng đổi"], 1)
    assert [found for found, _ in index.search("chuyển đổi", 5)] == ["cùng", "rời"]


@pytest.mark.parametrize("query", ["vũ trụ", "", "…?!"])
def test_words_that_no_passage_holds_find_nothing(query: str) -> None:
    assert _index().search(query, 5) == []


def test_unknown_words_beside_known_ones_do_no_harm() -> None:
    assert _index().search("vũ trụ bưu", 5) == _index().search("bưu", 5)


def test_the_limit_keeps_the_best() -> None:
    assert [found for found, _ in _index().search("nước sạch", 1)] == ["p1"]


def test_rarity_is_the_inverse_document_frequency() -> None:
    weights = _index().rarity(["nuoc", "buu", "vu"])
    wanted = {"nuoc": 2, "buu": 1, "vu": 0}
    assert weights == pytest.approx({term: math.log(1 + (3 - n + 0.5) / (n + 0.5)) for term, n in wanted.items()})


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    _index().save(tmp_path / "từ")
    loaded = LexicalIndex.load(tmp_path / "từ", 7)
    assert loaded is not None
    assert loaded.search("nước nông thôn", 5) == _index().search("nước nông thôn", 5)
    assert loaded.rarity(["nuoc"]) == _index().rarity(["nuoc"])


def test_saving_again_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    _index().save(tmp_path / "từ")
    LexicalIndex.build(["q"], ["Cầu đường"], 8).save(tmp_path / "từ")
    assert [path.name for path in tmp_path.iterdir()] == ["từ"]
    assert LexicalIndex.load(tmp_path / "từ", 7) is None
    again = LexicalIndex.load(tmp_path / "từ", 8)
    assert again is not None
    assert [found for found, _ in again.search("cầu", 5)] == ["q"]


def test_a_missing_or_unreadable_index_is_none(tmp_path: Path) -> None:
    assert LexicalIndex.load(tmp_path / "từ", 7) is None
    _index().save(tmp_path / "từ")
    (tmp_path / "từ" / "ids.json").write_text("{", encoding="utf-8")
    assert LexicalIndex.load(tmp_path / "từ", 7) is None
    (tmp_path / "từ" / "ids.json").write_text(json.dumps({"ids": []}), encoding="utf-8")
    assert LexicalIndex.load(tmp_path / "từ", 7) is None
