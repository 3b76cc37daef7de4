"""Text as the verifier reads it: its tokens in clauses, and the parties that it names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.verify_writing import Pairs, one_writing, spelled_syllables
from index.mentions import side_of
from index.people import FAMILIES, SMALL_PART
from index.provinces import all_names
from index.records import Side
from index.vietnamese import CAPITALS, normal_form

_REMEMBERED = 1024
TOKEN = re.compile(r"\d+(?:/\d{4})?/[^\W\d_][\w&-]*|\d+(?:[.,/]\d+)*%?(?:[^\W\d_]+)?|[^\W\d_][^\W_]*(?:&[^\W\d_]+)?")
_BREAK = re.compile(
    r"[;:.!?()“”\"]|,|\s(?:nhưng|song|tuy nhiên|còn|trong khi|trong đó|nếu|để|nhằm|vì|do|bởi|thì|mà)(?=\s)"
    r"|\s(?:và|đồng thời)(?=\s(?:khuyến nghị|đề nghị|yêu cầu|kiến nghị|đề xuất|khuyên|lưu ý|cam kết|giao|được)\s)"
)

_CAP = rf"[{CAPITALS}][^\W\d_{CAPITALS}]*"
_HONORIFIC = r"(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|đ/c)"
_OFFICE = (
    r"(?:(?:[Qq]uyền|[Nn]guyên) )?(?:[Pp]hó |[Tt]ổng ){0,2}(?:[Bb]ộ trưởng|[Tt]hứ trưởng|[Tt]hủ tướng|[Bb]í thư"
    r"(?: [Tt]hường trực)?|[Cc]hủ tịch|[Gg]iám đốc|[Cc]ục trưởng|[Vv]ụ trưởng|[Vv]iện trưởng|[Tt]rưởng "
    r"(?:[Bb]an|[Đđ]oàn|[Pp]hòng)|[Cc]hánh (?:[Vv]ăn phòng|[Tt]hanh tra)|[Ủủ]y viên|[Cc]hủ nhiệm|[Hh]iệu trưởng"
    r"|[Tt]ổng [Bb]iên tập|[Tt]hường trực)(?! Bộ trưởng)"
)
_ORGAN_HEAD = (
    r"(?:Bộ(?! trưởng)|[Tt]ổng cục|[Hh]ọc viện|Thanh tra|Văn phòng|Quỹ|Ban|UBND|HĐND|Ủy ban|Hội đồng|[Tt]ỉnh ủy"
    rf"|[Tt]hành ủy|[Hh]uyện ủy|Công an|Mặt trận|Tòa án|Kho bạc|Chi cục|Hải quan|Bộ [Cc]hỉ huy|Đoàn|Chính phủ"
    r"|Quốc hội|Đảng ủy|(?:[Cc]ục|[Vv]ụ|[Vv]iện|[Ss]ở|[Bb]áo|[Tt]rung tâm|[Đđ]ài|[Pp]hòng"
    rf"|[Bb]ưu điện|[Tt]rường)(?= [{CAPITALS}])|Cục|Vụ|Viện|Sở)"
)
_FIRM = r"(?:[Tt]ập đoàn|[Tt]ổng công ty|[Cc]ông ty|[Nn]gân hàng|[Hh]iệp hội|Hội(?! đồng))"
# Words of an organ's name, in small letters, that begin what it does.
_NO_VERB = (
    r"(?!(?:xây dựng|xây|đào tạo|đầu tư|phụ trách|quản lý|chuyển (?!đổi số)|lao động|thực|nghiên|vận|về|dựng|thể|điều"
    r"|tài liệu|công khai|công bố|kiêm|truyền hình trực|trực tiếp|triển|tham|trường|môi|hình|cơ sở dữ liệu"
    r"|tuyến)(?!\w))"
)
_PART = rf"(?:[{CAPITALS}](?:[^\s,;:.()\"“”]|\.(?=\w))*+|&|(?<![A-ZĐ] ){_NO_VERB}{SMALL_PART})"
# Any second syllable in small letters (Hiệp hội Phần mềm), but for those that begin what the firm does.
_FIRM_PARTS = (
    rf"(?:(?: và)? [{CAPITALS}][\w&.]*(?: (?!cần|nên|phải|được|sẽ|đã|đang|chưa|có|không|mà|do|vì|để|là|bị|cùng|với|và"
    rf"|cũng|đề|cho|xin|tặng|hứa|tài|trao|ký|mở|bán|mua|dạy|giúp|nhận|góp|bỏ|chi|trả|vừa|đều|lắp|phủ|triển|thực|tổ|tham"
    rf"|về|trong|trên|từ|khi|theo|cam|sẵn|muốn|mong|hỗ|đầu|xây|cấp|cung|làm|tại|ở|giới|khẳng|báo|nêu|nói|bày)[^\W\d_{CAPITALS}]+(?!\w))?){{0,8}}+"
)
COMPANIES = (
    r"(?:VNPT|Viettel|Mobi[Ff]one|Vina[Pp]hone|FPT|CMC|BKAV|Bkav|VTC|VN[Pp]ost|Vietnam ?[Pp]ost|MISA|VNG|Vietnamobile)"
)


@cache
def _provinces() -> str:
    return "|".join(sorted(map(re.escape, map(normal_form, all_names())), key=len, reverse=True))


@cache
def _party() -> re.Pattern[str]:
    place = rf"(?:{_provinces()})(?!\w)"
    family = "|".join(sorted(FAMILIES, key=len, reverse=True))
    name = rf"(?!(?:{place}))(?:{family})(?: {_CAP}){{1,3}}(?!\w)"
    within = rf"(?: (?!{name})(?:{place}|{_PART}|- (?=[{CAPITALS}]))){{0,12}}+"
    town = r"(?:[Hh]uyện|[Tt]hị xã|[Qq]uận|[Pp]hường|[Xx]ã|[Tt]hành phố|TP\.?)"
    local = rf"(?:{town} {_CAP}(?:['’][{CAPITALS}]?\w+)?(?: {_CAP}){{0,2}}|[Tt]ỉnh|[Tt]hành phố|[Đđ]ịa phương)"
    company = rf"{_FIRM}{_FIRM_PARTS}|{COMPANIES}(?: [A-ZĐ][\w&-]*)*"
    organ = rf"(?:{_ORGAN_HEAD}{within}|{company}|(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.?) )?{place}|{local})"
    office = rf"{_OFFICE}(?: (?:{organ})){{0,3}}"
    people = rf"(?:[Đđ]ại diện|[Ll]ãnh đạo)(?: (?:của|các|một số|lãnh đạo))*(?: {organ})?"
    behind = rf"(?:, (?P<after>{office}|{people})| \((?P<bracketed>{office}|{people}|{organ})\))"
    return re.compile(
        rf"(?<![\w&/-])(?:(?P<title>(?:{office}|{people})(?:, (?:{office}|{people}))*),? )?(?:{_HONORIFIC} )?"
        rf"(?P<name>{name}){behind}?"
        rf"|(?<![\w&/-]){_HONORIFIC} (?P<called>{_CAP}(?: {_CAP}){{0,3}})"
        rf"|(?<![\w&/-])(?P<office>{office}(?:, {office})*)|(?<![\w&/-])(?P<people>{people})"
        rf"|(?<![\w&/-])(?P<organ>{organ})(?: \([^()]{{2,40}}\))?"
        rf"|(?<!\w)(?P<crowd>[Cc]ác (?:nhà mạng|doanh nghiệp|bộ, ngành)|[Dd]oanh nghiệp|[Nn]hà mạng)(?!\w)"
    )


@dataclass(frozen=True, slots=True)
class Party:
    """A person, an organ or a place named at `text[start:end]`; of a person `name` and `title`, else `unit`."""

    start: int
    end: int
    name: str = ""
    title: str = ""
    unit: str = ""

    @property
    def side(self) -> Side | None:
        """On whose side the words put it."""
        return side_of(self.title or self.unit) if self.title or self.unit else None


@dataclass(frozen=True, slots=True)
class Token:
    """A word in small letters or a figure; `clause` counts from the text's beginning."""

    word: str
    start: int
    end: int
    clause: int
    is_party: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A text in one way of writing, with its tokens and parties."""

    text: str
    tokens: tuple[Token, ...]
    parties: tuple[Party, ...]


@lru_cache(maxsize=_REMEMBERED)
def read(text: str, own: Pairs = (), known: tuple[Party, ...] = ()) -> Read:
    """The text as it is compared; `own` are abbreviations besides the table's, `known` parties of the register."""
    line = one_writing(text, own)
    parties = tuple(_with_known(line, list(_parties(line)), known))
    return Read(line, tuple(_tokens(line, parties)), parties)


