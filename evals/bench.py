"""`python -m evals.bench retrieval|typing FOLDER`: how well and how fast the index finds, however it is typed.

FOLDER holds `corpus.jsonl` (`id`, `title`, `text`) and `queries.jsonl` (`id`, `question`, `relevant`: corpus ids).
Every corpus entry becomes a file and goes through the real loading, splitting, embedding, storing and searching.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from ir_measures import Qrel, ScoredDoc
from tqdm import tqdm

from bot.assembly import open_embedder
from bot.errors import KhuyenNghiError, SettingsError
from bot.places import stay_offline
from bot.settings import Settings, load_settings
from evals.retrieval import MEASURES, by_question
from evals.retype import TYPINGS, Typing, retype
from index.build import build_index
from index.embed import Embedder, Encoder, Vectors, embedding_text
from index.records import BuildReport, Hit
from index.search import IndexSettings, Mode, SearchIndex

MODES: tuple[Mode, ...] = ("dense", "lexical", "fused")
_DEPTH = 50
_TIMED_QUERIES = 50
_WARMING_PASSAGES = 64


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the corpus entries that answer it."""

    id: str
    question: str
    relevant: tuple[str, ...]


class _Remembered:
    """An encoder that embeds a question once, so that searching it again is timed without embedding."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self.fingerprint = encoder.fingerprint

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        if text not in self._vectors:
            self._vectors[text] = self._encoder.encode_query(text)
        return self._vectors[text]


def read_corpus(folder: Path) -> tuple[list[dict[str, str]], list[Query]]:
    """The corpus entries and the queries. Raises SettingsError when a file is missing or not of the form."""
    try:
        corpus = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
        rows = [json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
        queries = [Query(row["id"], row["question"], tuple(row["relevant"])) for row in rows if row["relevant"]]
        entries = [{key: entry[key] for key in ("id", "title", "text")} for entry in corpus]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise SettingsError(
            f"«{folder}» không có corpus.jsonl và queries.jsonl đúng dạng ({exc}).", "Hãy xem README, mục Evaluation."
        ) from exc
    if not queries or not entries:
        raise SettingsError(f"«{folder}» không có câu hỏi nào kèm đoạn trả lời.", "Hãy xem README, mục Evaluation.")
    return entries, queries


def write_files(corpus: Iterable[dict[str, str]], folder: Path) -> None:
    """One Markdown file an entry, named by its id, with the title as front matter."""
    for entry in corpus:
        header = yaml.safe_dump({"title": entry["title"].replace("_", " ")}, allow_unicode=True)
        (folder / f"{entry['id']}.md").write_text(f"---\n{header}---\n\n{entry['text']}\n", encoding="utf-8")


def rank_documents(hits: Iterable[Hit]) -> dict[str, float]:
    """Score by corpus id: that of the document's best passage."""
    scores: dict[str, float] = {}
    for hit in hits:
        scores.setdefault(Path(hit.document.source).stem, hit.score)
    return scores


def score(runs: dict[str, dict[str, float]], queries: Sequence[Query]) -> dict[str, float]:
    """The measures, averaged over all queries; a query without a hit counts 0."""
    judged = [Qrel(query.id, relevant, 1) for query in queries for relevant in query.relevant]
    found = [ScoredDoc(query, doc, value) for query, docs in runs.items() for doc, value in docs.items()]
    values = by_question(judged, found, [query.id for query in queries])
    return {name: statistics.fmean(value[name] for value in values.values()) for name in MEASURES}


@contextmanager
def indexed(folder: Path, encoder: Embedder, settings: Settings) -> Iterator[tuple[SearchIndex, BuildReport]]:
    """The folder's corpus, indexed in a temporary place as documents of ours would be."""
    corpus, _ = read_corpus(folder)
    wanted = IndexSettings(encoder.fingerprint, settings.passage_chars)
    # Both speeds are measured warm, or the one that comes second would look the faster.
    encoder.encode_passages([entry["text"] for entry in corpus[:_WARMING_PASSAGES]])
    with tempfile.TemporaryDirectory() as temporary:
        sources, place = Path(temporary, "sources"), Path(temporary, "index")
        sources.mkdir()
        write_files(corpus, sources)
        report = build_index([sources], place, encoder, wanted)
        index = SearchIndex(place, _Remembered(encoder), wanted, settings.dense_weight)
        try:
            yield index, report
        finally:
            index.close()


