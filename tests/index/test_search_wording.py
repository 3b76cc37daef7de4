"""Searching what was understood: readings, other names, and the files that they come from."""

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.catalog import CATALOG_FILE
from index.errors import IndexMissingError
from index.lessons import Lesson
from index.reading import Wording
from index.search import WORDING_FOLDER, Mode
from tests.index.workshop import Workshop

_MODES: tuple[Mode, ...] = ("dense", "lexical", "fused")
_MERGED_NOTE = "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang."
_BEFORE_NOTE = "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; câu hỏi nói về thời gian trước đó nên chỉ tìm Cần Thơ."


def _fill_for_readings(shop: Workshop) -> Workshop:
    shop.write("đề-án.md", "Sở lập đề án CNTT.")
    shop.write("học.md", "Dạy trí tuệ nhân tạo ở trường.")
    shop.write("tổ.md", "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ).")
    shop.write("nhóm.md", "TCNSCĐ giúp bà con bán hàng.")
    shop.write("bưu.md", "---\nprovinces: [Hậu Giang]\n---\nBưu chính công ích phục vụ bà con.")
    shop.write("điện.md", "Xã hội hóa đầu tư lưới điện, chi 1.300 tỷ đồng.")
    shop.build()
    return shop


@pytest.fixture(scope="module")
def worded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """An index with abbreviations and a merged province, for the tests that only read."""
    workshop = _fill_for_readings(Workshop(tmp_path_factory.mktemp("worded")))
    yield workshop
    workshop.close()


def test_a_question_without_diacritics_is_read_with_them(worded: Workshop) -> None:
    reading = worded.open().read("xa hoi hoa dau tu luoi dien")
    assert reading.text == "xã hội hóa đầu tư lưới điện"
    assert reading.typed == "xa hoi hoa dau tu luoi dien"


def test_a_reading_searched_exactly_stays_as_it_was_typed(worded: Workshop) -> None:
    reader = worded.open()
    exact = reader.read("CNTT  can tho", exact=True)
    assert (exact.text, exact.also, exact.notes) == ("CNTT can tho", (), ())
    assert [hit.passage.text for hit in reader.search(exact, 9, "lexical")] == ["Sở lập đề án CNTT."]
    assert reader.search(reader.read("TCNSC", exact=True), 9, "lexical") == []


@pytest.mark.parametrize("mode", _MODES)
def test_a_question_and_its_reading_find_the_same(worded: Workshop, mode: Mode) -> None:
    reader = worded.open()
    for question in ("TCNSCĐ", "luoi dien", "Cần Thơ"):
        assert reader.search(reader.read(question), 9, mode) == reader.search(question, 9, mode)


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize(
    "question",
    [unicodedata.normalize("NFD", "Xã hội hóa lưới điện"), "Xã hội hoá lưới điện", "Xã  hội hóa\u200b lưới điện"],
)
def test_ways_of_typing_the_same_give_exactly_the_same_ranking(worded: Workshop, mode: Mode, question: str) -> None:
    reader = worded.open()
    assert reader.search(question, 9, mode) == reader.search("Xã hội hóa lưới điện", 9, mode)


@pytest.mark.parametrize("mode", _MODES)
def test_figures_may_be_typed_with_or_without_a_point(worded: Workshop, mode: Mode) -> None:
    reader = worded.open()
    assert reader.search("chi 1300 tỷ", 9, mode) == reader.search("chi 1.300 tỷ", 9, mode)


def test_documents_typed_in_several_ways_are_found_alike(tmp_path: Path) -> None:
    text = "Xã hội hóa đầu tư lưới điện, chi 1.300 tỷ đồng."
    ways = [text, unicodedata.normalize("NFD", text), text.replace("hóa", "hoá"), text.replace("1.300", "1300")]
    found = []
    for number, way in enumerate(ways):
        shop = Workshop(tmp_path / str(number))
        shop.write("a.md", way)
        shop.write("b.md", "Nước sạch, đầu tư cho xã.")
        shop.build()
        hits = shop.open().search("xã hội hóa lưới điện 1.300", 9)
        found.append([(hit.document.source_name, hit.score, hit.dense, hit.lexical) for hit in hits])
        shop.close()
    assert found == [found[0]] * len(ways)


_FULL, _SHORT = "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ).", "TCNSCĐ giúp bà con bán hàng."


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("công nghệ thông tin", {"Sở lập đề án CNTT."}),
        ("cong nghe thong tin", {"Sở lập đề án CNTT."}),
        ("AI?", {"Dạy trí tuệ nhân tạo ở trường."}),
        ("to cong nghe so cong dong", {_FULL, _SHORT}),
    ],
)
def test_an_abbreviation_finds_the_full_name_and_the_other_way_round(
    worded: Workshop, question: str, passages: set[str]
) -> None:
    reader = worded.open()
    exact = reader.search(reader.read(question, exact=True), 9, "lexical")
    assert passages <= set(worded.texts(question))
    assert not passages <= {hit.passage.text for hit in exact}


def test_what_was_typed_counts_for_more_than_another_name(shop: Workshop) -> None:
    shop.write("ngắn.md", "Phủ QLNN.")
    shop.write("dài.md", "Phủ quản lý nhà nước.")
    shop.build()
    assert shop.texts("quản lý nhà nước") == ["Phủ quản lý nhà nước.", "Phủ QLNN."]


