"""The same question as different people type it."""

import random
import re
import unicodedata
from typing import Literal, get_args

from index.vietnamese import strip_marks

Typing = Literal["accented", "none", "half", "other_tone", "lower", "abbreviated"]
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
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The mark of an open oa, oe or uy stands on the first letter (hòa, thúy) or on the second (hoà, thuý); not after q.
_OPEN = re.compile(rf"(?<![qQ])([oOuU])([{_TONES}]?)([aAeEyY])([{_TONES}]?)(?![\w\u0300-\u036f])")


def retype(question: str, typing: Typing, seed: str) -> str:
    """The question typed in one of the ways; the same seed gives the same words.

    `none` drops every diacritic, `half` those of about half the words, `other_tone` moves the mark of hòa to hoà and
    back, `lower` types no capital, `abbreviated` uses the abbreviations that officials use.
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


def _move_tone(match: re.Match[str]) -> str:
    first, first_tone, second, second_tone = match.groups()
    if (first + second).lower() not in {"oa", "oe", "uy"} or (first_tone and second_tone):
        return match.group()
    return first + second_tone + second + first_tone
