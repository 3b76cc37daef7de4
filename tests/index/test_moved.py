"""Files that move, and folders that cannot be listed: nothing that is still there is missing for a moment."""

import os
import posix
from collections.abc import Iterator, Sequence

import pytest

from index.embed import Vectors
from tests.index.workshop import Workshop, names, outcome
from tests.stand_ins import HashingEncoder

_WATER, _POST = "Tỉnh cấp nước sạch cho nông thôn.", "# Bưu chính\n\nBưu chính công ích phục vụ xã."


class _Counting(HashingEncoder):
    """Remembers what was embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return super().encode_passages(texts)


@pytest.fixture
def moved(shop: Workshop) -> Workshop:
    """Two documents, indexed, whose folder was given another name since."""
    shop.write("2020/nước.md", _WATER)
    shop.write("2020/bưu.md", _POST)
    shop.build()
    (shop.sources / "2020").rename(shop.sources / "năm 2020")
    return shop


@pytest.fixture
def closed(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """Two documents, indexed, one in a folder that can no longer be listed."""
    shop.write("a.md", _WATER)
    shop.write("kín/b.md", _POST)
    shop.write_zip("kín/c.zip", {"d.txt": "Cầu đường."})
    shop.build()
    scandir = os.scandir

    def scan(path: str) -> object:
        if str(path).endswith("/kín"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patched:  # for root no folder is closed
        patched.setattr(os, "scandir", scan)
        yield shop


def test_what_is_moved_is_told_as_moved_and_costs_no_embedding(moved: Workshop) -> None:
    encoder = _Counting()
    report = moved.build(encoder=encoder)
    assert outcome(report) == {"added": ["bưu.md", "nước.md"], "removed": ["bưu.md", "nước.md"]}
    assert encoder.embedded == []
    assert set(moved.documents()) == set(moved.files()) == {"năm 2020/nước.md", "năm 2020/bưu.md"}
    known, stored = moved.stored_ids()
    assert (len(known), stored) == (2, known)
    assert moved.texts("nước sạch", "fused")[0] == _WATER
    assert len(outcome(moved.build())["unchanged"]) == 2


def test_while_moved_documents_are_written_all_of_them_answer(moved: Workshop) -> None:
    moved.write("mới.md", "Cầu đường.")
    held: list[int] = []
    moved.build(progress=lambda done, total, name: held.append(len(moved.documents())))
    assert min(held) >= 2


def test_what_comes_from_the_name_of_a_file_follows_it(shop: Workshop) -> None:
    path = shop.write("nước.csv", "1;2\n3;4\n")
    shop.build()
    path.rename(shop.sources / "điện.csv")
    (before,) = shop.open().documents()
    assert outcome(shop.build()) == {"added": ["điện.csv"], "removed": ["nước.csv"]}
    (document,) = shop.open().documents()
    assert (document.id, document.text, document.others) == (before.id, before.text, ())
    assert (before.title, document.title) == ("nước", "điện")
    known, stored = shop.stored_ids()
    assert known == stored


def test_a_file_that_takes_the_place_of_another_takes_its_text_along(shop: Workshop) -> None:
    shop.write("a.md", _WATER)
    shop.write("b.md", _POST)
    shop.build()
    (shop.sources / "a.md").replace(shop.sources / "b.md")
    assert outcome(shop.build()) == {"changed": ["b.md"], "removed": ["a.md"]}
    assert [document.text for document in shop.documents().values()] == [_WATER]
    known, stored = shop.stored_ids()
    assert known == stored


def test_a_text_that_moved_to_two_places_is_still_stored_once(shop: Workshop) -> None:
    path = shop.write("a.md", _WATER)
    shop.build()
    path.unlink()
    for name in ("x/a.md", "y/a.md"):
        shop.write(name, _WATER)
    report = shop.build()
    assert (names(report.removed), len(report.added), len(report.same)) == (["a.md"], 1, 1)
    assert len(shop.open().documents()) == 1
    assert set(shop.files()) == {"x/a.md", "y/a.md"}


def test_of_a_text_with_two_files_one_moves_and_the_other_is_named_as_holding_it(shop: Workshop) -> None:
    path, kept = shop.write("a.md", _WATER), shop.write("b.md", _WATER)
    shop.build()
    path.rename(shop.sources / "c.md")
    report = shop.build()
    assert report.same == (((shop.sources / "c.md").as_posix(), kept.as_posix()),)
    assert set(shop.files()) == {"b.md", "c.md"}


def test_a_folder_that_cannot_be_listed_is_refused_and_what_came_from_it_stays(closed: Workshop) -> None:
    report = closed.build()
    assert outcome(report) == {"unchanged": ["a.md", "b.md", "d.txt"], "refused": ["kín"]}
    assert "Permission denied" in report.refused[0].reason
    assert "cấp quyền đọc thư mục" in report.refused[0].reason
    assert "Grant access" in report.refused[0].english
    assert closed.texts("bưu chính") != []


def test_a_folder_that_can_be_listed_again_is_no_longer_refused(
    closed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed.build()
    monkeypatch.setattr(os, "scandir", posix.scandir)
    assert outcome(closed.build()) == {"unchanged": ["a.md", "b.md", "d.txt"]}
    assert "kín" not in closed.files()


def test_a_file_that_may_not_even_be_looked_at_is_refused_alone(shop: Workshop) -> None:
    shop.write("a.md", _WATER)
    (shop.sources / "b.md").symlink_to("x" * 300)
    assert outcome(shop.build()) == {"added": ["a.md"], "refused": ["b.md"]}


@pytest.mark.parametrize("name", ["", "2020", "2020/nước.md"])
def test_a_named_place_that_is_gone_is_told_and_what_came_from_it_stays(shop: Workshop, name: str) -> None:
    shop.write("2020/nước.md", _WATER)
    shop.build()
    aside = shop.sources.with_name("chỗ khác")
    shop.sources.rename(aside)
    report = shop.build(shop.sources / name)
    assert (report.removed, len(report.unchanged), len(report.refused)) == ((), 1, 1)
    assert "Không còn thấy thư mục" in report.refused[0].reason
    assert "nối lại ổ đĩa" in report.refused[0].reason
    assert shop.texts("nước sạch") == [_WATER]
    aside.rename(shop.sources)
    assert outcome(shop.build()) == {"unchanged": ["nước.md"]}
    assert set(shop.files()) == {"2020/nước.md"}


def test_a_named_file_that_was_deleted_is_removed(shop: Workshop) -> None:
    path = shop.write("a.md", _WATER)
    shop.write("b.md", _POST)
    shop.build()
    path.unlink()
    assert outcome(shop.build(path)) == {"removed": ["a.md"]}
