"""A run with its questions scored: what reports, comparisons and the gate look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from evals.cases import Case, read_cases
from evals.grounding import Supports
from evals.runs import Run, all_runs, open_run
from evals.score import ScoredAnswer, ScoredSearch, score_answers, score_searches


@dataclass(frozen=True, slots=True)
class Results:
    """A run and its scored questions."""

    run: Run
    searches: list[ScoredSearch]
    answers: list[ScoredAnswer]


def results(run: Run, cases: Iterable[Case] | None = None, entails: Supports | None = None) -> Results:
    """Score a run against the gold questions of today; candidates are none.

    Raises SettingsError when nothing of it can be scored.
    """
    by_id = {case.id: case for case in (read_cases() if cases is None else cases) if not case.candidate}
    searches = score_searches(run.searches(), by_id, run.info)
    answers = score_answers(run.answers(), by_id, run.info, entails)
    if not searches and not answers:
        raise SettingsError(
            f"Lượt chạy «{run.folder.name}» chưa có câu hỏi nào được trả lời.", "Hãy chạy tiếp «bot eval run»."
        )
    return Results(run, searches, answers)


def find_run(root: Path, name: str) -> Run:
    """A run by its folder, by its name under `root`, or the `latest` one. Raises SettingsError."""
    if name == "latest":
        finished = [run for run in all_runs(root) if run.info.finished]
        if not finished:
            raise SettingsError("Chưa có lượt chạy nào xong.", "Hãy chạy «bot eval run» trước.")
        return finished[-1]
    folder = Path(name)
    return open_run(folder if folder.is_dir() else root / name)


def baseline_of(root: Path, run: Run) -> Run | None:
    """The newest finished run of the baseline over the same questions."""
    wanted = (run.info.suite, run.info.split, run.info.only, run.info.limit)
    found = [
        other
        for other in all_runs(root)
        if other.info.system == "baseline"
        and other.info.finished
        and (other.info.suite, other.info.split, other.info.only, other.info.limit) == wanted
    ]
    return found[-1] if found and run.info.system != "baseline" else None
