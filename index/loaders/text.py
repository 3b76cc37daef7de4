"""Plain text and Markdown: the text word for word, and what each of its lines is."""

import re
import unicodedata
from collections.abc import Iterator

from index.extracted import Block, Extracted, Kind, Limits
from index.header import front_matter
from index.legacy import converted_remarks, detect
from index.lines import ENDED, LIST_ITEM, goes_on, is_caption, usual_width
from index.sentences import strip_span
from index.split import is_heading

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s")
_TABLE_ROW = re.compile(r"\|.*\|")
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")

_IMAGE_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|bmp|svg)\s*\.?", re.IGNORECASE)
_MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)\s*\.?")
_ALT_WORDS = 3
_CAPTION_CHARS = 200
_IN_ITALICS = re.compile(r"(\*|_)(?!\1).+\1\.?")

# What share bars and print buttons leave behind: single buttons, and several on a line.
_BUTTON = (
    r"(?:chia sẻ(?: bài viết)?(?: (?:qua|lên|trên) (?:facebook|zalo|twitter|email))?|thích|theo dõi(?: chúng tôi)?"
    r"|facebook|zalo|messenger|twitter|(?:sao chép|copy) (?:liên kết|link)|lưu bài(?: viết)?|lưu tin"
    r"|in (?:trang(?: này)?|bài(?: viết)?|tin)|gửi (?:email|bình luận|bài viết|cho bạn bè)|bình luận \(\d+\)"
    r"|a ?[+-]|cỡ chữ|đọc thêm|xem thêm|nghe đọc bài|quay lại|(?:về|lên) đầu trang|trang trước|trang sau)(?: \(\d+\))?"
)
_NOISE = re.compile(
    rf"{_BUTTON}(?:[\s|/•·,]+{_BUTTON})*\s*\.?|[-=]{{3,}}\s*\.?|\*{{3,}}\s*\.?|_{{3,}}|xem toàn văn\b.*"
    r"|(?:từ khóa|từ khoá|tags?)\s*:|(?:các )?tin (?:liên quan|khác|cùng chuyên mục)\s*:?|bài viết liên quan\s*:?",
    re.IGNORECASE,
)


def extract(content: bytes, limits: Limits) -> Extracted:
    """The file's text as decoded, byte-order mark included, and a block for every line below the front matter.

    Lines that were only broken for want of room make one block. Nothing is unpacked, so no limit applies.
    Raises UnreadableDocumentError for what is no text, and for broken front matter.
    """
    encoding, text = detect(content)
    return Extracted(text, _blocks(text), remarks=converted_remarks(encoding))


def _blocks(text: str) -> tuple[Block, ...]:
    spans = list(_line_spans(text))
    lines = [unicodedata.normalize("NFC", text[begin:end]) for begin, end in spans]
    width = usual_width(lines)
    found: list[Block] = []
    first = 0
    for number, line in enumerate(lines):
        if number + 1 < len(lines) and _goes_on(line, lines[number + 1], width):
            continue
        if line:
            kind, level = _kind(" ".join(lines[first : number + 1]), lines[first - 1] if first else "")
            found.append(Block(spans[first][0], spans[number][1], kind, level))
        first = number + 1
    return tuple(found)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each line below the front matter begins and ends, without white space around it."""
    _, position = front_matter(text)
    for line in text[position:].splitlines(keepends=True):
        start, position = position, position + len(line)
        yield next(strip_span(text, start, position), (start, start))


def _goes_on(line: str, following: str, width: int) -> bool:
    # In a broken text a rest in small letters (`theo dõi.`) is none of the buttons that read like it.
    is_rest = width > 0 and following[:1].islower()
    return goes_on(line, following, width) and not _is_noise(line) and (is_rest or not _is_noise(following))


def _is_noise(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_IMAGE_FILE, _NOISE, _TABLE_RULE))


def _kind(line: str, before: str) -> tuple[Kind, int]:
    """What a line is, and a heading's level; `before` is the line above, which may be a picture."""
    if marks := _MARKDOWN_HEADING.match(line):
        return "heading", len(marks[1])
    if image := _MARKDOWN_IMAGE.fullmatch(line):
        return ("caption" if len(image[1].split()) >= _ALT_WORDS else "noise"), 0
    if _is_noise(line):
        return "noise", 0
    if _TABLE_ROW.fullmatch(line):
        return "row", 0
    if LIST_ITEM.match(line):
        return "item", 0
    if is_caption(line) or _is_below_picture(line, before):
        return "caption", 0
    return ("heading", 1) if is_heading(line) else ("text", 0)


def _is_below_picture(line: str, before: str) -> bool:
    """Whether a line directly below a picture looks like its caption: short and no sentence, or in italics."""
    pictured = _IMAGE_FILE.fullmatch(before) or _MARKDOWN_IMAGE.fullmatch(before)
    looks_so = len(line) < _CAPTION_CHARS and not ENDED.search(line)
    return bool(pictured) and (looks_so or bool(_IN_ITALICS.fullmatch(line)))
