"""Serves the web application: models loaded beside it, old entries forgotten, stopped within seconds."""

import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator

import uvicorn

from bot import addresses
from bot.assembly import open_engine, open_index
from bot.engine import Engine
from bot.errors import KhuyenNghiError, SettingsError
from bot.ledger.ledger import Ledger
from bot.service import Assistant
from bot.settings import Settings

_DAY_S = 24 * 60 * 60
_GRACE_S = 3  # for answers under way; the page's own streams never end by themselves
_LEAVE_S = 5  # then also a model in the midst of reading is left behind
_log = logging.getLogger(__name__)


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted or ended.

    Raises SettingsError where it would be open to everybody or the port is taken, errors of the parts.
    """
    require_sign_in(settings, host)
    listening = listen(host, port)
    with contextlib.closing(listening), _assistant(settings) as assistant:
        from bot.web.app import build_app  # seconds of imports that a taken port need not wait for

        _log_to_stderr()
        ending = threading.Event()
        threading.Thread(target=_load_models, args=(assistant.engine,), daemon=True).start()
        threading.Thread(target=forget_daily, args=(assistant.ledger, settings, ending), daemon=True).start()
        server = uvicorn.Server(options(build_app(assistant, settings)))
        print(f"Trang hỏi đáp: http://{_shown(host)}:{port}{settings.root_path} (Ctrl+C để dừng)", flush=True)
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # how services are stopped: as Ctrl+C does
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            print("Đã dừng theo yêu cầu.", file=sys.stderr)
        finally:
            signal.signal(signal.SIGTERM, before)
            ending.set()


def require_sign_in(settings: Settings, host: str) -> None:
    """Raises SettingsError where others than this machine's users would come in without signing in."""
    if settings.auth == "none" and not addresses.is_loopback(host):
        raise SettingsError(
            f"Chưa chọn cách đăng nhập nên không mở trang ra ngoài máy này (địa chỉ {host}).",
            "Hãy đặt BOT_AUTH=accounts (tài khoản riêng) hoặc BOT_AUTH=sso (đăng nhập một lần qua cổng nội bộ), "
            "hoặc chỉ mở tại chỗ: bot serve --host 127.0.0.1.",
        )


def listen(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises SettingsError when it cannot be had."""
    bare = host.strip("[]")
    try:
        family = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((bare, port), family=family, backlog=512)
    except OSError as exc:
        raise SettingsError(
            f"Không mở được cổng {port} trên {host}.",
            "Cổng có thể đang bận; hãy chọn cổng khác: bot serve --port 7861.",
        ) from exc


def options(app: object) -> uvicorn.Config:
    """How uvicorn runs: it believes no forwarded header, names no software, and writes no log of its own requests."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # any ASGI application
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=_GRACE_S,
    )


@contextlib.contextmanager
def _assistant(settings: Settings) -> Iterator[Assistant]:
    index = open_index(settings)
    with contextlib.closing(index), contextlib.closing(Ledger(settings.database, audit=settings.audit)) as ledger:
        yield Assistant(open_engine(settings, index), index, ledger, settings)


def _load_models(engine: Engine) -> None:
    """Load now, while the page is opening, what the first reader would otherwise wait for."""
    try:
        engine.warm()
        engine.chat()
        print("Mô hình đã sẵn sàng.", flush=True)
    except KhuyenNghiError as exc:
        print(f"Lưu ý: {exc}", flush=True)


def forget_daily(ledger: Ledger, settings: Settings, ending: threading.Event) -> None:
    """Drop what is older than the settings keep, now and every day, until it ends."""
    while True:
        try:
            ledger.forget(history_days=settings.history_days, audit_days=settings.audit_days)
        except KhuyenNghiError as exc:
            _log.warning("%s", exc)
        if ending.wait(_DAY_S):
            return


def _log_to_stderr() -> None:
    logging.basicConfig(format="%(asctime)s %(name)s %(levelname)s %(message)s", level=logging.WARNING)
    for name in ("bot", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)


def leave_soon() -> None:
    """End the process in seconds, whatever thread still works: everything that is kept is written by now."""
    timer = threading.Timer(_LEAVE_S, os._exit, [0])
    timer.daemon = True
    timer.start()


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
