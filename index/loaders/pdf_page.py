"""One page of a PDF: its lines of text, its ruled tables, and how much of it is pictures."""

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import pdfplumber.page
from pdfminer.layout import LAParams, LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTPage, LTTextLine

from index.legacy import OLD_FONT, Disguise, disguise_of, may_be_disguised
from index.loaders.layout import BOLD_FONT, Line, Page, in_reading_order
from index.loaders.paragraphs import joined
from index.loaders.pdf_tables import TableReader
from index.vietnamese import tidy

# Letters of a line further apart than so many of their widths may belong to two columns.
_PIECES = LAParams(char_margin=1.5)
_GARBLED_SHARE = 1 / 3
# In sizes of a letter: less than the width of an l.
_HAIR = 0.1
# Bullets of the fonts Symbol and Wingdings.
_SYMBOLS = range(0xF000, 0xF100)
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")
_CLEAN: dict[int, str | None] = {
    **dict.fromkeys(itertools.chain(range(32), range(0x7F, 0xA0))),
    **dict.fromkeys(map(ord, "\t\n\r"), " "),
    **dict.fromkeys(_SYMBOLS, "•"),
    **dict(zip(range(0xFB00, 0xFB07), _LIGATURES, strict=True)),
}


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page holds; one whose letters have no Unicode value is as good as a picture."""

    page: Page
    letters: int
    picture_share: float
    disguise: str = ""


class PageReader:
    """Reads the pages of a file in turn."""

    def __init__(self) -> None:
        self._tables = TableReader()
        self._disguise: Disguise | None = None

    def read(self, page: pdfplumber.page.Page) -> PageContent:
        """The content of the next page."""
        page = _upright(page)
        layout = page.layout
        items = list(_items(layout))
        chars = list(_once(item for item in items if isinstance(item, LTChar) and item.upright))
        known = [char for char in chars if _is_known(char.get_text())]
        if len(chars) - len(known) > _GARBLED_SHARE * len(chars):
            return PageContent(Page((), layout.width, layout.height), 0, 1.0)
        _put_marks_on_letters(known)
        strokes = [item for item in items if isinstance(item, LTCurve)]
        self._disguise = _disguise(layout, known) or self._disguise
        text_of = partial(_cell_text, layout, disguise=self._disguise)
        tables, running = self._tables.read(page, strokes, known, text_of)
        lines = (*tables, *_lines(layout, running, self._disguise))
        pictures = sum(item.width * item.height for item in items if isinstance(item, LTImage))
        letters = sum(char.get_text().isalnum() for char in known)
        disguise = self._disguise.name if self._disguise else ""
        share = pictures / (layout.width * layout.height)
        return PageContent(Page(lines, layout.width, layout.height), letters, share, disguise)


def _items(container: Iterable[object]) -> Iterator[LTComponent]:
    """Yield letters, strokes and pictures in the order in which they are drawn."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        elif isinstance(item, LTComponent):
            yield item


def _upright(page: pdfplumber.page.Page) -> pdfplumber.page.Page:
    """The page, turned where most of its letters stand on their side."""
    chars = [item for item in _items(page.layout) if isinstance(item, LTChar)]
    sideways = [char for char in chars if not char.upright]
    if 2 * len(sideways) <= len(chars):
        return page
    turn = 90 if sideways[0].matrix[1] > 0 else 270
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.page_obj.rotate + turn) % 360
    return pdfplumber.page.Page(page.pdf, page.page_obj, page.page_number)


def _once(chars: Iterable[LTChar]) -> Iterator[LTChar]:
    """Yield the letters without those drawn again a hair's breadth away, which makes them look bold."""
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        grid = _HAIR * max(char.size, 1)
        x, y = round(char.x0 / grid), round(char.y0 / grid)
        if char.get_text().isspace() or not seen.intersection(
            (char.get_text(), x + right, y + up) for right in (-1, 0, 1) for up in (-1, 0, 1)
        ):
            seen.add((char.get_text(), x, y))
            yield char


def _is_known(text: str) -> bool:
    """Whether a letter has a Unicode value: the library writes `(cid:12)` for one that has none."""
    if text.startswith("(cid:") or "\ufffd" in text:
        return False
    return all(ord(char) in _SYMBOLS or unicodedata.category(char) not in ("Co", "Cs") for char in text)


def _put_marks_on_letters(chars: list[LTChar]) -> None:
    """Give a mark drawn by itself the place of its letter: the gap after it is none between words."""
    for letter, mark in itertools.pairwise(chars):
        if mark.get_text() and all(map(unicodedata.combining, mark.get_text())):
            mark.set_bbox(letter.bbox)


def _disguise(layout: LTPage, chars: list[LTChar]) -> Disguise | None:
    """That of letters in fonts from before Unicode, told by what they look like."""
    is_suspect = any(OLD_FONT.search(str(char.fontname)) for char in chars)
    if is_suspect or may_be_disguised("".join(char.get_text() for char in chars)):
        return disguise_of(line.text for line in _lines(layout, chars))
    return None


def _cell_text(layout: LTPage, chars: list[LTChar], disguise: Disguise | None) -> str:
    columns = in_reading_order(_lines(layout, chars, disguise), math.inf)
    return joined(line.text for column in columns for line in column)


def _lines(layout: LTPage, chars: list[LTChar], disguise: Disguise | None = None) -> list[Line]:
    pieces = layout.group_objects(_PIECES, chars) if chars else []
    return [line for piece in pieces if tidy((line := _line(piece, layout.height, disguise)).text)]


def _line(piece: LTTextLine, page_height: float, disguise: Disguise | None) -> Line:
    text = "".join(item.get_text() for item in piece)
    text = disguise.undone(text) if disguise else text
    chars = [item for item in piece if isinstance(item, LTChar) and not item.get_text().isspace()]
    size = Counter(round(char.size, 1) for char in chars).most_common(1)
    bold = sum(bool(BOLD_FONT.search(str(char.fontname))) for char in chars)
    return Line(
        unicodedata.normalize("NFC", text.translate(_CLEAN)).strip(),
        piece.x0,
        piece.x1,
        page_height - piece.y1,
        page_height - piece.y0,
        size[0][0] if size else 0.0,
        2 * bold > len(chars),
    )
