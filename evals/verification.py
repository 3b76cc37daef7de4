"""`python -m evals.verification [dev|dev2-first|dev2-second|practice|test]`: the verifier against labelled pairs.

For every reason of a label: how many of the wrong sentences are caught, how many of the right ones are rejected.
`dev`, `practice` and the first half of `dev2` are to work on; of its second half and of `test`, both by another hand,
only the figures are looked at.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evidence import Evidence
from bot.verify import Judgement, verify
from index.records import Statement

_FOLDER = Path(__file__).with_name("verification")
_SPLITS = ("dev", "dev2-first", "dev2-second", "practice", "test")
_UNSEEN = ("dev2-second", "test")
_GROUP = 8  # so many pairs of dev2 in a row share their evidence


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its evidence, whether it stands on it, and what it tries."""

    id: str
    evidence: tuple[Evidence, ...]
    sentence: str
    stands: bool
    why: str


def read_pairs(split: str) -> list[Pair]:
    """The labelled pairs of a split."""
    name, _, half = split.partition("-")
    lines = (_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [_pair(json.loads(line)) for line in lines if line.strip()]
    return [pair for at, pair in enumerate(pairs) if not half or (at // _GROUP % 2 == 0) == (half == "first")]


def _pair(row: Mapping[str, Any]) -> Pair:
    evidence = tuple(_evidence(f"{row['id']}-{number}", one) for number, one in enumerate(row["evidence"]))
    return Pair(row["id"], evidence, row["sentence"], row["stands"], row["why"])


def _evidence(document: str, row: Mapping[str, Any]) -> Evidence:
    text, date = row["text"], row.get("date") or ""
    place = {"document_id": document, "start": 0, "end": len(text), "text": text, "date": date}
    said = Statement(
        id=f"{document}#s0",
        **place,
        kind=row["kind"],
        speaker=row.get("speaker") or "",
        title=row.get("speaker_title") or "",
        speaker_side=row.get("speaker_side") or "narrator",
        recipient=row.get("recipient") or "",
        province=row.get("province") or "",
        field="",
        figures=(),
        deadline="",
        confidence=1.0,
        cues=(),
    )
    return Evidence(
        document=document,
        title=row.get("title") or "",
        source=f"{document}.txt",
        date=date,
        provinces=tuple(row.get("provinces") or ()),
        heading=row.get("heading") or "",
        start=0,
        end=len(text),
        text=text,
        score=1.0,
        overlap=1.0,
        cosine=1.0,
        said=(said,) if row.get("kind") else (),
    )


def judged(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, Judgement]]:
    """Each pair with what the verifier makes of it."""
    for pair in pairs:
        yield pair, verify(pair.sentence, pair.evidence)


def shares(pairs: Sequence[Pair]) -> tuple[float, float]:
    """The share of the wrong that is caught, and of the right that is rejected."""
    rejected = [(pair.stands, not judgement.stands) for pair, judgement in judged(pairs)]
    wrong = [is_rejected for stands, is_rejected in rejected if not stands]
    right = [is_rejected for stands, is_rejected in rejected if stands]
    return sum(wrong) / len(wrong), sum(right) / len(right)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, by reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", choices=_SPLITS, default="dev")
    parser.add_argument(
        "--show", action="store_true", help="the pairs judged otherwise than labelled (not of those unseen)"
    )
    asked = parser.parse_args(arguments)
    pairs = read_pairs(asked.split)
    of_all: Counter[tuple[bool, str]] = Counter((pair.stands, pair.why) for pair in pairs)
    rejected: Counter[tuple[bool, str]] = Counter()
    for pair, judgement in judged(pairs):
        rejected[pair.stands, pair.why] += not judgement.stands
        if asked.show and asked.split not in _UNSEEN and judgement.stands != pair.stands:
            print(f"{pair.id} {'+' if pair.stands else '-'} {pair.why} [{judgement.fault}: {judgement.detail}]")
            print(f"    {pair.sentence}")
    for stands, name in ((False, "wrong, caught"), (True, "right, rejected")):
        number = sum(count for (is_right, _), count in of_all.items() if is_right is stands)
        found = sum(count for (is_right, _), count in rejected.items() if is_right is stands)
        print(f"{name}: {found}/{number} ({found / number:.1%})")
        for (is_right, why), count in sorted(of_all.items()):
            if is_right is stands:
                print(f"  {why:24} {rejected[is_right, why]}/{count}")


if __name__ == "__main__":
    main()
