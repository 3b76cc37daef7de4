"""How people and units are named: a unit's several names, the unit of a title, who is a person."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from index.aliases import Aliases
from index.keyboard import is_syllable
from index.mentions import COMPANY, UNIT
from index.people import FAMILIES
from index.provinces import known_name
from index.provinces import named_in as provinces_named_in
from index.vietnamese import CAPITALS, fold, normal_form, tidy, words

# Words by which a name is known, without marks: names of one unit have one key.
Key = tuple[str, ...]

_TABLE = Path(__file__).with_name("units.toml")
_REMEMBERED = 1 << 14
_ABBREVIATED = re.compile(rf"[{CAPITALS}&.]{{2,}}")
_IN_BRACKETS = re.compile(r"\s*\([^()]*(?:\)|$)")
_CITY = re.compile(r"(?<!\w)TP\.?\s(?!HCM)", re.IGNORECASE)
_LINKING = frozenset(["va", "cua", "ve", "cac"])
_INTRODUCED = re.compile(r"^(?:(?:đại diện|lãnh đạo|phía|về phía|ông|bà(?! rịa)|đồng chí|đ/c)\s+)+", re.IGNORECASE)
_OFFICE = (
    r"(?i:(?:quyền |nguyên )?(?:phó |tổng )*(?:bộ trưởng|thứ trưởng|thủ tướng|bí thư|chủ tịch|giám đốc|cục trưởng"
    r"|vụ trưởng|viện trưởng|hiệu trưởng|tổng biên tập|chánh (?:văn phòng|thanh tra)|trưởng (?=phòng|ban|đoàn)"
    r"|ủy viên|chủ nhiệm|đại biểu|đại diện|lãnh đạo)(?: (?:thường trực|phụ trách|kiêm nhiệm|của|thuộc))*)"
)
_HELD = re.compile(rf"(?P<office>{_OFFICE})\s*(?P<unit>.*)")
_NEXT_OFFICE = re.compile(rf",\s+(?:kiêm\s+)?(?={_OFFICE})")
# What a title found in running text drags along: "Giám đốc Sở TT&TT, trình bày".
_DRAGGED = re.compile(
    r",?\s+(?:cùng|đã|trình bày|giải trình|phát biểu|cho biết|cho rằng|nêu|nhấn mạnh)(?!\w).*$|\s*\([^()]*$"
)
_UNIT_FIRST = re.compile(
    rf"{UNIT}|{COMPANY}|(?:phòng|ban|bộ|sở|cục|vụ|viện|tỉnh|thành phố|huyện|quận|thị xã|xã)(?!\w)|[{CAPITALS}a-z]+[A-Z]"
)
_CALLED = re.compile(r"(?:ông|bà|anh|chị|đồng chí|đ/c)\s+", re.IGNORECASE)
_NO_PERSON = frozenset(
    words(
        "tỉnh thành ubnd hđnd đbqh bộ sở cục vụ ban viện học trung tập tổng công hiệp quỹ đài báo ngân doanh địa hội "
        "trường văn phòng ủy huyện bưu viễn cử đảng liên tạp bệnh kho các"
    )
)
_OF_A_PROVINCE = re.compile(r"(?i:sở\s.+|tỉnh|thành phố|(?:.*\s)(?:tỉnh|thành phố)|tỉnh ủy|thành ủy)")
_BELOW = re.compile(r"(?i)(?<!\w)(?:huyện|quận|thị xã|thị trấn|xã|phường|thành phố)\s")
_WITHOUT_A_NAME = re.compile(
    r"bo|cuc|vu|(?:hoc )?vien|so|trung tam|don vi|doanh nghiep|cong ty|tap doan|hiep hoi|van phong|dia phuong|cu tri"
    r"|(?:uy ban nhan dan )?(?:tinh|thanh pho|huyen|quan|(?:thi )?xa|phuong)|uy ban nhan dan"
)


@lru_cache(_REMEMBERED)
def written_out(text: str) -> str:
    """The text in its one form, with its abbreviations spelled out."""
    text = normal_form(text)
    if _ABBREVIATED.search(text):
        for short, full in _aliases().expansions(text)[0].items():
            text = text.replace(short, full)
        for short, full in _table()["abbreviations"].items():
            text = text.replace(short, full)
    return text


@lru_cache(_REMEMBERED)
def named_in(text: str) -> tuple[str, ...]:
    """The provinces that a name or title names."""
    return tuple(provinces_named_in(text))


@lru_cache(_REMEMBERED)
def unit_key(name: str) -> Key:
    """By which a unit is known under all its names; "tỉnh" before a province's name does not count."""
    key = _plain_key(name)
    return _canonical().get(key, key)


