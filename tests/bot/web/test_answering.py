"""Many who ask at once: whoever waits for the model holds nobody else up."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.answer import Event, Waiting
from bot.engine import Engine
from bot.service import Assistant
from bot.web.answering import limiter_of
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET
from tests.bot.web.asking import app_of, assistant_of
from tests.bot.web.listening import events_in, eventually, listening

_HEADERS = {"Authorization": "Bearer kn_an"}
_ASKERS, _QUEUE = 50, 8


class Model:
    """Lets nobody in before it is told to; as the engine, it takes so many who wait and turns the others away."""

    def __init__(self) -> None:
        self.may_go = threading.Event()
        self._places = threading.Semaphore(_QUEUE + 1)

    def wait(self) -> Iterator[Event]:
        """Who gets no place goes on at once."""
        if not self._places.acquire(blocking=False):
            return
        try:
            while not self.may_go.wait(0.2):
                yield Waiting(1)
        finally:
            self._places.release()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    """Stands between the evidence and the rest of every answer."""
    made, real = Model(), Engine.ask

    def ask(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        first, *rest = real(self, question, **options)
        yield first
        yield from made.wait()
        yield from rest

    monkeypatch.setattr(Engine, "ask", ask)
    return made


@pytest.fixture
def crowded(index: SearchIndex, tmp_path: Path) -> Iterator[Assistant]:
    """With room for a few who wait."""
    with assistant_of(index, tmp_path, llm_queue=_QUEUE) as made:
        yield made


def ask(url: str, evidence_s: list[float]) -> str:
    """Ask as a page does; the last event's name."""
    name, began = "", time.monotonic()
    body = {"question": ASKS_BUDGET}
    with httpx.stream("POST", f"{url}/api/v1/ask/stream", json=body, headers=_HEADERS, timeout=60) as reply:
        for name, _ in events_in(reply.iter_lines()):
            if name == "evidence":
                evidence_s.append(time.monotonic() - began)
    return name


def test_fifty_who_ask_all_get_their_evidence_while_the_model_is_busy(crowded: Assistant, model: Model) -> None:
    evidence_s: list[float] = []
    with listening(app_of(crowded)) as url, ThreadPoolExecutor(_ASKERS) as askers:
        answers = [askers.submit(ask, url, evidence_s) for _ in range(_ASKERS)]
        try:
            assert eventually(lambda: len(evidence_s) == _ASKERS, 30)
            assert eventually(lambda: crowded.waiting == _QUEUE + 1)
            for path in ("/healthz", "/readyz", "/api/v1/search?q=ngân sách", "/api/v1/documents"):
                assert httpx.get(f"{url}{path}", headers=_HEADERS, timeout=10).status_code == 200, path
        finally:
            model.may_go.set()
        assert {answer.result(60) for answer in answers} == {"end"}
    assert len(list(crowded.ledger.audit.entries())) == _ASKERS + 1
    assert crowded.waiting == 0


def test_there_are_more_threads_than_can_wait(crowded: Assistant) -> None:
    assert limiter_of(crowded.settings).total_tokens > _QUEUE + 1
