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
_WORD = re.compile(r"\d+(?:[.,]\d+)*[^\W_]*|[^\W_]+")


def normal_form(text: str) -> str:
    """NFC, without invisible characters, white space folded into single spaces. Idempotent."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def strip_marks(text: str) -> str:
    """Without diacritics, case kept: `Đồng Tháp` -> `Dong Thap`. Idempotent."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKE))
    return unicodedata.normalize("NFC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def fold(text: str) -> str:
    """Lower case without diacritics: `Đồng Tháp` -> `dong thap`. Idempotent."""
    return strip_marks(text).lower()


def words(text: str) -> list[str]:
    """Words and numbers in order; `1.300`, `0,6` and `4G` stay whole, punctuation is dropped."""
    return _WORD.findall(text)


def search_terms(text: str) -> list[str]:
    """Terms of the lexical index: folded words, then the pairs of neighbours.

    Most Vietnamese words are written as two syllables, so pairs carry what single syllables lose.
    """
    singles = words(fold(_INVISIBLE.sub("", text)))
    pairs = [f"{left}_{right}" for left, right in itertools.pairwise(singles)]
    return singles + pairs
