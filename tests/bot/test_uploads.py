"""Files that keepers send: what is taken, what is refused and why, and that nothing is left half done."""

import io
import unicodedata
from pathlib import Path

import pytest

from bot.errors import UploadError
from bot.uploads import checked_name, store

_TEXT = "Văn bản.\n".encode()


def test_a_file_is_put_into_the_folder_whole(tmp_path: Path) -> None:
    folder = tmp_path / "mới"
    taken = store(folder, "Báo cáo.md", io.BytesIO(_TEXT), limit_mib=1)
    assert (taken.name, taken.size, taken.replaced) == ("Báo cáo.md", len(_TEXT), False)
    assert [path.name for path in folder.iterdir()] == ["Báo cáo.md"]
    assert (folder / "Báo cáo.md").read_bytes() == _TEXT


def test_a_name_is_kept_composed(tmp_path: Path) -> None:
    taken = store(tmp_path, unicodedata.normalize("NFD", " Kết luận.txt "), io.BytesIO(_TEXT), limit_mib=1)
    assert taken.name == unicodedata.normalize("NFC", "Kết luận.txt")
    assert (tmp_path / taken.name).is_file()


def test_one_that_is_there_is_replaced_only_when_asked(tmp_path: Path) -> None:
    store(tmp_path, "a.md", io.BytesIO(_TEXT), limit_mib=1)
    with pytest.raises(UploadError, match=r"Đã có tệp tên «a\.md»"):
        store(tmp_path, "a.md", io.BytesIO(b"new"), limit_mib=1)
    assert (tmp_path / "a.md").read_bytes() == _TEXT
    assert store(tmp_path, "a.md", io.BytesIO(b"new"), limit_mib=1, replace=True).replaced
    assert (tmp_path / "a.md").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "không hợp lệ"),
        ("..", "không hợp lệ"),
        ("../a.md", "không hợp lệ"),
        ("/etc/a.md", "không hợp lệ"),
        ("kho\\a.md", "không hợp lệ"),
        ("a\n.md", "ký tự ẩn"),
        ("a\x00.md", "ký tự ẩn"),
        ("a\u202efdp.md", "ký tự ẩn"),
        ("\ud800.md", "ký tự ẩn"),
        (".htaccess.md", "tệp ẩn"),
        ("~$a.docx", "tệp ẩn"),
        ("a" * 300 + ".md", "quá dài"),
        ("a.exe", "Chưa hỗ trợ loại tệp «.exe»"),
        ("a.doc", "Hãy lưu lại dưới dạng .docx"),
        ("tệp", "không có phần mở rộng"),
    ],
)
def test_names_that_are_not_plain_or_of_another_kind_are_refused(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(UploadError) as refused:
        store(tmp_path / "mới", name, io.BytesIO(_TEXT), limit_mib=1)
    assert told in str(refused.value)
    assert not (tmp_path / "mới").exists()


def test_the_message_about_a_name_shows_no_hidden_character() -> None:
    with pytest.raises(UploadError) as refused:
        checked_name("a\u202efdp.md")
    assert "\u202e" not in str(refused.value)


@pytest.mark.parametrize(("content", "told"), [(b"", "Tệp rỗng"), (b"x" * ((1 << 20) + 1), "Tệp lớn hơn 1 MiB")])
def test_empty_and_large_files_are_refused_and_leave_nothing(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(UploadError, match=told):
        store(tmp_path, "a.md", io.BytesIO(content), limit_mib=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("x")
    with pytest.raises(UploadError, match=r"Không lưu được tệp «a\.md»"):
        store(tmp_path / "tệp" / "kho", "a.md", io.BytesIO(_TEXT), limit_mib=1)
