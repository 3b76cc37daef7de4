"""Whether a text holds a fact, however its figures and dates are written."""

import re
import unicodedata
from collections.abc import Sequence

_DATE = re.compile(
    r"(?:ngày\s+)?(?:\b(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?|\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b)"
)
_MONTH = re.compile(r"\btháng\s+(\d{1,2})\s*(?:năm\s+|/\s*)(\d{4})")
_PERCENT = re.compile(r"\s*(?:%|phần trăm\b)")
_TOKEN = re.compile(r"\d+(?:[./,]\d+)*%?|[^\W_]+")
_MARK = re.compile(r"\s*\[\d{1,3}\]")
_ITEM = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+", re.MULTILINE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")


def unmarked(text: str) -> str:
    """The text without citation marks like `[1]` and the marks of list items, which are no part of what it says."""
    return _ITEM.sub("", _MARK.sub("", text))


def tokens(text: str) -> list[str]:
    """Words in lower case and figures in one form: `1.300` -> `1300`, `0,6 phần trăm` -> `0.6%`, dates `10/9/2020`."""
    text = unicodedata.normalize("NFC", text).lower()
    text = _DATE.sub(_date, text)
    text = _MONTH.sub(lambda match: f"{int(match[1])}/{match[2]}", text)
    return [_figure(token) for token in _TOKEN.findall(_PERCENT.sub("% ", text))]


def _date(match: re.Match[str]) -> str:
    parts = [part for part in match.groups() if part]
    return "/".join(str(int(part)) for part in parts)


def _figure(token: str) -> str:
    if not token[0].isdigit():
        return token
    number, percent = token.rstrip("%"), "%" if token.endswith("%") else ""
    if "/" in number:
        return "/".join(part.lstrip("0") or "0" for part in number.split("/")) + percent
    if _THOUSANDS.fullmatch(number):
        return re.sub(r"[.,]", "", number) + percent
    whole, _, decimals = number.replace(",", ".").partition(".")
    return (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "") + percent


def holds(text: str, alternatives: Sequence[str]) -> bool:
    """Whether one of the alternatives stands in the text, word for word."""
    hay = f" {' '.join(tokens(text))} "
    return any(f" {' '.join(tokens(fact))} " in hay for fact in alternatives)


def figures(text: str) -> frozenset[str]:
    """Every figure and date of a text, in one form."""
    return frozenset(token for token in tokens(text) if token[0].isdigit())
