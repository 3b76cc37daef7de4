"""One writer at a time, across processes."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexLockedError

_LOCK_FILE, _HOLDER_FILE = "writer.lock", "writer.txt"
# One who has just taken the lock may not have said yet who it is.
_TRIES, _PAUSE_S = 20, 0.05


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexLockedError, naming the holder, when another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / _HOLDER_FILE
    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        raise IndexLockedError(
            f"Chỉ mục đang được cập nhật bởi một lệnh khác ({_who(holder)}).", "Hãy đợi lệnh đó xong rồi chạy lại."
        ) from exc
    try:
        draft = holder.with_name(f"{_HOLDER_FILE}.new")
        draft.write_text(f"pid {os.getpid()}, từ {datetime.now():%H:%M:%S %d/%m/%Y}", encoding="utf-8")
        draft.replace(holder)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    for _ in range(_TRIES):
        try:
            if said := holder.read_text(encoding="utf-8").strip():
                return said
        except FileNotFoundError:
            pass
        time.sleep(_PAUSE_S)
    return "không rõ tiến trình"
