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
        "Ninh Phí Tôn Nhâm Giáp Khổng Khúc Thiều Ngụy Mẫn Chử Cù Tưởng Chế Đàng Điêu Điểu Lường Tòng Cầm Đèo Lừ Vừ "
        "Vàng Hờ Hạng Lầu Chảo Tẩn Phàn Lỷ Chìu Ksor Siu Rơ Rmah Rah Kpă Kpa Nay Niê Mlô Êban Ayun Alăng Bríu Pơloong"
    )
)
_LOWER = rf"[^\W\d_{CAPITALS}]"
_SYLLABLE = rf"[{CAPITALS}]{_LOWER}*+(?:['’][{CAPITALS}]?{_LOWER}++)?+(?![\w&])"  # H'Yim
_RUN = re.compile(rf"(?<![\w&.-]){_SYLLABLE}(?:[^\S\n]{_SYLLABLE})*+")
_NAME_SYLLABLES, _CALLED_SYLLABLES = 4, 6
_NO_NAME = re.compile(
    r"đoàn (?:thanh|đại|công|kiểm)|văn (?:phòng|h[óo][áa]|thư)|cao (?:đẳng|cấp)|(?:sở|bộ|cục|vụ|ban|viện|phòng|tỉnh"
    r"|thành|huyện|xã|[ủu][ỷy]|hội|trường|đài|báo|tổng|công (?:an|ty)|thường|nguyên|phó)(?!\w)",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(
    r"(?:(?:huyện|quận|thị) [ủu][ỷy]|huyện|quận|xã|phường|thị trấn|thành phố|đường|phố)\s+$", re.IGNORECASE
)
_HONORIFIC = re.compile(r"(?<!\w)(?:ông|bà|đồng chí:?|đ/c|anh|chị)\s+$", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?<!\w)(?:(?:quyền|nguyên) )?(?:(?:phó|tổng) ){0,2}(?:bộ trưởng|thứ trưởng|thủ tướng|bí thư|chủ tịch|giám đốc"
    r"|cục trưởng|vụ trưởng|viện trưởng|hiệu trưởng|chánh (?:văn phòng|thanh tra)|trưởng (?:ban|đoàn|phòng|thôn|bản"
    r"|xóm|ấp|buôn)"
    r"|tổng biên tập|(?:(?:tỉnh|thành|huyện|đảng) )?[ủu][ỷy] viên|uvt\.?[ưw]|chủ nhiệm|tư lệnh)(?!\w)",
    re.IGNORECASE,
)
# What follows is a name of whatever family.
_CALL = r"(?<!\w)(?:ông|bà(?!\s+Rịa)|đồng chí:?|đ/c)\s+"
_CALLED, _CALLED_BEFORE = re.compile(_CALL, re.IGNORECASE), re.compile(f"{_CALL}$", re.IGNORECASE)
# Small words in the names of organs; verbs that begin like one are told by their second syllable.
_SMALL = "|".join(
    words(
        "tỉnh thành phố huyện thị xã quận phường ủy uỷ ban nhân dân và tin truyền thường trực vụ trung ương quốc gia "
        "hội đồng chính phủ điện tử số hóa hoá học an toàn mạng chí bưu viễn nghệ khoa kinh tế đoàn đại biểu tuyên "
        "giáo phòng văn thể thao du lịch tập tổng cục viện chứng thực đảng chuyển đổi thanh hình đầu tư kế hoạch tài "
        "môi trường nguyên vận tải nông nghiệp triển thôn lao động xây dựng pháp ngoại dục đào tạo nội kiêm tần phụ "
        "trách cơ quan lược doanh sở bộ về của quản lý nước tâm cán tuyến vô"
    )
)
_VERBS = r"(?:tổng (?:hợp|kết|rà)|trực tiếp|tập (?:trung|huấn)|quan tâm|nội dung|phụ thuộc|truyền đạt|thông qua)"
SMALL_PART = (
    rf"(?:(?!{_VERBS}(?!\w))(?:{_SMALL})(?!\w)|(?:phát|báo|công|thông|giao)(?! (?:biểu|cáo|bố|báo|qua|cho))(?!\w))"
)
# What an organ is in charge of, when it begins: any word of two syllables may (Sở Nông nghiệp, … và Phát hành).
_FIELD = (
    r"(?:(?:(?i:sở|bộ|cục|vụ|ban|viện|phòng|tâm|báo|đài|hội|đoàn|trường|tra)|và)\s|(?<=[Bb]an\s))"
    rf"[{CAPITALS}]{_LOWER}*\s(?!và\b){_LOWER}+(?!\w)"
)
# And when it goes on behind a comma (Nông nghiệp, Môi trường và Du lịch): no other organ, nor a name or an office.
_ITEM = (
    r"(?!(?i:sở|bộ|cục|vụ|ban|viện|phòng|văn phòng|trung tâm|hội|đoàn|tỉnh|thành|[ủu][ỷy]|phó|trưởng|giám|chủ|bí|tổng"
    rf"|chánh|ông|bà|và)\b)(?:[{CAPITALS}]{_LOWER}*(?!\w)(?:\s(?!và\b){_LOWER}+(?!\w)|(?!\s[{CAPITALS}]))"
    rf"|{SMALL_PART}\s(?!và\b){SMALL_PART})(?:\s(?!và\b){SMALL_PART})*"
)
_PART = (
    rf"(?:(?:{_FIELD}|[Tt]iếng nói|[Mm]ặt trận|[Pp]hòng, chống (?:dịch(?: bệnh)?|{_LOWER}+ {_LOWER}+)(?!\w)|TP\.|&|[-–]"
    rf"|[{CAPITALS}](?:[^\s,;:.()\"“”]|\.(?=\w))*+|\([{CAPITALS}][^()\n]{{0,30}}\)"
    rf"|{SMALL_PART})(?:(?:,\s{_ITEM}){{1,3}}\s(?:và|&)\s{_ITEM})?)"
)
_ORGAN = re.compile(rf"(?:\s{{1,3}}{_PART}){{0,16}}+")
_JOIN = re.compile(r"\s{0,3}[,(–-]\s{0,3}")
_HANGING = re.compile(r"(?:\s(?:và|về|của|[-–&]))+$")
_SIGNED = re.compile(r"\(?đã ký\)?", re.IGNORECASE)
_SIGNED_CHARS, _RUN_CHARS, _MOST_OFFICES = 150, 80, 8


# Where the name of an organ, written in small letters, has capitals.
_CAPITAL = re.compile(
    r"^\w|\b(?:chính phủ|quốc hội|quốc gia|trung ương)\b|\bviệt(?= nam\b)|(?<=\bviệt )nam\b"
    r"|(?:(?<=\bbộ )|(?<=\bsở )|(?<=\bvụ )|(?<=\bcục )|(?<=\bviện )|(?<=\bban )(?!nhân dân|đảng)|(?<=^phòng )"
    r"|(?<=\bcông ty )|(?<=\btập đoàn )|(?<=\btrung tâm )|(?<=\bngân hàng )|(?<=^hội )(?!đồng))\w"
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
    begin = max(start, end - _RUN_CHARS)
    called = _called(text, begin, end)
    if called >= 0 and _is_name(text, called, end):
        return called
    behind = _behind_a_province(text, begin, end)
    syllables = text[behind:end].split()
    # A place has two syllables at least: `huyện Vân Hồ Tòng Thế Anh`.
    within = 1 if _PLACE_BEFORE.search(text, max(0, behind - _BEFORE_CHARS), behind) else -1
    for skipped in range(max(0, len(syllables) - _NAME_SYLLABLES), len(syllables) - 1):
        name = end - len(" ".join(syllables[skipped:]))
        if skipped != within and syllables[skipped] in FAMILIES and _is_name(text, name, end):
            return name
    return behind if begin < behind and len(syllables) > 1 and _is_name(text, behind, end) else -1


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether a run of capitalised syllables is no place, organ or office."""
    is_short = len(text[start:end].split()) == 2
    is_place = is_short and _PLACE_BEFORE.search(text, max(0, start - _BEFORE_CHARS), start)
    is_other = _NO_NAME.match(text, start) or _OFFICE.match(text, start)
    return not (is_place or is_other or _begins_a_place(text[start:end]))


def _called(text: str, start: int, end: int) -> int:
    """Where the name begins of whom `ông`, `bà`, `đồng chí` stands before or begins the run; -1 where none does."""
    called = _CALLED.match(text, start, end)
    begin = called.end() if called else start
    is_called = called or _CALLED_BEFORE.search(text, max(0, start - _BEFORE_CHARS), start)
    return begin if is_called and 1 < len(text[begin:end].split()) <= _CALLED_SYLLABLES else -1


def _behind_a_province(text: str, start: int, end: int) -> int:
    """Where the run goes on behind a province at its beginning, as in `Sở Y tế Kon Tum Trần Văn An`."""
    match = _province_first().match(text, start, end)
    return match.end() if match else start


def _begins_a_place(name: str) -> bool:
    syllables = name.lower().split()
    return any(" ".join(syllables[:count]) in _province_names() for count in (2, 3))


@cache
def _province_names() -> frozenset[str]:
    return frozenset(name.lower() for name in all_names())


@cache
def _province_first() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(all_names())})\s+(?=\S)")


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
