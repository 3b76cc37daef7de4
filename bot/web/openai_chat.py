"""`/v1/chat/completions` and `/v1/models`: for portals whose clients speak OpenAI's language."""

import json
import time
import uuid
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.sse import format_sse_event

from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece
from bot.web.answering import answer_of, events_of, first_of
from bot.web.api_answer import EvidenceShown
from bot.web.openai_models import MODEL, ChatBody, Choice, Completion, Message, Model, Models, told_of, usage_of
from bot.web.problems import openai_error_of, openai_problems
from bot.web.served import Here, Served, Who
from bot.web.sse import PING, EventStream, stream_described
from bot.web.strict_routes import StrictRoute

CHAT_PATH = "/v1/chat/completions"
router = APIRouter(tags=["openai"], route_class=StrictRoute)
_GONE = 499
_DONE = format_sse_event(data_str="[DONE]")
_CHECKED = "\n\nCâu trả lời sau khi kiểm chứng:\n\n"
_STREAM = """data: {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "…"}}]}

data: [DONE]

"""


@router.get(
    "/v1/models",
    summary="What can be asked, in OpenAI's shape",
    response_description="One model.",
    responses=openai_problems(),
)
async def models(_: Who) -> Models:
    """There is one; requests may name any."""
    return Models(data=[Model(id=MODEL)])


@router.post(
    CHAT_PATH,
    summary="Ask, in OpenAI's shape",
    response_model=Completion,
    response_description="The answer, whole or piece by piece.",
    responses={
        200: {"content": stream_described(_STREAM)},
        **openai_problems(),
    },
)
async def complete(body: ChatBody, request: Request, here: Here, who: Who) -> Completion | Response:
    """The last message of the user's is the question, those before it are the conversation.

    System messages, tools and sampling are passed over, for the words come from the documents. `citations` and
    `evidence` stand on the message, and in a stream on the last chunk with a choice.
    """
    asked = await _asked(body, here, who)
    if body.stream:
        events = events_of(asked, here.answers)
        first = await first_of(request, events)  # what fails before it has a status of its own
        told = _Chunks(with_usage=bool(body.stream_options and body.stream_options.include_usage))
        return EventStream(_on_the_wire(told, first, events)) if first else Response(status_code=_GONE)
    answer = await answer_of(request, asked, here.answers)
    return _completion(answer) if answer else Response(status_code=_GONE)


async def _asked(body: ChatBody, here: Served, who: Who) -> Iterator[Event]:
    question = body.question()
    within = await to_thread.run_sync(body.within.understood, here.assistant, who)
    return here.assistant.ask(
        who, question, history=body.history(), exact=body.exact, within=within, keep=bool(body.store)
    )


def _completion(answer: Answer) -> Completion:
    message = Message(content=answer.text, **told_of(answer))
    return Completion(
        id=_new_id(), created=int(time.time()), model=MODEL, choices=[Choice(message=message)], usage=usage_of(answer)
    )


class _Chunks:
    """The chunks of one answer; what was streamed is remembered, for the end may differ from it."""

    def __init__(self, *, with_usage: bool) -> None:
        self._with_usage = with_usage
        self._head = {
            "id": _new_id(),
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": MODEL,
        }
        self._text = ""
        self._begun = False

    def of(self, event: Event | None) -> Iterator[bytes]:
        """What goes out for an event."""
        if event is None or not isinstance(event, EvidenceFound | TextPiece | Finished):
            yield PING
            return
        if not self._begun:
            self._begun = True
            found = event.evidence if isinstance(event, EvidenceFound) else ()
            shown = [EvidenceShown.model_validate(one) for one in found]
            yield self._chunk({"role": "assistant", "content": ""}, evidence=shown)
        if isinstance(event, TextPiece):
            yield self._piece(event.text)
        elif isinstance(event, Finished):
            yield from self._end(event.answer)

    def _end(self, answer: Answer) -> Iterator[bytes]:
        goes_on = answer.text.startswith(self._text)  # else: what was streamed cannot be taken back
        if rest := answer.text[len(self._text) :] if goes_on else f"{_CHECKED}{answer.text}":
            yield self._piece(rest)
        yield self._chunk({}, "stop", **told_of(answer))
        if self._with_usage:
            yield self._wire({"choices": [], "usage": usage_of(answer)})
        yield _DONE

    def _piece(self, text: str) -> bytes:
        self._text += text
        return self._chunk({"content": text})

    def _chunk(self, delta: dict[str, str], finish_reason: str | None = None, **more: Any) -> bytes:
        return self._wire({"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}], **more})

    def _wire(self, fields: dict[str, Any]) -> bytes:
        return _line(self._head | fields)


async def _on_the_wire(chunks: _Chunks, first: Event, events: AsyncGenerator[Event | None]) -> AsyncGenerator[bytes]:
    async with aclosing(events):
        try:
            for piece in chunks.of(first):
                yield piece
            async for event in events:
                for piece in chunks.of(event):
                    yield piece
        except Exception as exc:
            yield _line(openai_error_of(exc))


def _line(fields: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(jsonable_encoder(fields), ensure_ascii=False))


def _new_id() -> str:
    return f"chatcmpl-{uuid.uuid4().hex}"
