"""Where sentences end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans, strip_span

_MIXED = st.text('aĐ .!?…\n\t“”")1\ufeff\u00a0', max_size=80) | st.text(max_size=80)


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@given(_MIXED)
def test_sentences_are_in_order_stripped_and_leave_out_white_space_only(text: str) -> None:
    spans = list(sentence_spans(text))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    inside = {place for start, end in spans for place in range(start, end)}
    assert all(text[place].isspace() or text[place] == "\ufeff" for place in range(len(text)) if place not in inside)


@given(_MIXED, st.integers(0, 40), st.integers(0, 40))
def test_spans_stay_within_the_bounds_asked_for(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    assert all(start <= begin < stop <= end for begin, stop in sentence_spans(text, start, end))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Tỉnh họp. Bộ dự.", ["Tỉnh họp.", "Bộ dự."]),
        ("Ai phát biểu? Bộ trưởng!", ["Ai phát biểu?", "Bộ trưởng!"]),
        ("Ông nói: “Làm ngay.” Tỉnh nghe.", ["Ông nói: “Làm ngay.”", "Tỉnh nghe."]),
        ("Tăng 1.300 tỷ, tức 0.6 điểm. Giảm sau.", ["Tăng 1.300 tỷ, tức 0.6 điểm.", "Giảm sau."]),
        ("Họp xong. Đồng Tháp làm. Ủy ban dự. Ấy là thế.", ["Họp xong.", "Đồng Tháp làm.", "Ủy ban dự.", "Ấy là thế."]),
        ("Không có dấu chấm", ["Không có dấu chấm"]),
        ("Một dòng\nHai dòng", ["Một dòng", "Hai dòng"]),
        ("Một.\r\n\r\nHai.", ["Một.", "Hai."]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_sentences_end_at_marks_and_line_breaks(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Họp tại TP. Hồ Chí Minh.",
        "Ông (TS. Nguyễn Văn A) nói.",
        "PGS. Trần B. Nguyễn dự.",
        "TP. Cao Lãnh họp.",
        "Mua sắm, sửa chữa… thiết bị cũ.",
        "Các sở... và huyện cùng làm.",
    ],
)
def test_abbreviations_and_ellipses_do_not_end_a_sentence(text: str) -> None:
    assert _sentences(text) == [text]


def test_strip_span_drops_white_space_and_byte_order_marks() -> None:
    text = "\ufeff\u00a0 Họp \r"
    assert [text[start:end] for start, end in strip_span(text, 0, len(text))] == ["Họp"]
    assert list(strip_span(" \t", 0, 2)) == []
