"""Which rows of a table head its columns, in files of every kind: no value is taken for a heading."""

import io
from collections.abc import Callable, Sequence

import docx
import openpyxl
import pytest
from openpyxl.styles import Font

from index.extracted import Limits
from index.loaders.html import extract as extract_html
from index.loaders.sheets import extract_csv, extract_xlsx
from index.loaders.wording import table_blocks
from tests.index.loaders import word
from tests.index.loaders.checks import shown
from tests.index.loaders.papers import Paper, texts
from tests.index.loaders.papers import read as read_pdf

_Rows = Sequence[Sequence[str]]
_LABELLED = [("Chủ trì", "Bà Lê Thị Mẫu"), ("Địa điểm", "Hội trường huyện"), ("Thời gian", "Sáng 10/9/2020")]
_SMALL = [("Xã", "Số thôn"), ("Hòa Sơn", "12"), ("Tân Lập", "9")]


def _pdf(rows: _Rows, *, is_bold: bool = False) -> list[str]:
    paper = Paper()
    paper.add_page()
    with paper.table(first_row_as_headings=is_bold) as table:
        for row in rows:
            cells = table.row()
            for text in row:
                cells.cell(text)
    return texts(read_pdf(paper.bytes()))


def _docx(rows: _Rows, *, is_bold: bool = False) -> list[str]:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    word.fill(table, *map(tuple, rows))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = is_bold
    return [text for _, text in word.read(document)]


def _html(rows: _Rows, *, is_bold: bool = False) -> list[str]:
    tags = ["th" if is_bold else "td", *["td"] * (len(rows) - 1)]
    lines = ("".join(f"<{tag}>{cell}</{tag}>" for cell in row) for tag, row in zip(tags, rows, strict=True))
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    page = f"<html><meta charset='utf-8'><body><table>{body}</table></body></html>"
    return [text for _, text in shown(extract_html(page.encode(), Limits()))]


def _xlsx(rows: _Rows, *, is_bold: bool = False) -> list[str]:
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for cell in book.active[1]:
        cell.font = Font(bold=is_bold)
    book.save(content)
    return [text for _, text in shown(extract_xlsx(content.getvalue(), Limits()))]


def _csv(rows: _Rows) -> list[str]:
    return [text for _, text in shown(extract_csv("\n".join(map(";".join, rows)).encode(), Limits()))]


_marked = pytest.mark.parametrize("read", [_pdf, _docx, _html, _xlsx])
_every = pytest.mark.parametrize("read", [_pdf, _docx, _html, _xlsx, _csv])


@_every
def test_labels_stand_before_their_values(read: Callable[[_Rows], list[str]]) -> None:
    assert read(_LABELLED) == [f"{label}: {value}." for label, value in _LABELLED]


@_marked
def test_two_columns_have_the_headings_that_the_file_marks(read: Callable[..., list[str]]) -> None:
    assert read(_SMALL, is_bold=True) == ["Xã: Hòa Sơn; Số thôn: 12.", "Xã: Tân Lập; Số thôn: 9."]


@_every
def test_a_column_of_numbers_shows_where_the_headings_are(read: Callable[[_Rows], list[str]]) -> None:
    assert read([("STT", "Xã"), ("1", "Hòa Sơn"), ("2", "Tân Lập")]) == ["STT: 1; Xã: Hòa Sơn.", "STT: 2; Xã: Tân Lập."]


@_every
@pytest.mark.parametrize(
    "rows",
    [
        [("1", "Hòa Sơn", "12 thôn", "65%"), ("2", "Tân Lập", "15 thôn", "70%"), ("3", "Phú Xá", "9 thôn", "61%")],
        [("Hòa Sơn", "12 thôn", "khá"), ("Tân Lập", "15 thôn", "tốt"), ("Phú Xá", "9 thôn", "yếu")],
        [("Hòa Sơn", "Phủ sóng", "khá"), ("Tân Lập", "Đào tạo", "tốt"), ("Phú Xá", "Tập huấn", "khá")],
        [("Hòa Sơn", "Phủ sóng", "10/9/2020"), ("Tân Lập", "Đào tạo", "5/4/2021")],
    ],
)
def test_a_first_row_like_those_below_heads_nothing(read: Callable[[_Rows], list[str]], rows: _Rows) -> None:
    assert read(rows) == [f"{'; '.join(row)}." for row in rows]


def test_a_pair_above_a_wider_table_is_no_header_and_is_kept() -> None:
    rows = [["Đơn vị", "Huyện Bình An", ""], ["Xã", "Số thôn", "Số hộ"], ["Hòa Sơn", "12", "900"]]
    assert [text for _, text in table_blocks(rows)] == [
        "Đơn vị: Huyện Bình An.",
        "Xã: Hòa Sơn; Số thôn: 12; Số hộ: 900.",
    ]


def test_a_table_that_is_bold_throughout_marks_nothing() -> None:
    assert next(text for _, text in table_blocks(_LABELLED, {0, 1, 2})) == "Chủ trì: Bà Lê Thị Mẫu."


def test_a_row_to_be_repeated_on_every_page_of_a_word_document_is_its_header() -> None:
    head = f"<w:trPr><w:tblHeader/></w:trPr>{word.cell('Xã')}{word.cell('Kết quả')}"
    body = word.table(head, word.cell("Hòa Sơn") + word.cell("Tốt"))
    assert word.read(word.with_body(body)) == [("row", "Xã: Hòa Sơn; Kết quả: Tốt.")]


def test_the_head_of_a_letter_of_four_rows_is_read_cell_by_cell() -> None:
    rows = [
        ("UBND HUYỆN BÌNH AN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("-------", "Độc lập - Tự do - Hạnh phúc"),
        ("Số: 12/BC-UBND", "Bình An, ngày 5 tháng 3 năm 2021"),
        ("V/v phủ sóng", ""),
    ]
    body = word.table(*(word.cell(left) + word.cell(right) for left, right in rows))
    assert word.read(word.with_body(body)) == [("text", text) for row in rows for text in row if text]
