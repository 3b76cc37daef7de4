"""The model in this process: first its handling with a scripted engine, then (marked) the real one."""

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import HumanMessage, SystemMessage

from bot.abstain import probability_of_yes
from bot.background import beats
from bot.errors import LLMInterruptedError, LLMTimeoutError, PromptTooLongError
from bot.llms import embedded
from bot.llms.base import next_token_odds, stream_text
from bot.llms.embedded import EmbeddedChat
from bot.places import llm_path
from bot.prompting import load_prompts
from bot.settings import load_settings
from index import weights
from index.errors import ModelCorruptError, ModelMissingError
from tests.bot.corpus import ASKS_BUDGET, BUDGET

ASKED = [SystemMessage("Trả lời ngắn."), HumanMessage("Sông Lam dành bao nhiêu?")]
TOO_LONG = {"error": {"type": "exceed_context_size_error", "n_prompt_tokens": 5000, "n_ctx": 1024}}
Chunk = dict[str, Any]


def piece(text: str, **more: object) -> Chunk:
    return {"choices": [{"delta": {"content": text}, **more}]}


@dataclass
class ScriptedEngine:
    """Calls back with its chunks as llama.cpp does, `pace_s` apart, and none before `go` is set."""

    chunks: list[Chunk]
    error: Exception | None = None
    pace_s: float = 0.0
    requests: list[Chunk] = field(default_factory=list)
    stopped_after: int | None = None
    go: threading.Event = field(default_factory=threading.Event)

    def handle_chat_completions(self, request: Chunk, take: Callable[[Chunk], bool]) -> None:
        self.requests.append(request)
        for number, chunk in enumerate(self.chunks, start=1):
            self.go.wait(10)
            time.sleep(self.pace_s)
            if take(chunk):
                self.stopped_after = number
                return
        if self.error:
            raise self.error


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedEngine]:
    """An engine that is loaded in the place of llama.cpp; it says three words."""
    usage: Chunk = {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 3}}
    scripted = ScriptedEngine([piece("ba "), piece("phần "), piece("trăm"), usage])
    scripted.go.set()
    monkeypatch.setattr(embedded, "_load", lambda path, context_tokens, threads: scripted)
    yield scripted
    scripted.go.set()


def chat_with(timeout_s: float = 10.0) -> EmbeddedChat:
    return EmbeddedChat(path=Path("x.gguf"), timeout_s=timeout_s)


def test_the_reply_comes_in_pieces_and_the_request_is_greedy(engine: ScriptedEngine) -> None:
    assert list(stream_text(chat_with(), ASKED, 50)) == ["ba ", "phần ", "trăm"]
    request = engine.requests[0]
    assert (request["temperature"], request["stream"], request["max_tokens"]) == (0, True, 50)
    assert [message["role"] for message in request["messages"]] == ["system", "user"]


def test_a_whole_reply_carries_text_and_token_counts(engine: ScriptedEngine) -> None:
    reply = chat_with().invoke(ASKED)
    assert reply.text == "ba phần trăm"
    assert reply.response_metadata["usage"]["prompt_tokens"] == 12


def test_a_meter_counts_the_tokens_of_every_call(engine: ScriptedEngine) -> None:
    chat, meter = chat_with(), UsageMetadataCallbackHandler()
    list(stream_text(chat, ASKED, 50, meter))
    next_token_odds(chat, ASKED, meter)
    assert [(used["input_tokens"], used["output_tokens"]) for used in meter.usage_metadata.values()] == [(24, 6)]


def test_log_probabilities_become_odds(engine: ScriptedEngine) -> None:
    alternatives = [{"token": "Có", "logprob": -0.2231}, {"token": "Không", "logprob": -1.6094}]
    engine.chunks = [piece("Có", logprobs={"content": [{**alternatives[0], "top_logprobs": alternatives}]})]
    assert next_token_odds(chat_with(), ASKED) == pytest.approx({"Có": 0.8, "Không": 0.2}, abs=1e-4)


def test_a_prompt_that_does_not_fit_is_told_with_its_length(engine: ScriptedEngine) -> None:
    engine.chunks = [TOO_LONG]
    with pytest.raises(PromptTooLongError, match=r"5000 token.*1024 token.*BOT_CONTEXT_TOKENS"):
        chat_with().invoke(ASKED)


@pytest.mark.parametrize("way", ["an error chunk", "an exception"])
def test_an_engine_that_breaks_off_is_an_error_and_is_free_again(engine: ScriptedEngine, way: str) -> None:
    words = list(engine.chunks)
    engine.chunks = words[:1] + ([{"error": {"message": "hỏng"}}] if way == "an error chunk" else [])
    engine.error = None if way == "an error chunk" else RuntimeError("hỏng")
    chat = chat_with(timeout_s=2)
    with pytest.raises(LLMInterruptedError, match="hỏng"):
        list(stream_text(chat, ASKED, 50))
    engine.chunks, engine.error = words, None
    assert chat.invoke(ASKED).text == "ba phần trăm"


def test_an_engine_that_hangs_is_given_up_and_the_next_call_waits_for_it(engine: ScriptedEngine) -> None:
    engine.go.clear()
    chat = chat_with(timeout_s=0.1)
    for _ in range(2):  # the second finds the engine still busy with the first
        with pytest.raises(LLMTimeoutError, match=r"0\.1 giây.*BOT_TIMEOUT_S"):
            chat.invoke(ASKED)
    assert len(engine.requests) == 1
    engine.go.set()
    chat.timeout_s = 10
    assert chat.invoke(ASKED).text == "ba phần trăm"


