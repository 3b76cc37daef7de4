"""Bringing the index in line with folders of documents."""

import os
from pathlib import Path

import pytest

from index.catalog import CATALOG_FILE
from index.embed import Vectors
from index.errors import (
    IndexDamagedError,
    IndexMismatchError,
    ModelMissingError,
    NothingToIndexError,
    SourceNotFoundError,
)
from index.reading import Wording
from index.search import VECTORS_FOLDER, WORDING_FOLDER, IndexSettings
from index.store import remove_store
from tests.index.workshop import Workshop, names, outcome
from tests.stand_ins import HashingEncoder


def test_a_first_run_adds_and_a_second_leaves_alone(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.write("con/b.txt", "Bưu chính.")
    first, second = shop.build(), shop.build()
    assert outcome(first) == {"added": ["a.md", "b.txt"]}
    assert outcome(second) == {"unchanged": ["a.md", "b.txt"]}
    assert (first.passages, second.passages) == (2, 2)


def test_changed_removed_new_and_refused_files_are_told_apart(shop: Workshop) -> None:
    for name in ("sửa.md", "bỏ.md", "giữ.md"):
        shop.write(name, f"Văn bản {name}")
    shop.build()
    shop.write("sửa.md", "Văn bản đã sửa.")
    shop.write("mới.md", "Văn bản mới.")
    shop.write("ảnh.svg", "x")
    shop.write("hỏng.txt", b"\x89PNG\x00\xff\xfe")
    (shop.sources / "bỏ.md").unlink()
    report = shop.build()
    assert outcome(report) == {
        "added": ["mới.md"],
        "changed": ["sửa.md"],
        "removed": ["bỏ.md"],
        "unchanged": ["giữ.md"],
        "refused": ["hỏng.txt", "ảnh.svg"],
    }
    assert all(refusal.reason and refusal.english for refusal in report.refused)
    assert set(shop.documents()) == {"mới.md", "sửa.md", "giữ.md"}


def test_an_unchanged_run_embeds_nothing(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    generation = shop.open().generation
    shop.build(progress=lambda done, total, name: pytest.fail("work") if total else None)
    assert shop.open().generation == generation


def test_a_changed_document_keeps_its_id_and_leaves_nothing_of_the_old_one(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.\n" * 60)
    shop.build()
    before = shop.documents()["a.md"].id
    shop.write("a.md", "Bưu chính.")
    shop.build()
    assert shop.documents()["a.md"].id == before
    known, stored = shop.stored_ids()
    assert len(known) == 1
    assert stored == known


def test_documents_of_other_folders_stay_when_one_folder_is_indexed_again(shop: Workshop) -> None:
    shop.write("một/a.md", "Nước sạch.")
    shop.write("một/b.md", "Cầu đường.")
    shop.write("hai/c.md", "Bưu chính.")
    shop.build()
    (shop.sources / "một" / "b.md").unlink()
    report = shop.build(shop.sources / "một")
    assert outcome(report) == {"unchanged": ["a.md"], "removed": ["b.md"]}
    assert set(shop.documents()) == {"một/a.md", "hai/c.md"}
    assert shop.texts("bưu chính") == ["Bưu chính."]


def test_a_single_file_may_be_indexed_again_by_itself(shop: Workshop) -> None:
    path = shop.write("a.md", "Nước sạch.")
    shop.write("b.md", "Bưu chính.")
    shop.build()
    path.write_text("Cầu đường.", encoding="utf-8")
    assert outcome(shop.build(path)) == {"changed": ["a.md"]}
    assert set(shop.documents()) == {"a.md", "b.md"}


def test_files_of_the_same_name_in_two_folders_get_ids_of_their_own(shop: Workshop) -> None:
    shop.write("một/họp.md", "Nước sạch.")
    shop.write("hai/họp.md", "Bưu chính.")
    shop.write("hai/họp-2.md", "Cầu đường.")
    shop.build(shop.sources / "một")
    shop.build(shop.sources / "hai")
    documents = shop.documents()
    assert len({document.id for document in documents.values()}) == len(documents) == 3
    assert shop.texts("nước sạch") == ["Nước sạch."]
    assert shop.texts("cầu đường") == ["Cầu đường."]


def test_folders_inside_one_another_are_read_once(shop: Workshop) -> None:
    shop.write("con/a.md", "Nước sạch.")
    report = shop.build(shop.sources, shop.sources / "con")
    assert outcome(report) == {"added": ["a.md"]}


def test_a_rebuild_keeps_only_what_it_was_given(shop: Workshop) -> None:
    shop.write("một/a.md", "Nước sạch.")
    shop.write("hai/b.md", "Bưu chính.")
    shop.build()
    report = shop.build(shop.sources / "hai", rebuild=True)
    assert outcome(report) == {"added": ["b.md"], "removed": ["a.md"]}
    assert set(shop.documents()) == {"hai/b.md"}
    known, stored = shop.stored_ids()
    assert stored == known


@pytest.mark.parametrize(
    ("settings", "difference"),
    [
        (IndexSettings("hashing-256", 500), "độ dài đoạn: «300» khi lập, «500» bây giờ"),
        (IndexSettings("khác", 300), "mô hình nhúng: «hashing-256» khi lập, «khác» bây giờ"),
    ],
)
def test_other_settings_are_refused_until_a_rebuild(shop: Workshop, settings: IndexSettings, difference: str) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    shop.settings = settings
    with pytest.raises(IndexMismatchError, match=difference):
        shop.build()
    assert outcome(shop.build(rebuild=True)) == {"added": ["a.md"]}
    assert shop.texts("nước sạch") == ["Nước sạch."]


def test_progress_counts_the_documents_that_are_written(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    shop.write("b.md", "Bưu chính.")
    shop.write("c.md", "Cầu đường.")
    seen: list[tuple[int, int, str]] = []
    shop.build(progress=lambda done, total, name: seen.append((done, total, name)))
    assert seen == [(0, 2, ""), (1, 2, "b.md"), (2, 2, "c.md")]


def test_a_broken_document_does_not_stop_the_others(shop: Workshop) -> None:
    shop.write("a.md", "---\ntitle: [x\n---\nNước sạch.")
    shop.write("b.md", "Bưu chính.")
    report = shop.build()
    assert outcome(report) == {"added": ["b.md"], "refused": ["a.md"]}
    assert "YAML" in report.refused[0].reason


def test_nothing_is_made_when_there_is_nothing_to_index(shop: Workshop, tmp_path: Path) -> None:
    shop.sources.mkdir()
    with pytest.raises(NothingToIndexError):
        shop.build()
    with pytest.raises(SourceNotFoundError):
        shop.build(tmp_path / "không có")
    assert not shop.folder.exists()


def test_a_damaged_catalog_is_reported_and_mended_by_a_rebuild(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    for path in shop.folder.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    (shop.folder / CATALOG_FILE).write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        shop.build()
    shop.build(rebuild=True)
    assert shop.texts("nước sạch", "fused") == ["Nước sạch."]


def test_lost_vectors_are_made_again_from_the_catalog(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    remove_store(shop.folder / VECTORS_FOLDER)
    shop.build()
    assert shop.texts("nước sạch", "dense") == ["Nước sạch."]


def test_an_open_reader_notices_that_lost_vectors_were_made_again(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    remove_store(shop.folder / VECTORS_FOLDER)
    reader = shop.open()
    assert reader.search("nước sạch", 5, "dense") == []
    assert not (shop.folder / VECTORS_FOLDER).exists()
    shop.build()
    assert len(reader.search("nước sạch", 5, "dense")) == 1


def test_a_reader_in_the_same_process_may_search_while_a_run_writes(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    reader = shop.open()
    found: list[int] = []
    for name in ("b.md", "c.md"):
        shop.write(name, f"Nước sạch {name}.")
    shop.build(progress=lambda done, total, name: found.append(len(reader.search("nước sạch", 5, "dense"))))
    assert found == [1, 2, 3]
    assert shop.stored_ids()[0] == shop.stored_ids()[1]


def test_a_file_that_can_no_longer_be_read_stops_answering(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.write("b.md", "Cầu đường.")
    shop.build()
    shop.write("a.md", b"\x89PNG\x00\xff\xfe")
    assert outcome(shop.build()) == {"removed": ["a.md"], "unchanged": ["b.md"], "refused": ["a.md"]}
    assert shop.texts("nước sạch cầu đường") == ["Cầu đường."]


def test_documents_of_a_folder_that_is_emptied_are_removed(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    (shop.sources / "a.md").unlink()
    assert names(shop.build().removed) == ["a.md"]


def test_a_rebuild_with_a_model_that_fails_costs_nothing(shop: Workshop) -> None:
    class Broken(HashingEncoder):
        def encode_query(self, text: str) -> Vectors:
            raise ModelMissingError("Không có mô hình.")

    shop.write("a.md", "Nước sạch.")
    shop.build()
    with pytest.raises(ModelMissingError):
        shop.build(rebuild=True, encoder=Broken())
    assert shop.texts("nước sạch") == ["Nước sạch."]


def test_a_file_name_that_is_not_utf8_is_refused(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    (shop.sources / os.fsdecode(b"x\xff.md")).write_text("Cầu.", encoding="utf-8")
    report = shop.build()
    assert "UTF-8" in report.refused[0].reason
    assert shop.texts("nước sạch") == ["Nước sạch."]


def test_what_the_run_did_is_counted_and_told_with_its_seconds(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.\nẢnh: Quang cảnh buổi họp.\nBưu chính.")
    report = shop.build()
    assert (report.passages, report.same, report.similar) == (3, (), ())
    assert report.seconds > 0


def test_captions_and_declared_particulars_reach_the_searcher(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.\nẢnh: Quang cảnh buổi họp.\n")
    shop.write("a.md.yaml", "number: 12/TB-BTTTT\ntype: Thông báo\npeople: [Nguyễn Văn A]")
    shop.build()
    hits = shop.open().search("quang cảnh buổi họp", 5, "lexical")
    assert [(hit.passage.text, hit.passage.is_caption) for hit in hits[:1]] == [("Ảnh: Quang cảnh buổi họp.", True)]
    assert (hits[0].document.number, hits[0].document.people) == ("12/TB-BTTTT", ("Nguyễn Văn A",))
    assert sorted(shop.texts("12/TB-BTTTT")) == ["Nước sạch.", "Ảnh: Quang cảnh buổi họp."]


def test_a_changed_sidecar_is_a_change_of_its_file(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.write("a.md.yaml", "provinces: [Hậu Giang]")
    shop.build()
    shop.write("a.md.yaml", "provinces: [Long An]")
    assert outcome(shop.build()) == {"changed": ["a.md"]}
    assert shop.documents()["a.md"].provinces == ("Long An",)
    assert (shop.texts("Long An"), shop.texts("Hậu Giang")) == (["Nước sạch."], [])
    shop.write("a.md.yaml", "provinces: [Long An")
    assert outcome(shop.build()) == {"removed": ["a.md"], "refused": ["a.md"]}


def test_a_build_saves_the_wording_of_its_documents(shop: Workshop) -> None:
    shop.write("a.md", "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ).")
    shop.build()
    wording = Wording.load(shop.folder / WORDING_FOLDER, shop.open().generation)
    assert wording is not None
    assert wording.read("lap to cong nghe so").text == "lập tổ công nghệ số"
    assert wording.read("TCNSCĐ là gì?").spelled_out == ("tổ công nghệ số cộng đồng",)


def test_the_wording_of_a_changed_or_removed_document_is_forgotten(shop: Workshop) -> None:
    shop.write("a.md", "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ).")
    path = shop.write("b.md", "Đề án hạ tầng băng rộng (HTBR).")
    shop.build()
    shop.write("a.md", "Cầu đường.")
    path.unlink()
    shop.build()
    wording = Wording.load(shop.folder / WORDING_FOLDER, shop.open().generation)
    assert wording is not None
    assert wording.read("TCNSCĐ").also == wording.read("HTBR").also == ()
    assert wording.read("cau duong").text == "cầu đường"


def test_a_rebuild_renews_the_wording(shop: Workshop) -> None:
    shop.write("a.md", "Mỗi xã lập tổ công nghệ số cộng đồng (TCNSCĐ).")
    shop.build()
    shop.write("a.md", "Cầu đường.")
    shop.build(rebuild=True)
    assert shop.open().read("cau duong TCNSCĐ").text == "cầu đường TCNSCĐ"
    assert shop.open().read("TCNSCĐ").also == ()


def test_an_unchanged_run_keeps_the_wording(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.build()
    learned = (shop.folder / WORDING_FOLDER / "aliases.json").read_bytes()
    shop.build()
    assert (shop.folder / WORDING_FOLDER / "aliases.json").read_bytes() == learned
    assert shop.open().read("nuoc sach").text == "nước sạch"
