"""The lexical index: BM25 over folded words and neighbouring pairs, derived from the terms that the catalog keeps.

Terms are counted once, when a passage is stored; from the counts the index is put together in about a second for
20,000 passages, so that one changed document costs little. (No library at hand can take a document out again.)
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
_FORMAT = 1


def count_terms(text: str) -> bytes:
    """The search terms of a passage with how often they come, as the catalog keeps them."""
    found = Counter(search_terms(text))
    rows = [(_key(term), min(count, _MOST)) for term, count in found.items()]
    return np.array(rows, _COUNTED).tobytes()


class LexicalIndex:
    """BM25 (Lucene's variant; Kamphuis et al. 2020, doi:10.1007/978-3-030-45442-5_4) of passages by id.

    The passages with the term `terms[i]` (ascending) are `rows[starts[i]:starts[i + 1]]`, and `counts` tells how often
    they hold it. `lengths` are the numbers of terms of the passages.
    """

    def __init__(
        self,
        ids: Sequence[str],
        terms: npt.NDArray[np.uint64],
        starts: npt.NDArray[np.int64],
        rows: npt.NDArray[np.int32],
        counts: npt.NDArray[np.uint16],
        generation: int,
    ) -> None:
        self.generation = generation
        self._ids = list(ids)
        self._terms, self._starts, self._rows, self._counts = terms, starts, rows, counts
        lengths = np.bincount(rows, weights=counts, minlength=len(ids))
        average = float(lengths.mean()) if len(ids) else 1.0
        self._norms = (_K1 * (1 - _B + _B * lengths / (average or 1.0))).astype(np.float32)

    @classmethod
    def build(cls, counted: Iterable[tuple[str, bytes]], generation: int) -> "LexicalIndex":
        """From `(passage id, counted terms)` of a generation of the catalog."""
        ids: list[str] = []
        parts: list[npt.NDArray[np.void]] = [np.empty(0, _COUNTED)]
        for passage_id, blob in counted:
            ids.append(passage_id)
            parts.append(np.frombuffer(blob, _COUNTED))
        every = np.concatenate(parts)
        rows = np.repeat(np.arange(len(ids), dtype=np.int32), [len(part) for part in parts[1:]])
        terms = np.ascontiguousarray(every["term"])  # sorts three times as fast
        order = np.argsort(terms)
        terms = terms[order]
        starts = np.flatnonzero(np.append(True, terms[1:] != terms[:-1])[: len(terms)])
        return cls(ids, terms[starts], np.append(starts, len(every)), rows[order], every["count"][order], generation)

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
                "terms": self._terms,
                "starts": self._starts,
                "rows": self._rows,
                "counts": self._counts,
            },
        )

    @classmethod
    def load(cls, file: Path, generation: int) -> "LexicalIndex | None":
        """The saved index of that generation, or None when there is none that can be read."""

        def make(saved: Arrays) -> LexicalIndex:
            ids = saved["ids"].tobytes().decode().splitlines()
            return cls(ids, saved["terms"], saved["starts"], saved["rows"], saved["counts"], generation)

        return load_arrays(file, _FORMAT, generation, make)


def _key(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")
