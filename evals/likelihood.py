"""How bot/likelihood.toml is made: `python -m evals.likelihood` fits it to the practice questions, and shows the curve.

The practice questions (`practice.jsonl`) are over documents of `statements/practice`; none of them is a gold question.
In the curve each document is judged by a fit to the others. Refit after a change of the search, signs or register.
"""

import datetime
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.assembly import index_settings, open_embedder
from bot.compose import LABELS
from bot.evidence import select
from bot.fit import Asked
from bot.intent import intent_of
from bot.likelihood import WEIGHTS_FILE, Signs, factor_of, signs_of
from bot.live_register import LiveRegister
from bot.retriever import PassageRetriever
from bot.settings import Settings, load_settings
from evals.facts import holds
from index.build import build_index
from index.periods import period_of
from index.search import SearchIndex

QUESTIONS_FILE = Path(__file__).with_name("practice.jsonl")
_DOCUMENTS = Path(__file__).with_name("statements") / "practice"
_NAMES = [field.name for field in fields(Signs)]
_REGULARISATION, _HITS = 0.3, 10
_ERROR_RATES = (0.03, 0.05, 0.08, 0.12, 0.16, 0.2, 0.3)
_HEAD = "# Weights of the signs of bot/likelihood.py. Made by `python -m evals.likelihood`; do not edit.\n"
Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Practised:
    """A practice question with the signs of its evidence; `holds` tells which pieces hold a fact of the answer."""

    document: str
    is_answerable: bool
    signs: Floats
    factors: Floats
    holds: Marks


def practised(index: SearchIndex, settings: Settings) -> Iterator[Practised]:
    """Every practice question that finds evidence, over an index of its documents."""
    register = LiveRegister(index, settings.corrections_file).now()
    retriever = PassageRetriever(index=index, limit=_HITS)
    for line in QUESTIONS_FILE.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        reading = index.read(case["question"])
        period = period_of(reading.text, datetime.date.today())
        asked = Asked(intent_of(reading.text, register.speakers), reading, period, register)
        hits = retriever.hits(reading)
        evidence = select(reading.text, hits, index.rarity, settings.evidence_chars, reading.also, asked)[: len(LABELS)]
        signs = signs_of(asked, evidence, hits, index.rarity)
        held = [case["answerable"] and any(holds(item.text, fact) for fact in case["must"]) for item in evidence]
        if evidence and any(held) == case["answerable"]:  # what the search did not find is not for the signs to tell
            document = case["id"].partition("-")[0]
            factors = np.array([factor_of(one) for one in signs])
            yield Practised(document, case["answerable"], np.array([*map(astuple, signs)]), factors, np.array(held))


def fitted(cases: Sequence[Practised]) -> Floats:
    """The weights of the signs, then the base, for signs as they are."""
    signs, held = np.vstack([case.signs for case in cases]), np.concatenate([case.holds for case in cases])
    mean, deviation = signs.mean(axis=0), signs.std(axis=0) + 1e-9
    model = LogisticRegression(C=_REGULARISATION, max_iter=1000).fit((signs - mean) / deviation, held)
    weights = model.coef_[0] / deviation
    return np.append(weights, model.intercept_[0] - weights @ mean)


def best(case: Practised, weights: Floats) -> float:
    """The likelihood of the best piece."""
    return float((case.factors / (1 + np.exp(-(case.signs @ weights[:-1] + weights[-1])))).max())


def curve(cases: Sequence[Practised]) -> Iterator[str]:
    """Risk and coverage, each document judged by a fit to the others: a line for every share of refused answers."""
    folds = {name: fitted([case for case in cases if case.document != name]) for name in {c.document for c in cases}}
    scores = np.array([best(case, folds[case.document]) for case in cases])
    answerable = np.array([case.is_answerable for case in cases])
    for rate in _ERROR_RATES:
        threshold = np.quantile(scores[answerable], rate)
        answered = (scores[~answerable] >= threshold).mean()
        yield f"threshold {threshold:.2f}: {rate:.0%} of the answerable refused, {answered:.0%} of the others answered"


def main() -> int:
    """Entry point: index the documents, fit, write the weights, print the curve."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = load_settings().model_copy(update={"home": home / "home"})
        cases_of = {json.loads(line)["id"].partition("-")[0] for line in QUESTIONS_FILE.read_text("utf-8").splitlines()}
        (home / "documents").mkdir()
        for file in _DOCUMENTS.iterdir():
            if file.stem in cases_of and file.suffix != ".jsonl":
                shutil.copy(file, home / "documents")
        embedder = open_embedder(load_settings())
        kind = index_settings(settings, embedder)
        build_index([home / "documents"], settings.index_folder, embedder, kind)
        index = SearchIndex(settings.index_folder, embedder, kind, settings.dense_weight)
        cases = [*practised(index, settings)]
        index.close()
    weights = dict(zip([*_NAMES, "base"], fitted(cases), strict=True))
    text = "".join(f"{name} = {weight:.3f}\n" for name, weight in weights.items())
    WEIGHTS_FILE.write_text(f"{_HEAD}[weights]\n{text}", encoding="utf-8")
    print("\n".join(curve(cases)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
