"""Work in a thread of its own, which ends when nobody waits for it any more."""

import queue
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
# How long closing waits for the work to end; who does not heed `is_abandoned` ends later.
_GRACE_S = 0.5
_LEFT: ContextVar[threading.Event | None] = ContextVar("left", default=None)


@dataclass(frozen=True, slots=True)
class _End:
    """What a piece of work ended with."""

    error: BaseException | None


def is_abandoned() -> Callable[[], bool]:
    """Tells, in whatever thread, whether anybody still waits for the work that is under way here."""
    left = _LEFT.get()
    return left.is_set if left else lambda: False


def beats(
    work: Generator[T, None, None], beat_s: float, done: Callable[[], None] = lambda: None
) -> Generator[T | None, None, None]:
    """What the work brings, and None for every beat without anything; its errors are raised here.

    Closing abandons the work, which is closed at its next piece. `done` is called once or more: when the work has
    ended, and when it was abandoned.
    """
    pieces: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    left = threading.Event()
    worker = threading.Thread(target=_run, args=(work, pieces, left, done), daemon=True)
    try:
        worker.start()
        while True:
            try:
                piece = pieces.get(timeout=beat_s)
            except queue.Empty:
                yield None
                continue
            if isinstance(piece, _End):
                if piece.error:
                    raise piece.error
                return
            yield piece
    finally:
        left.set()
        if worker.ident:
            worker.join(_GRACE_S)
        done()


def _run(
    work: Generator[T, None, None],
    pieces: "queue.SimpleQueue[T | _End]",
    left: threading.Event,
    done: Callable[[], None],
) -> None:
    _LEFT.set(left)
    error: BaseException | None = None
    try:
        with closing(work):
            for piece in work:
                if left.is_set():
                    break
                pieces.put(piece)
    except BaseException as exc:  # raised again where the work is waited for
        error = exc
    finally:
        done()
        pieces.put(_End(error))
