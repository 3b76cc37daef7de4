"""Searching in every mode, and an index that is missing, other or damaged."""

import shutil
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.reading import Wording
from index.search import CATALOG_FILE, LEXICAL_FOLDER, VECTORS_FOLDER, WORDING_FOLDER, Mode, SearchIndex
from tests.index.workshop import Workshop

_MODES: tuple[Mode, ...] = ("dense", "lexical", "fused")


def _fill(shop: Workshop) -> Workshop:
    shop.write("nước.md", "---\ndate: 2021-01\n---\nTỉnh cấp nước sạch cho nông thôn.")
    shop.write("bưu.md", "---\ndate: 2020-05-01\nprovinces: [Hậu Giang]\n---\nBưu chính công ích phục vụ xã.")
    shop.write("mạng.md", "Phủ mạng cáp quang tới thôn, bản.")
    shop.build()
    return shop


@pytest.fixture
def filled(shop: Workshop) -> Workshop:
    """An index that the test may change."""
    return _fill(shop)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The same index, built once for the tests that only read."""
    workshop = _fill(Workshop(tmp_path_factory.mktemp("kept")))
    yield workshop
    workshop.close()


@pytest.mark.parametrize("mode", _MODES)
@pytest.mark.parametrize("query", ["nước sạch nông thôn", "NUOC SACH  nong thon", "nước\u200b sạch nông thôn"])
def test_every_mode_finds_the_passage_however_it_is_typed(kept: Workshop, mode: Mode, query: str) -> None:
    hits = kept.open().search(query, 3, mode)
    assert hits[0].passage.text == "Tỉnh cấp nước sạch cho nông thôn."
    assert hits[0].document.source_name == "nước.md"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_invisible_characters_in_a_question_change_nothing(kept: Workshop) -> None:
    reader = kept.open()
    assert reader.search("nư\u200bớc  sạch", 3) == reader.search("nước sạch", 3)


def test_a_hit_carries_the_scores_it_came_from(kept: Workshop) -> None:
    reader, query = kept.open(), "bưu chính xã"
    dense, lexical, fused = (reader.search(query, 1, mode)[0] for mode in _MODES)
    assert dense.lexical is None
    assert lexical.dense is None
    assert (fused.dense, fused.lexical) == (dense.dense, lexical.lexical)
    assert dense.dense is not None
    assert 0 < dense.dense < 1


def test_the_weight_decides_between_the_halves(kept: Workshop) -> None:
    for weight, mode in ((1.0, "dense"), (0.0, "lexical")):
        only = kept.open().search("thôn bản", 1, "dense" if mode == "dense" else "lexical")
        assert kept.open(weight).search("thôn bản", 1)[0].passage == only[0].passage


def test_unknown_words_find_nothing_lexically_and_leave_the_dense_half(kept: Workshop) -> None:
    reader = kept.open()
    assert reader.search("zzz qqq", 5, "lexical") == []
    assert [hit.lexical for hit in reader.search("zzz qqq", 5)] == [None, None, None]


def test_the_context_of_a_passage_is_searched_with_it(kept: Workshop) -> None:
    assert kept.texts("Hậu Giang") == ["Bưu chính công ích phục vụ xã."]
    assert kept.texts("1/5/2020")[0] == "Bưu chính công ích phục vụ xã."


def test_no_more_than_the_limit(kept: Workshop) -> None:
    assert len(kept.open().search("thôn", 2, "dense")) == 2


def test_documents_and_passages_are_listed_oldest_first(kept: Workshop) -> None:
    reader = kept.open()
    assert [doc.source_name for doc in reader.documents()] == ["mạng.md", "bưu.md", "nước.md"]
    assert [doc.source_name for doc, _ in reader.passages()] == ["mạng.md", "bưu.md", "nước.md"]
    assert reader.document(reader.documents()[0].id) == reader.documents()[0]
    assert reader.document("không có") is None


def test_rare_terms_weigh_more(kept: Workshop) -> None:
    weights = kept.open().rarity(["thon", "buu", "zzz"])
    assert weights["thon"] < weights["buu"] < weights["zzz"]


def test_several_threads_may_search_at_once(kept: Workshop) -> None:
    reader = kept.open()
    queries = ["nước sạch", "bưu chính", "cáp quang"] * 8
    alone = [reader.search(query, 3) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda query: reader.search(query, 3), queries)) == alone


def test_passages_of_a_changed_document_take_the_place_of_the_old(filled: Workshop) -> None:
    reader = filled.open()
    filled.write("nước.md", "Xây cầu đường liên huyện.")
    filled.build()
    for mode in _MODES:
        texts = [hit.passage.text for hit in reader.search("nước sạch cầu đường liên huyện", 9, mode)]
        assert texts[0] == "Xây cầu đường liên huyện."
        assert "Tỉnh cấp nước sạch cho nông thôn." not in texts


def test_a_removed_document_is_no_longer_found(filled: Workshop) -> None:
    reader = filled.open()
    (filled.sources / "nước.md").unlink()
    filled.build()
    for mode in _MODES:
        assert "nước.md" not in [hit.document.source_name for hit in reader.search("nước sạch", 9, mode)]


def test_without_an_index_the_remedy_is_named(shop: Workshop) -> None:
    with pytest.raises(IndexMissingError, match="bot index"):
        shop.open()
    assert not shop.folder.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("embedder", "khác", "mô hình nhúng: «hashing-256» khi lập, «khác» bây giờ"),
        ("passage_chars", 700, "độ dài đoạn: «300» khi lập, «700» bây giờ"),
        ("layout", 3, "cấu trúc chỉ mục: «2» khi lập, «3» bây giờ"),
    ],
)
def test_an_index_with_other_settings_is_not_opened(kept: Workshop, field: str, value: object, message: str) -> None:
    other = replace(kept.settings, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(IndexMismatchError, match=message):
        SearchIndex(kept.folder, kept.encoder, other, 0.5)


def test_a_damaged_catalog_is_reported(filled: Workshop) -> None:
    for path in filled.folder.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    (filled.folder / CATALOG_FILE).write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        filled.open()


def test_a_lexical_index_of_another_generation_is_not_believed(filled: Workshop) -> None:
    old = filled.folder / "cũ"
    shutil.copytree(filled.folder / LEXICAL_FOLDER, old)
    filled.write("nước.md", "Xây cầu đường liên huyện.")
    filled.build()
    shutil.rmtree(filled.folder / LEXICAL_FOLDER)
    old.rename(filled.folder / LEXICAL_FOLDER)
    assert filled.texts("cầu đường") == ["Xây cầu đường liên huyện."]
    assert filled.texts("nước sạch") == []


@pytest.mark.parametrize("name", ["", "ids.json", "vocab.index.json", "data.csc.index.npy"])
def test_a_lexical_index_that_is_lost_or_broken_is_made_again_in_memory(filled: Workshop, name: str) -> None:
    if name:
        path = filled.folder / LEXICAL_FOLDER / name
        path.write_bytes(path.read_bytes()[:-9])  # as a write that was cut short
    else:
        shutil.rmtree(filled.folder / LEXICAL_FOLDER)
    assert filled.texts("bưu chính") == ["Bưu chính công ích phục vụ xã."]


def test_a_vector_the_catalog_does_not_know_is_never_shown(filled: Workshop) -> None:
    reader = filled.open()
    known = reader.search("nước sạch", 9, "dense")
    filled.write("thêm.md", "Nước sạch, nước sạch.")
    filled.build()
    shutil.copytree(filled.folder / VECTORS_FOLDER, filled.folder / "thừa")
    (filled.sources / "thêm.md").unlink()
    filled.build()
    reader.close()
    shutil.rmtree(filled.folder / VECTORS_FOLDER)
    (filled.folder / "thừa").rename(filled.folder / VECTORS_FOLDER)
    ids, stored = filled.stored_ids()
    assert len(stored) == len(ids) + 1
    assert [hit.passage for hit in filled.open().search("nước sạch", 9, "dense")] == [hit.passage for hit in known]


_MERGED_NOTE = "Từ ngày 1/7/2025, Hậu Giang thuộc Cần Thơ; đã tìm cả ý kiến với Hậu Giang."


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
    assert worded.open().read("Cần Thơ năm 2020").notes == ()
    assert worded.texts("Cần Thơ năm 2020") == []


@pytest.mark.parametrize("question", ["TCNSCĐ", "AI", "cong nghe thong tin", "Cần Thơ", "Bộ KH&CN ở Cần Thơ"])
def test_other_names_are_searched_but_never_part_of_what_was_understood(worded: Workshop, question: str) -> None:
    reading = worded.open().read(question)
    assert reading.also
    assert not [name for name in reading.also if name in reading.text]


def test_other_names_that_the_collection_does_not_hold_are_left_out(worded: Workshop) -> None:
    assert worded.open().read("CNTT và UBND").also == ()
    assert worded.open().read("trí tuệ nhân tạo").also == ()
    assert worded.open().read("công nghệ thông tin").also == ("CNTT",)


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
    Wording.build(["Nuộc sách (NS)."], generation).save(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach").text == "nuộc sách"


def test_a_wording_of_another_generation_is_made_again_in_memory(filled: Workshop) -> None:
    generation = filled.open().generation
    Wording.build(["Nuộc sách (NS)."], generation + 1).save(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach").text == "nước sạch"


def test_an_open_reader_renews_its_wording_after_a_document_changed(filled: Workshop) -> None:
    reader = filled.open()
    assert reader.read("xay cau").text == "xay cau"
    assert reader.read("Cần Thơ").notes == (_MERGED_NOTE,)
    filled.write("nước.md", "Xây cầu đường liên huyện (CĐLH).")
    (filled.sources / "bưu.md").unlink()
    filled.build()
    assert reader.read("xay cau").text == "xây cầu"
    assert reader.read("CĐLH ở đâu?").spelled_out == ("cầu đường liên huyện",)
    assert reader.read("Cần Thơ").notes == ()


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b"[1, [1]]", b"\xff\xfe", b"\x00" * 99])
@pytest.mark.parametrize("name", ["aliases.json", "restore.npz"])
def test_a_wording_file_that_is_lost_or_damaged_does_no_harm(
    filled: Workshop, name: str, content: bytes | None
) -> None:
    path = filled.folder / WORDING_FOLDER / name
    path.unlink() if content is None else path.write_bytes(content)
    assert filled.open().read("nuoc sach cho nong thon").text == "nước sạch cho nông thôn"
    filled.build()
    assert Wording.load(filled.folder / WORDING_FOLDER, filled.open().generation) is not None


def test_a_wording_folder_that_is_lost_does_no_harm(filled: Workshop) -> None:
    shutil.rmtree(filled.folder / WORDING_FOLDER)
    assert filled.open().read("nuoc sach cho nong thon").text == "nước sạch cho nông thôn"
