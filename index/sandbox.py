"""Has files parsed in a process of their own, and refuses those that cost too much or bring it down."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.parse import Parsed

_PARSED = TypeAdapter(Parsed)
_MIB = 1 << 20
_ROOM = 4  # a file takes several times its size to be read
_ROOT = Path(__file__).resolve().parents[1]


class Sandbox:
    """A parsing process, started when the first file comes and again after one that brought it down."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process:
            _kill(self._process)
            self._process.communicate()
            self._process = None

    def parse(self, name: str, content: bytes, sidecar: bytes = b"") -> Parsed:
        """The text and particulars of a file. Raises UnreadableDocumentError, also when a limit is reached."""
        return _PARSED.validate_python(self._ask(name, content, sidecar)["parsed"])

    def unpack(self, name: str, content: bytes, folder: Path) -> list[str]:
        """Write the members of a ZIP to `folder` as `0`, `1`, …; their names in that order.

        Raises UnreadableDocumentError as `parse`.
        """
        members: list[str] = self._ask(name, content, unpack_to=str(folder))["members"]
        return members

    def _ask(self, name: str, content: bytes, sidecar: bytes = b"", unpack_to: str = "") -> dict[str, Any]:
        if len(content) > self._limits.memory_mib * _MIB // _ROOM:
            raise _too_big(self._limits.memory_mib)
        request = {"name": name, "content_bytes": len(content), "sidecar_bytes": len(sidecar), "unpack_to": unpack_to}
        process = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(self._limits.seconds, stop)
        timer.start()
        try:
            line = _exchange(process, json.dumps(request).encode() + b"\n" + content + sidecar)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.close()
            raise _too_slow(self._limits.seconds) if late.is_set() else _broken("the parser died")
        answer: dict[str, Any] = json.loads(line)
        if "message" in answer:
            raise UnreadableDocumentError(answer["message"], answer["remedy"], answer["english"])
        if failure := answer.get("failure"):
            raise _too_big(self._limits.memory_mib) if failure == "memory" else _broken(failure)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "index.worker", json.dumps(asdict(self._limits))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                start_new_session=True,  # Ctrl+C is for the command, which then ends this
            )
        return self._process


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End it and what it started: reading letters from a picture is another program."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """Send the request and read the line that answers it; less than a line when the process ends before."""
    assert process.stdin is not None  # both are pipes
    assert process.stdout is not None
    try:
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.readline()
    except OSError:  # it ended while the request was being written
        return b""


def _too_slow(seconds: float) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Đọc tệp quá {seconds:g} giây.",
        "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_SECONDS.",
        f"Reading the file took more than {seconds:g} seconds. Split it, or raise BOT_FILE_SECONDS.",
    )


def _too_big(memory_mib: int) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Đọc tệp cần hơn {memory_mib} MiB bộ nhớ.",
        "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_MEMORY_MIB.",
        f"Reading the file takes more than {memory_mib} MiB of memory. Split it, or raise BOT_FILE_MEMORY_MIB.",
    )


def _broken(detail: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Tệp hỏng hoặc không đúng định dạng ({detail}).",
        "Hãy mở tệp bằng phần mềm tạo ra nó, lưu lại rồi thử lại.",
        f"The file is damaged or not what its name says ({detail}). Open it, save it again, and retry.",
    )
