"""Captions, the heads of letters and the headers of tables, known by their wording; rows of tables written out."""

import itertools
import re
from collections.abc import Iterator, Sequence

from index.extracted import Kind

_CAPTION_CHARS = 300
_CAPTION = re.compile(
    r"\(?(?:Ảnh|Hình(?: ảnh)?|Biểu đồ|Sơ đồ|Bản đồ)(?:\s*[:.]|\s+(?:số\s+)?\d+(?:[.-]\d+)*\s*[:.–-])\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_CHARS = 120
_HEADER_CELL = re.compile(r".*[^\W\d_].*|(?:\d{1,2}/){0,2}(?:19|20)\d\d", re.DOTALL)
# The head of an official letter, often laid out as a table.
LETTERHEAD = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI", re.IGNORECASE)


def is_caption(text: str) -> bool:
    """Whether a line belongs to a picture by its wording: `Ảnh: …`, `Hình 2. …`."""
    return len(text) <= _CAPTION_CHARS and bool(_CAPTION.fullmatch(text))


def table_blocks(rows: Sequence[Sequence[str]]) -> Iterator[tuple[Kind, str]]:
    """Yield the rows of a table as blocks: `heading: value; …` below a header, `value; …` where there is none.

    A cell is an empty string where nothing stands, or where a cell beside or above reaches into it. A row of a single
    cell is `text`: a title, or the name of a group. The header is the first row of texts; a wider one
    further down, with figures below, takes its place.
    """
    header: list[str] = []
    widest, skip = 0, 0
    filled = [row for row in rows if any(row)]
    for index, row in enumerate(filled):
        if skip:
            skip -= 1
            continue
        cells = [cell for cell in row if cell]
        if len(cells) == 1:
            yield "text", cells[0]
            continue
        below = filled[index + 1 : index + 4]
        if len(cells) > widest and _is_header(row, below) and (not widest or _has_figures(below[:2])):
            second = below[0] if _is_second_line(row, below) else ()
            header, skip = _joined_header(row, second), int(bool(second))
        else:
            yield "row", _row(header, row)
        widest = max(widest, len(cells))


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    return any(cell and not _HEADER_CELL.fullmatch(cell) for row in rows for cell in row)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    cells = [cell for cell in row if cell]
    return (
        2 * len(cells) >= len(row)
        # Rows of two cells and more follow, and they fill at least half of the columns.
        and any(2 * sum(map(bool, other)) >= max(len(cells), 4) for other in below)
        and len(set(cells)) == len(cells)
        and all(len(cell) <= _HEADER_CHARS and _HEADER_CELL.fullmatch(cell) for cell in cells)
        and not any(LETTERHEAD.search(cell) for cell in cells)
    )


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


def _row(header: Sequence[str], row: Sequence[str]) -> str:
    named = zip(row, [*header, *[""] * len(row)], strict=False)
    text = "; ".join(f"{name}: {cell}" if name else cell for cell, name in named if cell)
    return text if text.endswith((".", "!", "?", "…")) else text.rstrip(" ;") + "."
