"""Cut a document into passages along its blocks and sentences, keeping the offsets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.extracted import Block
from index.lines import LIST_ITEM
from index.records import Document, Passage
from index.sentences import sentence_spans, strip_span
from index.vietnamese import CAPITALS

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_HEADING_CHARS = 140
# "Theo Bộ trưởng …", "Phát biểu tại buổi làm việc, Thứ trưởng … nhấn mạnh": whose words the next paragraph gives.
_ATTRIBUTION = re.compile(
    rf"(?:Theo|Về phía|Thay mặt|Phát biểu|Kết luận|Trả lời|Trao đổi)\b[^.]*[{CAPITALS}]"
    r"|.*\b(?:cho biết|cho rằng|nhấn mạnh|khẳng định|chia sẻ|phát biểu|đề nghị|khuyến nghị|lưu ý|nêu rõ|yêu cầu)\W*$"
)
_ATTRIBUTION_CHARS = 250


@dataclass(frozen=True, slots=True)
class _Run:
    """Pieces that may be joined: spans no longer than the limit, under one heading."""

    heading: str
    pieces: list[tuple[int, int]]
    is_caption: bool = False


def split(document: Document, blocks: Sequence[Block], passage_chars: int) -> list[Passage]:
    """Passages of at most `passage_chars` characters, in order, not overlapping.

    A heading opens a new passage and stays with the text below it; what introduces a list, or says whose words follow,
    stays with them where both fit; a caption is a passage of its own; no passage goes over the end of a page.
    A sentence is cut only when it alone is longer than the limit. Every character of a block that is not noise lies in
    exactly one passage.
    """
    passages: list[Passage] = []
    for run in _runs(document, blocks, passage_chars):
        for start, end in _pack(document.text, run.pieces, passage_chars):
            passages.append(
                Passage(
                    id=f"{document.id}@{document.sha256[:10]}#{len(passages)}",
                    document_id=document.id,
                    start=start,
                    end=end,
                    heading=run.heading,
                    text=document.text[start:end],
                    is_caption=run.is_caption,
                )
            )
    return passages


def heading_text(line: str) -> str:
    """A heading on one line, without its Markdown marks."""
    line = " ".join(line.split())
    match = _MARKDOWN_HEADING.fullmatch(line)
    return match[2] if match else line


def is_heading(line: str) -> bool:
    """Whether a line of a passage is a heading rather than a sentence of its text."""
    line = line.strip()
    if _MARKDOWN_HEADING.fullmatch(line):
        return True
    return bool(line) and len(line) <= _HEADING_CHARS and not LIST_ITEM.match(line) and line[-1] not in ".!?…:;,”\"')|"


def _runs(document: Document, blocks: Sequence[Block], limit: int) -> Iterator[_Run]:
    path: list[tuple[int, str]] = []
    run = _Run("", [])
    has_text = False
    page = 0
    for block in blocks:
        here = document.page_of(block.start)
        opens = block.kind == "heading" and has_text
        if opens or here != page or block.kind in {"noise", "caption"}:
            yield run
            run, has_text, page = _Run(_joined(path), []), False, here
        if block.kind == "noise":
            continue
        if block.kind == "caption":
            yield _Run(_joined(path), list(_pieces(document.text, block, limit)), is_caption=True)
            continue
        if block.kind == "heading":
            path = [(level, name) for level, name in path if level < block.level]
            path.append((block.level, heading_text(document.text[block.start : block.end])))
            run = _Run(_joined(path), run.pieces)
        else:
            has_text = True
        run.pieces.extend(_pieces(document.text, block, limit))
    yield run


def _joined(path: Sequence[tuple[int, str]]) -> str:
    return " › ".join(name for _, name in path)


def _pieces(text: str, block: Block, limit: int) -> Iterator[tuple[int, int]]:
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
    """Join neighbouring pieces up to the limit; what introduces the next piece moves on with it."""
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
    line = text[lead[0] : lead[1]]
    says_whose = len(line) <= _ATTRIBUTION_CHARS and _ATTRIBUTION.match(line) is not None
    return (line.endswith(":") or is_heading(line) or says_whose) and piece[1] - lead[0] <= limit
