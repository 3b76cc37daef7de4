"""The only door to Chroma: the vectors of passages, by passage id.

Chroma is a cache of the catalog: what the catalog does not know is never shown, and `bot index --rebuild`
makes it anew. Every user has a client of its own: Chroma's would share one among all that open a folder in a process,
and end it, or show what it read before, behind their backs.
"""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from chromadb.api import ServerAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings, System
from chromadb.errors import ChromaError, NotFoundError

from index.embed import Vectors
from index.errors import IndexDamagedError
from index.records import Document, Passage

_COLLECTION = "passages"
_BATCH = 1000
_FILE = "chroma.sqlite3"


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """All vectors, as they were when they were read; row by row those of the ids."""

    ids: Sequence[str]
    vectors: Vectors

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """`(passage id, cosine)` of the nearest passages, best first; vector has shape `(dimension,)`.

        Every vector is looked at: Chroma's own search walks a graph in which a vector can become unreachable when
        others are deleted, and what is stored must be found. 20,000 vectors take 3 ms.
        """
        limit = min(limit, len(self.ids))
        if not limit:
            return []
        cosines = self.vectors @ vector
        best = np.argpartition(-cosines, limit - 1)[:limit]
        best = best[np.lexsort((best, -cosines[best]))]
        return [(self.ids[row], float(cosines[row])) for row in best]


NO_VECTORS = StoredVectors((), np.empty((0, 0), dtype=np.float32))


class VectorStore:
    """Vectors with cosine distance in an embedded Chroma folder, for the one who writes them."""

    def __init__(self, folder: Path) -> None:
        """Open, and create when missing. Raises IndexDamagedError when Chroma cannot read the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._read: StoredVectors | None = None
        self._system: System | None = None
        with _translated(), _locked(folder, fcntl.LOCK_EX):
            self._system, server = _started(folder, "apply")
            model = server.create_collection(
                _COLLECTION, configuration={"hnsw": {"space": "cosine"}}, get_or_create=True
            )
            self._collection = Collection(server, model, embedding_function=None)

    def add(self, pairs: Sequence[tuple[Document, Passage]], vectors: Vectors) -> None:
        """Store passages with their documents; vectors have shape `(len(pairs), dimension)`.

        Raises IndexDamagedError when fewer are there afterwards than were given.
        """
        self._read = None
        for begin in range(0, len(pairs), _BATCH):
            part = pairs[begin : begin + _BATCH]
            ids = [passage.id for _, passage in part]
            with _translated():
                self._collection.upsert(
                    ids=ids,
                    embeddings=list(vectors[begin : begin + _BATCH]),
                    documents=[passage.text for _, passage in part],
                    metadatas=[_metadata(document, passage) for document, passage in part],
                )
                stored = self._collection.get(ids=ids, include=[])["ids"]
            if len(stored) != len(ids):
                raise IndexDamagedError(
                    f"Kho véc-tơ chỉ giữ được {len(stored)}/{len(ids)} đoạn.",
                    "Hãy kiểm tra dung lượng đĩa rồi chạy lại «bot index».",
                )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages by id; unknown ids are passed over. Raises IndexDamagedError."""
        self._read = None
        for begin in range(0, len(ids), _BATCH):
            with _translated():
                self._collection.delete(ids=list(ids[begin : begin + _BATCH]))

    def ids(self) -> set[str]:
        """Ids of all stored passages. Raises IndexDamagedError."""
        with _translated():
            return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Number of stored passages. Raises IndexDamagedError."""
        with _translated():
            return self._collection.count()

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """As `StoredVectors.nearest`. Raises IndexDamagedError."""
        if self._read is None:
            with _translated():
                self._read = _all_of(self._collection)
        return self._read.nearest(vector, limit)

    def close(self) -> None:
        """Let go of the folder, so that it can be opened afresh or deleted."""
        if self._system:
            self._system.stop()
            self._system = None


def read_vectors(folder: Path) -> StoredVectors:
    """All vectors in the folder; none when nothing was stored, and nothing is created then.

    20,000 vectors take 0.7 s. Raises IndexDamagedError when Chroma cannot give them.
    """
    if not folder.is_dir():
        return NO_VECTORS
    with _translated(), _locked(folder, fcntl.LOCK_SH):
        try:
            return _read_once(folder)
        except ChromaError:
            return _read_once(folder)  # a writer may have been at work, and be done now


def remove_store(folder: Path) -> None:
    """Delete the whole folder."""
    if folder.exists():
        with _locked(folder, fcntl.LOCK_EX):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """Keep those who read apart from those who make the folder or delete it, which SQLite cannot do."""
    with folder.with_name(f"{folder.name}.lock").open("a") as lock:
        fcntl.flock(lock, how)
        yield


def _read_once(folder: Path) -> StoredVectors:
    if not (folder / _FILE).is_file():
        return NO_VECTORS
    system, server = _started(folder, "validate")  # which never creates or changes tables
    try:
        return _all_of(Collection(server, server.get_collection(_COLLECTION), embedding_function=None))
    except NotFoundError:
        return NO_VECTORS
    finally:
        system.stop()


def _all_of(collection: Collection) -> StoredVectors:
    found = collection.get(include=["embeddings"])
    return StoredVectors(found["ids"], np.asarray(found["embeddings"], dtype=np.float32))


def _started(folder: Path, migrations: Literal["apply", "validate"]) -> tuple[System, ServerAPI]:
    system = System(
        Settings(
            anonymized_telemetry=False,
            allow_reset=False,
            is_persistent=True,
            persist_directory=str(folder),
            migrations=migrations,
        )
    )
    server = system.instance(ServerAPI)  # type: ignore[type-abstract]  # stands for the one in the settings
    system.start()
    return system, server


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ChromaError, ValueError, OSError, RuntimeError) as exc:
        raise IndexDamagedError(
            f"Kho véc-tơ không dùng được: {exc}.",
            "Hãy kiểm tra dung lượng đĩa rồi chạy lại «bot index»; nếu vẫn lỗi, hãy lập lại: bot index --rebuild.",
        ) from exc


def _metadata(document: Document, passage: Passage) -> dict[str, str | int]:
    return {
        "document": document.id,
        "title": document.title,
        "source": document.source_name,
        "date": str(document.date or ""),
        "heading": passage.heading,
        "start": passage.start,
        "end": passage.end,
    }
