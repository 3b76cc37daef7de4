"""Taking documents out of the index: gone at once, and out until they are asked for by name."""

import pytest

from index import marks
from index.build import remove_document
from index.errors import IndexLockedError, IndexMismatchError
from index.lock import writer_lock
from index.parse import PARSER_VERSION
from index.search import IndexSettings
from tests.index.workshop import Workshop, outcome


def test_a_document_taken_out_is_gone_from_both_halves_and_its_file_stays(filled: Workshop) -> None:
    assert filled.remove("nuoc") == ["nước.md"]
    assert set(filled.documents()) == {"bưu.md", "mạng.md"}
    known, stored = filled.stored_ids()
    assert (len(known), stored) == (2, known)
    assert filled.texts("nước sạch") == []
    assert (filled.sources / "nước.md").is_file()


def test_it_stays_out_with_the_reason_until_it_is_named(filled: Workshop) -> None:
    filled.remove("nuoc")
    assert outcome(filled.build()) == {"unchanged": ["bưu.md", "mạng.md"], "kept_out": ["nước.md"]}
    assert "Đã gỡ khỏi chỉ mục theo yêu cầu" in filled.files()["nước.md"].reason
    assert "Removed on request" in filled.files()["nước.md"].english
    assert filled.texts("nước sạch") == []
    filled.build(filled.sources / "nước.md")
    assert filled.texts("nước sạch") == ["Tỉnh cấp nước sạch cho nông thôn."]
    assert filled.documents()["nước.md"].id == "nuoc"
    assert outcome(filled.build()) == {"unchanged": ["bưu.md", "mạng.md", "nước.md"]}


def test_all_files_of_the_document_stay_out(filled: Workshop) -> None:
    filled.write("nước-2.md", (filled.sources / "nước.md").read_text(encoding="utf-8"))
    assert outcome(filled.build())["same"] == ["nước-2.md"]
    assert filled.remove("nuoc") == ["nước-2.md", "nước.md"]
    assert outcome(filled.build())["kept_out"] == ["nước-2.md", "nước.md"]
    assert filled.texts("nước sạch") == []


def test_a_file_that_is_taken_out_and_then_deleted_is_forgotten(filled: Workshop) -> None:
    filled.remove("nuoc")
    (filled.sources / "nước.md").unlink()
    assert outcome(filled.build()) == {"unchanged": ["bưu.md", "mạng.md"]}
    assert set(filled.files()) == {"bưu.md", "mạng.md"}


def test_the_words_of_a_document_taken_out_are_unlearned(filled: Workshop) -> None:
    filled.write("đập.md", "Xây đập đường liên huyện (ĐĐLH).")
    filled.build()
    reader = filled.open()
    assert reader.read("xay dap").text == "xây đập"
    filled.remove("dap")
    assert reader.read("xay dap").text == "xây dap"  # the common words that ship stay
    assert reader.read("ĐĐLH").spelled_out == ()


def test_an_unknown_id_takes_nothing_out(filled: Workshop) -> None:
    before = filled.open().generation
    assert filled.remove("không có") == []
    assert filled.open().generation == before
    assert len(filled.documents()) == 3


def test_other_settings_and_another_writer_are_refused(filled: Workshop) -> None:
    with pytest.raises(IndexMismatchError):
        remove_document(filled.folder, "nuoc", filled.encoder, IndexSettings("khác", 300))
    with writer_lock(filled.folder), pytest.raises(IndexLockedError, match="pid"):
        filled.remove("nuoc")
    assert len(filled.documents()) == 3


def test_a_member_of_an_archive_taken_out_stays_out(shop: Workshop) -> None:
    path = shop.write_zip("a.zip", {"b.txt": "Nước sạch.", "c.txt": "Bưu chính."})
    shop.build()
    assert shop.remove("a-zip-b") == ["b.txt"]
    assert outcome(shop.build()) == {"unchanged": ["c.txt"], "kept_out": ["b.txt"]}
    assert outcome(shop.build(path)) == {"unchanged": ["c.txt"], "kept_out": ["b.txt"]}
    assert shop.texts("nước sạch") == []


def test_a_file_that_was_taken_out_stays_out_when_it_changes(filled: Workshop) -> None:
    filled.remove("nuoc")
    filled.write("nước.md", "Tỉnh cấp nước sạch cho nông thôn, đợt hai.")
    assert outcome(filled.build())["kept_out"] == ["nước.md"]
    assert filled.texts("nước sạch") == []


def test_a_file_that_was_taken_out_stays_out_with_another_version_of_the_loaders(
    filled: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.remove("nuoc")
    monkeypatch.setattr(marks, "PARSER_VERSION", PARSER_VERSION + 1)
    assert outcome(filled.build())["kept_out"] == ["nước.md"]


def test_a_member_of_an_archive_comes_back_when_it_is_named(shop: Workshop) -> None:
    path = shop.write_zip("a.zip", {"b.txt": "Nước sạch.", "c.txt": "Bưu chính."})
    shop.build()
    shop.remove("a-zip-b")
    shop.build(path / "b.txt")
    assert shop.texts("nước sạch") == ["Nước sạch."]
