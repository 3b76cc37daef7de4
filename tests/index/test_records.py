"""Dates as precise as they are given, what a document calls itself, and its pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Document, PartialDate

_DATES = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28)),
)


@given(_DATES)
def test_a_date_survives_being_written_and_read(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@given(_DATES, _DATES)
def test_written_dates_sort_as_dates_do(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (str(one) < str(other))


@pytest.mark.parametrize(
    ("text", "iso", "vietnamese"),
    [
        ("2020-09-10", "2020-09-10", "10/9/2020"),
        (" 2020-9-1 ", "2020-09-01", "1/9/2020"),
        ("2020-09", "2020-09", "9/2020"),
        ("2020", "2020", "2020"),
    ],
)
def test_a_date_keeps_its_precision(text: str, iso: str, vietnamese: str) -> None:
    date = PartialDate.parse(text)
    assert date is not None
    assert (str(date), date.vietnamese()) == (iso, vietnamese)


@pytest.mark.parametrize("text", ["", "10/9/2020", "2020-13", "2020-01-32", "20-01-01", "2020-09-10T08:00", "sáng nay"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert PartialDate.parse(text) is None


def test_a_document_is_labelled_with_what_is_known_of_it() -> None:
    bare = Document("d", "Họp giao ban", "một/hai/d.md", "0", "x")
    full = Document("d", "Họp", "d.md", "0", "x", PartialDate(2020, 9), ("Đồng Tháp", "Long An"))
    assert bare.label() == "Họp giao ban"
    assert full.label() == "Họp – 9/2020 – Đồng Tháp, Long An"
    assert (bare.source_name, full.source_name) == ("d.md", "d.md")


@pytest.mark.parametrize(
    ("kind", "number", "label"),
    [
        ("Thông báo", "12/TB-BTTTT", "Thông báo 12/TB-BTTTT – Họp – 2020"),
        ("", "12/TB-BTTTT", "12/TB-BTTTT – Họp – 2020"),
        ("Thông báo", "", "Họp – 2020"),
    ],
)
def test_the_number_of_an_official_document_comes_first(kind: str, number: str, label: str) -> None:
    assert Document("d", "Họp", "d.md", "0", "x", PartialDate(2020), type=kind, number=number).label() == label


def test_a_character_stands_on_the_page_that_begins_at_or_before_it() -> None:
    document = Document("d", "Họp", "d.pdf", "0", "một hai ba", pages=(0, 4, 8))
    assert [document.page_of(offset) for offset in (0, 3, 4, 7, 8, 10)] == [1, 1, 2, 2, 3, 3]


def test_a_document_without_pages_has_none() -> None:
    assert Document("d", "Họp", "d.md", "0", "một hai").page_of(3) == 0
