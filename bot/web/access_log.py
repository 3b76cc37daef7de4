"""A line for each request: method, path, status, time. No question, no token, no address of what was asked before."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("bot.access")


class AccessLog:
    """ASGI middleware. The query, the headers and the body are left out: they may hold what people ask."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note how it ended; a stream when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 0, time.monotonic()

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            path = scope["path"].encode("unicode_escape").decode("ascii")
            _log.info("%s %s %d %.3fs", scope["method"], path, status, time.monotonic() - started)
