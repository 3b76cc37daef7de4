"""How a request came: by a listed proxy or not. Past this, nothing of what proxies tell is left to be believed.

Who stands at the other end of the socket decides, never a header.
"""

import re
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import addresses
from bot.settings import Settings

_SCOPE_KEY = "khuyen_nghi.arrival"
_SECRET_HEADER = "x-proxy-secret"
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)+")
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?")
# What proxies say; Gradio, for one, would believe it of anybody.
_PROXY_HEADERS = ("forwarded", "x-real-ip", "x-original-url", "x-rewrite-url", "x-gradio-server", _SECRET_HEADER)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`user`, `groups` and `secret` are what a listed proxy said, each time it said it; empty from anybody else."""

    by_proxy: bool
    was_forwarded: bool
    users: tuple[bytes, ...] = ()
    groups: tuple[bytes, ...] = ()
    secrets: tuple[bytes, ...] = ()


def arrival_of(scope: Scope) -> Arrival:
    """As `Arrivals` found it."""
    arrival: Arrival = scope[_SCOPE_KEY]
    return arrival


class Arrivals:
    """ASGI middleware: sets scheme, host and root path as the browser knows them, and removes proxies' headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._root_path = settings.root_path
        self._proxies = addresses.networks(settings.sso_proxies)
        self._user = settings.sso_user_header.lower().encode()
        self._groups = settings.sso_groups_header.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, changed."""
        await self._app(scope if scope["type"] == "lifespan" else self._settled(scope), receive, send)

    def _settled(self, scope: Scope) -> Scope:
        told: list[tuple[bytes, bytes]] = scope["headers"]
        kept = [(name, value) for name, value in told if not self._is_a_proxys(name)]
        by_proxy = addresses.is_within((scope.get("client") or ("",))[0], self._proxies)
        forwarded = any(name.lower() == b"via" or self._is_a_proxys(name) for name, _ in told)
        settled = {**scope, "headers": kept, _SCOPE_KEY: Arrival(by_proxy, forwarded)}
        if by_proxy:
            settled[_SCOPE_KEY] = Arrival(
                by_proxy,
                forwarded,
                users=_values(told, self._user),
                groups=_values(told, self._groups),
                secrets=_values(told, _SECRET_HEADER.encode()),
            )
            _believe(settled, Headers(raw=told))
        _set_root(settled, self._root_path or settled.get("root_path", ""))
        return settled

    def _is_a_proxys(self, name: bytes) -> bool:
        # WSGI-like servers behind us may read «_» as «-»; so does whoever forges.
        plain = name.lower().replace(b"_", b"-")
        return (
            plain in (self._user, self._groups)
            or plain.startswith(b"x-forwarded-")
            or plain.decode("latin-1") in _PROXY_HEADERS
        )


def _values(headers: list[tuple[bytes, bytes]], name: bytes) -> tuple[bytes, ...]:
    return tuple(value for key, value in headers if key.lower() == name)


def _believe(scope: Scope, told: Headers) -> None:
    """Take scheme, host and prefix from a listed proxy, where they can be ones."""
    scheme = told.get("x-forwarded-proto", "").split(",")[0].strip().lower()
    if scheme in {"http", "https"}:
        scope["scheme"] = scheme
    host = told.get("x-forwarded-host", "").split(",")[0].strip()
    if _HOST.fullmatch(host):
        others = [(name, value) for name, value in scope["headers"] if name != b"host"]
        scope["headers"] = [(b"host", host.encode("ascii")), *others]
    prefix = told.get("x-forwarded-prefix", "").split(",")[0].strip().rstrip("/")
    if _PREFIX.fullmatch(prefix):
        scope["root_path"] = prefix


def _set_root(scope: Scope, root: str) -> None:
    """ASGI's path holds the root path; a proxy may have cut it off or not."""
    scope["root_path"] = root
    path = scope["path"]
    if root and path != root and not path.startswith(f"{root}/"):
        scope["path"] = root + path
        scope["raw_path"] = root.encode() + (scope.get("raw_path") or path.encode())
