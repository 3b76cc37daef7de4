"""One writer at a time, across processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexLockedError

_LOCK_FILE, _HOLDER_FILE = "writer.lock", "writer.txt"


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexLockedError, naming the holder, when another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / _HOLDER_FILE
    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        who = holder.read_text(encoding="utf-8").strip() if holder.is_file() else "không rõ tiến trình"
        raise IndexLockedError(
            f"Chỉ mục đang được cập nhật bởi một lệnh khác ({who}).", "Hãy đợi lệnh đó xong rồi chạy lại."
        ) from exc
    try:
        holder.write_text(f"pid {os.getpid()}, từ {datetime.now():%H:%M:%S %d/%m/%Y}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
