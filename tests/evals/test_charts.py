"""The report's pictures: valid SVG that says what it shows, the same for the same figures."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evals.charts import change_chart, charts
from evals.compare import compare
from evals.results import Results
from evals.retype import TYPINGS
from tests.evals.builders import (
    answer_row_of,
    case_of,
    found_of,
    list_of,
    refusal_of,
    says,
    search_row_of,
    unanswerable_of,
)
from tests.evals.systems import ROOT, results_of

_SVG = "{http://www.w3.org/2000/svg}"
CASES = [
    case_of(),
    case_of(id="hg-number-02"),
    list_of("700", "1.300"),
    unanswerable_of(),
    unanswerable_of(id="hg-unanswerable-02"),
]
# Draws the charts of the run in a folder, scored by the questions of this file, and tells their digest.
_DRAW = """
import hashlib, sys
from pathlib import Path
from evals.charts import charts
from evals.results import results
from evals.runs import open_run
from tests.evals.test_charts import CASES
drawn = charts([results(open_run(Path(sys.argv[1])), CASES)])
print(hashlib.sha256("".join(drawn.values()).encode()).hexdigest())
"""


def run_in(folder: Path, system: str, **info: Any) -> Results:
    """A run with answers of every outcome, and searches in every way of typing."""
    given = [says("700"), None, says("700"), refusal_of(), refusal_of()]
    rows = [answer_row_of(answer, id=case.id) for case, answer in zip(CASES, given, strict=True)]
    searches = [search_row_of(found_of(), id=case.id, typing=name) for case in CASES[:2] for name in TYPINGS]
    return results_of(folder, CASES, *rows, *searches, system=system, suite="all", **info)


@pytest.fixture
def ours(tmp_path: Path) -> Results:
    return run_in(tmp_path / "ours", "ours")


@pytest.fixture
def baseline(tmp_path: Path) -> Results:
    return run_in(tmp_path / "baseline", "baseline")


def texts(svg: str) -> list[str]:
    """What is written in the picture, which must be valid XML."""
    return ["".join(node.itertext()).strip() for node in ElementTree.fromstring(svg).iter(f"{_SVG}text")]


def test_there_is_a_chart_for_what_the_run_holds(ours: Results, tmp_path: Path) -> None:
    assert set(charts([ours])) == {"outcomes", "seconds", "typing"}
    answers = results_of(tmp_path / "đáp", CASES, answer_row_of(says("700")))
    searches = results_of(tmp_path / "tìm", CASES, search_row_of(found_of()))
    assert set(charts([answers])) == {"outcomes", "seconds"}
    assert set(charts([searches])) == {"typing"}


def test_charts_are_pictures_with_a_name(ours: Results, baseline: Results) -> None:
    drawn = [*charts([ours, baseline]).values(), change_chart(compare(ours, baseline))]
    roots = [ElementTree.fromstring(svg) for svg in drawn]
    assert [(root.tag, root.get("role")) for root in roots] == [(f"{_SVG}svg", "img")] * 4
    names = [root.get("aria-label") or "" for root in roots]
    assert all(names)
    assert len(set(names)) == 4


def test_outcomes_are_shown_by_category_and_system(ours: Results, baseline: Results) -> None:
    shown = texts(charts([ours, baseline])["outcomes"])
    labels = [text for text in shown if " · " in text]
    assert sorted(labels) == sorted(
        f"{category} · {system}" for category in ("number", "list", "unanswerable") for system in ("ours", "baseline")
    )
    assert [text for text in shown if text.startswith("n=")] == ["n=2", "n=2", "n=1", "n=1", "n=2", "n=2"]
    assert {"correct", "incomplete", "missing", "wrong"} <= set(shown)


def test_two_runs_of_one_system_are_told_apart_by_their_time(ours: Results, tmp_path: Path) -> None:
    later = run_in(tmp_path / "sau", "ours", started="2026-05-06T07:08:09Z")
    drawn = charts([ours, later])
    times = (ours.run.info.started, "2026-05-06T07:08:09Z")
    assert [text for text in texts(drawn["outcomes"]) if text.startswith("list · ")] == [
        f"list · ours {time}" for time in times
    ]
    assert {f"ours {time}" for time in times} <= set(texts(drawn["typing"]))
    assert {f"ours {time}: end" for time in times} <= set(texts(drawn["seconds"]))


def test_seconds_are_shown_by_stage(ours: Results) -> None:
    shown = texts(charts([ours])["seconds"])
    assert {"ours: passages", "ours: first token", "ours: end"} <= set(shown)


def test_every_way_of_typing_has_its_bar(ours: Results, baseline: Results) -> None:
    shown = texts(charts([ours, baseline])["typing"])
    assert {*TYPINGS, "ours", "baseline"} <= set(shown)


def test_changes_are_shown_by_category(ours: Results, tmp_path: Path) -> None:
    rows = [answer_row_of(says("700"), id=case.id) for case in CASES]
    shown = texts(change_chart(compare(ours, results_of(tmp_path / "sau", CASES, *rows))))
    assert {"better", "worse", "number", "list", "unanswerable"} <= set(shown)
    assert "who" not in shown  # nothing of it was asked


def test_the_same_figures_give_the_same_bytes(ours: Results, baseline: Results) -> None:
    assert charts([ours, baseline]) == charts([ours, baseline])
    comparison = compare(ours, baseline)
    assert change_chart(comparison) == change_chart(comparison)
    assert charts([ours]) != charts([baseline])


def test_another_process_draws_the_same_bytes(ours: Results) -> None:
    here = hashlib.sha256("".join(charts([ours]).values()).encode()).hexdigest()
    command = [sys.executable, "-c", _DRAW, str(ours.run.folder)]
    drawn = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    assert drawn.stdout.strip() == here


def test_a_systems_name_cannot_break_the_picture(tmp_path: Path) -> None:
    name = 'http://<svg onload="x">&'
    drawn = charts([run_in(tmp_path / "lạ", name)])
    assert f"number · {name}" in texts(drawn["outcomes"])
