"""Cut a document into passages at headings, paragraphs and sentences, keeping the offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.load import front_matter
from index.records import Document, Passage
from index.sentences import sentence_spans, strip_span

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*)")
LIST_ITEM = re.compile(r"(?:[-*+•]|\d+[.)]|[a-zđ]\))\s+")
# Image names, share links and "read the full text" lines say nothing about the matter.
_NOISE = re.compile(
    r"\s*(?:!\[[^\]]*\]\([^)]*\)|\S+\.(?:jpe?g|png|gif|webp|bmp|svg)|-{3,}|\*{3,}|"
    r"xem toàn văn\b.*|chia sẻ|đọc thêm|in trang|gửi email)\s*\.?\s*",
    re.IGNORECASE,
)
_HEADING_CHARS = 140


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of the document: a heading (level > 0), or text (level 0)."""

    start: int
    end: int
    level: int


def split(document: Document, passage_chars: int) -> list[Passage]:
    """Passages of at most `passage_chars` characters, in order, not overlapping.

    A heading opens a new passage and stays with the text below it; a line that ends in a colon stays with
    what it introduces where both fit; a sentence is cut only when it alone is longer than the limit.
    Every character of the body that is neither white space nor noise lies in exactly one passage.
    """
    passages: list[Passage] = []
    for heading, pieces in _sections(document, passage_chars):
        for start, end in _pack(document.text, pieces, passage_chars):
            passages.append(
                Passage(
                    id=f"{document.id}@{document.sha256[:10]}#{len(passages)}",
                    document_id=document.id,
                    start=start,
                    end=end,
                    heading=heading,
                    text=document.text[start:end],
                )
            )
    return passages


def heading_text(line: str) -> str:
    """A heading without its Markdown marks."""
    match = _MARKDOWN_HEADING.fullmatch(line.strip())
    return (match.group(2) if match else line).strip()


def is_heading(line: str) -> bool:
    """Whether a line of a passage is a heading rather than a sentence of its text."""
    line = line.strip()
    if _MARKDOWN_HEADING.fullmatch(line):
        return True
    return bool(line) and len(line) <= _HEADING_CHARS and not LIST_ITEM.match(line) and line[-1] not in ".!?…:;,”\"')"


def _sections(document: Document, limit: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield `(heading path, pieces)`: pieces are spans no longer than the limit, the heading's own first."""
    path: list[tuple[int, str]] = []
    pieces: list[tuple[int, int]] = []
    has_text = False
    for block in _blocks(document.text):
        if block is None or (block.level and has_text):
            yield " › ".join(name for _, name in path), pieces
            pieces, has_text = [], False
        if block is None:
            continue
        if block.level:
            path = [(level, name) for level, name in path if level < block.level]
            path.append((block.level, heading_text(document.text[block.start : block.end])))
        else:
            has_text = True
        pieces.extend(_pieces(document.text, block, limit))
    yield " › ".join(name for _, name in path), pieces


def _blocks(text: str) -> Iterator[_Block | None]:
    """Yield the lines that carry text; None where noise lies between, so that no passage spans it."""
    _, position = front_matter(text)
    for line in text[position:].splitlines(keepends=True):
        start, position = position, position + len(line)
        if _NOISE.fullmatch(line):
            yield None
            continue
        for begin, end in strip_span(text, start, position):
            yield _Block(begin, end, _level(text[begin:end]))


def _level(line: str) -> int:
    match = _MARKDOWN_HEADING.fullmatch(line)
    if match:
        return len(match.group(1))
    return 1 if is_heading(line) else 0


def _pieces(text: str, block: _Block, limit: int) -> Iterator[tuple[int, int]]:
    if block.end - block.start <= limit:
        yield block.start, block.end
        return
    for start, end in sentence_spans(text, block.start, block.end):
        yield from _cut(text, start, end, limit)


def _cut(text: str, start: int, end: int, limit: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence longer than the limit, at white space where there is any."""
    while end - start > limit:
        space = max(text.rfind(" ", start + 1, start + limit + 1), text.rfind("\n", start + 1, start + limit + 1))
        stop = space if space > start else start + limit
        yield from strip_span(text, start, stop)
        start = stop
    yield from strip_span(text, start, end)


def _pack(text: str, pieces: list[tuple[int, int]], limit: int) -> Iterator[tuple[int, int]]:
    """Join neighbouring pieces up to the limit; what introduces a list moves on with its first item."""
    group: list[tuple[int, int]] = []
    for piece in pieces:
        if group and piece[1] - group[0][0] > limit:
            moved = [group.pop()] if len(group) > 1 and _introduces(text, group[-1], piece, limit) else []
            yield group[0][0], group[-1][1]
            group = moved
        group.append(piece)
    if group:
        yield group[0][0], group[-1][1]


def _introduces(text: str, lead: tuple[int, int], piece: tuple[int, int], limit: int) -> bool:
    opens = text[lead[1] - 1] == ":" or is_heading(text[lead[0] : lead[1]])
    return opens and piece[1] - lead[0] <= limit
