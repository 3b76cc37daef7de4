"""The lexical index: BM25 over folded words and neighbouring pairs, derived from the terms that the catalog keeps.

Terms are counted once, when a passage is stored, and an index is brought up to date by the passages that came and
went, so that one changed document costs little. (No library at hand can take a document out again.)
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.derived import Arrays, load_arrays, packed, save_arrays
from index.vietnamese import search_terms

_K1, _B = 0.9, 0.4  # Anserini's defaults, best here too
# What a term of another name counts for, against one that was typed.
_OTHER_NAMES = 0.3
# A term is known by 8 bytes of its hash: among a million terms two meet once in 37 million collections.
_COUNTED = np.dtype([("term", "<u8"), ("count", "<u2")])
_MOST = 65535
_FORMAT = 2
_ARRAYS = ("numbers", "terms", "starts", "rows", "counts", "format")


def count_terms(text: str) -> bytes:
    """The search terms of a passage with how often they come, as the catalog keeps them."""
    found = Counter(search_terms(text))
    rows = [(_key(term), min(count, _MOST)) for term, count in found.items()]
    return np.array(rows, _COUNTED).tobytes()


class LexicalIndex:
    """BM25 (Lucene's variant; Kamphuis et al. 2020, doi:10.1007/978-3-030-45442-5_4) of passages by id.

    The passages with the term `terms[i]` (ascending) are `rows[starts[i]:starts[i + 1]]`, and `counts` tells how often
    they hold it. `numbers` are those under which the catalog keeps the passages.
    """

    def __init__(
        self,
        ids: Sequence[str],
        numbers: npt.NDArray[np.int64],
        terms: npt.NDArray[np.uint64],
        starts: npt.NDArray[np.int64],
        rows: npt.NDArray[np.int32],
        counts: npt.NDArray[np.uint16],
        generation: int,
    ) -> None:
        self.generation = generation
        self._ids, self._numbers = list(ids), numbers
        self._terms, self._starts, self._rows, self._counts = terms, starts, rows, counts
        lengths = np.bincount(rows, weights=counts, minlength=len(ids))
        average = float(lengths.mean()) if len(ids) else 1.0
        self._norms = (_K1 * (1 - _B + _B * lengths / (average or 1.0))).astype(np.float32)

    @classmethod
    def empty(cls) -> "LexicalIndex":
        """Of no passage."""
        numbers, terms = np.empty(0, np.int64), np.empty(0, np.uint64)
        return cls([], numbers, terms, np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.uint16), 0)

    @property
    def last_number(self) -> int:
        """The highest number of a passage; those that came later have higher ones."""
        return int(self._numbers.max(initial=0))

    def updated(
        self, passages: Sequence[tuple[int, str]], counted: Iterable[tuple[int, bytes]], generation: int
    ) -> "LexicalIndex":
        """The index of a later generation.

        `passages` are all there are now, `(number, id)` in the order that ranks equal scores; `counted` are
        `(number, counted terms)` of those that came since.
        """
        numbers = np.fromiter((number for number, _ in passages), np.int64, len(passages))
        row_of = {number: row for row, (number, _) in enumerate(passages)}
        new = [(row_of[number], np.frombuffer(blob, _COUNTED)) for number, blob in counted if number in row_of]
        every = np.concatenate([np.empty(0, _COUNTED), *(part for _, part in new)])
        came = np.repeat(np.array([row for row, _ in new], np.int32), [len(part) for _, part in new])
        added = np.ascontiguousarray(every["term"])  # sorts three times as fast
        order = np.argsort(added)
        added, came, counts = added[order], came[order], every["count"][order]

        place_of = {passage: row for row, passage in enumerate(passages)}
        before = zip(self._numbers.tolist(), self._ids, strict=True)
        moved = np.array([place_of.get(passage, -1) for passage in before], np.int32)[self._rows]
        stays = moved >= 0
        held = np.repeat(self._terms, np.diff(self._starts))[stays]
        places = np.searchsorted(held, added)
        terms = np.insert(held, places, added)
        starts = np.flatnonzero(np.append(True, terms[1:] != terms[:-1])[: len(terms)])
        return LexicalIndex(
            [passage_id for _, passage_id in passages],
            numbers,
            terms[starts],
            np.append(starts, len(terms)),
            np.insert(moved[stays], places, came),
            np.insert(self._counts[stays], places, counts),
            generation,
        )

    def search(self, query: str, limit: int, also: Sequence[str] = ()) -> list[tuple[str, float]]:
        """`(passage id, BM25 score)` of the best passages that share a term with the query, best first.

        `also` are other names for what the query names; their terms count for less.
        """
        asked = search_terms(query)
        others = {term for name in also for term in search_terms(name)} - set(asked)
        scores = np.zeros(len(self._ids), np.float32)
        for terms, weight in ((asked, 1.0), (sorted(others), _OTHER_NAMES)):
            for term, count in Counter(terms).items():
                begin, end = self._postings(term)
                rows = self._rows[begin:end]
                held = self._counts[begin:end].astype(np.float32)
                scores[rows] += weight * count * self._rarity(end - begin) * held / (held + self._norms[rows])
        limit = min(limit, len(self._ids))
        if not limit:
            return []
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.lexsort((best, -scores[best]))]
        return [(self._ids[row], float(scores[row])) for row in best if scores[row] > 0]

    def is_known(self, term: str) -> bool:
        """Whether any passage holds the search term."""
        begin, end = self._postings(term)
        return end > begin

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each term, ln(1 + (N - df + 0.5) / (df + 0.5)), as BM25 weighs it."""
        weights = {}
        for term in terms:
            begin, end = self._postings(term)
            weights[term] = self._rarity(end - begin)
        return weights

    def _postings(self, term: str) -> tuple[int, int]:
        key = np.uint64(_key(term))
        place = int(np.searchsorted(self._terms, key))
        if place == len(self._terms) or self._terms[place] != key:
            return 0, 0
        return int(self._starts[place]), int(self._starts[place + 1])

    def _rarity(self, found: int) -> float:
        return math.log(1 + (len(self._ids) - found + 0.5) / (found + 0.5)) if self._ids else 0.0

    def save(self, file: Path) -> None:
        """Keep it in a file."""
        save_arrays(
            file,
            _FORMAT,
            self.generation,
            {
                "ids": packed(self._ids, "\n"),
                "numbers": self._numbers,
                "terms": self._terms,
                "starts": self._starts,
                "rows": self._rows,
                "counts": self._counts,
            },
        )

    @classmethod
    def load(cls, file: Path, generation: int | None = None) -> "LexicalIndex | None":
        """The saved index, of that generation if one is given, or None when there is none that can be read."""

        def make(saved: Arrays) -> LexicalIndex:
            ids = saved["ids"].tobytes().decode().splitlines()
            numbers, terms, starts, rows, counts, (_, of) = map(saved.__getitem__, _ARRAYS)
            return cls(ids, numbers, terms, starts, rows, counts, int(of))

        return load_arrays(file, _FORMAT, generation, make)


def _key(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")
