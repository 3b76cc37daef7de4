"""Keeping the collection: upload, index, remove and correct. What the page and the API both call, for keepers only."""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from bot.assembly import index_settings
from bot.correcting import Change, correct
from bot.errors import KhuyenNghiError, NotFoundError
from bot.identity import Identity
from bot.index_run import IndexRuns, Progress, Run
from bot.kept_files import KeptFile, kept_files, open_catalog
from bot.ledger.audit import Audit
from bot.settings import Settings
from bot.uploads import Uploaded, store
from index.build import build_index, remove_document
from index.catalog import CATALOG_FILE
from index.corrections import Correction
from index.embed import Encoder
from index.errors import NothingToIndexError
from index.litter import is_litter
from index.parse import SUPPORTED_SUFFIXES
from index.records import BuildReport

_NOTED = 200  # characters of a name that is refused


class Keeping:
    """Every method asks for the role keeper and raises ForbiddenError. May be used from several threads.

    `folder` is where uploaded files are kept.
    """

    def __init__(self, settings: Settings, audit: Audit, open_encoder: Callable[[], Encoder]) -> None:
        """`open_encoder` gives each run an embedder of its own, so that questions need not wait for it."""
        self.folder = settings.home / "documents"
        self.limit_mib = settings.upload_mib
        self._settings = settings
        self._audit = audit
        self._open_encoder = open_encoder
        self._lock = threading.Lock()
        self._runs = IndexRuns()
        self._named: set[Path] = set()  # what is new, though a file of that name may have been refused or taken out

    def upload(self, who: Identity, name: str, content: BinaryIO, *, replace: bool = False) -> Uploaded:
        """Take a file for the next run. Raises UploadError for its name, kind or size, or a name that is taken."""
        who.require("keeper")
        try:
            with self._lock:
                taken = store(self.folder, name, content, limit_mib=self.limit_mib, replace=replace)
                self._named.add((self.folder / taken.name).resolve())
        except KhuyenNghiError as exc:
            self._note(who, "upload", name[:_NOTED].encode(errors="replace").decode(), exc.code)
            raise
        self._note(who, "upload", taken.name)
        return taken

    def files(self, who: Identity) -> list[KeptFile]:
        """Every file that is known, and those that wait for a run, by source. Raises IndexDamagedError."""
        who.require("keeper")
        known = self._known()
        sources = {file.source for file in known}
        waiting = [
            KeptFile(source, "", "", "", "", "", "waiting", "", 0)
            for source in self._uploaded_sources()
            if source not in sources
        ]
        return sorted([*known, *waiting], key=lambda file: file.source)

    def index(self, who: Identity, *, rebuild: bool = False, again: Sequence[str] = ()) -> Run:
        """Begin a run in the background: uploaded files are read, with `rebuild` all that was indexed is read anew.

        `again` are sources that were refused or taken out and are to be tried once more. Raises NotFoundError for one
        that is not known, IndexLockedError while a run is under way; what goes wrong later is told by the run.
        """
        who.require("keeper")
        known = {file.source for file in self._known()} if again else set()
        for source in again:
            if source not in known:
                raise NotFoundError(f"Không có tệp «{source}» trong danh sách.", "Hãy xem lại danh sách tài liệu.")
        with self._lock:
            named = frozenset({*self._named, *map(Path, again)})

        def ended(run: Run) -> None:
            if run.report:
                with self._lock:
                    self._named -= named
            self._note(who, "rebuild" if rebuild else "index", outcome=run.code or "ok")

        def build(progress: Progress) -> BuildReport:
            return self._build(sorted(named), progress, rebuild=rebuild)

        return self._runs.start(who.name, build, ended, is_rebuild=rebuild)

    def last_run(self, who: Identity) -> Run | None:
        """The run under way, or the last one since the server was started."""
        who.require("keeper")
        return self._runs.last

    def wait(self, timeout_s: float | None = None) -> None:
        """Until no run is under way."""
        self._runs.wait(timeout_s)

    def remove(self, who: Identity, document_id: str) -> list[str]:
        """Take a document out of the index; its files stay on the disk, and out until they are tried again by name.

        Their sources. Raises NotFoundError, IndexLockedError, IndexMissingError, IndexMismatchError.
        """
        who.require("keeper")
        self._runs.require_idle()
        with closing(open_catalog(self._settings)) as catalog:
            if catalog.document(document_id) is None:
                raise NotFoundError(
                    f"Không có tài liệu «{document_id}».", "Tài liệu có thể đã được gỡ; hãy xem danh sách tài liệu."
                )
        encoder = self._open_encoder()
        built_with = index_settings(self._settings, encoder)
        sources = remove_document(self._settings.index_folder, document_id, encoder, built_with)
        self._note(who, "remove_document", document_id)
        return sources

    def correct(self, who: Identity, statement_id: str, change: Change) -> Correction:
        """Correct a statement of the register. Raises as `bot.correcting.correct`."""
        who.require("keeper")
        with self._lock, closing(open_catalog(self._settings)) as catalog:
            correction = correct(catalog, self._settings.corrections_file, statement_id, change, who.name)
        self._note(who, "correct", statement_id)
        return correction

    def _build(self, named: Sequence[Path], progress: Progress, *, rebuild: bool) -> BuildReport:
        encoder = self._open_encoder()
        built_with = index_settings(self._settings, encoder)
        folder, limits = self._settings.index_folder, self._settings.file_limits
        paths = [*([self.folder] if self.folder.is_dir() else ()), *named]
        renewed = BuildReport()
        if rebuild and (folder / CATALOG_FILE).is_file():
            renewed = build_index([], folder, encoder, built_with, limits=limits, rebuild=True, progress=progress)
            if not paths:
                return renewed
        if not paths:
            kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
            raise NothingToIndexError("Chưa có tệp nào được tải lên.", f"Hãy tải lên các tệp {kinds} rồi thử lại.")
        report = build_index(paths, folder, encoder, built_with, limits=limits, progress=progress)
        return _together(renewed, report) if rebuild else report

    def _known(self) -> list[KeptFile]:
        if not (self._settings.index_folder / CATALOG_FILE).is_file():
            return []
        with closing(open_catalog(self._settings)) as catalog:
            return kept_files(catalog)

    def _uploaded_sources(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return [path.resolve().as_posix() for path in self.folder.iterdir() if not is_litter(path.name)]

    def _note(self, who: Identity, action: str, detail: str = "", outcome: str = "ok") -> None:
        self._audit.note(who.name, who.via, action, detail, outcome)


def _together(renewed: BuildReport, later: BuildReport) -> BuildReport:
    """The report of a rebuild, with what the run after it did to files that were not known before."""
    return replace(
        later,
        added=(*renewed.added, *later.added),
        changed=(*renewed.changed, *later.changed),
        removed=(*renewed.removed, *later.removed),
        unchanged=renewed.unchanged,
        refused=tuple(dict.fromkeys([*renewed.refused, *later.refused])),
        same=tuple(dict.fromkeys([*renewed.same, *later.same])),
        alike=tuple(dict.fromkeys([*renewed.alike, *later.alike])),
        seconds=renewed.seconds + later.seconds,
    )
