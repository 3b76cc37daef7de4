"""How a question is read."""

import datetime
import unicodedata
from pathlib import Path

import pytest

from index.periods import Period
from index.reading import Reading, Wording
from index.records import Document

_TEXTS = [
    "Tỉnh đẩy mạnh chuyển đổi số (CĐS) ở xã.",
    "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ) và cấp nước sạch cho nông thôn.",
    "Xã hội hóa đầu tư hạ tầng.",
]
_WORDING = Wording.build(_TEXTS, generation=7)
_NOW = datetime.date(2026, 8, 2)


def _documents(*provinces: str) -> list[Document]:
    return [Document(name, "Họp", f"{name}.md", "0", "x", provinces=(name,)) for name in provinces]


def _read(typed: str, *provinces: str, now: datetime.date = _NOW) -> Reading:
    return _WORDING.read(typed, _documents(*provinces), now=now)


def test_a_question_in_order_is_read_as_it_stands() -> None:
    question = "Cấp nước sạch cho nông thôn"
    reading = _read(question)
    assert reading == Reading(typed=question, text=question)
    assert (reading.dense_text, reading.also) == (question, ())


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("day manh chuyen doi so", "đẩy mạnh chuyển đổi số"),
        ("NUOC SACH", "NƯỚC SẠCH"),
        ("Cap nuoc sach", "Cấp nước sạch"),
        ("chuyeenr ddooir soos", "chuyển đổi số"),
        ("xã hội hoá", "xã hội hóa"),
        ("  nước\u200b   sạch ", "nước sạch"),
        (unicodedata.normalize("NFD", "nước sạch"), "nước sạch"),
    ],
)
def test_what_was_meant_is_read_and_what_was_typed_is_kept(typed: str, text: str) -> None:
    reading = _read(typed)
    assert (reading.typed, reading.text) == (typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("day manh CDS tinh can tho nam 2021", None), ("xã  hội hoá", "xã hội hóa"), ("TP.HCM năm ngoái", None)],
)
def test_an_exact_reading_is_brought_into_normal_form_and_nothing_else(typed: str, text: str | None) -> None:
    exact = _WORDING.read(typed, _documents("Hậu Giang"), exact=True, now=_NOW)
    assert exact == Reading(typed=typed, text=text or typed)


def test_abbreviations_of_the_table_and_of_the_collection_are_spelled_out() -> None:
    assert _read("CNTT là gì?").spelled_out == ("công nghệ thông tin",)
    assert _read("TCNSCĐ là gì?").spelled_out == ("tổ công nghệ số cộng đồng",)
    assert _read("tổ công nghệ số cộng đồng").added == ("TCNSCĐ",)


def test_abbreviations_are_found_in_what_was_meant_not_in_what_was_typed() -> None:
    assert _read("to cong nghe so cong dong").added == ("TCNSCĐ",)


def test_the_embedder_gets_what_is_spelled_out_in_brackets_and_the_words_get_every_name() -> None:
    reading = Reading("CĐS", "CĐS ở 1.300 xã", spelled_out=("chuyển đổi số", "Hậu Giang"), added=("TP HCM",))
    assert reading.dense_text == "CĐS ở 1300 xã (chuyển đổi số; Hậu Giang)"
    assert reading.also == ("chuyển đổi số", "Hậu Giang", "TP HCM")


def test_with_abbreviations_only_added_the_embedder_gets_no_brackets() -> None:
    reading = _read("chuyển đổi số")
    assert (reading.dense_text, reading.also) == ("chuyển đổi số", ("CĐS",))


def test_the_embedder_gets_the_search_form() -> None:
    assert _read("Chi 0.6% ngày 10 tháng 9 năm 2020").dense_text == "Chi 0,6 phần trăm 10/9/2020"


@pytest.mark.parametrize("typed", ["CNTT", "UBND TPHCM", "Bộ KH&CN", "chuyen doi so", "Cần Thơ làm gì?", "AI ở Cà Mau"])
def test_other_names_never_appear_in_the_text(typed: str) -> None:
    reading = _read(typed, "Hậu Giang", "Bạc Liêu", "Bình Dương")
    assert reading.also
    assert not [name for name in reading.also if name in reading.text]


def test_a_part_of_a_merged_province_is_added_with_a_note() -> None:
    reading = _read("Cần Thơ làm gì?", "Hậu Giang", "Cà Mau")
    assert reading.text == "Cần Thơ làm gì?"
    assert (reading.spelled_out, reading.added) == (("Hậu Giang",), ())
    assert reading.provinces == ("Cần Thơ", "Hậu Giang")
    assert reading.notes == ("Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang.",)


