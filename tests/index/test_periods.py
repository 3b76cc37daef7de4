"""The time a question speaks of."""

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.periods import Period, period_of

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
        ("quý III-2022", "2022-07-01", "2022-09-30"),
        ("quý 2-2022", "2022-04-01", "2022-06-30"),
        ("Q1/2023", "2023-01-01", "2023-03-31"),
        ("q4/2023", "2023-10-01", "2023-12-31"),
        ("Q2-2023", "2023-04-01", "2023-06-30"),
        ("Q3 2023", "2023-07-01", "2023-09-30"),
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
        ("đến năm 2025", _EVER, "2025-12-31"),
        ("đến 2025", _EVER, "2025-12-31"),
        ("den nam 2025", _EVER, "2025-12-31"),
        ("tới năm 2025", _EVER, "2025-12-31"),
        ("đến tháng 6/2021", _EVER, "2021-06-30"),
        ("đến quý II/2021", _EVER, "2021-06-30"),
        ("đến ngày 10/9/2020", _EVER, "2020-09-10"),
        ("đến năm nay", _EVER, "2026-12-31"),
    ],
)
def test_before_after_since_and_until(text: str, first: str, last: str) -> None:
    assert _asked(f"Ý kiến {text} là gì?") == f"{first} {last}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *[(f"{word} 2021", "2021-01-01", "2021-12-31") for word in ("năm", "nam", "trong", "đầu", "giữa", "cuối")],
        *[(f"{word} 2021", "2021-01-01", "2021-12-31") for word in ("giai đoạn", "niên khóa", "niên khoá")],
        ("(2021) có gì", "2021-01-01", "2021-12-31"),
        ("kế hoạch (2021-2023)", "2021-01-01", "2023-12-31"),
        ("trước 2021", _EVER, "2020-12-31"),
        ("sau 2021", "2022-01-01", _NEVER_ENDING),
        ("từ 2021", "2021-01-01", _NEVER_ENDING),
        ("đến 2021", _EVER, "2021-12-31"),
        ("tới 2021", _EVER, "2021-12-31"),
        ("kết quả 2021-2025", "2021-01-01", "2025-12-31"),
        ("kết quả 2021 - 2025", "2021-01-01", "2025-12-31"),
        ("kết quả 2021 – 2025", "2021-01-01", "2025-12-31"),
    ],
)
def test_four_figures_are_a_year_where_the_text_says_so(text: str, first: str, last: str) -> None:
    assert _asked(f"Tỉnh đạt {text}") == f"{first} {last}"


@pytest.mark.parametrize("text", ["2021 có gì?", "2021", " 2021: đề án nào"])
def test_four_figures_at_the_start_of_the_text_are_a_year(text: str) -> None:
    assert _asked(text) == "2021-01-01 2021-12-31"


@pytest.mark.parametrize(
    "text",
    [
        *["Cần Thơ có 2000 doanh nghiệp", "khoảng 2020 xã", "hơn 2000 hộ", "số 2025", "chi 2021 tỷ", "đạt 1999"],
        *["có 2000, 2021 hộ", "tỉnh 2021", "hỗ trợ 2000-3000 hộ"],
    ],
)
def test_four_figures_elsewhere_are_a_number(text: str) -> None:
    assert period_of(text, _TODAY) is None


def test_a_year_behind_a_number_that_looks_like_one_is_found() -> None:
    assert _asked("Cần Thơ có 2000 doanh nghiệp năm 2021") == "2021-01-01 2021-12-31"


@pytest.mark.parametrize(
    "cited",
    [
        "Quyết định 749/QĐ-TTg ngày 3/6/2020",
        "quyết định số 749/QĐ-TTg, ngày 03/06/2020",
        "Quyết định số 749 ngày 3 tháng 6 năm 2020",
        "quyet dinh 749/QD-TTg ngay 3/6/2020",
        "Nghị quyết 52-NQ/TW ngày 27/9/2019",
        "Nghị định 47/2020/NĐ-CP ngày 9/4/2020",
        "Thông tư 12/2022/TT-BTTTT ngày 12/8/2022",
        "Chỉ thị 01/CT-BTTTT ngày 11-01-2022",
        "Công văn 1204 ngày 7.4.2020",
        "Kế hoạch 12/KH-UBND ngày 5/3/2021",
        "749/QĐ-TTg ngày 3/6/2020",
        "749/QĐ-TTg 3/6/2020",
        "47/2020/NĐ-CP",
        "Luật số 67 ngày 29/6/2006",
    ],
)
def test_the_date_of_a_cited_document_is_not_the_time_asked_for(cited: str) -> None:
    assert _asked(f"{cited} nói gì?") == _asked(f"Theo {cited}") == ""
    assert _asked(f"{cited} được làm thế nào trong năm 2023?") == "2023-01-01 2023-12-31"
    assert _asked(f"Năm 2023 tỉnh làm {cited} thế nào?") == "2023-01-01 2023-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "họp ngày 3/6/2020 về Quyết định 749",
        "theo kế hoạch, họp ngày 3/6/2020",
        "Có quyết định chưa? Họp 3/6/2020",
        "ngày 3/6/2020 có nghị quyết",
        "họp 3/6/2020, Quyết định 749/QĐ-TTg ngày 1/2/2019",
    ],
)
def test_a_date_apart_from_a_cited_document_is_the_time_asked_for(text: str) -> None:
    assert _asked(text) == "2020-06-03 2020-06-03"


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
        ("giai đoạn từ 2021 đến 2025", "2021-01-01", "2025-12-31"),
        ("từ Q1/2023 tới quý III/2023", "2023-01-01", "2023-09-30"),
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
def test_a_range_goes_from_its_first_day_to_its_last(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted([one, other])
    assert period_of(f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}", _TODAY) == Period(first, last)
    assert period_of(f"{first:%d/%m/%Y} - {last:%d/%m/%Y}", _TODAY) == Period(first, last)


@given(_DATES)
def test_before_after_since_and_until_a_day_share_no_more_than_the_day(day: datetime.date) -> None:
    one = datetime.timedelta(days=1)
    assert period_of(f"trước {day:%d/%m/%Y}", _TODAY) == Period(datetime.date.min, day - one)
    assert period_of(f"đến {day:%d/%m/%Y}", _TODAY) == Period(datetime.date.min, day)
    assert period_of(f"từ {day:%d/%m/%Y}", _TODAY) == Period(day, datetime.date.max)
    assert period_of(f"sau {day:%d/%m/%Y}", _TODAY) == Period(day + one, datetime.date.max)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("31/12/9999", "9999-12-31 9999-12-31"),
        ("12/9999", "9999-12-01 9999-12-31"),
        ("quý 4/9999", "9999-10-01 9999-12-31"),
        ("1/1/0001", "0001-01-01 0001-01-01"),
        ("quý I/0001", "0001-01-01 0001-03-31"),
        ("sau tháng 12/9999", ""),
        ("sau quý IV/9999", ""),
        ("trước 1/1/0001", ""),
        ("trước quý 1/0001", ""),
        ("quý 1/0000", ""),
        ("trước quý 1/0000", ""),
        ("quý IV năm 0000", ""),
        ("từ quý 1/0000 đến nay", ""),
        ("từ 2020 đến quý 1/0000", ""),
        ("tháng 1/0000", ""),
    ],
)
def test_the_ends_of_the_calendar_do_no_harm(text: str, period: str) -> None:
    assert _asked(text) == period


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
