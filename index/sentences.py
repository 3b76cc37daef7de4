"""Where sentences begin and end in Vietnamese administrative text."""

import re
from collections.abc import Iterator

from index.lines import goes_on, usual_width
from index.vietnamese import CAPITALS

# A full stop after these is part of the word, not the end of a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:TP|Tp|T\.P|TX|Tx|Q|P|H|PGS|GS|TS|ThS|Th\.S|KS|CN|BS|LS|NSND|NSƯT|Mr|Mrs|Ms|Dr|St|No|"
    rf"tr|tt|vd|VD|Co|Ltd|Inc|Corp|[{CAPITALS}])\.$"
)
# Possessive, and only from the start of a run: ten thousand full stops take no longer than they should.
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]»]*+(?=\s|$)")
_NUMBERING = re.compile(r"\s*(?:\d{1,3}|[a-zđ])\.")
_ABBREVIATION_CHARS = 12


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each sentence of `text[start:end]`, without surrounding white space.

    A line break ends a sentence unless the line was broken for want of room: headings, list items and captions stand on
    lines of their own.
    """
    end = len(text) if end is None else end
    for line_start, line_end in _lines(text, start, end):
        yield from _in_line(text, line_start, line_end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield each line, together with those below that it goes on with."""
    lines = text[start:end].split("\n")
    shown = [line.strip() for line in lines]
    width = usual_width(shown)
    begin = position = start
    for number, line in enumerate(lines):
        position += len(line) + 1
        if number + 1 == len(lines) or not goes_on(shown[number], shown[number + 1], width):
            yield begin, position - 1
            begin = position


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, begin, match.end(), end):
            yield from strip_span(text, begin, match.end())
            begin = match.end()
    yield from strip_span(text, begin, end)


def _ends_sentence(text: str, begin: int, stop: int, end: int) -> bool:
    after = text[stop : min(end, stop + 8)].lstrip()
    if after[:1].islower():  # an ellipsis or an abbreviation in mid-sentence
        return False
    if stop >= end:
        return True
    if _NUMBERING.fullmatch(text, begin, stop):
        return False
    return not _ABBREVIATION.search(text[max(begin, stop - _ABBREVIATION_CHARS) : stop])


def strip_span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without white space (and byte-order marks) around it, or nothing."""
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
