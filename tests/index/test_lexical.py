"""BM25 over words and pairs, by hand, against the formula, and on disk."""

import hashlib
import math
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, count_terms
from index.vietnamese import search_terms

_TEXTS = {"p1": "Nước sạch", "p2": "Nước sạch nông thôn", "p3": "Bưu chính"}
_SOME = ["nước", "sạch", "nông", "thôn", "bưu", "chính"]
_WORDS = st.lists(st.sampled_from(["nước", "sạch", "nông", "thôn", "bưu", "chính", "1.300", "đ"]), max_size=12)


def _index(texts: Mapping[str, str] = _TEXTS, generation: int = 7) -> LexicalIndex:
    passages = list(enumerate(texts, 1))
    counted = [(number, count_terms(texts[name])) for number, name in passages]
    return LexicalIndex.empty().updated(passages, counted, generation)


def _found(index: LexicalIndex, query: str, limit: int = 5) -> list[str]:
    return [found for found, _ in index.search(query, limit)]


def _weight(passages: int, holding: int) -> float:
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


def test_the_score_of_one_word_is_that_of_the_formula() -> None:
    # Terms with their pairs: 3, 7 and 3, so 13/3 on average; "bưu" is in one passage of three.
    wanted = math.log(1 + 2.5 / 1.5) * 1 / (1 + 0.9 * (1 - 0.4 + 0.4 * 3 / (13 / 3)))
    assert dict(_index().search("bưu", 5)) == pytest.approx({"p3": wanted}, rel=1e-5)
    assert wanted == pytest.approx(0.5482, abs=1e-4)


def test_scores_of_several_words_and_their_pair_add_up() -> None:
    # "nuoc", "sach" and "nuoc_sach" are in two passages of three, each once.
    lengths = {"p1": 3, "p2": 7}
    wanted = {
        name: 3 * math.log(1 + 1.5 / 2.5) / (1 + 0.9 * (0.6 + 0.4 * length / (13 / 3)))
        for name, length in lengths.items()
    }
    assert dict(_index().search("nước sạch", 5)) == pytest.approx(wanted, rel=1e-5)


def test_a_word_that_comes_often_counts_for_less_each_time() -> None:
    index = _index({"một": "số a b c d", "ba": "số số số a b", "không": "a b c d e"})
    scores = dict(index.search("số", 5))
    lengths = {name: len(search_terms(text)) for name, text in (("một", "số a b c d"), ("ba", "số số số a b"))}
    assert lengths == {"một": 9, "ba": 9}  # as is the third's, so that each norm is 0.9
    assert scores == pytest.approx({"một": _weight(3, 2) / 1.9, "ba": _weight(3, 2) * 3 / 3.9}, rel=1e-5)


def test_a_word_asked_twice_counts_twice() -> None:
    once, twice = dict(_index().search("bưu", 5)), dict(_index().search("bưu … bưu", 5))
    pair = [term for term in search_terms("bưu … bưu") if "_" in term]
    assert not [term for term in pair if _index().is_known(term)]
    assert twice["p3"] == pytest.approx(2 * once["p3"], rel=1e-5)


@given(st.lists(_WORDS.map(" ".join), min_size=1, max_size=8), _WORDS.map(" ".join))
def test_scores_are_those_of_the_formula_for_any_texts(texts: list[str], query: str) -> None:
    index = _index({f"p{number}": text for number, text in enumerate(texts)})
    counted = [Counter(search_terms(text)) for text in texts]
    average = sum(counts.total() for counts in counted) / len(counted) or 1.0
    wanted: dict[str, float] = {}
    for number, counts in enumerate(counted):
        norm = 0.9 * (0.6 + 0.4 * counts.total() / average)
        score = sum(
            _weight(len(texts), sum(term in other for other in counted)) * counts[term] / (counts[term] + norm)
            for term in search_terms(query)
        )
        if score:
            wanted[f"p{number}"] = score
    found = index.search(query, len(texts))
    assert dict(found) == pytest.approx(wanted, rel=1e-4)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_the_shorter_of_two_passages_with_the_same_words_comes_first() -> None:
    assert _found(_index(), "nước sạch") == ["p1", "p2"]


def test_equal_scores_keep_the_order_of_the_passages() -> None:
    assert _found(_index(dict.fromkeys("cabd", "Nước sạch")), "nước") == ["c", "a", "b", "d"]


def test_a_query_without_marks_finds_text_with_marks() -> None:
    assert _found(_index(), "NUOC SACH") == ["p1", "p2"]


def test_a_pair_counts_for_more_than_its_words_apart() -> None:
    index = _index({"cùng": "chuyển đổi số", "rời": "số chuyển mạng đổi"})
    assert _found(index, "chuyển đổi") == ["cùng", "rời"]


def test_other_names_count_for_less_and_only_for_what_was_not_typed() -> None:
    index = _index({"dài": "công nghệ thông tin", "ngắn": "CNTT", "khác": "bưu chính"})
    plain = dict(index.search("cntt", 5))
    scores = dict(index.search("công nghệ thông tin", 5, ["CNTT"]))
    assert scores["ngắn"] == pytest.approx(0.3 * plain["ngắn"], rel=1e-5)
    assert index.search("cntt", 5, ["CNTT"]) == index.search("cntt", 5)


@pytest.mark.parametrize("query", ["vũ trụ", "", "…?!"])
def test_words_that_no_passage_holds_find_nothing(query: str) -> None:
    assert _index().search(query, 5) == []


def test_unknown_words_beside_known_ones_do_no_harm() -> None:
    assert _index().search("vũ trụ bưu", 5) == _index().search("bưu", 5)


def test_the_limit_keeps_the_best() -> None:
    assert _found(_index(), "nước sạch", 1) == ["p1"]
    assert _found(_index(), "nước sạch", 0) == []


