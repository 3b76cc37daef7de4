"""Which sentence of the evidence each part of a sentence rests on, and which word on which."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.evidence import Evidence
from bot.verify_text import Party, Read, Token, read
from bot.verify_words import class_of, function_phrases, function_words, pattern
from bot.verify_writing import Pairs, learned, one_writing, units
from index.records import Statement

_SWITCH_COST = 1.5
_LIGHT, _OF_PARTY, _OF_FIGURE = 0.15, 0.25, 3.0
_NEAR = 4
# A reason or an aim belongs to what it is given for.
_FIGURE = re.compile(r"\d[\d.,/]*%?|\d+(?:/\d{4})?/.+")
MEASURES = frozenset(
    [
        "đồng",
        "usd",
        "%",
        "phút",
        "ngày",
        "tháng",
        "lần",
        "điểm",
        "bậc",
        "ha",
        "m",
        "mét",
        "tấn",
        "kg",
        "kwh",
        "gb",
        "mbps",
    ]
)
_SEVERAL = frozenset({"các", "những", "mọi", "bộ"})
_BELONGS = re.compile(r"\W*(?:vì(?! thế| vậy)|do(?! đó| vậy)|bởi(?! thế| vậy)|nhờ(?! đó)|nguyên nhân|lý do|để|nhằm)\b")
_NEW_STATE = re.compile(
    r"[;.!?]|,\s*(?:vì|do|bởi|nhưng|song|tuy nhiên|còn|trong khi|nếu|riêng|phần|nguyên nhân|hiện)\b"
    r"|,\s*(?:sau|đổi|đây)$|\s(?:vì|nhưng|nếu)$"
)

_SINCE = re.compile(r",\s*$|(?:^|[,;.] )(?:vì|do|bởi|nhờ)(?!\w)[^;.]*$")
_THEN = re.compile(r" (?:có thể|đã|chưa|sẽ|vẫn|mới|cần|phải|đang|rất)(?!\w)")
_PUNCTUATION = re.compile(r"[;:.!?,()“”\"]\s*\w")
_JOIN = re.compile(r"[;:.!?,()“”\"]\s*\w|(?<!\w)(?:và|cùng|còn|kèm)$")


def is_figure(token: Token) -> bool:
    """Whether a token is a figure, a date or a document's number; 5G is a word."""
    return bool(_FIGURE.fullmatch(token.word))


@dataclass(frozen=True)
class Mark:
    """A phrase of `verify.toml`: its class, and the tokens `first` up to `stop`."""

    kind: str
    phrase: str
    first: int
    stop: int


