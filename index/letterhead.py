"""The head of an official document: its number, type, issuer and subject; and which blocks are running text.

`folded` is everywhere the document's text without marks and capitals, character for character.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.extracted import Block, Extracted
from index.people import proper
from index.records import Finding
from index.vietnamese import CAPITALS, fold, tidy

HEAD_CHARS = 1500
_LEAD_CHARS, _PARAGRAPH_LINE, _SUBJECT_CHARS = 2000, 70, 300
_SUBJECT_LINES, _TYPE_CHARS, _TITLE_CHARS = 4, 12, 200

# In capitals: articles speak of country and party as well.
_MOTTO = (
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|(?i:độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc)"
)
_APART = re.compile(rf"{_MOTTO}|[\n\t|;]|[^\S\n]{{2,}}")
_HEAD_MOTTO = re.compile(_MOTTO)
_BODY = re.compile(r"^\s*(?:kinh gui|can cu|thuc hien|xet de nghi|theo de nghi|dieu 1)\b", re.MULTILINE)
_SYMBOL = rf"[{CAPITALS}][{CAPITALS}a-z0-9&]*(?:[^\S\n]?[-–/][^\S\n]?[{CAPITALS}][{CAPITALS}a-z0-9&]*){{0,3}}"
_NUMBER = re.compile(  # Số: 12/2021/TT-BTTTT, Số 16-NQ/TU; the number itself may be blank
    r"(?:(?:^|[\t|;]|\s\s)\s*S[ốỐ]\s?(?:(?:ký )?hiệu\s?)?:?|(?<=\s)S[ốỐ]\s?:)"
    r"[\s|]*(?P<number>\d(?:\s?\d){0,5})?[\s.…_]*(?P<rest>(?:/\s?(?:19|20)\d\d\s?)?[/-]\s?"
    rf"(?P<symbol>{_SYMBOL}))",
    re.MULTILINE,
)
_TYPES = {
    "QĐ": "Quyết định",
    "CV": "Công văn",
    "CT": "Chỉ thị",
    "TB": "Thông báo",
    "TT": "Thông tư",
    "NĐ": "Nghị định",
    "NQ": "Nghị quyết",
    "KH": "Kế hoạch",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "KL": "Kết luận",
    "BB": "Biên bản",
    "HD": "Hướng dẫn",
    "CĐ": "Công điện",
}
_ORGANS = {
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BTC": "Bộ Tài chính",
    "BNV": "Bộ Nội vụ",
    "BTP": "Bộ Tư pháp",
    "BYT": "Bộ Y tế",
    "BCT": "Bộ Công Thương",
    "BXD": "Bộ Xây dựng",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "TTg": "Thủ tướng Chính phủ",
    "CP": "Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "STTTT": "Sở Thông tin và Truyền thông",
}
_TYPE_LINE = re.compile(rf"(?:{'|'.join(map(fold, sorted(set(_TYPES.values()))))})\b")
_FIRST_LINE = re.compile(r"(?:ket luan|thong bao ket luan|bien ban|thong bao)(?:\s*$| cua\b| hoi nghi\b| lam viec\b)")
ORGAN = re.compile(
    r"(?:BỘ|UBND|[ỦU][ỶY](?: BAN|$)|SỞ|CỤC|TỔNG CỤC|VỤ|BAN(?! NHÂN| HÀNH)|VĂN PHÒNG|(?:TỈNH|THÀNH|HUYỆN|ĐẢNG) [ỦU][ỶY]"
    r"|HĐND|HỘI(?! NGHỊ| THẢO)|CHỦ TỊCH|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|TRUNG TÂM|VIỆN|HỌC VIỆN|THANH TRA|TẬP ĐOÀN"
    r"|TỔNG CÔNG TY|CÔNG TY|NGÂN HÀNG|BƯU ĐIỆN|CÔNG AN|CHI CỤC|PHÒNG(?! CHỐNG)|LIÊN ĐOÀN|HIỆP HỘI|KHO BẠC)(?!\w)"
)
_URGENT = re.compile(r"(?:HỎA TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|DỰ THẢO)\b")
_SUBJECT = re.compile(r"(?:^|(?<=[\s(]))v\s?/\s?v\b|^ve viec\b")
_DATED = re.compile(r"\bngay\b.*\bthang\b")


class Head(NamedTuple):
    """What the head says, and whether it is an official document's at all."""

    is_official: bool
    findings: tuple[Finding, ...]


