"""Server-sent events whose source is closed as soon as nobody listens."""

import contextlib
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import anyio
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import BaseModel
from starlette.types import Message, Receive, Scope, Send

# Proxies drop a connection on which nothing comes for a while, and buffer what they are not told to pass on.
PING = KEEPALIVE_COMMENT
_STALLED_S = 30.0
_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class EventStream(StreamingResponse):
    """`text/event-stream`; the generator is closed when the client goes away."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes], status_code: int = 200) -> None:
        self._events = events
        super().__init__(events, status_code, _HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Starlette has it, but for a client that takes nothing for long: it would hold the model."""

        async def send_in_time(message: Message) -> None:
            with anyio.fail_after(_STALLED_S):
                await send(message)

        try:
            with contextlib.suppress(TimeoutError):
                await super().__call__(scope, receive, send_in_time)
        finally:
            with anyio.CancelScope(shield=True):
                await self._events.aclose()


def stream_described(example: str, names: Sequence[str] = ()) -> dict[str, Any]:
    """What a route's documentation says of each event; `names` are those that have one."""
    properties: dict[str, Any] = {"data": {"type": "string", "contentMediaType": "application/json"}}
    if names:
        properties["event"] = {"enum": list(names)}
    event = {"type": "object", "properties": properties, "required": list(properties)}
    return {EventStream.media_type: {"schema": event, "example": example}}


def sse(event: str, data: BaseModel) -> bytes:
    """One event on the wire."""
    return format_sse_event(event=event, data_str=data.model_dump_json())
