"""A model that is unplugged in mid-answer, and a real one that nobody listens to any more."""

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.messages import HumanMessage
from langchain_core.outputs import ChatGenerationChunk

from bot.answer import EvidenceFound, Finished, Waiting
from bot.engine import Engine
from bot.llms import ollama
from bot.llms.base import next_token_odds
from bot.llms.embedded import EmbeddedChat
from bot.places import llm_path
from bot.settings import load_settings
from index import weights
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, engine_of
from tests.bot.ollama_server import OllamaServer, Script, chat_line, closed_port_url, last_line
from tests.bot.test_admission import waits_until

YES: dict[str, object] = {
    "logprobs": [{"token": "Có", "logprob": -0.1, "top_logprobs": [{"token": "Có", "logprob": -0.1}]}]
}


def over_ollama(index: SearchIndex, url: str, timeout_s: float = 10.0) -> Engine:
    chat = ollama.connect(url, "thử", context_tokens=4096, keep_alive="1m", timeout_s=timeout_s)
    return engine_of(index, chat, answer_style="write", support_threshold=0.0)


def require_quoted(engine: Engine, notice: str) -> None:
    """The evidence came first, and is quoted with a word about what happened; the model is free again."""
    first, *_, last = engine.ask(ASKS_BUDGET)
    assert isinstance(first, EvidenceFound)
    assert isinstance(last, Finished)
    assert (last.answer.style, last.answer.abstained, last.answer.is_cached) == ("quote", False, False)
    assert f"“{BUDGET}”" in last.answer.text
    assert notice in last.answer.notice
    assert last.answer.notice.endswith("Dưới đây là các đoạn trích nguyên văn.")
    assert waits_until(lambda: engine._admission.is_idle)


def test_a_server_that_dies_while_it_judges_leaves_the_quoted_evidence(
    index: SearchIndex, ollama_server: OllamaServer
) -> None:
    ollama_server.chat(chat_line("Có", **YES), cut=True)
    require_quoted(over_ollama(index, ollama_server.url), "bị đứt giữa chừng")


class Dying(dict[str, Script]):
    """Scripts of a server that judges three times, and dies while it writes."""

    asked = 0

    def __getitem__(self, path: str) -> Script:
        self.asked += path == "/api/chat"
        if self.asked <= 3:
            return Script([chat_line("Có", **YES), last_line()])
        return Script([chat_line("Sông Lam dành"), chat_line(" 3% ngân")], cut=True)


def test_a_server_that_dies_in_mid_stream_leaves_the_quoted_evidence(
    index: SearchIndex, ollama_server: OllamaServer
) -> None:
    ollama_server.scripts = Dying()
    require_quoted(over_ollama(index, ollama_server.url), "bị đứt giữa chừng")
    assert ollama_server.scripts.asked == 4


def test_a_server_that_is_gone_leaves_the_quoted_evidence(index: SearchIndex) -> None:
    require_quoted(over_ollama(index, closed_port_url()), "Không kết nối được máy chủ Ollama")


def test_a_server_that_falls_silent_leaves_the_quoted_evidence(index: SearchIndex, ollama_server: OllamaServer) -> None:
    ollama_server.chat(chat_line("Có"), silent=True)
    require_quoted(over_ollama(index, ollama_server.url, timeout_s=0.3), "không trả lời trong 0.3 giây")


@pytest.fixture(scope="module")
def real() -> EmbeddedChat:
    """The prepared model."""
    path = llm_path(load_settings())
    if not weights.is_verified(path, weights.LLM.sha256):
        pytest.skip("the language model is not prepared: bot models prepare")
    return EmbeddedChat(path=path, context_tokens=4096, threads=os.cpu_count() or 1)


def is_free(chat: EmbeddedChat) -> bool:
    if free := chat._turn.acquire(blocking=False):
        chat._turn.release()
    return free


def require_freed(chat: EmbeddedChat, engine: Engine, events: Iterator[object], batch_s: float) -> None:
    """Leave the answer: model and queue are free within a second, or within the batch that a slow machine reads."""
    assert not is_free(chat)
    began = time.monotonic()
    events.close()  # type: ignore[attr-defined]  # ask is typed as an iterator; it is a generator
    assert waits_until(lambda: engine._admission.is_idle and is_free(chat), 60)
    assert time.monotonic() - began < max(1.0, 2 * batch_s)


@pytest.fixture(scope="module")
def batch_s(real: EmbeddedChat) -> float:
    """How long this machine takes for a short question: a batch or two, and a token."""
    began = time.monotonic()
    next_token_odds(real, [HumanMessage("Tỉnh nào có nhiều bến cảng nhất, và tỉnh nào có ít bến cảng nhất?")])
    return time.monotonic() - began


@pytest.mark.models
def test_an_answer_left_while_the_real_model_reads_frees_it_within_a_second(
    index: SearchIndex, real: EmbeddedChat, batch_s: float
) -> None:
    engine = engine_of(index, real, evidence_chars=8000)
    events = engine.ask(f"{ASKS_BUDGET} {'Có tính cả các xã miền núi và bến cảng không? ' * 15}")
    assert isinstance(next(events), EvidenceFound)
    assert next(events) == Waiting(0)  # half a second into the prompt
    require_freed(real, engine, events, batch_s)


@pytest.mark.models
def test_an_answer_left_while_the_real_model_writes_frees_it_within_a_second(
    index: SearchIndex, real: EmbeddedChat, batch_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces, stream = list[str](), EmbeddedChat._stream

    def noting(*arguments: Any, **more: Any) -> Iterator[ChatGenerationChunk]:
        for chunk in stream(*arguments, **more):
            pieces.append(str(chunk.text))
            yield chunk

    monkeypatch.setattr(EmbeddedChat, "_stream", noting)
    engine = engine_of(index, real, answer_style="write", support_threshold=0.0, evidence_chars=300)
    events = engine.ask(ASKS_BUDGET)
    while not any(pieces):
        next(events)
    require_freed(real, engine, events, batch_s)
