"""How a question is read."""

import datetime
import unicodedata
from pathlib import Path

import pytest

from index.lessons import Lesson
from index.reading import Reading, Wording
from index.records import Document

_TEXTS = [
    "Tỉnh đẩy mạnh chuyển đổi số (CĐS) ở xã.",
    "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ) và cấp nước sạch cho nông thôn.",
    "Xã hội hóa đầu tư hạ tầng.",
]
_WORDING = Wording.build(map(Lesson.of, _TEXTS), generation=7)
_NOW = datetime.date(2026, 8, 2)
_SEARCHED = "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang."
_NOT_SEARCHED = "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; câu hỏi nói về thời gian trước đó nên chỉ tìm Cần Thơ."


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


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("CNTT là gì?", "Chữ viết tắt được hiểu: CNTT là công nghệ thông tin."),
        ("nuoc sach, cntt", "Chữ viết tắt được hiểu: cntt là công nghệ thông tin."),
        ("TCNSCĐ là gì?", "Chữ viết tắt được hiểu: TCNSCĐ là tổ công nghệ số cộng đồng."),
        ("CĐS, CNTT, CĐS", "Chữ viết tắt được hiểu: CĐS là chuyển đổi số; CNTT là công nghệ thông tin."),
    ],
)
def test_what_abbreviations_were_taken_for_is_told(typed: str, note: str) -> None:
    assert _read(typed).notes == (note,)


@pytest.mark.parametrize(
    "typed", ["công nghệ thông tin", "CNTT là công nghệ thông tin", "AI LÀ NGƯỜI NÓI?", "15/TTr-UBND", "nuoc sach ko"]
)
def test_where_no_abbreviation_was_spelled_out_nothing_is_told(typed: str) -> None:
    reading = _read(typed)
    assert (reading.spelled_out, reading.notes) == ((), ())


@pytest.mark.parametrize(
    ("typed", "text", "added"),
    [
        ("chuyeenr ddooir soos", "chuyển đổi số", ("chuyeenr", "ddooir", "soos")),
        ("Nuowcs sach", "Nước sạch", ("Nuowcs",)),
        ("nuocsach cho xa", "nước sạch cho xã", ("nuocsach",)),
        ("cấpp nước", "cấp nước", ("cấpp",)),
        ("cap nuoc ko", "cấp nước không", ("ko",)),
        ("Cap nuoc sach", "Cấp nước sạch", ()),  # marks alone
        ("xã hội hoá", "xã hội hóa", ()),
    ],
)
def test_words_whose_letters_were_mended_are_searched_as_typed_as_well(
    typed: str, text: str, added: tuple[str, ...]
) -> None:
    reading = _read(typed)
    assert (reading.text, tuple(name for name in reading.added if name != "CĐS")) == (text, added)


def test_the_embedder_gets_what_is_spelled_out_in_brackets_and_the_words_get_every_name() -> None:
    reading = Reading("CĐS", "CĐS ở 1.300 xã", spelled_out=("chuyển đổi số",), parts=("Hậu Giang",), added=("TP HCM",))
    assert reading.dense_text == "CĐS ở 1300 xã (chuyển đổi số; Hậu Giang)"
    assert reading.also == ("chuyển đổi số", "Hậu Giang", "TP HCM")


def test_the_embedder_gets_the_parts_of_provinces_alone_in_brackets_too() -> None:
    assert Reading("Cần Thơ", "Cần Thơ", parts=("Hậu Giang",)).dense_text == "Cần Thơ (Hậu Giang)"


def test_with_abbreviations_only_added_the_embedder_gets_no_brackets() -> None:
    reading = _read("chuyển đổi số")
    assert (reading.dense_text, reading.also) == ("chuyển đổi số", ("CĐS",))


def test_the_embedder_gets_the_search_form() -> None:
    assert _read("Chi 0.6% ngày 10 tháng 9 năm 2020").dense_text == "Chi 0,6 phần trăm 10/9/2020"


@pytest.mark.parametrize("typed", ["CNTT", "UBND TPHCM", "Bộ KH&CN", "chuyen doi so", "Cần Thơ làm gì?", "AI ở Cà Mau"])
def test_other_names_never_appear_in_the_text(typed: str) -> None:
    reading = _read(typed, "Hậu Giang", "Bạc Liêu", "Bình Dương")
    assert reading.also
    assert not [name for name in reading.also if f" {name} " in f" {reading.text} "]


