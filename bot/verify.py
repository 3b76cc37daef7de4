"""Whether a sentence of an answer is borne by the evidence that it cites."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from bot.evidence import Evidence
from bot.verify_align import Aligned, lay
from bot.verify_content import content_faults
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
        content_faults(laid),
    )


def _is_verbatim(sentence: str, evidence: Sequence[Evidence]) -> bool:
    """Word for word from where a sentence of the evidence begins: what is cut off before may be who asks for it."""
    said = " ".join(words(normal_form(sentence).lower())) + " "
    texts = [item.text[start:] for item in evidence for start, _ in sentence_spans(item.text)]
    return any((" ".join(words(normal_form(text).lower())) + " ").startswith(said) for text in texts)
