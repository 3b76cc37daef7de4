"""The same question as different people type it."""

import random
import re
import unicodedata
from typing import Literal, get_args

from index.vietnamese import strip_marks

Typing = Literal["accented", "none", "half", "other_tone", "lower", "abbreviated", "decomposed", "typo", "telex"]
TYPINGS: tuple[Typing, ...] = get_args(Typing)
_ABBREVIATIONS = {
    "Bộ Thông tin và Truyền thông": "Bộ TT&TT",
    "thông tin và truyền thông": "TT&TT",
    "Bà Rịa - Vũng Tàu": "BR-VT",
    "Bà Rịa – Vũng Tàu": "BR-VT",
    "Bà Rịa Vũng Tàu": "BRVT",
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "dịch vụ công trực tuyến": "DVCTT",
    "dịch vụ công": "DVC",
    "công nghệ thông tin": "CNTT",
    "an toàn thông tin": "ATTT",
    "chuyển đổi số": "CĐS",
    "đô thị thông minh": "ĐTTM",
    "phát thanh truyền hình": "PTTH",
    "chính quyền điện tử": "CQĐT",
    "chính quyền số": "CQS",
    "thương mại điện tử": "TMĐT",
    "bưu chính viễn thông": "BCVT",
    "kinh tế - xã hội": "KT-XH",
    "công nghệ số": "CNS",
    "doanh nghiệp": "DN",
    "phần trăm": "%",
}
_ABBREVIATED = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in _ABBREVIATIONS), re.IGNORECASE)
_BY_LOWER = {name.lower(): short for name, short in _ABBREVIATIONS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_TONE_KEYS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_SHAPE_KEYS = {"â": "aa", "ă": "aw", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_SHAPE_KEYS |= {shaped.upper(): keys.capitalize() for shaped, keys in _SHAPE_KEYS.items()}
_LETTERS = "asdghklnmtrie"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The mark of an open oa, oe or uy stands on the first letter (hòa, thúy) or on the second (hoà, thuý); not after q.
_OPEN = re.compile(rf"(?<![qQ])([oOuU])([{_TONES}]?)([aAeEyY])([{_TONES}]?)(?![\w\u0300-\u036f])")


def retype(question: str, typing: Typing, seed: str) -> str:
    """The question typed in one of the ways; the same seed gives the same words.

    `none` drops every diacritic, `half` those of about half the words, `other_tone` moves the mark of hòa to hoà and
    back, `lower` types no capital, `abbreviated` uses the abbreviations that officials use, `decomposed` takes letters
    and marks apart (NFD), `typo` makes one slip, `telex` leaves the keys of Telex in about a third of the words.
    """
    text = unicodedata.normalize("NFC", question)
    match typing:
        case "accented":
            return text
        case "none":
            return strip_marks(text)
        case "half":
            chance = random.Random(seed)
            return " ".join(strip_marks(word) if chance.random() < 0.5 else word for word in text.split(" "))
        case "other_tone":
            moved = _OPEN.sub(_move_tone, unicodedata.normalize("NFD", text))
            return unicodedata.normalize("NFC", moved)
        case "lower":
            return text.lower()
        case "abbreviated":
            return _ABBREVIATED.sub(lambda match: _BY_LOWER[match.group().lower()], text)
        case "decomposed":
            return unicodedata.normalize("NFD", text)
        case "typo":
            return _with_slip(text, random.Random(seed))
        case "telex":
            chance = random.Random(seed)
            return _WORD.sub(lambda match: as_telex(match.group()) if chance.random() < 1 / 3 else match.group(), text)


def as_telex(word: str) -> str:
    """The keys that type a word in Telex, the tone at its end: `chuyển` -> `chuyeenr`."""
    letters = unicodedata.normalize("NFD", word)
    tone = next((key for mark, key in _TONE_KEYS.items() if mark in letters), "")
    shaped = unicodedata.normalize("NFC", "".join(char for char in letters if char not in _TONE_KEYS))
    return "".join(_SHAPE_KEYS.get(char, char) for char in shaped) + tone


def _with_slip(text: str, chance: random.Random) -> str:
    """One letter of a longer word left out, doubled or replaced, or the space behind it missing."""
    words = [match for match in _WORD.finditer(text) if len(match.group()) >= 4]
    if not words:
        return text
    place = chance.choice(words)
    at = chance.randrange(place.start() + 1, place.end())
    kind = chance.choice(("left out", "doubled", "replaced", "no space"))
    if kind == "no space" and text[place.end() : place.end() + 1] == " ":
        return text[: place.end()] + text[place.end() + 1 :]
    middle = {"left out": "", "doubled": text[at] * 2}.get(kind, chance.choice(_LETTERS))
    return text[:at] + middle + text[at + 1 :]


def _move_tone(match: re.Match[str]) -> str:
    first, first_tone, second, second_tone = match.groups()
    if (first + second).lower() not in {"oa", "oe", "uy"} or (first_tone and second_tone):
        return match.group()
    return first + second_tone + second + first_tone
