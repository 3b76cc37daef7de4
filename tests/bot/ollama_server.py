"""A small HTTP server that plays Ollama: it answers as it was told to and remembers what it was asked."""

import json
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """An answer: a status, its lines (NDJSON), and whether the connection is then cut or the server falls silent."""

    lines: Sequence[dict[str, Any]] = ()
    status: int = 200
    cut: bool = False
    silent: bool = False


def chat_line(text: str, **more: object) -> dict[str, Any]:
    """A piece of a reply."""
    return {"model": "thử", "message": {"role": "assistant", "content": text}, "done": False, **more}


def last_line(read_tokens: int = 200) -> dict[str, Any]:
    """The end of a reply; `read_tokens` is how much of the prompt the server says that it read."""
    return {**chat_line(""), "done": True, "done_reason": "stop", "prompt_eval_count": read_tokens, "eval_count": 3}


@dataclass
class OllamaServer:
    """Serves `/api/chat`, `/api/tags` and `/api/pull` until closed. `asked` holds the paths and bodies it was sent."""

    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start on a free port."""
        self.scripts = {"/api/tags": Script([{"models": []}]), **self.scripts}
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        # The default would keep every shutdown waiting for half a second.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def chat(self, *lines: dict[str, Any], status: int = 200, cut: bool = False, silent: bool = False) -> None:
        """What `/api/chat` answers from now on."""
        self.scripts["/api/chat"] = Script(lines, status, cut, silent)

    def install(self, *names: str) -> None:
        """The models that the server has."""
        self.scripts["/api/tags"] = Script([{"models": [{"model": name} for name in names]}])

    def close(self) -> None:
        """Stop serving, and let go of requests that are kept waiting."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def closed_port_url() -> str:
    """An address where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def _handler(server: OllamaServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # chunked replies, so that a cut connection can be told from an ended reply

        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            self._answer(json.loads(self.rfile.read(length) or b"{}"))

        def _answer(self, body: dict[str, Any]) -> None:
            server.asked.append((self.path, body))
            script = server.scripts[self.path]
            self.send_response(script.status)
            self.send_header("Content-Type", "application/x-ndjson")
            self.send_header("Transfer-Encoding", "chunked")
            self.send_header("Connection", "close")  # or a client might ask again on a line that is being hung up
            self.end_headers()
            for line in script.lines:
                data = json.dumps(line).encode() + b"\n"
                self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
                self.wfile.flush()
            if script.silent:
                server.over.wait(10)
            if not script.cut:
                self.wfile.write(b"0\r\n\r\n")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 – the base class calls it so
            """Say nothing."""

    return Handler
