"""Plain text and Markdown: the text word for word, and what each of its lines is."""

import re
import unicodedata

from index.extracted import Block, Extracted, Kind, Limits
from index.header import front_matter
from index.legacy import detect
from index.sentences import strip_span
from index.split import LIST_ITEM, is_heading

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s")
_TABLE_ROW = re.compile(r"\|.*\|")
_TABLE_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")

_IMAGE_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|bmp|svg)\s*\.?", re.IGNORECASE)
_MARKDOWN_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)\s*\.?")
_ALT_WORDS = 3
_CAPTION_CHARS = 200
_PICTURE = "(?:ảnh|hình(?: ảnh)?|biểu đồ|sơ đồ|bản đồ|đồ thị)"
_CAPTION = re.compile(rf"[(*_]*{_PICTURE}(?:\s*:|\s+\d+(?:[.-]\d+)*\s*[.:–-]).*", re.IGNORECASE)
_WRAPPED_CAPTION = re.compile(rf"(?:\(|\*+|_+){_PICTURE}\b.*(?:\)|\*|_)\.?", re.IGNORECASE)

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

_ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "cp1258": "Windows-1258"}


def decode(content: bytes) -> str:
    """The text of a file in whatever encoding, line ends as they are, without a byte-order mark.

    Raises UnreadableDocumentError when the content is no text.
    """
    return detect(content)[1].removeprefix("\ufeff")


def extract(content: bytes, limits: Limits) -> Extracted:
    """The file's text as decoded, byte-order mark included, and a block for every line below the front matter.

    Nothing is unpacked, so no limit applies. Raises UnreadableDocumentError for what is no text, and for broken front
    matter.
    """
    encoding, text = detect(content)
    name = _ENCODINGS.get(encoding)
    remarks = (f"Tệp dùng bảng mã {name}; nội dung đã được chuyển sang Unicode.",) if name else ()
    return Extracted(text, _blocks(text), remarks=remarks)


def _blocks(text: str) -> tuple[Block, ...]:
    _, position = front_matter(text)
    found: list[Block] = []
    before = ""
    for line in text[position:].splitlines(keepends=True):
        start, position = position, position + len(line)
        shown = ""
        for begin, end in strip_span(text, start, position):
            shown = unicodedata.normalize("NFC", text[begin:end])
            kind, level = _kind(shown, before)
            found.append(Block(begin, end, kind, level))
        before = shown
    return tuple(found)


def _kind(line: str, before: str) -> tuple[Kind, int]:
    """What a line is, and a heading's level; `before` is the line above, which may be a picture."""
    if marks := _MARKDOWN_HEADING.match(line):
        return "heading", len(marks[1])
    if image := _MARKDOWN_IMAGE.fullmatch(line):
        return ("caption" if len(image[1].split()) >= _ALT_WORDS else "noise"), 0
    if _IMAGE_FILE.fullmatch(line) or _NOISE.fullmatch(line) or _TABLE_RULE.fullmatch(line):
        return "noise", 0
    if _TABLE_ROW.fullmatch(line):
        return "row", 0
    if LIST_ITEM.match(line):
        return "item", 0
    if _is_caption(line, before):
        return "caption", 0
    return ("heading", 1) if is_heading(line) else ("text", 0)


def _is_caption(line: str, before: str) -> bool:
    if _CAPTION.fullmatch(line) or _WRAPPED_CAPTION.fullmatch(line):
        return True
    pictured = _IMAGE_FILE.fullmatch(before) or _MARKDOWN_IMAGE.fullmatch(before)
    return bool(pictured) and len(line) < _CAPTION_CHARS