def is_anonymous(key: Key) -> bool:
    """Whether a unit's name tells it from no other of its sort, as "Sở" and "Cục" do not."""
    return _WITHOUT_A_NAME.fullmatch(" ".join(key)) is not None


@lru_cache(_REMEMBERED)
def at_home(unit: str, home: str) -> str:
    """A province's own unit with the province's name: `UBND tỉnh` -> `UBND tỉnh Cà Mau`; others as they are."""
    if not home:
        return unit
    if fold(unit) == "dia phuong":
        return f"tỉnh {home}"
    return f"{unit} {home}" if lacks_province(unit) else unit


def is_local(unit: str) -> bool:
    """Whether a unit is one of a district or commune, of which other provinces may have one of that name."""
    return _BELOW.search(unit) is not None and not named_in(unit)


def lacks_province(unit: str) -> bool:
    """Whether every province has a unit of that name, and this one does not say which it is of."""
    return _OF_A_PROVINCE.fullmatch(unit) is not None and not named_in(unit)


@lru_cache(_REMEMBERED)
def titles_of(title: str) -> tuple[str, ...]:
    """The titles held together, without what else was read along: `Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh` are two."""
    return tuple(one for part in _NEXT_OFFICE.split(tidy(title)) if (one := _DRAGGED.sub("", part).strip(" ,")))


@lru_cache(_REMEMBERED)
def held(title: str) -> tuple[str, str]:
    """Office and unit of a title: `Phó Giám đốc`, `Sở TT&TT Cà Mau`; the unit is empty where the title tells none."""
    match = _HELD.match(title)
    if not match:
        return title, ""
    unit = _IN_BRACKETS.sub("", match["unit"]).strip(" ,-–")
    return match["office"].strip(), unit if _UNIT_FIRST.match(unit) else ""


@lru_cache(_REMEMBERED)
def named(speaker: str, title: str) -> tuple[str, str]:
    """Name and title of a speaker, also where the name holds them: `ông Lê A, Cục trưởng Cục Viễn thông`."""
    called = _CALLED.match(speaker)
    name, comma, behind = speaker.partition(", ")
    if called:
        name = name[called.end() :]
    if title or not (called or (comma and _HELD.match(behind))) or not is_person(name):
        return tidy(speaker), title
    return tidy(name), behind


@lru_cache(_REMEMBERED)
def is_person(name: str, title: str = "") -> bool:
    """Whether a speaker is a person: who has a title, or is named like one."""
    said = words(name)
    has_capitals = all(word[0].isupper() for word in said)
    is_unit = said[:1] and said[0].lower() in _NO_PERSON and not (said[0] in FAMILIES and has_capitals)
    may_be_place = len(said) == 2 or (said[:1] and said[0] not in FAMILIES)
    if not said or is_unit or re.match(COMPANY, name) or (may_be_place and known_name(name)):
        return False
    if title:
        return True
    is_like_one = 2 <= len(said) <= 6 and has_capitals
    return is_like_one and (any(word in FAMILIES for word in said) or all(is_syllable(fold(word)) for word in said))


def by_initials(keys: Iterable[Key]) -> dict[tuple[str, str], Key]:
    """Units by their first word and the initials of the others, where only one has these: `Cục`, `PTTH&TTĐT`."""
    found: dict[tuple[str, str], set[Key]] = {}
    for key in keys:
        if len(key) > 2 and all(map(is_syllable, key)):
            found.setdefault((key[0], "".join(word[0] for word in key[1:])), set()).add(key)
    return {initials: next(iter(units)) for initials, units in found.items() if len(units) == 1}


def said_of(name: str) -> str:
    """A name without what it is introduced by: `lãnh đạo Cục Viễn thông`, `đồng chí Phan Tâm`."""
    return _INTRODUCED.sub("", tidy(name))


def _plain_key(name: str) -> Key:
    text = written_out(_CITY.sub("thành phố ", _IN_BRACKETS.sub("", name)))
    folded = [word for word in words(fold(text)) if word not in _LINKING]
    for province in named_in(text):
        own = words(fold(province))
        for place in range(1, len(folded) - len(own) + 1):
            if folded[place : place + len(own)] == own:
                before = 2 if folded[max(0, place - 2) : place] == ["thanh", "pho"] else 1
                if place > before and " ".join(folded[place - before : place]) in ("tinh", "thanh pho", "tp"):
                    del folded[place - before : place]
                break
    return tuple(folded)


@cache
def _aliases() -> Aliases:
    return Aliases()


@cache
def _canonical() -> Mapping[Key, Key]:
    return {_plain_key(name): _plain_key(group[0]) for group in _table()["names"] for name in group}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))