class _Cell(NamedTuple):
    """A stretch of the head that stands by itself on its line."""

    start: int
    end: int
    text: str
    folded: str


def head_of(document: Extracted, folded: str) -> Head:
    """Number, type, issuer and subject (as title) of an official document; nothing of them for any other.

    Official is what has a number, or the country's or party's motto, in its first 1,500 characters above the body.
    """
    body = _body(document, folded)
    cells = list(_cells(document, folded))
    above = [cell for cell in cells if cell.start < body]
    number = next((match for match in _NUMBER.finditer(document.text, start_of(document), body)), None)
    motto = _HEAD_MOTTO.search(document.text, start_of(document), body)
    typed = next((cell for cell in above if cell.text.isupper() and _TYPE_LINE.match(cell.folded)), None)
    if not (number or motto):
        first = cells[0] if cells else None
        if not (first and first.text.isupper() and _FIRST_LINE.match(first.folded)):
            return Head(False, ())
        typed = first
    found = [_numbered(number), _type(number, typed), _issuer(above, typed, number), _subject(cells, typed, body)]
    return Head(True, tuple(finding for finding in found if finding))


def start_of(document: Extracted) -> int:
    """Where the text begins, behind a header of particulars."""
    return next((block.start for block in document.blocks if block.kind != "noise"), 0)


def paragraphs(document: Extracted) -> Iterator[Block]:
    """The blocks of running text: those with a line of 70 characters, letterheads left out."""
    for block in document.blocks:
        text = document.text[block.start : min(block.end, block.start + _LEAD_CHARS)]
        is_long = block.kind in ("text", "item") and max(map(len, text.split("\n"))) >= _PARAGRAPH_LINE
        if is_long and not _HEAD_MOTTO.search(text, 0, _SUBJECT_CHARS):
            yield block


def lead_ends(document: Extracted) -> tuple[int, int]:
    """Where the first and the second paragraph end, at 2,000 characters at most; the head's end where there is none."""
    ends = [min(block.end, block.start + _LEAD_CHARS) for block in itertools.islice(paragraphs(document), 2)]
    head = start_of(document) + HEAD_CHARS
    return ends[0] if ends else head, ends[1] if len(ends) > 1 else max([head, *ends])


def _body(document: Extracted, folded: str) -> int:
    """Where the head ends: at the first paragraph, the addressee or the grounds, all below the motto."""
    start = start_of(document)
    motto = _HEAD_MOTTO.search(document.text, start, start + HEAD_CHARS)
    above = motto.end() if motto else start
    limit = next((block.start for block in paragraphs(document) if block.start >= above), len(folded))
    match = _BODY.search(folded, above, min(limit, start + HEAD_CHARS))
    return match.start() if match else min(limit, start + HEAD_CHARS)


def _cells(document: Extracted, folded: str) -> Iterator[_Cell]:
    """The head's stretches of text, the mottos left out."""
    begin, end = start_of(document), min(len(folded), start_of(document) + HEAD_CHARS)
    gaps = [match.span() for match in _APART.finditer(document.text, begin, end)]
    for gap, after in [*gaps, (end, end)]:
        text = document.text[begin:gap]
        if any(map(str.isalpha, text)):
            start = begin + len(text) - len(text.lstrip())
            stop = start + len(text.strip())
            yield _Cell(start, stop, document.text[start:stop], folded[start:stop])
        begin = after


def _numbered(match: re.Match[str] | None) -> Finding | None:
    if not match or not match["number"]:
        return None
    value = re.sub(r"\s", "", match["number"] + match["rest"])
    return Finding("number", value, "dòng «Số» đầu văn bản", match.start("number"), match.end("symbol"))


