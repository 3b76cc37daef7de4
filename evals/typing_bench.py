"""Every way of typing over one index, held against the question as written."""

import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tqdm import tqdm

from bot.settings import Settings
from evals.bench import Query, indexed, rank_documents, read_corpus, score
from evals.charts import bars
from evals.retype import TYPINGS, Typing, retype
from index.embed import Embedder
from index.keyboard import is_syllable
from index.search import SearchIndex
from index.vietnamese import fold, normal_form, strip_marks, words

_DEPTH = 50
_SHOWN = ("R@1", "R@5", "MRR@10")


@dataclass(frozen=True, slots=True)
class Row:
    """One way of typing.

    `measures` are those of the fused search. `same` is the share of questions with exactly the ranking of the question
    as written, `syllables` the share of its syllables that were understood, `changed` how many syllables typed with
    their marks, and rightly, were understood as another, `reading_ms` the median time to understand a question.
    """

    measures: Mapping[str, float]
    same: float
    syllables: float
    changed: int
    reading_ms: float


def typings(folder: Path, encoder: Embedder, settings: Settings) -> dict[Typing, Row]:
    """Every query of the folder in every way of typing. Raises SettingsError for a folder of another form."""
    _, queries = read_corpus(folder)
    rows: dict[Typing, Row] = {}
    with indexed(folder, encoder, settings) as (index, _):
        written = {query.id: _ranking(index, query.question) for query in queries}
        for typing in TYPINGS:
            rows[typing] = _ask(index, queries, typing, written)
    return rows


def _ask(
    index: SearchIndex, queries: Sequence[Query], typing: Typing, written: Mapping[str, Mapping[str, float]]
) -> Row:
    runs: dict[str, dict[str, float]] = {}
    times_ms: list[float] = []
    kept = changed = syllables = 0
    for query in tqdm(queries, desc=typing, file=sys.stderr):
        typed = retype(query.question, typing, query.id)
        started = time.perf_counter()
        reading = index.read(typed)
        times_ms.append((time.perf_counter() - started) * 1000)
        runs[query.id] = _ranking(index, typed)
        meant = _syllables(query.question)
        kept += _in_common(meant, _syllables(reading.text))
        syllables += len(meant)
        marked = [one for one in _syllables(typed) if one != strip_marks(one) and is_syllable(fold(one))]
        changed += (Counter(set(marked) & set(meant)) - Counter(_syllables(reading.text))).total()
    same = statistics.fmean(list(runs[query.id]) == list(written[query.id]) for query in queries)
    return Row(score(runs, queries), same, kept / syllables, changed, statistics.median(times_ms))


def _ranking(index: SearchIndex, typed: str) -> dict[str, float]:
    return rank_documents(index.search(typed, _DEPTH))


def _syllables(text: str) -> list[str]:
    return [word.lower() for word in words(normal_form(text)) if word.isalpha()]


def _in_common(meant: Sequence[str], understood: Sequence[str]) -> int:
    """How many of the syllables come in the other text, in the same order."""
    matcher = SequenceMatcher(None, meant, understood, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())


def table(rows: Mapping[Typing, Row]) -> str:
    """The rows in Markdown."""
    lines = [
        f"| | {' | '.join(_SHOWN)} | same ranking | syllables | marked ones changed | ms to read |",
        "| --- |" + " --- |" * (len(_SHOWN) + 4),
    ]
    for typing, row in rows.items():
        values = " | ".join(f"{row.measures[name]:.4f}" for name in _SHOWN)
        lines.append(
            f"| {typing} | {values} | {row.same:.3f} | {row.syllables:.4f} | {row.changed} | {row.reading_ms:.2f} |"
        )
    return "\n".join(lines)


def chart(rows: Mapping[Typing, Row]) -> str:
    """R@1 and R@5 by way of typing, as SVG."""
    return bars(
        "Retrieval by way of typing",
        list(rows),
        {name: [row.measures[name] for row in rows.values()] for name in ("R@1", "R@5")},
    )
