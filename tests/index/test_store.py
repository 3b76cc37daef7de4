"""Vectors in a temporary Chroma."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.embed import Vectors
from index.errors import IndexDamagedError
from index.records import Document, PartialDate, Passage
from index.store import VectorStore, read_vectors, remove_store
from tests.stand_ins import HashingEncoder

_DOCUMENT = Document("d", "Họp", "nguồn/d.md", "0" * 64, "", PartialDate(2020, 9))
_TEXTS = ["Nước sạch nông thôn", "Nước sạch đô thị", "Bưu chính công ích"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    opened = VectorStore(tmp_path / "chroma")
    yield opened
    opened.close()


def _passages(count: int, texts: list[str] | None = None) -> list[Passage]:
    return [Passage(f"d#{n}", "d", n, n + 1, "", (texts or ["x"] * count)[n]) for n in range(count)]


def _filled(store: VectorStore, encoder: HashingEncoder) -> Vectors:
    vectors = encoder.encode_passages(_TEXTS)
    store.add([(_DOCUMENT, passage) for passage in _passages(3, _TEXTS)], vectors)
    return vectors


def test_the_nearest_come_with_their_cosines_best_first(store: VectorStore, encoder: HashingEncoder) -> None:
    vectors, query = _filled(store, encoder), encoder.encode_query("nước sạch nông thôn mới")
    cosines = {f"d#{n}": float(vectors[n] @ query) for n in range(3)}
    found = store.nearest(query, 3)
    assert [passage_id for passage_id, _ in found] == sorted(cosines, key=lambda key: -cosines[key])
    assert dict(found) == pytest.approx(cosines, abs=1e-5)


def test_no_more_than_the_limit_and_no_more_than_there_are(store: VectorStore, encoder: HashingEncoder) -> None:
    query = encoder.encode_query("nước")
    assert store.nearest(query, 5) == []
    _filled(store, encoder)
    assert (len(store.nearest(query, 2)), len(store.nearest(query, 99))) == (2, 3)


def test_adding_again_replaces(store: VectorStore, encoder: HashingEncoder) -> None:
    _filled(store, encoder)
    query = encoder.encode_query("vũ trụ")
    store.add([(_DOCUMENT, passage) for passage in _passages(1)], query[np.newaxis])
    assert store.ids() == {"d#0", "d#1", "d#2"}
    assert dict(store.nearest(query, 1)) == pytest.approx({"d#0": 1.0}, abs=1e-5)


def test_deleted_passages_are_gone_and_unknown_ids_passed_over(store: VectorStore, encoder: HashingEncoder) -> None:
    _filled(store, encoder)
    store.delete(["d#0", "không có"])
    store.delete([])
    assert store.ids() == {"d#1", "d#2"}
    assert {found for found, _ in store.nearest(encoder.encode_query("nước sạch"), 3)} == {"d#1", "d#2"}


def test_a_document_longer_than_a_batch_is_stored_and_deleted_whole(store: VectorStore) -> None:
    passages = _passages(2100)
    store.add(
        [(_DOCUMENT, passage) for passage in passages],
        np.random.default_rng(0).normal(size=(2100, 8)).astype(np.float32),
    )
    assert len(store.ids()) == 2100
    store.delete([passage.id for passage in passages[:2050]])
    assert store.ids() == {passage.id for passage in passages[2050:]}


def test_vectors_survive_closing(store: VectorStore, encoder: HashingEncoder, tmp_path: Path) -> None:
    vectors = _filled(store, encoder)
    store.close()
    again = VectorStore(tmp_path / "chroma")
    assert dict(again.nearest(vectors[2], 1)) == pytest.approx({"d#2": 1.0}, abs=1e-5)
    again.close()


def test_a_removed_store_can_be_made_anew(store: VectorStore, encoder: HashingEncoder, tmp_path: Path) -> None:
    _filled(store, encoder)
    remove_store(tmp_path / "chroma")
    assert not (tmp_path / "chroma").exists()
    again = VectorStore(tmp_path / "chroma")
    assert again.ids() == set()
    again.close()


def test_a_folder_that_chroma_cannot_read_is_reported_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        VectorStore(tmp_path)


def test_a_reader_finds_what_a_writer_has_stored_and_keeps_it(
    store: VectorStore, encoder: HashingEncoder, tmp_path: Path
) -> None:
    _filled(store, encoder)
    query = encoder.encode_query("nước sạch")
    read = read_vectors(tmp_path / "chroma")
    before = read.nearest(query, 3)
    assert before == store.nearest(query, 3)
    store.delete(["d#0"])
    assert read.nearest(query, 3) == before
    assert sorted(read_vectors(tmp_path / "chroma").ids) == ["d#1", "d#2"]


def test_a_reader_creates_nothing(tmp_path: Path) -> None:
    assert read_vectors(tmp_path / "không có").nearest(np.ones(3, dtype=np.float32), 3) == []
    (tmp_path / "trống").mkdir()
    assert read_vectors(tmp_path / "trống").ids == ()
    assert list((tmp_path / "trống").iterdir()) == []
    assert not (tmp_path / "không có").exists()


def test_a_reader_is_told_of_damage(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="--rebuild"):
        read_vectors(tmp_path / "chroma")


def test_one_user_closing_does_not_end_the_others(store: VectorStore, encoder: HashingEncoder, tmp_path: Path) -> None:
    other, elsewhere = VectorStore(tmp_path / "chroma"), VectorStore(tmp_path / "khác")
    _filled(store, encoder)
    other.close()
    other.close()
    remove_store(tmp_path / "không có")
    store.delete(["d#0"])
    _filled(elsewhere, encoder)
    assert (store.count(), elsewhere.count()) == (2, 3)
    elsewhere.close()
