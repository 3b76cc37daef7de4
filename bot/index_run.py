"""One run of the index at a time, in the background: it goes on when whoever started it has closed the page."""

import logging
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import KhuyenNghiError
from index.errors import IndexLockedError
from index.records import BuildReport

_log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """A run that brings the index in line with the documents, or makes all of it anew; times are ISO 8601, local.

    `done` of `total` files are read, `file` is the last of them; `total` is 0 until they are counted. One that is over
    has an `ended_at`, and a `report` or an `error` (Vietnamese, with its remedy) with its `code`.
    """

    by: str
    is_rebuild: bool
    started_at: str
    done: int = 0
    total: int = 0
    file: str = ""
    ended_at: str = ""
    report: BuildReport | None = None
    error: str = ""
    code: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return bool(self.ended_at)


class IndexRuns:
    """May be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: Run | None = None
        self._thread: threading.Thread | None = None

    @property
    def last(self) -> Run | None:
        """The run under way, or the last one."""
        return self._last

    def start(
        self, by: str, build: Callable[[Progress], BuildReport], ended: Callable[[Run], None], *, is_rebuild: bool
    ) -> Run:
        """Begin; `ended` is called with the run when it is over. Raises IndexLockedError while one is under way."""
        with self._lock:
            self.require_idle()
            self._last = run = Run(by, is_rebuild, _now())
            arguments = (run, build, ended)
            # A server that is stopped does not wait for it: a run that breaks off leaves the index whole.
            self._thread = threading.Thread(target=self._carry_out, args=arguments, name="indexing", daemon=True)
            self._thread.start()
            return run

    def require_idle(self) -> None:
        """Raises IndexLockedError while a run is under way."""
        run = self._last
        if run and not run.is_over:
            so_far = f", đã đọc {run.done}/{run.total} tệp" if run.total else ""
            raise IndexLockedError(
                f"Chỉ mục đang được cập nhật (do {run.by} bắt đầu lúc {run.started_at[11:16]}{so_far}).",
                "Hãy đợi lượt này xong rồi thử lại.",
            )

    def wait(self, timeout_s: float | None = None) -> None:
        """Until no run is under way."""
        if self._thread:
            self._thread.join(timeout_s)

    def _carry_out(self, run: Run, build: Callable[[Progress], BuildReport], ended: Callable[[Run], None]) -> None:
        def progress(done: int, total: int, name: str) -> None:
            self._last = replace(run, done=done, total=total, file=name)

        try:
            over = replace(run, report=build(progress))
        except KhuyenNghiError as exc:
            over = replace(run, error=str(exc), code=exc.code)
        except Exception as exc:
            _log.exception("indexing failed")
            why = f" ({exc})" if isinstance(exc, OSError | sqlite3.Error) else ""
            advice = "Hãy báo người quản trị kiểm tra nhật ký, quyền ghi và dung lượng ổ đĩa, rồi thử lại."
            over = replace(run, error=f"Lập chỉ mục không thành công vì lỗi hệ thống{why}. {advice}", code="system")
        before = self._last or run
        done = before.total if over.report else before.done
        over = replace(over, done=done, total=before.total, file=before.file, ended_at=_now())
        try:
            ended(over)
        finally:
            self._last = over


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
