"""How the figures of a sentence go together: which can be reckoned, which comes first, how often something is done."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.verify_align import Aligned, Words, is_figure

_FIGURE = re.compile(r"(\d+)(?:,(\d+))?(%?)")
_RATIO = re.compile(r"\d{1,3}/\d{1,3}")
_ADDED = re.compile(
    r"(?<!\w)(?:tổng|cộng|gộp|tất cả|cả thảy|vị chi|còn lại|phần|chênh|kém|hơn|cách|thêm|lên|xuống|từ|tăng|giảm|tụt"
    r"|nâng)(?!\w)"
)
_TIMES = re.compile(r"(?<!\w)(?:tổng|cộng|tất cả|cả thảy|vị chi|cả)(?!\w)")
_REST = re.compile(r"(?<!\w)(?:còn lại|phần)(?!\w)")
_ABOUT = re.compile(r"(?<!\w)(gần|ngót|hơn|trên|khoảng|chừng|xấp xỉ) $")
_UNDER, _OVER, _AROUND = (0.88, 1.0), (1.0, 1.15), (0.9, 1.1)
_MARGINS = {
    **dict.fromkeys(("gần", "ngót"), _UNDER),
    **dict.fromkeys(("hơn", "trên"), _OVER),
    **dict.fromkeys(("khoảng", "chừng", "xấp xỉ"), _AROUND),
}
_FIRST_AND_OTHER = (
    re.compile(r"(\d[\d,./]*%?)(?: \w+){0,3} thay (?:cho|vì) (?:\w+ ){0,2}(\d[\d,./]*%?)"),
    re.compile(
        r"từ (?:\w+ ){0,2}(\d[\d,./]*%?)(?: \w+){0,3} (?:lên|xuống|sang|thành|còn|đến) (?:\w+ ){0,2}(\d[\d,./]*%?)"
    ),
)
_OFTEN = re.compile(r"(?:(?:hằng|hàng|mỗi|từng|theo|một) |/)(ngày|tuần|tháng|quý|năm)(?!\w)")
_EVERY = re.compile(r"(?:(?:hằng|hàng|mỗi) |/)(ngày|tuần|tháng|quý|năm)(?!\w)")
_POINTS = "điểm phần trăm"
_IN_WORDS = {
    "1": r"(?<!\w)một(?!\w)",
    "5": r"(?<!\w)năm (?!\d)",
    "12": r"(?<!\w)một năm(?!\w)",
    "3": r"(?<!\w)một quý(?!\w)",
    "43200": r"(?<!\w)một tháng(?!\w)",
    "120": r"(?<!\w)(?:một )?thập kỷ(?!\w)",
}
_ROUNDING = 0.5
_LEAST = 10  # smaller ones come about too easily
_NEAR = 40


@dataclass(frozen=True, slots=True)
class _Value:
    number: float
    is_share: bool


def is_reckoned(words: Words, number: int, there: Words) -> bool:
    """Whether it comes near a figure there, as said, or is their sum, difference, product, share or rest."""
    word = words.tokens[number].word
    asked = _value(word)
    if not asked:
        return False
    held = [one for token in there.tokens if is_figure(token) and (one := _value(token.word))]
    if asked.is_share and any(_is_share_of(asked, token.word) for token in there.tokens):
        return True
    if _left_of_ratio(word, there) or any(_is_about(words, number, asked, one) for one in held):
        return True
    is_rest = asked.is_share and _REST.search(there.read.text + words.read.text)
    if is_rest and _Value(100 - asked.number, is_share=True) in held:
        return True
    token = words.tokens[number]
    near = words.read.text[max(0, token.start - _NEAR) : token.end + _NEAR].lower()
    if _POINTS in there.read.text:
        held = [_Value(one.number, is_share=True) for one in held]
        near += " hơn "
    is_small = asked.number < _LEAST and asked.number.is_integer()
    return not is_small and _is_result(asked, held, near)


def says_in_words(word: str, there: Words) -> bool:
    """`một`, `năm` and `một quý` are too often no number to be written as one."""
    return bool((said := _IN_WORDS.get(word)) and re.search(said, there.read.text))


def is_fraction(word: str, there: Words) -> bool:
    """`1/5` of 20%."""
    held = [one for token in there.tokens if is_figure(token) and (one := _value(token.word))]
    return any(one.is_share and _is_share_of(one, word) for one in held)


def _is_result(asked: _Value, held: Sequence[_Value], near: str) -> bool:
    """Whether two of the figures make up a third; sums and products must be said to be such."""
    results: list[float] = []
    for one, other in itertools.permutations(held, 2):
        if asked.is_share and not one.is_share and not other.is_share and other.number:
            results.append(100 * one.number / other.number)
        if not asked.is_share and other.is_share and not one.is_share:
            results.append(one.number * other.number / 100)
        if one.is_share == other.is_share and _ADDED.search(near):
            results += [one.number + other.number, one.number - other.number]
        if not asked.is_share and not one.is_share and not other.is_share and _TIMES.search(near):
            results.append(one.number * other.number)
    return any(abs(asked.number - result) < 1e-6 for result in results)


def _is_share_of(asked: _Value, ratio: str) -> bool:
    if not _RATIO.fullmatch(ratio):
        return False
    part, whole = map(int, ratio.split("/"))
    return part < whole and abs(100 * part / whole - asked.number) < _ROUNDING


def _left_of_ratio(word: str, there: Words) -> bool:
    """`còn 2 huyện` of 11/13."""
    ratios = [token.word.split("/") for token in there.tokens if _RATIO.fullmatch(token.word)]
    return any(str(int(whole) - int(part)) == word for part, whole in ratios)


def _is_about(words: Words, number: int, asked: _Value, held: _Value) -> bool:
    """`gần một nửa` of 46,2%, `hơn một nghìn` of 1.124."""
    match = _ABOUT.search(words.read.text[: words.tokens[number].start].lower())
    lowest, highest = _MARGINS[match[1]] if match else (1.0, 1.0)
    return asked.is_share == held.is_share and lowest * asked.number <= held.number <= highest * asked.number


def order_faults(laid: Aligned) -> Iterator[tuple[str, str]]:
    """Two figures the other way round; something done more or less often."""
    here, there = laid.words.read.text, " . ".join(unit.words.read.text for unit in laid.units)
    for pattern in _FIRST_AND_OTHER:
        held = set(pattern.findall(there))
        yield from (("merged", one) for one, other in pattern.findall(here) if (other, one) in held)
    used = " . ".join(laid.units[number].words.read.text for number in laid.used)
    often = set(_OFTEN.findall(used.lower()))
    yield from (("unit", every) for every in _EVERY.findall(here.lower()) if every not in often)


def _value(word: str) -> _Value | None:
    match = _FIGURE.fullmatch(word)
    return _Value(float(f"{match[1]}.{match[2] or 0}"), bool(match[3])) if match else None
