"""A portal: nginx as `examples/nginx.conf` has it, with a single sign-on behind it, on free ports of this machine."""

import contextlib
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[3] / "examples"
# Who has signed in at the portal, by the cookie that says so: user and groups.
PEOPLE = {"phien=an": ("nguyen.van.an", "van-phong"), "phien=binh": ("tran.thi.binh", "van-phong,van-thu")}


@contextlib.contextmanager
def portal(folder: Path, assistant_port: int) -> Iterator[str]:
    """The address of the portal; the assistant is below /tro-ly/. Skips where a program is missing."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("openssl") is None:
        pytest.skip("no nginx or no openssl on this machine")
    port = _free_port()
    with _sign_on() as sign_on_port:
        config = _configured(folder, port, assistant_port, sign_on_port)
        running = subprocess.Popen([nginx, "-p", str(folder), "-c", str(config), "-g", "daemon off;"])
        try:
            _wait_for(port, running)
            yield f"https://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait(10)


def _configured(folder: Path, port: int, assistant_port: int, sign_on_port: int) -> Path:
    """The example with other addresses; every one of them must have stood in it."""
    text = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "http://127.0.0.1:7860": f"http://127.0.0.1:{assistant_port}",
        "http://127.0.0.1:4180": f"http://127.0.0.1:{sign_on_port}",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/var/log/nginx/error.log": f"{folder}/error.log",
        "/etc/nginx/tls": str(folder),
        "/srv/portal": str(EXAMPLES),
        "access_log off;": f"access_log off; {_temporary_paths(folder)}",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    _make_certificate(folder)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return folder / "nginx.conf"


def _temporary_paths(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


def _make_certificate(folder: Path) -> None:
    names = ["-keyout", str(folder / "cong.key"), "-out", str(folder / "cong.crt"), "-subj", "/CN=127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *names]
    subprocess.run(command, check=True, capture_output=True)


class _SignOn(BaseHTTPRequestHandler):
    """Answers as oauth2-proxy's `/oauth2/auth` does."""

    def do_GET(self) -> None:
        known = PEOPLE.get(next(iter(re.findall(r"phien=\w+", self.headers.get("Cookie", ""))), ""))
        self.send_response(202 if known else 401)
        for name, value in zip(("X-Auth-Request-User", "X-Auth-Request-Groups"), known or (), strict=False):
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def _sign_on() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _SignOn)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and running.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail("nginx did not start")