def retrieval(folder: Path, encoder: Embedder, settings: Settings, typing: Typing) -> dict[str, Any]:
    """Ask every query, typed in one way, in every mode, and measure."""
    _, queries = read_corpus(folder)
    asked = {query.id: retype(query.question, typing, query.id) for query in queries}
    with indexed(folder, encoder, settings) as (index, report):
        for text in tqdm(asked.values(), desc="embedding questions", file=sys.stderr):
            index.search(text, 1, "dense")
        result: dict[str, Any] = {mode: _measure(index, queries, asked, mode) for mode in MODES}
        result["speed"] = {
            "passages": report.passages,
            "index_passages_per_s": report.passages / report.seconds,
            "encode_passages_per_s": _encode_speed(index, encoder),
            "query_embedding_ms": _embedding_ms(encoder, list(asked.values())),
        }
    return result


def _measure(index: SearchIndex, queries: Sequence[Query], asked: dict[str, str], mode: Mode) -> dict[str, float]:
    runs: dict[str, dict[str, float]] = {}
    times_ms: list[float] = []
    for query in tqdm(queries, desc=mode, file=sys.stderr):
        started = time.perf_counter()
        hits = index.search(asked[query.id], _DEPTH, mode)
        times_ms.append((time.perf_counter() - started) * 1000)
        runs[query.id] = rank_documents(hits)
    return score(runs, queries) | {"search_ms_median": statistics.median(times_ms)}


def _encode_speed(index: SearchIndex, encoder: Embedder) -> float:
    """Passages a second when the model is called directly on the very texts that were indexed."""
    texts = [embedding_text(document, passage) for document, passage in index.passages()]
    started = time.perf_counter()
    encoder.encode_passages(texts)
    return len(texts) / (time.perf_counter() - started)


def _embedding_ms(encoder: Embedder, questions: list[str]) -> float:
    times_ms = []
    for question in questions[:_TIMED_QUERIES]:
        started = time.perf_counter()
        encoder.encode_query(question)
        times_ms.append((time.perf_counter() - started) * 1000)
    return statistics.median(times_ms)


def _table(result: dict[str, Any]) -> str:
    lines = ["| | " + " | ".join(MEASURES) + " | ms/query |", "| --- |" + " --- |" * (len(MEASURES) + 1)]
    for mode in MODES:
        values = " | ".join(f"{result[mode][name]:.4f}" for name in MEASURES)
        lines.append(f"| {mode} | {values} | {result[mode]['search_ms_median']:.1f} |")
    speed = result["speed"]
    lines.append(
        f"\n{speed['passages']} passages; indexing {speed['index_passages_per_s']:.1f} passages/s, "
        f"the model alone {speed['encode_passages_per_s']:.1f}; "
        f"embedding a question {speed['query_embedding_ms']:.1f} ms (not in ms/query)"
    )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; exit status 2 for wrong usage, 1 for a failure."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("retrieval", help="dense, lexical and fused search side by side, and speed")
    one.add_argument("--typing", choices=TYPINGS, default="accented", help="how the questions are typed")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    every = commands.add_parser("typing", help="every way of typing, held against the question as written")
    every.add_argument("--svg", type=Path, help="draw the table into this file as well")
    for command in (one, every):
        command.add_argument("folder", type=Path, help="a folder with corpus.jsonl and queries.jsonl")
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        encoder = open_embedder(settings)
        if options.command == "retrieval":
            result = retrieval(options.folder, encoder, settings, options.typing)
            print(json.dumps(result, ensure_ascii=False, indent=1) if options.json else _table(result))
        else:
            from evals.typing_bench import chart, table, typings

            rows = typings(options.folder, encoder, settings)
            print(table(rows))
            if options.svg:
                options.svg.write_text(chart(rows), encoding="utf-8")
    except KhuyenNghiError as exc:
        print(f"Lỗi: {exc}", file=sys.stderr)
        return 2 if exc.code in {"settings", "nothing_to_index"} else 1
    return 0


if __name__ == "__main__":
    stay_offline()
    sys.exit(main())
