"""The SQLite record of files, documents and passages."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.catalog import Catalog
from index.errors import IndexDamagedError
from index.lessons import Lesson
from index.lexical import count_terms
from index.records import Document, FileEntry, Finding, PartialDate, Passage

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
    number="12/TB-BTTTT",
    type="Thông báo",
    issuer="Bộ",
    people=("Nguyễn Văn A, Thứ trưởng",),
    pages=(0, 13),
    findings=(
        Finding("date", "2020-09", "đầu trang", 1, 4),
        Finding("person", "Nguyễn Văn A", "x", detail="Thứ trưởng"),
    ),
    remarks=("Bản quét.",),
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


def _file(source: str, document_id: str, at: str = "2026-01-01T08:00:00") -> FileEntry:
    return FileEntry(source, "f" * 64, document_id, at)


def _put(catalog: Catalog, document: Document, *passages: Passage) -> None:
    counted = [(passage, count_terms(passage.text)) for passage in passages]
    catalog.replace(document, counted, _file(document.source, document.id))


def test_a_document_comes_back_as_it_was_given(catalog: Catalog) -> None:
    _put(catalog, _FULL)
    assert catalog.document("họp") == _FULL
    assert catalog.documents() == [_FULL]
    assert catalog.document("khác") is None


def test_a_document_of_which_nothing_is_known_comes_back_too(catalog: Catalog) -> None:
    _put(catalog, _document("d"))
    assert catalog.document("d") == _document("d")


def test_passages_are_cut_from_the_text_and_keep_whose_they_are(catalog: Catalog) -> None:
    passages = [_passage(_FULL, 0, 1, 11), replace(_passage(_FULL, 1, 13, 16), is_caption=True)]
    _put(catalog, _FULL, *reversed(passages))
    assert [passage.text for passage in passages] == ["Một 🙂 hai.", "Ba."]
    assert catalog.passages(["họp#1", "không có", "họp#0"]) == {"họp#0": passages[0], "họp#1": passages[1]}
    assert catalog.passages_of("họp") == passages
    assert catalog.passages_of("khác") == []
    assert (catalog.passage_ids("họp"), catalog.passage_ids("khác")) == (["họp#0", "họp#1"], [])
    assert (catalog.count_passages(), catalog.count_passages("họp"), catalog.count_passages("khác")) == (2, 2, 0)


def test_the_heading_at_a_place_is_that_of_its_passage(catalog: Catalog) -> None:
    one = _passage(_FULL, 0, 1, 11)
    _put(catalog, _FULL, one, replace(_passage(_FULL, 1, 13, 16), heading="Chương II › Ba"))
    assert [catalog.heading_at("họp", offset) for offset in (1, 10, 13, 15)] == [
        *["Đầu mục"] * 2,
        *["Chương II › Ba"] * 2,
    ]
    assert [catalog.heading_at("họp", offset) for offset in (0, 11, 12, 16, -1)] == [""] * 5
    assert catalog.heading_at("khác", 1) == ""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), st.data())
def test_a_slice_of_any_text_is_the_same_in_sqlite(catalog: Catalog, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    passage = _passage(_document("d", text), 0, start, data.draw(st.integers(start + 1, len(text))))
    _put(catalog, _document("d", text), passage)
    assert catalog.passages(["d#0"]) == {"d#0": passage}


def test_a_new_revision_takes_the_place_of_the_old(catalog: Catalog) -> None:
    old, new = _document("d", "Một. Hai."), _document("d", "Ba.")
    _put(catalog, old, _passage(old, 0, 0, 4), _passage(old, 1, 5, 9))
    _put(catalog, new, _passage(new, 2, 0, 3))
    assert catalog.passage_ids() == ["d#2"]
    assert catalog.document("d") == new


def test_counted_terms_stay_with_their_passages(catalog: Catalog) -> None:
    document = _document("d", "Nước sạch. Bưu chính.")
    _put(catalog, document, _passage(document, 0, 0, 10), _passage(document, 1, 11, 21))
    (one, _), (two, _) = catalog.passage_numbers()
    assert catalog.passage_numbers() == [(one, "d#0"), (two, "d#1")]
    assert dict(catalog.counted_terms()) == {one: count_terms("Nước sạch."), two: count_terms("Bưu chính.")}
    assert catalog.counted_terms(after=one) == [(two, count_terms("Bưu chính."))]
    catalog.forget("d.md")
    assert catalog.counted_terms() == []


def test_the_number_of_a_passage_is_never_given_again(catalog: Catalog) -> None:
    document = _document("d", "Nước sạch.")
    for _ in range(3):
        _put(catalog, document, _passage(document, 0, 0, 10))
        seen = catalog.passage_numbers()[0][0]
        catalog.forget("d.md")
        _put(catalog, document, _passage(document, 0, 0, 10))
        assert catalog.passage_numbers()[0][0] > seen


def test_titles_and_texts_are_what_the_words_are_learned_from(catalog: Catalog) -> None:
    _put(catalog, _FULL)
    _put(catalog, _document("d"))
    expected = {Lesson.of(f"{one.title}\n{one.text}") for one in catalog.documents()}
    assert set(catalog.lessons()) == expected
    assert len(expected) == 2


def test_the_same_text_leads_to_its_document(catalog: Catalog) -> None:
    _put(catalog, _document("a", "Một."))
    assert (catalog.document_of_text("Một."), catalog.document_of_text("một.")) == ("a", "")
    _put(catalog, _document("a", "Hai."))
    assert (catalog.document_of_text("Một."), catalog.document_of_text("Hai.")) == ("", "a")


def test_a_document_is_named_after_its_oldest_file_and_knows_the_others(catalog: Catalog) -> None:
    _put(catalog, _document("d"))
    catalog.remember(_file("c.md", "d", "2026-01-03T08:00:00"))
    catalog.remember(_file("b.md", "d", "2026-01-03T08:00:00"))
    catalog.remember(_file("z.md", "d", "2025-12-31T08:00:00"))
    found = catalog.document("d")
    assert found is not None
    assert (found.source, found.others) == ("z.md", ("d.md", "b.md", "c.md"))


def test_files_are_known_by_their_source_with_why_they_were_refused(catalog: Catalog) -> None:
    refused = FileEntry("a.md", "x/1", "", "2026-01-01T08:00:00", "Hỏng.", "Broken.")
    catalog.remember(refused)
    _put(catalog, _document("d"))
    assert catalog.files() == {"a.md": refused, "d.md": _file("d.md", "d")}
    catalog.remember(replace(refused, reason="Khác."))
    assert catalog.files()["a.md"].reason == "Khác."


def test_a_forgotten_file_takes_its_document_along_when_it_was_the_last(catalog: Catalog) -> None:
    first, second = _document("a"), _document("b", "Khác.")
    _put(catalog, first, _passage(first, 0, 0, 4))
    _put(catalog, second, _passage(second, 0, 0, 4))
    catalog.remember(_file("c.md", "a"))
    assert catalog.forget("a.md") == []
    assert catalog.passage_ids() == ["a#0", "b#0"]
    assert catalog.forget("c.md") == ["a#0"]
    assert (catalog.passage_ids(), catalog.document("a")) == (["b#0"], None)
    assert list(catalog.files()) == ["b.md"]


@pytest.mark.parametrize("entry", [None, FileEntry("x.md", "", "", "2026-01-01T08:00:00", "Hỏng.")])
def test_forgetting_a_file_without_a_document_takes_nothing_along(catalog: Catalog, entry: FileEntry | None) -> None:
    _put(catalog, _document("a"))
    if entry:
        catalog.remember(entry)
    assert catalog.forget("x.md") == []
    assert list(catalog.files()) == ["a.md"]
    assert catalog.document("a") == _document("a")


def test_every_change_moves_the_generation_on(catalog: Catalog) -> None:
    seen = [catalog.generation]
    for change in (
        lambda: _put(catalog, _document("a")),
        lambda: _put(catalog, _document("a", "Khác.")),
        lambda: catalog.remember(_file("b.md", "a")),
        lambda: catalog.forget("a.md"),
        catalog.clear,
    ):
        change()
        seen.append(catalog.generation)
    assert seen == sorted(set(seen))


def test_a_cleared_catalog_knows_nothing_but_its_generation(catalog: Catalog) -> None:
    _put(catalog, _FULL, _passage(_FULL, 0, 1, 11))
    catalog.set_meta("k", "một")
    catalog.clear()
    assert (catalog.documents(), catalog.files(), catalog.passage_ids(), catalog.meta("k")) == ([], {}, [], "")
    assert catalog.counted_terms() == []


def test_a_revision_that_cannot_be_stored_leaves_the_old_one_whole(catalog: Catalog) -> None:
    old, new = _document("d", "Một."), _document("d", "Hai.")
    _put(catalog, old, _passage(old, 0, 0, 4))
    before = catalog.generation
    with pytest.raises(sqlite3.IntegrityError):  # the same id twice
        _put(catalog, new, _passage(new, 1, 0, 4), _passage(new, 1, 0, 4))
    assert (catalog.document("d"), catalog.passage_ids(), catalog.generation) == (old, ["d#0"], before)
    assert catalog.document_of_text("Một.") == "d"


def test_documents_come_oldest_first_and_undated_before_all(catalog: Catalog) -> None:
    dates = {"c": PartialDate(2021), "b": PartialDate(2020, 9, 10), "a": PartialDate(2020, 9), "e": None, "d": None}
    for name, date in dates.items():
        _put(catalog, _document(name, name, date))
    assert [document.id for document in catalog.documents()] == ["d", "e", "a", "b", "c"]


def test_settings_are_kept_and_have_a_default(catalog: Catalog) -> None:
    catalog.set_meta("k", "một")
    catalog.set_meta("k", "hai")
    assert (catalog.meta("k"), catalog.meta("khác"), catalog.meta("khác", "sẵn")) == ("hai", "", "sẵn")


def test_a_reader_does_not_hold_up_the_writer_and_keeps_what_it_began_with(tmp_path: Path) -> None:
    path, query = tmp_path / "catalog.sqlite", "SELECT text FROM documents"
    writer = Catalog(path)
    _put(writer, _document("d", "Cũ."))
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute(query).fetchall() == [("Cũ.",)]
    _put(writer, _document("d", "Mới."))
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