class Words:
    """A text as read, with what the verifier sees in it."""

    def __init__(self, text: str, own: Pairs, known: tuple[Party, ...] = ()) -> None:
        self.read: Read = read(text, own, known)
        self.tokens: tuple[Token, ...] = self.read.tokens
        self.parties: tuple[Party, ...] = self.read.parties
        self._marks: dict[str, tuple[Mark, ...]] = {}

    def marks(self, section: str) -> tuple[Mark, ...]:
        """The phrases of a section outside of names, in order."""
        if section not in self._marks:
            self._marks[section] = tuple(self._found(section))
        return self._marks[section]

    def _found(self, section: str) -> Iterable[Mark]:
        starts = {token.start: number for number, token in reversed(list(enumerate(self.tokens)))}
        for match in pattern(section).finditer(self.read.text):
            phrase = match.group().lower()
            kind = class_of(section)[phrase]
            first = starts.get(match.start())
            is_other = kind == "none" or self._is_noun(phrase, first or 0) or self._is_therefore(phrase, *match.span())
            if first is None or self.tokens[first].is_party or is_other:
                continue
            stop = first
            while stop < len(self.tokens) and self.tokens[stop].start < match.end():
                stop += 1
            yield Mark(kind, phrase, first, stop)

    def _is_therefore(self, phrase: str, start: int, end: int) -> bool:
        """`Vì …, nên`, `nên đã`: what follows, not what ought to be."""
        text = self.read.text.lower()
        return phrase == "nên" and bool(_SINCE.search(text[:start]) or _THEN.match(text[end:]))

    def is_content(self, word: str) -> bool:
        """Whether a word stands in the text with weight of its own."""
        return any(self.content[at] for at in self.places.get(word, ()))

    def _is_noun(self, phrase: str, first: int) -> bool:
        """`6 kiến nghị`, `các yêu cầu`."""
        before = self.tokens[first - 1] if first else None
        is_next = before and not self.read.text[before.end : self.tokens[first].start].strip()
        return bool(
            before and is_next and phrase in class_of("speech") and (before.word.isdigit() or before.word in _SEVERAL)
        )

    @cached_property
    def content(self) -> tuple[bool, ...]:
        """Of each token, whether it has weight: no figure, name, operator, word of saying or function word."""
        marked = {
            number
            for section in ("operators", "speech", "quantifiers", "bounds")
            for mark in self.marks(section)
            for number in range(mark.first, mark.stop)
        }
        light = function_words()
        phrases = [match.span() for match in function_phrases().finditer(self.read.text)]
        after = [False, *map(is_figure, self.tokens)]
        marked |= {number for number, token in enumerate(self.tokens) if after[number] and token.word in MEASURES}
        marked |= {
            number
            for number, token in enumerate(self.tokens)
            if token.is_party
            or is_figure(token)
            or token.word in light
            or any(a <= token.start < b for a, b in phrases)
        }
        return tuple(number not in marked for number in range(len(self.tokens)))

    @cached_property
    def stretch(self) -> tuple[int, ...]:
        """Of each token, the number of the stretch within which negation and modality go on."""
        return tuple(self._numbered(_NEW_STATE))

    @cached_property
    def piece(self) -> tuple[int, ...]:
        """Of each token, the number of the piece between marks of punctuation."""
        return tuple(self._numbered(_PUNCTUATION))

    @cached_property
    def chunk(self) -> tuple[int, ...]:
        """Of each token, the number of the piece between marks of punctuation and `và`."""
        return tuple(self._numbered(_JOIN))

    def _numbered(self, boundary: re.Pattern[str]) -> Iterable[int]:
        number, last = 0, None
        for token in self.tokens:
            if last and last.word != "thay":  # thay vì
                number += bool(boundary.search(self.read.text[last.end : token.end].lower()))
            yield number
            last = token

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, token in enumerate(self.tokens):
            is_of_name = token.is_party and self.read.text[token.start : token.end].lower() != token.word
            if not is_of_name:  # the words of TT&TT in Bộ TT&TT say nothing of communication
                found[token.word].append(number)
        return found


@dataclass(frozen=True)
class Unit:
    """A sentence of the evidence, with the statements that it is of."""

    words: Words
    evidence: Evidence
    said: tuple[Statement, ...]


@dataclass(frozen=True)
class Aligned:
    """A sentence laid on the evidence: of each token the unit it rests on and the place there (None: nowhere)."""

    words: Words
    units: tuple[Unit, ...]
    unit_of: tuple[int, ...]
    place_of: tuple[int | None, ...]
    used: tuple[int, ...] = field(default=())

    @property
    def copied(self) -> float:
        """Of each two neighbours, how many stand side by side there too."""
        number = len(self.words.tokens) - 1
        return sum(self._is_copied(at) for at in range(number)) / max(1, number)

    def _is_copied(self, at: int) -> bool:
        one, other = self.place_of[at], self.place_of[at + 1]
        return one is not None and other == one + 1 and self.unit_of[at] == self.unit_of[at + 1]

    def unit(self, number: int) -> Unit:
        """The unit on which a token rests."""
        return self.units[self.unit_of[number]]


def lay(sentence: str, evidence: Sequence[Evidence]) -> Aligned:
    """Lay a sentence on the evidence: each stretch of clauses on the one unit that holds most of it."""
    own = learned(sentence, [item.text for item in evidence])
    known = tuple(party for item in evidence for party in _known(item))
    found = tuple(unit for item in evidence for unit in _units(item, own, known))
    words = Words(sentence, own, known)
    unit_of = _chosen(words, found)
    place_of = tuple(
        _place(words, number, found[unit_of[number]].words, unit_of) for number in range(len(words.tokens))
    )
    return Aligned(words, found, unit_of, place_of, tuple(dict.fromkeys(unit_of)))


