"""`python -m evals.statements score|fit`: how well statements are found, and fitting the model of kinds.

Scores leave out the document that they are of (and its digest or original): the model is fitted on all others. The
rules for speakers were written looking at `originals`, `digests`, `genres` and `practice`; nobody who wrote rules read
`held_out`, and the shipped model is not fitted on it.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from evals.crf import Chain, fit
from evals.fields import field_chain, fit_fields, save_fields
from evals.labels import Label, Labelled, read_labelled
from index.fields import FieldModel
from index.kind_cues import Clause
from index.kinds import KindModel
from index.parts import read_parts
from index.records import KINDS, Kind, Statement
from index.statements import statements_of

HELD_OUT = "held_out"
_BUNCHES = 6
_MODEL_FILE = Path(__file__).parent.parent / "index" / "kinds.json"
_LEAST_WEIGHT = 0.04
# A kind counts as sure from where this share of the recommendations found in documents left out is right.
_SURE_PRECISION = 0.95
# The rules were written on these documents: on others chances are less right.
_LEAST_SURE = 0.97


@dataclass(frozen=True, slots=True)
class Pair:
    """A label with the statement that covers most of it, if any."""

    part: str
    document: str
    label: Label
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares of labels got right, F1 of the kinds (macro average), precision and recall of recommendations.

    `confused` counts requests and enterprise proposals taken for recommendations, and surely so.
    """

    labels: int
    kind_f1: float
    precision: float
    recall: float
    side: float
    speaker: float
    recipient: float
    province: float
    field: float
    confused: int


def chain_of(one: Labelled) -> Chain:
    """The clauses of a document with the kinds of the labels that cover them.

    Of several clauses that one label covers only the longest is surely of its kind.
    """
    chain: list[tuple[Clause, Kind | None]] = []
    for sentence in read_parts(one.document, one.blocks):
        labels = [_label_at(one.labels, part.start, part.end) for part in sentence]
        longest: dict[Label | None, int] = {}
        for place in sorted(range(len(sentence)), key=lambda place: sentence[place].start - sentence[place].end):
            longest.setdefault(labels[place], place)
        for place, (part, label) in enumerate(zip(sentence, labels, strict=True)):
            chain.append((part.clause, label.kind if label and longest[label] == place else None))
    return chain


def _label_at(labels: Sequence[Label], start: int, end: int) -> Label | None:
    """The label that covers most of a clause, if any does."""
    best = max(labels, key=lambda label: _shared(label, start, end), default=None)
    return best if best and _shared(best, start, end) else None


def pairs_of(one: Labelled, model: KindModel, fields: FieldModel | None = None) -> list[Pair]:
    """Each label of a document beside what the models find there."""
    found = statements_of(one.document, one.blocks, model, fields)
    pairs = []
    for label in one.labels:
        best = max(found, key=lambda statement: _shared(label, statement.start, statement.end), default=None)
        pairs.append(Pair(one.part, one.name, label, best if best and _shared(label, best.start, best.end) else None))
    return pairs


def left_out(documents: Sequence[Labelled]) -> list[Pair]:
    """Every label beside what a model finds that was fitted without its document's group."""
    chains = {one.name: chain_of(one) for one in documents if one.part != HELD_OUT}
    bunches: dict[str, list[Labelled]] = {}
    for one in documents:
        own = one.part in {"originals", "digests"}
        bunch = (
            one.part if one.part == HELD_OUT else one.group if own else str(zlib.crc32(one.group.encode()) % _BUNCHES)
        )
        bunches.setdefault(bunch, []).append(one)
    pairs: list[Pair] = []
    for left in tqdm(list(bunches.values()), desc="left out", file=sys.stderr):
        names = {one.name for one in left}
        model = fit([chain for name, chain in chains.items() if name not in names])
        known = [one for one in documents if one.name in chains and one.name not in names]
        fields = fit_fields([field_chain(one, model) for one in known])
        pairs += [pair for one in left for pair in pairs_of(one, model, fields)]
    return pairs


