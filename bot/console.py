"""What the commands share: exit statuses, reported errors, progress bars."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.errors import KhuyenNghiError
from bot.settings import Settings, load_settings

FAILURE, WRONG_USAGE, NOTHING_FOUND = 1, 2, 3
_USAGE_ERRORS = ("question", "source_not_found", "nothing_to_index", "settings", "register")
Step = Callable[[int, int], None]


@contextmanager
def reported() -> Iterator[Settings]:
    """Give the settings; print what goes wrong, with its remedy, and leave with its exit status."""
    try:
        yield load_settings()
    except KhuyenNghiError as exc:
        print(f"Lỗi: {exc}", file=sys.stderr)
        raise typer.Exit(WRONG_USAGE if exc.code in _USAGE_ERRORS else FAILURE) from exc
    except BrokenPipeError as exc:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FAILURE) from exc
    except OSError as exc:
        print(f"Lỗi hệ thống: {exc}. Hãy kiểm tra quyền ghi và dung lượng của BOT_HOME.", file=sys.stderr)
        raise typer.Exit(FAILURE) from exc
    except KeyboardInterrupt as exc:
        print("Đã dừng theo yêu cầu.", file=sys.stderr)
        raise typer.Exit(FAILURE) from exc


@contextmanager
def progress(title: str, *, quiet: bool = False, in_bytes: bool = False) -> Iterator[Step]:
    """Give a function `(done, total)` that moves a bar on standard error."""
    count = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
