"""Has files parsed in a process of their own, and refuses those that cost too much or bring it down."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter

from index.errors import MachineFailureError, UnreadableDocumentError, damaged
from index.extracted import Limits
from index.load import require_room, too_big
from index.parse import Parsed

_PARSED = TypeAdapter(Parsed)
_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The names of an archive's members in the order of their numbers, and those that are refused by themselves."""

    names: list[str]
    refused: list[tuple[str, UnreadableDocumentError]]


class Sandbox:
    """A parsing process, started when the first file comes and again after one that brought it down."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
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

    def unpack(self, name: str, content: bytes, folder: Path) -> Unpacked:
        """Write the members of a ZIP to `folder` as `0`, `1`, …. Raises UnreadableDocumentError as `parse`."""
        answer = self._ask(name, content, unpack_to=str(folder))
        return Unpacked(answer["members"], [(member, _refusal(told)) for member, told in answer["refused"]])

    def _ask(self, name: str, content: bytes, sidecar: bytes = b"", unpack_to: str = "") -> dict[str, Any]:
        require_room(len(content), self.limits)
        request = {"name": name, "content_bytes": len(content), "sidecar_bytes": len(sidecar), "unpack_to": unpack_to}
        process = self._running()
        late = threading.Event()

        def stop() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(self.limits.seconds, stop)
        timer.start()
        try:
            line = _exchange(process, json.dumps(request).encode() + b"\n" + content + sidecar)
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.close()
            raise _too_slow(self.limits.seconds) if late.is_set() else _died()
        answer: dict[str, Any] = json.loads(line)
        if "message" in answer:
            raise _refusal(answer)
        if failing := answer.get("machine"):
            raise _machine_failed(failing)
        if failure := answer.get("failure"):
            raise too_big(self.limits.memory_mib) if failure == "memory" else damaged(failure)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "index.worker", json.dumps(asdict(self.limits))],
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


def _refusal(told: dict[str, str]) -> UnreadableDocumentError:
    return UnreadableDocumentError(told["message"], told["remedy"], told["english"])


def _died() -> MachineFailureError:
    return MachineFailureError(
        "Tiến trình đọc tệp bị dừng giữa chừng; tệp có thể hỏng, hoặc máy thiếu bộ nhớ.",
        "Lần chạy «bot index» sau sẽ thử lại; nếu vẫn lỗi, hãy mở tệp bằng phần mềm tạo ra nó rồi lưu lại.",
        "The process that read the file was ended: the file may be damaged, or the machine short of memory. "
        "The next run tries again; should it fail once more, open the file where it was made and save it again.",
    )


def _machine_failed(detail: str) -> MachineFailureError:
    return MachineFailureError(
        f"Máy không đọc được tệp lúc này ({detail}).",
        "Hãy kiểm tra dung lượng đĩa và bộ nhớ; lần chạy «bot index» sau sẽ thử lại.",
        f"The machine could not read the file now ({detail}). Check disk space and memory; the next run tries again.",
    )
