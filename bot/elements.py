"""What a question names, and where: provinces, people, organs and companies, times and topics."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from index.fields import all_words
from index.people import FAMILIES, SMALL_PART
from index.provinces import known_name, named_in
from index.vietnamese import CAPITALS, WORD, fold, strip_marks, words

Kind = Literal["province", "person", "organ", "time", "topic"]
# Where a phrase typed without capitals ends: verbs of saying and giving, helpers, words that link and ask.
VERBS = (
    r"khuyen nghi|khuyen|de xuat|de nghi|kien nghi|cam ket|hua|neu|noi(?! (?:dung|bo|vu)\b)|phat bieu"
    r"|cho (?:biet|rang|hay|y kien)|yeu cau"
    r"|dinh huong|nhan (?:dinh|manh)|danh gia|ho tro|goi y|mong(?: muon)?|muon|bao cao|trinh bay|chi dao"
    r"|giao(?! (?:duc|thong|dich|ban)\b)|dat(?! dai\b)"
    r"|trong cho|trong doi|tra loi|dap|giai thich|khang dinh|chia se|bay to|tiep thu|xin|can(?! bo\b)"
    r"|nen(?! tang\b)|phai|duoc|bi|se|da|dang(?! (?:uy|bo|vien)\b)|co(?! (?:so|quan|che)\b)"
)
_LINKS = r"ve|voi|cho|gui|den|toi|tai|o|trong|khi|theo|thi|la|va|hay|hoac|do|de|vi|nam|ngay|thang|quy|nhu"
ASKING = (
    r"(?:nhung |cac )?(?:dieu|viec|noi dung|van de)? ?\bgi\b|bao (?:nhieu|gio|lau)|khi nao|luc nao|vi sao"
    r"|tai sao|do dau"
    r"|nhu the nao|the nao|ra sao|o dau|tu dau|\bdau\b|\bai\b|\bmay\b|\bnao\b|\bsao\b"
)
_STOP = rf"(?:{VERBS}|{_LINKS}|{ASKING})"
SAYING = re.compile(rf"\b(?:{VERBS})\b")
_DAY = r"(?:ngay )?\b\d{1,2}[/-]\d{1,2}[/-]\d{4}|ngay \d{1,2}(?:[/-]\d{1,2}\b|(?: thang \d{1,2}(?: nam \d{4})?))?"
_TIME = re.compile(
    rf"\b(?:{_DAY}|thang \d{{1,2}}(?: ?/ ?\d{{4}}| nam \d{{4}})?|quy (?:[1-4]|iv|i{{1,3}})\b(?:[/-]\d{{4}}"
    rf"| nam \d{{4}})?"
    r"|(?:giai doan )?(?:19|20)\d\d ?- ?(?:19|20)\d\d|nam (?:(?:19|20)\d\d|nay|ngoai|truoc|kia))\b"
)
_HONORIFIC = r"ong|ba(?! ria\b)|dong chi|anh|chi(?! thi\b)"
_OFFICE = (
    r"(?:(?:pho|nguyen|quyen|tong) ){0,2}(?:bo truong|thu truong|thu tuong|bi thu|chu tich|giam doc|cuc truong"
    r"|vu truong|vien truong|chanh van phong|chanh thanh tra)(?: thuong truc)?"
)
_TITLE = re.compile(rf"\b(?:{_OFFICE}|{_HONORIFIC})\b")
_OF_PROVINCE = re.compile(r"\b(?:bi thu|chu tich|giam doc so)\b")
# Behind a title: the organ and the province in whose name, `~` standing for a province's letters.
_IN_OFFICE = re.compile(
    r"(?: (?:tinh uy|thanh uy|ubnd|hdnd|uy ban nhan dan|(?:tinh|thanh pho)(?= ~|(?<=hdnd tinh)|"
    r"(?<=ubnd tinh))|bo tt&tt|so tt&tt"
    r"|bo thong tin va truyen thong|~+))*"
)
_SYLLABLE = rf" [{CAPITALS}][^\W\d_{CAPITALS}]*"
_FULL_NAME = re.compile(rf"\b(?:{'|'.join(sorted(FAMILIES))})(?:{_SYLLABLE}){{1,3}}(?!\w)")
_CALLED = re.compile(rf"(?:{_SYLLABLE}){{1,5}}(?!\w)")
_FOLDED_FAMILIES = frozenset(map(fold, FAMILIES))
_BARE_NAME = re.compile(rf" (?P<family>[a-z]+)(?: (?!(?:{_STOP})\b)[a-z]+){{1,3}}")
_ORGAN_HEAD = r"Cục|Vụ|Sở|Trung tâm|Viện|Quỹ|Ban|Bộ(?! trưởng)|Đài|Báo|Học viện|Công ty|Tập đoàn|Tổng công ty"
_ORGAN = re.compile(
    rf"\b(?:{_ORGAN_HEAD})(?!\w)(?:\s(?:[{CAPITALS}][\w&]*|(?!với|tỉnh|về|của|và [^{CAPITALS}]){SMALL_PART}))*"
    r"|\b(?:UBND|HĐND|Ủy ban nhân dân|Tỉnh ủy|Thành ủy)\b(?: tỉnh| thành phố)?(?: ~+)?"
)
_BARE_ORGAN = re.compile(
    rf"\b(?:(?:cuc|vu|so|trung tam|quy(?! (?:hoach|dinh|che|mo|trinh|[1-4i]))"
    rf"|hoc vien|cong ty|tap doan)(?: (?!(?:{_STOP})\b)[a-z]+){{1,5}}"
    r"|bo(?: tt&tt)?(?= (?:khuyen nghi|de nghi|de xuat|cam ket|ho tro|neu|noi)\b)|ubnd|hdnd|tinh uy)\b"
)
_COMPANY = re.compile(
    r"\b(?:viettel|vnpt|mobifone|vinaphone|fpt|cmc|bkav|vnpost|vietnam ?post|ezcloud|vov(?:24)?|vietnamnet|misa|vtc"
    r"|hanoi telecom|neac)\b"
)
_CAPITALS_ALONE = re.compile(rf"\b[{CAPITALS}]{{3,6}}\b")
# Abbreviations of fields, plans and organs, not of companies.
_NO_COMPANY = frozenset(
    words("CNTT CĐS ATTT ANM IOC SOC ICT BCVT BTS ĐTTM CQS CPĐT CPS XHS DVC DVCTT TMĐT UBND HĐND PTTH GRDP HTTT TTHC")
)
_LINKING_END = re.compile(r"(?: (?:và|của|về|tỉnh|thành|phố|số))+$")
_MOST_WORDS, _SHORTEST_NAME = 5, 5


class Element(NamedTuple):
    """A part of a text; `name` is a province's usual name, otherwise what stands there."""

    kind: Kind
    start: int
    end: int
    name: str


