"""Questions of the review: what was typed rightly is read as it stands, over the documents that ship."""

import datetime
import unicodedata
from pathlib import Path

import pytest

from index.lessons import Lesson
from index.reading import Reading, Wording
from index.records import Document

_SOURCES = sorted((Path(__file__).parents[2] / "sources").glob("*.md"))
_WORDING = Wording.build(map(Lesson.of, [source.read_text(encoding="utf-8") for source in _SOURCES]), 1)
_NOW = datetime.date(2026, 8, 2)


def _read(typed: str, *provinces: str) -> Reading:
    documents = [Document(name, "Họp", f"{name}.md", "0", "x", provinces=(name,)) for name in provinces]
    return _WORDING.read(typed, documents, now=_NOW)


@pytest.mark.parametrize(
    "question",
    [
        *["chị Lan Anh là ai", "anh Lê Hải Dương", "ông Phan Văn Mãi", "Bà Mai Phương Thảo là ai?", "Ông Lee nói gì?"],
        *["buôn ma thuột", "Buôn Ma Thuột ở đâu?", "krông búk", "Krông Búk", "Pleiku", "pleiku ở đâu"],
        *["a.nguyen@mic.gov.vn", "gửi về a.nguyen@mic.gov.vn", "bao-cao-so-1.docx", "/tin-tuc/", "xem /tin-tuc/ ở đâu"],
        *["https://mic.gov.vn/tin-tuc", "www.chinhphu.vn"],
        *["Samsung", "laptop", "Moon", "Tỉnh mua laptop Samsung chưa?", "max", "robot"],
        *["Cục trưởng nói gì về 5G?", "Ai là người đề nghị?", "AI là gì?", "Số 15/TTr-UBND nói gì?"],
    ],
)
def test_a_question_typed_rightly_is_read_as_it_stands(question: str) -> None:
    assert _read(question).text == question
    assert _read(unicodedata.normalize("NFD", question)).text == question


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tinh dc khuyen nghi j", "tỉnh được khuyến nghị gì"),
        ("tinh co bn xa", "tỉnh có bao nhiêu xã"),
        ("tinh duoc khuyen nghi gi ko?", "tỉnh được khuyến nghị gì không?"),
        ("Tỉnh được khuyến nghị j?", "Tỉnh được khuyến nghị gì?"),
        ("chuyển đổi so", "chuyển đổi số"),
        ("Bộ trưởng noi gi về chuyen đổi số", "Bộ trưởng nói gì về chuyển đổi số"),
        ("Ddoongf Thap", "Đồng Tháp"),
        ("DDoongf Thap", "Đồng Tháp"),
        ("trựcc tuyến", "trực tuyến"),
        ("dịchvụ công", "dịch vụ công"),
    ],
)
def test_what_was_not_typed_rightly_is_read_as_it_was_meant(typed: str, text: str) -> None:
    assert _read(typed).text == text


@pytest.mark.parametrize(
    "question",
    [
        *["chị Lan Anh là ai", "anh Lê Hải Dương", "Nguyễn Hà Nam là ai?", "nguyen ha nam", "ong son la ai"],
        *["Việt Nam định hướng", "an ninh bình thường", "vùng Thái Bình Dương", "viet nam dinh huong gi"],
    ],
)
def test_a_question_that_names_no_province_is_read_without_one(question: str) -> None:
    reading = _read(question, "Hải Dương", "Hà Nam", "Nam Định", "Thái Bình", "Bình Dương")
    assert (reading.provinces, reading.parts, reading.notes) == ((), (), ())


def test_a_number_that_looks_like_a_year_keeps_no_part_of_a_province_out() -> None:
    reading = _read("Cần Thơ có 2000 doanh nghiệp", "Hậu Giang")
    assert (reading.text, reading.parts) == ("Cần Thơ có 2000 doanh nghiệp", ("Hậu Giang",))


def test_a_quarter_of_no_year_does_no_harm() -> None:
    assert _read("quý 1/0000 Cần Thơ làm gì", "Hậu Giang").parts == ("Hậu Giang",)
