"""Runs that break off, and two runs at once: nothing is lost, nothing is asked twice."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.errors import SettingsError
from evals.run import Task, run_task
from evals.runs import all_runs
from tests.evals.builders import says
from tests.evals.systems import ROOT, StandIn, questions

TASK = Task("answers", "all")
CASES = questions(8)
ASKED = [case.question for case in CASES]
# Eight answers, slow enough to be stopped between two of them.
_SLOW_RUN = """
import sys
from pathlib import Path
from tests.evals.systems import StandIn
from tests.evals.test_run_interrupted import CASES, TASK
from evals.run import run_task
run_task(Path(sys.argv[1]), StandIn(pace_s=0.4), CASES, TASK)
"""


def _rows(root: Path) -> bytes:
    """The rows of the only run."""
    files = list(root.glob("*/answers.jsonl"))
    return files[0].read_bytes() if files else b""


def _slow_run(root: Path, least_rows: int) -> subprocess.Popen[bytes]:
    """A process that runs the task, once it has so many rows."""
    running = subprocess.Popen(
        [sys.executable, "-c", _SLOW_RUN, str(root)], cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while _rows(root).count(b"\n") < least_rows:
        assert running.poll() is None, "the run ended too early"
        assert time.monotonic() < deadline, "the run wrote no rows"
        time.sleep(0.01)
    return running


@pytest.mark.parametrize("stop_after", [0, 1, 5, 7])
def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, stop_after: int) -> None:
    broken = StandIn(stop_after=stop_after)
    with pytest.raises(KeyboardInterrupt):
        run_task(tmp_path, broken, CASES, TASK)
    before = all_runs(tmp_path)[0]
    assert (before.info.finished, [row.asked for row in before.answers()]) == ("", ASKED[:stop_after])
    resumed = StandIn()
    run = run_task(tmp_path, resumed, CASES, TASK)
    assert run.folder == before.folder
    assert broken.answered + resumed.answered == ASKED
    assert [row.asked for row in run.answers()] == ASKED
    assert run.answers()[:stop_after] == before.answers()[:stop_after]
    assert run.info.finished


def test_a_run_that_breaks_off_among_searches_goes_on_there(tmp_path: Path) -> None:
    task = Task("all", "all")
    whole, broken, resumed = StandIn(), StandIn(stop_after=9), StandIn()
    run_task(tmp_path / "trọn", whole, CASES, task)
    with pytest.raises(KeyboardInterrupt):
        run_task(tmp_path / "dở", broken, CASES, task)
    run = run_task(tmp_path / "dở", resumed, CASES, task)
    assert broken.searched + resumed.searched == whole.searched == [row.asked for row in run.searches()]
    assert (broken.answered, resumed.answered) == ([], ASKED)


def test_a_run_may_be_interrupted_again_and_again(tmp_path: Path) -> None:
    asked: list[str] = []
    for _ in range(3):
        system = StandIn(stop_after=2)
        with pytest.raises(KeyboardInterrupt):
            run_task(tmp_path, system, CASES, TASK)
        asked += system.answered
    last = StandIn()
    run = run_task(tmp_path, last, CASES, TASK)
    assert asked + last.answered == ASKED == [row.asked for row in run.answers()]
    assert len(all_runs(tmp_path)) == 1


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with _slow_run(tmp_path, least_rows=3) as running:
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL
    kept = _rows(tmp_path)
    system = StandIn()
    run = run_task(tmp_path, system, CASES, TASK)
    assert len(all_runs(tmp_path)) == 1
    assert _rows(tmp_path).startswith(kept)
    assert system.answered == ASKED[kept.count(b"\n") :]
    assert system.answered
    assert [row.asked for row in run.answers()] == ASKED


@pytest.mark.parametrize("cut", [1, 2, 100, 300])
def test_a_torn_last_line_is_dropped_and_asked_again(tmp_path: Path, cut: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_task(tmp_path, StandIn(stop_after=4), CASES, TASK)
    before = all_runs(tmp_path)[0]
    file, kept = before.folder / "answers.jsonl", before.answers()[:3]
    file.write_bytes(file.read_bytes()[:-cut])
    system = StandIn()
    run = run_task(tmp_path, system, CASES, TASK)
    assert system.answered == ASKED[3:]
    assert run.answers()[:3] == kept
    assert [row.asked for row in run.answers()] == ASKED


def test_a_second_process_is_refused_and_the_first_not_disturbed(tmp_path: Path) -> None:
    with _slow_run(tmp_path, least_rows=1) as running:
        system = StandIn()
        with pytest.raises(SettingsError, match="đang được một tiến trình khác thực hiện"):
            run_task(tmp_path, system, CASES, TASK)
        assert (running.poll(), system.answered) == (None, [])
        assert running.wait(60) == 0
    (run,) = all_runs(tmp_path)
    assert [row.asked for row in run.answers()] == ASKED
    assert run.info.finished


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("different", ["task", "settings", "model", "system", "inputs", "fresh"])
def test_a_broken_off_run_of_something_else_is_left_alone(tmp_path: Path, different: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_task(tmp_path, StandIn(stop_after=3), CASES, TASK)
    before = all_runs(tmp_path)[0]
    changes = {name: "khác" for name in ("settings", "model") if name == different}
    system = StandIn(**changes, name="baseline" if different == "system" else "ours")  # type: ignore[arg-type]
    cases = [*CASES[:-1], CASES[-1].model_copy(update={"question": "Khác?"})] if different == "inputs" else CASES
    task = Task("answers", "dev") if different == "task" else TASK
    run = run_task(tmp_path, system, cases, task, resume=different != "fresh")
    assert run.folder != before.folder
    assert system.answered == [case.question for case in cases]
    assert [len(run.answers()) for run in all_runs(tmp_path)] == [3, 8]
    assert not all_runs(tmp_path)[0].info.finished


@pytest.mark.usefixtures("clock")
def test_a_finished_run_is_asked_nothing_again_unless_told_to(tmp_path: Path) -> None:
    first = run_task(tmp_path, StandIn(), CASES, TASK)
    again, fresh = StandIn({ASKED[0]: says("Mới.")}), StandIn({ASKED[0]: says("Mới.")})
    assert run_task(tmp_path, again, CASES, TASK).info == first.info
    assert again.answered == []
    run = run_task(tmp_path, fresh, CASES, TASK, resume=False)
    assert (fresh.answered, run.answers()[0].answer) == (ASKED, says("Mới."))
    assert len(all_runs(tmp_path)) == 2


@pytest.mark.usefixtures("clock")
def test_a_servers_finished_run_is_asked_anew_and_its_broken_off_one_goes_on(tmp_path: Path) -> None:
    url = "http://127.0.0.1:7860"
    first = run_task(tmp_path, StandIn(name=url), CASES, TASK)
    with pytest.raises(KeyboardInterrupt):
        run_task(tmp_path, StandIn(name=url, stop_after=5), CASES, TASK)
    system = StandIn(name=url)
    run = run_task(tmp_path, system, CASES, TASK)
    assert run.folder != first.folder
    assert system.answered == ASKED[5:]
    assert len(all_runs(tmp_path)) == 2
