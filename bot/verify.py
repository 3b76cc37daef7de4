"""Whether a sentence of an answer is borne by the evidence that it cites."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from bot.evidence import Evidence
from bot.verify_align import Aligned, Words, lay
from bot.verify_figures import figure_faults
from bot.verify_modality import operator_faults
from bot.verify_people import name_faults
from bot.verify_speech import speech_faults
from bot.verify_zones import zone_faults
from index.sentences import sentence_spans
from index.vietnamese import normal_form, words

Fault = Literal[
    "figure",
    "unit",
    "date",
    "number",
    "province",
    "name",
    "title",
    "speaker",
    "direction",
    "kind",
    "negation",
    "modality",
    "quantifier",
    "merged",
    "content",
]
_LEAST_SHARE = 0.5
_MOST_FOREIGN = 3.5
_HELD, _ELSEWHERE = 0.75, 2.0
_LEAST_CHUNK, _FOREIGN_SHARE = 3, 0.26


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sentence stands; if not, the first fault found and what it is about."""

    stands: bool
    fault: Fault | None = None
    detail: str = ""


def verify(sentence: str, evidence: Sequence[Evidence]) -> Judgement:
    """Whether the evidence says what the sentence says: who, to whom, when, how much, and whether at all."""
    if not words(sentence) or not any(words(item.text) for item in evidence):
        return Judgement(False, "content")
    if _is_verbatim(sentence, evidence):
        return Judgement(True)
    fault, detail = next(faults(lay(sentence, evidence)), (None, ""))
    return Judgement(fault is None, cast(Fault | None, fault), detail)


def faults(laid: Aligned) -> Iterator[tuple[str, str]]:
    """Everything in a sentence that the evidence does not bear."""
    return itertools.chain(
        name_faults(laid),
        figure_faults(laid),
        speech_faults(laid),
        zone_faults(laid),
        operator_faults(laid),
        _content_faults(laid),
    )


def _is_verbatim(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Word for word from where a sentence of the evidence begins: what is cut off before may be who asks for it."""
    said = " ".join(words(normal_form(sentence).lower())) + " "
    texts = [item.text[start:] for item in evidence for start, _ in sentence_spans(item.text)]
    return any((" ".join(words(normal_form(text).lower())) + " ").startswith(said) for text in texts)


def _content_faults(laid: Aligned) -> Iterator[tuple[str, str]]:
    """Too few of the words, or too many together that the evidence does not have."""
    weights = [at for at in range(len(laid.words.tokens)) if laid.words.content[at]]
    held = [at for at in weights if laid.place_of[at] is not None]
    if len(held) < _LEAST_SHARE * len(weights):
        yield "content", "too few of the words"
    for chunk in _chunks(laid.words, weights):
        known = sum(at in held for at in chunk)
        if (known == 0 and len(chunk) >= _LEAST_CHUNK) or (
            len(chunk) > _LEAST_CHUNK and known <= _FOREIGN_SHARE * len(chunk)
        ):
            yield "content", laid.words.tokens[chunk[0]].word
        if _is_added(laid, chunk):
            yield "content", laid.words.tokens[chunk[0]].word
    total = worst = 0.0
    for at in weights:
        total = max(0.0, total + _weight(laid, at))
        if total > worst:
            worst, last = total, at
    if worst >= _MOST_FOREIGN:
        yield "content", laid.words.tokens[last].word


def _is_added(laid: Aligned, chunk: Sequence[int]) -> bool:
    """Whether `và` brings in a word of two syllables that the evidence does not have."""
    first = chunk[0]
    after = first and laid.words.tokens[first - 1].word in ("và", "cùng", "kèm")
    pair = chunk[:2]
    return bool(after) and len(pair) == 2 and pair[1] == first + 1 and all(laid.place_of[at] is None for at in pair)


def _weight(laid: Aligned, at: int) -> float:
    """How much a word speaks against the sentence; most when it comes from another sentence of the evidence."""
    if laid.place_of[at] is not None:
        return -_HELD if laid.is_firm(at) else 0.0
    word = laid.words.tokens[at].word
    return _ELSEWHERE if any(unit.words.is_content(word) for unit in laid.units) else 1.0


def _chunks(words: Words, weights: Sequence[int]) -> Iterator[list[int]]:
    """The words with weight between marks of punctuation and `và`."""
    for _, chunk in itertools.groupby(weights, key=lambda at: words.chunk[at]):
        yield list(chunk)