def test_a_question_about_a_merged_province_finds_what_was_said_to_its_parts(worded: Workshop) -> None:
    assert worded.open().read("Cần Thơ").notes == (_MERGED_NOTE,)
    assert worded.texts("Cần Thơ") == ["Bưu chính công ích phục vụ bà con."]
    assert worded.texts("tp can tho") == ["Bưu chính công ích phục vụ bà con."]


def test_a_question_about_a_province_before_the_merger_means_that_province(worded: Workshop) -> None:
    reading = worded.open().read("Cần Thơ năm 2020")
    assert (reading.parts, reading.notes) == ((), (_BEFORE_NOTE,))
    assert worded.texts("Cần Thơ năm 2020") == []


@pytest.mark.parametrize("question", ["TCNSCĐ", "AI", "cong nghe thong tin", "Cần Thơ", "Bộ KH&CN ở Cần Thơ"])
def test_other_names_are_searched_but_never_part_of_what_was_understood(worded: Workshop, question: str) -> None:
    reading = worded.open().read(question)
    assert reading.also
    assert not [name for name in reading.also if name in reading.text]


def test_other_names_that_the_collection_does_not_hold_are_left_out(worded: Workshop) -> None:
    reading = worded.open().read("CNTT và UBND")
    assert (reading.also, len(reading.notes)) == ((), 1)  # what they were taken for is told all the same
    assert worded.open().read("trí tuệ nhân tạo").also == ()
    assert worded.open().read("công nghệ thông tin").also == ("CNTT",)


def test_a_part_of_a_province_and_a_word_as_typed_are_searched_beside_what_was_understood(shop: Workshop) -> None:
    shop.write("điện.md", "---\nprovinces: [Hậu Giang]\n---\nLắp nguồn dc 12V ở trạm.")
    shop.write("khác.md", "Họp giao ban.")
    shop.build()
    reading = shop.open().read("Cần Thơ lắp nguồn dc, hop ntn?")
    assert reading.text == "Cần Thơ lắp nguồn được, họp như thế nào?"
    assert (reading.parts, reading.added) == (("Hậu Giang",), ("dc",))  # the collection does not hold "ntn"
    assert shop.texts("dc") == ["Lắp nguồn dc 12V ở trạm."]


def test_terms_are_known_when_a_passage_or_its_context_holds_them(worded: Workshop) -> None:
    reader = worded.open()
    assert [reader.is_known(term) for term in ("cntt", "hau_giang", "luoi", "can_tho")] == [True, True, True, False]


def test_without_documents_a_question_is_not_read(shop: Workshop) -> None:
    path = shop.write("a.md", "Nước sạch.")
    shop.build()
    path.unlink()
    shop.build()
    with pytest.raises(IndexMissingError, match="bot index"):
        shop.open().read("nuoc sach")


def test_a_new_reader_uses_the_saved_wording(filled: Workshop) -> None:
    generation = filled.open().generation
    Wording.build(map(Lesson.of, ["Nuộc sách (NS)."]), generation).save(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach").text == "nuộc sách"


def test_a_wording_of_another_generation_is_made_again_in_memory(filled: Workshop) -> None:
    generation = filled.open().generation
    Wording.build(map(Lesson.of, ["Nuộc sách (NS)."]), generation + 1).save(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach").text == "nước sạch"


def test_an_open_reader_renews_its_wording_after_a_document_changed(filled: Workshop) -> None:
    reader = filled.open()
    assert reader.read("vet kenh").text == "vet kenh"
    assert reader.read("Cần Thơ").notes == (_MERGED_NOTE,)
    filled.write("nước.md", "Vét kênh đường liên huyện (KĐLH).")
    (filled.sources / "bưu.md").unlink()
    filled.build()
    assert reader.read("vet kenh").text == "vét kênh"
    assert reader.read("KĐLH ở đâu?").spelled_out == ("kênh đường liên huyện",)
    assert reader.read("Cần Thơ").notes == ()


@pytest.mark.parametrize("name", ["aliases.json", "restore.npz"])
def test_a_wording_file_that_is_lost_or_damaged_does_no_harm(filled: Workshop, name: str) -> None:
    path = filled.folder / WORDING_FOLDER / name
    whole = path.read_bytes()
    cut_short = [whole[:-cut] for cut in (9, 30, 500)]
    for content in (None, b"", b"[]", b"{", b"[1, [1]]", b"\xff\xfe", b"\x00" * 99, *cut_short):
        path.unlink() if content is None else path.write_bytes(content)
        assert filled.open().read("nuoc sach cho nong thon").text == "nước sạch cho nông thôn"
        filled.build()
        assert Wording.load(filled.folder / WORDING_FOLDER, filled.open().generation) is not None


def test_a_wording_folder_that_is_lost_does_no_harm(filled: Workshop) -> None:
    shutil.rmtree(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach cho nong thon").text == "nước sạch cho nông thôn"


@pytest.mark.parametrize("rebuild", [True, False])
def test_a_new_catalog_does_not_believe_what_was_derived_from_the_lost_one(shop: Workshop, rebuild: bool) -> None:
    shop.write("a.md", "Nước sạch nông thôn.")
    shop.build()
    shop.close()
    for path in shop.folder.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    shop.write("a.md", "Nuộc sách.")
    shop.build(rebuild=rebuild)
    assert shop.open().read("nuoc sach").text == "nuộc sách"
    assert shop.texts("nuộc sách") == ["Nuộc sách."]
