"""The people named in a document with their titles, and how the names of organs are written."""

import re
from collections.abc import Iterator
from functools import cache

from index.extracted import Block, Extracted
from index.provinces import all_names, named_in
from index.records import Finding
from index.vietnamese import CAPITALS, fold, tidy, words

_BEFORE_CHARS = 24
FAMILIES = frozenset(
    words(
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm "
        "Phùng Mai Tô Hà Tạ Lã Lữ Lương Lưu Thái Châu Cao Chu Đàm Đậu Giàng Hầu Hứa Khuất Kiều Kim La Lại Lò Mạc Mùa "
        "Nghiêm Nông Quách Quàng Sùng Thạch Thân Thào Tăng Tiêu Tống Triệu Từ Văn Vi Âu Bạch Bế Danh Ma Tráng Doãn Lù "
        "Chế Tôn Tòng Cầm Điêu Lường Vàng Phàn Hạng Chảo Ksor Siu Kpă Lầu Vừ Thiều Nhâm Cù Ung"
    )
)
_SYLLABLE = rf"[{CAPITALS}][^\W\d_{CAPITALS}]*+(?![\w&])"
_RUN = re.compile(rf"(?<![\w&.-]){_SYLLABLE}(?:[^\S\n]{_SYLLABLE})*+")
_NAME_SYLLABLES = 4
_NO_NAME = re.compile(r"đoàn (?:thanh|đại|công|kiểm)|văn (?:phòng|h[óo][áa]|thư)|cao (?:đẳng|cấp)", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"(?:huyện|quận|xã|phường|thị trấn|thành phố|đường|phố)\s+$", re.IGNORECASE)
_HONORIFIC = re.compile(r"(?<!\w)(?:ông|bà|đồng chí:?|đ/c|anh|chị)\s+$", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?<!\w)(?:(?:quyền|nguyên) )?(?:(?:phó|tổng) ){0,2}(?:bộ trưởng|thứ trưởng|thủ tướng|bí thư|chủ tịch|giám đốc"
    r"|cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|chánh (?:văn phòng|thanh tra)|trưởng (?:ban|đoàn|phòng)"
    r"|tổng biên tập|[ủu][ỷy] viên|uvt\.?[ưw]|chủ nhiệm|tư lệnh)(?!\w)",
    re.IGNORECASE,
)
# Small words in the names of organs; verbs that begin like one are told by their second syllable.
_SMALL = "|".join(
    words(
        "tỉnh thành phố huyện thị xã quận phường ủy uỷ ban nhân dân và tin truyền thường trực vụ trung ương quốc gia "
        "hội đồng chính phủ điện tử số hóa hoá học an toàn mạng chí bưu viễn nghệ khoa kinh tế đoàn đại biểu tuyên "
        "giáo phòng văn thể thao du lịch tập tổng cục viện chứng thực đảng chuyển đổi thanh hình đầu tư kế hoạch tài "
        "môi trường nguyên vận tải nông nghiệp triển thôn lao động xây dựng pháp ngoại dục đào tạo nội kiêm tần phụ "
        "trách cơ quan doanh sở bộ về của quản lý nước tâm"
    )
)
ORGAN_PART = (
    r"(?:[Vv]ăn h[óo][áa](?:, [Tt]h(?:ông tin|ể thao))+|[Tt]iếng nói|TP\."
    rf"|[{CAPITALS}](?:[^\s,;:.()\"“”]|\.(?=\w))*+|&|[-–]|\([{CAPITALS}][^()\n]{{0,30}}\)|(?:{_SMALL})(?!\w)"
    r"|(?:phát|báo|công|thông|giao)(?! (?:biểu|cáo|bố|báo|qua|cho))(?!\w))"
)
_ORGAN = re.compile(rf"(?:\s{{1,3}}{ORGAN_PART}){{0,16}}+")
_JOIN = re.compile(r"\s{0,3}[,(–-]\s{0,3}")
_HANGING = re.compile(r"(?:\s(?:và|về|của|[-–&]))+$")
_SIGNED = re.compile(r"\(?đã ký\)?", re.IGNORECASE)
_SIGNED_CHARS, _RUN_CHARS, _MOST_OFFICES = 150, 80, 8


# Where the name of an organ, written in small letters, has capitals.
_CAPITAL = re.compile(
    r"^\w|\b(?:chính phủ|quốc hội|quốc gia|trung ương|việt nam)\b"
    r"|(?:(?<=\bbộ )|(?<=\bsở )|(?<=\bvụ )|(?<=\bcục )|(?<=\bviện )|(?<=\bban )(?!nhân dân|đảng))\w"
)
_LISTED = re.compile(r"(?<=[,-] )\w|(?<= và )\w")
_PLACE = re.compile(r"(?P<of>\b(?:tỉnh|thành phố|huyện|quận|thị xã) )(?P<name>(?![ủu][ỷy]).+)")
_ABBREVIATED = re.compile(r"\b(?:ubnd|hđnd|tt&tt|cntt|đbqh)(?!\w)")


