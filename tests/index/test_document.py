"""From what was parsed to the document that is indexed."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.document import make_document, read_document
from index.extracted import Extracted
from index.parse import Parsed
from index.records import Document, Finding, PartialDate

_FULL = """---
title: "Họp  với tỉnh"
date: 2020-09-10
provinces: [Đồng Tháp, " Long An "]
number: 12/TB-BTTTT
type: Thông báo
issuer: Bộ TT&TT
people: [Nguyễn Văn A]
event: Làm việc
publisher: Báo tỉnh
---

# Tiêu đề

Nội dung.
"""


def _read(tmp_path: Path, text: str, name: str = "một.md") -> Document:
    (tmp_path / name).write_bytes(text.encode())
    return read_document(tmp_path / name)[0]


def _made(*findings: Finding, text: str = "Nội dung.", source: str = "nguồn/một.md", **other: str) -> Document:
    return make_document(Parsed(Extracted(text, ()), findings, **other), source, "mot")


@pytest.mark.parametrize("text", [_FULL, _FULL.replace("\n", "\r\n"), "\ufeff" + _FULL])
def test_what_a_file_declares_fills_the_record_and_the_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    document = _read(tmp_path, text)
    assert (document.title, document.event, document.publisher) == ("Họp với tỉnh", "Làm việc", "Báo tỉnh")
    assert (document.number, document.type, document.issuer) == ("12/TB-BTTTT", "Thông báo", "Bộ TT&TT")
    assert (document.provinces, document.people) == (("Đồng Tháp", "Long An"), ("Nguyễn Văn A",))
    assert document.date == PartialDate(2020, 9, 10)
    assert document.text == text


def test_a_document_read_from_a_file_has_its_blocks_and_an_id(tmp_path: Path) -> None:
    (tmp_path / "Đồng Tháp.md").write_text(_FULL, encoding="utf-8")
    document, blocks = read_document(tmp_path / "Đồng Tháp.md")
    assert (document.id, document.source_name) == ("dong-thap", "Đồng Tháp.md")
    assert [document.text[block.start : block.end] for block in blocks] == ["# Tiêu đề", "Nội dung."]
    assert read_document(tmp_path / "Đồng Tháp.md", "khác")[0].id == "khác"


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
def test_a_date_is_as_precise_as_it_is_written(tmp_path: Path, line: str, date: PartialDate | None) -> None:
    assert _read(tmp_path, f"---\n{line}\n---\nNội dung.").date == date


@pytest.mark.parametrize(
    ("source", "title"),
    [("nguồn/một hai.v1.md", "một hai.v1"), ("a.zip/b.txt", "b"), ("a.md", "a")],
)
def test_without_a_title_the_name_of_the_file_serves(source: str, title: str) -> None:
    assert _made(source=source).title == title


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("tỉnh " * 60, "tỉnh " * 39 + "tỉnh…"),
        ("x" * 200, "x" * 200),
        ("x" * 201, "x" * 200 + "…"),
        ("Họp\n với  tỉnh ", "Họp với tỉnh"),
    ],
)
def test_a_title_is_one_line_of_at_most_200_characters(given: str, title: str) -> None:
    assert _made(Finding("title", given, "")).title == title


def test_the_first_of_several_findings_counts_and_names_are_kept_once() -> None:
    document = _made(
        Finding("title", "Một", "a"),
        Finding("title", "Hai", "b"),
        Finding("date", "2020-09", "a"),
        Finding("date", "2021", "b"),
        Finding("province", "Long An", "a"),
        Finding("province", "Hậu Giang", "a"),
        Finding("province", "Long An", "b"),
        Finding("person", "Nguyễn Văn A", "a", detail="Thứ trưởng"),
        Finding("person", "Lê Thị B", "a"),
    )
    assert (document.title, document.date, document.provinces) == (
        "Một",
        PartialDate(2020, 9),
        ("Long An", "Hậu Giang"),
    )
    assert document.people == ("Nguyễn Văn A, Thứ trưởng", "Lê Thị B")
    assert len(document.findings) == 9


def test_pages_and_remarks_go_into_the_record() -> None:
    extracted = Extracted("Một.\n\n\fHai.", (), pages=(0, 7), remarks=("Bản quét.",))
    document = make_document(Parsed(extracted, ()), "a.pdf", "a")
    assert (document.pages, document.remarks) == ((0, 7), ("Bản quét.",))


def test_the_revision_changes_with_the_text_and_with_every_particular() -> None:
    title = Finding("title", "Họp", "a")
    revisions = [
        _made(title),
        _made(title, text="Khác."),
        _made(replace(title, value="Giao ban")),
        _made(replace(title, basis="b")),
        _made(title, Finding("province", "Long An", "a")),
        _made(title, event="Họp"),
        _made(title, publisher="Họp"),
    ]
    assert len({document.sha256 for document in revisions}) == len(revisions)
    assert _made(title).sha256 == _made(title, source="khác/hai.md").sha256
