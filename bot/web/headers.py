"""Headers that every answer bears: nothing from outside, in nobody's frame but the portal's."""

from starlette._utils import get_route_path
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import Settings
from bot.web.gates import frame_ancestors, own_path
from bot.web.problems import problem_response

_CACHED = ("/assets/", "/static/", "/embed.js")
# Gradio starts itself by inline scripts and styles, and makes its HTML component's template a function.
_PAGE_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ]
)
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # Not «no-referrer»: with that, browsers hide the origin of our own forms too.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SecurityHeaders:
    """ASGI middleware. A page of our own brings a stricter policy of its own; who may frame it is added here."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        is_started = False

        async def send_dressed(message: Message) -> None:
            nonlocal is_started
            if message["type"] == "http.response.start":
                is_started = True
                self._dress(MutableHeaders(scope=message), get_route_path(scope))
            await send(message)

        try:
            await self._app(scope, receive, send_dressed)
        except Exception as exc:
            if is_started:
                raise
            # What answers after this would be bare of headers.
            await problem_response(exc, get_route_path(scope))(scope, receive, send_dressed)

    def _dress(self, headers: MutableHeaders, path: str) -> None:
        ancestors = frame_ancestors(path, self._settings)
        policy = headers.get("content-security-policy", _PAGE_POLICY)
        headers["Content-Security-Policy"] = f"{policy}; frame-ancestors {' '.join(ancestors)}"
        if ancestors in (("'none'",), ("'self'",)):  # it cannot name other origins
            headers["X-Frame-Options"] = "DENY" if ancestors == ("'none'",) else "SAMEORIGIN"
        headers.update(_FIXED)
        if not own_path(path).startswith(_CACHED):
            headers["Cache-Control"] = "no-store"
        if headers.get("content-type", "").startswith("text/event-stream"):
            headers["X-Accel-Buffering"] = "no"  # nginx would hold back a stream until it is over
