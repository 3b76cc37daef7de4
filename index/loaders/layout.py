"""Lines of print at their places on pages: which run along the edges, and in which order the others are read."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.lines import ENDED
from index.vietnamese import tidy

# Where running headers and footers stand, how long they are, how exactly at one height, and on how many pages.
_EDGE_SHARE = 0.1
_RUNNING_CHARS = 120
_HEIGHT_PT = 4.0
_REPEATED_SHARE = 0.4
_REPEATED_PAGES = 3
# Lines of a paragraph are less than this apart, in heights of a line.
_GAP = 0.8
# A column has so many lines beside those of another, and takes up so much of the page's width. Columns of short lines
# may be a table without rules, which is read row by row.
_COLUMN_LINES = 3
_LIST_LINES = 8
_COLUMN_SHARE = 0.15
_FULL_SHARE = 0.75
# An official letter begins and ends with two columns.
_LETTER = re.compile("CỘNG H(?:ÒA|OÀ) XÃ HỘI|Nơi nhận")
_LETTER_LINES = 2
_TOLERANCE_PT = 1.0
# A page of more pieces is a drawing or a table, and comparing each with each takes long.
_MOST_LINES = 800
BOLD_FONT = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s*)?(?:(?:trang|page)\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*[-–—])?", re.IGNORECASE
)
# A figure that may be the page's own, told by a word or parted from the rest: `Phiếu số 3` is a form's.
_PAGE_FIGURE = re.compile(
    r"\b(?:trang|page)\s*:?\s*(\d{1,4})(?!\w)"
    r"|(?:(?:^|\s)[-–—|•·]\s*|^)(\d{1,3})(?=\s*(?:(?:/|of)\s*\d{1,4}\s*)?(?:$|[-–—|•·](?:\s|$)))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d\s*(?:%|(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng|đ|vnđ|vnd|usd)(?!\w))", re.IGNORECASE)
_Key = tuple[bool, float, int, int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print, in points from the page's top left corner; with `rows`, a table in its place."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines, in any order."""

    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edges:
    """A page's running header and footer, page number included."""

    header: tuple[Line, ...]
    footer: tuple[Line, ...]


def is_page_number(text: str) -> bool:
    """Whether that is all a line says: `3`, `- 3 -`, `Trang 3/10`."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def edges(pages: Sequence[Page]) -> list[Edges]:
    """What stands at one height at the edges of most pages, but for their numbers, and those, for each page."""
    keys = [{line: _keys(line, page, number) for line in _near_edges(page)} for number, page in enumerate(pages)]
    counts = Counter(key for keys_of in keys for key in {key for found in keys_of.values() for key in found})
    # In a file of two or three pages the first may have none.
    often = max(2, min(_REPEATED_PAGES, len(pages) - 1), _REPEATED_SHARE * len(pages))
    found = []
    for page, keys_of in zip(pages, keys, strict=True):
        repeated = {line for line, shared in keys_of.items() if any(counts[key] >= often for key in shared)}
        running = _set_apart([line for line in keys_of if line in repeated or _is_number(line, page)], page)
        footer = tuple(line for line in running if _is_low(line, page))
        found.append(Edges(tuple(line for line in running if line not in footer), footer))
    return found


def _near_edges(page: Page) -> list[Line]:
    """The lines there, but for those beside and below the country's name: they head a letter, not a page."""
    margin = _EDGE_SHARE * page.height
    letter = min((line.top for line in page.lines if _LETTER.match(line.text)), default=page.height)
    return [
        line
        for line in sorted(page.lines, key=lambda line: line.top)
        if not line.rows and (line.bottom < min(margin, letter) or line.top > page.height - margin)
    ]


def _keys(line: Line, page: Page, number: int) -> list[_Key]:
    """What it shares with the same line on other pages; none for what is long, a sentence or an amount.

    By its letters as well: what runs at the head of every page is often the title.
    """
    text = tidy(line.text)
    if len(text) > _RUNNING_CHARS or ENDED.search(text) or _AMOUNT.search(text):
        return []
    texts = [text]
    for figure in _PAGE_FIGURE.finditer(text):
        start, end = figure.span(figure.lastindex or 0)
        texts.append(f"{text[:start]}#{int(text[start:end]) - number}{text[end:]}")
    is_low = _is_low(line, page)
    steps = (page.height - line.bottom if is_low else line.top) / _HEIGHT_PT
    # Two heights that are nearly the same lie in one whole step, or in one that begins half a step later.
    return [(is_low, line.size, half, round(steps + half / 2), text) for half in (0, 1) for text in texts]


def _set_apart(running: list[Line], page: Page) -> list[Line]:
    """Those with nothing else between them and the edge that are part of no paragraph, and page numbers."""
    others = [line for line in page.lines if line not in running]
    kept = [
        line
        for line in running
        if _is_number(line, page)
        or not any(_is_outside(other, line, page) or _is_of_paragraph(line, other, page) for other in others)
    ]
    return kept if len(kept) == len(running) else _set_apart(kept, page)


def _is_outside(other: Line, line: Line, page: Page) -> bool:
    """Whether the other one stands between the line and the edge."""
    if _is_low(line, page):
        return other.top >= line.bottom - _TOLERANCE_PT
    return other.bottom <= line.top + _TOLERANCE_PT


