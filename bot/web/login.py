"""Signing in and out with a local account."""

import datetime
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import URL

from bot.errors import BusyError
from bot.ledger.accounts import account_key
from bot.ledger.keys import digest_of
from bot.ledger.ledger import Ledger
from bot.web.door import SESSION_COOKIE, session_of
from bot.web.gates import SIGN_IN, SIGN_OUT
from bot.web.small_pages import sign_in_page, sign_out_page
from bot.web.who import identity_of

_AT_ONCE = 2  # each takes its time; whoever has signed in must not wait for them
_DIGITS = 12
_LASTS = datetime.timedelta(hours=12)
_WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra và thử lại."
Typed = Annotated[str, Form()]


def login_routes(ledger: Ledger) -> APIRouter:
    """The form, what it is sent to, and signing out."""
    routes = APIRouter(include_in_schema=False)

    @routes.get(SIGN_IN)
    def show(request: Request, next: str = "/") -> Response:  # noqa: A002  # the name in the address
        return sign_in_page(_at(request, SIGN_IN), own_target(next))

    tries = CapacityLimiter(_AT_ONCE)

    @routes.post(SIGN_IN)
    async def sign_in(
        request: Request,
        name: Typed = "",
        password: Typed = "",
        next: Typed = "/",  # noqa: A002  # the name in the address
    ) -> Response:
        return await to_thread.run_sync(tried, request, name, password, own_target(next), limiter=tries)

    def tried(request: Request, name: str, password: str, target: str) -> Response:
        try:
            secret, error = ledger.accounts.sign_in(name.strip(), password, _LASTS), _WRONG
        except BusyError as exc:
            secret, error = None, str(exc)
        # A password is sometimes typed where the name belongs.
        noted = name.strip() if secret else digest_of(account_key(name.strip()))[:_DIGITS]
        ledger.audit.note(noted, "account", "sign_in", "", "ok" if secret else "refused")
        if secret is None:
            return sign_in_page(_at(request, SIGN_IN), target, name, error, 401)
        return _let_in(request, secret, target)

    @routes.get(SIGN_OUT)
    def ask_to_sign_out(request: Request) -> Response:
        return sign_out_page(_at(request, SIGN_OUT), identity_of(request).name, _at(request, "/"))

    @routes.post(SIGN_OUT)
    def sign_out(request: Request) -> Response:
        ledger.accounts.sign_out(session_of(request.headers))
        ledger.audit.note(identity_of(request).name, "account", "sign_out")
        reply = RedirectResponse(_at(request, SIGN_IN), 303)
        reply.delete_cookie(SESSION_COOKIE, path=_at(request, "") or "/", httponly=True, samesite="lax")
        return reply

    return routes


def own_target(asked: str) -> str:
    """A path of ours, without the root path, to go on to; the top in place of anything else."""
    is_path = (
        asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() and "\\" not in asked
    )
    return asked if is_path and not URL(asked).netloc and not asked.startswith((SIGN_IN, SIGN_OUT)) else "/"


def _let_in(request: Request, secret: str, target: str) -> Response:
    reply = RedirectResponse(_at(request, target), 303)
    reply.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=int(_LASTS.total_seconds()),
        path=_at(request, "") or "/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return reply


def _at(request: Request, path: str) -> str:
    return f"{request.scope['root_path']}{path}"