def flat(text: str) -> str:
    """The text folded, every character in its place."""
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(char)[:1] or " " for char in text)


def is_bare(text: str) -> bool:
    """Whether it was typed without any diacritics."""
    return text == strip_marks(text)


def _is_without_capitals(text: str) -> bool:
    """Whether names cannot be told by their capitals, except perhaps that of the first word."""
    return is_bare(text) or text[1:] == text[1:].lower()


def elements(text: str) -> list[Element]:
    """All that a text names, in its order; a province may stand within a person's title or an organ's name."""
    return list(_elements(text))


@lru_cache(maxsize=256)  # the turns of a conversation are looked at again with every question
def _elements(text: str) -> tuple[Element, ...]:
    provinces = [*_provinces(text)]
    masked = text
    for place in provinces:
        masked = masked[: place.start] + "~" * (place.end - place.start) + masked[place.end :]
    times = [Element("time", *match.span(), "") for match in _TIME.finditer(flat(masked))]
    people = _apart([*_people(masked)], times)
    organs = _apart([*_organs(masked)], [*times, *people])
    topics = _apart([*_topics(masked)], [*people, *organs])
    if not is_bare(text):
        topics = [one._replace(name="") for one in topics]
    found = [*provinces, *times, *people, *organs, *topics]
    shown = [one if one.name else one._replace(name=text[one.start : one.end]) for one in found]
    return tuple(sorted(shown, key=lambda one: (one.start, -one.end)))


