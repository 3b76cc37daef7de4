"""The answer out of the evidence: chosen and quoted, or written by a larger model and checked."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import AnswerSentence, Citation
from bot.citations import CitedSentence, cite, defuse, parse_marks
from bot.evidence import Evidence, shown_date
from bot.injection import addresses_us
from bot.marks import without_marks, without_tokens
from bot.said_by import introduction
from bot.verify import verify
from index.sentences import sentence_spans

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NOT_FOUND = "KHÔNG TÌM THẤY"
# How the model's choice and the search's ranking are weighed against each other, how much of the sum is quoted,
# and how many pieces at most: the best of a small grid on development questions. More weight for the letter of the
# default model makes answers worse (right on .84 of the answerable at 0 to .3, .83 at .5, .81 at .7).
_MODEL_SHARE = 0.15
_SEARCH_SHARPNESS, _LIKELIHOOD_SHARPNESS = 10.0, 0.5
_QUOTED_SHARE = 0.8
_MOST_QUOTES, _MOST_OF_EACH = 4, 2
_LEAST_ODDS = 1e-3
_TITLE_CHARS = 150


@dataclass(frozen=True, slots=True)
class Composed:
    """Sentences with citations, their text for the reader, and what the checks threw out."""

    text: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[str, ...] = ()


def lettered(evidence: Sequence[Evidence]) -> str:
    """The evidence for choosing: one line a piece, behind a letter that is a single token."""
    return "\n".join(f"{label}. {harmless(item.text)}" for label, item in zip(LABELS, evidence, strict=False))


def numbered(evidence: Sequence[Evidence]) -> str:
    """The evidence for writing: each piece behind its number, under its document's title and date."""
    lines: list[str] = []
    document = ""
    for number, item in enumerate(evidence, start=1):
        if item.document != document:
            document = item.document
            lines.append(f"Tài liệu “{harmless(heading_of(item))[:_TITLE_CHARS]}”:")
        lines.append(f"[{number}] {harmless(item.text)}")
    return "\n".join(lines)


def harmless(text: str) -> str:
    """Text for a prompt, without what a chat template or our own numbering would take for its marks."""
    return without_tokens(without_marks(text))


def choose(evidence: Sequence[Evidence], odds: Mapping[str, float] | None) -> list[Evidence]:
    """The pieces to quote, best first: the model's odds for each letter and the search's score, weighed.

    Without odds the search decides alone. Pieces are taken until they hold most of the weight; of several provinces
    or speakers asked for, for each of them.
    """
    by_piece = {id(item): (odds or {}).get(label, 0.0) for label, item in zip(LABELS, evidence, strict=False)}
    places = sorted({item.place for item in evidence} - {""})
    if len(places) <= 1:
        return _most_of(evidence, by_piece, _MOST_QUOTES)
    of_places = [[item for item in evidence if item.place == place] for place in places]
    return [item for of_place in of_places for item in _most_of(of_place, by_piece, _MOST_OF_EACH)]


def _most_of(evidence: Sequence[Evidence], odds: Mapping[int, float], most: int) -> list[Evidence]:
    model = [odds[id(item)] for item in evidence]
    total = sum(model)
    share = _MODEL_SHARE if total else 0.0
    scores = [
        share * math.log(odd / total + _LEAST_ODDS if total else 1.0) + (1 - share) * _found_by_search(item)
        for item, odd in zip(evidence, model, strict=True)
    ]
    weights = [math.exp(score - max(scores)) for score in scores]
    chosen: list[Evidence] = []
    held = 0.0
    for weight, item in sorted(zip(weights, evidence, strict=True), key=lambda pair: -pair[0]):
        chosen.append(item)
        held += weight / sum(weights)
        if held >= _QUOTED_SHARE or len(chosen) == most:
            break
    return chosen


