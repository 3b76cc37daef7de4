"""Workbooks and CSV files: their rows as people read them."""

import csv
import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.loaders import sheets
from index.loaders.sheets import extract_csv, extract_xlsx
from index.loaders.wording import table_blocks
from tests.index.loaders.checks import COPIES, bomb, repacked, require_sound, settled, shown, zipped

LIMITS = Limits()
ROWS: list[list[Any]] = [["Xã", "Số thôn", "Tỷ lệ"], ["Hòa Sơn", 12, "45%"], ["Tân Lập", 9, "50%"]]


def _book(*tables: Sequence[Sequence[Any]], names: Sequence[str] = ("Sheet1",)) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in zip(names, tables, strict=True):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _rows(*rows: Sequence[Any]) -> list[tuple[str, str]]:
    extracted = extract_xlsx(_saved(_book(rows)), LIMITS)
    require_sound(extracted)
    return shown(extracted)


def _value(value: Any, number_format: str = "General") -> str:
    """What a cell of this value and format is written as."""
    book = _book([["Kết quả", value]])
    book.active["B1"].number_format = number_format
    return shown(extract_xlsx(_saved(book), LIMITS))[0][1].removeprefix("Kết quả: ").removesuffix(".")


def test_each_row_names_its_headings() -> None:
    assert _rows(*ROWS) == [
        ("row", "Xã: Hòa Sơn; Số thôn: 12; Tỷ lệ: 45%."),
        ("row", "Xã: Tân Lập; Số thôn: 9; Tỷ lệ: 50%."),
    ]


def test_empty_cells_and_empty_rows_are_left_out() -> None:
    assert _rows(ROWS[0], [None, None, None], ["Hòa Sơn", None, "45%"]) == [("row", "Xã: Hòa Sơn; Tỷ lệ: 45%.")]


def test_titles_above_the_table_are_text_and_the_header_is_found_below() -> None:
    assert _rows(["BÁO CÁO SỐ LIỆU"], [None, None, "Quý I năm 2021"], *ROWS[:2]) == [
        ("text", "BÁO CÁO SỐ LIỆU"),
        ("text", "Quý I năm 2021"),
        ("row", "Xã: Hòa Sơn; Số thôn: 12; Tỷ lệ: 45%."),
    ]


