"""Vietnamese text for machines: one normal form, folding (bỏ dấu), words."""

import itertools
import re
import unicodedata

# Letters that NFD does not take apart, and the Icelandic letter often typed for đ.
_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
# For character classes: capital letters. Unicode mixes Vietnamese capitals and small letters, so no range will do.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
# Zero-width marks and soft hyphens come along with text copied from web pages and PDFs.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+")

# What looks like a Vietnamese letter or a plain mark and is another: Icelandic and African đ, curly quotes, dashes.
_LOOK_ALIKES = str.maketrans("ðÐɖƉ“”„«»‘’‚`´–—−‐‑", "đĐđĐ\"\"\"\"\"'''''-----")
# Cyrillic letters with a Latin twin, replaced in words that hold Latin letters as well.
_CYRILLIC = str.maketrans("аеіоорсухАВЕІКМНОРСТХ", "aeioopcyxABEIKMHOPCTX")
_WHOLE_WORD = re.compile(r"\w+")
_LATIN_LETTER, _CYRILLIC_LETTER = re.compile("[A-Za-zÀ-ɏḀ-ỹ]"), re.compile("[А-Яа-яІі]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _tone_placements() -> dict[str, str]:
    """`oà` -> `òa`, `uỷ` -> `ủy` and their capitals: the newer placement of the mark and the traditional one."""
    moved: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone, left, right in itertools.product(_TONES, (first, first.upper()), (second, second.upper())):
            newer = unicodedata.normalize("NFC", left + right + tone)
            moved[newer] = unicodedata.normalize("NFC", left + tone + right)
    return moved


_PLACEMENTS = _tone_placements()
# Only where the vowels end the syllable; after q the u is no vowel.
_PLACED = re.compile(rf"(?<![qQ])(?:{'|'.join(_PLACEMENTS)})(?![^\W\d_])")

_NUMBER_OF_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,]?\d)")
_DECIMAL_POINT = re.compile(r"(?<![\d.,/-])(\d+)\.(\d{1,2})(?![\d.,/-]|\.\d)")
_DATE = re.compile(
    r"(?:\bng[àa]y\s+)?(?<![\d./-])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?![\d/-])"
    r"|\bng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})(?:\s*,)?\s+n[ăa]m\s+(\d{4})\b",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(r"\bth[áa]ng\s+0?(\d{1,2})\s*(?:[/-]|\s+n[ăa]m\s+)\s*(\d{4})\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*%(?![\u0300-\u036f])(?P<word>(?=\w))?")
# Folded syllables that are written with i and with y: kĩ/kỹ, lí/lý, tỉ/tỷ, qui/quy.
_WITH_I = frozenset(["hi", "ki", "li", "mi", "si", "ti", "qui"])


def tidy(text: str) -> str:
    """NFC on one line without invisible characters: text of a document's own, otherwise as it stands. Idempotent."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def normal_form(text: str) -> str:
    """The one form of what can be typed in several ways and reads the same. Idempotent.

    NFC, no invisible characters, plain quotes, dashes and spaces, look-alike letters of other scripts replaced, and the
    mark of an open oa, oe, uy on the first letter (hoà -> hòa, uỷ -> ủy).
    """
    text = tidy(text).translate(_LOOK_ALIKES)
    text = _WHOLE_WORD.sub(lambda match: _in_one_script(match.group()), text)
    text = unicodedata.normalize("NFC", text)  # a mark may have found its letter
    return _PLACED.sub(lambda match: _PLACEMENTS[match.group()], text)


def _in_one_script(word: str) -> str:
    return word.translate(_CYRILLIC) if _CYRILLIC_LETTER.search(word) and _LATIN_LETTER.search(word) else word


def search_form(text: str) -> str:
    """The normal form with figures and dates written one way: what both indexes hold and are asked for. Idempotent.

    `1.300` -> `1300`, `0.6` -> `0,6`, `ngày 10 tháng 9 năm 2020`, `10-09-2020` -> `10/9/2020`, `tháng 9 năm 2020` ->
    `tháng 9/2020`, `2%` -> `2 phần trăm`.
    """
    text = with_plain_dates(normal_form(text))
    text = _NUMBER_OF_THOUSANDS.sub(lambda match: re.sub(r"[.,]", "", match.group()), text)
    text = _DECIMAL_POINT.sub(r"\1,\2", text)
    return tidy(_PERCENT.sub(lambda match: " phần trăm " if match["word"] is not None else " phần trăm", text))


def with_plain_dates(text: str) -> str:
    """Dates as `10/9/2020`, months as `tháng 9/2020`, however they were written."""
    text = _DATE.sub(_date, text)
    return _MONTH_YEAR.sub(lambda match: f"tháng {int(match[1])}/{match[2]}", text)


def _date(match: re.Match[str]) -> str:
    day, _, month, year = match.groups()[:4]
    if day is None:
        day, month, year = match.groups()[4:]
    return f"{int(day)}/{int(month)}/{year}"


def strip_marks(text: str) -> str:
    """Without diacritics, case kept: `Đồng Tháp` -> `Dong Thap`. Idempotent."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKE))
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def fold(text: str) -> str:
    """Lower case without diacritics: `Đồng Tháp` -> `dong thap`. Idempotent."""
    return strip_marks(text).lower()


def words(text: str) -> list[str]:
    """Words and numbers in order; `1.300`, `0,6` and `4G` stay whole, punctuation is dropped."""
    return WORD.findall(text)


def search_terms(text: str) -> list[str]:
    """Terms of the lexical index: folded words of the search form, then the pairs of neighbours.

    Most Vietnamese words are written as two syllables, so pairs carry what single syllables lose.
    """
    singles = [_with_y(word) for word in words(fold(search_form(text)))]
    pairs = [f"{left}_{right}" for left, right in itertools.pairwise(singles)]
    return singles + pairs


def _with_y(word: str) -> str:
    return f"{word[:-1]}y" if word in _WITH_I else word
