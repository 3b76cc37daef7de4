"""Bring the index in line with folders of documents: add, replace, remove, or leave alone."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index import load
from index.catalog import Catalog
from index.embed import Encoder, embedding_text
from index.errors import IndexDamagedError, IndexLockedError, UnreadableDocumentError
from index.records import BuildReport, Document, Passage, Refusal
from index.search import (
    CATALOG_FILE,
    LEXICAL_FOLDER,
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
from index.split import split
from index.store import VectorStore, remove_store

# Documents are embedded together up to this many passages: enough to fill the batches, few enough to lose.
_GROUP_PASSAGES = 512
_LOCK_FILE, _HOLDER_FILE = "writer.lock", "writer.txt"
Progress = Callable[[int, int, str], None]


@dataclass
class _Plan:
    """What a run found on disk, compared with the catalog."""

    to_write: list[tuple[Path, str, str | None]] = field(default_factory=list)  # path, id, old hash
    unchanged: list[str] = field(default_factory=list)
    vanished: list[tuple[str, str]] = field(default_factory=list)  # source, id
    refused: list[Refusal] = field(default_factory=list)


def build_index(
    paths: Sequence[Path],
    folder: Path,
    encoder: Encoder,
    settings: IndexSettings,
    *,
    rebuild: bool = False,
    progress: Progress = lambda done, total, name: None,
) -> BuildReport:
    """Index the files under `paths`, and drop indexed files that are gone from them.

    Documents of folders that were indexed before and are not among `paths` stay. With `rebuild` the old index is
    thrown away first and only `paths` remain. A document becomes visible whole; an interrupted run leaves the
    documents finished so far and the old revision of the rest. `progress(done, total, name)` counts documents.

    Raises SourceNotFoundError, NothingToIndexError, IndexLockedError, IndexMismatchError, IndexDamagedError.
    """
    started = time.perf_counter()
    paths = [path.resolve() for path in paths]
    if rebuild or not (folder / CATALOG_FILE).is_file():
        load.find_files(paths)  # nothing is touched for a wrong path
    with writer_lock(folder):
        if not (folder / CATALOG_FILE).is_file():
            _discard(folder)  # what was derived from a catalog that is gone
        if rebuild:
            encoder.encode_query("thử")  # a model that cannot be loaded must not cost the old index
            _discard(folder)
        elif older := _of_older_layout(folder, settings):
            # Ours changed, not theirs: everything that was indexed is indexed again the new way.
            paths = list(dict.fromkeys([*paths, *older]))
            encoder.encode_query("thử")
            _discard(folder)
        with closing(Catalog(folder / CATALOG_FILE)) as catalog:
            require_same_settings(catalog, settings)
            files = load.find_files(paths, catalog.hashes())
            catalog.set_meta(SETTINGS_KEY, settings.to_json())
            plan = _plan(paths, files, catalog)
            with closing(VectorStore(folder / VECTORS_FOLDER)) as store:
                added, changed = _write(plan, catalog, store, encoder, settings.passage_chars, progress)
                removed = _remove(plan, catalog, store)
                _finish(folder, catalog, store, encoder)
            return BuildReport(
                added=tuple(added),
                changed=tuple(changed),
                removed=tuple(removed),
                unchanged=tuple(plan.unchanged),
                refused=tuple(plan.refused),
                passages=catalog.count_passages(),
                seconds=time.perf_counter() - started,
            )


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold the index for writing. Raises IndexLockedError, naming the holder, when another process has it."""
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / _HOLDER_FILE
    lock = FileLock(folder / _LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout as exc:
        who = holder.read_text(encoding="utf-8").strip() if holder.is_file() else "không rõ tiến trình"
        raise IndexLockedError(
            f"Chỉ mục đang được cập nhật bởi một lệnh khác ({who}).", "Hãy đợi lệnh đó xong rồi chạy lại."
        ) from exc
    try:
        holder.write_text(f"pid {os.getpid()}, từ {datetime.now():%H:%M:%S %d/%m/%Y}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _of_older_layout(folder: Path, settings: IndexSettings) -> list[Path]:
    """The files of an index that differs in nothing but an older layout; empty for any other."""
    if not (folder / CATALOG_FILE).is_file():
        return []
    with closing(Catalog(folder / CATALOG_FILE)) as catalog:
        built = catalog.meta(SETTINGS_KEY)
        if not built or not differs_in_layout_only(built, settings):
            return []
        return [path for source in catalog.hashes() if (path := Path(source)).is_file()]


def _discard(folder: Path) -> None:
    """Empty the catalog in place, so that open readers notice; a damaged one is deleted."""
    try:
        catalog = Catalog(folder / CATALOG_FILE)
        catalog.clear()
        catalog.close()
    except (IndexDamagedError, sqlite3.DatabaseError):
        for name in (CATALOG_FILE, f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
    remove_store(folder / VECTORS_FOLDER)
    for name in (LEXICAL_FOLDER, WORDING_FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)


def _plan(paths: Sequence[Path], files: Sequence[Path], catalog: Catalog) -> _Plan:
    plan = _Plan()
    indexed = catalog.hashes()
    taken = {document_id for document_id, _ in indexed.values()}
    for path in files:
        source = path.as_posix()
        known_id, known_hash = indexed.get(source, (None, None))
        try:
            load.require_plain_name(path)
            content = load.read_bytes(path)
        except UnreadableDocumentError as exc:
            plan.refused.append(Refusal(source, str(exc)))
            continue
        if known_id and known_hash == load.digest(content):
            plan.unchanged.append(source)
            continue
        document_id = known_id or _free_id(path, paths, taken)
        taken.add(document_id)
        plan.to_write.append((path, document_id, known_hash))
    on_disk = {path.as_posix() for path in files}
    plan.vanished = [
        (source, document_id)
        for source, (document_id, _) in indexed.items()
        if source not in on_disk and any(Path(source).is_relative_to(path) for path in paths)
    ]
    return plan


def _free_id(path: Path, roots: Iterable[Path], taken: set[str]) -> str:
    """An id from the path below its root; when another document has it already, numbered."""
    root = next((root for root in roots if root.is_dir() and path.is_relative_to(root)), path.parent)
    wanted = load.document_id(path.relative_to(root))
    number, candidate = 1, wanted
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _write(
    plan: _Plan, catalog: Catalog, store: VectorStore, encoder: Encoder, passage_chars: int, progress: Progress
) -> tuple[list[str], list[str]]:
    added: list[str] = []
    changed: list[str] = []
    known = {document_id for _, document_id, old_hash in plan.to_write if old_hash}
    done, total = 0, len(plan.to_write)
    progress(0, total, "")
    for group in _groups(plan, passage_chars):
        pairs = [(document, passage) for document, passages in group for passage in passages]
        vectors = encoder.encode_passages([embedding_text(document, passage) for document, passage in pairs])
        store.add(pairs, vectors)
        stale: list[str] = []
        for document, passages in group:
            old = catalog.passage_ids(document.id)
            catalog.replace(document, passages)  # from here on the new revision is the one that answers
            stale += sorted(set(old) - {passage.id for passage in passages})
            (changed if document.id in known else added).append(document.source)
            done += 1
            progress(done, total, document.source_name)
        store.delete(stale)
    return added, changed


def _groups(plan: _Plan, passage_chars: int) -> Iterator[list[tuple[Document, list[Passage]]]]:
    group: list[tuple[Document, list[Passage]]] = []
    for path, document_id, _ in plan.to_write:
        try:
            document = load.parse(path, load.read_bytes(path), document_id)
        except UnreadableDocumentError as exc:
            plan.refused.append(Refusal(path.as_posix(), str(exc)))
            continue
        passages = split(document, passage_chars)
        if not passages:
            plan.refused.append(Refusal(path.as_posix(), "Tệp không có nội dung nào ngoài ảnh và đường kẻ."))
            continue
        group.append((document, passages))
        if sum(len(passages) for _, passages in group) >= _GROUP_PASSAGES:
            yield group
            group = []
    if group:
        yield group


def _remove(plan: _Plan, catalog: Catalog, store: VectorStore) -> list[str]:
    """Drop what vanished, and the old text of what can no longer be read: it may have been withdrawn."""
    refused = {refusal.source for refusal in plan.refused}
    withdrawn = [(source, document_id) for source, (document_id, _) in catalog.hashes().items() if source in refused]
    for _, document_id in [*plan.vanished, *withdrawn]:
        ids = catalog.passage_ids(document_id)
        catalog.remove(document_id)
        store.delete(ids)
    return [source for source, _ in [*plan.vanished, *withdrawn]]


def _finish(folder: Path, catalog: Catalog, store: VectorStore, encoder: Encoder) -> None:
    """Clear what an interrupted run left in Chroma, restore what is missing there, and renew the lexical index."""
    known = set(catalog.passage_ids())
    stored = store.ids()
    store.delete(sorted(stored - known))
    missing = [(document, passage) for document, passage in all_passages(catalog) if passage.id not in stored]
    if missing:
        store.add(
            missing, encoder.encode_passages([embedding_text(document, passage) for document, passage in missing])
        )
    load_lexical(folder, catalog).save(folder / LEXICAL_FOLDER)
    load_wording(folder, catalog).save(folder / WORDING_FOLDER)
