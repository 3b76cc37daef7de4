"""What a run has to do: the files on disk held against what the catalog knows of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import build, marks
from index.catalog import Catalog
from index.extracted import Limits
from index.load import digest, find_files
from index.marks import Marks
from index.parse import PARSER_VERSION
from index.plan import Plan, Planner
from index.records import FileEntry
from index.sandbox import Sandbox, Unpacked
from tests.index.workshop import Workshop, outcome

_NOW, _BEFORE = "2026-02-02T08:00:00", "2026-01-01T08:00:00"
_MARKS = Marks(Limits())


@dataclass
class _Desk:
    """A catalog, a folder and what a planner makes of them."""

    shop: Workshop
    catalog: Catalog
    sandbox: Sandbox
    room: Path

    def know(self, name: str, content: str = "", document_id: str = "", reason: str = "") -> None:
        """Put into the catalog what an earlier run would have remembered of a file with that content."""
        sha256 = digest(content.encode(), b"")
        mark = _MARKS.whole(sha256) if document_id else _MARKS.under(sha256)
        self.catalog.remember(FileEntry(self.source(name), mark, document_id, _BEFORE, reason, reason))

    def source(self, name: str) -> str:
        return (self.shop.sources / name).as_posix()

    def plan(self, *paths: Path) -> Plan:
        """The plan for these paths, or for the folder of sources."""
        paths = paths or (self.shop.sources,)
        planner = Planner(self.catalog, self.sandbox, self.room, paths, _NOW)
        return planner.plan(find_files(paths, self.catalog.files()), paths)

    def changed(self, *paths: Path) -> list[str]:
        return [Path(change.file.source).name for change in self.plan(*paths).changes]


@pytest.fixture
def desk(shop: Workshop, tmp_path: Path) -> Iterator[_Desk]:
    shop.sources.mkdir()
    catalog = Catalog(tmp_path / "catalog.sqlite")
    with Sandbox(Limits()) as sandbox:
        yield _Desk(shop, catalog, sandbox, tmp_path / "chỗ")
    catalog.close()


def test_new_changed_unchanged_and_missing_files_are_told_apart(desk: _Desk) -> None:
    for name in ("giữ.md", "sửa.md", "bỏ.md"):
        desk.know(name, f"Văn bản {name}", document_id=name[:3])
    desk.shop.write("giữ.md", "Văn bản giữ.md")
    desk.shop.write("sửa.md", "Khác.")
    path = desk.shop.write("mới.md", "Mới.")
    made = desk.plan()
    assert [change.file.source for change in made.changes] == [path.as_posix(), desk.source("sửa.md")]
    assert made.changes[0].sha256 == digest("Mới.".encode(), b"")
    assert made.unchanged == [desk.source("giữ.md")]
    assert made.gone == [desk.source("bỏ.md")]
    assert (made.refused, made.archives) == ([], [])


def test_files_outside_what_was_asked_for_are_not_missed(desk: _Desk) -> None:
    for name in ("một/a.md", "hai/b.md", "một-nữa/c.md"):
        desk.know(name, "x", document_id=name[-4])
    desk.shop.write("một/x.md", "x")
    assert desk.plan(desk.shop.sources / "một").gone == [desk.source("một/a.md")]


def test_a_sidecar_that_comes_changes_or_goes_changes_its_file(desk: _Desk) -> None:
    desk.shop.write("a.md", "Một.")
    desk.know("a.md", "Một.", document_id="a")
    assert desk.changed() == []
    sidecar = desk.shop.write("a.md.yaml", "title: A")
    assert desk.changed() == ["a.md"]
    sidecar.unlink()
    assert desk.changed() == []


def test_a_refused_file_is_told_again_with_its_reason_and_not_read_until_it_changes(desk: _Desk) -> None:
    desk.shop.write("a.md", "hỏng")
    desk.know("a.md", "hỏng", reason="Vì hỏng.")
    made = desk.plan()
    assert made.changes == []
    assert [(one.source, one.reason, one.english) for one, _ in made.refused] == [
        (desk.source("a.md"), "Vì hỏng.", "Vì hỏng.")
    ]
    desk.shop.write("a.md", "đã sửa")
    assert desk.changed() == ["a.md"]


def test_a_refused_file_is_read_again_when_it_is_named_and_not_when_its_folder_is(desk: _Desk) -> None:
    path = desk.shop.write("con/a.md", "hỏng")
    desk.know("con/a.md", "hỏng", reason="Vì hỏng.")
    assert desk.changed(desk.shop.sources / "con") == []
    assert desk.changed(path) == ["a.md"]


def test_refused_and_indexed_files_are_read_again_by_another_version_of_the_loaders(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.shop.write("a.md", "hỏng")
    desk.shop.write("b.md", "Hai.")
    desk.know("a.md", "hỏng", reason="Vì hỏng.")
    desk.know("b.md", "Hai.", document_id="b")
    monkeypatch.setattr(marks, "PARSER_VERSION", PARSER_VERSION + 1)
    assert desk.changed() == ["a.md", "b.md"]


def test_a_file_of_an_unknown_kind_is_refused_without_being_read(desk: _Desk) -> None:
    (desk.shop.sources / "a.doc").mkdir()
    (desk.shop.sources / "a.doc" / "x.svg").symlink_to("/proc/self/mem")
    (refusal, sha256), *rest = desk.plan().refused
    assert (Path(refusal.source).name, sha256, rest) == ("x.svg", "", [])
    assert "Chưa hỗ trợ" in refusal.reason


def test_members_of_an_archive_are_files_below_its_name(desk: _Desk) -> None:
    path = desk.shop.write_zip("kho/a.ZIP", {"b.txt": "Hai.", "con/a.md": "Một.", "cũ.doc": "x"})
    made = desk.plan()
    assert [(change.file.source, change.file.relative) for change in made.changes] == [
        (f"{path}/b.txt", "kho/a.ZIP/b.txt"),
        (f"{path}/con/a.md", "kho/a.ZIP/con/a.md"),
    ]
    assert [change.file.read(Limits()) for change in made.changes] == [(b"Hai.", b""), ("Một.".encode(), b"")]
    assert [refusal.source for refusal, _ in made.refused] == [f"{path}/cũ.doc"]
    assert made.archives == [FileEntry(path.as_posix(), _MARKS.under(digest(path.read_bytes())), "", _NOW)]


def test_an_unchanged_archive_is_not_unpacked_and_a_changed_one_misses_what_left_it(desk: _Desk) -> None:
    path = desk.shop.write_zip("a.zip", {"b.txt": "Hai.", "c.txt": "Ba."})
    desk.catalog.remember(FileEntry(path.as_posix(), _MARKS.under(digest(path.read_bytes())), "", _BEFORE))
    desk.know("a.zip/b.txt", "Hai.", document_id="b")
    desk.know("a.zip/c.txt", "Ba.", reason="Vì hỏng.")
    made = desk.plan()
    assert (made.changes, made.archives, made.gone) == ([], [], [])
    assert made.unchanged == [f"{path}/b.txt"]
    assert [refusal.source for refusal, _ in made.refused] == [f"{path}/c.txt"]
    assert not desk.room.exists()
    desk.shop.write_zip("a.zip", {"c.txt": "Ba, đã sửa.", "d.txt": "Bốn."})
    made = desk.plan()
    assert [change.file.source for change in made.changes] == [f"{path}/c.txt", f"{path}/d.txt"]
    assert made.gone == [f"{path}/b.txt"]


def test_an_archive_that_cannot_be_opened_is_refused_and_what_came_from_it_is_missing(desk: _Desk) -> None:
    path = desk.shop.write("a.zip", b"PK\x03\x04")
    desk.know("a.zip/b.txt", "Hai.", document_id="b")
    made = desk.plan()
    assert [refusal.source for refusal, _ in made.refused] == [path.as_posix()]
    assert made.gone == [f"{path}/b.txt"]


def test_an_archive_is_indexed_found_changed_and_removed_with_its_members(shop: Workshop) -> None:
    shop.write_zip("a.zip", {"b.txt": "Nước sạch nông thôn.", "con/c.md": "Bưu chính công ích."})
    assert outcome(shop.build()) == {"added": ["b.txt", "c.md"]}
    assert {name: document.id for name, document in shop.documents().items()} == {
        "a.zip/b.txt": "a-zip-b",
        "a.zip/con/c.md": "a-zip-con-c",
    }
    assert shop.texts("nước sạch") == ["Nước sạch nông thôn."]
    assert outcome(shop.build()) == {"unchanged": ["b.txt", "c.md"]}
    path = shop.write_zip("a.zip", {"b.txt": "Cầu đường liên xã."})
    assert outcome(shop.build()) == {"changed": ["b.txt"], "removed": ["c.md"]}
    assert (shop.texts("nước sạch"), shop.texts("cầu đường")) == ([], ["Cầu đường liên xã."])
    path.unlink()
    shop.write("x.md", "Mạng cáp quang.")
    assert outcome(shop.build()) == {"added": ["x.md"], "removed": ["b.txt"]}
    assert set(shop.files()) == {"x.md"}


def test_a_refused_member_of_an_archive_is_read_again_by_another_version_of_the_loaders(
    desk: _Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.shop.write_zip("a.zip", {"b.txt": "hỏng"})
    desk.catalog.remember(FileEntry(path.as_posix(), _MARKS.under(digest(path.read_bytes())), "", _BEFORE))
    desk.know("a.zip/b.txt", "hỏng", reason="Vì hỏng.")
    monkeypatch.setattr(marks, "PARSER_VERSION", PARSER_VERSION + 1)
    assert desk.changed() == ["b.txt"]


def test_an_archive_that_was_refused_is_not_unpacked_again_until_it_changes(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Watched(Sandbox):
        def unpack(self, name: str, content: bytes, folder: Path) -> Unpacked:
            opened.append(Path(name).name)
            return super().unpack(name, content, folder)

    monkeypatch.setattr(build, "Sandbox", Watched)
    shop.write("a.zip", b"PK\x03\x04")
    first = shop.build().refused
    assert (len(first), opened) == (1, ["a.zip"])
    assert (shop.build().refused, opened) == (first, ["a.zip"])


def test_several_archives_that_cannot_be_opened_are_refused_each_by_itself(shop: Workshop) -> None:
    for name in ("a.zip", "b.zip"):
        shop.write(name, b"PK\x03\x04")
    shop.write_zip("c.zip", {"d.txt": "Nước sạch nông thôn."})
    assert outcome(shop.build()) == {"added": ["d.txt"], "refused": ["a.zip", "b.zip"]}


def test_an_inner_archive_that_cannot_be_opened_does_not_cost_the_others(shop: Workshop) -> None:
    shop.write_zip("a.zip", {"b.txt": "Nước sạch nông thôn.", "hỏng.zip": "PK"})
    for kind in ("added", "unchanged"):
        report = shop.build()
        assert outcome(report) == {kind: ["b.txt"], "refused": ["hỏng.zip"]}
        assert report.refused[0].source.endswith("/a.zip/hỏng.zip")
        assert report.refused[0].english
    shop.write_zip("a.zip", {"b.txt": "Nước sạch nông thôn."})
    assert outcome(shop.build()) == {"unchanged": ["b.txt"]}


def test_a_member_that_is_named_is_not_removed(shop: Workshop) -> None:
    path = shop.write_zip("a.zip", {"b.txt": "Nước sạch nông thôn.", "c.txt": "Bưu chính công ích."})
    shop.build()
    assert outcome(shop.build(path / "b.txt")) == {"unchanged": ["b.txt", "c.txt"]}


def test_a_sidecar_within_an_archive_belongs_to_the_member_beside_it(desk: _Desk) -> None:
    desk.shop.write_zip("a.zip", {"b.txt": "Hai.", "b.txt.yaml": "title: B"})
    made = desk.plan()
    assert [change.file.read(Limits()) for change in made.changes] == [(b"Hai.", b"title: B")]
    assert made.refused == []
