"""The only door to Chroma: the vectors of passages, by passage id.

Chroma is a cache of the catalog: what the catalog does not know is never shown, and `bot index --rebuild`
makes it anew.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.embed import Vectors
from index.errors import IndexDamagedError
from index.records import Document, Passage

_COLLECTION = "passages"
_BATCH = 1000


class VectorStore:
    """Vectors with cosine distance in an embedded Chroma folder."""

    def __init__(self, folder: Path) -> None:
        """Open, and create when missing. Raises IndexDamagedError when Chroma cannot read the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._cached: tuple[list[str], Vectors] | None = None
        try:
            settings = Settings(anonymized_telemetry=False, allow_reset=False)
            self._client = cast(Client, chromadb.PersistentClient(str(folder), settings))
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                configuration={"hnsw": {"space": "cosine"}},
                embedding_function=None,
            )
        except (ChromaError, ValueError, OSError, RuntimeError) as exc:
            raise IndexDamagedError(
                f"Không mở được kho véc-tơ: {exc}.", "Hãy lập lại chỉ mục: bot index --rebuild."
            ) from exc

    def add(self, pairs: Sequence[tuple[Document, Passage]], vectors: Vectors) -> None:
        """Store passages with their documents; vectors have shape `(len(pairs), dimension)`.

        Raises IndexDamagedError when fewer are there afterwards than were given.
        """
        self._cached = None
        for begin in range(0, len(pairs), _BATCH):
            part = pairs[begin : begin + _BATCH]
            ids = [passage.id for _, passage in part]
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
        """Remove passages by id; unknown ids are passed over."""
        self._cached = None
        for begin in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[begin : begin + _BATCH]))

    def ids(self) -> set[str]:
        """Ids of all stored passages."""
        return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """Number of stored passages."""
        return self._collection.count()

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """`(passage id, cosine)` of the nearest passages, best first; vector has shape `(dimension,)`.

        Every vector is looked at: Chroma's own search walks a graph in which a vector can become unreachable when
        others are deleted, and what is stored must be found. 20,000 vectors take 3 ms, and 0.7 s to load.
        Raises IndexDamagedError when Chroma cannot give them.
        """
        ids, vectors = self._loaded()
        limit = min(limit, len(ids))
        if not limit:
            return []
        cosines = vectors @ vector
        best = np.argpartition(-cosines, limit - 1)[:limit]
        best = best[np.lexsort((best, -cosines[best]))]
        return [(ids[row], float(cosines[row])) for row in best]

    def _loaded(self) -> tuple[list[str], Vectors]:
        if self._cached is None:
            try:
                found = self._collection.get(include=["embeddings"])
            except (ChromaError, RuntimeError) as exc:
                raise IndexDamagedError(
                    f"Kho véc-tơ không trả lời được: {exc}.", "Hãy lập lại chỉ mục: bot index --rebuild."
                ) from exc
            self._cached = found["ids"], np.asarray(found["embeddings"], dtype=np.float32)
        return self._cached

    def close(self) -> None:
        """Let go of the folder, so that it can be opened afresh or deleted."""
        self._client.close()
        SharedSystemClient.clear_system_cache()  # or the next client would be given what this one has read


def remove_store(folder: Path) -> None:
    """Delete the whole folder."""
    SharedSystemClient.clear_system_cache()
    shutil.rmtree(folder, ignore_errors=True)


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