def test_a_part_of_a_merged_province_is_searched_with_a_note() -> None:
    reading = _read("Cần Thơ làm gì?", "Hậu Giang", "Cà Mau")
    assert reading.text == "Cần Thơ làm gì?"
    assert (reading.spelled_out, reading.parts, reading.added) == ((), ("Hậu Giang",), ())
    assert (reading.provinces, reading.also) == (("Cần Thơ",), ("Hậu Giang",))
    assert reading.notes == (_SEARCHED,)


def test_every_part_with_documents_is_searched_in_the_order_of_the_table() -> None:
    reading = _read("Cần Thơ", "Sóc Trăng", "Hậu Giang", "Cần Thơ")
    assert reading.parts == ("Hậu Giang", "Sóc Trăng")
    assert reading.notes == (_SEARCHED, _SEARCHED.replace("Hậu Giang", "Sóc Trăng"))


def test_a_province_named_by_its_abbreviation_is_recognised_and_both_are_told() -> None:
    reading = _read("TPHCM làm gì?", "Bình Dương")
    assert (reading.provinces, reading.parts) == (("Hồ Chí Minh",), ("Bình Dương",))
    assert reading.spelled_out == ("thành phố Hồ Chí Minh",)
    assert reading.notes == (
        "Chữ viết tắt được hiểu: TPHCM là thành phố Hồ Chí Minh.",
        "Từ ngày 1/7/2025, Bình Dương thuộc Hồ Chí Minh; đã tìm cả ý kiến với Bình Dương.",
    )


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


@pytest.mark.parametrize(
    "when", ["năm 2020", "trước năm 2021", "quý II/2025", "ngày 30/6/2025", "trước 1/7/2025", "đến năm 2024", "Q2/2025"]
)
def test_before_the_merger_only_the_province_of_that_time_is_searched_and_that_is_told(when: str) -> None:
    reading = _read(f"Cần Thơ {when}", "Hậu Giang")
    assert (reading.provinces, reading.parts, reading.also) == (("Cần Thơ",), (), ())
    assert reading.notes == (_NOT_SEARCHED,)


def test_before_the_merger_nothing_is_told_of_a_province_without_documents_of_its_parts() -> None:
    assert _read("Cần Thơ năm 2020", "Cà Mau").notes == ()


@pytest.mark.parametrize(
    "when",
    [
        *["", "năm 2025", "năm nay", "quý III/2025", "ngày 1/7/2025", "từ 2020 đến nay", "sau 2020", "đến năm 2025"],
        *["có 2000 doanh nghiệp", "theo Quyết định 749/QĐ-TTg ngày 3/6/2020", "theo 47/2020/NĐ-CP", "quý 1/0000"],
    ],
)
def test_without_a_time_or_with_one_past_the_merger_the_province_is_that_of_today(when: str) -> None:
    reading = _read(f"Cần Thơ {when}", "Hậu Giang")
    assert (reading.provinces, reading.parts, reading.notes) == (("Cần Thơ",), ("Hậu Giang",), (_SEARCHED,))


def test_the_time_is_relative_to_now() -> None:
    assert _read("Cần Thơ năm nay", "Hậu Giang", now=datetime.date(2020, 5, 1)).notes == (_NOT_SEARCHED,)
    assert _read("Can Tho nam ngoai", "Hậu Giang", now=datetime.date(2025, 12, 1)).notes == (_NOT_SEARCHED,)
    assert _read("Can Tho nam ngoai", "Hậu Giang", now=datetime.date(2026, 1, 1)).notes == (_SEARCHED,)


def test_a_wording_of_no_texts_still_reads() -> None:
    reading = Wording.build(map(Lesson.of, []), 0).read("Nước sạch, CNTT ở xã", now=_NOW)
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
    Wording.build(map(Lesson.of, _TEXTS), 8).save(tmp_path)
    (tmp_path / "aliases.json").write_bytes(learned)
    assert Wording.load(tmp_path, 7) is None
    assert Wording.load(tmp_path, 8) is None


def test_names_that_no_document_holds_are_not_taken_for_others() -> None:
    wording = Wording.build(map(Lesson.of, ["Mở khóa học cho cán bộ", "Tỉnh lập đề án"]), 1)
    asked = "Bộ Khoa học và Công nghệ khuyến nghị gì với tỉnh Kon Tum?"
    assert wording.read(asked).text == asked
