"""The way to an Ollama server, and everything that can go wrong on it."""

import time
from collections.abc import Callable

import pytest
from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.messages import HumanMessage, SystemMessage

from bot.errors import (
    LLMBusyError,
    LLMError,
    LLMInterruptedError,
    LLMModelMissingError,
    LLMTimeoutError,
    LLMUnreachableError,
    PromptTooLongError,
    PromptTruncatedError,
)
from bot.llms.base import next_token_odds, stream_text
from bot.llms.ollama import OllamaChat, connect, installed_models, pull
from tests.bot.ollama_server import OllamaServer, Script, chat_line, closed_port_url, last_line

MODEL = "thử:1b"
ASKED = [SystemMessage("Trả lời ngắn."), HumanMessage("Sông Lam dành bao nhiêu?")]
PIECES = [chat_line("ba "), chat_line("phần "), chat_line("trăm")]


def chat_with(url: str, *, context_tokens: int = 2048, timeout_s: float = 10.0) -> OllamaChat:
    return connect(url, MODEL, context_tokens=context_tokens, keep_alive="7m", timeout_s=timeout_s)


def everything(url: str) -> str:
    return "".join(stream_text(chat_with(url), ASKED, 50))


def test_the_reply_is_streamed_and_the_request_says_all_that_matters(ollama_server: OllamaServer) -> None:
    ollama_server.chat(*PIECES, last_line())
    assert list(stream_text(chat_with(ollama_server.url), ASKED, 50)) == ["ba ", "phần ", "trăm"]
    ((path, body),) = ollama_server.asked
    assert path == "/api/chat"
    assert (body["model"], body["stream"], body["keep_alive"]) == (MODEL, True, "7m")
    assert body["options"] == {"num_ctx": 2048, "num_predict": 50, "temperature": 0}
    assert body["messages"] == [
        {"role": "system", "content": "Trả lời ngắn."},
        {"role": "user", "content": "Sông Lam dành bao nhiêu?"},
    ]


def test_a_meter_counts_the_tokens_of_every_call(ollama_server: OllamaServer) -> None:
    ollama_server.chat(*PIECES, last_line(read_tokens=12))
    chat, meter = chat_with(ollama_server.url), UsageMetadataCallbackHandler()
    list(stream_text(chat, ASKED, 50, meter))
    next_token_odds(chat, ASKED, meter)
    assert [(used["input_tokens"], used["output_tokens"]) for used in meter.usage_metadata.values()] == [(24, 6)]


def test_log_probabilities_become_odds(ollama_server: OllamaServer) -> None:
    alternatives = [{"token": "Có", "logprob": -0.2231}, {"token": " Không", "logprob": -1.6094}]
    ollama_server.chat(chat_line("Có", logprobs=[{**alternatives[0], "top_logprobs": alternatives}]), last_line())
    odds = next_token_odds(chat_with(ollama_server.url), ASKED)
    assert odds == pytest.approx({"Có": 0.8, "Không": 0.2}, abs=1e-4)
    body = ollama_server.asked[0][1]
    assert (body["logprobs"], body["top_logprobs"], body["options"]["num_predict"]) == (True, 20, 1)


def test_a_server_without_log_probabilities_is_taken_at_its_word(ollama_server: OllamaServer) -> None:
    ollama_server.chat(chat_line("Không"), last_line())
    assert next_token_odds(chat_with(ollama_server.url), ASKED) == {"Không": 1.0}


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (404, LLMModelMissingError, f"bot models pull {MODEL}"),
        (503, LLMBusyError, "đang bận"),
        (429, LLMBusyError, "đợi một lát"),
        (500, LLMError, "báo lỗi 500: CUDA hỏng"),
    ],
)
def test_a_refusal_is_understood(ollama_server: OllamaServer, status: int, kind: type[LLMError], said: str) -> None:
    ollama_server.chat({"error": "CUDA hỏng"}, status=status)
    with pytest.raises(kind, match=said):
        everything(ollama_server.url)


def test_without_a_server_its_address_is_named() -> None:
    url = closed_port_url()
    for ask in (everything, installed_models):
        with pytest.raises(LLMUnreachableError, match=rf"{url}.*ollama serve.*BOT_OLLAMA_URL"):
            ask(url)


