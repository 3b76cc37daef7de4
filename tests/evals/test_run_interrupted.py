"""Runs that break off, and two runs at once: nothing is lost, nothing is asked twice."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import Response
from typer.testing import CliRunner

from bot.errors import SettingsError
from evals.cli import app
from evals.run import Task, run_task
from evals.runs import all_runs
from tests.evals.builders import says
from tests.evals.systems import ROOT, StandIn, questions, replying, serving

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
_BOT = "from bot.cli import main; main()"


def _rows(root: Path) -> bytes:
    """The rows of the only run."""
    files = list(root.glob("*/answers.jsonl"))
    return files[0].read_bytes() if files else b""


def _wait_for(running: subprocess.Popen[bytes], so_far: Callable[[], bool]) -> None:
    """Until the process has come so far."""
    deadline = time.monotonic() + 60
    while not so_far():
        assert running.poll() is None, "the process ended too early"
        assert time.monotonic() < deadline, "the process did not get there"
        time.sleep(0.01)


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
    asked = [row.asked for row in run.searches()]
    # The first of each only loads the models.
    assert broken.searched[1:] + resumed.searched[1:] == whole.searched[1:] == asked
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
    running = subprocess.Popen([sys.executable, "-c", _SLOW_RUN, str(tmp_path)], cwd=ROOT, stderr=subprocess.DEVNULL)
    _wait_for(running, lambda: _rows(tmp_path).count(b"\n") >= 3)
    running.send_signal(signal.SIGKILL)
    assert running.wait(60) == -signal.SIGKILL
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


def test_a_second_process_is_refused_and_the_first_not_disturbed(apart: Path) -> None:
    root, over = apart / "home" / "evals", threading.Event()

    def reply() -> Response:
        over.wait(60)
        return Response(json.dumps(says("Một.").to_dict()))

    with serving(replying(reply)) as url:
        arguments = ["run", "--system", url, "--suite", "answers", "--limit", "3"]
        first = subprocess.Popen([sys.executable, "-c", _BOT, "eval", *arguments], cwd=ROOT, stderr=subprocess.DEVNULL)
        _wait_for(first, lambda: bool(all_runs(root)))
        second = CliRunner().invoke(app, [*arguments, "--fresh"])
        assert (second.exit_code, first.poll()) == (2, None)
        assert "Một lượt đánh giá khác đang chạy" in second.stderr
        over.set()
        assert first.wait(60) == 0
    (run,) = all_runs(root)
    assert [row.answer for row in run.answers()] == [says("Một.")] * 3
    assert run.info.finished


def test_where_nobody_is_there_any_more_the_run_stops_and_goes_on_later(tmp_path: Path) -> None:
    gone = StandIn(failures={ASKED[3]: SettingsError("Không kết nối được.", "Hãy kiểm tra.")})
    with pytest.raises(SettingsError, match="Không kết nối được"):
        run_task(tmp_path, gone, CASES, TASK)
    system = StandIn()
    run = run_task(tmp_path, system, CASES, TASK)
    assert system.answered == ASKED[3:]
    assert [(row.asked, row.error) for row in run.answers()] == [(question, "") for question in ASKED]
    assert len(all_runs(tmp_path)) == 1


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
