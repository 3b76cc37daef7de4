"""Who is named in a sentence: people with their titles, organs, pronouns, and on whose side each of them is."""

import re
from dataclasses import dataclass

from index.people import FAMILIES, SMALL_PART
from index.place_names import begins_with_a_province, ends_a_province, province_at_end, provinces_by_length
from index.sides import ENTERPRISE
from index.sides import side_of as side_of
from index.vietnamese import CAPITALS

_LOWER = rf"[^\W\d_{CAPITALS}]"
_CAP = rf"[{CAPITALS}]{_LOWER}*(?:['’][{CAPITALS}]?{_LOWER}+)?"  # H'Juên
_NAME_AT_END = re.compile(rf"(?<![\w&-])({_CAP}(?:[^\S\n]{_CAP}){{1,9}}|[{CAPITALS}]['’]{_CAP})\s*$")
_ACRONYM = r"[A-ZĐ&]{2,}[\w&-]*"
# What an organ's name goes on with behind its first word.
_UNIT_PART = (
    rf"(?:\s(?:công ích|chiến lược|đối ngoại|Chỉ đạo"
    rf"|cổ phần|chi nhánh|tổ chức|chức cán bộ|giám sát|phổ biến|pháp luật|không gian mạng"
    rf"|sở hữu trí tuệ|nội dung số"
    rf"|hợp tác|đa phương tiện"
    rf"|[{CAPITALS}](?:[^\s,;:.()\"“”]|\.(?=\w))*+|&|[-–]|{SMALL_PART}|[Vv]ăn hóa(?:, [Tt]h(?:ông tin"
    rf"|ể thao))+)){{0,12}}"
)
UNIT = (
    rf"(?:Cục Phát thanh, [Tt]ruyền hình và [Tt]hông tin điện tử|Cục Xuất bản, In và Phát hành|(?:Bộ|Cục|Vụ|Viện"
    rf"|Học viện|Tổng cục|Thanh tra|Văn phòng|Sở|Trung tâm|Quỹ|Báo|Ban|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Tỉnh ủy"
    rf"|Tỉnh uỷ|Thành ủy|Đài|Đoàn|Phòng"
    rf"|Tập đoàn|Tổng công ty|Công ty|Ngân hàng|Hiệp hội|Liên minh|Bưu điện|Chính phủ|Quốc hội|Đảng ủy|Trường"
    rf"|Nhà xuất bản|Hội|Tạp chí|Công an|Bệnh viện|Kho bạc|Điện lực|Bộ Chỉ huy|Tỉnh đoàn"
    rf"|Liên đoàn|[Cc]ử tri(?: các)?){_UNIT_PART})"
)
# Hiệp hội Phần mềm: any second syllable, but no word that a verb follows.
_TRADE = (
    rf"(?:Hiệp hội|Liên minh|Tập đoàn|Tổng công ty|Công ty|Ngân hàng|Hội)(?:\s(?:và\s)?[{CAPITALS}][\w&]*(?:\s(?!cần"
    rf"|nên|phải|được|sẽ|đã|đang|chưa|có|không|mà|do|vì|để|là|bị|cùng|với|và|cũng)[^\W\d_{CAPITALS}]+)?"
    rf"|\s{SMALL_PART}){{1,8}}"
)
COMPANY = (
    r"(?:VNPT|Viettel|Mobi[Ff]one|Vina[Pp]hone|FPT|CMC|BKAV|Bkav|VTC|VN[Pp]ost|Vietnam ?Post|MISA"
    r"|VNG|Agribank|[A-Z][a-z]+(?:bank|tel|soft|pay)|[a-z]{0,3}[A-Z][a-z]+[A-Z][a-z]+)(?:[^\S\n][A-ZĐ][\w&-]*)*"
)
_LOWER_UNIT = (
    r"(?:[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Đđ]ơn vị|[Dd]oanh nghiệp|[Tt]ập đoàn|[Cc]ông ty|[Ss]ở|[Nn]gân hàng"
    r"|[Đđ]ịa phương|[Nn]hà mạng|[Hh]iệp hội|[Hh]ợp tác xã|[Tt]ổng công ty)"
)
_LEADERS_OF = re.compile(r"(?<!\w)(?:(?:đại diện|lãnh đạo|phía|về phía)\s)+$", re.IGNORECASE)
_CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế"})
_SEVERAL = re.compile(
    r"(?<!\w)(?:[Đđ]ại diện )?(?:[Cc]ác|[Mm]ột số|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu) (?:tập đoàn, doanh nghiệp"
    r"|doanh nghiệp|tập đoàn|đơn vị)"
    r"(?: viễn thông| công nghệ| bưu chính| tham dự| có mặt)*(?: (?:như|gồm"
    r"|là))?:? ?(?P<names>[A-ZĐ][^;:]{2,110}?\s[A-ZĐ]\w*)[.… ]*$"
)
_COMPANIES = re.compile(
    rf"(?<![\w&])(?:(?:[Đđ]ại diện|[Ll]ãnh đạo|[Pp]hía)(?: các)? )?(?P<names>{COMPANY}(?:, {COMPANY})*(?:,"
    rf"| và) {COMPANY})$"
)
_OFFICES_OF_ALL = re.compile(
    r"(?<!\w)(?:[Đđ]ại diện |[Ll]ãnh đạo )?(?P<whole>[Cc]ác (?:Sở(?: TT&TT)?|địa phương|tỉnh))$"
)
_PEOPLE_OF = (
    r"(?:(?:các|một số)\s)?(?:[Đđ]ại diện|[Ll]ãnh đạo|[Đđ]ại biểu)(?:\s(?:các|một số|của|lãnh đạo|tỉnh|thành phố"
    r"|doanh nghiệp|đơn vị|cơ quan))*"
)
_OFFICE_WORDS = (
    r"(?:[Qq]uyền |[Nn]guyên )?(?:[Pp]hó |[Tt]ổng )*(?:[Bb]ộ trưởng|[Tt]hứ trưởng|[Tt]hủ tướng|[Bb]í thư"
    r"|[Cc]hủ tịch|[Gg]iám đốc|[Cc]ục trưởng|[Vv]ụ trưởng"
    r"|[Đđ]ại biểu (?:Quốc hội|HĐND|Hội đồng nhân dân)|[Tt]rưởng thôn"
    r"|[Vv]iện trưởng|[Tt]rưởng (?:ban|đoàn|phòng)|[Cc]hánh [Vv]ăn phòng)"
)
_HONORIFIC = r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Cc]ác đồng chí|[Aa]nh|[Cc]hị|đ/c|Đ/c)"
_BARE = re.compile(
    rf"(?<![\w&])(?:(?P<pronoun>{_HONORIFIC})|(?P<head>[Nn]gười đứng đầu (?:ngành|[Bb]ộ|tỉnh"
    rf"|chính quyền)[^,;:.()]{{0,50}}|[Tt]ư lệnh ngành[^,;:.()]{{0,40}}))\s*$"
)
_OFFICE = re.compile(
    rf"(?<![\w&])(?:(?:{_HONORIFIC}|[Nn]ữ|[Vv]ị)\s)?(?P<office>{_OFFICE_WORDS}(?:\s(?:{UNIT}|{_TRADE}|{COMPANY}"
    rf"|tỉnh(?: ủy| uỷ)?(?:\s{_CAP})*"
    rf"|thành phố(?:\s{_CAP})*|UBND[^,;:.]{{0,40}}))*(?:\s{_CAP}){{0,4}})\s*$"
)
_ORGAN = re.compile(
    rf"(?<![\w&])(?:(?P<of>{_PEOPLE_OF})\s?)?(?P<unit>{UNIT}|{_TRADE}|{COMPANY}(?:\s(?:khu vực|chi nhánh"
    rf"|miền)(?:\s{_CAP})*)?|{_LOWER_UNIT}(?:\s(?:{_CAP}"
    rf"|-))*)?(?:\s\([^()]{{2,40}}\))?\s*$"
)
_OFFICE_WORD = re.compile(rf"{_OFFICE_WORDS}[^,;:.]{{0,80}}$")
# What a name stands right behind: Phó Chủ tịch UBND tỉnh Y Phương Thảo.
_HELD_BY = re.compile(
    rf"{_OFFICE_WORDS}(?:\s(?:UBND|HĐND|[Tt]ỉnh ủy|Sở|TT&TT|{_ACRONYM}|tỉnh|thành phố|huyện)|\s{UNIT})*\s$"
)
_SPEAKS_FOR = re.compile(rf"(?<!\w)(?:[Đđ]ại diện|[Ll]ãnh đạo)\s(?:{UNIT}|{_TRADE}|{COMPANY})\s$")
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:huyện|quận|xã|phường|thị xã|thị trấn|thôn|bản|sông|đường|phố|đảo|cầu|cửa khẩu|núi)\s$", re.IGNORECASE
)
_TO_A_PLACE = re.compile(r"(?<!\w)(?:ra|tại|ở|đến|về|từ|đảo)\s$", re.IGNORECASE)
_FOREIGN = re.compile(r"[fwzFWZ]|[^Kk]j|J")
_SHORTEST, _PAIR_CHARS = 2, 24
_COMPANY_BEFORE = re.compile(r"(?<!\w)(?:công ty|tập đoàn|ngân hàng|hợp tác xã|doanh nghiệp)\s$", re.IGNORECASE)
# Whom a name after a comma belongs to: Đại diện Viettel, ông …; Giám đốc Sở X, bà ….
_DESCRIBED = re.compile(
    rf"(?:^|[.:;–]\s|[)\d.]\s|,\s|\s)(?P<title>(?:[Đđ]ại diện|[Ll]ãnh đạo|[Pp]hía|{_OFFICE_WORDS}"
    rf"|[Tt]rưởng (?:ban|đoàn|phòng|thôn))[^.;:,]{{2,110}}(?:\([^()]*\))?),\s*$"
)
_PARENTHESIS = re.compile(r"\s\([^()]{2,60}\)\s*$")
_SUBORDINATES = re.compile(
    r"(?<!\w)(?:[Cc]ác|[Mm]ột số) (?:đơn vị|[Cc]ục, [Vv]ụ|cơ quan|sở, ngành|phòng, ban)[^,;:.]{0,40}(?:thuộc"
    r"|của)\s(?P<whole>Bộ[^,;:.]{0,40}|[Tt]ỉnh[^,;:.]{0,30})$"
)
_CALLED = re.compile(rf"(?<!\w){_HONORIFIC}:?\s$")
_COMMA = re.compile(r",\s")
_TITLE_OPENS = re.compile(
    rf"(?:{_OFFICE_WORDS}|người |[ỦU]|Trưởng|Tổng|Người|Quyền|Nguyên|nguyên|Chánh|[Đđ]ại diện|[Ll]ãnh đạo|thành viên"
    rf"|chuyên gia|chủ |sàn |{UNIT}|{COMPANY})"
)
_GIVEN = re.compile(rf"(?<!\w){_HONORIFIC}\s({_CAP}(?:\s{_CAP})?)\s*$")
_APPOSITION = re.compile(r",\s[^;:“”\"]{3,160}$|\s\([^()]{3,120}\)\s*$")
# What goes on about the person behind a title is none of it.
_TITLE_ENDS = re.compile(r",?\s(?:đã|đang|sẽ|vừa|cùng|giải trình|trình bày|khi|trong)\s|\s\((?![^()]*\))")
_OF = re.compile(rf"\s(?:của|bên|thuộc|từ)\s(?P<title>{UNIT}|{COMPANY})$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named right before a place in the text.

    `name` is a person's, `given` a given name alone, `unit` an organ's, `office` a title without a name, `whole` what
    unnamed organs are part of; at least one of them is set. `is_bare` is a pronoun or a title that points back,
    `called` what the person is called by (ông, bà). `start` is where it begins.
    """

    start: int
    name: str = ""
    given: str = ""
    unit: str = ""
    office: str = ""
    title: str = ""
    whole: str = ""
    called: str = ""
    is_bare: bool = False


def canonical(unit: str) -> str:
    """An organ's name as it is kept: the two long names abbreviated, generic words in small letters."""
    unit = re.sub(r"\s*\(TT&TT\)|(?<=\w)(?<!Quốc gia)\svề\s.*$", "", unit.strip())
    unit = re.sub(r"(?i)thông tin (?:và|&) truyền thông", "TT&TT", unit)
    unit = re.sub(r"Uỷ|Ủy ban nhân dân|Ủy ban Nhân dân", lambda m: "Ủy" if m.group() == "Uỷ" else "UBND", unit)
    return re.sub(
        r"^(?:Tỉnh|Thành phố|Huyện|Đơn vị|Các|Một số|Đại diện|Lãnh đạo)(?!\w| ủy)", lambda m: m.group().lower(), unit
    )


def mention_before(text: str, start: int, end: int) -> Mention | None:
    """Who is named right before `end`, looking back no further than `start`."""
    before = text[start:end]
    found = _mention(before, start)
    if found and found.name and (found.called or found.name.split()[0] in FAMILIES):
        return found
    return _in_apposition(before, start) or found


def _in_apposition(before: str, offset: int) -> Mention | None:
    """`Nguyễn Văn A, Giám đốc Sở X`, `Nguyễn Văn A (Sở X)`."""
    if (of := _OF.search(before)) and (name := _name_at_end(before[: of.start()])):
        place = before.rindex(name, 0, of.start())
        called = _tail_of(_CALLED, before[:place]).strip(" :").lower()
        if called:
            return Mention(offset + _called_from(before, place), name=name, title=of.group("title"), called=called)
    apposition = _APPOSITION.search(before)
    if not apposition:
        return None
    places = (
        [apposition.start()] if apposition.group().startswith(" (") else [m.start() for m in _COMMA.finditer(before)]
    )
    for place in places:
        name = _name_at_end(before[:place])
        title = _TITLE_ENDS.split(_without_brackets(before[place:].strip(" ,")))[0]
        if name and _TITLE_OPENS.match(title):
            called = _tail_of(_CALLED, before[: before.rindex(name, 0, place)]).strip(" :").lower()
            begin = _called_from(before, before.rindex(name, 0, place))
            return Mention(offset + begin, name=name, title=title, called=called)
    return None


def _without_brackets(apposition: str) -> str:
    return apposition[1:].rstrip(")") if apposition.startswith("(") else apposition


def _mention(before: str, offset: int) -> Mention | None:
    if name := _name_at_end(before):
        place = before.rindex(name)
        office = _OFFICE.search(_PARENTHESIS.sub("", before[:place].rstrip(" ,:")))
        title = office.group("office") if office else ""
        begin = _called_from(before, office.start() if office else place)
        if (not title or side_of(title) is None) and (described := _DESCRIBED.search(before[:begin])):
            title = described.group("title")
            begin = described.start("title")
        if not title and (speaks_for := _SPEAKS_FOR.search(before[:begin])):
            title, begin = speaks_for.group().strip(), speaks_for.start()
        if not title and (held := _OFFICE_WORD.search(before[:place])):
            title, begin = held.group().strip(), held.start()
        called = _tail_of(_CALLED, before[:place]).strip(" :").lower()
        return Mention(offset + begin, name=name, title=title, called=called)
    if given := _GIVEN.search(before):
        return Mention(offset + given.start(), given=given.group(1), is_bare=True)
    if several := _SUBORDINATES.search(before):
        return Mention(offset + several.start(), whole=several.group("whole"))
    if bare := _BARE.search(before):
        called = (bare.group("pronoun") or "").lower()
        return Mention(offset + bare.start(), office=(bare.group("head") or ""), called=called, is_bare=True)
    if office := _OFFICE.search(before):
        return Mention(offset + office.start(), office=office.group("office"), is_bare=True)
    if several := _SEVERAL.search(before):
        return Mention(offset + several.start(), unit=f"doanh nghiệp {_in_a_row(several.group('names'))}")
    if several := _OFFICES_OF_ALL.search(before):
        return Mention(offset + several.start(), unit=several.group("whole"))
    if several := _COMPANIES.search(before):
        return Mention(offset + several.start(), unit=_in_a_row(several.group("names")))
    organ = _ORGAN.search(before)
    if organ and (organ.group("unit") or organ.group("of")):
        unit = organ.group("unit") or organ.group("of")
        return Mention(offset + organ.start(), unit=unit.strip())
    if place_name := province_at_end(before):
        begin = before.rindex(place_name)
        begin -= len(_tail_of(_LEADERS_OF, before[:begin]))
        return Mention(offset + begin, unit=f"{'thành phố' if place_name in _CITIES else 'tỉnh'} {place_name}")
    return None


def _in_a_row(names: str) -> str:
    """`A, B, C` of `A, B và C`; two stay as they are."""
    return re.sub(r",\s?| và ", ", ", names) if "," in names else names


def _called_from(text: str, begin: int) -> int:
    """Where a name begins, with the `ông`, `bà`, `đồng chí` before it."""
    return begin - len(_tail_of(_CALLED, text[:begin]))


def _tail_of(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _name_at_end(before: str) -> str:
    """The person's name with which a text ends, or empty."""
    match = _NAME_AT_END.search(before)
    if not match:
        return ""
    run = match.group(1)
    opens = re.match(r"(?:Ông|Bà|Anh|Chị)\s", run)  # at the head of a sentence, where they have a capital
    run = run[opens.end() :] if opens else run
    if _PLACE_BEFORE.search(before[: match.start(1)]):
        run = " ".join(run.split()[2:])  # a place has two syllables: huyện Vân Hồ Tòng Thế Anh
        if len(run.split()) < _SHORTEST:
            return ""
    if _COMPANY_BEFORE.search(before[: match.start(1)]) and not (run.split()[0] in FAMILIES and len(run.split()) > 2):
        return ""  # Tổng Giám đốc Công ty Sao Mai: the company's name
    if " " not in run:  # K'Đuk
        is_called = _CALLED.search(before[: match.start(1)]) or _HELD_BY.search(before[: match.start(1)])
        return run if is_called else ""
    syllables = run.split()[-4:]
    if (opens or _CALLED.search(before[: match.start(1)])) and 2 <= len(run.split()) <= 4:
        return "" if begins_with_a_province(run) else run
    taken = len(run.split()) - len(syllables)
    for skipped in range(len(syllables) - 1):
        name = " ".join(syllables[skipped:])
        if ends_a_province(run.split()[: taken + skipped + 1]):
            continue  # Bắc Ninh Ngô Tiến Dũng
        if syllables[skipped] in FAMILIES and not begins_with_a_province(name):
            return "" if _is_gone_to(before, name) else name
    # Rare family names are known by the title before them: Giám đốc Sở TT&TT Ninh Thuận Chế Quang Vinh.
    run = re.sub(r"^Việt Nam\s", "", run)
    place = next((one for one in provinces_by_length() if f" {one} " in f" {run} "), "")
    rest = run.partition(place)[2].strip() if place else run
    if _names_no_person(before, rest):
        return ""
    before_run = before[: match.start(1)]
    called = _CALLED.search(before_run) or _HELD_BY.search(before_run) or (place and _OFFICE_WORD.search(before_run))
    return rest if called and 2 <= len(rest.split()) <= 4 and not begins_with_a_province(rest) else ""


def _names_no_person(before: str, run: str) -> bool:
    """Whether a run of capitalised words is the end of a province's name, a company's, or the country's."""
    if ENTERPRISE.search(run) or _FOREIGN.search(run) or run.endswith("Việt Nam"):
        return True
    return " - " in before[-_PAIR_CHARS:] and len(province_at_end(before)) > len(run)


def _is_gone_to(before: str, name: str) -> bool:
    """Whether two syllables like a person's name are where one goes: `cáp ra Lý Sơn`."""
    return len(name.split()) == _SHORTEST and _TO_A_PLACE.search(before[: before.rindex(name)]) is not None
