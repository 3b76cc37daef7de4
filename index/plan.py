"""What a run has to do: the files on disk, compared with what the catalog knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index import load
from index.catalog import Catalog
from index.errors import UnreadableDocumentError
from index.load import SourceFile
from index.parse import ARCHIVE_SUFFIX, PARSER_VERSION, require_known_kind
from index.records import FileEntry, Refusal
from index.sandbox import Sandbox


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

    def __init__(self, catalog: Catalog, sandbox: Sandbox, room: Path, named: Sequence[Path], now: str) -> None:
        """`named` are files that were asked for by name: what was refused before is tried again."""
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
        self._present.add(file.source)
        try:
            require_known_kind(file.source)
            content, sidecar = file.read()
        except UnreadableDocumentError as exc:
            self._plan.refused.append((Refusal(file.source, str(exc), exc.english), ""))
            return
        sha256 = load.digest(content, sidecar)
        known = self._known.get(file.source)
        if known and known.document_id and known.sha256 == sha256:
            self._plan.unchanged.append(file.source)
        elif known and known.reason and known.sha256 == refused_digest(sha256) and file.source not in self._named:
            self._plan.refused.append((Refusal(file.source, known.reason, known.english), known.sha256))
        else:
            self._plan.changes.append(Change(file, sha256))

    def _archive(self, file: SourceFile) -> None:
        self._present.add(file.source)
        inside = f"{file.source}/"
        try:
            content, _ = file.read()
            sha256 = load.digest(content)
            known = self._known.get(file.source)
            if known and known.sha256 == sha256 and file.source not in self._named:
                for source, entry in self._known.items():
                    if source.startswith(inside):
                        self._as_before(source, entry)
                return
            folder = self._room / str(len(self._plan.archives))
            folder.mkdir(parents=True)
            names = self._sandbox.unpack(file.source, content, folder)
        except UnreadableDocumentError as exc:
            self._plan.refused.append((Refusal(file.source, str(exc), exc.english), ""))
            return
        self._plan.archives.append(FileEntry(file.source, sha256, "", self._now))
        for number, name in enumerate(names):
            self._file(SourceFile(f"{inside}{name}", folder / str(number), f"{file.relative}/{name}"))

    def _as_before(self, source: str, entry: FileEntry) -> None:
        self._present.add(source)
        if entry.document_id:
            self._plan.unchanged.append(source)
        else:
            self._plan.refused.append((Refusal(source, entry.reason, entry.english), entry.sha256))


def refused_digest(sha256: str) -> str:
    """By which a refused file is known; another version of the loaders may read it."""
    return f"{sha256}/{PARSER_VERSION}" if sha256 else ""
