"""From lines of print to paragraphs, headings, items of lists and captions."""

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.extracted import Kind
from index.lines import BULLET, ENDED, LIST_ITEM, is_caption
from index.loaders.layout import Edges, Line, Page, edges, in_reading_order, is_page_number
from index.vietnamese import CAPITALS, tidy

_HEADING_CHARS = 140
_HEADING_LEVELS = 3
_LARGER = 1.08  # times the size of the body
# In sizes of a letter: an indentation, and how far down a sentence may go on.
_INDENT = 0.8
_FAR_BELOW = 2.5
# From line to line, in sizes of a letter; and how many times the usual distance parts two paragraphs.
_LEADING = 1.2
_MOST_LEADING = 1.8
_WIDER = 1.2
# A line that leaves so much of the column empty is a paragraph's last.
_SHORT_SHARE = 0.25

_NAMED = re.compile(
    rf"(Phần|Chương|Mục|Phụ lục)\s+(?:[IVXLC]+|\d+|[A-Z])(?:\s*[.:–-]|$|\s+(?=[{CAPITALS}]))"
    rf"|(PHẦN|CHƯƠNG|MỤC|PHỤ LỤC)\s+(?:[IVXLC]+|\d+|[A-Z])\b"
    r"|(Điều|ĐIỀU)\s+\d+[a-zđ]?\s*(?:[.:]|$)"
)
_RANKS = {"phần": 1, "phụ lục": 1, "chương": 1, "mục": 2, "điều": 3}
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CUT_WORD = re.compile(r"([A-Za-z]+)-$")
_REST = re.compile(r"[a-z]+(?!\w)")
# A syllable that Vietnamese may write with a hyphen (thu-chi): a word is cut only where one half is none.
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ch?|m|n[gh]?|p|t)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What becomes a block."""

    kind: Kind
    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    """The body's letters, and how far apart its lines stand in sizes of a letter."""

    size: float
    bold: bool
    leading: float


def of_pages(pages: Sequence[Page]) -> list[list[Paragraph]]:
    """The paragraphs of each page in reading order; what runs along the edges of the pages is noise."""
    around = edges(pages)
    columns = [_columns(page, edge) for page, edge in zip(pages, around, strict=True)]
    style = _usual_style([column for page in columns for column in page])
    groups = [[group for column in page for group in _groups(column, style)] for page in columns]
    ranks = sorted({_rank(group) for page in groups for group in page if _kind(group, style) == "heading"})
    levels = {rank: min(level, _HEADING_LEVELS) for level, rank in enumerate(ranks, start=1)}
    return [
        [
            *_noise(edge.header),
            *(one for group in page for one in _paragraphs(group, style, levels)),
            *_noise(edge.footer),
        ]
        for page, edge in zip(groups, around, strict=True)
    ]


def from_wording(text: str) -> Paragraph:
    """A paragraph of which nothing but the wording is known."""
    kind = "noise" if is_page_number(text) else _kind_by_wording(text)
    return Paragraph(kind, text, min(_named_rank(text), _HEADING_LEVELS) if kind == "heading" else 0)


def begins_anew(line: str) -> bool:
    """Whether a line begins a paragraph by its wording: an item, a heading, a caption."""
    return bool(LIST_ITEM.match(line) or _NAMED.match(line)) or is_caption(line)


