"""The register of an open index, read again when the documents or the corrections change."""

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from index.corrections import Corrections
from index.errors import KhuyenNghiError
from index.kinds import KindModel
from index.register import Register
from index.search import SearchIndex

# A register that is read faster is read at once; of a large collection one that only lacks what came since will do for
# this long, while documents are being indexed.
_QUICK_S, _PAUSE_S = 0.2, 5.0
Corrected = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Of which generation a register is, and when its corrections were written and how many bytes they are."""

    generation: int
    corrected: Corrected


@dataclass(frozen=True, slots=True)
class _Read:
    register: Register
    stamp: Stamp
    seconds: float
    at: float


class LiveRegister:
    """May be used from several threads."""

    def __init__(
        self, index: SearchIndex, corrections_file: Path, quick_s: float = _QUICK_S, pause_s: float = _PAUSE_S
    ) -> None:
        """A register that takes longer than `quick_s` is read in the background, `pause_s` after the last one."""
        self._index = index
        self._corrections_file = corrections_file
        self._quick_s, self._pause_s = quick_s, pause_s
        self._sure_from = KindModel.load().sure_from
        self._lock = threading.Lock()
        self._read: _Read | None = None
        self._reader: threading.Thread | None = None

    def now(self) -> Register:
        """The register as it is now; it never holds what is gone. Raises IndexDamagedError, CorrectionsDamagedError."""
        return self.stamped()[0]

    def stamped(self) -> tuple[Register, Stamp]:
        """The same with what it was read from."""
        with self._lock:
            held, stamp = self._read, self._stamp()
            if held is None or (held.stamp != stamp and not self._will_do(held, stamp)):
                held = self._read = self._read_now(stamp)
            elif held.stamp != stamp:
                self._read_later(held)
            return held.register, held.stamp

    def _stamp(self) -> Stamp:
        return Stamp(self._index.generation, self._corrected())

    def _will_do(self, held: _Read, stamp: Stamp) -> bool:
        """Whether a slow register only lacks what came since."""
        if held.seconds < self._quick_s or held.stamp.corrected != stamp.corrected:
            return False
        now = self._index.revisions()
        return all(now.get(name) == document.sha256 for name, document in held.register.documents.items())

    def _read_now(self, stamp: Stamp) -> _Read:
        started = time.monotonic()
        register = self._index.register(Corrections(self._corrections_file), self._sure_from)
        return _Read(register, stamp, time.monotonic() - started, time.monotonic())

    def _read_later(self, held: _Read) -> None:
        if self._reader is None and time.monotonic() - held.at >= self._pause_s:
            self._reader = threading.Thread(target=self._read_behind, daemon=True)
            self._reader.start()

    def _read_behind(self) -> None:
        read = None
        try:
            read = self._read_now(self._stamp())
        except KhuyenNghiError:  # told to whoever asks when the old one will not do any more
            pass
        finally:
            with self._lock:
                self._reader = None
                if read and self._read and read.stamp.generation > self._read.stamp.generation:
                    self._read = read

    def _corrected(self) -> Corrected:
        try:
            found = self._corrections_file.stat()
        except OSError:  # nothing was corrected yet
            return 0, 0
        return found.st_mtime_ns, found.st_size