def _is_of_paragraph(line: Line, other: Line, page: Page) -> bool:
    """Whether one of the two goes on with the other."""
    first, second = sorted((line, other), key=lambda one: one.top)
    height = min(first.bottom - first.top, second.bottom - second.top)
    is_near = -height / 2 < second.top - first.bottom < _GAP * height and first.size == second.size
    if other.rows or not is_near or second.x0 > first.x1 or ENDED.search(first.text):
        return False
    room = max(one.x1 for one in page.lines) - first.x1
    word = (second.x1 - second.x0) * (len(second.text.split()[0]) + 1) / len(second.text)
    return second.text[0].islower() or room < word


def _is_low(line: Line, page: Page) -> bool:
    return line.top > page.height / 2


def _is_number(line: Line, page: Page) -> bool:
    """Whether it is a page number with nothing between it and the edge."""
    if not is_page_number(line.text):
        return False
    if _is_low(line, page):
        return all(other.bottom <= line.bottom + _TOLERANCE_PT for other in page.lines)
    return all(other.top >= line.top - _TOLERANCE_PT for other in page.lines)


def in_reading_order(lines: Iterable[Line], page_width: float) -> list[list[Line]]:
    """The lines column by column, what stands above the columns first; pieces of a line side by side are joined."""
    lines = sorted(lines, key=lambda line: line.top)
    parts = _parts(lines, page_width)
    if len(parts) > 1:
        return [region for part in parts for region in in_reading_order(part, page_width)]
    return [[_joined(row) for row in _rows(part)] for part in parts]


def _parts(lines: list[Line], page_width: float) -> list[list[Line]]:
    """The lines above the columns, the left-hand column, the right-hand one, the lines below them, and so on."""
    gutter = _gutter(lines, page_width) if len(lines) <= _MOST_LINES else None
    if gutter is None:
        return [lines] if lines else []
    parts: list[list[Line]] = [[]]
    for crossing, band in _bands(lines, gutter):
        if crossing or not _facing(band, gutter, page_width):
            parts[-1] += band
        else:
            right = [line for line in band if _is_right(line, gutter)]
            rest = _rest(parts[-1], band, min(line.top for line in right))
            parts[-1] += rest
            parts += [[line for line in band if line not in rest and line not in right], right, []]
    return [part for part in parts if part]


def _rest(above: Sequence[Line], band: Sequence[Line], top: float) -> list[Line]:
    """The short lines that end the paragraph above the columns."""
    found: list[Line] = []
    for line in band:
        last = [*above, *found][-1:]
        if not last or line.bottom > top or line.top - last[0].bottom > line.bottom - line.top:
            break
        found.append(line)
    return found


def _rows(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield what stands side by side, from left to right."""
    row: list[Line] = []
    for line in lines:
        if row and not _side_by_side(row[0], line):
            yield sorted(row, key=lambda piece: piece.x0)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda piece: piece.x0)


def _side_by_side(first: Line, second: Line) -> bool:
    if first.rows or second.rows:
        return False
    shared = min(first.bottom, second.bottom) - max(first.top, second.top)
    return shared >= 0.5 * max(first.bottom - first.top, second.bottom - second.top)


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    text = " ".join(line.text for line in row)
    x1 = max(line.x1 for line in row)
    return Line(text, row[0].x0, x1, longest.top, longest.bottom, longest.size, longest.bold)


def _gutter(lines: Sequence[Line], page_width: float) -> float | None:
    """Where the right-hand column begins that has the most lines beside it; None where there is one column."""
    found: list[tuple[int, float]] = []
    for x in sorted({float(round(line.x0)) for line in lines}):
        facing = [_facing(band, x, page_width) for crossing, band in _bands(lines, x) if not crossing]
        found.append((sum(facing), -x))
    most, x = max(found, default=(0, 0.0))
    return -x if most else None


def _bands(lines: Iterable[Line], x: float) -> Iterator[tuple[bool, list[Line]]]:
    """Yield the lines above each other that all do or all do not reach across x."""
    for crossing, band in itertools.groupby(
        lines, key=lambda line: not _is_right(line, x) and line.x1 > x + _TOLERANCE_PT
    ):
        yield crossing, list(band)


def _is_right(line: Line, x: float) -> bool:
    return line.x0 >= x - _TOLERANCE_PT


def _facing(band: Sequence[Line], x: float, page_width: float) -> int:
    """How many lines of the shorter column stand beside the other one; 0 where they are no columns."""
    sides = [line for line in band if not _is_right(line, x)], [line for line in band if _is_right(line, x)]
    if not all(sides):
        return 0
    left, right = (_within(one, other) for one, other in (sides, sides[::-1]))
    fewest = min(len(left), len(right))
    if any(_LETTER.match(line.text) for line in band):
        return fewest if fewest >= _LETTER_LINES else 0
    is_wide = min(map(_span, (left, right))) >= _COLUMN_SHARE * page_width
    needed = _COLUMN_LINES if _is_prose(left) and _is_prose(right) else _LIST_LINES
    return fewest if fewest >= needed and is_wide else 0


def _within(lines: Sequence[Line], others: Sequence[Line]) -> list[Line]:
    top, bottom = min(line.top for line in others), max(line.bottom for line in others)
    return [line for line in lines if line.bottom > top and line.top < bottom]


def _span(lines: Sequence[Line]) -> float:
    return max(line.x1 for line in lines) - min(line.x0 for line in lines) if lines else 0.0


def _is_prose(lines: Sequence[Line]) -> bool:
    """Whether most lines are full, as they are not in a table or a form."""
    return 2 * sum(line.x1 - line.x0 > _FULL_SHARE * _span(lines) for line in lines) >= len(lines)
