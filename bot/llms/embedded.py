"""A GGUF model in this process: llama.cpp through xllamacpp, as a LangChain chat model."""

import queue
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.ai import UsageMetadata
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, PrivateAttr

from bot import background
from bot.errors import LLMError, LLMInterruptedError, LLMTimeoutError, PromptTooLongError
from index.errors import ModelCorruptError, ModelMissingError

_CACHE_MIB = 256
# Of a prompt: how much is read between two looks at whether anybody still waits, about half a second's worth.
_BATCH_TOKENS = 32
_TOO_LONG = "exceed_context_size_error"


class EmbeddedChat(BaseChatModel):
    """Greedy decoding, one reply at a time; a prefix that was read before is not read again."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    path: Path
    context_tokens: int = 4096
    threads: int = 2
    timeout_s: float = 120.0
    _server: Any = PrivateAttr()
    _turn: threading.Lock = PrivateAttr(default_factory=threading.Lock)

    def model_post_init(self, context: Any, /) -> None:
        """Load the model. Raises ModelMissingError or ModelCorruptError."""
        self._server = _load(self.path, self.context_tokens, self.threads)

    @property
    def _llm_type(self) -> str:
        return "xllamacpp"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        return {"model": self.path.name, "context_tokens": self.context_tokens}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        """One reply. Raises as `_stream`."""
        text: list[str] = []
        metadata: dict[str, Any] = {}
        logprobs: list[Any] = []
        for chunk in self._chunks(messages, stop, kwargs):
            text.append(chunk["choices"][0]["delta"].get("content") or "" if chunk["choices"] else "")
            logprobs.extend(_logprobs(chunk))
            metadata |= _metadata(chunk)
        if logprobs:
            metadata["logprobs"] = {"content": logprobs}
        metadata["model_name"] = self.path.stem
        message = AIMessage("".join(text), response_metadata=metadata, usage_metadata=_usage(metadata))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """Pieces of the reply as they come; closing the iterator stops llama.cpp at the next token.

        Raises PromptTooLongError, LLMTimeoutError, LLMInterruptedError.
        """
        for chunk in self._chunks(messages, stop, kwargs):
            text = chunk["choices"][0]["delta"].get("content") or "" if chunk["choices"] else ""
            metadata = _metadata(chunk)
            if usage := _usage(metadata):  # once: LangChain joins the pieces' names
                metadata["model_name"] = self.path.stem
            piece = AIMessageChunk(content=text, response_metadata=metadata, usage_metadata=usage)
            if run_manager and text:
                run_manager.on_llm_new_token(text)
            yield ChatGenerationChunk(message=piece)

    def _chunks(
        self, messages: list[BaseMessage], stop: list[str] | None, options: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        """Run llama.cpp in a thread of its own and hand over what it calls back with.

        Abandoned work (`bot.background`) stops at the next batch of the prompt, or the next token.
        """
        request = {
            "messages": convert_to_openai_messages(messages),
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
            "return_progress": True,
            **({"stop": stop} if stop else {}),
            **options,
        }
        deadline = time.monotonic() + self.timeout_s
        if not self._turn.acquire(timeout=self.timeout_s):
            raise _timed_out(self.timeout_s)
        pieces: queue.SimpleQueue[dict[str, Any] | Exception | None] = queue.SimpleQueue()
        stopped, is_abandoned = threading.Event(), background.is_abandoned()

        def is_over() -> bool:
            return stopped.is_set() or is_abandoned()

        worker = threading.Thread(target=self._run, args=(request, pieces, is_over), daemon=True)
        worker.start()
        try:
            yield from _until_done(pieces, deadline, self.timeout_s)
        finally:
            stopped.set()

    def _run(
        self,
        request: dict[str, Any],
        pieces: "queue.SimpleQueue[dict[str, Any] | Exception | None]",
        is_over: Callable[[], bool],
    ) -> None:
        """Fill the queue; `None` ends it. The turn is given back only when llama.cpp is really free."""

        def take(chunk: dict[str, Any]) -> bool:
            pieces.put(chunk)
            return is_over()

        try:
            self._server.handle_chat_completions(request, take)
        except Exception as exc:  # the engine's own errors have no common class
            pieces.put(exc)
        finally:
            self._turn.release()
            pieces.put(None)


def _load(path: Path, context_tokens: int, threads: int) -> Any:
    if not path.is_file():
        raise ModelMissingError(
            f"Không có tệp mô hình «{path}».", "Hãy chạy «bot models prepare», hoặc đặt lại BOT_LLM_FILE."
        )
    try:
        import xllamacpp
    except ImportError as exc:
        raise ModelMissingError(
            "Chưa cài bộ máy chạy mô hình (xllamacpp).",
            "Hãy chạy «make install», hoặc đặt BOT_LLM=ollama hay BOT_LLM=none.",
        ) from exc
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context_tokens
    params.n_batch = params.n_ubatch = _BATCH_TOKENS
    params.n_parallel = 1
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.cache_ram_mib = _CACHE_MIB
    params.verbosity = 0
    params.ui = False
    # llama.cpp's server also listens on a loopback port; without this key other users of the machine get nothing there.
    params.api_keys = [secrets.token_hex(32)]
    params.endpoint_slots = False
    try:
        return xllamacpp.Server(params)
    except (RuntimeError, ValueError) as exc:
        raise ModelCorruptError(
            f"Không nạp được mô hình «{path.name}»: {exc}.", "Hãy chạy «bot models verify», hoặc đặt tệp GGUF khác."
        ) from exc


def _until_done(
    pieces: "queue.SimpleQueue[dict[str, Any] | Exception | None]", deadline: float, timeout_s: float
) -> Iterator[dict[str, Any]]:
    while True:
        try:
            piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise _timed_out(timeout_s) from None
        if piece is None:
            return
        if isinstance(piece, Exception):
            raise LLMInterruptedError(f"Mô hình dừng giữa chừng: {piece}.", "Hãy hỏi lại.") from piece
        if "error" in piece:
            raise _refused(piece["error"])
        yield piece


def _refused(error: dict[str, Any]) -> LLMError:
    if error.get("type") == _TOO_LONG:
        return PromptTooLongError(
            f"Câu hỏi và trích đoạn dài {error.get('n_prompt_tokens')} token, quá ngữ cảnh {error.get('n_ctx')} token.",
            "Hãy giảm BOT_EVIDENCE_CHARS hoặc tăng BOT_CONTEXT_TOKENS.",
        )
    return LLMInterruptedError(f"Mô hình báo lỗi: {error.get('message')}.", "Hãy hỏi lại.")


def _timed_out(timeout_s: float) -> LLMTimeoutError:
    return LLMTimeoutError(
        f"Mô hình chưa trả lời xong sau {timeout_s:g} giây.", "Hãy hỏi lại, hoặc tăng BOT_TIMEOUT_S."
    )


def _logprobs(chunk: dict[str, Any]) -> list[Any]:
    choices = chunk["choices"]
    return list((choices[0].get("logprobs") or {}).get("content") or []) if choices else []


def _metadata(chunk: dict[str, Any]) -> dict[str, Any]:
    """Token counts and timings come with the last chunk."""
    usage = chunk.get("usage") or {}
    return {key: value for key, value in (("usage", usage), ("timings", chunk.get("timings"))) if value}


def _usage(metadata: dict[str, Any]) -> UsageMetadata | None:
    """The token counts in LangChain's form."""
    usage = metadata.get("usage")
    if not usage:
        return None
    prompt, output = usage["prompt_tokens"], usage["completion_tokens"]
    return UsageMetadata(input_tokens=prompt, output_tokens=output, total_tokens=prompt + output)