def of_kind(found: list[Element], kind: Kind) -> list[Element]:
    """Those of one kind."""
    return [one for one in found if one.kind == kind]


def is_of_a_province(person: str) -> bool:
    """Whether a title belongs to a province, so that another one's is another person."""
    return bool(_OF_PROVINCE.search(flat(person)))


def title_alone(person: str) -> str:
    """`Bí thư Tỉnh ủy Lê Minh Hoan` -> `Bí thư Tỉnh ủy`; empty for a name with no title."""
    match = _TITLE.match(flat(person))
    if not match:
        return ""
    provinces = of_kind(elements(person), "province")
    return person[: max([_office_end(flat(person), match.end()), *(one.end for one in provinces)])].strip()


def _office_end(low: str, start: int) -> int:
    office = _IN_OFFICE.match(low, start)
    return office.end() if office else start


def _apart(found: list[Element], taken: list[Element]) -> list[Element]:
    """Those that overlap neither what is taken nor one before them."""
    kept: list[Element] = []
    for one in found:
        if all(one.end <= other.start or other.end <= one.start for other in [*taken, *kept]):
            kept.append(one)
    return kept


def _provinces(text: str) -> Iterator[Element]:
    named = set(named_in(text))
    places = list(WORD.finditer(text)) if named else []
    start = 0
    while start < len(places):
        step = 1
        for size in range(min(_MOST_WORDS, len(places) - start), 0, -1):
            begin, end = places[start].start(), places[start + size - 1].end()
            name = known_name(text[begin:end])
            if name in named and not flat(text[begin:end]).startswith(("tinh ", "thanh pho ", "tp")):
                yield Element("province", begin, end, name)
                step = size
                break
        start += step


def _people(text: str) -> Iterator[Element]:
    low, bare = flat(text), _is_without_capitals(text)
    for title in _TITLE.finditer(low):
        end = _office_end(low, title.end())
        called = _BARE_NAME.match(low, end) if bare else _CALLED.match(text, end)
        if called and (not bare or called["family"] in _FOLDED_FAMILIES):
            end = called.end()
        elif re.fullmatch(_HONORIFIC, title.group()):
            continue
        yield Element("person", title.start(), end, "")
    for run in _FULL_NAME.finditer(text):
        yield Element("person", *run.span(), "")


def _organs(text: str) -> Iterator[Element]:
    bare = _is_without_capitals(text)
    for match in _BARE_ORGAN.finditer(flat(text)) if bare else _ORGAN.finditer(text):
        hanging = _LINKING_END.search(match.group())
        yield Element("organ", match.start(), match.end() - (len(hanging.group()) if hanging else 0), "")
    for match in _COMPANY.finditer(flat(text)):
        typed = text[match.start() : match.end()]
        yield Element("organ", *match.span(), typed.upper() if len(typed) < _SHORTEST_NAME else typed)
    for match in _CAPITALS_ALONE.finditer(text):
        if match.group() not in _NO_COMPANY and not text.isupper():
            yield Element("organ", *match.span(), "")


def _topics(text: str) -> Iterator[Element]:
    """Words of the fields, but for single syllables, which are too common; what was typed with marks has the word's."""
    for match in _topic_words().finditer(flat(text)):
        typed, name = text[match.start() : match.end()].lower(), _with_marks()[match.group()]
        if is_bare(typed) or typed == name:
            yield Element("topic", *match.span(), name)


@cache
def _with_marks() -> dict[str, str]:
    long = [word for word in all_words() if " " in word or any(map(str.isdigit, word))]
    return {fold(word): word for word in reversed(long)}


@cache
def _topic_words() -> re.Pattern[str]:
    longest_first = sorted(_with_marks(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
