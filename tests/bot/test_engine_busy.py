"""Several questions at once: the evidence at once, one at a time at the model, and room again when one is left."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from langchain_core.outputs import ChatResult
from pydantic import PrivateAttr

from bot.answer import Event, EvidenceFound, Finished, TextPiece, Waiting
from bot.engine import Engine
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, engine_of
from tests.bot.test_admission import waits_until
from tests.stand_ins import Reply, ScriptedChat, judging


class GatedChat(ScriptedChat):
    """Says yes to everything, but only while the gate is open; counts how many calls are under way at once."""

    script: list[Reply] = [Reply(odds={"Có": 0.9, "Không": 0.1})] * 999
    under_way: int = 0
    most_at_once: int = 0
    _gate: threading.Event = PrivateAttr(default_factory=threading.Event)

    @property
    def gate(self) -> threading.Event:
        """Replies are given while it is set."""
        return self._gate

    def _generate(self, *arguments: Any, **more: Any) -> ChatResult:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            self._gate.wait(20)
            time.sleep(0.001)
            return super()._generate(*arguments, **more)
        finally:
            self.under_way -= 1


@pytest.fixture
def gated() -> Iterator[GatedChat]:
    chat = GatedChat(script=GatedChat.model_fields["script"].default)
    yield chat
    chat.gate.set()


def engine_with(index: SearchIndex, chat: GatedChat, **settings: object) -> Engine:
    return engine_of(index, chat, cached_answers=0, **settings)


def begun(engine: Engine, user: str = "", question: str = ASKS_BUDGET) -> Iterator[Event]:
    """A question whose evidence is there, and which waits."""
    events = engine.ask(question, user=user)
    assert isinstance(next(events), EvidenceFound)
    return events


def close(events: Iterator[Event]) -> None:
    events.close()  # type: ignore[attr-defined]  # ask is typed as an iterator; it is a generator


def test_the_evidence_is_there_and_the_place_is_told_while_another_is_answered(
    index: SearchIndex, gated: GatedChat
) -> None:
    engine = engine_with(index, gated)
    first = begun(engine)
    assert next(first) == Waiting(0)  # the model is at work
    second, third = begun(engine, "b"), begun(engine, "c")
    assert [next(second), next(third)] == [Waiting(1), Waiting(2)]
    close(second)
    assert next(third) == Waiting(1)
    gated.gate.set()
    for events in (first, third):
        *_, last = events
        assert isinstance(last, Finished)
        assert BUDGET in last.answer.text
    assert engine._admission.is_idle


def test_a_full_queue_leaves_the_quoted_evidence_and_says_so(index: SearchIndex, gated: GatedChat) -> None:
    engine = engine_with(index, gated, llm_queue=1)
    first, second = begun(engine), begun(engine)
    assert [next(first), next(second)] == [Waiting(0), Waiting(1)]
    *_, last = engine.ask(ASKS_BUDGET)
    assert isinstance(last, Finished)
    assert (last.answer.style, BUDGET in last.answer.text) == ("quote", True)
    assert last.answer.notice.startswith("Mô hình đang bận và đã có 1 câu hỏi chờ trước. Hãy hỏi lại sau ít phút.")
    assert "trích nguyên văn" in last.answer.notice
    close(first)
    close(second)


def test_too_long_a_wait_leaves_the_quoted_evidence_and_says_so(index: SearchIndex, gated: GatedChat) -> None:
    engine = engine_with(index, gated, llm_wait_s=0.1)
    first = begun(engine)
    next(first)
    *waited, last = begun(engine)
    assert isinstance(last, Finished)
    assert BUDGET in last.answer.text
    assert "0.1 giây" in last.answer.notice
    assert waited[0] == Waiting(1)
    close(first)
    assert waits_until(lambda: engine._admission.is_idle)


@pytest.mark.parametrize("question", [OFF_TOPIC, "Xin chào", "Bộ khuyến nghị gì với Sông Lam?"])
def test_what_needs_no_model_takes_no_turn(index: SearchIndex, gated: GatedChat, question: str) -> None:
    engine = engine_with(index, gated, llm_queue=0)
    first = begun(engine)
    next(first)
    *others, last = engine.ask(question)
    assert not any(isinstance(event, Waiting) for event in others)
    assert isinstance(last, Finished)
    assert last.answer.notice == ""
    close(first)


def test_an_answer_that_is_left_while_the_model_is_at_work_makes_room_within_a_second(
    index: SearchIndex, gated: GatedChat
) -> None:
    engine = engine_with(index, gated)
    first = begun(engine)
    assert next(first) == Waiting(0)
    began = time.monotonic()
    close(first)
    assert waits_until(lambda: engine._admission.is_idle, 1)
    assert time.monotonic() - began < 1


def test_an_answer_that_is_left_calls_the_model_no_more(index: SearchIndex, gated: GatedChat) -> None:
    first = begun(engine_with(index, gated))
    assert next(first) == Waiting(0)
    close(first)
    gated.gate.set()
    assert waits_until(lambda: gated.under_way == 0)
    assert len(gated.calls) == 1


@pytest.mark.parametrize("style", ["quote", "write"])
def test_a_slow_reader_does_not_keep_the_model(index: SearchIndex, style: str) -> None:
    chat = ScriptedChat(script=[*judging(0.9), Reply(f"{BUDGET} [1] " * 20)])
    engine = engine_of(index, chat, answer_style=style)
    events = begun(engine)
    while not isinstance(next(events), TextPiece):
        pass
    assert waits_until(lambda: engine._admission.is_idle)
    *_, last = events
    assert isinstance(last, Finished)


def test_while_a_model_writes_long_without_a_checked_sentence_events_still_come(index: SearchIndex) -> None:
    chat = ScriptedChat(script=[*judging(0.9), Reply("chữ " * 60)], pace_s=0.03)
    events = begun(engine_of(index, chat, answer_style="write"))
    began, gaps = time.monotonic(), []
    for _ in events:
        gaps.append(time.monotonic() - began)
        began = time.monotonic()
    assert len(gaps) >= 3
    assert max(gaps) < 1.5


def test_many_users_at_once_are_all_answered_one_at_a_time(index: SearchIndex, gated: GatedChat) -> None:
    gated.gate.set()
    engine = engine_with(index, gated, llm_queue=99)

    def asks(number: int) -> str:
        events = engine.ask(ASKS_BUDGET, user=f"user {number % 7}")
        for event in events:
            if isinstance(event, Waiting) and number % 5 == 0:
                close(events)
                return "left"
            if isinstance(event, Finished):
                return event.answer.notice
        return "no end"

    with ThreadPoolExecutor(40) as pool:
        outcomes = list(pool.map(asks, range(40)))
    assert set(outcomes) <= {"", "left"}
    assert gated.most_at_once == 1
    assert waits_until(lambda: engine._admission.is_idle)