def test_closing_the_stream_stops_the_engine_at_the_next_piece(engine: ScriptedEngine) -> None:
    engine.chunks, engine.pace_s = [piece("một "), *[piece("nữa ")] * 1000], 0.002
    chat = chat_with()
    text = stream_text(chat, ASKED, 50)
    assert next(text) == "một "
    text.close()  # type: ignore[attr-defined]  # typed as an iterator; it is a generator
    engine.chunks = [piece("sau")]
    assert chat.invoke(ASKED).text == "sau"
    assert engine.stopped_after is not None
    assert engine.stopped_after < 1000


def test_an_abandoned_question_stops_while_the_prompt_is_read(engine: ScriptedEngine) -> None:
    progress: Chunk = {"choices": [{"delta": {"content": None}}], "prompt_progress": {"processed": 32, "total": 900}}
    engine.chunks, engine.pace_s = [progress] * 1000, 0.01
    chat = chat_with()

    def work() -> Generator[dict[str, float], None, None]:
        yield next_token_odds(chat, ASKED)

    waited = beats(work(), 0.05)
    assert next(waited) is None
    began = time.monotonic()
    waited.close()
    assert chat._turn.acquire(timeout=1)
    chat._turn.release()
    assert time.monotonic() - began < 1
    assert engine.requests[0]["return_progress"] is True
    assert engine.stopped_after is not None
    assert engine.stopped_after < 1000


def test_replies_are_made_one_at_a_time(engine: ScriptedEngine) -> None:
    chat = chat_with()
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(str(chat.invoke(ASKED).text))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["ba phần trăm"] * 5


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"không-có\.gguf.*bot models prepare"):
        EmbeddedChat(path=tmp_path / "không-có.gguf")


@pytest.fixture(scope="module")
def real() -> EmbeddedChat:
    """The prepared model with a small context, so that it is quickly full."""
    path = llm_path(load_settings())
    if not weights.is_verified(path, weights.LLM.sha256):
        pytest.skip("the language model is not prepared: bot models prepare")
    return EmbeddedChat(path=path, context_tokens=1024, threads=os.cpu_count() or 1)


@pytest.mark.models
def test_the_real_model_streams_a_bounded_reply(real: EmbeddedChat) -> None:
    pieces = list(stream_text(real, [HumanMessage("Đếm từ 1 đến 100 bằng chữ số.")], 12))
    assert 2 <= len(pieces) <= 12
    assert "1" in "".join(pieces)


@pytest.mark.models
def test_the_real_model_gives_probabilities_and_the_same_ones_again(real: EmbeddedChat) -> None:
    messages = load_prompts().alone.format_messages(evidence=BUDGET, question=ASKS_BUDGET)
    odds, again = next_token_odds(real, messages), next_token_odds(real, messages)
    assert 2 <= len(odds) <= 20
    assert all(0 < share <= 1 for share in odds.values())
    assert sum(odds.values()) <= 1.001
    likely = {token: share for token, share in odds.items() if share > 0.05}
    assert {token: again.get(token, 0.0) for token in likely} == pytest.approx(likely, abs=0.05)


@pytest.mark.models
def test_the_real_model_tells_what_is_stated_from_what_is_not(real: EmbeddedChat) -> None:
    alone = load_prompts().alone
    stated, other = (
        probability_of_yes(next_token_odds(real, alone.format_messages(evidence=BUDGET, question=question)))
        for question in (ASKS_BUDGET, "Sân bay có mấy đường băng?")
    )
    assert stated is not None
    assert other is not None
    assert stated > 0.5 > other


@pytest.mark.models
def test_closing_the_stream_frees_the_real_model_within_a_second(real: EmbeddedChat) -> None:
    text = stream_text(real, [HumanMessage("Hãy kể một câu chuyện rất dài.")], 600)
    assert next(text)
    text.close()  # type: ignore[attr-defined]  # typed as an iterator; it is a generator
    assert real._turn.acquire(timeout=1)
    real._turn.release()
    assert next_token_odds(real, ASKED)


@pytest.mark.models
def test_the_real_model_refuses_a_prompt_beyond_its_context(real: EmbeddedChat) -> None:
    with pytest.raises(PromptTooLongError, match="1024 token"):
        real.invoke([HumanMessage("ngân sách " * 2000)])
    assert next_token_odds(real, ASKED)


@pytest.mark.models
@pytest.mark.parametrize("content", [b"", b"not a model", b"GGUF\x03\x00\x00\x00" + b"\xff" * 64])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hỏng.gguf"
    file.write_bytes(content)
    with pytest.raises(ModelCorruptError, match=r"hỏng\.gguf.*bot models verify"):
        EmbeddedChat(path=file)


@pytest.mark.models
def test_a_model_that_was_cut_off_is_refused(real: EmbeddedChat, tmp_path: Path) -> None:
    file = tmp_path / "cụt.gguf"
    with real.path.open("rb") as source:
        file.write_bytes(source.read(8_000_000))
    with pytest.raises(ModelCorruptError):
        EmbeddedChat(path=file)
