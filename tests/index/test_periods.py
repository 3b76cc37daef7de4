"""The time a question speaks of."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.periods import Period, period_of
from index.records import PartialDate

_TODAY = datetime.date(2026, 8, 2)
_EVER, _NEVER_ENDING = "0001-01-01", "9999-12-31"
_DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


def _asked(text: str) -> str:
    """First and last day of the period that a text speaks of."""
    period = period_of(text, _TODAY)
    return f"{period.first} {period.last}" if period else ""


@pytest.mark.parametrize("text", ["2021", "năm 2021", "Năm 2021?", "nam 2021", "NĂM 2021", "trong năm 2021.", "(2021)"])
def test_a_year(text: str) -> None:
    assert _asked(text) == "2021-01-01 2021-12-31"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("quý 1/2023", "2023-01-01", "2023-03-31"),
        ("quý I/2023", "2023-01-01", "2023-03-31"),
        ("quý i năm 2023", "2023-01-01", "2023-03-31"),
        ("Quý 2 năm 2020", "2020-04-01", "2020-06-30"),
        ("quy II 2020", "2020-04-01", "2020-06-30"),
        ("quý III/2021", "2021-07-01", "2021-09-30"),
        ("quý 3 2021", "2021-07-01", "2021-09-30"),
        ("QUÝ IV NĂM 2022", "2022-10-01", "2022-12-31"),
        ("họp giao ban quý 4/2022", "2022-10-01", "2022-12-31"),
    ],
)
def test_a_quarter_in_roman_and_arabic_numerals(text: str, first: str, last: str) -> None:
    assert _asked(text) == f"{first} {last}"


@pytest.mark.parametrize(
    "text", ["tháng 9/2020", "tháng 09/2020", "tháng 9-2020", "tháng 9 năm 2020", "thang 9/2020", "9/2020"]
)
def test_a_month_in_several_spellings(text: str) -> None:
    assert _asked(text) == "2020-09-01 2020-09-30"


@pytest.mark.parametrize(
    ("month", "last"), [("2/2020", "2020-02-29"), ("2/2021", "2021-02-28"), ("12/2020", "2020-12-31")]
)
def test_a_month_ends_with_its_last_day(month: str, last: str) -> None:
    assert _asked(f"tháng {month}").endswith(last)


@pytest.mark.parametrize(
    "text",
    [
        "10/9/2020",
        "ngày 10/9/2020",
        "10/09/2020",
        "10-09-2020",
        "10.9.2020",
        "10 / 9 / 2020",
        "ngày 10 tháng 9 năm 2020",
        "Ngày 10 tháng 09, năm 2020",
        "ngay 10-9-2020",
    ],
)
def test_a_day_in_several_spellings(text: str) -> None:
    assert _asked(f"Họp {text} ở đâu?") == "2020-09-10 2020-09-10"


@pytest.mark.parametrize(
    ("text", "year"),
    [("năm nay", 2026), ("năm ngoái", 2025), ("năm trước", 2025), ("nam ngoai", 2025), ("năm kia", 2024)],
)
def test_a_year_relative_to_today(text: str, year: int) -> None:
    assert _asked(f"Nói gì {text}?") == f"{year}-01-01 {year}-12-31"


def test_the_year_follows_the_given_today() -> None:
    assert period_of("năm nay", datetime.date(2020, 1, 1)) == period_of("2020", _TODAY)
    assert period_of("năm ngoái", datetime.date(2020, 12, 31)) == period_of("2019", _TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("trước 2021", _EVER, "2020-12-31"),
        ("trước năm 2021", _EVER, "2020-12-31"),
        ("trước tháng 9/2020", _EVER, "2020-08-31"),
        ("trước ngày 10/9/2020", _EVER, "2020-09-09"),
        ("trước quý II/2020", _EVER, "2020-03-31"),
        ("trước năm ngoái", _EVER, "2024-12-31"),
        ("sau 2022", "2023-01-01", _NEVER_ENDING),
        ("sau năm 2022", "2023-01-01", _NEVER_ENDING),
        ("sau tháng 9 năm 2020", "2020-10-01", _NEVER_ENDING),
        ("sau ngày 28 tháng 2 năm 2020", "2020-02-29", _NEVER_ENDING),
        ("sau quý 4/2022", "2023-01-01", _NEVER_ENDING),
        ("sau năm nay", "2027-01-01", _NEVER_ENDING),
        ("từ 2020", "2020-01-01", _NEVER_ENDING),
        ("từ tháng 9/2020", "2020-09-01", _NEVER_ENDING),
        ("tu nam 2020", "2020-01-01", _NEVER_ENDING),
    ],
)
def test_before_after_and_since(text: str, first: str, last: str) -> None:
    assert _asked(f"Ý kiến {text} là gì?") == f"{first} {last}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("từ năm 2020 đến năm 2022", "2020-01-01", "2022-12-31"),
        ("từ 2020 đến 2022", "2020-01-01", "2022-12-31"),
        ("từ năm 2020 tới 2022", "2020-01-01", "2022-12-31"),
        ("tu nam 2020 den nam 2022", "2020-01-01", "2022-12-31"),
        ("từ tháng 3/2020 đến tháng 9/2021", "2020-03-01", "2021-09-30"),
        ("từ quý I/2023 đến quý III/2023", "2023-01-01", "2023-09-30"),
        ("từ 1/2/2020 đến 5/3/2021", "2020-02-01", "2021-03-05"),
        ("từ ngày 1 tháng 2 năm 2020 đến ngày 5-3-2021", "2020-02-01", "2021-03-05"),
        ("từ tháng 3/2020 đến năm 2021", "2020-03-01", "2021-12-31"),
        ("từ 2020 đến nay", "2020-01-01", "2026-08-02"),
        ("từ năm ngoái đến hiện nay", "2025-01-01", "2026-08-02"),
        ("từ năm ngoái đến năm nay", "2025-01-01", "2026-12-31"),
    ],
)
def test_from_one_time_to_another(text: str, first: str, last: str) -> None:
    assert _asked(f"Ý kiến {text}") == f"{first} {last}"


def test_the_first_of_several_periods_counts() -> None:
    assert _asked("năm 2020 và 2021") == _asked("năm 2020, 2021") == "2020-01-01 2020-12-31"


@pytest.mark.parametrize(
    "text",
    ["31/2/2020", "29/2/2023", "ngày 31 tháng 4 năm 2021", "13/2020", "tháng 13 năm 2020", "1/1/0000", "45/9/2020"],
)
def test_an_impossible_date_is_none(text: str) -> None:
    assert period_of(f"Họp {text}", _TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nước sạch nông thôn",
        "1.300 hộ",
        "1300",
        "12021",
        "20210",
        "2021,5 tỷ",
        "0,2021",
        "1.202.100",
        "1850",
        "2150",
        "Nghị quyết 52/2020/NQ-CP",
        "tháng 3",
        "ngày 5 tháng 6",
        "quý I",
        "quý V năm",
        "trước đây, sau này, từ đó đến nay",
    ],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert period_of(text, _TODAY) is None


def test_a_year_beside_figures_that_are_none_is_found() -> None:
    assert _asked("12021 hộ và 1.300 xã năm 2021") == "2021-01-01 2021-12-31"


def test_decomposed_text_speaks_of_the_same_time() -> None:
    assert _asked(unicodedata.normalize("NFD", "sau quý II năm 2021")) == "2021-07-01 9999-12-31"


@given(_DATES)
def test_every_day_is_read_back_however_it_is_written(day: datetime.date) -> None:
    spellings = [
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ]
    assert {period_of(spelling, _TODAY) for spelling in spellings} == {Period(day, day)}


@given(_DATES, _DATES)
def test_a_range_holds_its_ends_and_what_comes_before_and_after_it_does_not(
    one: datetime.date, other: datetime.date
) -> None:
    first, last = sorted([one, other])
    between = period_of(f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}", _TODAY)
    before, after = (period_of(f"{word} {first:%d/%m/%Y}", _TODAY) for word in ("trước", "sau"))
    assert between == Period(first, last)
    date = PartialDate(first.year, first.month, first.day)
    assert [bool(period and period.holds(date)) for period in (between, before, after)] == [True, False, False]


@pytest.mark.parametrize(
    ("date", "is_held"),
    [
        ("2020-03-14", False),
        ("2020-03-15", True),
        ("2020-06-01", True),
        ("2020-09-10", True),
        ("2020-09-11", False),
        ("2020-02", False),
        ("2020-03", True),  # may be on or after the 15th
        ("2020-05", True),
        ("2020-09", True),
        ("2020-10", False),
        ("2019", False),
        ("2020", True),
        ("2021", False),
    ],
)
def test_a_period_holds_every_date_that_can_lie_in_it(date: str, is_held: bool) -> None:
    partial = PartialDate.parse(date)
    assert partial is not None
    assert Period(datetime.date(2020, 3, 15), datetime.date(2020, 9, 10)).holds(partial) is is_held


def test_a_period_without_a_beginning_or_an_end_holds_all_before_or_after() -> None:
    before, after = period_of("trước 2021", _TODAY), period_of("sau 2021", _TODAY)
    assert before is not None
    assert after is not None
    dates = [PartialDate(2020, 12, 31), PartialDate(2021), PartialDate(2022, 1)]
    assert [before.holds(date) for date in dates] == [True, False, False]
    assert [after.holds(date) for date in dates] == [False, False, True]


@pytest.mark.parametrize("text", ["31/12/9999", "12/9999", "1/1/0001", "sau tháng 12/9999"])
def test_the_ends_of_the_calendar_do_no_harm(text: str) -> None:
    period_of(text, _TODAY)


@pytest.mark.parametrize(
    "text", ["0/2020", "tháng 0/2020", "quý 5/2023", "2.021 hộ", "từ 2020 đến 31/2/2021", "từ 2022 đến 2020"]
)
def test_what_cannot_be_a_time_is_none(text: str) -> None:
    assert period_of(text, _TODAY) is None


@pytest.mark.parametrize("text", ["thang 9 nam 2020", "ngay 10 thang 9 nam 2020"])
def test_a_date_in_words_needs_no_marks(text: str) -> None:
    period = period_of(text, _TODAY)
    assert period is not None
    assert (period.first.month, period.last.month) == (9, 9)


@pytest.mark.parametrize("text", ["giai đoạn 2021-2025", "từ 2021-2025", "2021–2025", "năm 2021 đến 2025"])
def test_a_span_of_years_is_read_whole(text: str) -> None:
    assert period_of(text, _TODAY) == (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
