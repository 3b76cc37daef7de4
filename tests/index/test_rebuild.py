"""Making the index anew: what was indexed is indexed again, and what is to remain alone remains alone."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.build import build_index
from index.catalog import CATALOG_FILE
from index.embed import Vectors
from index.errors import IndexDamagedError, NothingToIndexError, SourceNotFoundError
from index.records import BuildReport
from index.search import IndexSettings
from tests.index.workshop import Workshop, outcome
from tests.stand_ins import HashingEncoder


@pytest.fixture
def spread(shop: Workshop) -> Workshop:
    """Documents in two folders and an archive, indexed one folder after the other."""
    shop.write("một/a.md", "Nước sạch nông thôn.")
    shop.write("hai/b.md", "Bưu chính công ích.")
    shop.write_zip("hai/c.zip", {"d.txt": "Cầu đường liên xã."})
    for folder in ("một", "hai"):
        shop.build(shop.sources / folder)
    return shop


def _rebuild(shop: Workshop, *paths: Path, encoder: HashingEncoder | None = None) -> BuildReport:
    """`bot index --rebuild` with just these paths."""
    return build_index(paths, shop.folder, encoder or shop.encoder, shop.settings, rebuild=True)


def test_without_paths_everything_that_was_indexed_is_indexed_again_under_other_settings(spread: Workshop) -> None:
    spread.settings = IndexSettings(spread.encoder.fingerprint, passage_chars=500)
    assert outcome(_rebuild(spread)) == {"added": ["a.md", "b.md", "d.txt"]}
    assert spread.texts("bưu chính") == ["Bưu chính công ích."]
    known, stored = spread.stored_ids()
    assert known == stored
    assert len(known) == 3


def test_without_paths_a_file_beside_an_indexed_one_is_not_taken_along(spread: Workshop) -> None:
    spread.write("một/riêng.md", "Thư riêng.")
    assert outcome(_rebuild(spread)) == {"added": ["a.md", "b.md", "d.txt"]}


@pytest.mark.parametrize("by_path", [False, True])
def test_what_was_taken_out_stays_out(spread: Workshop, by_path: bool) -> None:
    spread.remove("b")
    report = _rebuild(spread, *([spread.sources] if by_path else []))
    assert outcome(report) == {"added": ["a.md", "d.txt"], "kept_out": ["b.md"]}
    assert spread.texts("bưu chính") == []


def test_what_was_taken_out_comes_back_when_it_is_named(spread: Workshop) -> None:
    spread.remove("b")
    assert outcome(_rebuild(spread, spread.sources / "hai" / "b.md"))["added"] == ["b.md"]


def test_with_paths_what_falls_out_is_told(spread: Workshop) -> None:
    report = _rebuild(spread, spread.sources / "một")
    assert outcome(report) == {"added": ["a.md"], "removed": ["b.md", "d.txt"]}
    assert set(spread.files()) == {"một/a.md"}


def test_a_file_that_was_deleted_meanwhile_falls_out_and_is_told(spread: Workshop) -> None:
    (spread.sources / "một" / "a.md").unlink()
    assert outcome(_rebuild(spread)) == {"added": ["b.md", "d.txt"], "removed": ["a.md"]}


def test_a_folder_that_is_not_there_costs_nothing(spread: Workshop) -> None:
    (spread.sources / "hai").rename(spread.sources / "chỗ khác")
    with pytest.raises(SourceNotFoundError, match=r"/hai».*nối lại ổ đĩa"):
        _rebuild(spread)
    assert len(spread.documents()) == 3


def test_a_run_that_breaks_off_is_finished_by_the_next(spread: Workshop) -> None:
    class Failing(HashingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    with pytest.raises(MemoryError):
        _rebuild(spread, encoder=Failing())
    assert outcome(_rebuild(spread)) == {"added": ["a.md", "b.md", "d.txt"]}
    assert len(spread.documents()) == 3


def test_where_nothing_can_be_known_folders_are_asked_for(spread: Workshop) -> None:
    for path in spread.folder.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    (spread.folder / CATALOG_FILE).write_bytes("hỏng".encode() * 2000)
    with pytest.raises(IndexDamagedError, match="bot index --rebuild THƯ_MỤC"):
        _rebuild(spread)
    assert outcome(_rebuild(spread, spread.sources))["added"] == ["a.md", "b.md", "d.txt"]


def test_without_any_file_folders_are_asked_for(shop: Workshop) -> None:
    with pytest.raises(NothingToIndexError, match="nêu thư mục"):
        _rebuild(shop)
