"""Put diacritics back into what was typed without them, by the words of the indexed text itself.

A bigram model over syllables (Witten-Bell smoothing; Chen & Goodman 1999, section 2.5) and Viterbi's search for the
likeliest reading. Syllables that were typed with a mark, codes, figures and words that the text never uses stay.
"""

import itertools
import math
import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.keyboard import from_keys, is_syllable
from index.vietnamese import CAPITALS, fold, normal_form, strip_marks

# A syllable, letters with figures, a figure (which stands for any other), or the end of a stretch of text.
_TOKEN = re.compile(r"[^\W\d_]+\d\w*|[^\W\d_]+|\d[\w.,/]*|[.!?;:\n()\"]")
# What may hold keys of an input method: letters, perhaps with digits among them;
# not part of an address.
_PIECE = re.compile(r"(?<![\w@./:-])[^\W\d_]\w*+(?![@/]|\.\w)")
# Shorter words that are none are more often foreign than mistyped.
_LEAST_MENDED, _LEAST_PARTED = 4, 6
_VOWEL = re.compile("[aeiouy]")  # letters without one are an abbreviation
_END, _FIGURE = 0, 1
_RESERVED = ("\n", "0")
_CODE = re.compile(rf"[{CAPITALS}]|[{CAPITALS}]{{2,}}|.*[^\W_][{CAPITALS}].*|[{CAPITALS}]\d\w*")
# A marked reading of a syllable typed without marks, where hardly any mark is missing in the question.
_LEAST_DROPPED = 0.01
# Chance of a syllable that the text does not hold.
_UNSEEN = 1e-7
# Pairs seen once are the first to go where there are more than this: 4 million take some 48 MB.
_MOST_PAIRS = 3_000_000
_FORMAT = 1

Ids = npt.NDArray[np.int64]


class _Place(NamedTuple):
    """A token of the text, and what it may be read as: ids of forms with the log chance of being typed as it is."""

    start: int
    end: int
    typed: str
    readings: list[tuple[int, float]]
    is_open: bool


