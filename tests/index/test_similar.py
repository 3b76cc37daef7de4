"""Telling documents that are nearly alike."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.similar import joined, similar_pairs, sketch

_VOCABULARY = [f"từ{number}" for number in range(500)]
_TEXT = " ".join(random.Random(1).choices(_VOCABULARY, k=600))


def _pairs(texts: dict[str, str], *written: str) -> list[tuple[str, str]]:
    return similar_pairs({name: sketch(text) for name, text in texts.items()}, written or tuple(texts))


def _changed(share: float) -> str:
    """The text with that share of its words replaced by others, one after the other from the beginning."""
    words = _TEXT.split()
    count = round(share * len(words))
    return " ".join([*(f"khác{number}" for number in range(count)), *words[count:]])


def test_a_text_taken_over_with_small_changes_is_told_and_another_is_not() -> None:
    texts = {"b": _TEXT, "a": _changed(0.05), "c": " ".join(random.Random(2).choices(_VOCABULARY, k=600))}
    assert _pairs(texts) == [("a", "b")]


@pytest.mark.parametrize(("share", "alike"), [(0.0, True), (0.02, True), (0.1, True), (0.5, False), (0.9, False)])
def test_how_much_was_changed_decides(share: float, alike: bool) -> None:
    assert bool(_pairs({"a": _TEXT, "b": _changed(share)})) == alike


def test_marks_capitals_and_line_breaks_make_no_difference() -> None:
    assert _pairs({"a": "Tỉnh cần làm ngay việc này.", "b": "TINH CAN\nLAM NGAY  VIEC NAY"}) == [("a", "b")]


def test_only_pairs_with_a_document_that_was_written_are_told() -> None:
    texts = {"a": _TEXT, "b": _changed(0.02), "c": _changed(0.03)}
    assert _pairs(texts, "c") == [("a", "c"), ("b", "c")]
    assert _pairs(texts, "không có") == []
    assert similar_pairs({"a": sketch(_TEXT)}, ["a"]) == []


def test_a_pair_is_told_once_and_in_order() -> None:
    assert _pairs({"b": _TEXT, "a": _TEXT, "c": _TEXT}) == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize(
    "words",
    [600, 100],
)
def test_a_short_notice_is_not_alike_to_the_report_that_repeats_it(words: int) -> None:
    notice, report = "Ngày mai họp ở phòng số năm.", " ".join(_TEXT.split()[:words])
    assert _pairs({"a": notice, "b": f"{report} {notice}"}) == []


def test_documents_of_a_word_or_two_are_alike_only_when_they_are_the_same() -> None:
    assert _pairs({"a": "Nước.", "b": "nước", "c": "Bưu chính."}) == [("a", "b")]


@given(st.lists(st.sampled_from(["một", "hai", "ba", "bốn", "!", "\n"]), max_size=60).map(" ".join))
def test_a_sketch_is_small_and_every_text_is_alike_to_itself(text: str) -> None:
    assert 1 <= len(sketch(text)) // 4 <= 128
    assert _pairs({"a": text, "b": text}) == [("a", "b")]


def test_a_sketch_estimates_the_share_of_the_text_in_common() -> None:
    one, other = (set(memoryview(sketch(text)).cast("I")) for text in (_TEXT, _changed(0.25)))
    assert len(one) == len(other) == 128
    assert 0.45 < len(one & other) / 128 < 0.95


def test_pairs_are_joined_to_groups() -> None:
    assert joined([("d", "e"), ("a", "b"), ("b", "c"), ("e", "f"), ("c", "a")]) == [["a", "b", "c"], ["d", "e", "f"]]
    assert joined([("a", "b"), ("c", "d"), ("b", "c")]) == [["a", "b", "c", "d"]]
    assert joined([]) == []
