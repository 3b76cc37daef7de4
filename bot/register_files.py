"""The listing of the register as files for an office: CSV, XLSX and DOCX."""

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import RegisterError
from bot.register_listing import Group, Listing, Section, date, marks, one_line, place, record_of, speaker
from index.register import Line, plain_kind, plain_side

# How a formula begins; a number with its sign is none.
_FORMULA = re.compile(r"[\u200b-\u200f\ufeff]*(?:[=@＝＠]|[+\-＋－](?!\d+(?:[.,]\d+)*\s?%?$))")
_FONT, _POINTS = "Times New Roman", 11  # what decree 30/2020/NĐ-CP asks of official papers
_CENTIMETRES = (1.2, 10.5, 4.0, 3.5, 2.3, 4.7)  # of the columns of a page laid across
_HEADINGS = ("Số TT", "Nội dung (trích nguyên văn)", "Người nói", "Nơi nhận", "Ngày", "Nguồn")


class _Row(NamedTuple):
    number: int
    line: Line
    others: Sequence[Line]


class _Column(NamedTuple):
    heading: str
    width: int
    value: Callable[[_Row], str | int | float]


_COLUMNS = (
    _Column("Số TT", 7, lambda row: row.number),
    _Column("Nội dung (trích nguyên văn)", 80, lambda row: row.line.statement.text),
    _Column("Loại", 16, lambda row: plain_kind(row.line.statement.kind)),
    _Column("Người nói", 26, lambda row: row.line.statement.speaker),
    _Column("Chức danh", 20, lambda row: row.line.statement.title),
    _Column("Bên nói", 14, lambda row: plain_side(row.line.statement.speaker_side)),
    _Column("Nơi nhận", 26, lambda row: row.line.statement.recipient),
    _Column(
        "Địa phương",
        20,
        lambda row: "mọi địa phương" if row.line.is_nationwide else row.line.statement.province,
    ),
    _Column("Ngày", 12, lambda row: date(row.line)),
    _Column("Lĩnh vực", 20, lambda row: row.line.statement.field),
    _Column("Thời hạn", 20, lambda row: row.line.statement.deadline),
    _Column("Số liệu", 24, lambda row: "; ".join(row.line.statement.figures)),
    _Column("Tài liệu", 40, lambda row: row.line.document.title),
    _Column("Vị trí", 36, lambda row: place(row.line)),
    _Column("Cũng nêu tại", 40, lambda row: "; ".join(_source(other) for other in row.others)),
    _Column("Độ tin cậy", 11, lambda row: row.line.statement.confidence),
    _Column("Ghi chú", 18, lambda row: marks(row.line)),
    _Column("Mã", 30, lambda row: row.line.statement.id),
)


def check_target(file: Path) -> None:
    """Raise RegisterError, before any work, when the file cannot be put there."""
    if file.is_dir():
        raise RegisterError(f"«{file}» là thư mục, không phải tệp.", "Hãy ghi cả tên tệp cần lưu.")
    if not file.parent.is_dir():
        raise RegisterError(f"Thư mục «{file.parent}» không tồn tại.", "Hãy tạo thư mục đó trước, hoặc chọn nơi khác.")


def write_csv(file: Path, listing: Listing) -> None:
    """A row for every statement, in UTF-8 with the mark by which Excel knows it.

    A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-` or `@` and is no number) gets an
    apostrophe in front, which whoever reads the file by program takes off again; XLSX, DOCX and JSON need none.
    """
    with _moved_in(file) as draft, draft.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(column.heading for column in _COLUMNS)
        for row in _rows(listing):
            writer.writerow(_defused(column.value(row)) for column in _COLUMNS)


def write_xlsx(file: Path, listing: Listing) -> None:
    """One sheet with a row for every statement; the heading stays in sight and filters."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Sổ khuyến nghị"
    sheet.append([column.heading for column in _COLUMNS])
    on_top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(_rows(listing), start=2):
        for place_of_column, column in enumerate(_COLUMNS, start=1):
            value = column.value(row)
            cell = sheet.cell(number, place_of_column, clean(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"  # "=…" is a quote, no formula
            cell.alignment = on_top
    for place_of_column, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place_of_column)].width = column.width
        sheet.cell(1, place_of_column).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    with _moved_in(file) as draft:
        book.save(draft)


def write_docx(file: Path, listing: Listing) -> None:
    """A paper with the filter, a table under each heading and the summary."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paper = Document()
    page = paper.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    for name in ("Normal", "Title", "Heading 1"):
        style: Any = paper.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    normal: Any = paper.styles["Normal"]
    normal.font.size = Pt(_POINTS)
    paper.add_heading("Sổ khuyến nghị", level=0)
    paper.add_paragraph(clean(listing.opening))
    number = 1
    for section in listing.sections:
        paper.add_heading(clean(section.heading), level=1)
        _add_table(paper, section, number)
        number += len(section.groups)
    paper.add_paragraph(clean(listing.summary))
    with _moved_in(file) as draft:
        paper.save(str(draft))


def write_json(file: Path, listing: Listing) -> None:
    """A list with an object for every statement, as `record_of` has it."""
    rows = [record_of(row.line) for row in _rows(listing)]
    with _moved_in(file) as draft:
        draft.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def clean(text: str) -> str:
    """On one line, without characters that the formats of an office do not know."""
    return "".join(char for char in one_line(text) if unicodedata.category(char) not in ("Cc", "Cs", "Cn"))


def _add_table(paper: Any, section: Section, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    table = paper.add_table(rows=len(section.groups) + 1, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    contents = [_HEADINGS, *(_cells(place, group) for place, group in enumerate(section.groups, start=number))]
    for row, texts in zip(table.rows, contents, strict=True):
        for cell, text, width in zip(row.cells, texts, _CENTIMETRES, strict=True):
            cell.text, cell.width = text, Cm(width)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page


def _cells(number: int, group: Group) -> tuple[str, ...]:
    line, *others = group
    marked = f" ({marks(line)})" if marks(line) else ""
    kind = plain_kind(line.statement.kind)
    said = f"“{line.statement.text}” [{kind}]{marked}"
    sources = [_source(line), *(f"cũng nêu tại: {_source(other)}" for other in others)]
    return tuple(
        map(clean, (str(number), said, speaker(line), line.statement.recipient, date(line), "; ".join(sources)))
    )


def _rows(listing: Listing) -> Iterator[_Row]:
    """A row for every statement, those that say the same one below the other."""
    number = 0
    for section in listing.sections:
        for group in section.groups:
            for line in group:
                number += 1
                yield _Row(number, line, [other for other in group if other is not line])


def _source(line: Line) -> str:
    return f"{line.document.title} – {place(line)}"


def _defused(value: str | int | float) -> str | int | float:
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


@contextmanager
def _moved_in(file: Path) -> Iterator[Path]:
    """A draft beside the file that takes its place when it is whole. Raises RegisterError when it cannot be written."""
    draft = file.with_name(f".{file.name}.new")
    try:
        try:
            yield draft
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as exc:
        raise RegisterError(
            f"Không ghi được tệp «{file}»: {exc.strerror}.",
            "Hãy đóng tệp nếu đang mở, kiểm tra quyền ghi và dung lượng ổ đĩa, rồi chạy lại.",
        ) from exc
