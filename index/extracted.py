"""What a loader makes of a file: its text, and what each stretch of it is."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["heading", "text", "item", "row", "caption", "noise"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `text[start:end]` of one kind, on lines of its own; `level` is a heading's (1 is the highest), else 0.

    `item` is an item of a list, `row` of a table (written out as `heading: value; …`), `caption` belongs to a picture.
    `noise` (names of image files, share buttons, running headers) stays in the text and is never searched.
    """

    start: int
    end: int
    kind: Kind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file. What lies between two blocks is white space.

    `pages` are the offsets at which the pages begin, the first of them 0; empty for a file that has none. `title` and
    `created` (ISO date) are what the file's own properties say. `remarks` are for the reader (Vietnamese). It
    `is_partial` when pages were left unread that more time, or Tesseract, would let be read.
    """

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    title: str = ""
    created: str = ""
    remarks: tuple[str, ...] = ()
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost before it is refused. `nesting` counts archives within archives."""

    seconds: float = 120.0
    memory_mib: int = 2048
    pages: int = 3000
    unpacked_mib: int = 300
    files: int = 2000
    nesting: int = 1


@dataclass(slots=True)
class TextWriter:
    """Puts a text together block by block, an empty line between two of them."""

    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _pages: list[int] = field(default_factory=list)
    _length: int = 0

    def add(self, kind: Kind, text: str, level: int = 0) -> None:
        """Append a block; white space at its ends is dropped, an empty one is none."""
        text = text.strip()
        if not text:
            return
        if self._parts:
            self._append("\n\n")
        start = self._length
        self._append(text)
        self._blocks.append(Block(start, self._length, kind, level))

    def new_page(self) -> None:
        """The next block begins a page."""
        if self._parts:
            self._append("\n\n\f")
        self._pages.append(self._length)

    def extracted(
        self, *, title: str = "", created: str = "", remarks: tuple[str, ...] = (), is_partial: bool = False
    ) -> Extracted:
        """Everything added."""
        text, blocks, pages = "".join(self._parts), tuple(self._blocks), tuple(self._pages)
        return Extracted(text, blocks, pages, title, created, remarks, is_partial)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