def _found_by_search(item: Evidence) -> float:
    """What the search tells of a piece: its score, and how likely it holds what is asked for, as log odds."""
    likelihood = min(max(0.5 if item.likelihood is None else item.likelihood, _LEAST_ODDS), 1 - _LEAST_ODDS)
    return _SEARCH_SHARPNESS * item.score + _LIKELIHOOD_SHARPNESS * math.log(likelihood / (1 - likelihood))


def quote(chosen: Sequence[Evidence]) -> Composed:
    """An answer that only quotes: by document, each piece behind who says it, between quotation marks, numbered."""
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    blocks: list[str] = []
    for document in dict.fromkeys(item.document for item in chosen):
        pieces = [item for item in chosen if item.document == document]
        lines = [f"Theo «{defuse(heading_of(pieces[0]))}»:"]
        for item in pieces:
            citations.append(cite(len(citations) + 1, item))
            text = f"“{tidy_quote(defuse(item.text))}” [{len(citations)}]"
            sentences.append(AnswerSentence(text, (len(citations),), "verbatim"))
            lines.append(" ".join(filter(None, ("-", introduction(item.said), text))))
        blocks.append("\n".join(lines))
    return Composed("\n\n".join(blocks), tuple(sentences), tuple(citations))


def tidy_quote(text: str) -> str:
    """Without empty lines, which lists have between lead and items."""
    return re.sub(r"\s*\n\s*", "\n", text)


def heading_of(item: Evidence) -> str:
    """Title and date of a document, for people."""
    return ", ".join(part for part in (item.title, shown_date(item.date)) if part)


def check_written(text: str, evidence: Sequence[Evidence]) -> Composed:
    """A written answer, sentence by sentence: kept, replaced by the evidence it cites, or dropped.

    A number that no piece of evidence has is dropped and recorded. A sentence stands when the evidence it cites
    bears it; if it does not, the cited evidence is quoted in its place. A sentence without a citation is dropped.
    """
    numbers: dict[int, int] = {}
    sentences: list[AnswerSentence] = []
    dropped: list[str] = []
    for written in parse_marks(text):
        valid = [number for number in written.numbers if 1 <= number <= len(evidence)]
        dropped.extend(f"[{number}]" for number in written.numbers if number not in valid)
        dropped.extend(written.odd_marks)
        if not valid:
            dropped.append(written.text)
            continue
        sentences.append(_checked(written, valid, evidence, numbers, dropped))
    ordered = sorted(numbers.items(), key=lambda pair: pair[1])
    citations = tuple(cite(number, evidence[piece - 1]) for piece, number in ordered)
    return Composed("\n".join(s.text for s in sentences), tuple(sentences), citations, tuple(dropped))


def finished_part(text: str) -> str:
    """What of a reply under way will not change: all but the last two sentences, whose marks may be yet to come."""
    starts = [start for start, _ in sentence_spans(text)]
    return text[: starts[-2]] if len(starts) > 2 else ""


def says_not_found(text: str) -> bool:
    """Whether the whole reply is the model's word for "not in the evidence"."""
    return text.strip(' .\n"').upper() == _NOT_FOUND


def _checked(
    written: CitedSentence,
    valid: Sequence[int],
    evidence: Sequence[Evidence],
    numbers: dict[int, int],
    dropped: list[str],
) -> AnswerSentence:
    shown = tuple(numbers.setdefault(piece, len(numbers) + 1) for piece in valid)
    marks = "".join(f"[{number}]" for number in shown)
    cited = [evidence[piece - 1] for piece in valid]
    if verify(written.text, cited).stands and not addresses_us(written.text):
        return AnswerSentence(f"{defuse(written.text)} {marks}", shown, "verified")
    dropped.append(written.text)
    quoted = " ".join(f"“{defuse(evidence[piece - 1].text)}”" for piece in valid)
    return AnswerSentence(f"{quoted} {marks}", shown, "verbatim")


def pieces(composed: Composed) -> Iterator[str]:
    """The text line by line, for showing it as it comes."""
    yield from composed.text.splitlines(keepends=True)
