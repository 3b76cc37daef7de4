"""The one door: every request is asked who it is before anything else runs, Gradio's routes and files included."""

from urllib.parse import quote

from starlette._utils import get_route_path
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import addresses
from bot.errors import ForbiddenError, KhuyenNghiError, UnauthorizedError, UploadError
from bot.identity import LOCAL, Identity, Role
from bot.ledger.ledger import Ledger
from bot.ledger.records import Token
from bot.settings import Settings
from bot.web.arrival import arrival_of
from bot.web.body_size import JSON_BYTES, limited
from bot.web.gates import SIGN_IN, is_api, is_asking, is_event, need_of
from bot.web.origin import SAFE_METHODS, is_from_elsewhere
from bot.web.problems import problem_response
from bot.web.rates import Rates, TooManyRequestsError
from bot.web.scopes import scope_of
from bot.web.small_pages import message_page
from bot.web.sso import SingleSignOn
from bot.web.who import SCOPE_KEY

SESSION_COOKIE = "khuyen_nghi_session"
_TOKEN = "kn_"
_FORM_BYTES = 8192
_NOT_SIGNED_IN = {
    "accounts": UnauthorizedError("Chưa đăng nhập.", "Xin đăng nhập rồi thử lại."),
    "sso": UnauthorizedError(
        "Chưa đăng nhập qua cổng nội bộ.", "Xin mở trang này từ cổng nội bộ, hoặc liên hệ người quản trị."
    ),
    "none": UnauthorizedError(
        "Trang này chỉ mở được ngay trên máy đang chạy.",
        "Xin mở bằng địa chỉ http://127.0.0.1; muốn dùng từ máy khác, người quản trị cần đặt BOT_AUTH.",
    ),
}
_BAD_TOKEN = UnauthorizedError(
    "Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.", "Xin người quản trị cấp mã mới."
)
_CLOSED = ForbiddenError("Địa chỉ này không mở cho ai.", "Xin dùng trang hỏi đáp hoặc API /api/v1.")
_NO_SCOPE = ForbiddenError(
    "Mã truy cập không có phạm vi cho việc này.", "Xin người quản trị cấp mã có phạm vi phù hợp."
)
_ELSEWHERE = ForbiddenError(
    "Yêu cầu đến từ một trang khác nên không được nhận.", "Xin mở lại trang hỏi đáp rồi thử lại."
)
_BIG_FORM = UploadError("Biểu mẫu gửi lên không hợp lệ.", "Xin mở lại trang đăng nhập rồi thử lại.")


class Door:
    """ASGI middleware: puts the Identity into the scope, or answers itself."""

    def __init__(self, app: ASGIApp, ledger: Ledger, settings: Settings) -> None:
        self._app = app
        self._ledger = ledger
        self._auth = settings.auth
        self._sso = SingleSignOn(settings)
        self._rates = Rates(settings.requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in or refuse."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            who = await self._let_in(scope)
        except KhuyenNghiError as exc:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._refusal(scope, exc)(scope, receive, send)
            return
        if is_event(get_route_path(scope)):
            receive = limited(receive, JSON_BYTES)
        await self._app(scope if who is None else {**scope, SCOPE_KEY: who}, receive, send)

    async def _let_in(self, scope: Scope) -> Identity | None:
        """Who comes in; None at what is open to all. Raises UnauthorizedError, ForbiddenError, BusyError."""
        headers, path, method = Headers(scope=scope), get_route_path(scope), scope.get("method", "GET")
        need = need_of(path, self._auth)
        if need == "open":
            _check_open_form(headers, method)
            return None
        token = await self._token(headers)
        who = _of_token(token) if token else await self._of_browser(scope, headers)
        if token:
            _check_scope(token, method, path)
        elif (method not in SAFE_METHODS or scope["type"] == "websocket") and is_from_elsewhere(headers):
            raise _ELSEWHERE
        if need == "closed":
            raise _CLOSED
        if need == "keeper":
            who.require("keeper")
        if need == "metrics" and not token:
            who.require("admin")
        if is_asking(path):
            self._rates.take(who.name)
        return who

    async def _token(self, headers: Headers) -> Token | None:
        """The API token sent along; other bearers may be meant for a proxy. Raises UnauthorizedError for a bad one."""
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret.strip().startswith(_TOKEN):
            return None
        token = await run_in_threadpool(self._ledger.tokens.of, secret.strip())
        if token is None:
            raise _BAD_TOKEN
        return token

    async def _of_browser(self, scope: Scope, headers: Headers) -> Identity:
        """Who sits there, as the mode has it. Raises UnauthorizedError."""
        found: Identity | None = None
        if self._auth == "accounts":
            found = await self._of_session(session_of(headers))
        elif self._auth == "sso":
            found = self._sso.who(arrival_of(scope))
        elif _is_local(scope, headers):
            found = LOCAL
        if found is None:
            raise _NOT_SIGNED_IN[self._auth]
        return found

    async def _of_session(self, secret: str) -> Identity | None:
        account = await run_in_threadpool(self._ledger.accounts.signed_in, secret) if secret else None
        return Identity(account.name, account.roles | {"reader"}, "account") if account else None

    def _refusal(self, scope: Scope, error: KhuyenNghiError) -> Response:
        """A page for people, a problem for programs."""
        headers, path = Headers(scope=scope), get_route_path(scope)
        wants_page = scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
        if not wants_page or is_api(path):
            retry = {"Retry-After": str(error.retry_after_s)} if isinstance(error, TooManyRequestsError) else None
            return problem_response(error, path, retry)
        if self._auth == "accounts" and isinstance(error, UnauthorizedError):
            asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
            return RedirectResponse(f"{scope['root_path']}{SIGN_IN}?next={quote(asked, safe='/')}", 303)
        unauthorized = isinstance(error, UnauthorizedError)
        title = "Chưa đăng nhập" if unauthorized else "Chưa mở được trang này"
        return message_page(title, str(error), problem_response(error).status_code)


def session_of(headers: Headers) -> str:
    """The secret of the session, as the browser sends it; empty without one."""
    return cookie_parser(headers.get("cookie", "")).get(SESSION_COOKIE, "")


def _of_token(token: Token) -> Identity:
    roles: set[Role] = {"reader"} if token.scopes & {"ask", "keep"} else set()
    roles |= {"keeper"} if "keep" in token.scopes else set()
    return Identity(token.user, frozenset(roles), "token")


def _check_scope(token: Token, method: str, path: str) -> None:
    """Raises ForbiddenError; whether the server is ready may be asked with any."""
    if scope_of(method, path) not in token.scopes and path != "/readyz":
        raise _NO_SCOPE


def _check_open_form(headers: Headers, method: str) -> None:
    """What anybody may send must be short, and sent from a page of ours. Raises ForbiddenError, UploadError."""
    if method in SAFE_METHODS:
        return
    if is_from_elsewhere(headers, must_tell=True):
        raise _ELSEWHERE
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length) > _FORM_BYTES:
        raise _BIG_FORM


def _is_local(scope: Scope, headers: Headers) -> bool:
    """From this machine, under its own name (or another site's name could lead here), past no proxy."""
    peer = (scope.get("client") or ("",))[0]
    host = addresses.host_of(headers.get("host", ""))
    return addresses.is_loopback(peer) and addresses.is_loopback(host) and not arrival_of(scope).was_forwarded
