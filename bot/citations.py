"""Citations: which place a sentence rests on, and whether that place bears it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Citation
from bot.evidence import Evidence, shown_date
from bot.marks import without_marks
from index.sentences import sentence_spans
from index.vietnamese import CAPITALS, fold, words

_MARK = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
# Whatever else in brackets has a figure in it could be taken for a mark: [1-7], [7, trang 1], [[9]7].
_ODD_MARK = re.compile(r"\s*\[[^\[\]]*\d[^\[\]]*\]")
_NEGATIONS = frozenset({"không", "chưa", "chẳng", "đừng"})
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*\s*%?")
# Names: capitalised words in a row; a word with two capitals (VNPT, MobiFone); and the titles that tell who spoke.
_NAME = re.compile(rf"\b[{CAPITALS}]\w*(?:[ \-–]+[{CAPITALS}]\w*)+|\b\w*[{CAPITALS}]\w*[{CAPITALS}][\w&]*")
_TITLES = ("bộ trưởng", "thứ trưởng", "bí thư", "chủ tịch", "giám đốc", "cục trưởng", "vụ trưởng", "đại diện", "tỉnh")
# How much of a written sentence's words must stand in what it cites. Chosen by eye, not yet measured.
_LEAST_SHARED = 0.6


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence as the model wrote it, without its marks, the numbers it cited, and marks of no known form."""

    text: str
    numbers: tuple[int, ...]
    odd_marks: tuple[str, ...] = ()


def cite(number: int, evidence: Evidence) -> Citation:
    """The citation of a piece of evidence."""
    return Citation(
        number=number,
        document=evidence.document,
        title=evidence.title,
        source=evidence.source,
        date=evidence.date,
        provinces=evidence.provinces,
        heading=evidence.heading,
        start=evidence.start,
        end=evidence.end,
        quote=evidence.text,
        page=evidence.page,
        is_caption=evidence.is_caption,
    )


def parse_marks(text: str) -> list[CitedSentence]:
    """Cut a written answer into sentences, each with the numbers in square brackets that stand in or behind it."""
    moved = re.sub(r"([.!?…])((?:\s*\[[\d\s,;]+\])+)", r"\2\1", text)  # «… 1%. [1]» -> «… 1% [1].»
    sentences = []
    for start, end in sentence_spans(moved):
        sentence = moved[start:end]
        numbers = [int(n) for group in _MARK.findall(sentence) for n in re.split(r"[,;]", group)]
        bare, odd = _without_odd_marks(_MARK.sub("", sentence))
        if words(bare):
            sentences.append(CitedSentence(bare.strip(" -*•"), tuple(dict.fromkeys(numbers)), odd))
    return sentences


def _without_odd_marks(text: str) -> tuple[str, tuple[str, ...]]:
    found: list[str] = []
    while match := _ODD_MARK.search(text):
        found.append(match.group().strip())
        text = text[: match.start()] + text[match.end() :]
    return text, tuple(found)


def bears(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the evidence holds the sentence's figures, names, titles and most of its words, and denies as it does.

    A first check, on words alone: it does not see speaker and addressee exchanged.
    """
    source = unicodedata.normalize("NFC", " ".join(item.text for item in evidence))
    sentence = unicodedata.normalize("NFC", sentence)
    if not _figures(sentence) <= _figures(f"{source} {' '.join(shown_date(item.date) for item in evidence)}"):
        return False
    if _negations(sentence) != _negations(source):
        return False
    held_words = f" {' '.join(words(source))} "
    if any(f" {' '.join(words(name))} " not in held_words for name in _NAME.findall(sentence)):
        return False
    if any(title in sentence.lower() and title not in source.lower() for title in _TITLES):
        return False
    asked, held = set(words(fold(sentence))), set(words(fold(source)))
    return len(asked & held) >= _LEAST_SHARED * len(asked)


def _figures(text: str) -> set[str]:
    return {"".join(figure.split()) for figure in _NUMBER.findall(text)}


def _negations(text: str) -> set[str]:
    return {word for word in words(text.lower()) if word in _NEGATIONS}


def defuse(text: str) -> str:
    """Quoted text in which nothing can be taken for one of our citation marks."""
    return without_marks(text)
