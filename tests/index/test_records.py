"""Dates as precise as they are given, and what a document calls itself."""

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
