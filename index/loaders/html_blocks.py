"""From a tree of elements, a page's own or trafilatura's, to blocks."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.extracted import Kind, TextWriter
from index.lines import BULLET, LIST_ITEM, is_caption
from index.loaders.wording import table_blocks
from index.vietnamese import tidy

_HEADING_CHARS = 140
_BOLD_LEVEL = 3
_CELL_CHARS = 1000  # what is longer is a part of the page rather than a cell
_MOST_COLUMNS = 100

_ITEMS = ("item", "li", "dt", "dd")
_BOLD, _LINKS, _BREAKS = ("b", "strong"), ("a", "ref"), ("br", "lb")
_INLINE = {"abbr", "big", "cite", "code", "del", "em", "font", "hi", "i", "img", "ins", "kbd", "label", "mark", "s"}
_INLINE |= {"small", "span", "sub", "sup", "time", "tt", "u", *_BOLD, *_LINKS}
_HEADING = re.compile(r"h([1-6])")
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_BUTTON = r"(?:chia sẻ|in (?:trang|bài(?: viết)?|tin)|gửi email|facebook|zalo|twitter|đọc thêm|xem thêm|bình luận)"
_NOISE = re.compile(
    rf"{_BUTTON}(?:[\s|/•·,:]+{_BUTTON})*\s*[.:]?|lượt (?:xem|truy cập)\s*:?\s*[\d.,]+"
    r"|(?:©|bản quyền|copyright)(?!\w).*|\S+\.(?:jpe?g|png|gif|webp|bmp|svg)",
    re.IGNORECASE,
)


class Blocks:
    """Writes the blocks of a page; `captions` are texts known to belong to its pictures, each of them written once."""

    def __init__(self, captions: list[str]) -> None:
        self.writer = TextWriter()
        self._captions = set(captions)
        self._written: set[str] = set()
        self._kinds: list[tuple[Kind, int]] = [("text", 0)]
        self._line: list[tuple[str, bool, bool]] = []  # text, whether it is bold, whether it is a link
        self._bold = self._linked = 0
        self._is_broken = False

    def add_tree(self, root: Any) -> None:
        """Write everything below an element."""
        walk = etree.iterwalk(root, events=("start", "end"), tag="*")
        for event, element in walk:
            if event == "end":
                self._leave(element)
                if element is not root:
                    self._append(element.tail)
            elif element.tag == "table" and (rows := _data_rows(element)):
                self._flush()
                for kind, text in table_blocks(rows, _marked_rows(element)):
                    self.add(kind, text)
                walk.skip_subtree()
                self._kinds.append(("text", 0))
            else:
                self._enter(element)
                self._append(element.text)
        self._flush()

    def add(self, kind: Kind, text: str, level: int = 0) -> None:
        """Write a block, as a caption or noise where its wording says so."""
        if text in self._captions or (kind in ("text", "item") and is_caption(text)):
            if text not in self._written:
                self._written.add(text)
                self.writer.add("caption", text)
        else:
            self.writer.add("noise" if kind in ("text", "item") and _NOISE.fullmatch(text) else kind, text, level)

    def _enter(self, element: Any) -> None:
        self._bold += _is_bold(element)
        self._linked += element.tag in _LINKS
        if element.tag in _BREAKS:
            self._is_broken = True
        elif element.tag not in _INLINE:
            self._flush()
            self._kinds.append(_kind(element) or self._kinds[-1])

    def _leave(self, element: Any) -> None:
        if element.tag not in _INLINE and element.tag not in _BREAKS:
            self._flush()
            self._kinds.pop()
        self._bold -= _is_bold(element)
        self._linked -= element.tag in _LINKS

    def _append(self, text: str | None) -> None:
        if not text:
            return
        if self._is_broken and text.strip():
            self._is_broken = False
            # A break within a heading or a sentence parts nothing, any other parts two blocks.
            if self._kinds[-1][0] == "heading" or text.lstrip()[0].islower():
                text = f" {text}"
            else:
                self._flush()
        self._line.append((text, self._bold > 0, self._linked > 0))

    def _flush(self) -> None:
        """Write the block put together so far."""
        self._is_broken = False
        text = tidy("".join(piece for piece, _, _ in self._line))
        pieces = [piece for piece in self._line if piece[0].strip()]
        self._line.clear()
        if not pieces:
            return
        kind, level = self._kinds[-1]
        if kind == "item" and all(linked for _, _, linked in pieces):
            kind = "noise"  # a menu, or links to other news
        elif kind == "text" and all(bold for _, bold, _ in pieces) and _is_heading(text):
            kind, level = "heading", _BOLD_LEVEL
        elif kind == "text" and LIST_ITEM.match(text):
            kind = "item"
        self.add(kind, text, level)


def flat(root: Any) -> str:
    """All of an element's text on one line, words of different blocks apart."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="*"):
        if element.tag not in _INLINE:
            parts.append(" ")
        text = element.text if event == "start" else element.tail if element is not root else ""
        parts.append(text or "")
    return tidy("".join(parts))


def _kind(element: Any) -> tuple[Kind, int] | None:
    """What an element makes of the text within, None where that depends on what it lies in."""
    if element.tag in _ITEMS:
        return "item", 0
    heading = _HEADING.fullmatch(element.get("rend", "h2") if element.tag == "head" else element.tag)
    return ("heading", int(heading[1])) if heading else None


def _is_bold(element: Any) -> bool:
    return element.tag in _BOLD or (element.tag == "hi" and element.get("rend") == "#b")


def _is_heading(text: str) -> bool:
    """Whether a bold line is a heading."""
    if len(text) > _HEADING_CHARS or text.endswith(_ENDS) or BULLET.match(text) or is_caption(text):
        return False
    return any(map(str.isalpha, text))


def _data_rows(table: Any) -> list[list[str]]:
    """The cells of a table; none where it only lays out a page: a single column, tables or long texts within."""
    if table.find(".//table") is not None:
        return []
    rows = list(_rows(table))
    is_data = any(sum(map(bool, row)) > 1 for row in rows) and all(
        len(cell) <= _CELL_CHARS for row in rows for cell in row
    )
    return rows if is_data else []


def _rows(table: Any) -> Iterator[list[str]]:
    """Yield the cells of each row, empty ones where a cell beside or above reaches into the row."""
    reach: dict[int, int] = {}  # how many more rows the cell of a column fills
    for row in table.iter("tr", "row"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th", "cell"):
            while reach.get(len(cells), 0):
                reach[len(cells)] -= 1
                cells.append("")
            columns = range(len(cells), len(cells) + _span(cell, "colspan"))
            reach.update(dict.fromkeys(columns, _span(cell, "rowspan") - 1))
            cells += [flat(cell), *[""] * (len(columns) - 1)]
        yield cells


def _marked_rows(table: Any) -> set[int]:
    """The rows whose cells are all headings, or all bold."""
    rows = (list(row.iterchildren("td", "th", "cell")) for row in table.iter("tr", "row"))
    return {number for number, cells in enumerate(rows) if all(map(_is_marked, filter(flat, cells)))}


def _is_marked(cell: Any) -> bool:
    if cell.tag == "th" or cell.get("role") == "head":
        return True
    bold = [text for one in cell.iter("*") if _is_bold(one) for text in [flat(one)]]
    return "".join(bold) == flat(cell)


def _span(cell: Any, name: str) -> int:
    value = cell.get(name, "")
    return max(1, min(int(value), _MOST_COLUMNS)) if value.isdecimal() else 1
