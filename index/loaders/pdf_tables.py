"""Ruled tables on the pages of a PDF, each row written out with the headings of its columns."""

import bisect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTChar, LTCurve
from pdfplumber.page import Page
from pdfplumber.table import Table

from index.loaders.layout import BOLD_FONT, Line
from index.loaders.wording import is_header, row_text

# Graph paper has tens of thousands of places where strokes may cross, and looking for cells there takes minutes.
_MOST_CROSSINGS = 6000
# A frame around paragraphs looks like a cell.
_CELL_CHARS = 1000
# Where a table ends that goes on over the page, and where it then begins.
_LOW_SHARE = 0.5
_HIGH_SHARE = 0.2
_TOLERANCE_PT = 3.0
_ROWS_BELOW = 10
_Cell = tuple[float, float, float, float]
_Texts = dict[_Cell, str]
_Chars = dict[_Cell, list[LTChar]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cell at each crossing of a column's left and a row's upper edge, from the page's top left corner."""

    lefts: tuple[float, ...]
    tops: tuple[float, ...]
    rows: tuple[tuple[_Cell | None, ...], ...]

    def cell_at(self, x: float, y: float) -> _Cell | None:
        """The cell around a point."""
        column = bisect.bisect(self.lefts, x) - 1
        row = bisect.bisect(self.tops, y) - 1
        cell = self.rows[row][column] if min(column, row) >= 0 else None
        return cell if cell and x < cell[2] and y < cell[3] else None


class TableReader:
    """Reads the tables of a file's pages in turn: one that goes on over the page keeps its headings."""

    def __init__(self) -> None:
        self._lefts: tuple[float, ...] = ()
        self._headings: list[str] = []

    def read(
        self, page: Page, strokes: list[LTCurve], chars: list[LTChar], text_of: Callable[[list[LTChar]], str]
    ) -> tuple[list[Line], list[LTChar]]:
        """The tables of the next page as lines with rows, and the characters outside of them."""
        lines = []
        for table in _tables(page, strokes):
            grid = _grid(table)
            inside, outside = _shared_out(grid, chars, page.height)
            texts = {cell: text_of(found) for cell, found in inside.items()}
            if _is_table(grid, texts):
                chars = outside
                lines.append(self._line(grid, texts, inside, page.height))
        if not lines:
            self._lefts = ()
        return lines, chars

    def _line(self, grid: _Grid, texts: _Texts, chars: _Chars, page_height: float) -> Line:
        right = max(cell[2] for row in grid.rows for cell in row if cell)
        bottom = max(cell[3] for row in grid.rows for cell in row if cell)
        begin, end = _heading_rows(grid)
        headings = [_heading(grid, texts, begin, end, column) for column in range(len(grid.lefts))]
        below = [_cells(row, texts) for row in grid.rows[end : end + _ROWS_BELOW]]
        if not is_header(_once(headings), below, is_marked=_stands_out(grid, chars, begin, end)):
            headings, end = [""] * len(headings), begin
        if self._goes_on(grid, page_height):
            end = end if headings == self._headings else begin
            headings = self._headings
        self._headings = headings
        self._lefts = grid.lefts if bottom > _LOW_SHARE * page_height else ()
        rows = [*grid.rows[:begin], *grid.rows[end:]]
        written = [row_text(headings if len(set(row)) > 1 else (), _cells(row, texts)) for row in rows]
        return Line("", grid.lefts[0], right, grid.tops[0], bottom, rows=tuple(text for text in written if text != "."))

    def _goes_on(self, grid: _Grid, page_height: float) -> bool:
        return (
            grid.tops[0] < _HIGH_SHARE * page_height
            and len(grid.lefts) == len(self._lefts)
            and all(abs(one - other) < _TOLERANCE_PT for one, other in zip(grid.lefts, self._lefts, strict=True))
        )


def _tables(page: Page, strokes: list[LTCurve]) -> list[Table]:
    lefts = {round(x) for stroke in strokes for x in (stroke.x0, stroke.x1)}
    tops = {round(y) for stroke in strokes for y in (stroke.y0, stroke.y1)}
    if len(strokes) < 2 or len(lefts) * len(tops) > _MOST_CROSSINGS:
        return []
    # Given the strokes, the library need not turn every letter into an object of its own.
    edges = [page.process_object(stroke) for stroke in strokes]
    settings = {"vertical_strategy": "explicit", "horizontal_strategy": "explicit"}
    return page.find_tables({**settings, "explicit_vertical_lines": edges, "explicit_horizontal_lines": edges})


def _grid(table: Table) -> _Grid:
    left, top = table.page.bbox[:2]
    cells = [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
    lefts = tuple(sorted({cell[0] for cell in cells}))
    tops = tuple(sorted({cell[1] for cell in cells}))
    rows = tuple(tuple(_around(cells, x, y) for x in lefts) for y in tops)
    return _Grid(lefts, tops, rows)


def _around(cells: Sequence[_Cell], x: float, y: float) -> _Cell | None:
    return next((cell for cell in cells if cell[0] <= x < cell[2] and cell[1] <= y < cell[3]), None)


def _shared_out(grid: _Grid, chars: Sequence[LTChar], page_height: float) -> tuple[_Chars, list[LTChar]]:
    """The characters in each cell, and those in none."""
    inside: _Chars = {}
    outside = []
    for char in chars:
        cell = grid.cell_at((char.x0 + char.x1) / 2, page_height - (char.y0 + char.y1) / 2)
        if cell:
            inside.setdefault(cell, []).append(char)
        else:
            outside.append(char)
    return inside, outside


def _is_table(grid: _Grid, texts: _Texts) -> bool:
    lengths = [len(text) for text in texts.values() if text]
    return min(len(grid.lefts), len(grid.tops)) > 1 and len(lengths) > 1 and max(lengths) <= _CELL_CHARS


def _heading_rows(grid: _Grid) -> tuple[int, int]:
    """From which row to which the headings are: below a title over all columns, as deep as their deepest cell."""
    begin = next((number for number, row in enumerate(grid.rows) if len(set(row)) > 1), 0)
    deepest = max(cell[3] for cell in grid.rows[begin] if cell)
    end = next((number for number, top in enumerate(grid.tops) if top >= deepest), len(grid.tops))
    return begin, end if end < len(grid.tops) else begin + 1


def _heading(grid: _Grid, texts: _Texts, begin: int, end: int, column: int) -> str:
    cells = dict.fromkeys(row[column] for row in grid.rows[begin:end])
    return " – ".join(text.rstrip(" :.") for cell in cells if cell and (text := texts.get(cell, "")))


def _once(headings: Sequence[str]) -> list[str]:
    """The headings, one over several columns only above the first of them."""
    return [heading if heading not in headings[:column][-1:] else "" for column, heading in enumerate(headings)]


def _stands_out(grid: _Grid, chars: _Chars, begin: int, end: int) -> bool:
    """Whether the headings are bold and what stands below is not."""
    above, below = (
        [
            BOLD_FONT.search(str(char.fontname))
            for cell in {*itertools.chain(*rows)}
            if cell
            for char in chars.get(cell, ())
        ]
        for rows in (grid.rows[begin:end], grid.rows[end:])
    )
    return all(above) and not all(below)


def _cells(row: Sequence[_Cell | None], texts: _Texts) -> list[str]:
    """The texts of a row, that of a cell over several columns in the first of them."""
    return [texts.get(cell, "") if cell and cell not in row[:column] else "" for column, cell in enumerate(row)]