def test_the_head_of_a_letter_is_no_header() -> None:
    letterhead = ["UBND HUYỆN BÌNH AN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    below = ["Số: 12/BC", None, "Bình An, ngày 5 tháng 3 năm 2021"]
    assert _rows(letterhead, below, *ROWS[:2])[-1] == ("row", "Xã: Hòa Sơn; Số thôn: 12; Tỷ lệ: 45%.")


def test_a_name_of_a_group_of_rows_is_text_and_the_header_goes_on() -> None:
    assert _rows(ROWS[0], ["Vùng cao"], ROWS[1])[1:] == [("row", "Xã: Hòa Sơn; Số thôn: 12; Tỷ lệ: 45%.")]
    assert _rows(*ROWS[:2], ["Vùng cao"], ROWS[2])[1:] == [
        ("text", "Vùng cao"),
        ("row", "Xã: Tân Lập; Số thôn: 9; Tỷ lệ: 50%."),
    ]


def test_a_header_of_two_lines_is_joined() -> None:
    wide: list[list[Any]] = [["STT", "Xã", "Hồ sơ", None], [None, None, "Đã xử lý", "Quá hạn"], [1, "Hòa Sơn", 120, 3]]
    assert _rows(*wide) == [("row", "STT: 1; Xã: Hòa Sơn; Hồ sơ – Đã xử lý: 120; Hồ sơ – Quá hạn: 3.")]


def test_a_wider_header_with_figures_below_takes_the_place_of_the_first() -> None:
    assert _rows(["Đơn vị", "Huyện Bình An"], ["Người lập", "Văn phòng"], *ROWS[:2]) == [
        ("row", "Đơn vị: Huyện Bình An."),
        ("row", "Người lập: Văn phòng."),
        ("row", "Xã: Hòa Sơn; Số thôn: 12; Tỷ lệ: 45%."),
    ]


def test_a_row_wider_than_its_header_is_a_row() -> None:
    table = [["TT", "Xã", "Kết quả", ""], ["1", "Hòa Sơn", "Tốt", "nhanh"], ["2", "Tân Lập", "Khá", ""]]
    assert [text for _, text in table_blocks(table)] == [
        "TT: 1; Xã: Hòa Sơn; Kết quả: Tốt; nhanh.",
        "TT: 2; Xã: Tân Lập; Kết quả: Khá.",
    ]


def test_years_may_head_columns() -> None:
    assert _rows(["Xã", 2019, 2020], ["Hòa Sơn", 5, 6])[0] == ("row", "Xã: Hòa Sơn; 2019: 5; 2020: 6.")


def test_rows_without_a_header_are_written_out_plainly() -> None:
    assert _rows(["Hòa Sơn", 12], ["Tân Lập", 9]) == [("row", "Hòa Sơn: 12."), ("row", "Tân Lập: 9.")]
    assert _rows(["Hòa Sơn", 12, 3], ["Tân Lập", 9, 4])[0] == ("row", "Hòa Sơn; 12; 3.")


def test_sheets_are_headed_by_their_names_unless_the_only_one_has_none_of_its_own() -> None:
    two = _book(ROWS, ROWS, names=("Sheet1", "Quý II"))
    assert [text for kind, text in shown(extract_xlsx(_saved(two), LIMITS)) if kind == "heading 1"] == [
        "Sheet1",
        "Quý II",
    ]
    named = _book(ROWS, names=("Quý I",))
    assert shown(extract_xlsx(_saved(named), LIMITS))[0] == ("heading 1", "Quý I")
    assert not [kind for kind, _ in _rows(*ROWS) if kind.startswith("heading")]


def test_hidden_sheets_are_left_out_and_the_reader_is_told() -> None:
    book = _book(ROWS, [["Mật khẩu", "123"]], names=("Sheet1", "Nháp"))
    book["Nháp"].sheet_state = "hidden"
    extracted = extract_xlsx(_saved(book), LIMITS)
    assert "123" not in extracted.text
    assert extracted.remarks == ("Không đọc 1 trang tính bị ẩn.",)


@pytest.mark.parametrize(
    ("value", "number_format", "written"),
    [
        (12.0, "General", "12"),
        (0.6, "General", "0,6"),
        (0.1 + 0.2, "General", "0,3"),
        (1234567, "General", "1234567"),
        (1300, "#,##0", "1.300"),
        (1234567.891, "#,##0.00", "1.234.567,89"),
        (45.678, "0.0", "45,7"),
        (6, "0.00", "6,00"),
        (6.5, "0.##", "6,5"),
        (0.06, "0%", "6%"),
        (0.065, "0.0%", "6,5%"),
        (1, "0%", "100%"),
        (-0.5, "0.0", "-0,5"),
        (3500000, '#,##0 "đồng"', "3.500.000"),
        (5000, "#,##0,", "5000"),
        (1e20, "0", "1e+20"),
        ("0012", "@", "0012"),
        (True, "General", "TRUE"),
        (datetime.date(2021, 3, 5), "dd/mm/yyyy", "5/3/2021"),
        (datetime.datetime(2021, 3, 5), "[$-42A]d mmmm yyyy", "5/3/2021"),
        (datetime.datetime(2021, 3, 5, 14, 30), "dd/mm/yyyy hh:mm", "5/3/2021 14:30"),
        (datetime.date(2021, 3, 1), "mm/yyyy", "3/2021"),
        (datetime.time(7, 5), "hh:mm", "07:05"),
        ("Dòng một\nDòng  hai", "General", "Dòng một Dòng hai"),
    ],
)
def test_values_read_as_in_vietnamese(value: Any, number_format: str, written: str) -> None:
    assert _value(value, number_format) == written


def test_errors_of_formulas_and_formulas_without_a_value_are_left_out() -> None:
    assert _rows(ROWS[0], ["Hòa Sơn", "#N/A", 1], ["Tân Lập", "=1+1", 2]) == [
        ("row", "Xã: Hòa Sơn; Tỷ lệ: 1."),
        ("row", "Xã: Tân Lập; Tỷ lệ: 2."),
    ]


def test_title_and_date_are_those_of_the_file() -> None:
    book = _book(ROWS)
    book.properties.title = "Số liệu quý I"
    book.properties.created = datetime.datetime(2021, 4, 2, 8)
    content = _saved(book)
    extracted = extract_xlsx(content, LIMITS)
    assert (extracted.title, extracted.created) == ("Số liệu quý I", "2021-04-02")
    undated = extract_xlsx(repacked(content, {"docProps/core.xml": b"<p/>"}), LIMITS)
    assert (undated.title, undated.created) == ("", "")


def test_a_file_that_lies_about_its_size_is_read_in_full() -> None:
    content = _saved(_book(ROWS))
    name = "xl/worksheets/sheet1.xml"
    sheet = _member(content, name).replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"')
    assert len(shown(extract_xlsx(repacked(content, {name: sheet}), LIMITS))) == 2


def test_a_row_far_below_all_others_is_refused() -> None:
    content = _saved(_book(ROWS))
    name = "xl/worksheets/sheet1.xml"
    sheet = _member(content, name).replace(b'r="3"', b'r="999999999"')
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        extract_xlsx(repacked(content, {name: sheet}), LIMITS)


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_ROWS", 5)
    two = _book(ROWS, ROWS, names=("Một", "Hai"))
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        extract_xlsx(_saved(two), LIMITS)
    assert extract_xlsx(_saved(_book(ROWS)), LIMITS)


def test_more_cells_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_CELLS", 8)
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        extract_xlsx(_saved(_book(ROWS)), LIMITS)


def test_a_workbook_with_a_document_type_is_refused() -> None:
    shared = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst><si><t>&x;</t></si></sst>'
    with pytest.raises(UnreadableDocumentError, match="không an toàn"):
        extract_xlsx(repacked(_saved(_book(ROWS)), {"xl/sharedStrings.xml": shared}), LIMITS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "hỏng"),
        (zipped({"a.txt": b"1"}), r"không đúng định dạng.*Excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), r"\.xlsx"),
        (bomb("xl/worksheets/sheet1.xml", 30), "quá lớn"),
        (_saved(_book([])), "không có dữ liệu"),
        (_saved(_book(ROWS))[:-40], "hỏng"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        extract_xlsx(content, Limits(unpacked_mib=20))


def test_damaged_workbooks_are_read_or_refused() -> None:
    assert settled(extract_xlsx, _saved(_book(ROWS))) == COPIES


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_values_may_be_parted_in_any_usual_way(mark: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(
        [["Xã", "Tỷ lệ", "Ghi chú"], ["Hòa Sơn", "0,6", "tốt; khá"], ["Tân Lập", "0,75", ""]]
    )
    extracted = extract_csv(text.getvalue().encode(), LIMITS)
    require_sound(extracted)
    assert shown(extracted) == [
        ("row", "Xã: Hòa Sơn; Tỷ lệ: 0,6; Ghi chú: tốt; khá."),
        ("row", "Xã: Tân Lập; Tỷ lệ: 0,75."),
    ]


def test_a_csv_file_may_begin_with_a_mark_and_a_title() -> None:
    content = "\ufeffBÁO CÁO SỐ LIỆU\r\n\r\nSTT;Xã\r\n1;Hòa Sơn\r\n".encode()
    assert shown(extract_csv(content, LIMITS)) == [("text", "BÁO CÁO SỐ LIỆU"), ("row", "STT: 1; Xã: Hòa Sơn.")]


def test_a_csv_value_may_have_lines() -> None:
    content = 'Hòa Sơn,"đã nộp\nđủ hồ sơ"\n'.encode()
    assert shown(extract_csv(content, LIMITS)) == [("row", "Hòa Sơn: đã nộp đủ hồ sơ.")]


def test_a_csv_file_of_one_column_is_text() -> None:
    assert shown(extract_csv("Hòa Sơn\nTân Lập\n".encode(), LIMITS)) == [("text", "Hòa Sơn"), ("text", "Tân Lập")]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b" , ,\n,,", "không có dữ liệu"), (b"a,b\n" + b"x" * 200_000 + b",1", "không đúng định dạng")],
)
def test_what_is_no_csv_file_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=message):
        extract_csv(content, LIMITS)


def test_a_csv_file_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        extract_csv(b"a,b\n" * 500_000, Limits(unpacked_mib=1))
    monkeypatch.setattr(sheets, "_ROWS", 5)
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        extract_csv(b"a,b\n" * 6, LIMITS)


def test_damaged_csv_files_are_read_or_refused() -> None:
    assert settled(extract_csv, "Xã,Số thôn\nHòa Sơn,12\nTân Lập,9\n".encode() * 20) == COPIES


def test_a_row_that_ends_in_a_full_stop_gets_no_second_one() -> None:
    assert list(table_blocks([["Hòa Sơn", "Đã xong."]])) == [("row", "Hòa Sơn: Đã xong.")]


def test_a_table_of_a_header_alone_is_a_row() -> None:
    assert list(table_blocks([["Xã", "Số thôn", "Tỷ lệ"]])) == [("row", "Xã; Số thôn; Tỷ lệ.")]


def _member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
