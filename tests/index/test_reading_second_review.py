"""What a second look at the reading found: each was read wrongly once."""

import datetime

import pytest

from index.aliases import shorthand
from index.periods import Period, period_of
from index.provinces import named_in
from index.restore import Restorer

_TODAY = datetime.date(2026, 8, 2)
_RESTORER = Restorer.build(
    ["Đồng Tháp có số hộ liệt kê theo tin tức", "Tỷ số cả nước do Bộ nêu", "con số đó cao hay thấp so với cả nước"]
)


@pytest.mark.parametrize("between", [" - ", "/", ", ", " và "])
def test_a_province_that_ends_like_a_surname_hides_no_other(between: str) -> None:
    assert named_in(f"Hải Dương{between}Hà Nam") == ["Hải Dương", "Hà Nam"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("văn bản nào ban hành trước ngày 1/7/2025", datetime.date(2025, 6, 30)),
        ("Kế hoạch phát triển viễn thông trước ngày 30/6/2021", datetime.date(2021, 6, 29)),
        ("thông báo họp ngày 5/5/2020", datetime.date(2020, 5, 5)),
        ("từ Q1/2023 tới Q3/2023", datetime.date(2023, 9, 30)),
    ],
)
def test_a_time_beside_the_name_of_a_document_counts(text: str, last: datetime.date) -> None:
    period = period_of(text, _TODAY)
    assert period is not None
    assert period.last == last


@pytest.mark.parametrize(
    "text",
    [
        "hỗ trợ 1000-2000 hộ",
        "2000 doanh nghiệp ở Cần Thơ",
        "trong 2000 hộ",
        "Quyết định số 749/QĐ-TTg ngày 3/6/2020",
        "Nghị quyết 52-NQ/TW, ngày 27/9/2019",
        "12/2021/TT-BTTTT ngày 1/11/2021",
    ],
)
def test_a_count_and_the_date_of_a_cited_document_are_no_time(text: str) -> None:
    assert period_of(text, _TODAY) is None


def test_a_year_alone_is_the_year() -> None:
    assert period_of("2021", _TODAY) == Period(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))


@pytest.mark.parametrize("text", ["dong-thap.PDF", "so-lieu.XLSX", "(/tin-tuc/)", "max list", "so.tin@mic.gov.vn"])
def test_names_of_files_addresses_and_foreign_words_stay(text: str) -> None:
    assert _RESTORER.restore(text) == text


@pytest.mark.parametrize("text", ["Tỷ số ấy cao hay thấp so với cả nước?", "Số hộ ấy được nêu do Bộ trưởng chủ trì"])
def test_a_word_without_a_mark_stays_in_a_question_that_has_them_all(text: str) -> None:
    assert _RESTORER.restore(text) == text


def test_a_weight_is_no_denial() -> None:
    assert shorthand("5 kg") == "5 kg"