def _with_known(line: str, parties: list[Party], known: Sequence[Party]) -> list[Party]:
    """Besides the parties found those whose names are known; a found one that such a name overlaps is part of it."""
    for party in known:
        for match in re.finditer(rf"(?<!\w){re.escape(party.name or party.unit)}(?!\w)", line):
            start, end = match.span()
            if any(one.start <= start and end <= one.end for one in parties):
                continue
            before = next((one for one in parties if one.title and not one.name and 0 <= start - one.end <= 1), None)
            whole = Party(
                before.start if before else start, end, party.name, before.title if before else "", party.unit
            )
            parties = [one for one in parties if one.end <= whole.start or end <= one.start]
            parties.append(whole)
    return sorted(parties, key=lambda one: one.start)


def _parties(line: str) -> Iterator[Party]:
    for match in _party().finditer(line):
        if match["name"] or match["called"]:
            title = ", ".join(part for part in (match["title"], match["after"] or match["bracketed"]) if part)
            yield Party(*match.span(), name=match["name"] or match["called"], title=title)
        elif match["office"]:
            yield Party(*match.span(), title=match["office"])
        else:
            yield Party(*match.span(), unit=match["people"] or match["organ"] or match["crowd"])


def _tokens(line: str, parties: Iterable[Party]) -> Iterator[Token]:
    breaks = [match.start() for match in _BREAK.finditer(line)]
    spans = [(party.start, party.end) for party in parties]
    clause = span = 0
    for match in TOKEN.finditer(line):
        while clause < len(breaks) and breaks[clause] < match.start():
            clause += 1
        while span < len(spans) and spans[span][1] <= match.start():
            span += 1
        inside = span < len(spans) and spans[span][0] <= match.start()
        word = match.group().lower()
        spelled = [word] if match.group() == word else spelled_syllables().get(word, [word])  # "ai" is no AI
        for part in spelled:
            yield Token(part, match.start(), match.end(), clause, inside)
