"""Fits the model of kinds: a linear-chain conditional random field (Lafferty, McCallum & Pereira 2001).

Maximises the log likelihood of the labelled clauses under a Gaussian prior by L-BFGS. Clauses without a label count as
unknown and are summed over.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from index.kind_cues import LINKS, Clause, cues_of
from index.kinds import KindModel
from index.records import KINDS, Kind

Floats = npt.NDArray[np.float64]
Chain = Sequence[tuple[Clause, Kind | None]]
_IMPOSSIBLE = -1e4


def fit(chains: Sequence[Chain], *, prior: float = 3.0, least: int = 2, steps: int = 60) -> KindModel:
    """The model of documents, each a chain of clauses with their kinds; `least` is how often a cue has to occur."""
    chains = [chain for chain in chains if chain]
    told = [cues_of([clause for clause, _ in chain]) for chain in chains]
    counts = Counter(cue for chain in told for names in chain for cue in names)
    index = {cue: number for number, cue in enumerate(cue for cue, count in counts.items() if count >= least)}
    problem = _Problem(chains, told, index, prior)
    found = minimize(problem, np.zeros(problem.size), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    weights, tables = problem.parted(found.x)
    return KindModel(
        KINDS,
        {cue: weights[number] for cue, number in index.items()},
        {link: tables[number] for number, link in enumerate(LINKS)},
    )


class _Problem:
    """The negative log likelihood and its gradient, all chains at once, padded to the longest."""

    def __init__(
        self, chains: Sequence[Chain], told: Sequence[Sequence[Sequence[str]]], index: dict[str, int], prior: float
    ) -> None:
        self._kinds, self._cues, self._prior = len(KINDS), len(index), prior
        self._longest = max(map(len, chains))
        self._lengths = np.array([len(chain) for chain in chains])
        rows, columns = [], []
        self._links = np.zeros((len(chains), self._longest), np.int64)
        self._clamp = np.zeros((len(chains), self._longest, self._kinds))
        for number, (chain, names) in enumerate(zip(chains, told, strict=True)):
            for place, ((clause, kind), cues_here) in enumerate(zip(chain, names, strict=True)):
                known = [index[cue] for cue in cues_here if cue in index]
                rows += [number * self._longest + place] * len(known)
                columns += known
                self._links[number, place] = LINKS.index(clause.link)
                if kind is not None:
                    self._clamp[number, place] = _IMPOSSIBLE
                    self._clamp[number, place, KINDS.index(kind)] = 0.0
        shape = (len(chains) * self._longest, len(index))
        self._held = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        self.size = self._cues * self._kinds + len(LINKS) * self._kinds**2

    def parted(self, point: Floats) -> tuple[Floats, Floats]:
        """The weights of the cues and the tables of the links."""
        cut = self._cues * self._kinds
        return point[:cut].reshape(-1, self._kinds), point[cut:].reshape(len(LINKS), self._kinds, self._kinds)

    def __call__(self, point: Floats) -> tuple[float, Floats]:
        weights, tables = self.parted(point)
        scores = (self._held @ weights).reshape(len(self._lengths), self._longest, self._kinds)
        likely, expected, stepped = 0.0, np.zeros_like(scores), np.zeros_like(tables)
        for sign, add in ((1.0, self._clamp), (-1.0, 0.0)):
            total, here, between = self._expect(scores + add, tables)
            likely += sign * total
            expected += sign * here
            stepped += sign * between
        gradient = np.concatenate([(self._held.T @ expected.reshape(-1, self._kinds)).ravel(), stepped.ravel()])
        return -(likely - 0.5 * self._prior * float(point @ point)), -(gradient - self._prior * point)

    def _expect(self, scores: Floats, tables: Floats) -> tuple[float, Floats, Floats]:
        """Log of the sum over all readings, the expected kinds, and the expected steps between neighbours."""
        steps = tables[self._links]  # chains, places, before, here
        inside = np.arange(self._longest)[None, :] < self._lengths[:, None]
        ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
        ahead[:, 0] = scores[:, 0]
        for place in range(1, self._longest):
            here = scores[:, place] + _log_sum(ahead[:, place - 1][:, :, None] + steps[:, place], 1)
            ahead[:, place] = np.where(inside[:, place, None], here, ahead[:, place - 1])
        for place in range(self._longest - 2, -1, -1):
            later = _log_sum(steps[:, place + 1] + (scores[:, place + 1] + behind[:, place + 1])[:, None, :], 2)
            behind[:, place] = np.where(inside[:, place + 1, None], later, 0.0)
        totals = _log_sum(ahead[:, -1], 1)
        chances = np.exp(ahead + behind - totals[:, None, None]) * inside[:, :, None]
        stepped = np.zeros_like(tables)
        for place in range(1, self._longest):
            rows = inside[:, place]
            after = (scores[rows, place] + behind[rows, place])[:, None, :]
            joint = np.exp(ahead[rows, place - 1][:, :, None] + steps[rows, place] + after - totals[rows, None, None])
            np.add.at(stepped, self._links[rows, place], joint)
        return float(totals.sum()), chances, stepped


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis=axis)
    summed: Floats = most + np.log(np.exp(values - np.expand_dims(most, axis)).sum(axis=axis))
    return summed