def _known(evidence: Evidence) -> Iterable[Party]:
    """The speakers that the register names."""
    for name, title in {(one.speaker, one.title) for one in evidence.said if len(one.speaker.split()) > 1}:
        found = read(name).parties
        is_person = title or (found and found[0].name) or not found
        line = one_writing(name)
        yield Party(0, len(line), name=line) if is_person else Party(0, len(line), unit=line)


def _units(evidence: Evidence, own: Pairs, known: tuple[Party, ...]) -> Iterable[Unit]:
    for text in units(evidence.text):
        said = tuple(one for one in evidence.said if one.text in text or text in one.text or len(evidence.said) == 1)
        yield Unit(Words(text, own, known), evidence, said)


def _chosen(words: Words, found: Sequence[Unit]) -> tuple[int, ...]:
    """The unit of each token: the fewest words that their unit lacks, with a price for every change of unit."""
    missing: list[list[float]] = []
    fixed: list[bool] = []
    end = 0
    for number, token in enumerate(words.tokens):
        if number == 0 or token.clause != words.tokens[number - 1].clause:
            missing.append([0.0] * len(found))
            fixed.append(bool(_BELONGS.match(words.read.text[end:].lower())))
        weight = 1.0 if words.content[number] else _weight_of(token)
        for place, unit in enumerate(found):
            missing[-1][place] += 0.0 if token.word in unit.words.places else weight
        end = token.end
    path = _cheapest(missing, fixed)
    clauses: dict[int, int] = {}
    return tuple(path[clauses.setdefault(token.clause, len(clauses))] for token in words.tokens)


def _weight_of(token: Token) -> float:
    """Of a token without weight of its own, how much speaks against a unit that lacks it."""
    if is_figure(token):
        return _OF_FIGURE
    return _OF_PARTY if token.is_party else _LIGHT


def _cheapest(costs: Sequence[Sequence[float]], fixed: Sequence[bool]) -> list[int]:
    total = list(costs[0])
    back: list[list[int]] = []
    for cost, is_fixed in zip(costs[1:], fixed[1:], strict=True):
        best = min(range(len(total)), key=total.__getitem__)
        switch = float("inf") if is_fixed else _SWITCH_COST
        came = [best if total[best] + switch < total[place] else place for place in range(len(total))]
        total = [total[source] + (0 if source == place else switch) + cost[place] for place, source in enumerate(came)]
        back.append(came)
    path = [min(range(len(total)), key=total.__getitem__)]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _beside(words: Words, number: int, there: Words, place: int) -> bool:
    """Whether a neighbour stands beside it there too."""
    return any(
        0 <= number + step < len(words.tokens)
        and 0 <= place + step < len(there.tokens)
        and words.tokens[number + step].word == there.tokens[place + step].word
        for step in (-1, 1)
    )


def _place(words: Words, number: int, there: Words, unit_of: Sequence[int]) -> int | None:
    """The same word in the unit whose neighbours are most alike."""
    candidates = there.places.get(words.tokens[number].word, ())
    if words.content[number]:  # a syllable of another word is not the same word
        candidates = [place for place in candidates if there.content[place] or _beside(words, number, there, place)]
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    near = [
        (step, words.tokens[number + step].word)
        for step in range(-_NEAR, _NEAR + 1)
        if step and 0 <= number + step < len(words.tokens) and unit_of[number + step] == unit_of[number]
    ]

    def alike(place: int) -> float:
        around = {
            there.tokens[at].word: at - place
            for at in range(max(0, place - 2 * _NEAR), min(len(there.tokens), place + 2 * _NEAR + 1))
        }
        return sum(1 / (1 + abs(around[word] - step)) for step, word in near if word in around)

    return max(candidates, key=alike)
