"""Bring the index in line with folders of documents: add, replace, remove, or leave alone."""

import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from index import load
from index.catalog import CATALOG_FILE, Catalog
from index.embed import Encoder, embedding_text
from index.errors import IndexDamagedError, NothingToIndexError, SourceNotFoundError
from index.extracted import Limits
from index.lock import writer_lock
from index.plan import REMOVED, Plan, Planner
from index.records import BuildReport, FileEntry
from index.sandbox import Sandbox
from index.search import (
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
from index.similar import joined, similar_pairs
from index.store import VectorStore, remove_store
from index.write import Done, Progress, Writer

# Set while a run writes: where it is found set, the last run broke off.
_UNFINISHED_KEY = "unfinished"
# Beside the catalog: the files of an index of an older layout, until all of them are indexed again.
_TO_DO_FILE = "to_do.json"
_REMOVED = "Đã gỡ khỏi chỉ mục theo yêu cầu. Để nạp lại, hãy chạy «bot index» với đúng tên tệp này."
_REMOVED_EN = "Removed on request. To index it again, run `bot index` with the file's own name."


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
    thrown away first and only `paths` remain, or, without any, all files that were indexed; what was taken out on
    request stays out. A document becomes visible whole; an interrupted run leaves the documents finished so far and
    the old revision of the rest. `progress(done, total, name)` counts files.

    Raises SourceNotFoundError, NothingToIndexError, IndexLockedError, IndexMismatchError, IndexDamagedError.
    """
    started = time.perf_counter()
    named = [path.resolve() for path in paths]
    # A member is asked for through its archive.
    paths = [path if path.exists() else load.archive_of(path) or path for path in named]
    if paths and (rebuild or not (folder / CATALOG_FILE).is_file()):
        load.find_files(paths)  # nothing is touched for a wrong path
    with writer_lock(folder):
        paths, thrown_away = _prepare(folder, paths, encoder, settings, rebuild=rebuild)
        with closing(Catalog(folder / CATALOG_FILE)) as catalog, Sandbox(limits or Limits()) as sandbox:
            require_same_settings(catalog, settings)
            files = load.find_files(paths, catalog.files())
            catalog.set_meta(SETTINGS_KEY, settings.to_json())
            with tempfile.TemporaryDirectory() as room, closing(VectorStore(folder / VECTORS_FOLDER)) as store:
                now = datetime.now().isoformat(timespec="seconds")
                plan = Planner(catalog, sandbox, Path(room), named, now).plan(files, paths)
                writer = Writer(catalog, store, encoder, sandbox, settings.passage_chars, now)
                broke_off = catalog.meta(_UNFINISHED_KEY) == "1"
                catalog.set_meta(_UNFINISHED_KEY, "1")
                done = writer.carry_out(plan, progress)
                _finish(folder, catalog, store, encoder, broke_off=broke_off)
                catalog.set_meta(_UNFINISHED_KEY, "")
                (folder / _TO_DO_FILE).unlink(missing_ok=True)
            done.removed += sorted(set(thrown_away) - catalog.files().keys())
            return _report(plan, done, catalog, time.perf_counter() - started)


def _report(plan: Plan, done: Done, catalog: Catalog, seconds: float) -> BuildReport:
    pairs = similar_pairs(catalog.sketches(), done.written) if done.written else []
    kept_out = {refusal.source: None for refusal, mark in plan.refused if mark == REMOVED}
    return BuildReport(
        added=tuple(done.added),
        changed=tuple(done.changed),
        removed=tuple(done.removed),
        unchanged=(*plan.unchanged, *done.unchanged),
        refused=tuple(refusal for refusal in done.refused if refusal.source not in kept_out),
        kept_out=tuple(kept_out),
        same=tuple(done.same),
        unused=tuple(done.unused),
        similar=tuple(pairs),
        alike=tuple(tuple(catalog.files_of(document_id)[0] for document_id in group) for group in joined(pairs)),
        passages=catalog.count_passages(),
        seconds=seconds,
    )


def remove_document(folder: Path, document_id: str, encoder: Encoder, settings: IndexSettings) -> list[str]:
    """Take a document out of the index; the sources of its files, which stay out until they are asked for by name.

    An unknown id removes nothing. Raises IndexLockedError, IndexMismatchError, IndexDamagedError.
    """
    with writer_lock(folder), closing(Catalog(folder / CATALOG_FILE)) as catalog:
        require_same_settings(catalog, settings)
        entries = [entry for entry in catalog.files().values() if entry.document_id == document_id]
        with closing(VectorStore(folder / VECTORS_FOLDER)) as store:
            for entry in entries:
                out = replace(entry, sha256=REMOVED, document_id="", reason=_REMOVED, english=_REMOVED_EN)
                store.delete(catalog.remember(out))
            _finish(folder, catalog, store, encoder, broke_off=False)
    return [entry.source for entry in entries]


def _prepare(
    folder: Path, paths: list[Path], encoder: Encoder, settings: IndexSettings, *, rebuild: bool
) -> tuple[list[Path], list[str]]:
    """Throw away what is to be made anew; the paths to index, and the files of documents that were thrown away."""
    has_catalog = (folder / CATALOG_FILE).is_file()
    if has_catalog and not rebuild and not _is_of_older_layout(folder, settings):
        return _with_to_do(folder, paths), []
    known = _known_files(folder) if has_catalog else {}
    if not rebuild:
        load.find_files(paths, known or ())  # nothing is touched for a wrong path
    entries = _to_renew(known, paths, rebuild=rebuild)
    if has_catalog:
        encoder.encode_query("thử")  # a model that cannot be loaded must not cost the old index
    (folder / _TO_DO_FILE).unlink(missing_ok=True)
    if entries:
        _write_to_do(folder, entries)
    _discard(folder)
    return _with_to_do(folder, paths), [entry.source for entry in (known or {}).values() if entry.document_id]


def _to_renew(known: dict[str, FileEntry] | None, paths: Sequence[Path], *, rebuild: bool) -> list[FileEntry]:
    """What is indexed again: all that was known, or, where paths are to remain alone, what stays out below them.

    Raises IndexDamagedError, NothingToIndexError, and SourceNotFoundError when a folder is gone that may come back.
    """
    if rebuild and paths:
        taken_out = [entry for entry in (known or {}).values() if entry.sha256 == REMOVED]
        return [entry for entry in taken_out if _is_below(entry.source, paths)]
    if known is None:
        raise IndexDamagedError(
            "Không đọc được danh sách tài liệu đã nạp.", "Hãy nêu các thư mục tài liệu: bot index --rebuild THƯ_MỤC …"
        )
    if rebuild and not known:
        raise NothingToIndexError(
            "Chỉ mục chưa có tài liệu nào để lập lại.", "Hãy nêu thư mục tài liệu: bot index THƯ_MỤC."
        )
    there = [path for path in paths if path.exists()]
    held = [entry.source for entry in known.values() if entry.document_id and not _is_below(entry.source, there)]
    for place in sorted({load.folder_of(source) for source in held}):
        if not place.exists():
            raise SourceNotFoundError(
                f"Không thấy thư mục «{place}» của tài liệu đã nạp; chỉ mục được giữ nguyên.",
                "Hãy nối lại ổ đĩa rồi chạy lại; nếu đã bỏ hẳn, hãy chạy «bot index --rebuild» kèm tên các thư mục "
                "còn dùng.",
            )
    return list(known.values())


def _is_below(source: str, paths: Iterable[Path]) -> bool:
    return any(Path(source).is_relative_to(path) for path in paths)


def _write_to_do(folder: Path, entries: Iterable[FileEntry]) -> None:
    """Ours changed, not theirs: all that was indexed is indexed again the new way, even if this run breaks off."""
    draft = folder / f"{_TO_DO_FILE}.new"
    draft.write_text(json.dumps([asdict(entry) for entry in entries]), encoding="utf-8")
    draft.replace(folder / _TO_DO_FILE)


def _with_to_do(folder: Path, paths: list[Path]) -> list[Path]:
    """The paths, with those that a renewal still has to index; what was taken out before it stays out."""
    entries = _to_do(folder)
    if not entries:
        return paths
    with closing(Catalog(folder / CATALOG_FILE)) as catalog:
        known = catalog.files()
        for entry in entries:
            if entry.sha256 == REMOVED and entry.source not in known:
                catalog.remember(entry)
    sources = [Path(entry.source) for entry in entries]
    files = [path if path.is_file() else load.archive_of(path) for path in sources]
    return list(dict.fromkeys([*paths, *filter(None, files)]))


def _to_do(folder: Path) -> list[FileEntry]:
    """What a renewal that broke off still has to index."""
    if not (folder / _TO_DO_FILE).is_file():
        return []
    return [FileEntry(**entry) for entry in json.loads((folder / _TO_DO_FILE).read_text(encoding="utf-8"))]


def _known_files(folder: Path) -> dict[str, FileEntry] | None:
    """The files of an index, also of an older layout, with those that a renewal had still to do; None when damaged."""
    known = {entry.source: entry for entry in _to_do(folder)}
    with closing(sqlite3.connect(folder / CATALOG_FILE)) as connection:
        try:
            columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(documents)")}
            if "source" in columns:  # before there was a table of files
                rows = connection.execute("SELECT source, sha256, id, '' FROM documents")
            else:
                rows = connection.execute("SELECT source, sha256, document_id, indexed_at, reason, english FROM files")
            return known | {entry[0]: FileEntry(*entry) for entry in rows}
        except sqlite3.DatabaseError:
            return None


def _is_of_older_layout(folder: Path, settings: IndexSettings) -> bool:
    """Whether an index differs in nothing but an older layout."""
    with closing(sqlite3.connect(folder / CATALOG_FILE)) as connection:
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (SETTINGS_KEY,)).fetchone()
        except sqlite3.DatabaseError:  # damaged: opening it says so
            return False
        return bool(row) and differs_in_layout_only(row[0], settings)


def _discard(folder: Path) -> None:
    """Empty the catalog in place, so that open readers notice; one that is damaged or older is deleted."""
    (folder / LEXICAL_FILE).unlink(missing_ok=True)
    try:
        with closing(Catalog(folder / CATALOG_FILE)) as catalog:
            catalog.clear()
    except (IndexDamagedError, sqlite3.DatabaseError):
        for name in (CATALOG_FILE, f"{CATALOG_FILE}-wal", f"{CATALOG_FILE}-shm"):
            (folder / name).unlink(missing_ok=True)
    remove_store(folder / VECTORS_FOLDER)
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
            catalog.renew()
    load_lexical(folder, catalog, save=True)
    load_wording(folder, catalog, save=True)
