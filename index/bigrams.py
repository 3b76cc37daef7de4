"""How often syllables, and pairs of neighbours, come in the indexed text: what restoring diacritics goes by.

Chances with Witten-Bell smoothing (Chen & Goodman 1999, section 2.5, doi:10.1006/csla.1999.0128).
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.derived import Arrays, load_arrays, packed, save_arrays
from index.vietnamese import normal_form, strip_marks

# A syllable, letters with figures, a figure (which stands for any other), or the end of a stretch of text.
TOKEN = re.compile(r"[^\W\d_]+\d\w*|[^\W\d_]+|\d[\w.,/]*|[.!?;:\n()\"]")
END, _FIGURE = 0, 1
_RESERVED = ("\n", "0")
# Chance of a syllable that the text does not hold.
_UNSEEN = 1e-7
# Pairs seen once are the first to go where there are more than this: they take some 36 MB.
_MOST_PAIRS = 3_000_000
_FORMAT = 1
_SIZE_BYTES = 4
# A pair is one number: the left syllable's id above these bits, the right one's below.
_SHIFT = 32

Ids = npt.NDArray[np.int64]


class _Numbers(dict[str, int]):
    """A number for every form, in the order in which they are first asked for."""

    def __init__(self, forms: Iterable[str]) -> None:
        super().__init__((form, number) for number, form in enumerate(forms))

    def __missing__(self, form: str) -> int:
        number = self[form] = len(self)
        return number


class _Vocabulary(dict[str, tuple[int, ...]]):
    """The ids of what stands between two spaces; each such piece is taken apart once."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = _Numbers(_RESERVED)

    def __missing__(self, piece: str) -> tuple[int, ...]:
        forms = map(_token_form, TOKEN.findall(normal_form(piece)))
        found = tuple(map(self.ids.__getitem__, forms))
        self[piece] = found
        return found


