"""The report's pictures, as SVG text: outcomes by category, ways of typing, seconds."""

import io
from collections.abc import Mapping, Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.cases import CATEGORIES
from evals.compare import Comparison
from evals.results import Results
from evals.retype import TYPINGS
from evals.score import MEASURES, summarise

_OUTCOMES = {"correct": "#2e7d32", "incomplete": "#9ccc65", "missing": "#b0bec5", "wrong": "#c62828"}
_SYSTEM_COLOURS = ("#1565c0", "#ef6c00")
_WIDTH_IN = 8.5
TITLES = {
    "outcomes": "Outcomes by category",
    "seconds": "Seconds to the passages, to the first token and to the end",
    "typing": "Retrieval by way of typing",
    "changes": "Questions that got better and worse, by category",
}
mpl.rcParams["svg.fonttype"] = "none"  # text stays text: small, selectable, read aloud
mpl.rcParams["svg.hashsalt"] = "khuyen-nghi"  # the same figures give the same file
mpl.rcParams["font.family"] = "sans-serif"


def charts(systems: Sequence[Results]) -> dict[str, str]:
    """SVG by name, of one system or of two side by side; only those that the runs hold data for."""
    drawn: dict[str, str] = {}
    if systems[0].answers:
        drawn["outcomes"] = _outcomes(systems)
        drawn["seconds"] = _seconds(systems)
    if systems[0].searches:
        drawn["typing"] = _typing(systems)
    return drawn


def labels(systems: Sequence[Results]) -> list[str]:
    """What tells the systems apart: their names, with the run where two have the same."""
    names = [results.run.info.system for results in systems]
    if len(set(names)) == len(names):
        return names
    return [f"{name} {results.run.info.started}" for name, results in zip(names, systems, strict=True)]


def change_chart(comparison: Comparison) -> str:
    """How many questions of each category got better or worse."""
    pairs = comparison.pairs
    names = [name for name in CATEGORIES if any(pair.before.case.category == name for pair in pairs)]
    figure, axes = _figure(0.32 * len(names) + 1)
    for change, sign, colour in (("better", 1, _OUTCOMES["correct"]), ("worse", -1, _OUTCOMES["wrong"])):
        counts = [
            sign * sum(pair.change == change and pair.before.case.category == name for pair in pairs) for name in names
        ]
        axes.barh(names, counts, color=colour, label=change)
    axes.axvline(0, color="#555", linewidth=0.8)
    axes.invert_yaxis()
    axes.set_xlabel("questions")
    axes.legend(frameon=False)
    return _svg(figure, TITLES["changes"])


def bars(title: str, names: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Shares of 1 side by side: a group of bars for each name, one bar of each series in it."""
    figure, axes = _figure(3.2)
    width = 0.8 / len(series)
    for number, (label, values) in enumerate(series.items()):
        places = [place + (number - (len(series) - 1) / 2) * width for place in range(len(names))]
        drawn = axes.bar(places, values, width, color=_SYSTEM_COLOURS[number % len(_SYSTEM_COLOURS)], label=label)
        axes.bar_label(drawn, fmt="%.3f", fontsize=6)
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(0, 1.05)
    axes.legend(ncols=len(series), loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False)
    return _svg(figure, title)


def _outcomes(systems: Sequence[Results]) -> str:
    bars = [
        (f"{name} · {label}", [one for one in results.answers if one.case.category == name])
        for name in CATEGORIES
        for label, results in zip(labels(systems), systems, strict=True)
    ]
    bars = [(label, answers) for label, answers in bars if answers]
    figure, axes = _figure(0.26 * len(bars) + 1)
    left = [0.0] * len(bars)
    for outcome, colour in _OUTCOMES.items():
        shares = [sum(one.outcome == outcome for one in answers) / len(answers) for _, answers in bars]
        axes.barh([label for label, _ in bars], shares, left=left, color=colour, label=outcome)
        left = [start + share for start, share in zip(left, shares, strict=True)]
    for row, (_, answers) in enumerate(bars):
        axes.text(1.01, row, f"n={len(answers)}", va="center", fontsize=8, color="#555")
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("share of the questions")
    axes.legend(ncols=4, loc="lower center", bbox_to_anchor=(0.4, 1), frameon=False)
    return _svg(figure, TITLES["outcomes"])


def _typing(systems: Sequence[Results]) -> str:
    measure = MEASURES["passage R@5"]
    names = [name for name in TYPINGS if any(one.typing == name for one in systems[0].searches)]
    figure, axes = _figure(3.2)
    width = 0.8 / len(systems)
    for number, results in enumerate(systems):
        found = [
            (place, summarise([one for one in results.searches if one.typing == name], [measure]).get(measure.name))
            for place, name in enumerate(names)
        ]
        drawn = [(place + (number - (len(systems) - 1) / 2) * width, one) for place, one in found if one]
        axes.bar(
            [place for place, _ in drawn],
            [one.value for _, one in drawn],
            width,
            yerr=[[one.value - one.low for _, one in drawn], [one.high - one.value for _, one in drawn]],
            capsize=3,
            color=_SYSTEM_COLOURS[number],
            label=labels(systems)[number],
        )
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(0, 1)
    axes.set_ylabel("passage R@5, 95% interval")
    axes.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False)
    return _svg(figure, TITLES["typing"])


def _seconds(systems: Sequence[Results]) -> str:
    figure, axes = _figure(0.75 * len(systems) + 1.2)
    stages: Mapping[str, str] = {"evidence_s": "passages", "first_token_s": "first token", "total_s": "end"}
    boxes = [
        (f"{system}: {stage}", [one.values[name] for one in results.answers if name in one.values])
        for system, results in zip(labels(systems), systems, strict=True)
        for name, stage in stages.items()
    ]
    boxes = [(label, values) for label, values in boxes if values]
    axes.boxplot(
        [values for _, values in boxes], orientation="horizontal", whis=(5, 95), tick_labels=[name for name, _ in boxes]
    )
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("seconds (whiskers: 5th and 95th percentile)")
    return _svg(figure, TITLES["seconds"])


def _figure(height_in: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH_IN, height_in), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _svg(figure: Figure, title: str) -> str:
    """The figure as an `<svg>` element that says what it shows."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Title": title, "Creator": None})
    text = written.getvalue()
    return text[text.index("<svg") :].replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)
