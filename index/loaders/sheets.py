"""Workbooks and CSV files: their rows as people read them."""

import csv
import datetime
import io
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits, TextWriter
from index.legacy import converted_remarks, detect
from index.loaders.archives import properties, require_no_ole, require_plain_xml, require_sane_zip
from index.loaders.wording import table_blocks
from index.vietnamese import tidy

# Each row becomes a passage: beyond this a table is a database, and no one asks about its rows in words.
_ROWS = 50_000
# Cells reach far beyond the text where a format was set; openpyxl reads some 200,000 a second.
_CELLS = 5_000_000
_SHEET_ROWS = 1 << 20  # what Excel can hold
_PLAIN_NAME = re.compile(r"(?:sheet|trang[ _]?tính)\s*\d*", re.IGNORECASE)
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FIGURE_FORMAT = re.compile(r"[#0?,]*[0#?](?:\.([0#?]+))?\s*%?")
_MONTH_FORMAT = re.compile(r"(?:m+[^dmyh]*y+|y+[^dmyh]*m+)")
_FLOAT_DIGITS = 1e15  # beyond this a float has no decimals, and Excel no exact figures
_DELIMITERS = ",;\t|"
_SNIFFED_CHARS = 8192


def extract_xlsx(content: bytes, limits: Limits) -> Extracted:
    """The rows of a workbook as its reader sees them; hidden sheets are left out.

    Raises UnreadableDocumentError for what is no workbook, costs too much, or holds nothing.
    """
    require_no_ole(content, ".xlsx")
    with require_sane_zip(content, limits) as archive:
        require_plain_xml(archive)
        title, created = properties(archive)  # openpyxl puts today where no date is stated
    try:
        return _from_workbook(content, title, created)
    except UnreadableDocumentError:
        raise
    except Exception as exc:  # openpyxl lets the errors of a broken file through as they come
        raise _damaged("bảng tính .xlsx", "an .xlsx workbook") from exc


def extract_csv(content: bytes, limits: Limits) -> Extracted:
    """The rows of a CSV file, whatever parts its values.

    Raises UnreadableDocumentError for what is no text, is too long, or holds nothing.
    """
    if len(content) > limits.unpacked_mib << 20:
        raise _too_large()
    encoding, text = detect(content)
    text = text.removeprefix("\ufeff")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows, marked = _capped(((line, False) for line in lines), _ROWS)
    except csv.Error as exc:
        raise _damaged("tệp CSV", "a CSV file") from exc
    return _finished(_written(TextWriter(), rows, marked), "", "", converted_remarks(encoding))


def _from_workbook(content: bytes, title: str, created: str) -> Extracted:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    writer = TextWriter()
    left = _ROWS
    for sheet in shown:
        sheet.reset_dimensions()  # what a file says about them may be wrong
        rows, marked = _capped(_cells(sheet.iter_rows()), left)
        left -= len(rows)
        if rows and (len(shown) > 1 or not _PLAIN_NAME.fullmatch(sheet.title)):
            writer.add("heading", tidy(sheet.title), 1)
        _written(writer, rows, marked)
    hidden = len(book.worksheets) - len(shown)
    remarks = (f"Không đọc {hidden} trang tính bị ẩn.",) if hidden else ()
    return _finished(writer, title, created, remarks)


def _cells(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[list[str], bool]]:
    """Yield the rows of a sheet as text, and whether all of a row is bold."""
    cells = 0
    for index, row in enumerate(rows):
        cells += len(row)
        if cells > _CELLS or index >= _SHEET_ROWS:
            raise _too_large()
        yield [_shown(cell) for cell in row], all(cell.font and cell.font.b for cell in row if cell.value is not None)


def _capped(rows: Iterable[tuple[Sequence[str], bool]], most: int) -> tuple[list[list[str]], set[int]]:
    """The rows that are not empty and which of them are marked; raises UnreadableDocumentError for too many."""
    found: list[list[str]] = []
    marked = set()
    for row, is_marked in rows:
        cells = [tidy(cell) for cell in row]
        if any(cells):
            if is_marked:
                marked.add(len(found))
            found.append(cells)
            if len(found) > most:
                raise _too_large()
    return found, marked


def _shown(cell: Any) -> str:
    """A cell's value as it is read in Vietnamese."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    form = _NOT_SHOWN.sub("", str(cell.number_format).split(";")[0]).strip().lower()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _figure(value, form)
    if isinstance(value, datetime.date):
        month = f"{value.month}/{value.year}"
        day = month if _MONTH_FORMAT.fullmatch(form) else f"{value.day}/{month}"
        is_midnight = not isinstance(value, datetime.datetime) or value.time() == datetime.time()
        return day if is_midnight else f"{day} {value:%H:%M}"
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value)


def _figure(value: float, form: str) -> str:
    """A figure in its number format, with the decimal comma."""
    if not abs(value) < _FLOAT_DIGITS:
        return str(value)
    shown = _FIGURE_FORMAT.fullmatch(form)
    exact = Decimal(repr(value))
    if not shown:
        return f"{round(exact, 10):f}".rstrip("0").rstrip(".").replace(".", ",") if exact % 1 else f"{exact:.0f}"
    percent = "%" in shown[0]
    places = shown[1] or ""
    exact = (exact * 100 if percent else exact).quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, rest = f"{exact:,f}".partition(".")
    whole = whole.replace(",", "." if "," in shown[0] else "")
    while rest.endswith("0") and len(rest) > places.count("0"):
        rest = rest[:-1]
    return whole + ("," if rest else "") + rest + ("%" if percent else "")


def _delimiter(text: str) -> str:
    sample = text[:_SNIFFED_CHARS]
    try:
        return csv.Sniffer().sniff(sample, _DELIMITERS).delimiter
    except csv.Error:  # titles stand above the table, or it has one column
        return max(_DELIMITERS, key=lambda mark: sum(mark in line for line in sample.splitlines()))


def _written(writer: TextWriter, rows: Sequence[Sequence[str]], marked: Container[int]) -> TextWriter:
    for kind, text in table_blocks(rows, marked):
        writer.add(kind, text)
    return writer


def _finished(writer: TextWriter, title: str, created: str, remarks: tuple[str, ...] = ()) -> Extracted:
    extracted = writer.extracted(title=title, created=created, remarks=remarks)
    if not extracted.blocks:
        raise UnreadableDocumentError(
            "Bảng tính không có dữ liệu.",
            "Hãy bỏ tệp này hoặc thay bằng tệp có dữ liệu.",
            "The table holds nothing. Leave the file out or put one with content in its place.",
        )
    return extracted


def _damaged(vietnamese: str, english: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Không đọc được {vietnamese}: tệp bị hỏng hoặc không đúng định dạng.",
        "Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại.",
        f"This cannot be read as {english}. Open it in Excel or LibreOffice and save it again.",
    )


def _too_large() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Bảng tính quá lớn.",
        f"Hãy tách thành các tệp ít hơn {_ROWS:,} hàng.".replace(",", "."),
        f"The table is too large. Split it into files of fewer than {_ROWS:,} rows.",
    )
