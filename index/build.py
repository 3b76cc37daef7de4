"""Bring the index in line with folders of documents: add, replace, remove, or leave alone."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from index import load
from index.catalog import Catalog
from index.document import make_document
from index.embed import Encoder, embedding_text
from index.errors import IndexDamagedError, UnreadableDocumentError
from index.extracted import Limits
from index.lexical import count_terms
from index.lock import writer_lock
from index.plan import Change, Plan, Planner, refused_digest
from index.records import BuildReport, Document, FileEntry, Passage, Refusal
from index.sandbox import Sandbox
from index.search import (
    CATALOG_FILE,
    LEXICAL_FILE,
    SETTINGS_KEY,
    VECTORS_FOLDER,
    WORDING_FOLDER,
    IndexSettings,
    all_passages,
    differs_in_layout_only,
    load_lexical,
    load_wording,
    require_same_settings,
)
from index.similar import similar_pairs
from index.split import split
from index.store import VectorStore, remove_store

# Documents are embedded together up to this many passages: enough to fill the batches, few enough to lose.
_GROUP_PASSAGES = 256
# Set while a run writes: where it is found set, the last run broke off.
_UNFINISHED_KEY = "unfinished"
_REMOVED = "Đã gỡ khỏi chỉ mục theo yêu cầu. Để nạp lại, hãy chạy «bot index» với đúng tên tệp này."
_REMOVED_EN = "Removed on request. To index it again, run `bot index` with the file's own name."
Progress = Callable[[int, int, str], None]


@dataclass
class _Done:
    """What a run has done so far."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # ids of documents


