"""What the engine asks of a chat model, whichever LangChain chat model it is."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.runnables import RunnableConfig

from bot.errors import KhuyenNghiError, LLMError

TOP_TOKENS = 20


def next_token_odds(
    chat: BaseChatModel, messages: Sequence[BaseMessage], meter: UsageMetadataCallbackHandler | None = None
) -> dict[str, float]:
    """Probabilities of the first token of the reply, by the token's text without spaces; `meter` counts the tokens.

    Raises LLMError. A model that gives no log-probabilities is taken at its word: its first word has probability 1.
    """
    with _translated():
        reply = chat.bind(max_tokens=1, logprobs=True, top_logprobs=TOP_TOKENS).invoke(list(messages), _counted(meter))
    tokens = _first_token(reply.response_metadata.get("logprobs"))
    if not tokens:
        return {_first_word(str(reply.text)): 1.0}
    odds: dict[str, float] = {}
    for token in tokens:
        text = str(token["token"]).strip()
        odds[text] = odds.get(text, 0.0) + math.exp(float(token["logprob"]))
    return odds


def _first_token(logprobs: object) -> list[Mapping[str, Any]]:
    """The alternatives for the first token, from OpenAI's form (`content`) or Ollama's (a list)."""
    tokens = logprobs.get("content") if isinstance(logprobs, Mapping) else logprobs
    if not isinstance(tokens, list) or not tokens:
        return []
    return list(tokens[0].get("top_logprobs") or [])


def _first_word(text: str) -> str:
    return next(iter(text.replace("[", " ").replace("]", " ").split()), "")


def stream_text(
    chat: BaseChatModel,
    messages: Sequence[BaseMessage],
    max_tokens: int,
    meter: UsageMetadataCallbackHandler | None = None,
) -> Iterator[str]:
    """The reply piece by piece; `meter` counts the tokens once it is whole.

    Closing the iterator stops the model. Raises LLMError.
    """
    with _translated():
        for chunk in chat.bind(max_tokens=max_tokens).stream(list(messages), _counted(meter)):
            if text := str(chunk.text):
                yield text


def _counted(meter: UsageMetadataCallbackHandler | None) -> RunnableConfig:
    return {"callbacks": [meter]} if meter else {}


@contextmanager
def _translated() -> Iterator[None]:
    """Our own models raise our errors; a model that somebody plugged in may raise anything."""
    try:
        yield
    except (KhuyenNghiError, GeneratorExit):
        raise
    except Exception as exc:
        raise LLMError(f"Mô hình ngôn ngữ báo lỗi: {exc}.", "Hãy hỏi lại, hoặc kiểm tra cấu hình mô hình.") from exc
