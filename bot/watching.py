"""Telling when something changes under paths, which may themselves vanish and come back."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import watch

# Files are copied in bursts: wait until it has been quiet that long.
_QUIET_MS = 2000
# How often the paths themselves are looked at.
_BEAT_MS = 200


def changes(paths: Sequence[Path]) -> Iterator[None]:
    """Yield once the watch stands, and after every change; what changes meanwhile is not missed.

    A path that is deleted or unmounted changes, and again when it is back. Raises KeyboardInterrupt.
    """
    while True:
        before = [_place(path) for path in paths]
        beats = _beats([path for path, place in zip(paths, before, strict=True) if place])
        try:
            next(beats)
        except FileNotFoundError:  # gone since it was looked at
            continue
        yield
        for changed in beats:
            if changed or [_place(path) for path in paths] != before:
                break  # and watch anew: a watch on a folder that was replaced sees nothing more


def missing(paths: Sequence[Path]) -> set[Path]:
    """Those that are not there, or whose disk does not answer."""
    return {path for path in paths if _place(path) is None}


def _beats(paths: Sequence[Path]) -> Iterator[object]:
    """What changed since the beat before, mostly nothing."""
    if paths:
        yield from watch(*paths, debounce=_QUIET_MS, rust_timeout=_BEAT_MS, yield_on_timeout=True, raise_interrupt=True)
    while True:
        yield None
        time.sleep(_BEAT_MS / 1000)


def _place(path: Path) -> tuple[int, int] | None:
    """The very file or folder; None where there is none, or its disk does not answer."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