def test_every_part_with_documents_is_added_in_the_order_of_the_table() -> None:
    assert _read("Cần Thơ", "Sóc Trăng", "Hậu Giang", "Cần Thơ").spelled_out == ("Hậu Giang", "Sóc Trăng")


def test_a_province_named_by_its_abbreviation_is_recognised() -> None:
    reading = _read("TPHCM làm gì?", "Bình Dương")
    assert reading.provinces == ("Hồ Chí Minh", "Bình Dương")
    assert "Bình Dương" in reading.spelled_out


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("Cần Thơ làm gì?", "Cà Mau"),  # no document of a part
        ("Cần Thơ làm gì?", "Cần Thơ"),
        ("Hậu Giang làm gì?", "Cần Thơ"),  # a part is not the whole
        ("Cần Thơ và Hậu Giang", "Hậu Giang"),  # named already
        ("Nghệ An làm gì?", "Nghệ An"),  # not merged
        ("Nước sạch", "Hậu Giang"),
    ],
)
def test_otherwise_no_province_is_added(typed: str, held: str) -> None:
    reading = _read(typed, held)
    assert reading.notes == ()
    assert held not in reading.also


@pytest.mark.parametrize("when", ["năm 2020", "trước năm 2021", "quý II/2025", "ngày 30/6/2025", "trước 1/7/2025"])
def test_before_the_merger_the_name_means_the_province_of_that_time(when: str) -> None:
    reading = _read(f"Cần Thơ {when}", "Hậu Giang")
    assert reading.provinces == ("Cần Thơ",)
    assert reading.also == reading.notes == ()


@pytest.mark.parametrize(
    "when", ["", "năm 2025", "năm nay", "quý III/2025", "ngày 1/7/2025", "từ 2020 đến nay", "sau 2020"]
)
def test_a_time_that_reaches_past_the_merger_means_the_province_of_today(when: str) -> None:
    assert _read(f"Cần Thơ {when}", "Hậu Giang").provinces == ("Cần Thơ", "Hậu Giang")


def test_the_period_is_that_of_the_question_relative_to_now() -> None:
    assert _read("nước sạch").period is None
    assert _read("nước sạch 2021").period == Period(datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    assert _read("nuoc sach nam ngoai").period == Period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert _read("Cần Thơ năm nay", "Hậu Giang", now=datetime.date(2020, 5, 1)).notes == ()


def test_a_wording_of_no_texts_still_reads() -> None:
    reading = Wording.build([], 0).read("Nước sạch, CNTT ở xã", now=_NOW)
    assert (reading.text, reading.spelled_out) == ("Nước sạch, CNTT ở xã", ("công nghệ thông tin",))


@pytest.mark.parametrize("typed", ["", " \n", "…?!", "\u200b"])
def test_a_question_without_words_is_read(typed: str) -> None:
    assert _read(typed, "Hậu Giang").also == ()


def test_a_saved_wording_reads_as_before_and_leaves_nothing_beside(tmp_path: Path) -> None:
    folder = tmp_path / "lời" / "văn"
    _WORDING.save(folder)
    _WORDING.save(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["aliases.json", "restore.npz"]
    loaded = Wording.load(folder, 7)
    assert loaded is not None
    assert loaded.generation == 7
    for typed in ("day manh chuyen doi so", "TCNSCĐ", "Cần Thơ"):
        assert loaded.read(typed, _documents("Hậu Giang"), now=_NOW) == _read(typed, "Hậu Giang")


def test_a_wording_of_another_generation_or_of_two_is_none(tmp_path: Path) -> None:
    assert Wording.load(tmp_path, 7) is None
    _WORDING.save(tmp_path)
    assert Wording.load(tmp_path, 8) is None
    learned = (tmp_path / "aliases.json").read_bytes()
    Wording.build(_TEXTS, 8).save(tmp_path)
    (tmp_path / "aliases.json").write_bytes(learned)
    assert Wording.load(tmp_path, 7) is None
    assert Wording.load(tmp_path, 8) is None


def test_names_that_no_document_holds_are_not_taken_for_others() -> None:
    wording = Wording.build(["Mở khóa học cho cán bộ", "Tỉnh lập đề án"], 1)
    asked = "Bộ Khoa học và Công nghệ khuyến nghị gì với tỉnh Kon Tum?"
    assert wording.read(asked).text == asked