def build_index(
    paths: Sequence[Path],
    folder: Path,
    encoder: Encoder,
    settings: IndexSettings,
    *,
    limits: Limits | None = None,
    rebuild: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> BuildReport:
    """Index the files under `paths`, and drop indexed files that are gone from them.

    Documents of folders that were indexed before and are not among `paths` stay. With `rebuild` the old index is
    thrown away first and only `paths` remain. A document becomes visible whole; an interrupted run leaves the
    documents finished so far and the old revision of the rest. `progress(done, total, name)` counts files.

    Raises SourceNotFoundError, NothingToIndexError, IndexLockedError, IndexMismatchError, IndexDamagedError.
    """
    started = time.perf_counter()
    paths = [path.resolve() for path in paths]
    if rebuild or not (folder / CATALOG_FILE).is_file():
        load.find_files(paths)  # nothing is touched for a wrong path
    with writer_lock(folder):
        paths = _prepare(folder, paths, encoder, settings, rebuild=rebuild)
        with closing(Catalog(folder / CATALOG_FILE)) as catalog, Sandbox(limits or Limits()) as sandbox:
            require_same_settings(catalog, settings)
            files = load.find_files(paths, catalog.files())
            catalog.set_meta(SETTINGS_KEY, settings.to_json())
            with tempfile.TemporaryDirectory() as room, closing(VectorStore(folder / VECTORS_FOLDER)) as store:
                now = datetime.now().isoformat(timespec="seconds")
                plan = Planner(catalog, sandbox, Path(room), paths, now).plan(files, paths)
                writer = _Writer(catalog, store, encoder, sandbox, settings.passage_chars, now)
                broke_off = catalog.meta(_UNFINISHED_KEY) == "1"
                catalog.set_meta(_UNFINISHED_KEY, "1")
                done = writer.carry_out(plan, progress)
                _finish(folder, catalog, store, encoder, broke_off=broke_off)
                catalog.set_meta(_UNFINISHED_KEY, "")
            return BuildReport(
                added=tuple(done.added),
                changed=tuple(done.changed),
                removed=tuple(done.removed),
                unchanged=tuple(plan.unchanged),
                refused=tuple(done.refused),
                same=tuple(done.same),
                similar=tuple(similar_pairs(catalog.documents(), done.written)) if done.written else (),
                passages=catalog.count_passages(),
                seconds=time.perf_counter() - started,
            )


def remove_document(folder: Path, document_id: str, encoder: Encoder, settings: IndexSettings) -> list[str]:
    """Take a document out of the index; the sources of its files, which stay out until they are asked for by name.

    An unknown id removes nothing. Raises IndexLockedError, IndexMismatchError, IndexDamagedError.
    """
    with writer_lock(folder), closing(Catalog(folder / CATALOG_FILE)) as catalog:
        require_same_settings(catalog, settings)
        entries = [entry for entry in catalog.files().values() if entry.document_id == document_id]
        with closing(VectorStore(folder / VECTORS_FOLDER)) as store:
            store.delete(catalog.passage_ids(document_id))
            for entry in entries:
                catalog.forget(entry.source)
                sha256 = refused_digest(entry.sha256)
                catalog.remember(replace(entry, sha256=sha256, document_id="", reason=_REMOVED, english=_REMOVED_EN))
            _finish(folder, catalog, store, encoder, broke_off=False)
    return [entry.source for entry in entries]


class _Writer:
    """Carries out a plan."""

    def __init__(
        self,
        catalog: Catalog,
        store: VectorStore,
        encoder: Encoder,
        sandbox: Sandbox,
        passage_chars: int,
        now: str,
    ) -> None:
        self._catalog, self._store, self._encoder, self._sandbox = catalog, store, encoder, sandbox
        self._passage_chars = passage_chars
        self._now = now
        self._known = catalog.files()
        self._taken = {entry.document_id for entry in self._known.values()}
        self._done = _Done()

    def carry_out(self, plan: Plan, progress: Progress) -> _Done:
        """Remove what is gone, then write group by group."""
        for source in plan.gone:
            self._forget(source)
        for refusal, sha256 in plan.refused:
            self._refuse(refusal, sha256)
        count, total = 0, len(plan.changes)
        progress(0, total, "")
        for group in self._groups(plan.changes):
            for change, document in self._write(group):
                count += 1
                progress(count, total, document.source_name if document else change.file.source)
        for archive in plan.archives:
            self._catalog.remember(archive)  # at the end: a run that breaks off unpacks it again
        return self._done

    def _groups(self, changes: Sequence[Change]) -> Iterator[list[tuple[Change, Document, list[Passage]]]]:
        """Documents to write, some at a time; refused files and those with a known text are dealt with on the way."""
        group: list[tuple[Change, Document, list[Passage]]] = []
        for change in changes:
            try:
                found = self._read(change, {document.text: document.id for _, document, _ in group})
            except UnreadableDocumentError as exc:
                self._refuse(Refusal(change.file.source, str(exc), exc.english), refused_digest(change.sha256))
                continue
            if found:
                group.append((change, *found))
            if sum(len(passages) for _, _, passages in group) >= _GROUP_PASSAGES:
                yield group
                group = []
        yield group

    def _read(self, change: Change, waiting: dict[str, str]) -> tuple[Document, list[Passage]] | None:
        """The document of a changed file, or None when its text is that of another one."""
        source = change.file.source
        parsed = self._sandbox.parse(source, *change.file.read())
        text = parsed.extracted.text
        own = self._own_id(source)
        other = waiting.get(text) or self._catalog.document_of_text(text)
        if other and other != own:
            self._forget(source, changed=True)
            self._catalog.remember(FileEntry(source, change.sha256, other, self._now))
            known = self._catalog.document(other)
            self._done.same.append((source, known.source if known else other))
            return None
        document = make_document(parsed, source, own or self._free_id(change.file.relative))
        passages = split(document, parsed.extracted.blocks, self._passage_chars)
        return document, passages

    def _own_id(self, source: str) -> str:
        """The id of the file's document, when no other file has it too."""
        known = self._known.get(source)
        if not known or not known.document_id:
            return ""
        shared = any(one.document_id == known.document_id for name, one in self._known.items() if name != source)
        return "" if shared else known.document_id

    def _free_id(self, relative: str) -> str:
        """An id from the path; when another document has it already, numbered."""
        wanted = load.document_id(relative)
        number, candidate = 1, wanted
        while candidate in self._taken:
            number += 1
            candidate = f"{wanted}-{number}"
        self._taken.add(candidate)
        return candidate

    def _write(self, group: Sequence[tuple[Change, Document, list[Passage]]]) -> Iterator[tuple[Change, Document]]:
        pairs = [(document, passage) for _, document, passages in group for passage in passages]
        texts = [embedding_text(document, passage) for document, passage in pairs]
        if pairs:
            self._store.add(pairs, self._encoder.encode_passages(texts))
        counted = {passage.id: count_terms(text) for (_, passage), text in zip(pairs, texts, strict=True)}
        stale: list[str] = []
        for change, document, passages in group:
            old = self._catalog.passage_ids(document.id)
            rows = [(passage, counted[passage.id]) for passage in passages]
            entry = FileEntry(document.source, change.sha256, document.id, self._now)
            self._catalog.replace(document, rows, entry)  # from here on the new revision is the one that answers
            stale += sorted(set(old) - set(counted))
            (self._done.changed if document.source in self._known else self._done.added).append(document.source)
            self._done.written.append(document.id)
            yield change, document
        self._store.delete(stale)

    def _refuse(self, refusal: Refusal, sha256: str) -> None:
        """Remember why; the old text of what can no longer be read goes: it may have been withdrawn."""
        self._done.refused.append(refusal)
        known = self._known.get(refusal.source)
        if known and known.document_id:
            self._forget(refusal.source)
        if not known or known.reason != refusal.reason or known.sha256 != sha256:
            entry = FileEntry(refusal.source, sha256, "", self._now, refusal.reason, refusal.english)
            self._catalog.remember(entry)

    def _forget(self, source: str, *, changed: bool = False) -> None:
        known = self._known.get(source)
        if not known:
            return
        ids = self._catalog.passage_ids(known.document_id) if known.document_id else []
        gone = self._catalog.forget(source)
        if gone:
            self._store.delete(ids)
        if known.document_id and not changed:
            self._done.removed.append(source)


def _prepare(
    folder: Path, paths: list[Path], encoder: Encoder, settings: IndexSettings, *, rebuild: bool
) -> list[Path]:
    """Throw away what is to be made anew; the paths to index, with those of an index of an older layout."""
    if not (folder / CATALOG_FILE).is_file():
        _discard(folder)  # what was derived from a catalog that is gone
    elif rebuild:
        encoder.encode_query("thử")  # a model that cannot be loaded must not cost the old index
        _discard(folder)
    elif (older := _of_older_layout(folder, settings)) is not None:
        # Ours changed, not theirs: everything that was indexed is indexed again the new way.
        encoder.encode_query("thử")
        _discard(folder)
        return list(dict.fromkeys([*paths, *older]))
    return paths


def _of_older_layout(folder: Path, settings: IndexSettings) -> list[Path] | None:
    """The files of an index that differs in nothing but an older layout; None for any other."""
    with closing(sqlite3.connect(folder / CATALOG_FILE)) as connection:
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (SETTINGS_KEY,)).fetchone()
            if not row or not differs_in_layout_only(row[0], settings):
                return None
            sources = connection.execute("SELECT source FROM documents").fetchall()
        except sqlite3.DatabaseError:  # damaged: opening it says so
            return None
    return [path for (source,) in sources if (path := Path(source)).is_file()]


def _discard(folder: Path) -> None:
    """Empty the catalog in place, so that open readers notice; one that is damaged or older is deleted."""
    try:
        with closing(Catalog(folder / CATALOG_FILE)) as catalog:
            catalog.clear()
    except (IndexDamagedError, sqlite3.DatabaseError):
        for name in (CATALOG_FILE, f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
    remove_store(folder / VECTORS_FOLDER)
    (folder / LEXICAL_FILE).unlink(missing_ok=True)
    shutil.rmtree(folder / WORDING_FOLDER, ignore_errors=True)


def _finish(folder: Path, catalog: Catalog, store: VectorStore, encoder: Encoder, *, broke_off: bool) -> None:
    """Make Chroma hold what the catalog knows, after a run that broke off, and renew what is derived."""
    if broke_off or store.count() != catalog.count_passages():
        known = set(catalog.passage_ids())
        stored = store.ids()
        store.delete(sorted(stored - known))
        missing = [(document, passage) for document, passage in all_passages(catalog) if passage.id not in stored]
        if missing:
            texts = [embedding_text(document, passage) for document, passage in missing]
            store.add(missing, encoder.encode_passages(texts))
    load_lexical(folder, catalog, save=True)
    load_wording(folder, catalog, save=True)