def _parts(match: re.Match[str] | None) -> list[str]:
    """`QĐ`, `UBND` of the symbol `QĐ-UBND`."""
    return re.split(r"[-–/]", re.sub(r"\s", "", match["symbol"])) if match else []


def _type(number: re.Match[str] | None, line: _Cell | None) -> Finding | None:
    """The type by the number's symbol, else by the line in capitals; a number of an organ and a unit is a letter's."""
    parts = _parts(number)
    if number and parts[0] in _TYPES:
        basis = f"ký hiệu {parts[0]} trong số văn bản"
        return Finding("type", _TYPES[parts[0]], basis, *number.span("symbol"))
    if line:
        named = _TYPE_LINE.match(line.folded)
        value = next(name for name in _TYPES.values() if named and fold(name) == named.group())
        return Finding("type", value, "dòng tên loại in hoa", line.start, line.start + len(value))
    if number and (parts[0] in _ORGANS or (len(parts) > 1 and len(parts[0]) > 2 and parts[0].isupper())):
        return Finding("type", "Công văn", "số văn bản không có ký hiệu tên loại", *number.span("symbol"))
    return None


def _issuer(cells: Sequence[_Cell], typed: _Cell | None, number: re.Match[str] | None) -> Finding | None:
    """The last organ that the head names in capitals above the type, with the one above it; else the symbol's."""
    organs: list[list[_Cell]] = []
    goes_on = False
    for cell in cells:
        if typed and cell.start >= typed.start:
            break
        starts = cell.text.isupper() and ORGAN.match(cell.text)
        goes_on = bool(starts) or (
            goes_on and cell.text.isupper() and not re.search(r"\d", cell.text) and not _URGENT.match(cell.text)
        )
        if starts:
            organs.append([cell])
        elif goes_on:
            organs[-1].append(cell)
    if organs:
        names = [proper(" ".join(cell.text for cell in organ)) for organ in organs[-2:]]
        parent = names[0] if len(names) > 1 else ""
        return Finding("issuer", names[-1], "tên cơ quan đầu văn bản", organs[-1][0].start, organs[-1][-1].end, parent)
    parts = _parts(number)
    symbol = next((part for part in parts[bool(parts) and parts[0] in _TYPES :] if part in _ORGANS), "")
    if not number or not symbol:
        return None
    return Finding("issuer", _ORGANS[symbol], f"ký hiệu {symbol} trong số văn bản", *number.span("symbol"))


def _subject(cells: Sequence[_Cell], typed: _Cell | None, body: int) -> Finding | None:
    """The `V/v …` or `Về việc …` of the head, else what stands below the type; lines that go on are joined."""
    marked = ((place, _SUBJECT.search(cell.folded)) for place, cell in enumerate(cells) if cell.start <= body)
    place, skipped = next(((place, match.start()) for place, match in marked if match), (len(cells), 0))
    basis = "dòng «V/v», «Về việc»"
    if typed and place == len(cells):
        place = cells.index(typed) + (len(typed.text) <= _TYPE_CHARS)
        basis = "dòng dưới tên loại văn bản"
    if place >= len(cells) or not _may_be_subject(cells[place]):
        return None
    last = place
    while last + 1 < min(len(cells), place + _SUBJECT_LINES) and _continues(cells[last], cells[last + 1]):
        last += 1
    value = tidy(" ".join([cells[place].text[skipped:], *(cell.text for cell in cells[place + 1 : last + 1])]))
    return Finding("title", shortened(value), basis, cells[place].start + skipped, cells[last].end)


def shortened(title: str) -> str:
    """A title of 200 characters at most, cut between words."""
    return title if len(title) <= _TITLE_CHARS else title[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def _may_be_subject(cell: _Cell) -> bool:
    in_capitals = cell.text.isupper() and ORGAN.match(cell.text)
    return not (in_capitals or _BODY.match(cell.folded) or _DATED.search(cell.folded))


def _continues(cell: _Cell, following: _Cell) -> bool:
    """Whether the following line goes on with a subject."""
    both = cell.text.isupper() and following.text.isupper()
    return (both or following.text[0].islower()) and _may_be_subject(following) and len(cell.text) <= _SUBJECT_CHARS
