"""What a run has to do: the files on disk, compared with what the catalog knows of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import load
from index.catalog import Catalog
from index.errors import UnreadableDocumentError
from index.load import SourceFile
from index.parse import ARCHIVE_SUFFIX, PARSER_VERSION, require_known_kind
from index.records import FileEntry, Refusal
from index.sandbox import Sandbox

# In place of the digest of a file whose document was taken out: it stays out, whatever becomes of it.
REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is new or not what it was, with its digest."""

    file: SourceFile
    sha256: str


@dataclass
class Plan:
    """What is to be done. `refused` are files that cannot be read, known ones among them; `gone` are sources."""

    changes: list[Change] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[tuple[Refusal, str]] = field(default_factory=list)  # with the digest, empty where there is none
    archives: list[FileEntry] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Planner:
    """Compares files with the catalog; archives that changed are unpacked below `room`."""

    def __init__(self, catalog: Catalog, sandbox: Sandbox, room: Path, named: Iterable[Path], now: str) -> None:
        """`named` was asked for by name: what was refused before, or taken out, is tried again."""
        self._known = catalog.files()
        self._sandbox = sandbox
        self._room = room
        self._named = {path.as_posix() for path in named}
        self._now = now
        self._plan = Plan()
        self._present: set[str] = set()

    def plan(self, files: Sequence[SourceFile], paths: Sequence[Path]) -> Plan:
        """The plan for the files found under the paths."""
        for file in files:
            if file.path.suffix.lower() == ARCHIVE_SUFFIX:
                self._archive(file)
            else:
                self._file(file)
        self._plan.gone = [
            source
            for source in self._known
            if source not in self._present and any(Path(source).is_relative_to(path) for path in paths)
        ]
        return self._plan

    def _file(self, file: SourceFile) -> None:
        known = self._seen(file.source)
        try:
            require_known_kind(file.source)
            content, sidecar = file.read()
        except UnreadableDocumentError as exc:
            self._plan.refused.append((Refusal(file.source, str(exc), exc.english), ""))
            return
        sha256 = load.digest(content, sidecar)
        if known and known.document_id and known.sha256 == sha256:
            self._plan.unchanged.append(file.source)
        elif known and self._stays_out(known, sha256):
            self._plan.refused.append((Refusal(file.source, known.reason, known.english), known.sha256))
        else:
            self._plan.changes.append(Change(file, sha256))

    def _seen(self, source: str) -> FileEntry | None:
        self._present.add(source)
        return self._known.get(source)

    def _stays_out(self, known: FileEntry, sha256: str) -> bool:
        return (
            bool(known.reason) and known.sha256 in {REMOVED, with_version(sha256)} and not self._is_named(known.source)
        )

    def _is_named(self, source: str) -> bool:
        return source in self._named

    def _archive(self, file: SourceFile) -> None:
        known = self._seen(file.source)
        inside = f"{file.source}/"
        sha256 = ""
        try:
            content, _ = file.read()
            sha256 = load.digest(content)
            if known and self._stays_out(known, sha256):
                self._plan.refused.append((Refusal(file.source, known.reason, known.english), known.sha256))
                return
            is_named = any(name == file.source or name.startswith(inside) for name in self._named)
            if known and known.sha256 == with_version(sha256) and not is_named:
                for source, entry in self._known.items():
                    if source.startswith(inside):
                        self._as_before(source, entry)
                return
            folder = self._room / str(len(self._plan.archives))
            folder.mkdir(parents=True)
            names = self._sandbox.unpack(file.source, content, folder)
        except UnreadableDocumentError as exc:
            self._plan.refused.append((Refusal(file.source, str(exc), exc.english), with_version(sha256)))
            return
        self._plan.archives.append(FileEntry(file.source, with_version(sha256), "", self._now))
        places = {name: folder / str(number) for number, name in enumerate(names)}
        for name, sidecar in load.with_sidecars(names):
            self._file(SourceFile(f"{inside}{name}", places[name], f"{file.relative}/{name}", places.get(sidecar)))

    def _as_before(self, source: str, entry: FileEntry) -> None:
        self._present.add(source)
        if entry.document_id:
            self._plan.unchanged.append(source)
        else:
            self._plan.refused.append((Refusal(source, entry.reason, entry.english), entry.sha256))


def with_version(sha256: str) -> str:
    """By which a refused file, or an archive, is known: another version of the loaders may read it otherwise."""
    return f"{sha256}/{PARSER_VERSION}" if sha256 else ""
