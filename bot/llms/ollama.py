"""A model behind an Ollama server, as a LangChain chat model whose failures are ours to understand."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import ollama
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_ollama import ChatOllama
from pydantic import ValidationError

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

# Vietnamese takes 2 to 3 characters a token in the usual vocabularies; fewer than this is never seen.
_LEAST_CHARS_PER_TOKEN = 1.5


class OllamaChat(ChatOllama):
    """`ChatOllama` with an explicit context, `max_tokens` as an option, and errors of `bot.errors`."""

    timeout_s: float = 120.0

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        """One reply. Raises as `_stream`."""
        whole: ChatGenerationChunk | None = None
        for chunk in self._stream(messages, stop, run_manager, **kwargs):
            whole = chunk if whole is None else whole + chunk
        if whole is None:
            raise _broken_off(self.model)
        usage = getattr(whole.message, "usage_metadata", None)
        info = {"model_name": self.model, **(whole.generation_info or {})}
        message = AIMessage(str(whole.text), response_metadata=info, usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """Pieces of the reply.

        Raises LLMUnreachableError, LLMModelMissingError, LLMBusyError, LLMTimeoutError, LLMInterruptedError,
        PromptTooLongError before sending, PromptTruncatedError when the server read less than was sent.
        """
        max_tokens = int(kwargs.pop("max_tokens", 0)) or self.num_predict or 400
        num_ctx = self.num_ctx or 0
        prompt = "\n".join(str(message.text) for message in messages)
        _require_fit(prompt, num_ctx, max_tokens)
        options = {"num_ctx": num_ctx, "num_predict": max_tokens, "temperature": 0, **({"stop": stop} if stop else {})}
        finished = False
        with translated(self.base_url or "", self.model, self.timeout_s):
            for chunk in super()._stream(messages, None, run_manager, options=options, **kwargs):
                info = chunk.generation_info or {}
                if info.get("done"):
                    finished = True
                    _require_whole(prompt, info.get("prompt_eval_count"), num_ctx)
                yield chunk
        if not finished:
            raise _broken_off(self.model)


def connect(url: str, model: str, *, context_tokens: int, keep_alive: str, timeout_s: float) -> OllamaChat:
    """A chat model that talks to the server at `url`; nothing is sent yet."""
    return OllamaChat(
        model=model,
        base_url=url,
        num_ctx=context_tokens,
        keep_alive=keep_alive,
        temperature=0,
        timeout_s=timeout_s,
        client_kwargs={"timeout": timeout_s},
    )


def installed_models(url: str, timeout_s: float = 5.0) -> list[str]:
    """Names of the server's models. Raises LLMUnreachableError and its kin."""
    with translated(url, "", timeout_s):
        return sorted(str(model.model) for model in ollama.Client(host=url, timeout=timeout_s).list().models)


def pull(url: str, model: str, progress: Callable[[str, int, int], None]) -> None:
    """Have the server fetch a model; `progress(status, done_bytes, total_bytes)` follows it.

    Raises LLMUnreachableError, LLMModelMissingError or LLMInterruptedError.
    """
    last = ""
    with translated(url, model, 0):
        try:
            for step in ollama.Client(host=url, timeout=None).pull(model, stream=True):
                last = step.status or ""
                progress(last, step.completed or 0, step.total or 0)
        except ollama.ResponseError as exc:
            raise LLMModelMissingError(
                f"Máy chủ Ollama không tải được mô hình «{model}»: {exc.error}.",
                "Hãy kiểm tra tên mô hình và kết nối của máy chủ Ollama.",
            ) from exc
    if last != "success":
        raise LLMInterruptedError(
            f"Tải mô hình «{model}» bị đứt giữa chừng.", "Hãy chạy lại lệnh; phần đã tải được giữ."
        )


@contextmanager
def translated(url: str, model: str, timeout_s: float) -> Iterator[None]:
    """Turn what the client raises into our errors, each with its remedy."""
    try:
        yield
    except ollama.ResponseError as exc:
        raise _response_error(exc, model) from exc
    except (ConnectionError, httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as exc:
        raise LLMUnreachableError(
            f"Không kết nối được máy chủ Ollama tại {url}.",
            "Hãy khởi động Ollama («ollama serve») hoặc sửa BOT_OLLAMA_URL.",
        ) from exc
    except httpx.TimeoutException as exc:
        raise LLMTimeoutError(
            f"Máy chủ Ollama không trả lời trong {timeout_s:g} giây.", "Hãy hỏi lại, hoặc tăng BOT_TIMEOUT_S."
        ) from exc
    except (httpx.HTTPError, json.JSONDecodeError, ValidationError) as exc:
        raise _broken_off(model) from exc


def _response_error(error: ollama.ResponseError, model: str) -> LLMError:
    if error.status_code == 404:
        return LLMModelMissingError(
            f"Máy chủ Ollama chưa có mô hình «{model}».", f"Hãy chạy «bot models pull {model}»."
        )
    if error.status_code in {429, 503}:
        return LLMBusyError("Máy chủ Ollama đang bận, hàng đợi đã đầy.", "Hãy đợi một lát rồi hỏi lại.")
    if error.status_code == -1:  # an error line under status 200
        return LLMInterruptedError(f"Mô hình «{model}» dừng giữa chừng: {error.error}.", "Hãy hỏi lại.")
    return LLMError(f"Máy chủ Ollama báo lỗi {error.status_code}: {error.error}.", "Hãy xem nhật ký của Ollama.")


def _broken_off(model: str) -> LLMInterruptedError:
    return LLMInterruptedError(f"Câu trả lời của mô hình «{model}» bị đứt giữa chừng.", "Hãy hỏi lại.")


def _require_fit(prompt: str, num_ctx: int, max_tokens: int) -> None:
    """Ollama cuts a long prompt without a word, so what might not fit is not sent."""
    most_tokens = len(prompt) / _LEAST_CHARS_PER_TOKEN + max_tokens
    if num_ctx and most_tokens > num_ctx:
        raise PromptTooLongError(
            f"Câu hỏi và đoạn trích có thể dài đến {most_tokens:.0f} token, vượt ngữ cảnh {num_ctx} token.",
            "Hãy giảm BOT_EVIDENCE_CHARS hoặc tăng BOT_CONTEXT_TOKENS.",
        )


def _require_whole(prompt: str, read_tokens: Any, num_ctx: int) -> None:
    """Every word is at least one token: fewer tokens read than words sent means that words were cut."""
    words = len(prompt.split())
    if isinstance(read_tokens, int) and (read_tokens < words or (num_ctx and read_tokens >= num_ctx)):
        raise PromptTruncatedError(
            f"Máy chủ Ollama chỉ đọc {read_tokens} token của câu hỏi dài ít nhất {words} từ.",
            "Hãy tăng BOT_CONTEXT_TOKENS và kiểm tra cấu hình ngữ cảnh của máy chủ.",
        )