class _Vocabulary(dict[str, tuple[int, ...]]):
    """The ids of what stands between two spaces; each such piece is taken apart once."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = {form: number for number, form in enumerate(_RESERVED)}

    def __missing__(self, piece: str) -> tuple[int, ...]:
        forms = map(_token_form, _TOKEN.findall(normal_form(piece)))
        found = tuple(self.ids.setdefault(form, len(self.ids)) for form in forms)
        self[piece] = found
        return found


class Restorer:
    """Counts of syllables and of pairs of neighbours; `forms[i]` is the lower-case syllable with the id i."""

    def __init__(self, forms: Sequence[str], counts: Ids, pairs: Ids, pair_counts: Ids, generation: int) -> None:
        """`pairs` holds `left * len(forms) + right`, ascending."""
        self.generation = generation
        self._forms = list(forms)
        self._ids = {form: number for number, form in enumerate(self._forms)}
        self._counts = counts
        self._pairs = pairs
        self._pair_counts = pair_counts
        self._total = float(counts.sum()) or 1.0
        lefts = pairs // len(self._forms)
        self._followers = np.bincount(lefts, minlength=len(self._forms))
        # A pair that was pruned still followed its left syllable.
        self._begun = np.bincount(lefts, weights=pair_counts, minlength=len(self._forms))
        self._by_folded: dict[str, list[int]] = {}
        for number in range(len(_RESERVED), len(self._forms)):
            self._by_folded.setdefault(strip_marks(self._forms[number]), []).append(number)

    @classmethod
    def build(cls, texts: Iterable[str], generation: int = 0) -> "Restorer":
        """Count the syllables and pairs of the texts."""
        vocabulary = _Vocabulary()
        stretches = [np.array([_END], np.int64)]
        for text in texts:
            for line in text.split("\n"):
                ids = itertools.chain.from_iterable(map(vocabulary.__getitem__, line.split()))
                stretches.append(np.fromiter(itertools.chain(ids, (_END,)), np.int64))
        every = np.concatenate(stretches)
        size = len(vocabulary.ids)
        keys, pair_counts = np.unique(every[:-1] * size + every[1:], return_counts=True)
        if len(keys) > _MOST_PAIRS:
            keep = np.sort(np.argpartition(-pair_counts, _MOST_PAIRS)[:_MOST_PAIRS])
            keys, pair_counts = keys[keep], pair_counts[keep]
        return cls(list(vocabulary.ids), np.bincount(every, minlength=size), keys, pair_counts, generation)

    def restore(self, text: str) -> str:
        """The likeliest reading of a text in normal form, slips of the keys mended first; its letters' case stays."""
        shouted = text.isupper()
        text = _PIECE.sub(lambda match: self._mended(match.group(), shouted=shouted), text)
        places = self._places(text)
        pieces, done = [], 0
        for place, number in zip(places, self._best([place.readings for place in places]), strict=True):
            if place.is_open:
                pieces += [text[done : place.start], _in_case_of(place.typed, self._forms[number])]
                done = place.end
        return "".join(pieces) + text[done:]

    def knows(self, folded: str) -> bool:
        """Whether the indexed text holds the syllable, with whatever marks."""
        return folded in self._by_folded

    def _places(self, text: str) -> list[_Place]:
        matches = list(_TOKEN.finditer(text))
        tokens = [match.group() for match in matches]
        shouted = not any(token.islower() for token in tokens)
        readings = [self._open(token, shouted=shouted) for token in tokens]
        dropped = self._dropped(tokens, readings)
        return [
            _Place(match.start(), match.end(), token, self._weighed(token, found, dropped), bool(found))
            for match, token, found in zip(matches, tokens, readings, strict=True)
        ]

    def _mended(self, piece: str, *, shouted: bool) -> str:
        """Telex and VNI keys as the syllable meant, and a missing space put back, where the text knows the outcome."""
        folded = fold(piece)
        is_code = _CODE.fullmatch(piece) and not (shouted and piece.isalpha())
        if folded in self._by_folded or is_code or not _VOWEL.search(folded):
            return piece
        meant = from_keys(piece)
        if meant in self._ids:
            return _in_case_of(piece, meant)
        if meant and fold(meant) in self._by_folded:
            return _in_case_of(piece, fold(meant))  # the keys are certain, the marks are not: the neighbours decide
        if is_syllable(folded) or len(folded) < _LEAST_PARTED:
            return piece
        cuts = [
            (min(self._weight(folded[:cut]), self._weight(folded[cut:])), cut)
            for cut in range(2, len(folded) - 1)
            if is_syllable(folded[:cut]) and is_syllable(folded[cut:])
        ]
        weight, cut = max(cuts, default=(0, 0))
        return f"{piece[:cut]} {piece[cut:]}" if weight else piece

    def _weight(self, folded: str) -> int:
        """How often the text holds the syllable, with whatever marks."""
        return sum(int(self._counts[number]) for number in self._by_folded.get(folded, ()))

    def _open(self, token: str, *, shouted: bool) -> list[int]:
        """The forms that a token could stand for; none where it stays as it is."""
        if not token.isalpha() or (_CODE.fullmatch(token) and not (shouted and token.isupper() and len(token) > 1)):
            return []
        folded = fold(token)
        if folded not in self._by_folded and not is_syllable(folded):
            # A capital makes it a name, which may be spelt in any way.
            return self._near(token, folded) if token.islower() else []
        return self._by_folded.get(folded, []) if token == strip_marks(token) else []

    def _near(self, token: str, folded: str) -> list[int]:
        """Forms one slip away from what is no word; of one typed with marks, those that keep them if there are any."""
        if len(folded) < _LEAST_MENDED or not _VOWEL.search(folded):
            return []
        near = sorted(number for other in _one_slip_away(folded) for number in self._by_folded.get(other, ()))
        if token == folded:
            return near
        slips = set(_one_slip_away(token, alphabet=""))
        return [number for number in near if self._forms[number] in slips] or near

    def _dropped(self, tokens: Sequence[str], open_words: Sequence[Sequence[int]]) -> float:
        """How likely the writer leaves a mark out: of the syllables that should carry one, those that do not."""
        marked = sum(token != strip_marks(token) for token in tokens)
        missing = 0.0
        for token, readings in zip(tokens, open_words, strict=True):
            counts = sum(int(self._counts[number]) for number in readings)
            plain = self._ids.get(token.lower())
            missing += 1 - int(self._counts[plain]) / counts if readings and plain is not None else bool(readings)
        return max(_LEAST_DROPPED, missing / (missing + marked) if missing + marked else 1.0)

    def _weighed(self, token: str, readings: Sequence[int], dropped: float) -> list[tuple[int, float]]:
        if not readings:
            return [(self._ids.get(_token_form(token), -1), 0.0)]
        plain = token.lower()
        return [(number, 0.0 if self._forms[number] == plain else math.log(dropped)) for number in readings]

    def _best(self, places: Sequence[list[tuple[int, float]]]) -> list[int]:
        """Viterbi's search; the ids of the likeliest readings, -1 where a token is none of the text's."""
        before = np.array([_END], np.int64)
        scores = np.zeros(1)
        steps: list[tuple[Ids, Ids]] = []
        for readings in [*places, [(_END, 0.0)]]:
            here = np.array([number for number, _ in readings], np.int64)
            reached = scores[:, None] + self._log_chances(before, here)
            best = reached.argmax(axis=0)
            scores = reached[best, np.arange(len(here))] + np.array([weight for _, weight in readings])
            steps.append((here, best))
            before = here
        path, at = [], 0
        for here, best in reversed(steps):
            path.append(int(here[at]))
            at = int(best[at])
        return path[:0:-1]

    def _log_chances(self, left: Ids, right: Ids) -> npt.NDArray[np.float64]:
        """`log P(right | left)`, shape `(len(left), len(right))`."""
        alone = np.where(right < 0, _UNSEEN, np.maximum(self._counts[right] / self._total, _UNSEEN))
        keys = left[:, None] * len(self._forms) + right[None, :]
        places = np.minimum(np.searchsorted(self._pairs, keys), max(len(self._pairs) - 1, 0))
        known = (
            (self._pairs[places] == keys) & (left >= 0)[:, None] & (right >= 0)[None, :] if len(self._pairs) else False
        )
        together = np.where(known, self._pair_counts[places] if len(self._pairs) else 0, 0)
        begun = np.where(left < 0, 0, self._begun[left])[:, None]
        followers = np.where(left < 0, 1, np.maximum(self._followers[left], 1))[:, None]
        chances: npt.NDArray[np.float64] = np.log((together + followers * alone[None, :]) / (begun + followers))
        return chances

    def save(self, file: Path) -> None:
        """Write beside the place, then move in: a reader sees the old model or the new one."""
        draft = file.with_name(f"{file.name}.new")
        with draft.open("wb") as opened:
            np.savez(
                opened,
                format=np.array([_FORMAT, self.generation]),
                forms=np.frombuffer("\x00".join(self._forms).encode(), np.uint8),
                counts=self._counts,
                pairs=self._pairs,
                pair_counts=self._pair_counts.astype(np.int32),
            )
        draft.replace(file)

    @classmethod
    def load(cls, file: Path, generation: int) -> "Restorer | None":
        """The saved model of that generation, or None when there is none that can be read."""
        try:
            with np.load(file, allow_pickle=False) as saved:
                if list(saved["format"]) != [_FORMAT, generation]:
                    return None
                forms = saved["forms"].tobytes().decode().split("\x00")
                return cls(forms, saved["counts"], saved["pairs"], saved["pair_counts"], generation)
        except (OSError, EOFError, ValueError, KeyError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            return None


def _one_slip_away(word: str, alphabet: str = "abcdeghiklmnopqrstuvxy") -> set[str]:
    """Words that differ by one letter left out, put in, exchanged with its neighbour, or (of `alphabet`) another."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    slips = {left + right[1:] for left, right in halves if right}
    slips |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    slips |= {left + letter + right[1:] for left, right in halves if right for letter in alphabet}
    slips |= {left + letter + right for left, right in halves for letter in alphabet}
    return slips - {word}


def _token_form(token: str) -> str:
    if token[0].isalpha():
        return token.lower()
    return _RESERVED[_FIGURE if token[0].isdigit() else _END]


def _in_case_of(typed: str, reading: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return reading.upper()
    return reading.capitalize() if typed[0].isupper() else reading
