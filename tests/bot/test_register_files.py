"""The register as CSV, XLSX and DOCX: written, and opened again."""

import csv
import json
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from bot.register_asked import Typed, understand
from bot.register_files import write_json
from bot.register_listing import listing_of
from index.catalog import Catalog
from index.corrections import Corrections
from index.kinds import KindModel
from index.register import Register
from tests.bot import sayings
from tests.bot.conftest import Run

_ONE_LINE = " ".join(sayings.SAFETY.split())


@pytest.fixture(autouse=True)
def _said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The invented statements; a kind is sure from 0.8."""
    monkeypatch.setattr(KindModel, "load", lambda: KindModel([], {}, {}, sure_from=0.8))
    sayings.fill(tmp_path / "home")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_a_csv_holds_a_row_for_every_statement(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sổ.csv"
    result = run("register", "list", "--all", "--csv", file)
    assert (result.exit_code, result.stdout) == (0, f"Đã ghi 7 ý kiến vào tệp «{file}».\n")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = _rows(file)
    assert [row["Số TT"] for row in rows] == [str(number) for number in range(1, 8)]
    first, second, *_ = rows
    assert first == {
        "Số TT": "1",
        "Nội dung (trích nguyên văn)": sayings.BUDGET,
        "Loại": "khuyến nghị",
        "Người nói": "Nguyễn Mạnh Hùng",
        "Chức danh": "Bộ trưởng",
        "Bên nói": "Bộ",
        "Nơi nhận": "tỉnh Đồng Tháp",
        "Địa phương": "Đồng Tháp",
        "Ngày": "10/9/2020",
        "Lĩnh vực": "chuyển đổi số",
        "Thời hạn": "",
        "Số liệu": "3% ngân sách",
        "Tài liệu": "Làm việc với Đồng Tháp",
        "Vị trí": f"đồng-tháp.pdf, trang 1, ký tự 0–{len(sayings.BUDGET)}",
        "Cũng nêu tại": f"Giao ban quý I – giao-ban.md, trang 1, ký tự 0–{len(sayings.BUDGET_AGAIN)}",
        "Độ tin cậy": "0.95",
        "Ghi chú": "",
        "Mã": "dong-thap@0!0",
    }
    assert (second["Người nói"], second["Tài liệu"]) == ("Phan Tâm", "Giao ban quý I")
    assert {row["Địa phương"] for row in rows} == {"Đồng Tháp", "Tiền Giang", "mọi địa phương"}


def test_no_cell_of_a_csv_is_taken_for_a_formula(run: Run, tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as catalog:
        said = [(f"{sign}cmd|'/c calc'!A{number}", {"recipient": f"{sign}A1"}) for number, sign in enumerate("=+-@\t")]
        sayings.put(catalog, ("x", "=Tên", "/kho/@x.md", "2023"), *said)
    assert run("register", "list", "--all", "--csv", tmp_path / "sổ.csv").exit_code == 0
    rows = _rows(tmp_path / "sổ.csv")
    assert f"'{sayings.DONE}" in [row["Nội dung (trích nguyên văn)"] for row in rows]
    assert f"'{_ONE_LINE}" in [row["Nội dung (trích nguyên văn)"] for row in rows]
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_only_what_would_be_a_formula_is_guarded(run: Run, tmp_path: Path) -> None:
    plain = ["-5", "+3,5%", "-1.200 %", "'trích'", "3% = ba", "– Rà soát", "a-b"]
    guarded = ["=1", "-5+A1", "- 5", "+A1", "@SUM(A1)", "-", "- Rà soát"]
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as catalog:
        said = [(f"Câu {number}.", {"recipient": one}) for number, one in enumerate([*plain, *guarded])]
        sayings.put(catalog, ("x", "Tên", "/kho/x.md", "2023"), *said)
    assert run("register", "list", "--document", "x", "--csv", tmp_path / "sổ.csv").exit_code == 0
    cells = [row["Nơi nhận"] for row in _rows(tmp_path / "sổ.csv")]
    assert cells == [*plain, *(f"'{one}" for one in guarded)]


def test_a_json_file_holds_an_object_for_every_statement(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as catalog:
        register = Register(catalog, Corrections(tmp_path / "đính chính"), 0.8)
    asked = understand(Typed(every_kind=True), register)
    write_json(tmp_path / "sổ.json", listing_of(register, asked, register.lines(asked.wanted)))
    rows = json.loads((tmp_path / "sổ.json").read_text(encoding="utf-8"))
    assert len(rows) == 7
    assert (rows[0]["quote"], rows[0]["document"], rows[0]["sure"]) == (sayings.BUDGET, "dong-thap", True)


def test_an_xlsx_holds_the_same_and_its_head_stays(run: Run, tmp_path: Path) -> None:
    csv_file, file = tmp_path / "sổ.csv", tmp_path / "sổ.xlsx"
    result = run("register", "list", "--all", "--csv", csv_file, "--xlsx", file)
    assert result.stdout.count("Đã ghi 7 ý kiến vào tệp") == 2
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["Sổ khuyến nghị"]
    sheet = book.active
    head, *rows = sheet.iter_rows(values_only=True)
    expected = _rows(csv_file)
    assert list(head) == list(expected[0])
    for row, other in zip(rows, expected, strict=True):
        assert [str(value if value is not None else "") for value in row] == [
            value.removeprefix("'") for value in other.values()
        ]
    assert isinstance(rows[0][0], int)
    assert isinstance(rows[0][list(head).index("Độ tin cậy")], float)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:R8")
    assert sheet.column_dimensions["B"].width == 80
    assert [cell.data_type for cell in sheet["B"] if cell.value == sayings.DONE] == ["s"]


def test_a_docx_holds_a_table_under_each_heading(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sổ.docx"
    assert run("register", "list", "--province", "Đồng Tháp", "--docx", file).exit_code == 0
    paper: Any = docx.Document(str(file))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert texts == [
        "Sổ khuyến nghị",
        "Có 5 khuyến nghị (4 nội dung khác nhau) – loại: khuyến nghị; "
        "địa phương: Đồng Tháp (gồm cả Tiền Giang, nay thuộc Đồng Tháp).",
        "Khuyến nghị liên quan đến Đồng Tháp",
        "Khuyến nghị liên quan đến Tiền Giang (nay thuộc Đồng Tháp)",
        "Khuyến nghị chung cho mọi địa phương",
        "Tổng hợp: 5 khuyến nghị; 1 chưa chắc chắn.",
    ]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    head = ["Số TT", "Nội dung (trích nguyên văn)", "Người nói", "Nơi nhận", "Ngày", "Nguồn"]
    assert [table[0] for table in tables] == [head] * 3
    assert [row[0] for table in tables for row in table[1:]] == ["1", "2", "3", "4"]
    first, second = tables[0][1:]
    assert first == [
        "1",
        f"“{sayings.BUDGET}” [khuyến nghị]",
        "Bộ trưởng Nguyễn Mạnh Hùng",
        "tỉnh Đồng Tháp",
        "10/9/2020",
        f"Làm việc với Đồng Tháp – đồng-tháp.pdf, trang 1, ký tự 0–{len(sayings.BUDGET)}; cũng nêu tại: Giao ban quý I"
        f" – giao-ban.md, trang 1, ký tự 0–{len(sayings.BUDGET_AGAIN)}",
    ]
    assert second[1] == f"“{_ONE_LINE}” [khuyến nghị] (chưa chắc chắn)"
    assert paper.sections[0].page_width > paper.sections[0].page_height


def test_characters_that_office_formats_do_not_know_are_left_out(run: Run, tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as catalog:
        sayings.put(catalog, ("x", "Tên\x0c\x01", "/kho/x.md", "2023"), ("Nên\x0clàm\x0b ngay\x02\ufffe 👍.", {}))
    files = [tmp_path / f"sổ.{kind}" for kind in ("csv", "xlsx", "docx")]
    options = [one for file in files for one in (f"--{file.suffix[1:]}", file)]
    assert run("register", "list", "--document", "x", *options).exit_code == 0
    assert _rows(files[0])[0]["Nội dung (trích nguyên văn)"] == "Nên làm ngay 👍."
    assert openpyxl.load_workbook(files[1]).active["B2"].value == "Nên làm ngay 👍."
    paper: Any = docx.Document(str(files[2]))
    assert paper.tables[0].rows[1].cells[1].text == "“Nên làm ngay 👍.” [khuyến nghị]"


def test_an_existing_file_is_replaced_and_nothing_is_left_beside_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    for kind in ("csv", "xlsx", "docx"):
        (folder / f"sổ.{kind}").write_bytes(b"old")
        assert run("register", "list", f"--{kind}", folder / f"sổ.{kind}").exit_code == 0
        assert (folder / f"sổ.{kind}").read_bytes() != b"old"
        assert (folder / f"sổ.{kind}").stat().st_mode & stat.S_IRUSR
    assert sorted(path.name for path in folder.iterdir()) == ["sổ.csv", "sổ.docx", "sổ.xlsx"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx"])
def test_a_folder_that_does_not_exist_is_told(run: Run, tmp_path: Path, kind: str) -> None:
    result = run("register", "list", f"--{kind}", tmp_path / "không-có" / f"sổ.{kind}")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Thư mục «{tmp_path / 'không-có'}» không tồn tại. Hãy tạo thư mục đó trước" in result.stderr
    result = run("register", "list", f"--{kind}", tmp_path)
    assert result.exit_code == 2
    assert "là thư mục, không phải tệp" in result.stderr


def test_a_file_that_cannot_be_written_is_told_and_the_old_one_stays(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sổ.csv"
    file.write_bytes(b"old")
    (tmp_path / ".sổ.csv.new").mkdir()  # where the draft would be
    result = run("register", "list", "--csv", file)
    assert result.exit_code == 2
    assert f"Không ghi được tệp «{file}»" in result.stderr
    assert file.read_bytes() == b"old"


def test_json_and_a_file_do_not_mix(run: Run, tmp_path: Path) -> None:
    result = run("register", "list", "--json", "--csv", tmp_path / "sổ.csv")
    assert len(result.stdout.splitlines()) == 5
    assert "Đã ghi 5 khuyến nghị" in result.stderr


def test_nothing_found_makes_a_file_with_only_a_head(run: Run, tmp_path: Path) -> None:
    assert run("register", "list", "--kind", "event", "--csv", tmp_path / "sổ.csv").exit_code == 3
    assert _rows(tmp_path / "sổ.csv") == []
