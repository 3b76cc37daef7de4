"""Fits the model of fields: a linear-chain conditional random field (Lafferty, McCallum & Pereira 2001).

As `evals.crf` does for kinds; with more than twice as many values, each link's places are taken through its table
together, by scaled chances instead of logarithms.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from evals.labels import Label, Labelled
from index.field_cues import Told, cues
from index.fields import FieldModel, all_fields
from index.kind_cues import LINKS
from index.kinds import KindModel
from index.statements import judged, told

FILE = Path(__file__).parent.parent / "index" / "fields.json"
Floats = npt.NDArray[np.float64]
Chain = Sequence[tuple[Told, str | None]]
_LEAST_WEIGHT = 0.07
_IMPOSSIBLE = -1e4


def field_chain(one: Labelled, kinds: KindModel) -> Chain:
    """The statements of a document with the fields of the labels that cover most of them."""
    found = judged(one.document, one.blocks, kinds)
    return [(told(one.document, here), _label_at(one.labels, here.start, here.end)) for here in found]


def _label_at(labels: Sequence[Label], start: int, end: int) -> str | None:
    shared = {label.field: 0 for label in labels}
    for label in labels:
        shared[label.field] = max(shared[label.field], min(label.end, end) - max(label.start, start))
    best = max(shared, key=lambda field: shared[field], default=None)
    return best if best and shared[best] else None


def fit_fields(chains: Sequence[Chain], *, prior: float = 1.0, least: int = 3, steps: int = 40) -> FieldModel:
    """The model of documents, each a chain of statements with their fields.

    A cue has to occur `least` times, and in two documents.
    """
    chains = [chain for chain in chains if chain]
    named = [cues([one for one, _ in chain]) for chain in chains]
    counts = Counter(cue for document in named for names in document for cue in names)
    documents = Counter(cue for document in named for cue in {cue for names in document for cue in names})
    kept = [cue for cue, count in counts.items() if count >= least and documents[cue] >= min(2, least)]
    problem = _Problem(chains, named, {cue: number for number, cue in enumerate(kept)}, prior)
    found = minimize(problem, np.zeros(problem.size), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    weights, tables = problem.parted(found.x)
    return FieldModel(dict(zip(kept, weights, strict=True)), dict(zip(LINKS, tables, strict=True)))


def save_fields(model: FieldModel, file: Path = FILE) -> None:
    """Keep the model where the index reads it, in hundredths, without what hardly weighs."""
    kept = {}
    for cue, row in sorted(model.weights.items()):
        places = np.flatnonzero(abs(row) >= _LEAST_WEIGHT)
        pairs = [number for place in places for number in (int(place), round(100 * float(row[place])))]
        if pairs:
            kept[cue] = pairs
    tables = {link: np.rint(100 * table).astype(int).tolist() for link, table in model.steps.items()}
    data = {"steps": tables, "weights": kept}
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


class _Problem:
    """The negative log likelihood and its gradient, all chains at once, padded to the longest."""

    def __init__(
        self, chains: Sequence[Chain], named: Sequence[Sequence[Sequence[str]]], index: dict[str, int], prior: float
    ) -> None:
        fields = all_fields()
        self._fields, self._cues, self._prior = len(fields), len(index), prior
        self._lengths = np.array([len(chain) for chain in chains])
        shape = (len(chains), int(self._lengths.max()))
        links = np.full(shape, -1)
        self._clamp = np.zeros((*shape, self._fields))
        rows, columns = [], []
        for number, (chain, names) in enumerate(zip(chains, named, strict=True)):
            for place, ((one, field), here) in enumerate(zip(chain, names, strict=True)):
                known = [index[cue] for cue in here if cue in index]
                rows += [number * shape[1] + place] * len(known)
                columns += known
                links[number, place] = LINKS.index(one.link)
                if field is not None:
                    self._clamp[number, place] = _IMPOSSIBLE
                    self._clamp[number, place, fields.index(field)] = 0.0
        self._inside = links >= 0
        size = (shape[0] * shape[1], len(index))
        self._held = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=size)
        self._back = self._held.T.tocsr()
        # At each place, for each link, the chains that come into it by that link.
        self._into = [
            [(link, np.flatnonzero(links[:, place] == link)) for link in range(len(LINKS))] for place in range(shape[1])
        ]
        self.size = self._cues * self._fields + len(LINKS) * self._fields**2

    def parted(self, point: Floats) -> tuple[Floats, Floats]:
        """The weights of the cues and the tables of the links."""
        cut = self._cues * self._fields
        return point[:cut].reshape(-1, self._fields), point[cut:].reshape(len(LINKS), self._fields, self._fields)

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        weights, tables = self.parted(point)
        scores = (self._held @ weights).reshape(self._clamp.shape)
        likely, expected, stepped = 0.0, np.zeros_like(scores), np.zeros_like(tables)
        for sign, add in ((1.0, self._clamp), (-1.0, 0.0)):
            total, here, between = self._expect(scores + add, np.exp(tables))
            likely += sign * total
            expected += sign * here
            stepped += sign * between
        gradient = np.concatenate([(self._back @ expected.reshape(-1, self._fields)).ravel(), stepped.ravel()])
        return -(likely - 0.5 * self._prior * float(point @ point)), -(gradient - self._prior * point)

    def _expect(self, scores: Floats, tables: Floats) -> tuple[float, Floats, Floats]:
        """Log of the sum over all readings, the expected fields, and the expected steps between neighbours."""
        most = scores.max(axis=2, keepdims=True)
        here = np.exp(scores - most) * self._inside[..., None]
        ahead, behind, sums = np.zeros_like(scores), np.zeros_like(scores), np.ones(scores.shape[:2])
        sums[:, 0] = here[:, 0].sum(axis=1)
        ahead[:, 0] = here[:, 0] / sums[:, 0, None]
        for place in range(1, scores.shape[1]):
            for link, rows in self._into[place]:
                reached = (ahead[rows, place - 1] @ tables[link]) * here[rows, place]
                sums[rows, place] = reached.sum(axis=1)
                ahead[rows, place] = reached / sums[rows, place, None]
        behind[np.arange(len(self._lengths)), self._lengths - 1] = 1.0
        stepped = np.zeros_like(tables)
        for place in range(scores.shape[1] - 1, 0, -1):
            for link, rows in self._into[place]:
                after = here[rows, place] * behind[rows, place] / sums[rows, place, None]
                behind[rows, place - 1] = after @ tables[link].T
                stepped[link] += ahead[rows, place - 1].T @ after
        total = float((np.log(sums) + most[..., 0])[self._inside].sum())
        return total, ahead * behind, stepped * tables
