"""Who holds the index for writing."""

import threading
from pathlib import Path

import pytest
from filelock import FileLock

from index.errors import IndexLockedError
from index.lock import writer_lock


def test_one_that_has_just_taken_the_lock_is_named_as_soon_as_it_says_who_it_is(tmp_path: Path) -> None:
    with FileLock(tmp_path / "writer.lock"):
        holder = tmp_path / "writer.txt"
        late = threading.Timer(0.2, lambda: holder.write_text("pid 4711, từ 08:00", encoding="utf-8"))
        late.start()
        with pytest.raises(IndexLockedError, match="pid 4711"), writer_lock(tmp_path):
            pass


def test_one_that_never_says_who_it_is_is_told_as_unknown(tmp_path: Path) -> None:
    unknown = pytest.raises(IndexLockedError, match="không rõ tiến trình")
    with FileLock(tmp_path / "writer.lock"), unknown, writer_lock(tmp_path):
        pass