def score(pairs: Sequence[Pair], sure_from: float) -> Scores:
    """The scores of some pairs."""
    right = dict.fromkeys(KINDS, 0)
    wanted, found = dict(right), dict(right)
    for pair in pairs:
        wanted[pair.label.kind] += 1
        if pair.statement:
            found[pair.statement.kind] += 1
            right[pair.label.kind] += pair.statement.kind == pair.label.kind
    present = [kind for kind in KINDS if wanted[kind]]
    addressed = [pair for pair in pairs if pair.label.recipient]
    f1 = [2 * right[kind] / max(1, wanted[kind] + found[kind]) for kind in present]
    return Scores(
        labels=len(pairs),
        kind_f1=sum(f1) / max(1, len(f1)),
        precision=right["recommendation"] / max(1, found["recommendation"]),
        recall=right["recommendation"] / max(1, wanted["recommendation"]),
        side=_share(pairs, lambda label, statement: label.speaker_side == statement.speaker_side),
        speaker=_share(pairs, lambda label, statement: _same_name(label.speaker, statement.speaker)),
        recipient=_share(addressed, lambda label, statement: _same_name(label.recipient, statement.recipient)),
        province=_share(pairs, lambda label, statement: label.province == statement.province),
        field=_share(pairs, lambda label, statement: label.field == statement.field),
        confused=sum(_is_confused(pair, sure_from) for pair in pairs),
    )


def sure_from(pairs: Iterable[Pair]) -> float:
    """The least confidence from which on recommendations are right often enough, and none is somebody's request."""
    told = [
        (pair.statement.confidence, pair.label.kind)
        for pair in pairs
        if pair.statement and pair.statement.kind == "recommendation"
    ]
    for confidence in sorted({one for one, _ in told}):
        kinds = [kind for one, kind in told if one >= confidence]
        is_right = kinds.count("recommendation") >= _SURE_PRECISION * len(kinds)
        if is_right and not {"request", "enterprise_proposal"} & set(kinds):
            return confidence
    return 1.0


def save(model: KindModel, sure: float, file: Path) -> None:
    """Keep the model where the index reads it, without cues that hardly weigh."""
    kept = {
        cue: [round(float(v), 2) for v in row] for cue, row in model.weights.items() if abs(row).max() >= _LEAST_WEIGHT
    }
    tables = {link: [[round(float(v), 2) for v in row] for row in table] for link, table in model.steps.items()}
    data = {"kinds": model.kinds, "sure_from": round(sure, 3), "steps": tables, "weights": dict(sorted(kept.items()))}
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _shared(label: Label, start: int, end: int) -> int:
    return max(0, min(label.end, end) - max(label.start, start))


def _share(pairs: Sequence[Pair], holds: Callable[[Label, Statement], bool]) -> float:
    return sum(bool(p.statement and holds(p.label, p.statement)) for p in pairs) / max(1, len(pairs))


def _same_name(wanted: str, found: str) -> bool:
    """The same name, or one within the other (`Sở TT&TT` and `Sở TT&TT Bạc Liêu`); both empty count."""
    one, other = wanted.lower(), found.lower()
    return one == other or bool(one and other and (one in other or other in one))


def _is_confused(pair: Pair, sure: float) -> bool:
    statement = pair.statement
    return (
        statement is not None
        and pair.label.kind in {"request", "enterprise_proposal"}
        and statement.kind == "recommendation"
        and statement.confidence >= sure
    )


def _table(pairs: Sequence[Pair], sure: float) -> str:
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        own = pair.part in {"originals", "digests"}
        groups.setdefault(f"{pair.part} {pair.document}" if own else pair.part, []).append(pair)
    seen = [pair for pair in pairs if pair.part != HELD_OUT]
    rows = [
        "| documents | labels | kinds F1 | rec. P | rec. R | side | speaker | recipient | province | field | confused |"
    ]
    rows.append("|" + " --- |" * 11)
    for name, group in (*groups.items(), ("all but held out", seen)):
        s = score(group, sure)
        values = (s.kind_f1, s.precision, s.recall, s.side, s.speaker, s.recipient, s.province, s.field)
        rows.append(f"| {name} | {s.labels} | " + " | ".join(f"{value:.3f}" for value in values) + f" | {s.confused} |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["score", "fit"])
    chosen = parser.parse_args(arguments)
    documents = read_labelled()
    pairs = left_out(documents)
    sure = max(_LEAST_SURE, sure_from(pair for pair in pairs if pair.part != HELD_OUT))
    print(_table(pairs, sure))
    told = [p for p in pairs if p.statement and p.statement.kind == "recommendation" and p.statement.confidence >= sure]
    held = [p for p in told if p.part == HELD_OUT]
    for name, group in (("all but held out", [p for p in told if p.part != HELD_OUT]), (HELD_OUT, held)):
        right = sum(p.label.kind == "recommendation" for p in group)
        print(f"sure (from {sure:.3f}), {name}: {right} of {len(group)} recommendations right")
    if chosen.command == "fit":
        known = [one for one in documents if one.part != HELD_OUT]
        model = fit([chain_of(one) for one in known])
        save(model, sure, _MODEL_FILE)
        save_fields(fit_fields([field_chain(one, model) for one in known]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
