"""Put diacritics back into what was typed without them, by the words of the indexed text itself.

Viterbi's search for the likeliest reading under a bigram model of that text. Syllables that were typed with a mark
stay, and so do codes, figures, addresses and words that the text never uses. In a question that was typed with its
marks, a syllable without one is mostly meant to have none; where each of them is a word as it is, hardly anything
changes it.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.bigrams import END, TOKEN, Bigrams, Ids
from index.keyboard import from_keys, is_syllable
from index.vietnamese import CAPITALS, fold, strip_marks

# What may hold keys of an input method: letters, perhaps with digits among them.
_PIECE = re.compile(r"[^\W\d_]\w*+")
# Addresses, names of files, paths: typed as they are.
_ADDRESS = re.compile(
    r"\S+@\S+|(?:https?://|www\.)\S+|(?<!\w)/\S+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|gov|edu|info|pdf|docx?|xlsx?|pptx?|zip|rar|txt|html?|jpe?g|png)\b\S*",
    re.IGNORECASE,
)
# What only keys of an input method give: doubled letters, a w behind its vowel, figures in a word.
_STRONG_KEYS = re.compile(r"aa|ee|oo|dd|[aou]w|\d")
_LEAST_KEYS = 2
# A syllable that ends like this always carries a mark: without one, it was dropped.
_STOPPED = re.compile(r".*(?:c|ch|p|t)")
# A word that the text has this often with marks and never without does not go without.
_OFTEN = 20
# From this share of marked words on, a question was typed with its marks; from the other, with all of them.
_MARKED_SHARE, _WELL_MARKED_SHARE = 0.5, 0.7
# Shorter words that are none are more often foreign than mistyped.
_LEAST_MENDED, _LEAST_MENDED_BARE, _LEAST_PARTED = 4, 5, 6
_VOWEL = re.compile("[aeiouy]")  # letters without one are an abbreviation
_OTHER_TONGUE = re.compile("[bp]l|[bdgk]r")  # names of the highlands: Krông, Đrăng, Pleiku
_OPENING_DD = re.compile("DD[a-z]")  # Đ, typed in Telex with the shift key held
_CODE = re.compile(rf"[{CAPITALS}]|[{CAPITALS}]{{2,}}|.*[^\W_][{CAPITALS}].*|[{CAPITALS}]\d\w*")
# A marked reading of a syllable typed without marks, where hardly any mark is missing in the question.
_LEAST_DROPPED = 0.01
_BARE = frozenset(
    syllable
    for line in Path(__file__).with_name("bare_syllables.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for syllable in line.split()
)
# Who drops marks drops about every second one. That marks were dropped must be this much likelier than that none were.
_DROPPED, _MUCH_LIKELIER = math.log(1 / 2), math.log(5000)
# A word is likelier than letters that may be none, also where the text does not hold it.
_IS_WORD = math.log(1000)

# What a token may be read as: ids of forms with the log chance of being typed as it is.
_Weighed = list[tuple[int, float]]


class _Place(NamedTuple):
    """A token of the text, and what it may be read as."""

    start: int
    end: int
    typed: str
    readings: _Weighed
    is_open: bool


class Restorer:
    """Reads what was typed without diacritics, with keys of an input method, or with one slip."""

    def __init__(self, bigrams: Bigrams) -> None:
        self._bigrams = bigrams
        self._forms, self._ids, self._by_folded = bigrams.forms, bigrams.ids, bigrams.by_folded

    @classmethod
    def build(cls, texts: Iterable[str], generation: int = 0) -> "Restorer":
        """Learn the syllables and pairs of the texts."""
        return cls(Bigrams.build(texts, generation))

    @property
    def generation(self) -> int:
        """Of the catalog that it was learned from."""
        return self._bigrams.generation

    def restore(self, text: str, *, is_bare: bool = False) -> str:
        """The likeliest reading of a text in normal form, slips of the keys mended first; its letters' case stays.

        A bare text was typed without marks, whatever marks were put in since.
        """
        text = self._with_keys_read(text)
        places = self._places(text, is_bare=is_bare)
        _, numbers = self._best([place.readings for place in places])
        pieces, done = [], 0
        for place, number in zip(places, numbers, strict=True):
            if place.is_open and number >= 0:
                pieces += [text[done : place.start], _in_case_of(place.typed, self._forms[number])]
                done = place.end
        return "".join(pieces) + text[done:]

    def _with_keys_read(self, text: str) -> str:
        """Keys of Telex and VNI read as what they type, and missing spaces put back."""
        shouted = text.isupper()
        kept = [match.span() for match in _ADDRESS.finditer(text)]
        pieces = [match for match in _PIECE.finditer(text) if not _within(match.span(), kept)]
        open_pieces = [match for match in pieces if self._is_open(match.group(), shouted=shouted)]
        # One word that looks like keys may be a foreign one; several are an input method that was off.
        keyed = [match.group() for match in open_pieces if self._meant(match.group()) is not None]
        is_off = len(keyed) > 1 and any(_STRONG_KEYS.search(piece.lower()) for piece in keyed)
        written, done = [], 0
        for match in open_pieces:
            written += [text[done : match.start()], self._mended(match.group(), is_off=is_off)]
            done = match.end()
        return "".join(written) + text[done:]

    def _is_open(self, piece: str, *, shouted: bool) -> bool:
        folded = fold(piece)
        is_code = _CODE.fullmatch(piece) and not _OPENING_DD.match(piece) and not (shouted and piece.isalpha())
        return not (folded in self._by_folded or is_code or not _VOWEL.search(folded))

    def _mended(self, piece: str, *, is_off: bool) -> str:
        folded = fold(piece)
        if meant := self._meant(piece):
            # "Lee" and "Moon" are names; "Ddoongf" is none.
            is_name = piece.istitle() and len(piece) - len(meant) < _LEAST_KEYS
            strong = _STRONG_KEYS.search(piece.lower()) and not is_name
            return _in_case_of(piece, meant) if strong or is_off else piece
        if is_syllable(folded) or len(folded) < _LEAST_PARTED:
            return piece
        # What was typed with marks is Vietnamese; without any it could be foreign.
        is_whole = self._typed_apart if piece != strip_marks(piece) else self._bigrams.follow
        cuts = [
            (min(self._bigrams.weight(folded[:cut]), self._bigrams.weight(folded[cut:])), cut)
            for cut in range(1, len(folded))
            if is_whole(piece[:cut].lower(), piece[cut:].lower())
        ]
        weight, cut = max(cuts, default=(0, 0))
        return f"{piece[:cut]} {piece[cut:]}" if weight else piece

    def _typed_apart(self, left: str, right: str) -> bool:
        return left in self._ids and right in self._ids and is_syllable(fold(left)) and is_syllable(fold(right))

    def _meant(self, piece: str) -> str | None:
        """What the keys type, as the text knows it: with its marks, else without, for the neighbours to decide."""
        meant = from_keys(piece)
        if meant is None or meant in self._ids:
            return meant
        return fold(meant) if fold(meant) in self._by_folded else None

    def _places(self, text: str, *, is_bare: bool) -> list[_Place]:
        matches = list(TOKEN.finditer(text))
        tokens = [match.group() for match in matches]
        shouted = text.isupper()
        kept = [match.span() for match in _ADDRESS.finditer(text)]
        readings = [
            [] if _within(match.span(), kept) else self._open(match.group(), shouted=shouted) for match in matches
        ]
        are_words = not is_bare and self._are_words(tokens, readings)
        weighed = (self._doubted if are_words else self._allowed)(tokens, readings)
        return [
            _Place(match.start(), match.end(), token, found, bool(open_to))
            for match, token, found, open_to in zip(matches, tokens, weighed, readings, strict=True)
        ]

    def _are_words(self, tokens: Sequence[str], readings: Sequence[list[int]]) -> bool:
        """Whether some token has a mark, and each without one that the text knows with marks is a word as it is."""
        return any(map(_is_marked, tokens)) and not any(
            token.lower() not in _BARE
            and is_syllable(fold(token))
            and any(_is_marked(self._forms[number]) for number in found)
            for token, found in zip(tokens, readings, strict=True)
        )

    def _doubted(self, tokens: Sequence[str], readings: Sequence[list[int]]) -> list[_Weighed]:
        """Words as they were typed, unless the text is much likelier to have meant them with marks."""
        restored = [self._weighed(token, found, _DROPPED) for token, found in zip(tokens, readings, strict=True)]
        as_typed = list(restored)
        for place, token in enumerate(tokens):
            if token.lower() in _BARE:
                plain = self._bigrams.id_of(token)
                as_typed[place] = [(plain, 0.0 if plain >= 0 else _IS_WORD)]
                restored[place] = [*as_typed[place], *(one for one in restored[place] if one[0] != plain)]
        gain, loss = self._best(restored)[0] - self._best(as_typed)[0], sum(map(_is_marked, tokens)) * _DROPPED
        return restored if gain + loss > _MUCH_LIKELIER else as_typed

    def _allowed(self, tokens: Sequence[str], readings: list[list[int]]) -> list[_Weighed]:
        """What the other words leave of the readings of each, where marks may have been dropped."""
        share = _marked_share(tokens)
        if share >= _WELL_MARKED_SHARE:
            readings = [[] if self._is_whole(token) else found for token, found in zip(tokens, readings, strict=True)]
        if share >= _MARKED_SHARE:
            readings = [self._borne_out(tokens, readings, place) for place in range(len(tokens))]
        dropped = self._dropped(tokens, readings)
        return [self._weighed(token, found, dropped) for token, found in zip(tokens, readings, strict=True)]

    def _open(self, token: str, *, shouted: bool) -> list[int]:
        """The forms that a token could stand for; none where it stays as it is."""
        if not token.isalpha() or (_CODE.fullmatch(token) and not (shouted and token.isupper() and len(token) > 1)):
            return []
        folded = fold(token)
        if folded not in self._by_folded and not is_syllable(folded):
            # A capital makes it a name, which may be spelt in any way.
            return self._near(token, folded) if token.islower() else []
        return self._by_folded.get(folded, []) if token == strip_marks(token) else []

    def _is_whole(self, token: str) -> bool:
        """Whether the text has the word just as it was typed."""
        return token.lower() in self._ids

    def _borne_out(self, tokens: Sequence[str], readings: Sequence[list[int]], place: int) -> list[int]:
        """Readings of a word without marks in a question that has them: those that the text has beside a neighbour.

        A word that the text also has without marks, or often with them, or that cannot be without one, keeps them all.
        """
        token, found = tokens[place], readings[place]
        folded = fold(token)
        if token != strip_marks(token) or folded in self._ids or not is_syllable(folded) or _STOPPED.fullmatch(folded):
            return found
        if self._bigrams.weight(folded) >= _OFTEN:
            return found
        left = self._forms_of(tokens, readings, place - 1)
        right = self._forms_of(tokens, readings, place + 1)
        return [
            number
            for number in found
            if any(self._bigrams.are_neighbours(other, number) for other in left)
            or any(self._bigrams.are_neighbours(number, other) for other in right)
        ]

    def _forms_of(self, tokens: Sequence[str], readings: Sequence[list[int]], place: int) -> list[int]:
        if not 0 <= place < len(tokens) or not tokens[place].isalpha():
            return []
        plain = self._ids.get(tokens[place].lower())
        return readings[place] or ([] if plain is None else [plain])

    def _near(self, token: str, folded: str) -> list[int]:
        """Forms one slip away from what is no word; of one typed with marks, those that begin alike and keep them."""
        least = _LEAST_MENDED_BARE if token == folded else _LEAST_MENDED
        if len(folded) < least or not _VOWEL.search(folded) or _OTHER_TONGUE.match(folded):
            return []
        near = sorted(number for other in _one_slip_away(folded) for number in self._by_folded.get(other, ()))
        if token == folded:
            return near
        slips = _one_slip_away(token, alphabet="")
        return [
            number
            for number in near
            if self._forms[number] in slips
            or (self._forms[number][0] == token[0] and _marks(self._forms[number]) == _marks(token))
        ]

    def _dropped(self, tokens: Sequence[str], open_words: Sequence[Sequence[int]]) -> float:
        """The log chance that the writer leaves a mark out, from the syllables that should carry one and do not."""
        marked = sum(map(_is_marked, tokens))
        missing = 0.0
        for token, readings in zip(tokens, open_words, strict=True):
            counts = sum(int(self._bigrams.counts[number]) for number in readings)
            plain = self._ids.get(token.lower())
            missing += (
                1 - int(self._bigrams.counts[plain]) / counts if readings and plain is not None else bool(readings)
            )
        return math.log(max(_LEAST_DROPPED, missing / (missing + marked) if missing + marked else 1.0))

    def _weighed(self, token: str, readings: Sequence[int], dropped: float) -> _Weighed:
        if not readings:
            return [(self._bigrams.id_of(token), 0.0)]
        plain = token.lower()
        return [(number, 0.0 if self._forms[number] == plain else dropped) for number in readings]

    def _best(self, places: Sequence[_Weighed]) -> tuple[float, list[int]]:
        """Viterbi's search; the log chance and ids of the likeliest readings, -1 for a token that the text lacks."""
        before = np.array([END], np.int64)
        scores = np.zeros(1)
        steps: list[tuple[Ids, Ids]] = []
        for readings in [*places, [(END, 0.0)]]:
            here = np.array([number for number, _ in readings], np.int64)
            reached = scores[:, None] + self._bigrams.log_chances(before, here)
            best = reached.argmax(axis=0)
            scores = reached[best, np.arange(len(here))] + np.array([weight for _, weight in readings])
            steps.append((here, best))
            before = here
        path, at = [], 0
        for here, best in reversed(steps):
            path.append(int(here[at]))
            at = int(best[at])
        return float(scores[0]), path[:0:-1]

    def save(self, file: Path) -> None:
        """Write what was learned; a reader sees the old file or the new one."""
        self._bigrams.save(file)

    @classmethod
    def load(cls, file: Path, generation: int) -> "Restorer | None":
        """What was learned from that generation, or None when there is nothing that can be read."""
        bigrams = Bigrams.load(file, generation)
        return cls(bigrams) if bigrams else None


def _within(span: tuple[int, int], kept: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in kept)


def _marked_share(tokens: Sequence[str]) -> float:
    """Of the words, those that carry a mark; well-written Vietnamese has about four of five."""
    typed = [token for token in tokens if token.isalpha()]
    return sum(map(_is_marked, typed)) / len(typed) if typed else 0.0


def _is_marked(word: str) -> bool:
    return word != strip_marks(word)


def _marks(word: str) -> list[str]:
    """The marks of a word, in order, those of its letters and its tone."""
    return [char for char in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")) if unicodedata.combining(char)]


def _one_slip_away(word: str, alphabet: str = "abcdeghiklmnopqrstuvxy") -> set[str]:
    """Words that differ by one letter left out, exchanged with its neighbour, or (of `alphabet`) put in or another."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    slips = {left + right[1:] for left, right in halves if right}
    slips |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    slips |= {left + letter + right[1:] for left, right in halves if right for letter in alphabet}
    slips |= {left + letter + right for left, right in halves for letter in alphabet}
    return slips - {word}


def _in_case_of(typed: str, reading: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return reading.upper()
    return reading.capitalize() if typed[0].isupper() else reading
