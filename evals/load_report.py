"""What a load test found: the figures, and a page with their pictures."""

import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Shot:
    """One question: when it was asked (seconds since the start), how soon what came, and how it ended.

    `evidence_s` and `total_s` are None where that did not come. `outcome` is `answered`, `abstained`, `busy` (answered
    by quotation, since the model had no time), `refused 429` and the like, or the name of an error.
    """

    user: int
    at_s: float
    evidence_s: float | None
    total_s: float | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Load:
    """A whole test; `memory_mib` are pairs of seconds since the start and the server's resident memory."""

    users: int
    seconds: float
    shots: tuple[Shot, ...]
    memory_mib: tuple[tuple[float, float], ...]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that is not below `share` of them (nearest rank); NaN for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def table(load: Load) -> str:
    """The figures as Markdown."""
    evidence = [shot.evidence_s for shot in load.shots if shot.evidence_s is not None]
    total = [shot.total_s for shot in load.shots if shot.total_s is not None]
    outcomes = Counter(shot.outcome for shot in load.shots)
    rows = [
        ("users", str(load.users)),
        ("seconds", f"{load.seconds:.0f}"),
        ("questions", str(len(load.shots))),
        *((f"outcome: {name}", str(count)) for name, count in sorted(outcomes.items())),
        *((f"evidence, s, p{share}", f"{quantile(evidence, share / 100):.2f}") for share in (50, 95, 99)),
        *((f"whole answer, s, p{share}", f"{quantile(total, share / 100):.2f}") for share in (50, 95, 99)),
    ]
    if load.memory_mib:
        first, last = load.memory_mib[0][1], load.memory_mib[-1][1]
        most = max(mib for _, mib in load.memory_mib)
        rows.append(("memory, MiB: at first, most, at last", f"{first:.0f}, {most:.0f}, {last:.0f}"))
    return "\n".join(["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)])


def page(load: Load) -> str:
    """One HTML page: seconds to the evidence and to the end over the test, and memory beside them."""
    figure = Figure(figsize=(8.5, 7), layout="constrained")
    above, middle, below = figure.subplots(3, 1, sharex=True)
    for axes, name, values in (
        (above, "seconds to the evidence", [(shot.at_s, shot.evidence_s) for shot in load.shots]),
        (middle, "seconds to the end", [(shot.at_s, shot.total_s) for shot in load.shots]),
        (below, "memory, MiB", list(load.memory_mib)),
    ):
        there = [(at, value) for at, value in values if value is not None]
        axes.scatter([at for at, _ in there], [value for _, value in there], s=8, color="#1565c0")
        axes.set_ylabel(name)
        axes.set_ylim(bottom=0)
        axes.spines[["top", "right"]].set_visible(False)
    below.set_xlabel("seconds since the start")
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None})
    svg = written.getvalue()
    rows = "".join(
        f"<tr><th scope='row'>{name.strip()}</th><td>{value.strip()}</td></tr>"
        for name, value in (line.strip("|").split("|") for line in table(load).splitlines()[2:])
    )
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Load test</title>"
        "<style>body{font:16px system-ui;margin:2rem;max-width:60rem}th{text-align:left;padding-right:2rem}</style>"
        f"<h1>{load.users} users, {load.seconds:.0f} seconds</h1><table>{rows}</table>{svg[svg.index('<svg') :]}</html>"
    )