def test_terms_are_known_by_any_passage_that_holds_them() -> None:
    assert [_index().is_known(term) for term in ("nuoc", "nuoc_sach", "thon_nuoc", "vu", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_rarity_is_the_inverse_document_frequency() -> None:
    weights = _index().rarity(["nuoc", "buu", "vu"])
    assert weights == pytest.approx({"nuoc": _weight(3, 2), "buu": _weight(3, 1), "vu": _weight(3, 0)})


@pytest.mark.parametrize("texts", [{}, {"p": ""}, {"p": "…", "q": "!"}])
def test_an_index_without_words_finds_nothing(tmp_path: Path, texts: dict[str, str]) -> None:
    _index(texts).save(tmp_path / "từ.npz")
    loaded = LexicalIndex.load(tmp_path / "từ.npz", 7)
    assert loaded is not None
    for index in (_index(texts), loaded):
        assert index.search("nước", 5, ["bưu"]) == []
        assert not index.is_known("nuoc")
        assert index.rarity(["nuoc"])["nuoc"] >= 0


def test_a_count_beyond_what_is_kept_does_not_turn_small() -> None:
    index = _index({"nhiều": "số " * 70_000, "ít": "số", "không": "mạng"})
    scores = dict(index.search("số", 5))
    assert 0.5 < scores["nhiều"] / _weight(3, 2) <= 1


def test_terms_are_kept_by_a_hash_that_is_the_same_in_every_process() -> None:
    blob = np.frombuffer(count_terms("bưu bưu chính"), [("term", "<u8"), ("count", "<u2")])
    wanted = {"buu": 2, "chinh": 1, "buu_buu": 1, "buu_chinh": 1}
    keys = {int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little"): term for term in wanted}
    assert {keys[int(term)]: int(count) for term, count in blob} == wanted
    assert count_terms("") == b""


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    _index().save(tmp_path / "từ.npz")
    loaded = LexicalIndex.load(tmp_path / "từ.npz", 7)
    assert loaded is not None
    assert loaded.generation == 7
    assert loaded.search("nước nông thôn", 5) == _index().search("nước nông thôn", 5)
    assert loaded.rarity(["nuoc"]) == _index().rarity(["nuoc"])


@given(
    st.dictionaries(st.integers(1, 9), st.lists(st.sampled_from(_SOME), max_size=6).map(" ".join)),
    st.sets(st.integers(1, 9)),
    st.dictionaries(st.integers(10, 19), st.lists(st.sampled_from(_SOME), max_size=6).map(" ".join)),
)
def test_an_index_brought_up_to_date_is_the_one_that_would_be_made_anew(
    before: dict[int, str], gone: set[int], came: dict[int, str]
) -> None:
    def of(texts: dict[int, str], index: LexicalIndex, new: dict[int, str], generation: int) -> LexicalIndex:
        passages = [(number, f"p{number}") for number in sorted(texts, key=lambda number: number % 4)]
        return index.updated(passages, [(number, count_terms(text)) for number, text in new.items()], generation)

    old = of(before, LexicalIndex.empty(), before, 1)
    now = {number: text for number, text in (before | came).items() if number not in gone}
    updated, anew = of(now, old, came, 2), of(now, LexicalIndex.empty(), now, 2)
    assert updated.generation == 2
    for query in (*_SOME, " ".join(_SOME)):
        assert updated.search(query, 99) == anew.search(query, 99)
    assert updated.rarity(["nuoc", "nuoc_sach"]) == anew.rarity(["nuoc", "nuoc_sach"])


def test_a_passage_of_the_same_number_in_another_catalog_is_not_taken_for_the_old_one() -> None:
    updated = _index().updated([(1, "khác")], [(1, count_terms("Cầu đường"))], 8)
    assert updated.search("nước", 5) == []
    assert _found(updated, "cầu") == ["khác"]


def test_any_generation_is_loaded_when_none_is_asked_for(tmp_path: Path) -> None:
    _index().save(tmp_path / "từ.npz")
    loaded = LexicalIndex.load(tmp_path / "từ.npz")
    assert loaded is not None
    assert (loaded.generation, loaded.last_number) == (7, 3)


def test_saving_again_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "từ.npz"
    _index().save(file)
    _index({"q": "Cầu đường"}, 8).save(file)
    assert [path.name for path in tmp_path.iterdir()] == ["từ.npz"]
    assert LexicalIndex.load(file, 7) is None
    again = LexicalIndex.load(file, 8)
    assert again is not None
    assert _found(again, "cầu") == ["q"]


def test_a_missing_index_is_none(tmp_path: Path) -> None:
    assert LexicalIndex.load(tmp_path / "từ.npz", 7) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"\x00" * 99, b"PK\x03\x04", b"\x93NUMPY"])
def test_a_file_that_is_no_index_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "từ.npz").write_bytes(content)
    assert LexicalIndex.load(tmp_path / "từ.npz", 7) is None


def test_an_index_that_was_cut_short_anywhere_is_none(tmp_path: Path) -> None:
    file = tmp_path / "từ.npz"
    _index().save(file)
    whole = file.read_bytes()
    for length in range(0, len(whole) - 1, 97):
        file.write_bytes(whole[:length])
        assert LexicalIndex.load(file, 7) is None


def test_an_index_without_one_of_its_parts_is_none(tmp_path: Path) -> None:
    file = tmp_path / "từ.npz"
    _index().save(file)
    with np.load(file) as saved:
        parts = dict(saved)
    for name in parts:
        with file.open("wb") as opened:
            np.savez(opened, **{key: value for key, value in parts.items() if key != name})
        assert LexicalIndex.load(file, 7) is None
