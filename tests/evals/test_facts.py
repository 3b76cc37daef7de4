"""Figures, dates and facts, however they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.facts import figures, holds, tokens, unmarked


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("1.300", "1300"),
        ("1,300", "1300"),
        ("1300", "1300"),
        ("1.300.000", "1300000"),
        ("0,6", "0.6"),
        ("0.6", "0.6"),
        ("2.0", "2.0"),
        ("007", "7"),
        ("30%", "30%"),
        ("30 %", "30%"),
        ("1.300%", "1300%"),
        ("30 phần trăm", "30%"),
        ("0,6 Phần Trăm", "0.6%"),
        ("10/9/2020", "10/9/2020"),
        ("10/09/2020", "10/9/2020"),
        ("10-9-2020", "10/9/2020"),
        ("10 tháng 9 năm 2020", "10/9/2020"),
        ("ngày 10 tháng 09 năm 2020", "10/9/2020"),
        ("10 tháng 9/2020", "10/9/2020"),
        ("ngày 10 tháng 9", "10/9"),
        ("10/9", "10/9"),
        ("10/09", "10/9"),
        ("09/2020", "9/2020"),
        ("tháng 9 năm 2020", "9/2020"),
        ("tháng 9/2020", "9/2020"),
        ("tháng 09 / 2020", "9/2020"),
    ],
)
def test_a_figure_or_date_has_one_form(written: str, wanted: str) -> None:
    assert tokens(written) == [wanted]


@given(st.integers(0, 10**15), st.sampled_from(".,"))
def test_separators_of_thousands_make_no_difference(number: int, separator: str) -> None:
    assert tokens(f"{number:,}".replace(",", separator)) == [str(number)]


@pytest.mark.parametrize(
    ("one", "other"), [("1.300", "1.30"), ("0,6%", "6%"), ("30", "30%"), ("10/9/2020", "9/10/2020"), ("12%", "1,2%")]
)
def test_different_figures_stay_different(one: str, other: str) -> None:
    assert figures(one) != figures(other)


def test_words_are_lower_case_and_composed_without_punctuation() -> None:
    decomposed = unicodedata.normalize("NFD", "«Hậu Giang», 4 lớp; an-toàn_số.")
    assert tokens(decomposed) == ["hậu", "giang", "4", "lớp", "an", "toàn", "số"]


def test_a_span_of_months_is_no_date() -> None:
    assert tokens("6 tháng đầu năm 2020") == ["6", "tháng", "đầu", "năm", "2020"]


def test_figures_are_the_numbers_and_dates_of_a_text() -> None:
    text = "Ngày 10/9/2020, tỉnh dành 1% ngân sách, gần 1.300 tỷ, cho 4 lớp bảo vệ."
    assert figures(text) == {"10/9/2020", "1%", "1300", "4"}
    assert figures("không có số nào") == frozenset()


def test_citation_marks_are_no_figures() -> None:
    text = "Dành 1% [1][12] cho CNTT [103]."
    assert unmarked(text) == "Dành 1% cho CNTT."
    assert figures(unmarked(text)) == {"1%"}


@pytest.mark.parametrize("text", ["năm [2020]", "[a]", "1]"])
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) == text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("phát triển 1300 doanh nghiệp", "1.300 doanh nghiệp"),
        ("chiếm 30 phần trăm.", "30%"),
        ("ngày 25 tháng 6 năm 2020", "25/6/2020"),
        ("vào 25/06/2020,", "ngày 25 tháng 6 năm 2020"),
        ("BỘ TRƯỞNG nói", "bộ trưởng"),
        ("mô hình 4 lớp, tức", "4 lớp"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ],
)
def test_a_fact_is_held_in_whatever_form_it_is_written(text: str, fact: str) -> None:
    assert holds(text, [fact])


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("1.700 doanh nghiệp", "700"),
        ("phát triển 70", "700"),
        ("đạt 30% hộ", "30"),
        ("vào 25/6/2021", "25/6/2020"),
        ("an toàn", "an toàn số"),
        ("toàn quốc", "an"),
        ("Giang Hậu", "Hậu Giang"),
        ("", "700"),
    ],
)
def test_a_fact_is_held_word_for_word_or_not_at_all(text: str, fact: str) -> None:
    assert not holds(text, [fact])


def test_one_of_the_alternatives_is_enough_and_none_is_not() -> None:
    assert holds("bảo vệ bốn lớp", ["4 lớp", "bốn lớp"])
    assert not holds("bảo vệ ba lớp", ["4 lớp", "bốn lớp"])
    assert not holds("bảo vệ ba lớp", [])


@pytest.mark.parametrize("one", ["ngày 10 tháng 9 năm 2020", "ngày 10/9/2020", "10-09-2020", "10 tháng 9 năm 2020"])
@pytest.mark.parametrize("other", ["ngày 10 tháng 9 năm 2020", "ngày 10/9/2020", "10/9/2020"])
def test_a_date_is_the_same_with_and_without_the_word_for_day(one: str, other: str) -> None:
    assert holds(f"Sáng {one}, tại Hà Nội", [other])


def test_a_leading_zero_is_no_group_of_thousands() -> None:
    assert figures("0,600") == {"0.600"}
