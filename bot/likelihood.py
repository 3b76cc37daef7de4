"""How likely a sentence holds what is asked for: a few signs weighed by a logistic regression, without a model."""

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path

from bot.asked_kind import AskedKind, asked_kind, candidates, fits_noun, terms_of
from bot.evidence import Evidence
from bot.fit import Asked
from index.aliases import Aliases
from index.provinces import named_in
from index.recipients import NATIONWIDE
from index.records import Hit
from index.vietnamese import CAPITALS, fold, search_form, search_terms, words

WEIGHTS_FILE = Path(__file__).with_name("likelihood.toml")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![.,]?\d)")
_NAME = re.compile(rf"(?<!\w)[{CAPITALS}][\w'’]*(?: (?:[-–] )?[{CAPITALS}][\w'’]*)*")
_NOT = re.compile(r"(?<!\w)(?:đừng|không|chưa|chẳng|thay vì|tạm dừng|bỏ|thôi)(?!\w)", re.IGNORECASE)
_OPPOSITES = (("dễ", "khó"), ("tăng", "giảm"), ("sớm", "muộn"), ("cao", "thấp"), ("nhiều", "ít"), ("tự", "thuê"))
_STATE = re.compile(
    r"(?<!\w)(?:hiện|đang|đã có|có (?:bao nhiêu|mấy)|tính đến|còn (?:bao nhiêu|mấy))(?!\w)", re.IGNORECASE
)
_GOAL = re.compile(
    r"(?<!\w)(?:mục tiêu|cần|phải|nên|đến năm|phấn đấu|dự kiến|sẽ|kế hoạch|hướng tới)(?!\w)", re.IGNORECASE
)
_EVERYWHERE = frozenset(["bo tt&tt", "bo", "ubnd", "tinh", "tt&tt", "ai", "bo truong", "cong nghe thong tin"])
_MEASURES = frozenset(["tram", "tien", "thu", "may"])
_OTHER_PLACE, _OTHER_SPEAKER, _OF_ANOTHER = -1.0, -1.0, 0.15
_WINDOW_CHARS, _BEFORE_CHARS = 70, 350
Weigh = Callable[[Sequence[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence as the answer, each about 0..1; below 0 where it speaks against it."""

    score: float
    topic: float
    topic_near: float
    pairs: float
    missing: float
    candidate: float
    fits_noun: float
    around: float
    is_open: float
    speaker: float
    open_speaker: float
    side: float
    kind: float
    open_kind: float
    place: float
    year: float
    names: float
    names_of_document: float
    why_not: float
    goal: float
    rank: float


@dataclass(frozen=True, slots=True)
class _Around:
    """Where a piece of evidence stands: the text right before it, and all of its document."""

    before: str
    document: str


@dataclass(frozen=True, slots=True)
class _Question:
    """What of a question is looked for in each sentence; everything folded."""

    text: str
    kind: AskedKind
    terms: Mapping[str, float]
    names: tuple[str, ...]
    years: frozenset[str]


def weighed(asked: Asked, evidence: Sequence[Evidence], hits: Sequence[Hit], weigh: Weigh) -> tuple[Evidence, ...]:
    """The evidence, each piece with its likelihood; `hits` hold the documents it is from."""
    signs = signs_of(asked, evidence, hits, weigh)
    return tuple(replace(item, likelihood=likelihood_of(one)) for item, one in zip(evidence, signs, strict=True))


def signs_of(asked: Asked, evidence: Sequence[Evidence], hits: Sequence[Hit], weigh: Weigh) -> list[Signs]:
    """The signs of every piece of evidence."""
    documents = {hit.document.id: hit.document.text for hit in hits}
    text = asked.reading.text
    terms = [term for term in terms_of(asked.intent.topic) if _MEASURES.isdisjoint(term.split("_"))]
    question = _Question(
        text, asked_kind(text), weigh(terms or search_terms(text)), tuple(_names(asked)), frozenset(_YEAR.findall(text))
    )
    best = max((item.score for item in evidence), default=0.0)
    return [_signs(asked, question, item, _around(item, documents[item.document]), best) for item in evidence]


def likelihood_of(signs: Signs) -> float:
    """How likely a sentence with these signs holds what is asked for, in 0..1."""
    weights = _weights()
    total = weights["base"] + sum(weights[field.name] * getattr(signs, field.name) for field in fields(Signs))
    return factor_of(signs) / (1 + math.exp(-total))


def factor_of(signs: Signs) -> float:
    """Far less than 1 for what is about another province, or said by another than the question names."""
    about_another = signs.place <= _OTHER_PLACE or signs.speaker <= _OTHER_SPEAKER
    return _OF_ANOTHER if about_another else 1.0


@cache
def _weights() -> dict[str, float]:
    with WEIGHTS_FILE.open("rb") as file:
        table: dict[str, dict[str, float]] = tomllib.load(file)
    return table["weights"]


def _signs(asked: Asked, question: _Question, item: Evidence, near: _Around, best: float) -> Signs:
    text, kind, terms = _written_out(item.text), question.kind, question.terms
    own = {*search_terms(text)}
    above = own | {*search_terms(_written_out(f"{near.before} {item.heading} {item.title}"))}
    pairs = {term: weight for term, weight in terms.items() if "_" in term}
    held = candidates(kind, question.text, text)
    is_open, said_so = kind.sort == "open", _kind(asked, item)
    speaker = 0.0 if kind.sort == "who" else _speaker(asked, item, near)
    return Signs(
        score=item.score,
        topic=_share(own, terms),
        topic_near=_share(above, terms),
        pairs=_share(above, pairs) if pairs else 1.0,
        missing=max((weight for term, weight in pairs.items() if term not in above), default=0.0) / 6,
        candidate=0.0 if is_open else (1.0 if held else -1.0),
        fits_noun=fits_noun(kind, question.text, text),
        around=max((_share({*search_terms(_window(text, span))}, terms) for span in held), default=0.0),
        is_open=float(is_open),
        speaker=speaker,
        open_speaker=speaker if is_open else 0.0,
        side=_side(asked, item),
        kind=said_so,
        open_kind=said_so if is_open else 0.0,
        place=_place(asked, item, near),
        year=_year(question, item, near),
        names=_named(question.names, f"{near.before} {item.text} {item.heading} {_told(item)}"),
        names_of_document=_named(question.names, near.document),
        why_not=float(kind.sort == "why" and _contradicts(question.text, item.text)),
        goal=float(bool(_STATE.search(question.text)) and not asked.intent.kinds and bool(_GOAL.search(item.text))),
        rank=item.score - best,
    )


def _contradicts(question: str, text: str) -> bool:
    """Whether a sentence denies what the question takes for granted, or holds its opposite."""
    if bool(_NOT.search(text)) > bool(_NOT.search(question)):
        return True
    asked, told = ({*words(one.lower())} for one in (question, text))
    return any(
        one in asked - told and other in told - asked for pair in _OPPOSITES for one, other in (pair, pair[::-1])
    )


def _around(item: Evidence, document: str) -> _Around:
    return _Around(document[max(0, item.start - _BEFORE_CHARS) : item.start], document)


def _window(text: str, span: tuple[int, int]) -> str:
    return text[max(0, span[0] - _WINDOW_CHARS) : span[1] + _WINDOW_CHARS]


def _share(held: set[str], terms: Mapping[str, float]) -> float:
    whole = sum(terms.values())
    return sum(weight for term, weight in terms.items() if term in held) / whole if whole else 0.0


def _names(asked: Asked) -> list[str]:
    """Who and what the question names but provinces: people, offices, companies, places; folded."""
    text = asked.reading.text
    named = [match.group() for match in _NAME.finditer(text) if match.start() > 0 or " " in match.group()]
    provinces = {fold(name) for name in (*asked.reading.provinces, *asked.reading.parts)}
    named = [name for name in named if any(map(str.islower, name)) and not named_in(name)]
    found = [fold(_written_out(name)) for name in (*asked.intent.speakers, *asked.intent.offices, *named)]
    return [name for name in dict.fromkeys(found) if name not in provinces and name not in _EVERYWHERE]


def _named(names: Sequence[str], text: str) -> float:
    """The share of the names that a text holds; 1 where none is asked for."""
    plain = f" {' '.join(words(fold(_written_out(text))))} "
    return sum(f" {' '.join(words(name))} " in plain for name in names) / len(names) if names else 1.0


def _told(item: Evidence) -> str:
    return " ".join(f"{said.speaker} {said.title}" for said in item.said)


def _speaker(asked: Asked, item: Evidence, near: _Around) -> float:
    """Whether it is said by who is named in the question, or at least names him."""
    wanted = [fold(_written_out(name)) for name in asked.intent.speakers or asked.intent.offices]
    if not wanted:
        return 0.0
    told = fold(_written_out(_told(item)))
    if any(name in told or name in fold(_written_out(item.text)) for name in wanted):
        return 1.0
    if any(name in fold(_written_out(near.before)) for name in wanted):
        return 0.3
    return -1.0 if told.strip() else -0.5


@lru_cache(maxsize=2000)
def _written_out(text: str) -> str:
    """With its abbreviations spelled out, as those of the question are."""
    for short, full in Aliases().expansions(text)[0].items():
        text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    return search_form(text)


def _side(asked: Asked, item: Evidence) -> float:
    if not asked.intent.side or not item.said:
        return 0.0
    return 1.0 if any(said.speaker_side == asked.intent.side for said in item.said) else -1.0


def _kind(asked: Asked, item: Evidence) -> float:
    if not asked.intent.kinds:
        return 0.0
    return 1.0 if any(said.kind in asked.intent.kinds for said in item.said) else -1.0


def _place(asked: Asked, item: Evidence, near: _Around) -> float:
    """Whether it is about a province asked for; a document of many must name it where it stands."""
    wanted = {*asked.reading.provinces, *asked.reading.parts}
    if not wanted:
        return 0.0
    told = {name for said in item.said for name in said.province.split(", ") if name} - {NATIONWIDE}
    if told:
        return 1.0 if told & wanted else -1.0
    if not wanted & {*item.provinces}:
        return -1.0
    here = fold(f"{near.before} {item.text} {item.heading} {item.title}")
    return 1.0 if len(item.provinces) == 1 or any(fold(name) in here for name in wanted) else -0.5


def _year(question: _Question, item: Evidence, near: _Around) -> float:
    """Whether a year that the question names is that of the document or of the sentence."""
    if not question.years:
        return 0.0
    if any(year in item.text for year in question.years):
        return 1.0
    if any(year > item.date for year in _YEAR.findall(item.text)):
        return -1.0
    return 0.5 if item.date[:4] in question.years else -1.0
