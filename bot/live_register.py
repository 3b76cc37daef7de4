"""The register of an open index, read again when the documents or the corrections change."""

import threading
from pathlib import Path

from index.corrections import Corrections
from index.kinds import KindModel
from index.register import Register
from index.search import SearchIndex


class LiveRegister:
    """May be used from several threads."""

    def __init__(self, index: SearchIndex, corrections_file: Path) -> None:
        self._index = index
        self._corrections_file = corrections_file
        self._sure_from = KindModel.load().sure_from
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] = ()
        self._register: Register | None = None

    def now(self) -> Register:
        """The register as it is now. Raises IndexDamagedError or CorrectionsDamagedError."""
        with self._lock:
            stamp = (self._index.generation, *self._corrected())
            if self._register is None or self._stamp != stamp:
                self._register = self._index.register(Corrections(self._corrections_file), self._sure_from)
                self._stamp = stamp
            return self._register

    def _corrected(self) -> tuple[int, int]:
        try:
            found = self._corrections_file.stat()
        except OSError:  # nothing was corrected yet
            return 0, 0
        return found.st_mtime_ns, found.st_size