def people_of(document: Extracted) -> list[Finding]:
    """The people with a title before or after their names, or called `ông`, `bà`, `đồng chí`; in the text's order.

    A title found later replaces one that it holds, such as `Bộ trưởng` in `Bộ trưởng Bộ TT&TT`.
    """
    found: dict[str, Finding] = {}
    for block in document.blocks:
        if block.kind == "noise":
            continue
        for person in _in_block(document.text, block):
            known = found.setdefault(person.value, person)
            if len(person.detail) > len(known.detail) and fold(known.detail) in fold(person.detail):
                found[person.value] = person
    return list(found.values())


def _in_block(text: str, block: Block) -> Iterator[Finding]:
    offices = [match.span() for match in _OFFICE.finditer(text, block.start, block.end)]
    passed = 0
    for run in _RUN.finditer(text, block.start, block.end):
        start, end = _name_start(text, *run.span()), run.end()
        if start < 0:
            continue
        first = passed
        while passed < len(offices) and offices[passed][1] <= start:
            passed += 1
        title, basis = _title(text, block, start, end, offices[first:passed])
        if basis:
            yield Finding("person", tidy(text[start:end]), basis, start, end, title)


def _name_start(text: str, start: int, end: int) -> int:
    """Where a person's name begins that ends a run of capitalised syllables; -1 where none does."""
    syllables = text[max(start, end - _RUN_CHARS) : end].split()[-_NAME_SYLLABLES:]
    for skipped in range(len(syllables) - 1):
        name = " ".join(syllables[skipped:])
        begin = end - len(name)
        is_place = len(syllables) - skipped == 2 and _PLACE_BEFORE.search(text, max(0, begin - _BEFORE_CHARS), begin)
        if syllables[skipped] in FAMILIES and not (is_place or _NO_NAME.match(text, begin) or _begins_a_place(name)):
            return begin
    return -1


def _begins_a_place(name: str) -> bool:
    syllables = name.lower().split()
    return any(" ".join(syllables[:count]) in _province_names() for count in (2, 3))


@cache
def _province_names() -> frozenset[str]:
    return frozenset(name.lower() for name in all_names())


def _title(text: str, block: Block, start: int, end: int, offices: list[tuple[int, int]]) -> tuple[str, str]:
    """The title of the person named there and how it was found; `offices` stand between the name before and this."""
    if title := _title_before(text, start, offices):
        return title, "chức danh đứng trước tên"
    if title := _title_after(text, end, block.end):
        return title, "chức danh đứng sau tên"
    if title := _title_above(text, start, end):
        return title, "chức danh trên tên người ký"
    called = _HONORIFIC.search(text, max(block.start, start - _BEFORE_CHARS), start)
    return "", f"cách gọi «{tidy(called.group()).lower()}»" if called else ""


def _title_before(text: str, start: int, offices: list[tuple[int, int]]) -> str:
    """`Ủy viên Trung ương Đảng, Bộ trưởng Bộ TT&TT` of a name behind it."""
    begin = start
    for office in offices[: -_MOST_OFFICES - 1 : -1]:
        organ = _ORGAN.match(text, office[1], begin)
        gap = text[organ.end() : begin].strip() if organ else "?"
        if gap and not (gap == "," and begin < start):
            break
        begin = office[0]
    return tidy(text[begin:start])


def _title_after(text: str, end: int, limit: int) -> str:
    """`, Bí thư Tỉnh ủy, Trưởng Đoàn đại biểu Quốc hội tỉnh` of a name before it; empty where it is the next name's."""
    join = _JOIN.match(text, end, limit)
    begin = stop = join.end() if join else limit
    at = begin
    for _ in range(_MOST_OFFICES):
        organ = _ORGAN.match(text, office.end(), limit) if (office := _OFFICE.match(text, at, limit)) else None
        if not organ:
            break
        stop = organ.end()
        comma = _JOIN.match(text, stop, limit)
        at = comma.end() if comma else limit
    runs = list(_RUN.finditer(text, begin, stop))
    if runs and runs[-1].end() == stop and _name_start(text, *runs[-1].span()) >= 0:
        return ""
    return _HANGING.sub("", tidy(text[begin:stop]))


def _title_above(text: str, start: int, end: int) -> str:
    """`THỨ TRƯỞNG` of a name that stands below it on a line of its own."""
    above, below = text[max(0, start - _SIGNED_CHARS) : start], text[end : end + _SIGNED_CHARS]
    if above.rpartition("\n")[2].strip() or below.partition("\n")[0].strip():
        return ""
    offices = list(_OFFICE.finditer(above))
    if not offices or not offices[-1].group().isupper():
        return ""
    between = _SIGNED.sub("", above[offices[-1].end() :])
    return "" if any(map(str.islower, between)) else offices[-1].group().capitalize()


def proper(text: str) -> str:
    """An organ's name written in capitals, with the capitals it has in running text: `Bộ Thông tin và Truyền thông`."""
    name = _ABBREVIATED.sub(lambda match: match.group().upper(), tidy(text).lower())
    if name.startswith(("bộ ", "sở ")):
        name = _LISTED.sub(lambda match: match.group().upper(), name)
    name = _PLACE.sub(lambda match: match["of"] + match["name"].title(), name)
    for province in named_in(tidy(text)):
        name = re.sub(rf"\b{re.escape(province.lower())}\b", province, name)
    return _CAPITAL.sub(lambda match: match.group()[0].upper() + match.group()[1:], name)