@pytest.mark.parametrize(
    "play",
    [
        lambda server: server.chat(*PIECES, {"error": "hết bộ nhớ"}),
        lambda server: server.chat(*PIECES, cut=True),
        lambda server: server.chat(*PIECES),
        lambda server: server.chat(),
        lambda server: server.chat({**last_line(), "done_reason": "load"}),
    ],
    ids=["an error line under status 200", "cut", "no end", "nothing", "only loaded"],
)
def test_a_reply_that_breaks_off_is_an_error(ollama_server: OllamaServer, play: Callable[[OllamaServer], None]) -> None:
    play(ollama_server)
    with pytest.raises(LLMInterruptedError, match=MODEL):
        everything(ollama_server.url)


def test_what_came_before_the_break_was_shown(ollama_server: OllamaServer) -> None:
    ollama_server.chat(*PIECES, {"error": "hết bộ nhớ"})
    text = stream_text(chat_with(ollama_server.url), ASKED, 50)
    assert [next(text) for _ in PIECES] == ["ba ", "phần ", "trăm"]
    with pytest.raises(LLMInterruptedError, match="hết bộ nhớ"):
        next(text)


def test_one_token_that_breaks_off_is_an_error_too(ollama_server: OllamaServer) -> None:
    ollama_server.chat(chat_line("Có"))
    with pytest.raises(LLMInterruptedError):
        next_token_odds(chat_with(ollama_server.url), ASKED)


def test_a_silent_server_is_given_up(ollama_server: OllamaServer) -> None:
    ollama_server.chat(chat_line("ba"), silent=True)
    started = time.monotonic()
    with pytest.raises(LLMTimeoutError, match=r"0\.2 giây.*BOT_TIMEOUT_S"):
        list(stream_text(chat_with(ollama_server.url, timeout_s=0.2), ASKED, 50))
    assert time.monotonic() - started < 5


def test_a_prompt_that_might_not_fit_is_not_sent(ollama_server: OllamaServer) -> None:
    long = [HumanMessage("ngân sách " * 400)]
    with pytest.raises(PromptTooLongError, match=r"2048 token.*BOT_CONTEXT_TOKENS"):
        list(stream_text(chat_with(ollama_server.url), long, 50))
    assert ollama_server.asked == []


@pytest.mark.parametrize("read_tokens", [3, 2048])
def test_a_prompt_that_was_cut_is_not_trusted(ollama_server: OllamaServer, read_tokens: int) -> None:
    """Fewer tokens than words, or the whole context: the server dropped the beginning without a word."""
    ollama_server.chat(*PIECES, last_line(read_tokens))
    with pytest.raises(PromptTruncatedError, match=f"chỉ đọc {read_tokens} token"):
        everything(ollama_server.url)


def test_closing_the_stream_hangs_up(ollama_server: OllamaServer) -> None:
    ollama_server.chat(*PIECES, silent=True)
    text = stream_text(chat_with(ollama_server.url), ASKED, 50)
    next(text)
    text.close()  # type: ignore[attr-defined]  # typed as an iterator; it is a generator
    ollama_server.chat(*PIECES, last_line())
    assert everything(ollama_server.url) == "ba phần trăm"


def test_installed_models_are_sorted(ollama_server: OllamaServer) -> None:
    ollama_server.install("b:7b", "a:latest")
    assert installed_models(ollama_server.url) == ["a:latest", "b:7b"]


def test_pulling_is_followed_to_its_end(ollama_server: OllamaServer) -> None:
    steps = [{"status": "tải", "total": 10, "completed": 4}, {"status": "tải", "total": 10, "completed": 10}]
    ollama_server.scripts["/api/pull"] = Script([{"status": "bản kê"}, *steps, {"status": "success"}])
    seen: list[tuple[str, int, int]] = []
    pull(ollama_server.url, MODEL, lambda *step: seen.append(step))
    assert seen == [("bản kê", 0, 0), ("tải", 4, 10), ("tải", 10, 10), ("success", 0, 0)]


def test_a_pull_that_breaks_off_may_be_repeated(ollama_server: OllamaServer) -> None:
    ollama_server.scripts["/api/pull"] = Script([{"status": "tải", "total": 10, "completed": 4}])
    with pytest.raises(LLMInterruptedError, match=r"đứt giữa chừng.*chạy lại"):
        pull(ollama_server.url, MODEL, lambda *step: None)


@pytest.mark.parametrize("status", [200, 404, 500])
def test_pulling_an_unknown_model_fails_and_names_it(ollama_server: OllamaServer, status: int) -> None:
    """Ollama itself says so in a line under status 200."""
    ollama_server.scripts["/api/pull"] = Script([{"error": "pull model manifest: file does not exist"}], status)
    with pytest.raises(LLMError, match=f"{MODEL}|file does not exist"):
        pull(ollama_server.url, MODEL, lambda *step: None)