class Bigrams:
    """Counts of syllables and of pairs of neighbours; `forms[i]` is the lower-case syllable with the id i."""

    def __init__(self, forms: Sequence[str], counts: Ids, pairs: Ids, pair_counts: Ids, generation: int) -> None:
        """`pairs` holds `left * len(forms) + right`, ascending."""
        self.generation = generation
        self.forms = list(forms)
        self.ids = {form: number for number, form in enumerate(self.forms)}
        self.counts = counts
        self._pairs = pairs
        self._pair_counts = pair_counts
        self._total = float(counts.sum()) or 1.0
        lefts = pairs // len(self.forms)
        self._followers = np.bincount(lefts, minlength=len(self.forms))
        # A pair that was pruned still followed its left syllable.
        self._begun = np.bincount(lefts, weights=pair_counts, minlength=len(self.forms))
        self.by_folded: dict[str, list[int]] = {}
        for number in range(len(_RESERVED), len(self.forms)):
            self.by_folded.setdefault(strip_marks(self.forms[number]), []).append(number)

    @classmethod
    def build(cls, texts: Iterable[str], generation: int = 0) -> "Bigrams":
        """Count the syllables and pairs of the texts."""
        return cls.of_counts(map(count_pairs, texts), generation)

    @classmethod
    def of_counts(cls, counted: Iterable[bytes], generation: int = 0) -> "Bigrams":
        """Put together what `count_pairs` found in each text."""
        ids = _Numbers(_RESERVED)
        found: list[tuple[Ids, Ids]] = []
        for one in counted:
            size = int.from_bytes(one[:_SIZE_BYTES], "little")
            forms = one[_SIZE_BYTES : _SIZE_BYTES + size].decode().split("\x00") if size else []
            places = np.fromiter(map(ids.__getitem__, (*_RESERVED, *forms)), np.int64)
            rows = np.frombuffer(one, np.uint32, offset=_SIZE_BYTES + size).reshape(-1, 3)
            found.append(((places[rows[:, 0]] << _SHIFT) + places[rows[:, 1]], rows[:, 2].astype(np.int64)))
        every = np.concatenate([keys for keys, _ in found]) if found else np.array([], np.int64)
        weights = np.concatenate([counts for _, counts in found]) if found else every
        order = np.argsort(every)
        every = every[order]
        starts = np.flatnonzero(np.append(True, every[1:] != every[:-1])[: len(every)])
        keys = every[starts]
        pair_counts = np.add.reduceat(weights[order], starts) if len(starts) else every
        lefts, rights = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
        counts = np.bincount(rights, weights=pair_counts, minlength=len(ids)).astype(np.int64)
        counts[END] += 1  # before the first line
        pairs = lefts * len(ids) + rights
        if len(pairs) > _MOST_PAIRS:
            keep = np.sort(np.argpartition(-pair_counts, _MOST_PAIRS)[:_MOST_PAIRS])
            pairs, pair_counts = pairs[keep], pair_counts[keep]
        return cls(list(ids), counts, pairs, pair_counts, generation)

    def id_of(self, token: str) -> int:
        """The id of a token as it was typed; -1 when the text does not hold it."""
        return self.ids.get(_token_form(token), -1)

    def follow(self, left: str, right: str) -> bool:
        """Whether the text has the two folded syllables one behind the other, with whatever marks."""
        return any(
            self.are_neighbours(first, second)
            for first in self.by_folded.get(left, ())
            for second in self.by_folded.get(right, ())
        )

    def are_neighbours(self, left: int, right: int) -> bool:
        """Whether the text has the two forms one behind the other."""
        key = left * len(self.forms) + right
        place = int(np.searchsorted(self._pairs, key))
        return place < len(self._pairs) and int(self._pairs[place]) == key

    def weight(self, folded: str) -> int:
        """How often the text holds the syllable, with whatever marks."""
        return sum(int(self.counts[number]) for number in self.by_folded.get(folded, ()))

    def log_chances(self, left: Ids, right: Ids) -> npt.NDArray[np.float64]:
        """`log P(right | left)`, shape `(len(left), len(right))`."""
        alone = np.where(right < 0, _UNSEEN, np.maximum(self.counts[right] / self._total, _UNSEEN))
        keys = left[:, None] * len(self.forms) + right[None, :]
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
        """Keep it in a file."""
        save_arrays(
            file,
            _FORMAT,
            self.generation,
            {
                "forms": packed(self.forms, "\x00"),
                "counts": self.counts,
                "pairs": self._pairs,
                "pair_counts": self._pair_counts.astype(np.int32),
            },
        )

    @classmethod
    def load(cls, file: Path, generation: int) -> "Bigrams | None":
        """The saved model of that generation, or None when there is none that can be read."""

        def make(saved: Arrays) -> Bigrams:
            forms = saved["forms"].tobytes().decode().split("\x00")
            return cls(forms, saved["counts"], saved["pairs"], saved["pair_counts"], generation)

        return load_arrays(file, _FORMAT, generation, make)


def count_pairs(text: str) -> bytes:
    """The syllables of a text and how often each follows another, as the catalog keeps them.

    The length of the syllables in bytes, the syllables joined by NUL, then rows of three: left, right, count.
    """
    vocabulary = _Vocabulary()
    stretches = [np.array([END], np.int64)]
    for line in text.split("\n"):
        ids = itertools.chain.from_iterable(map(vocabulary.__getitem__, line.split()))
        stretches.append(np.fromiter(itertools.chain(ids, (END,)), np.int64))
    every = np.concatenate(stretches)
    keys, counts = np.unique((every[:-1] << _SHIFT) + every[1:], return_counts=True)
    rows = np.stack([keys >> _SHIFT, keys & ((1 << _SHIFT) - 1), counts], axis=1).astype(np.uint32)
    forms = "\x00".join(list(vocabulary.ids)[len(_RESERVED) :]).encode()
    return len(forms).to_bytes(_SIZE_BYTES, "little") + forms + rows.tobytes()


def _token_form(token: str) -> str:
    if token[0].isalpha():
        return token.lower()
    return _RESERVED[_FIGURE if token[0].isdigit() else END]
