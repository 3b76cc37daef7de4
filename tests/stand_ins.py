"""Small real replacements for the models, so that the fast tests need none."""

import math
import re
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from pydantic import Field

from index.embed import Vectors
from index.vietnamese import fold, words

DIMENSION = 256


class HashingEncoder:
    """A bag of folded words, hashed into `DIMENSION` places; texts that share words are near each other."""

    def __init__(self, fingerprint: str = "hashing-256") -> None:
        self.fingerprint = fingerprint

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape `(len(texts), DIMENSION)`, each row of length 1."""
        return np.array([self.encode_query(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)

    def encode_query(self, text: str) -> Vectors:
        """Shape `(DIMENSION,)`, of length 1."""
        vector = np.zeros(DIMENSION, dtype=np.float32)
        for word in words(fold(text)) or [""]:  # a text without words still needs a direction
            vector[zlib.crc32(word.encode()) % DIMENSION] += 1
        return vector / np.float32(np.linalg.norm(vector))


@dataclass(frozen=True)
class Reply:
    """One answer of `ScriptedChat`: text, the odds of its first token, and an error after so many pieces."""

    text: str = ""
    odds: Mapping[str, float] = field(default_factory=dict)
    error: Exception | None = None
    pieces_before_error: int = 0


@dataclass(frozen=True)
class Call:
    """What `ScriptedChat` was asked: the messages, the options, and whether the reply was to be streamed."""

    messages: tuple[BaseMessage, ...]
    options: Mapping[str, Any]
    streamed: bool

    @property
    def prompt(self) -> str:
        """The whole of the messages as one text."""
        return "\n".join(str(message.text) for message in self.messages)


def judging(yes: float, letter: str = "A") -> list[Reply]:
    """The replies to what the engine asks before it answers: is it there (yes or no), where, and is it there alone."""
    verdict = Reply(odds={"Có": yes, "Không": 1 - yes})
    return [verdict, Reply(odds={letter: 1.0}), verdict]


class ScriptedChat(BaseChatModel):
    """Answers call after call from a script; once the script is used up it raises LookupError."""

    script: list[Reply]
    calls: list[Call] = Field(default_factory=list)
    streams_closed_early: int = 0
    pace_s: float = 0.0  # between two pieces of a stream

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        reply = self._next(messages, kwargs, streamed=False)
        if reply.error:
            raise reply.error
        message = AIMessage(reply.text, response_metadata=_openai_logprobs(reply.odds))
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._next(messages, kwargs, streamed=True)
        words_out = re.findall(r"\S+\s*", reply.text) or [""]  # real servers send at least an end
        try:
            for piece in words_out[: reply.pieces_before_error] if reply.error else words_out:
                time.sleep(self.pace_s)
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        except GeneratorExit:
            self.streams_closed_early += 1
            raise
        if reply.error:
            raise reply.error

    def _next(self, messages: list[BaseMessage], options: dict[str, Any], *, streamed: bool) -> Reply:
        self.calls.append(Call(tuple(messages), options, streamed))
        if len(self.calls) > len(self.script):
            raise LookupError(f"the script has no reply for call {len(self.calls)}")
        return self.script[len(self.calls) - 1]


def _openai_logprobs(odds: Mapping[str, float]) -> dict[str, Any]:
    """Response metadata as OpenAI and llama.cpp give it for the first token of a reply."""
    if not odds:
        return {}
    alternatives = [{"token": token, "logprob": math.log(share)} for token, share in odds.items()]
    return {"logprobs": {"content": [{**alternatives[0], "top_logprobs": alternatives}]}}
