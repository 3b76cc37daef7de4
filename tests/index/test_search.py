"""Searching in every mode, and an index that is missing, other or damaged."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.catalog import CATALOG_FILE
from index.corrections import Correction, Corrections, quote_digest
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.lexical import LexicalIndex
from index.register import Wanted
from index.search import LEXICAL_FILE, VECTORS_FOLDER, Mode, SearchIndex
from tests.index.workshop import Workshop, fill

_MODES: tuple[Mode, ...] = ("dense", "lexical", "fused")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """The same index, built once for the tests that only read."""
    workshop = fill(Workshop(tmp_path_factory.mktemp("kept")))
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


def test_a_document_taken_out_is_gone_at_once_for_an_open_reader(filled: Workshop) -> None:
    reader = filled.open()
    before = reader.search("bưu chính công ích", 9)
    assert before[0].document.id == "buu"
    assert filled.remove("buu") == ["bưu.md"]
    for mode in _MODES:
        assert "buu" not in [hit.document.id for hit in reader.search("bưu chính công ích", 9, mode)]
    assert (reader.document("buu"), reader.is_known("buu")) == (None, False)
    assert "bưu.md" not in [document.source_name for document in reader.documents()]


def test_the_headings_above_a_place_are_told(shop: Workshop) -> None:
    text = "# Họp\n\n## Hạ tầng\n\nBộ khuyến nghị phủ sóng.\n\n## Dữ liệu\n\nBộ khuyến nghị mở kho.\n"
    shop.write("họp.md", text)
    shop.build()
    reader = shop.open()
    (document,) = reader.documents()
    told = [reader.heading_at(document.id, document.text.index(word)) for word in ("phủ sóng", "mở kho")]
    assert [heading.rsplit(" › ", 1)[-1] for heading in told] == ["Hạ tầng", "Dữ liệu"]
    assert reader.heading_at("khác", 0) == reader.heading_at(document.id, 10**6) == ""


def test_the_register_of_an_open_index_follows_the_documents_and_the_corrections(shop: Workshop) -> None:
    def said() -> list[tuple[str, str]]:
        lines = reader.register(Corrections(shop.folder / "c.jsonl"), 0.5).lines(Wanted())
        return [(line.statement.text, line.statement.kind) for line in lines]

    quote = "Bộ trưởng đề nghị tỉnh Cà Mau mở kho dữ liệu."
    path = shop.write("họp.md", f"{quote}\n")
    shop.build()
    reader = shop.open()
    assert said() == [(quote, "recommendation")]
    change = Correction(path.as_posix(), quote_digest(quote), 0, (("kind", "opinion"),), "", "2026")
    Corrections(shop.folder / "c.jsonl").add(change)
    assert said() == [(quote, "opinion")]
    shop.write("họp.md", "Tỉnh Cà Mau cam kết dựng trạm phát sóng.\n")
    shop.build()
    assert [text for text, _ in said()] == ["Tỉnh Cà Mau cam kết dựng trạm phát sóng."]


def test_without_an_index_the_remedy_is_named(shop: Workshop) -> None:
    with pytest.raises(IndexMissingError, match="bot index"):
        shop.open()
    assert not shop.folder.exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("embedder", "khác", "mô hình nhúng: «hashing-256» khi lập, «khác» bây giờ"),
        ("passage_chars", 700, "độ dài đoạn: «300» khi lập, «700» bây giờ"),
        ("layout", 7, "cấu trúc chỉ mục: «6» khi lập, «7» bây giờ"),
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
    shutil.copy(filled.folder / LEXICAL_FILE, old)
    filled.write("nước.md", "Xây cầu đường liên huyện.")
    filled.build()
    old.replace(filled.folder / LEXICAL_FILE)
    assert filled.texts("cầu đường") == ["Xây cầu đường liên huyện."]
    assert filled.texts("nước sạch") == []


def test_a_lexical_index_that_is_lost_or_broken_is_made_again_in_memory(filled: Workshop) -> None:
    path = filled.folder / LEXICAL_FILE
    whole = path.read_bytes()
    for content in (None, b"", b"[]", whole[:-9], whole[:500]):  # lost, emptied by a power cut, or cut short
        path.unlink() if content is None else path.write_bytes(content)
        assert filled.texts("bưu chính") == ["Bưu chính công ích phục vụ xã."]
        assert not path.exists() or path.read_bytes() == content
    filled.build()
    assert LexicalIndex.load(path, filled.open().generation) is not None
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
