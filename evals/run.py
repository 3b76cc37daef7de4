"""Ask a system the gold questions, and keep all that it gave."""

import hashlib
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from bot.errors import KhuyenNghiError, SettingsError
from evals.cases import CATEGORIES, Case
from evals.records import AnswerRow, Found, RunInfo, SearchRow, SplitChoice, Suite
from evals.remote import LIMIT_S
from evals.retype import TYPINGS, Typing, retype
from evals.runs import Run, inputs_digest, machine, now, same_run, start, versions
from evals.systems import System

# How questions are typed: a search costs little and is tried in every way, an answer takes a while.
SEARCH_TYPINGS: tuple[Typing, ...] = TYPINGS
ANSWER_TYPINGS: tuple[Typing, ...] = ("accented",)
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Task:
    """What to ask: a suite, of a split, perhaps only some categories, perhaps a stratified sample of so many."""

    suite: Suite
    split: SplitChoice
    only: tuple[str, ...] = ()
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one way of typing."""

    case: Case
    typing: Typing
    text: str

    @property
    def key(self) -> tuple[str, Typing]:
        """What tells it from all others."""
        return self.case.id, self.typing


def select(cases: Sequence[Case], task: Task) -> list[Case]:
    """The questions of a task, in the file's order.

    Raises SettingsError for a category that does not exist, and when no question is left.
    """
    if unknown := set(task.only) - set(CATEGORIES):
        raise SettingsError(
            f"Không có loại câu hỏi {', '.join(sorted(unknown))}.", f"Hãy chọn: {', '.join(CATEGORIES)}."
        )
    chosen = [
        case for case in cases if task.split in {"all", case.split} and (not task.only or case.category in task.only)
    ]
    if task.limit:
        chosen = sample(chosen, task.limit)
    if not chosen:
        raise SettingsError("Không có câu hỏi nào khớp với lựa chọn.", "Hãy đổi --split, --only hoặc --limit.")
    return chosen


def sample(cases: Sequence[Case], limit: int) -> list[Case]:
    """A fixed sample that takes from every category in turn; within one, by the hash of the id."""
    by_category = [
        sorted((case for case in cases if case.category == category), key=lambda case: _hash(case.id))
        for category in CATEGORIES
    ]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*by_category))
    chosen = {case.id for case in itertools.islice(filter(None, in_turn), limit)}
    return [case for case in cases if case.id in chosen]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def variants(cases: Sequence[Case], typings: Sequence[Typing]) -> list[Asked]:
    """Every question in every way of typing, also where that changes nothing: all ways are measured on the same."""
    return [Asked(case, typing, retype(case.question, typing, case.id)) for case in cases for typing in typings]


def planned(cases: Sequence[Case], suite: Suite, *, searches: bool = True) -> tuple[list[Asked], list[Asked]]:
    """What a suite searches for and what it asks: only what can be answered can be found."""
    findable = [case for case in cases if case.answerable] if searches and suite != "answers" else []
    answered = cases if suite != "retrieval" else []
    return variants(findable, SEARCH_TYPINGS), variants(answered, ANSWER_TYPINGS)


def run_task(root: Path, system: System, cases: Sequence[Case], task: Task, *, resume: bool = True) -> Run:
    """Ask what was not asked yet in the last run of the same task and state, or everything in a new run.

    Failures of single questions are recorded. Raises SettingsError when there is nothing to ask.
    """
    chosen = select(cases, task)
    searches, answers = planned(chosen, task.suite, searches=system.searches)
    if not searches and not answers:
        raise SettingsError(
            "Không có gì để tìm: hệ thống không cho tìm riêng, hoặc các câu đã chọn không có câu trả lời.",
            "Hãy chọn --suite answers.",
        )
    info = _info(system, chosen, task)
    run = (same_run(root, info) if resume else None) or start(root, info)
    run.drop_torn_rows()
    _search_all(run, system, searches)
    _answer_all(run, system, answers)
    run.finish()
    return run


def _info(system: System, cases: Sequence[Case], task: Task) -> RunInfo:
    return RunInfo(
        system=system.name,
        suite=task.suite,
        split=task.split,
        only=task.only,
        limit=task.limit,
        model=system.model,
        settings=system.settings,
        inputs=inputs_digest(cases),
        started=now(),
        finished="",
        limit_s=LIMIT_S,
        questions=len(cases),
        versions=versions(),
        machine=machine(),
    )


def _search_all(run: Run, system: System, asked: Sequence[Asked]) -> None:
    done = {(row.id, row.typing) for row in run.searches()}
    left = [one for one in asked if one.key not in done]
    if not left:
        return
    _try_search(system, left[0].text)  # loads what it needs, so that the first one is not timed with it
    for one in tqdm(left, desc=f"{system.name}: searching", file=sys.stderr, initial=len(done), total=len(asked)):
        started = time.perf_counter()
        found, error = _try_search(system, one.text)
        run.add(SearchRow(one.case.id, one.typing, one.text, found, time.perf_counter() - started, error))


def _answer_all(run: Run, system: System, asked: Sequence[Asked]) -> None:
    done = {(row.id, row.typing) for row in run.answers()}
    left = [one for one in asked if one.key not in done]
    if not left:
        return
    system.warm()
    for one in tqdm(left, desc=f"{system.name}: answering", file=sys.stderr, initial=len(done), total=len(asked)):
        started = time.perf_counter()
        try:
            answer, error = system.answer(one.text, one.case.history), ""
        except SettingsError:  # nobody is there: nothing was asked, the run can go on later
            raise
        except Exception as exc:  # a failure is a result: it is recorded and counts at the worst value
            answer, error = None, _reason(exc)
        run.add(AnswerRow(one.case.id, one.typing, one.text, answer, time.perf_counter() - started, error))


def _try_search(system: System, question: str) -> tuple[tuple[Found, ...], str]:
    """What was found, and why not."""
    try:
        return tuple(system.search(question, _DEPTH)), ""
    except Exception as exc:  # a failure is a result: it is recorded and counts at the worst value
        return (), _reason(exc)


def _reason(error: Exception) -> str:
    return f"{error.code}: {error}" if isinstance(error, KhuyenNghiError) else f"{type(error).__name__}: {error}"
