"""From files to documents, and what is refused."""

from pathlib import Path

import pytest

from index import load
from index.errors import NothingToIndexError, SourceNotFoundError, UnreadableDocumentError
from index.records import Document, PartialDate

_FULL = """---
title: "Họp  với tỉnh"
date: 2020-09-10
provinces: [Đồng Tháp, " Long An "]
event: Làm việc
publisher: Báo tỉnh
---

# Tiêu đề

Nội dung.
"""


def _parse(text: str, name: str = "một.md") -> Document:
    return load.parse(Path("nguồn") / name, text.encode(), "mot")


def test_front_matter_fills_the_record_and_the_text_stays_as_it_is() -> None:
    document = _parse(_FULL)
    assert (document.title, document.event, document.publisher) == ("Họp với tỉnh", "Làm việc", "Báo tỉnh")
    assert document.provinces == ("Đồng Tháp", "Long An")
    assert document.date == PartialDate(2020, 9, 10)
    assert document.text == _FULL
    assert document.sha256 == load.digest(_FULL.encode())


@pytest.mark.parametrize("text", [_FULL.replace("\n", "\r\n"), "\ufeff" + _FULL])
def test_windows_line_ends_and_byte_order_marks_are_kept_and_understood(text: str) -> None:
    document = _parse(text)
    assert document.text == text
    assert document.date == PartialDate(2020, 9, 10)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("date: 2020-09-10", PartialDate(2020, 9, 10)),
        ("date: '2020-09'", PartialDate(2020, 9)),
        ("date: 2020-09", PartialDate(2020, 9)),
        ("date: 2020", PartialDate(2020)),
        ("title: Họp", None),
        ("date:", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(line: str, date: PartialDate | None) -> None:
    assert _parse(f"---\n{line}\n---\nNội dung.").date == date


def test_a_single_province_needs_no_list() -> None:
    assert _parse("---\nprovinces: Hậu Giang\n---\nNội dung.").provinces == ("Hậu Giang",)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("\n\n## Khuyến nghị  của Bộ\n\nNội dung.", "Khuyến nghị của Bộ"),
        ("\ufeffDòng đầu\nDòng hai", "Dòng đầu"),
        ("tỉnh " * 60, "tỉnh " * 39 + "tỉnh…"),
        ("#\n##\n", "một"),
    ],
)
def test_without_a_title_the_first_line_with_text_or_the_file_name_serves(body: str, title: str) -> None:
    assert _parse(body).title == title


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"---\ntitle: [a\n---\nx", "YAML"),
        (b"---\n- a\n- b\n---\nx", "khóa: giá trị"),
        ("---\ndate: sáng nay\n---\nx".encode(), "sáng nay"),
        (b"PNG\x00\x01\x02", r"không phải văn bản\."),
        ("Họp".encode("utf-16"), r"không phải văn bản\."),
        ("Hội nghị".encode("cp1258", errors="replace") + b"\xff", "UTF-8"),
        (b"", "không có nội dung"),
        (b" \n\t\r\n", "không có nội dung"),
        (b"---\ntitle: a\n---\n\n", "không có nội dung"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason):
        load.parse(Path("a.md"), content, "a")


def test_dashes_that_open_no_front_matter_are_part_of_the_body() -> None:
    assert load.front_matter("---\ntitle: a\nNội dung.") == ({}, 0)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("2020/Đồng Tháp.md", "2020-dong-thap"), ("Bà Rịa – Vũng Tàu.txt", "ba-ria-vung-tau"), ("???.md", "tai-lieu")],
)
def test_a_document_id_is_the_folded_path(path: str, wanted: str) -> None:
    assert load.document_id(Path(path)) == wanted


def test_files_are_found_in_order_of_name_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "con/c.markdown", ".ẩn.md", ".git/d.md", "con/.e.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    found = load.find_files([tmp_path, tmp_path / "b.md"])
    assert [path.relative_to(tmp_path.resolve()).as_posix() for path in found] == ["a.txt", "b.md", "con/c.markdown"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="không-có"):
        load.find_files([tmp_path, tmp_path / "không-có"])


def test_an_empty_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    (tmp_path / "trống" / ".ẩn.md").write_text("x")
    with pytest.raises(NothingToIndexError, match="trống"):
        load.find_files([tmp_path / "trống"])


@pytest.mark.parametrize("name", ["báo-cáo.pdf", "không-đuôi"])
def test_an_unsupported_kind_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x")
    with pytest.raises(UnreadableDocumentError, match="Chưa hỗ trợ"):
        load.read_bytes(tmp_path / name)


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.MD").write_text("x")
    assert load.read_bytes(tmp_path / "A.MD") == b"x"


def test_a_file_that_vanished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="Không đọc được"):
        load.read_bytes(tmp_path / "mất.md")
