"""The field that each statement of a document is about: its cues weighed by a small fitted model."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from index.field_cues import Told, cues, words_of_fields
from index.kinds import Floats, marginals

_FILE = Path(__file__).with_name("fields.json")
OTHER = "khác"


class FieldModel:
    """A linear-chain conditional random field over cues, as the model of kinds is."""

    def __init__(self, weights: Mapping[str, Floats], steps: Mapping[str, Floats]) -> None:
        """`weights` holds one number a field for each cue; `steps` for each link a table, field before by field."""
        self.weights = dict(weights)
        self.steps = dict(steps)
        self._fields = all_fields()
        self._rows = {cue: number for number, cue in enumerate(self.weights)}
        self._table = np.array([*self.weights.values(), np.zeros(len(self._fields))])

    @classmethod
    def load(cls) -> "FieldModel":
        """The model that ships, fitted by `python -m evals.statements fit`."""
        read = json.loads(_FILE.read_text(encoding="utf-8"))
        size = len(all_fields())
        weights = {}
        for cue, pairs in read["weights"].items():
            weights[cue] = np.zeros(size)
            weights[cue][pairs[::2]] = np.array(pairs[1::2]) / 100
        return cls(weights, {link: np.array(table) / 100 for link, table in read["steps"].items()})

    def fields_of(self, told: Sequence[Told]) -> list[str]:
        """The likeliest field of each statement of a document, given all of them."""
        if not told:
            return []
        known = [[self._rows[cue] for cue in names if cue in self._rows] for names in cues(told)]
        scores = np.array([self._table[rows].sum(axis=0) for rows in known])
        chances = marginals(scores, [self.steps[one.link] for one in told])
        return [self._fields[best] for best in chances.argmax(axis=1)]


@cache
def shipped() -> FieldModel:
    """The model that ships, read once."""
    return FieldModel.load()


def all_fields() -> Sequence[str]:
    """Every field, the last one for whatever is none of the others."""
    return (*words_of_fields(), OTHER)


@cache
def all_words() -> Sequence[str]:
    """Every word by which a field is known, the longest first."""
    return tuple(sorted((word for words in words_of_fields().values() for word in words), key=len, reverse=True))
