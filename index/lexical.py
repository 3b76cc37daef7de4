"""The lexical index: BM25 over folded words and neighbouring pairs (bm25s), derived from the catalog."""

import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from index.vietnamese import search_terms

_IDS = "ids.json"
# What a term of another name counts for, against one that was typed.
_OTHER_NAMES = 0.3


class LexicalIndex:
    """BM25 (Lucene's variant; Kamphuis et al. 2020, doi:10.1007/978-3-030-45442-5_4) of passages by id."""

    def __init__(self, engine: bm25s.BM25 | None, ids: list[str], generation: int) -> None:
        self._engine = engine
        self._ids = ids
        self.generation = generation

    @classmethod
    def build(cls, ids: Sequence[str], texts: Sequence[str], generation: int) -> "LexicalIndex":
        """Index `texts`, in the order of `ids`, for a generation of the catalog."""
        if not ids:
            return cls(None, [], generation)
        engine = bm25s.BM25(method="lucene", k1=0.9, b=0.4)  # Anserini's defaults, best here too
        engine.index([search_terms(text) for text in texts], show_progress=False)
        return cls(engine, list(ids), generation)

    def search(self, query: str, limit: int, also: Sequence[str] = ()) -> list[tuple[str, float]]:
        """`(passage id, BM25 score)` of the best passages that share a term with the query, best first.

        `also` are other names for what the query names; their terms count for less.
        """
        if self._engine is None:
            return []
        asked = search_terms(query)
        others = {term for name in also for term in search_terms(name)} - set(asked)
        terms, other_terms = self._engine.get_tokens_ids(asked), self._engine.get_tokens_ids(sorted(others))
        if not terms and not other_terms:
            return []
        scores = np.zeros(len(self._ids), dtype=np.float32)
        for found, weight in ((terms, 1.0), (other_terms, _OTHER_NAMES)):
            if found:
                scores += weight * self._engine.get_scores_from_ids(found)
        limit = min(limit, len(self._ids))
        best = np.argpartition(-scores, limit - 1)[:limit]
        best = best[np.lexsort((best, -scores[best]))]
        return [(self._ids[row], float(scores[row])) for row in best if scores[row] > 0]

    def is_known(self, term: str) -> bool:
        """Whether any passage holds the search term."""
        return self._engine is not None and term in self._engine.vocab_dict

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each term, ln(1 + (N - df + 0.5) / (df + 0.5)), as BM25 weighs it."""
        if self._engine is None:
            return dict.fromkeys(terms, 0.0)
        starts = self._engine.scores["indptr"]
        vocabulary = self._engine.vocab_dict
        weights = {}
        for term in terms:
            row = vocabulary.get(term)
            found = 0 if row is None or row + 1 >= len(starts) else int(starts[row + 1] - starts[row])
            weights[term] = math.log(1 + (len(self._ids) - found + 0.5) / (found + 0.5))
        return weights

    def save(self, folder: Path) -> None:
        """Write beside the place, then move in: a reader sees the old index or the new one."""
        if self._engine is None:
            shutil.rmtree(folder, ignore_errors=True)
            return
        temporary = folder.with_name(folder.name + ".new")
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        self._engine.save(temporary, show_progress=False)
        state = {"generation": self.generation, "ids": self._ids}
        (temporary / _IDS).write_text(json.dumps(state), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)

    @classmethod
    def load(cls, folder: Path, generation: int) -> "LexicalIndex | None":
        """The saved index of that generation, or None when there is none that can be read."""
        try:
            state = json.loads((folder / _IDS).read_text(encoding="utf-8"))
            if state["generation"] != generation:
                return None
            return cls(bm25s.BM25.load(folder), state["ids"], generation)
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError):  # damaged in one way or another
            return None
