"""A run as people read it: one HTML page that needs no network, and a Markdown summary with its charts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from bot.errors import SettingsError
from evals.cases import CATEGORIES, SPLITS, source_text
from evals.charts import TITLES, change_chart, charts, labels
from evals.compare import Comparison, shown_p
from evals.correctness import OUTCOMES, said
from evals.facts import holds
from evals.intervals import Estimate
from evals.records import Found
from evals.results import Results
from evals.retype import TYPINGS
from evals.score import ANSWER_MEASURES, MEASURES, SEARCH_MEASURES, Measure, Scored, ScoredAnswer, summarise

PUBLISHED_FOLDER = Path(__file__).with_name("reports")
_PAGES = Environment(
    loader=PackageLoader("evals", "templates"),
    autoescape=lambda name: name is not None and ".html" in name,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
Table = list[tuple[Measure, list[Estimate | None]]]


def write_report(systems: Sequence[Results], folder: Path) -> Path:
    """`report.html`, `summary.md`, `summary.json` and the charts, of a run and perhaps one to hold it against."""
    drawn = charts(systems)
    page = _PAGES.get_template("report.html.j2").render(
        systems=systems,
        main=systems[0],
        columns=columns(systems),
        tables=tables(systems),
        typing=typing_table(systems),
        charts={name: Markup(svg) for name, svg in drawn.items()},  # our own drawing
        facts_held=facts_held,
        misses=[one for one in systems[0].searches if one.values["passage R@5"] < 1],
        found_text=found_text,
        titles=TITLES,
        outcomes=OUTCOMES,
        categories=CATEGORIES,
        typings=TYPINGS,
        labels=labels(systems),
    )
    (folder / "report.html").write_text(page, encoding="utf-8")
    (folder / "summary.json").write_text(_json(systems), encoding="utf-8")
    _write_summary(systems, drawn, folder, "summary.md")
    return folder / "report.html"


def publish(systems: Sequence[Results], folder: Path = PUBLISHED_FOLDER) -> Path:
    """The summary as `latest.md` and its charts, to be committed. Raises SettingsError for less than a full run."""
    info = systems[0].run.info
    if not info.finished or (info.suite, info.split) != ("all", "all") or info.only or info.limit:
        raise SettingsError("Chỉ công bố lượt chạy đầy đủ đã xong.", "Hãy chạy «make eval».")
    folder.mkdir(exist_ok=True)
    return _write_summary(systems, charts(systems), folder, "latest.md")


def write_comparison(comparison: Comparison, folder: Path) -> Path:
    """`comparison.html`: the measures of both, and each question that changed with both answers."""
    page = _PAGES.get_template("comparison.html.j2").render(
        comparison=comparison,
        pairs=[pair for pair in comparison.pairs if pair.change != "unchanged"],
        shown_p=shown_p,
        found_text=found_text,
        chart=Markup(change_chart(comparison)),  # our own drawing
    )
    file = folder / "comparison.html"
    file.write_text(page, encoding="utf-8")
    return file


def columns(systems: Sequence[Results]) -> list[str]:
    """The heading of each column of the tables."""
    names = labels(systems)
    return [f"{name}, {split}" for name, results in zip(names, systems, strict=True) for split in _splits(results)]


def tables(systems: Sequence[Results]) -> dict[str, Table]:
    """The tables of the report by name: each measure with its estimate for every column, None where it has none."""
    searches = [
        [one for one in results.searches if one.typing == "accented" and one.case.split == split]
        for results in systems
        for split in _splits(results)
    ]
    answers = [
        [one for one in results.answers if one.case.split == split] for results in systems for split in _splits(results)
    ]
    found = {"Answers": _table(answers, ANSWER_MEASURES), "Retrieval, as written": _table(searches, SEARCH_MEASURES)}
    return {name: table for name, table in found.items() if table}


def typing_table(systems: Sequence[Results]) -> Table:
    """Passage R@1, R@5 and MRR for every way of typing, all splits together."""
    rows: Table = []
    for name in ("passage R@1", "passage R@5", "passage MRR@10"):
        groups = [
            [one for one in results.searches if one.typing == typing] for results in systems for typing in TYPINGS
        ]
        rows += _table(groups, [MEASURES[name]])
    return rows


def found_text(found: Found) -> str:
    """What a search returned, in the words of the document; empty for a document that is not ours."""
    try:
        return source_text(found.document)[found.start : found.end]
    except SettingsError:
        return ""


def facts_held(answer: ScoredAnswer) -> list[tuple[str, bool]]:
    """Every fact asked for, in its first wording, and whether the answer holds it."""
    text = said(answer.answer) if answer.answer and not answer.answer.abstained else ""
    return [(fact[0], holds(text, fact)) for fact in answer.case.must]


def _splits(results: Results) -> list[str]:
    asked = {one.case.split for one in (*results.searches, *results.answers)}
    return [split for split in SPLITS if split in asked]


def _table(groups: Sequence[Sequence[Scored]], measures: Iterable[Measure]) -> Table:
    listed = list(measures)
    found = [summarise(group, listed) for group in groups]
    rows = [(measure, [one.get(measure.name) for one in found]) for measure in listed]
    return [(measure, values) for measure, values in rows if any(values)]


def _write_summary(systems: Sequence[Results], drawn: Mapping[str, str], folder: Path, name: str) -> Path:
    for chart, svg in drawn.items():
        (folder / f"{chart}.svg").write_text(svg + "\n", encoding="utf-8")
    text = _PAGES.get_template("summary.md.j2").render(
        systems=systems,
        main=systems[0],
        columns=columns(systems),
        tables=tables(systems),
        charts=drawn,
        typing=typing_table(systems),
        typings=TYPINGS,
        labels=labels(systems),
        titles=TITLES,
    )
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def _json(systems: Sequence[Results]) -> str:
    """Run, and every measure of every column, for programs."""
    found = [
        {
            "run": asdict(results.run.info),
            "measures": {
                split: {
                    measure.name: asdict(values[0])
                    for table in tables([results]).values()
                    for measure, estimates in table
                    if (values := [estimates[number]]) and values[0]
                }
                for number, split in enumerate(_splits(results))
            },
        }
        for results in systems
    ]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
