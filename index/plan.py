"""What a run has to do: the files on disk, compared with what the catalog knows of them."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import load
from index.catalog import Catalog
from index.errors import MachineFailureError, UnreadableDocumentError
from index.load import SourceFile
from index.marks import Marks
from index.parse import ARCHIVE_SUFFIX, require_known_kind
from index.records import FileEntry, Refusal
from index.sandbox import Sandbox

# In place of the digest of a file whose document was taken out: it stays out, whatever becomes of it.
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is new, or not what it was, or to be read otherwise, with its digest."""

    file: SourceFile
    sha256: str


@dataclass
class Plan:
    """What is to be done. `refused` are files that cannot be read, known ones among them; `gone` are sources."""

    changes: list[Change] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[Refusal, str]] = field(default_factory=list)  # with the mark, empty for a passing cause
    archives: list[FileEntry] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Planner:
    """Compares files with the catalog; archives that changed are unpacked below `room`."""

    def __init__(self, catalog: Catalog, sandbox: Sandbox, room: Path, named: Iterable[Path], now: str) -> None:
        """`named` was asked for by name: what was refused before, or taken out, is tried again."""
        self._known = catalog.files()
        self._sandbox = sandbox
        self._marks = Marks(sandbox.limits)
        self._room = room
        self._named = {path.as_posix() for path in named}
        self._now = now
        self._plan = Plan()
        self._present: set[str] = set()

    def plan(self, files: Sequence[SourceFile], paths: Sequence[Path]) -> Plan:
        """The plan for the files found under the paths."""
        for file in files:
            if file.path.suffix.lower() == ARCHIVE_SUFFIX and not file.closed:
                self._archive(file)
            else:
                self._file(file)
        for folder in files:
            if folder.closed:
                self._as_before(folder.path.as_posix())
        self._plan.gone = [
            source
            for source in self._known
            if source not in self._present and any(Path(source).is_relative_to(path) for path in paths)
        ]
        return self._plan

    def _file(self, file: SourceFile) -> None:
        known = self._seen(file.source)
        try:
            if not file.closed:
                require_known_kind(file.source)
            sha256 = load.digest(*file.read(self._sandbox.limits))
        except UnreadableDocumentError as exc:
            self._refuse(file.source, exc)
            return
        if known and known.document_id and self._marks.fits(known.sha256, sha256):
            self._plan.unchanged.append(file.source)
        elif known and self._stays_out(known, sha256):
            self._plan.refused.append((Refusal(file.source, known.reason, known.english), known.sha256))
        else:
            self._plan.changes.append(Change(file, sha256))

    def _seen(self, source: str) -> FileEntry | None:
        self._present.add(source)
        return self._known.get(source)

    def _refuse(self, source: str, error: UnreadableDocumentError, mark: str = "") -> None:
        self._plan.refused.append((Refusal(source, str(error), error.english), mark))

    def _stays_out(self, known: FileEntry, sha256: str) -> bool:
        return (
            bool(known.reason)
            and known.source not in self._named
            and known.sha256 in {REMOVED, self._marks.under(sha256)}
        )

    def _archive(self, file: SourceFile) -> None:
        known = self._seen(file.source)
        mark = ""
        try:
            content, _ = file.read(self._sandbox.limits)
            sha256 = load.digest(content)
            mark = self._marks.under(sha256)
            if known and self._stays_out(known, sha256):
                self._plan.refused.append((Refusal(file.source, known.reason, known.english), known.sha256))
            elif known and known.sha256 == mark and not self._is_named_within(file.source):
                self._as_before(file.source)
            else:
                self._unpack(file, content, mark)
        except MachineFailureError as exc:
            self._refuse(file.source, exc)
            self._as_before(file.source)
        except UnreadableDocumentError as exc:
            self._refuse(file.source, exc, mark)

    def _is_named_within(self, source: str) -> bool:
        return any(name == source or name.startswith(f"{source}/") for name in self._named)

    def _unpack(self, file: SourceFile, content: bytes, mark: str) -> None:
        self._room.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=self._room))
        unpacked = self._sandbox.unpack(file.source, content, folder)
        self._plan.archives.append(FileEntry(file.source, mark, "", self._now))
        for name, error in unpacked.refused:
            self._seen(f"{file.source}/{name}")
            self._refuse(f"{file.source}/{name}", error)
        places = {name: folder / str(number) for number, name in enumerate(unpacked.names)}
        for name, beside in load.with_sidecars(unpacked.names):
            inside = f"{file.source}/{name}", places[name], f"{file.relative}/{name}", places.get(beside)
            self._file(SourceFile(*inside))

    def _as_before(self, folder: str) -> None:
        """What lies below an archive, or a folder that cannot be listed, stays as it is."""
        for source, entry in self._known.items():
            if source in self._present or not source.startswith(f"{folder}/"):
                continue
            self._present.add(source)
            if entry.document_id:
                self._plan.unchanged.append(source)
            elif entry.reason:
                self._plan.refused.append((Refusal(source, entry.reason, entry.english), entry.sha256))
