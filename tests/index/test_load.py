"""Which files there are, what they hold, and what is refused before anything is read of them."""

import os
from pathlib import Path

import pytest

from index.errors import NothingToIndexError, SourceNotFoundError, UnreadableDocumentError
from index.extracted import Limits
from index.load import SourceFile, digest, document_id, find_files


def _put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def _found(*paths: Path, known: tuple[str, ...] = ()) -> list[str]:
    return [file.relative for file in find_files(paths, known)]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("2020/Đồng Tháp.md", "2020-dong-thap"), ("Bà Rịa – Vũng Tàu.txt", "ba-ria-vung-tau"), ("???.md", "tai-lieu")],
)
def test_a_document_id_is_the_folded_path(path: str, wanted: str) -> None:
    assert document_id(path) == wanted


def test_files_are_found_in_order_of_name_without_hidden_ones(tmp_path: Path) -> None:
    _put(tmp_path, "b.md", "a.txt", "con/c.markdown", ".ẩn.md", ".git/d.md", "con/.e.md")
    assert _found(tmp_path, tmp_path / "b.md") == ["a.txt", "b.md", "con/c.markdown"]


def test_a_file_is_known_by_its_whole_path_and_its_place_below_what_was_given(tmp_path: Path) -> None:
    _put(tmp_path, "con/c.md")
    path = tmp_path.resolve() / "con" / "c.md"
    assert find_files([tmp_path]) == [SourceFile(path.as_posix(), path, "con/c.md")]
    assert find_files([path]) == [SourceFile(path.as_posix(), path, "c.md")]


def test_a_path_may_be_written_in_any_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(tmp_path, "con/c.md")
    monkeypatch.chdir(tmp_path)
    assert len(find_files([Path("con"), Path("con/../con/c.md"), tmp_path])) == 1


def test_a_sidecar_is_no_file_of_its_own_but_one_without_its_file_is(tmp_path: Path) -> None:
    _put(tmp_path, "a.pdf", "a.pdf.yaml", "b.md", "b.md.yml", "c.yaml", "d.md.yaml")
    assert _found(tmp_path) == ["a.pdf", "b.md", "c.yaml", "d.md.yaml"]


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".YAML", ".YML"])
def test_a_file_is_read_with_the_sidecar_beside_it(tmp_path: Path, suffix: str) -> None:
    _put(tmp_path, "a.md", "b.md")
    (tmp_path / f"a.md{suffix}").write_text("title: A")
    assert [file.read(Limits()) for file in find_files([tmp_path])] == [(b"x", b"title: A"), (b"x", b"")]
    assert find_files([tmp_path / "a.md"])[0].read(Limits()) == (b"x", b"title: A")


def test_of_two_sidecars_the_first_is_read(tmp_path: Path) -> None:
    _put(tmp_path, "a.md")
    for suffix in (".yaml", ".yml"):
        (tmp_path / f"a.md{suffix}").write_text(suffix)
    for path in (tmp_path, tmp_path / "a.md"):
        assert [file.read(Limits()) for file in find_files([path])] == [(b"x", b".yaml")]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="không-có"):
        find_files([tmp_path, tmp_path / "không-có"])


def test_a_folder_that_is_gone_stands_for_what_was_indexed_below_it(tmp_path: Path) -> None:
    _put(tmp_path, "b.md")
    gone, known = tmp_path / "mất", (f"{tmp_path}/mất/con/a.md",)
    (missing,) = find_files([gone], known)
    assert missing.source == gone.as_posix()
    with pytest.raises(UnreadableDocumentError, match="Không còn thấy thư mục"):
        missing.read(Limits())
    assert _found(gone, tmp_path, known=known) == ["mất", "b.md"]
    assert _found(tmp_path / "a.md", known=(f"{tmp_path}/a.md",)) == []
    with pytest.raises(SourceNotFoundError, match="mấ"):
        find_files([tmp_path / "mấ"], known)


def test_an_empty_folder_is_an_error_that_names_it_unless_something_was_indexed_below_it(tmp_path: Path) -> None:
    _put(tmp_path, "trống/.ẩn.md")
    with pytest.raises(NothingToIndexError, match=r"trống.*\.docx.*\.pdf"):
        find_files([tmp_path / "trống"])
    assert find_files([tmp_path / "trống"], [f"{tmp_path}/trống/a.md"]) == []


def test_a_file_too_big_to_be_read_is_refused_for_its_size_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(40 << 30)
    with pytest.raises(UnreadableDocumentError, match=r"hơn 2048 MiB.*BOT_FILE_MEMORY_MIB"):
        find_files([tmp_path])[0].read(Limits())


def test_what_programs_leave_beside_documents_is_left_out(tmp_path: Path) -> None:
    _put(tmp_path, "a.docx", "~$a.docx", "Thumbs.db", "con/desktop.ini", ".DS_Store", "__MACOSX/b.txt")
    _put(tmp_path, "con/tin.htm", "con/tin_files/anh.png", "con/khác_files/c.txt", "con/khác.txt")
    assert _found(tmp_path) == ["a.docx", "con/khác.txt", "con/tin.htm", "con/khác_files/c.txt"]


def test_a_file_that_vanished_is_refused_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "mất.md"
    with pytest.raises(UnreadableDocumentError, match="Không đọc được") as refused:
        SourceFile(path.as_posix(), path, path.name).read(Limits())
    assert "cannot be read" in refused.value.english


def test_a_sidecar_that_cannot_be_read_costs_its_file(tmp_path: Path) -> None:
    _put(tmp_path, "a.md")
    (tmp_path / "a.md.yaml").symlink_to("/proc/self/mem")  # a file, and none that can be read
    with pytest.raises(UnreadableDocumentError, match="Không đọc được"):
        find_files([tmp_path / "a.md"])[0].read(Limits())


def test_a_name_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"x\xff.md")).write_text("x")
    with pytest.raises(UnreadableDocumentError, match="UTF-8"):
        find_files([tmp_path])[0].read(Limits())


def test_a_digest_follows_the_file_and_its_sidecar() -> None:
    assert digest(b"a", b"") == digest(b"a")
    assert len({digest(b"a", b""), digest(b"b", b""), digest(b"a", b"b")}) == 3
