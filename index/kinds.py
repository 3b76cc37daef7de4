"""What kind of statement each clause of a document is: its cues weighed by a small fitted model."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.kind_cues import Clause, cues_of
from index.records import Kind, Side

Floats = npt.NDArray[np.float64]
# Kinds that only one side says, by what they are.
SAID_BY: dict[Kind, Side] = {
    "recommendation": "ministry",
    "request": "province",
    "enterprise_proposal": "enterprise",
}
# A clause less likely a recommendation than this is its next likely kind: chosen for precision on documents left out.
_LEAST_CHANCE = 0.55
_FILE = Path(__file__).with_name("kinds.json")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A kind with the chance that it is right, and the cues that weighed most for it."""

    kind: Kind
    confidence: float
    cues: tuple[str, ...]


class KindModel:
    """A linear-chain conditional random field over cues (Lafferty, McCallum & Pereira 2001)."""

    def __init__(
        self, kinds: Sequence[Kind], weights: Mapping[str, Floats], steps: Mapping[str, Floats], sure_from: float = 1.0
    ) -> None:
        """`weights` holds one number a kind for each cue; `steps` for each link a table, kind before by kind.

        `sure_from` is the least confidence at which a kind is not doubtful.
        """
        self.kinds = list(kinds)
        self.sure_from = sure_from
        self.weights = dict(weights)
        self.steps = dict(steps)

    @classmethod
    def load(cls) -> "KindModel":
        """The model that ships, fitted by `python -m evals.statements fit`."""
        read = json.loads(_FILE.read_text(encoding="utf-8"))
        weights = {cue: np.array(row) for cue, row in read["weights"].items()}
        steps = {link: np.array(table) for link, table in read["steps"].items()}
        return cls(read["kinds"], weights, steps, read["sure_from"])

    def judge(self, clauses: Sequence[Clause]) -> list[Judgement]:
        """The kind of each clause of a document, by its chance given all of them."""
        if not clauses:
            return []
        known = [[(cue, self.weights[cue]) for cue in told if cue in self.weights] for told in cues_of(clauses)]
        nothing = np.zeros(len(self.kinds))
        scores = np.array([np.sum([nothing, *(row for _, row in one)], axis=0) for one in known])
        chances = marginals(scores, [self.steps[clause.link] for clause in clauses])
        return [self._judgement(one, chance) for one, chance in zip(known, chances, strict=True)]

    def _judgement(self, known: Sequence[tuple[str, Floats]], chances: Floats) -> Judgement:
        """The likeliest kind, but a recommendation only where it is likely enough."""
        enough = [kind != "recommendation" or chances[place] >= _LEAST_CHANCE for place, kind in enumerate(self.kinds)]
        best = int(np.where(enough, chances, -1.0).argmax())
        telling = sorted(known, key=lambda pair: -float(pair[1][best]))[:3]
        return Judgement(self.kinds[best], float(chances[best]), tuple(cue for cue, row in telling if row[best] > 0))


def marginals(scores: Floats, steps: Sequence[Floats]) -> Floats:
    """Chance of each kind at each place, shape `(places, kinds)`: forward-backward; `steps[t]` leads to place t."""
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[0] = scores[0]
    for place in range(1, len(scores)):
        ahead[place] = scores[place] + _log_sum(ahead[place - 1][:, None] + steps[place], 0)
    for place in range(len(scores) - 2, -1, -1):
        behind[place] = _log_sum(steps[place + 1] + (scores[place + 1] + behind[place + 1])[None, :], 1)
    total = ahead + behind
    chances: Floats = np.exp(total - _log_sum(total, 1)[:, None])
    return chances


def _log_sum(values: Floats, axis: int) -> Floats:
    most = values.max(axis=axis)
    summed: Floats = most + np.log(np.exp(values - np.expand_dims(most, axis)).sum(axis=axis))
    return summed
