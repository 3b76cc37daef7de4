"""Citations: the marks of a written answer, and the places that they stand for."""

import re
from dataclasses import dataclass

from bot.answer import Citation
from bot.evidence import Evidence
from bot.marks import without_marks
from index.sentences import sentence_spans
from index.vietnamese import words

_MARK = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
# Whatever else in brackets has a figure in it could be taken for a mark: [1-7], [7, trang 1], [[9]7].
_ODD_MARK = re.compile(r"\s*\[[^\[\]]*\d[^\[\]]*\]")


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


def defuse(text: str) -> str:
    """Quoted text in which nothing can be taken for one of our citation marks."""
    return without_marks(text)
