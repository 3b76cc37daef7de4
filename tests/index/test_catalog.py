"""The SQLite record of documents and passages."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Catalog
from index.errors import IndexDamagedError
from index.records import Document, PartialDate, Passage

_FULL = Document(
    id="họp",
    title="Họp «số»",
    source="nguồn/họp.md",
    sha256="a" * 64,
    text="\ufeffMột 🙂 hai.\r\nBa.",
    date=PartialDate(2020, 9),
    provinces=("Đồng Tháp", "Long An"),
    event="Làm việc",
    publisher="Báo",
)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    opened = Catalog(tmp_path / "sổ" / "catalog.sqlite")
    yield opened
    opened.close()


def _document(name: str, text: str = "Chữ.", date: PartialDate | None = None) -> Document:
    return Document(id=name, title=name, source=f"{name}.md", sha256="0" * 64, text=text, date=date)


def _passage(document: Document, number: int, start: int, end: int) -> Passage:
    return Passage(f"{document.id}#{number}", document.id, start, end, "Đầu mục", document.text[start:end])


def test_a_document_comes_back_as_it_was_given(catalog: Catalog) -> None:
    catalog.replace(_FULL, [])
    assert catalog.document("họp") == _FULL
    assert catalog.hashes() == {"nguồn/họp.md": ("họp", "a" * 64)}
    assert catalog.document("khác") is None


def test_passages_are_cut_from_the_text(catalog: Catalog) -> None:
    passages = [_passage(_FULL, 0, 1, 11), _passage(_FULL, 1, 13, 16)]
    catalog.replace(_FULL, passages)
    assert [passage.text for passage in passages] == ["Một 🙂 hai.", "Ba."]
    assert catalog.passages(["họp#1", "không có", "họp#0"]) == {"họp#0": passages[0], "họp#1": passages[1]}
    assert catalog.passage_ids("họp") == ["họp#0", "họp#1"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), st.data())
def test_a_slice_of_any_text_is_the_same_in_sqlite(catalog: Catalog, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    passage = _passage(_document("d", text), 0, start, data.draw(st.integers(start + 1, len(text))))
    catalog.replace(_document("d", text), [passage])
    assert catalog.passages(["d#0"]) == {"d#0": passage}


def test_a_new_revision_takes_the_place_of_the_old(catalog: Catalog) -> None:
    old, new = _document("d", "Một. Hai."), _document("d", "Ba.")
    catalog.replace(old, [_passage(old, 0, 0, 4), _passage(old, 1, 5, 9)])
    catalog.replace(new, [_passage(new, 2, 0, 3)])
    assert catalog.passage_ids() == ["d#2"]
    assert catalog.document("d") == new


def test_a_removed_document_takes_its_passages_along(catalog: Catalog) -> None:
    first, second = _document("a"), _document("b")
    catalog.replace(first, [_passage(first, 0, 0, 4)])
    catalog.replace(second, [_passage(second, 0, 0, 4)])
    catalog.remove("a")
    assert (catalog.passage_ids(), catalog.count_passages()) == (["b#0"], 1)
    assert catalog.document("a") is None


def test_every_change_moves_the_generation_on(catalog: Catalog) -> None:
    seen = [catalog.generation]
    catalog.replace(_document("a"), [])
    seen.append(catalog.generation)
    catalog.replace(_document("a", "Khác."), [])
    seen.append(catalog.generation)
    catalog.remove("a")
    seen.append(catalog.generation)
    assert seen == sorted(set(seen))


def test_a_revision_that_cannot_be_stored_leaves_the_old_one_whole(catalog: Catalog) -> None:
    old = _document("d", "Một.")
    catalog.replace(old, [_passage(old, 0, 0, 4)])
    before = catalog.generation
    with pytest.raises(sqlite3.IntegrityError):  # the same id twice
        catalog.replace(_document("d", "Hai."), [_passage(old, 1, 0, 4), _passage(old, 1, 0, 4)])
    assert (catalog.document("d"), catalog.passage_ids(), catalog.generation) == (old, ["d#0"], before)


def test_documents_come_oldest_first_and_undated_before_all(catalog: Catalog) -> None:
    dates = {"c": PartialDate(2021), "b": PartialDate(2020, 9, 10), "a": PartialDate(2020, 9), "e": None, "d": None}
    for name, date in dates.items():
        catalog.replace(_document(name, date=date), [])
    assert [document.id for document in catalog.documents()] == ["d", "e", "a", "b", "c"]


def test_settings_are_kept_and_have_a_default(catalog: Catalog) -> None:
    catalog.set_meta("k", "một")
    catalog.set_meta("k", "hai")
    assert (catalog.meta("k"), catalog.meta("khác"), catalog.meta("khác", "sẵn")) == ("hai", "", "sẵn")


def test_a_reader_does_not_hold_up_the_writer_and_keeps_what_it_began_with(tmp_path: Path) -> None:
    path, query = tmp_path / "catalog.sqlite", "SELECT text FROM documents"
    writer = Catalog(path)
    writer.replace(_document("d", "Cũ."), [])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute(query).fetchall() == [("Cũ.",)]
    writer.replace(_document("d", "Mới."), [])
    assert reader.execute(query).fetchall() == [("Cũ.",)]
    reader.execute("COMMIT")
    assert reader.execute(query).fetchall() == [("Mới.",)]
    reader.close()
    writer.close()


def test_a_file_that_is_no_catalog_is_reported_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        Catalog(path)
