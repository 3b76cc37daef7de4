"""`bot documents`: what is indexed, what was refused and why, and taking documents out."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from index.catalog import Catalog
from index.lock import writer_lock
from index.records import Document, FileEntry, Finding, PartialDate, Passage
from tests.bot.conftest import Run
from tests.bot.corpus import ASKS_BUDGET, BUDGET

_TEXT = "BỘ THÔNG TIN\nHà Nội, ngày 12 tháng 5\n  năm 2020\n\n\fSông Lam dành 3% ngân sách."
_DATE = (_TEXT.index("ngày"), _TEXT.index("2020") + 4)
_LETTER = Document(
    id="thong-bao",
    title="Kết luận tại Sông Lam",
    source="/kho/thông-báo.pdf",
    sha256="0" * 64,
    text=_TEXT,
    date=PartialDate(2020, 5, 12),
    provinces=("Sông Lam",),
    event="Buổi làm việc tại Sông Lam",
    publisher="Cổng thông tin của tỉnh",
    number="12/TB-BTTTT",
    type="Thông báo",
    people=("Trần Thị Minh, Thứ trưởng",),
    pages=(0, _TEXT.index("Sông")),
    findings=(
        Finding("title", "Kết luận tại Sông Lam", "tệp khai báo đi kèm"),
        Finding("date", "2020-05-12", "dòng địa danh, ngày tháng", *_DATE),
        Finding("person", "Trần Thị Minh", "tệp khai báo đi kèm", detail="Thứ trưởng"),
    ),
    remarks=("Trang 2 là bản quét.",),
)
_LABEL = "Thông báo 12/TB-BTTTT – Kết luận tại Sông Lam – 12/5/2020 – Sông Lam"
_AT = "2026-01-02T08:00:00"
_REASON = "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu."


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """The catalog of the data folder: a letter in two files, a note, a refused file and an archive."""
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as opened:
        _put(opened, _LETTER, 2)
        opened.remember(FileEntry("/kho/bản-sao.pdf", "1", "thong-bao", "2026-01-03T08:00:00"))
        _put(opened, Document("ghi-chep", "Ghi chép", "/kho/a.zip/ghi-chép.txt", "1" * 64, "Lớp tập huấn."), 1)
        opened.remember(FileEntry("/kho/a.zip", "2", "", _AT))
        opened.remember(FileEntry("/kho/khóa.docx", "3", "", _AT, _REASON, "Protected."))
        yield opened


def _put(catalog: Catalog, document: Document, passages: int) -> None:
    cut = [Passage(f"{document.id}#{n}", document.id, n, n + 1, "", document.text[n]) for n in range(passages)]
    entry = FileEntry(document.source, "0", document.id, _AT)
    catalog.replace(document, [(passage, b"") for passage in cut], entry)


@pytest.mark.usefixtures("catalog")
def test_the_list_tells_every_file_with_its_document_or_why_it_was_refused(run: Run) -> None:
    result = run("documents", "list")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "ghi-chep  Ghi chép",
        "         1 đoạn, nạp lúc 08:00 ngày 2/1/2026, /kho/a.zip/ghi-chép.txt",
        "TRÙNG    /kho/bản-sao.pdf",
        "         trùng nội dung với /kho/thông-báo.pdf (mã thong-bao)",
        "TỪ CHỐI  /kho/khóa.docx",
        f"         {_REASON}",
        f"thong-bao  {_LABEL}",
        "         2 đoạn, nạp lúc 08:00 ngày 2/1/2026, /kho/thông-báo.pdf",
        "2 tài liệu, 3 đoạn; 1 tệp trùng nội dung, 1 tệp bị từ chối, 0 tệp đã gỡ.",
    ]


@pytest.mark.usefixtures("catalog")
def test_the_list_as_json_has_a_row_for_every_file(run: Run) -> None:
    result = run("documents", "list", "--json")
    assert result.exit_code == 0
    rows = {row["source"]: row for row in json.loads(result.stdout)}
    assert rows["/kho/thông-báo.pdf"] == {
        "source": "/kho/thông-báo.pdf",
        "sha256": "0",
        "document_id": "thong-bao",
        "indexed_at": _AT,
        "reason": "",
        "english": "",
        "state": "indexed",
        "label": _LABEL,
        "passages": 2,
    }
    refused = rows["/kho/khóa.docx"]
    assert (refused["reason"], refused["english"], refused["document_id"], refused["passages"]) == (
        _REASON,
        "Protected.",
        "",
        0,
    )
    assert {source: row["state"] for source, row in rows.items()} == {
        "/kho/a.zip": "archive",
        "/kho/a.zip/ghi-chép.txt": "indexed",
        "/kho/bản-sao.pdf": "duplicate",
        "/kho/khóa.docx": "refused",
        "/kho/thông-báo.pdf": "indexed",
    }


@pytest.mark.usefixtures("catalog")
def test_a_document_is_shown_with_its_files_and_the_grounds_of_what_is_said_of_it(run: Run) -> None:
    result = run("documents", "show", "thong-bao")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        _LABEL,
        "Tệp: /kho/thông-báo.pdf",
        "Tệp: /kho/bản-sao.pdf",
        "Sự kiện: Buổi làm việc tại Sông Lam (khai báo)",
        "Nơi đăng: Cổng thông tin của tỉnh (khai báo)",
        "Tiêu đề: Kết luận tại Sông Lam (tệp khai báo đi kèm)",
        "Ngày: 12/5/2020 (dòng địa danh, ngày tháng: “ngày 12 tháng 5 năm 2020”)",
        "Người: Trần Thị Minh, Thứ trưởng (tệp khai báo đi kèm)",
        "Lưu ý: Trang 2 là bản quét.",
        f"2 trang, 2 đoạn, {len(_TEXT)} ký tự",
    ]


@pytest.mark.usefixtures("catalog")
def test_a_document_without_pages_or_findings_is_shown_too(run: Run) -> None:
    assert run("documents", "show", "ghi-chep").stdout.splitlines() == [
        "Ghi chép",
        "Tệp: /kho/a.zip/ghi-chép.txt",
        "1 đoạn, 13 ký tự",
    ]


@pytest.mark.usefixtures("catalog")
def test_a_document_as_json_has_everything_but_its_text(run: Run) -> None:
    result = run("documents", "show", "thong-bao", "--json")
    assert result.exit_code == 0
    shown = json.loads(result.stdout)
    assert "text" not in shown
    assert (shown["id"], shown["date"], shown["number"], shown["passages"]) == (
        "thong-bao",
        "2020-05-12",
        "12/TB-BTTTT",
        2,
    )
    assert (shown["source"], shown["others"]) == ("/kho/thông-báo.pdf", ["/kho/bản-sao.pdf"])
    assert (shown["pages"], shown["people"]) == (list(_LETTER.pages), list(_LETTER.people))
    assert shown["findings"][1] == {
        "field": "date",
        "value": "2020-05-12",
        "basis": "dòng địa danh, ngày tháng",
        "start": _DATE[0],
        "end": _DATE[1],
        "detail": "",
    }
    assert json.loads(run("documents", "show", "ghi-chep", "--json").stdout)["date"] == ""


@pytest.mark.parametrize("arguments", [["show"], ["show", "--json"], ["remove"]])
@pytest.mark.usefixtures("catalog")
def test_an_unknown_document_has_a_status_of_its_own(run: Run, arguments: list[str]) -> None:
    command, *options = arguments
    result = run("documents", command, "không-có", *options)
    assert result.exit_code == 3
    assert "Không có tài liệu «không-có»" in result.output
    assert "bot documents list" in result.output


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["show", "x"], ["remove", "x"]])
def test_without_an_index_the_way_to_one_is_named(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    result = run("documents", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Chưa có chỉ mục tài liệu. Hãy chạy «bot index» trước." in result.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("arguments", [[], ["show"], ["remove"], ["list", "thừa"], ["xóa"]])
def test_a_command_that_is_not_complete_is_wrong_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["documents", *arguments]).exit_code == 2


def test_an_empty_index_is_listed_as_such(run: Run, tmp_path: Path) -> None:
    Catalog(tmp_path / "home" / "index" / "catalog.sqlite").close()
    assert run("documents", "list").stdout == (
        "0 tài liệu, 0 đoạn; 0 tệp trùng nội dung, 0 tệp bị từ chối, 0 tệp đã gỡ.\n"
    )
    assert json.loads(run("documents", "list", "--json").stdout) == []


def test_a_damaged_catalog_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "index").mkdir(parents=True)
    (tmp_path / "home" / "index" / "catalog.sqlite").write_bytes(b"not a database at all" * 100)
    result = run("documents", "list")
    assert result.exit_code == 1
    assert "bot index --rebuild" in result.stderr


@pytest.mark.parametrize("arguments", [["list"], ["show", "thong-bao"]])
def test_a_name_or_title_cannot_steer_the_terminal(run: Run, catalog: Catalog, arguments: list[str]) -> None:
    _put(catalog, replace(_LETTER, title="Kết luận\x1b[2J", source="/kho/\x1b[31mđỏ.pdf"), 1)
    assert "\x1b" not in run("documents", *arguments).output


def test_a_document_taken_out_is_found_no_more_and_comes_back_when_its_file_is_named(run: Run, home: Path) -> None:
    (row,) = [row for row in json.loads(run("documents", "list", "--json").stdout) if row["document_id"] == "song-lam"]
    assert BUDGET in run("search", ASKS_BUDGET).stdout
    result = run("documents", "remove", "song-lam")
    assert (result.exit_code, result.stdout) == (0, f"Đã gỡ: {row['source']}\n")
    assert BUDGET not in run("search", ASKS_BUDGET).stdout
    assert run("documents", "show", "song-lam").exit_code == 3
    listed = run("documents", "list").stdout
    assert f"ĐÃ GỠ    {row['source']}\n         Đã gỡ khỏi chỉ mục theo yêu cầu" in listed
    assert "2 tài liệu" in listed
    folder = Path(row["source"]).parent
    assert "giữ nguyên 2, đã gỡ 1, từ chối 0" in run("index", folder).stdout
    assert BUDGET not in run("search", ASKS_BUDGET).stdout
    rows = json.loads(run("documents", "list", "--json").stdout)
    assert [one["state"] for one in rows if one["source"] == row["source"]] == ["removed"]
    assert "Thêm 1, thay 0" in run("index", row["source"]).stdout
    assert BUDGET in run("search", ASKS_BUDGET).stdout
    assert run("documents", "show", "song-lam").exit_code == 0


def test_nothing_is_taken_out_while_another_writer_is_at_work(run: Run, home: Path) -> None:
    with writer_lock(home / "index"):
        result = run("documents", "remove", "song-lam")
    assert result.exit_code == 1
    assert "đang được cập nhật bởi một lệnh khác" in result.stderr
    assert run("documents", "show", "song-lam").exit_code == 0


def test_nothing_is_taken_out_with_other_settings(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PASSAGE_CHARS", "400")
    assert run("documents", "remove", "song-lam").exit_code == 1
    assert run("documents", "show", "song-lam").exit_code == 0
