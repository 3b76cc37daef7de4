"""Systems and servers of which a test decides what they answer, and runs made by hand."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from starlette.types import ASGIApp

from bot.answer import Answer
from bot.web.api_ask import ASK_PATH
from evals.cases import Case, Turn
from evals.records import AnswerRow, Found, SearchRow
from evals.results import Results, results
from evals.runs import Run
from tests.evals.builders import case_of, refusal_of, run_info_of

ROOT = Path(__file__).parents[2]


@dataclass
class StandIn:
    """A system that looks its answers up, and refuses what it does not know. It remembers what it was asked.

    It raises `failures[question]`, and KeyboardInterrupt once it was asked `stop_after` questions.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    found: Mapping[str, list[Found]] = field(default_factory=dict)
    failures: Mapping[str, Exception] = field(default_factory=dict)
    stop_after: int | None = None
    pace_s: float = 0.0
    name: str = "ours"
    model: str = "thử"
    settings: str = "0123456789ab"
    searches: bool = True
    answered: list[str] = field(default_factory=list)
    histories: list[Sequence[Turn]] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    warmed: int = 0

    def warm(self) -> None:
        """Count."""
        self.warmed += 1

    def search(self, question: str, limit: int) -> list[Found]:
        """What the test gave for the question, or nothing."""
        self._take(question, self.searched)
        self.limits.append(limit)
        return self.found.get(question, [])

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """What the test gave for the question, or a refusal."""
        self._take(question, self.answered)
        self.histories.append(history)
        return self.answers.get(question) or refusal_of(question=question)

    def _take(self, question: str, asked: list[str]) -> None:
        time.sleep(self.pace_s)
        if len(self.answered) + len(self.searched) == self.stop_after:
            raise KeyboardInterrupt
        asked.append(question)
        if question in self.failures:
            raise self.failures[question]


def questions(count: int) -> list[Case]:
    """So many answerable questions, each with a text of its own."""
    return [case_of(id=f"hg-number-{number:02d}", question=f"Câu hỏi số {number}?") for number in range(count)]


def run_of(folder: Path, *rows: AnswerRow | SearchRow, **info: Any) -> Run:
    """A finished run with these rows, in a new folder."""
    folder.mkdir(parents=True)
    run = Run(folder, run_info_of(**info))
    run.save()
    for row in rows:
        run.add(row)
    return run


def results_of(folder: Path, cases: Sequence[Case], *rows: AnswerRow | SearchRow, **info: Any) -> Results:
    """Such a run, scored by these questions."""
    return results(run_of(folder, *rows, **info), cases)


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Serve the application on a free port of this machine; the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def replying(reply: Callable[[], Response]) -> FastAPI:
    """A server that gives this reply to every question."""
    app = FastAPI()
    app.add_api_route(ASK_PATH, reply, methods=["POST"])
    return app
