"""What is broken, odd or interrupted, and must still end well."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import bench
from index.catalog import CATALOG_FILE
from index.e5_convert import convert
from index.errors import IndexDamagedError, IndexMissingError, ModelCorruptError
from index.records import PartialDate
from index.sentences import sentence_spans
from index.vietnamese import normal_form
from tests.index.packed_model import packed_model
from tests.index.workshop import Workshop, outcome
from tests.stand_ins import HashingEncoder


def test_a_document_of_noise_only_is_refused_and_does_not_stop_the_others(shop: Workshop) -> None:
    shop.write("a.md", "![ảnh](x.png)\n")
    shop.write("b.md", "Nước sạch.")
    assert outcome(shop.build()) == {"added": ["b.md"], "refused": ["a.md"]}
    assert shop.texts("nước sạch") == ["Nước sạch."]


def test_a_folder_of_refused_files_only_is_reported(shop: Workshop) -> None:
    shop.write("a.pdf", "x")
    shop.write("b.doc", "x")
    assert outcome(shop.build()) == {"refused": ["a.pdf", "b.doc"]}
    with pytest.raises(IndexMissingError):
        shop.open().search("nước", 3)


def test_an_open_reader_follows_a_rebuild(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    reader = shop.open()
    reader.search("nước", 3)
    shop.write("a.md", "Cầu đường.")
    shop.build(rebuild=True)
    assert [hit.passage.text for hit in reader.search("cầu đường", 3)] == ["Cầu đường."]


def test_an_interrupted_rebuild_leaves_no_lexical_index_of_the_old_one(shop: Workshop) -> None:
    def stop(done: int, total: int, name: str) -> None:
        if done == total:
            raise KeyboardInterrupt

    shop.write("a.md", "Nước sạch.")
    shop.build()
    shop.write("a.md", "Cầu đường.")
    with pytest.raises(KeyboardInterrupt):
        shop.build(rebuild=True, progress=stop)
    assert shop.texts("cầu đường") == ["Cầu đường."]


@pytest.mark.parametrize("again", ["open", "build"])
def test_a_catalog_damaged_past_its_first_page_is_reported(shop: Workshop, again: str) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    path = shop.folder / CATALOG_FILE
    content = path.read_bytes()
    path.write_bytes(content[:4096].ljust(len(content), b"\xee"))
    with pytest.raises(IndexDamagedError):
        shop.texts("nước sạch") if again == "open" else shop.build()


_VIETNAMESE = st.text("aăâeđĐ\u0300\u0301\u0323\u0302\u031b \n1\u00ad\u200b\ufeff")


@given(_VIETNAMESE | st.text())
def test_normal_form_twice_is_normal_form_once(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize("text", ["Một.\nTP. Hồ Chí Minh họp.", "Dự họp:\nTS. Nguyễn A chủ trì."])
def test_an_abbreviation_at_the_start_of_a_later_line(text: str) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == text.split("\n")


def test_a_number_of_a_list_is_no_sentence() -> None:
    text = "1. Tỉnh cần làm. Sở báo cáo."
    assert [text[a:b] for a, b in sentence_spans(text)] == ["1. Tỉnh cần làm.", "Sở báo cáo."]


@pytest.mark.parametrize("text", ["2020-00-05", "2020-02-30", "2020-00"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert PartialDate.parse(text) is None


@pytest.mark.parametrize("row", ['{"id": "q", "question": "x", "relevant": []}', "[1]"])
def test_queries_without_answers_or_of_another_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str) -> None:
    monkeypatch.setattr(bench, "open_embedder", lambda settings: HashingEncoder())
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"id": "a", "title": "A", "text": "Một."}))
    (tmp_path / "queries.jsonl").write_text(row)
    assert bench.main(["retrieval", str(tmp_path)]) == 2


def test_a_packed_file_with_an_unknown_tensor_is_corrupt(tmp_path: Path) -> None:
    (tmp_path / "m.bin").write_bytes(packed_model({"l0.xx.w": (False, 1, bytes(4))}))
    with pytest.raises(ModelCorruptError):
        convert(tmp_path / "m.bin", tmp_path)
