"""The heads of letters and the headers of tables, known by their wording; rows of tables written out."""

import itertools
import re
from collections.abc import Container, Iterator, Sequence

from index.extracted import Kind

_HEADER_CHARS = 120
_HEADER_CELL = re.compile(r".*[^\W\d_].*|(?:\d{1,2}/){0,2}(?:19|20)\d\d", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Heads the numbers of the rows.
_NUMBER_HEADING = re.compile(r"(?:S|Số )?TT\.?|#|№|No\.?", re.IGNORECASE)
_FIRST_ROWS = 3
_ROWS_BELOW = 10
# The head of an official letter, often laid out as a table.
LETTERHEAD = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI", re.IGNORECASE)


def table_blocks(rows: Sequence[Sequence[str]], marked: Container[int] = ()) -> Iterator[tuple[Kind, str]]:
    """Yield the rows of a table as blocks: `heading: value; …` below a header, `value; …` where there is none.

    A cell is an empty string where nothing stands, or where a cell beside or above reaches into it. A row of a single
    cell is `text`: a title, or the name of a group. `marked` are the rows that the file shows as headers. The header
    is the first row that looks like one; a wider one further down, with figures below, takes its place.
    """
    header: list[str] = []
    widest, skip = 0, 0
    filled = [row for row in rows if any(row)]
    marks = [number in marked for number, row in enumerate(rows) if any(row)]
    if all(marks):
        marks = [False] * len(filled)
    for index, row in enumerate(filled):
        if skip:
            skip -= 1
            continue
        cells = [cell for cell in row if cell]
        if len(cells) == 1:
            yield "text", cells[0]
            continue
        below = filled[index + 1 : index + 1 + _ROWS_BELOW]
        heads = len(cells) > widest and (not widest or _has_figures(below[:2]))
        if heads and is_header(row, below, is_marked=marks[index]):
            second = below[0] if _is_second_line(row, below) else ()
            header, skip = _joined_header(row, second), int(bool(second))
        else:
            yield "row", row_text(header, row)
        widest = max(widest, len(cells))


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    return any(cell and not _HEADER_CELL.fullmatch(cell) for row in rows for cell in row)


def is_header(row: Sequence[str], below: Sequence[Sequence[str]], *, is_marked: bool = False) -> bool:
    """Whether a row names what stands in the columns below.

    Two columns without a mark are labels and values as a rule: of these only `TT` heads a column.
    """
    cells = [cell for cell in row if cell]
    # Rows of two cells and more follow, and they fill at least half of the columns.
    is_above = any(2 * sum(map(bool, other)) >= max(len(cells), 4) for other in below[:_FIRST_ROWS])
    are_names = len(set(cells)) == len(cells) and all(map(_is_name, cells))
    if not is_above or not are_names or 2 * len(cells) < len(row):
        return False
    if is_marked or _NUMBER_HEADING.fullmatch(cells[0]):
        return True
    return (len(cells) > 2 or _is_second_line(row, below)) and not _is_alike(row, below)


def _is_name(cell: str) -> bool:
    form = _HEADER_CELL.fullmatch(cell) or _NUMBER_HEADING.fullmatch(cell)
    return bool(form) and len(cell) <= _HEADER_CHARS and not LETTERHEAD.search(cell)


def _is_alike(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a cell recurs below in its column, or stands above others of its form: `12 xã` above `15 xã`."""
    others = [other for other in below if list(other) != list(row)]  # a header may be repeated
    return any(cell and _form(cell) in map(_form, column) for cell, *column in zip(row, *others, strict=False))


def _form(cell: str) -> str:
    return "year" if _YEAR.fullmatch(cell) else re.sub(r"\d+", "#", cell)


def _is_second_line(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the row below names parts of the header's wide cells, and leaves out what its high cells have named."""
    if len(below) < 2:
        return False
    pairs = list(itertools.zip_longest(row, below[0], fillvalue=""))
    return (
        not below[0][0]
        and any(part and not whole for whole, part in pairs)
        and all(_HEADER_CELL.fullmatch(part) for _, part in pairs if part)
    )


def _joined_header(row: Sequence[str], second: Sequence[str]) -> list[str]:
    names: list[str] = []
    whole = ""
    for index in range(max(len(row), len(second))):
        name = row[index] if index < len(row) else ""
        part = second[index] if index < len(second) else ""
        whole = name or whole
        names.append(f"{whole} – {part}" if part else name)
    return [name.rstrip(" :") for name in names]


def row_text(header: Sequence[str], row: Sequence[str]) -> str:
    """A row written out: `heading: value; …`, and without headings a label with its value, or the cells alone."""
    cells = [cell for cell in row if cell]
    if not any(header) and len(cells) == 2 and _is_label(cells[0]) and not LETTERHEAD.search(cells[1]):
        text = f"{cells[0].rstrip(' :;.')}: {cells[1]}"
    else:
        named = zip(row, [*header, *[""] * len(row)], strict=False)
        text = "; ".join(f"{name}: {cell}" if name else cell for cell, name in named if cell)
    return text if text.endswith((".", "!", "?", "…")) else text.rstrip(" ;") + "."


def _is_label(cell: str) -> bool:
    return len(cell) <= _HEADER_CHARS and ":" not in cell[:-1] and any(map(str.isalnum, cell))
