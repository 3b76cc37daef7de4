"""`bot serve` as it is run: whom it refuses, what it writes down, and that it stops."""

import datetime
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError
from bot.ledger.ledger import Ledger
from bot.settings import load_settings
from bot.web.server import forget_daily, listen, require_sign_in, serve
from tests.bot.corpus import ASKS_BUDGET

_ROOT = Path(__file__).parents[3]
# `bot serve --port …`, embedding by hashing.
_SERVE = """
import sys
from bot import assembly, cli
from tests.stand_ins import HashingEncoder
assembly.open_embedder = lambda settings: HashingEncoder()
cli.app(["serve", "--port", sys.argv[1]])
"""


@contextmanager
def started(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`bot serve` in a process of its own, and its address."""
    with closing(listen("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = {"PYTHONPATH": str(_ROOT), "BOT_HOME": str(home), "BOT_LLM": "none", "PATH": "/usr/bin"}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=home,
    )
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/healthz", trust_env=False).status_code == 200:
                break
        time.sleep(0.2)
    try:
        yield process, url
    finally:
        process.kill()
        process.wait(10)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_in_seconds_though_a_stream_is_open_and_logs_no_question(home: Path, how: signal.Signals) -> None:
    with started(home) as (process, url):
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            assert client.get("/").status_code == 200
            secret = {"authorization": "Bearer kn_bi-mat"}
            assert client.get("/api/v1/search", params={"q": ASKS_BUDGET}, headers=secret).status_code == 401
            client.post("/api/v1/ask", json={"question": ASKS_BUDGET})
            with client.stream("GET", "/gradio_api/heartbeat/abc") as stream:
                next(stream.iter_raw())
                since = time.monotonic()
                process.send_signal(how)
                said, _ = process.communicate(timeout=20)
        assert time.monotonic() - since < 8
    assert process.returncode == 0
    assert "Đã dừng theo yêu cầu." in said
    assert "GET /api/v1/search 401" in said
    assert "Sông Lam" not in said
    assert "%C3%B4ng" not in said
    assert "bi-mat" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "may-chu", "", "127.0.0.1.evil.example"])
def test_without_signing_in_nothing_is_opened_to_others(host: str) -> None:
    with pytest.raises(SettingsError, match="BOT_AUTH=accounts"):
        require_sign_in(load_settings(), host)
    require_sign_in(load_settings(auth="accounts"), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1"])
def test_this_machine_alone_needs_no_signing_in(host: str) -> None:
    require_sign_in(load_settings(), host)


def test_it_is_refused_before_anything_is_opened() -> None:
    with pytest.raises(SettingsError, match="Chưa chọn cách đăng nhập"):
        serve(load_settings(), "0.0.0.0", 7860)
    assert not load_settings().home.exists()


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=f"Không mở được cổng {port}.*--port 7861"):
            serve(load_settings(), "127.0.0.1", port)


def test_a_name_that_leads_nowhere_is_told_too() -> None:
    with pytest.raises(SettingsError, match="Không mở được cổng 7860"):
        listen("khong-co.invalid", 7860)


def test_a_socket_takes_an_address_of_either_family() -> None:
    for host in ("127.0.0.1", "[::1]"):
        try:
            with closing(listen(host, 0)) as listening:
                assert listening.getsockname()[1] > 0
        except SettingsError:
            assert host == "[::1]", "a machine without IPv6"


def test_what_is_too_old_is_forgotten_at_the_start(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, audit_days=30)
    long_ago = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=31)
    with closing(Ledger(settings.database, clock=lambda: long_ago)) as then:
        then.audit.note("an", "account", "ask")
    with closing(Ledger(settings.database)) as ledger:
        ledger.audit.note("an", "account", "search")
        ending = threading.Event()
        ending.set()
        forget_daily(ledger, settings, ending)
        assert [entry.action for entry in ledger.audit.entries()] == ["search"]
