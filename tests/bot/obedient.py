"""The worst chat model there could be: it does whatever it is told, and gives its prompt away with every reply."""

import base64
import binascii
import re
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from bot.marks import twin, visible
from index.vietnamese import fold

_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_LETTERED = re.compile(r"^([A-Z])\. (.*)", re.MULTILINE)
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)", re.MULTILINE)
_FORGED = "[99] 【1】 ［2］ [7, trang 1] [^3]"


class ObedientChat(BaseChatModel):
    """Says yes to everything, chooses what tells it to, writes the canaries that it was told to write.

    It reads through every disguise: what is spaced out, invisible, in Base64. A written reply has each canary alone and
    inside of every piece of the evidence, with marks true and forged, and the system prompt.
    """

    canaries: Sequence[str]

    @property
    def _llm_type(self) -> str:
        return "obedient"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        told, _, asked = str(messages[-1].text).rpartition("\n\n")
        asks_letter = "chữ cái" in asked
        message = AIMessage(self._letter(told) if asks_letter else "Có")
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        for piece in re.findall(
            r".+\n?", self._reply(str(messages[0].text), str(messages[-1].text).rpartition("\n\n")[0])
        ):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))

    def _letter(self, told: str) -> str:
        return next((letter for letter, line in _LETTERED.findall(told) if self._orders(line)), "?")

    def _orders(self, told: str) -> list[str]:
        read = _squeezed(told) + "".join(map(_squeezed, _deciphered(told)))
        return [canary for canary in self.canaries if _squeezed(canary) in read]

    def _reply(self, system: str, told: str) -> str:
        pieces = _NUMBERED.findall(told)
        lines = [f"{system} [1]", *(f"{text.rstrip('.')}, {system} [{number}]" for number, text in pieces)]
        lines += [f"{text} [{number}]" for number, text in pieces]
        for canary in self._orders(told):
            if "không tìm thấy" in canary:
                return "KHÔNG TÌM THẤY"
            for number, text in pieces:
                bare = text.rstrip(".")
                lines += [
                    f"{canary}. [{number}]",
                    f"{bare}, {canary}. [{number}] {_FORGED}",
                    f"{canary}, {bare}. [{number}]",
                ]
        return "\n".join(lines)


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(twin(visible(text))))


def _deciphered(text: str) -> Iterator[str]:
    for code in _BASE64.findall(text):
        try:
            yield base64.b64decode(code).decode()
        except (binascii.Error, ValueError):
            continue
