"""An index of the layout before this one is made anew by the next run, with everything that it held."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index import build
from index.catalog import CATALOG_FILE
from index.embed import Vectors
from index.errors import IndexMismatchError, ModelMissingError, SourceNotFoundError
from index.search import LEXICAL_FILE, IndexSettings
from index.store import remove_store
from tests.index.workshop import Workshop, outcome
from tests.stand_ins import HashingEncoder

# As the code of layout 2 made it.
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
    text TEXT NOT NULL, date TEXT NOT NULL, provinces TEXT NOT NULL, event TEXT NOT NULL,
    publisher TEXT NOT NULL);
CREATE TABLE passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL);
CREATE INDEX passages_of_document ON passages (document_id, start);
PRAGMA journal_mode = WAL;
"""


@pytest.fixture
def older(shop: Workshop) -> Workshop:
    """Two documents in two folders, in an index of layout 2."""
    files = {"một/a.md": "Nước sạch nông thôn.", "hai/b.md": "Bưu chính công ích."}
    shop.folder.mkdir()
    with closing(sqlite3.connect(shop.folder / CATALOG_FILE)) as connection:
        connection.executescript(_SCHEMA)
        settings = json.dumps({"embedder": "hashing-256", "layout": 2, "passage_chars": 300})
        connection.execute("INSERT INTO meta VALUES ('settings', ?), ('generation', '4')", (settings,))
        for name, text in files.items():
            path, document_id = shop.write(name, text), name[-4]
            row = (document_id, "Tên", path.as_posix(), "0" * 64, text, "", "[]", "", "")
            connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            passage = (f"{document_id}@0000000000#0", document_id, 0, len(text), "")
            connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", passage)
        connection.commit()
    (shop.folder / "lexical").mkdir()
    return shop


def _is_whole(shop: Workshop) -> bool:
    known, stored = shop.stored_ids()
    found = [shop.texts(query) for query in ("nước sạch", "bưu chính")]
    return known == stored and len(known) == 2 and found == [["Nước sạch nông thôn."], ["Bưu chính công ích."]]


def test_the_next_run_makes_it_anew_with_the_documents_of_all_folders(older: Workshop) -> None:
    report = older.build(older.sources / "một")
    assert outcome(report) == {"added": ["a.md", "b.md"]}
    assert _is_whole(older)
    assert (older.folder / LEXICAL_FILE).is_file()
    assert outcome(older.build()) == {"unchanged": ["a.md", "b.md"]}


def test_files_that_are_gone_meanwhile_are_left_out(older: Workshop) -> None:
    (older.sources / "hai" / "b.md").unlink()
    assert outcome(older.build(older.sources / "một")) == {"added": ["a.md"], "removed": ["b.md"]}


def test_a_rebuild_keeps_only_what_it_was_given(older: Workshop) -> None:
    assert outcome(older.build(older.sources / "hai", rebuild=True)) == {"added": ["b.md"], "removed": ["a.md"]}


def test_a_model_that_fails_costs_nothing(older: Workshop) -> None:
    class Broken(HashingEncoder):
        def encode_query(self, text: str) -> Vectors:
            raise ModelMissingError("Không có mô hình.")

    before = (older.folder / CATALOG_FILE).read_bytes()
    with pytest.raises(ModelMissingError):
        older.build(encoder=Broken())
    assert (older.folder / CATALOG_FILE).read_bytes() == before
    older.build()
    assert _is_whole(older)


def test_a_wrong_path_costs_nothing(older: Workshop) -> None:
    with pytest.raises(SourceNotFoundError):
        older.build(older.sources / "không có")
    older.build(older.sources / "một")
    assert _is_whole(older)


def test_a_run_that_breaks_off_does_not_lose_documents_of_other_folders(older: Workshop) -> None:
    class Failing(HashingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    with pytest.raises(MemoryError):
        older.build(older.sources / "một", encoder=Failing())
    older.build(older.sources / "một")
    assert _is_whole(older)


def test_a_run_killed_right_after_the_old_index_went_loses_nothing(
    older: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(folder: Path) -> None:
        remove_store(folder)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(build, "remove_store", killed)
        with pytest.raises(KeyboardInterrupt):
            older.build(older.sources / "một")
    assert outcome(older.build(older.sources / "một")) == {"added": ["a.md", "b.md"]}
    assert _is_whole(older)
    assert {path.name for path in older.folder.iterdir() if "to_do" in path.name} == set()


def test_members_of_archives_in_other_folders_are_indexed_again(shop: Workshop) -> None:
    shop.write("một/a.md", "Nước sạch nông thôn.")
    shop.write_zip("hai/b.zip", {"b.txt": "Bưu chính công ích."})
    shop.build()
    with closing(sqlite3.connect(shop.folder / CATALOG_FILE)) as connection:
        connection.execute("UPDATE meta SET value = json_set(value, '$.layout', 3) WHERE key = 'settings'")
        connection.execute("DELETE FROM files WHERE document_id = ''")  # an archive whose run broke off
        connection.commit()
    assert outcome(shop.build(shop.sources / "một")) == {"added": ["a.md", "b.txt"]}
    assert _is_whole(shop)


def test_a_reader_names_the_layout_and_not_damage(older: Workshop) -> None:
    with pytest.raises(IndexMismatchError, match="cấu trúc chỉ mục: «2» khi lập, «6» bây giờ"):
        older.open()


def test_another_embedder_is_named_and_nothing_is_thrown_away(older: Workshop) -> None:
    older.settings = IndexSettings("khác", 300)
    with pytest.raises(IndexMismatchError, match="mô hình nhúng"):
        older.build()


def test_the_layout_before_this_one_is_made_anew_and_what_was_taken_out_stays_out(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch nông thôn.")
    shop.write("b.md", "Bưu chính công ích.")
    shop.build()
    shop.remove("b")
    with closing(sqlite3.connect(shop.folder / CATALOG_FILE)) as connection:
        connection.execute("UPDATE meta SET value = json_set(value, '$.layout', 3) WHERE key = 'settings'")
        connection.execute("ALTER TABLE documents DROP COLUMN sketch")
        connection.commit()
    assert outcome(shop.build()) == {"added": ["a.md"], "kept_out": ["b.md"]}
    assert shop.texts("bưu chính") == []
    assert outcome(shop.build()) == {"unchanged": ["a.md"], "kept_out": ["b.md"]}