def joined(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one; words cut at a line's end are whole again."""
    text = ""
    for line in lines:
        if text.endswith("\u00ad") or _is_cut(text, line):
            text = text[:-1] + line
        else:  # a hyphen between two syllables keeps them together
            text += line if re.search(r"\w-$", text) else f" {line}"
    return tidy(text)


def _is_cut(text: str, line: str) -> bool:
    cut, rest = _CUT_WORD.search(text), _REST.match(line)
    if not cut or not rest:
        return False
    return not (_SYLLABLE.fullmatch(cut[1]) and _SYLLABLE.fullmatch(rest[0]))


def _noise(lines: Iterable[Line]) -> list[Paragraph]:
    return [Paragraph("noise", tidy(line.text)) for line in lines]


def _columns(page: Page, edge: Edges) -> list[list[Line]]:
    apart = {*edge.header, *edge.footer}
    return in_reading_order([line for line in page.lines if line not in apart], page.width)


def _usual_style(columns: Sequence[Sequence[Line]]) -> _Style:
    lines = [line for column in columns for line in column if not line.rows]
    letters = Counter[tuple[float, bool]]()
    for line in lines:
        letters[_half_points(line), line.bold] += len(line.text)
    size, bold = max(letters, key=letters.__getitem__, default=(1.0, False))
    steps = [
        round((lower.top - upper.top) / size, 1)
        for column in columns
        for upper, lower in itertools.pairwise(column)
        if _half_points(upper) == _half_points(lower) == size
    ]
    return _Style(size, bold, statistics.mode([step for step in steps if 0 < step <= _MOST_LEADING] or [_LEADING]))


def _half_points(line: Line) -> float:
    return round(2 * line.size) / 2


def _groups(column: Sequence[Line], style: _Style) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, and tables alone."""
    left = min(line.x0 for line in column)
    right = max(line.x1 for line in column)
    group: list[Line] = []
    for line in column:
        if group and _begins_paragraph(group, line, left, right, style):
            yield group
            group = []
        group.append(line)
    yield group


def _begins_paragraph(group: list[Line], line: Line, left: float, right: float, style: _Style) -> bool:
    last = group[-1]
    if line.rows or last.rows:
        return True
    room = right - last.x1
    is_full = room < (line.x1 - line.x0) * (len(line.text.split()[0]) + 1) / len(line.text)
    step = (line.top - last.top) / max(last.size, line.size, 1)
    same_size = max(last.size, line.size) < _LARGER * min(last.size, line.size)
    if is_full and same_size and step < _FAR_BELOW and _goes_on(group, line.text):
        return False
    return (
        begins_anew(line.text)
        or not same_size
        or last.bold != line.bold
        or step > _WIDER * style.leading
        or _is_indented(group, line, left)
        or (not is_full and _is_end(last, line, room > _SHORT_SHARE * (right - left), style))
    )


def _goes_on(group: list[Line], text: str) -> bool:
    """Whether a line can only be the rest of a sentence; a dash before a small letter may belong to a compound."""
    if ENDED.search(group[-1].text):
        return False
    if BULLET.match(text):
        return text[0] in "-–—" and text[2:].lstrip()[:1].islower() and not _is_item(group[0])
    return text[0].islower() and not begins_anew(text)


def _is_indented(group: list[Line], line: Line, left: float) -> bool:
    """Whether it stands further in than the line before, or further out than the rest of a hanging paragraph."""
    last = group[-1]
    indent = _INDENT * line.size
    if abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 2 * indent:  # centred
        return False
    if len(group) > 1:
        return abs(line.x0 - last.x0) > indent
    if line.x0 > last.x0 + indent:
        return not _is_item(last)
    return min(line.x0, last.x0) > left + indent and abs(line.x0 - last.x0) < indent and bool(ENDED.search(last.text))


def _is_end(last: Line, line: Line, is_short: bool, style: _Style) -> bool:
    """Whether a line that had room for the next word is its paragraph's last."""
    if ENDED.search(last.text):
        return True
    return is_short and not line.text[0].islower() and not _stands_out(last, style)


def _is_item(line: Line) -> bool:
    return bool(LIST_ITEM.match(line.text))


def _stands_out(line: Line, style: _Style) -> bool:
    return line.size > _LARGER * style.size or (line.bold and not style.bold)


def _paragraphs(group: list[Line], style: _Style, levels: dict[tuple[float, int], int]) -> Iterator[Paragraph]:
    if group[0].rows:
        yield from (Paragraph("row", row) for row in group[0].rows)
        return
    kind = _kind(group, style)
    yield Paragraph(kind, joined(line.text for line in group), levels[_rank(group)] if kind == "heading" else 0)


def _kind(group: list[Line], style: _Style) -> Kind:
    if group[0].rows:
        return "row"
    text = joined(line.text for line in group)
    kind = _kind_by_wording(text)
    if kind in ("caption", "heading") or not _stands_out(group[0], style) or BULLET.match(text):
        return kind
    is_heading = len(text) <= _HEADING_CHARS and (text[-1] not in ".;," or _NAMED.match(text)) and _LETTERS.search(text)
    return "heading" if is_heading else kind


def _kind_by_wording(text: str) -> Kind:
    if is_caption(text):
        return "caption"
    named = _NAMED.match(text)
    if named and len(text) <= _HEADING_CHARS and (text[-1] not in ".;," or named.end() == len(text)):
        return "heading"
    return "item" if LIST_ITEM.match(text) else "text"


def _rank(group: list[Line]) -> tuple[float, int]:
    """Larger letters before smaller ones, a chapter before its articles."""
    return -_half_points(group[0]), _named_rank(group[0].text)


def _named_rank(text: str) -> int:
    named = _NAMED.match(text)
    return _RANKS[next(filter(None, named.groups())).lower()] if named else len(_RANKS)
