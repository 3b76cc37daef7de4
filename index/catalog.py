"""The record of what is indexed: documents, passages and the settings, in one SQLite file.

The catalog is the truth; Chroma and the lexical index are derived from it. A document's new revision becomes
visible in the transaction that commits its rows here, whole or not at all.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from index.errors import IndexDamagedError
from index.records import Document, PartialDate, Passage

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL,
    text TEXT NOT NULL, date TEXT NOT NULL, provinces TEXT NOT NULL, event TEXT NOT NULL,
    publisher TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS passages (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of_document ON passages (document_id, start);
"""
_DOCUMENT_COLUMNS = "id, title, source, sha256, text, date, provinces, event, publisher"


class Catalog:
    """Documents and passages by id. Safe for many readers beside one writer (SQLite in WAL mode)."""

    def __init__(self, path: Path) -> None:
        """Open, and create when missing. Raises IndexDamagedError when the file is not a catalog."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # safe in WAL, and one fsync less a document
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.executescript(_SCHEMA)
        except sqlite3.DatabaseError as exc:
            self._connection.close()
            raise _damaged(str(exc)) from exc

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def meta(self, key: str, default: str = "") -> str:
        """A setting kept with the index."""
        row = self._one("SELECT value FROM meta WHERE key = ?", (key,))
        return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting with the index."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """Grows with every change of the documents."""
        return int(self.meta("generation", "0"))

    def replace(self, document: Document, passages: Sequence[Passage]) -> None:
        """Put a document and its passages in place of whatever revision was there, in one transaction."""
        with self._transaction():
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            self._connection.execute(
                f"INSERT INTO documents ({_DOCUMENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _to_row(document)
            )
            self._connection.executemany(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                [(p.id, p.document_id, p.start, p.end, p.heading) for p in passages],
            )
            self._next_generation()

    def remove(self, document_id: str) -> None:
        """Forget a document and its passages."""
        with self._transaction():
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            self._next_generation()

    def clear(self) -> None:
        """Forget everything; the generation goes on, so that open readers notice."""
        with self._transaction():
            self._connection.execute("DELETE FROM documents")
            self._connection.execute("DELETE FROM meta WHERE key != 'generation'")
            self._next_generation()

    def hashes(self) -> dict[str, tuple[str, str]]:
        """`{source: (document id, sha256)}` of every document."""
        rows = self._rows("SELECT source, id, sha256 FROM documents")
        return {source: (document_id, sha256) for source, document_id, sha256 in rows}

    def document(self, document_id: str) -> Document | None:
        """A document by id."""
        row = self._one(f"SELECT {_DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (document_id,))
        return _from_row(row) if row else None

    def documents(self) -> list[Document]:
        """Every document, oldest first."""
        return [_from_row(row) for row in self._rows(f"SELECT {_DOCUMENT_COLUMNS} FROM documents ORDER BY date, id")]

    def passage_ids(self, document_id: str | None = None) -> list[str]:
        """Ids of a document's passages, or of all, in a stable order."""
        where, arguments = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        return [row[0] for row in self._rows(f"SELECT id FROM passages {where} ORDER BY document_id, start", arguments)]

    def count_passages(self) -> int:
        """Number of passages."""
        row = self._one("SELECT count(*) FROM passages")
        return int(row[0]) if row else 0

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages that exist among `ids`; their text is cut from the document's."""
        found = {}
        for passage_id in ids:
            row = self._one(
                "SELECT p.id, p.document_id, p.start, p.end, p.heading, substr(d.text, p.start + 1, p.end - p.start) "
                "FROM passages p JOIN documents d ON d.id = p.document_id WHERE p.id = ?",
                (passage_id,),
            )
            if row:
                identifier, document_id, start, end, heading, text = row
                found[passage_id] = Passage(identifier, document_id, int(start), int(end), heading, text)
        return found

    def _one(self, query: str, arguments: tuple[str, ...] = ()) -> tuple[str, ...] | None:
        return next(iter(self._rows(query, arguments)), None)

    def _rows(self, query: str, arguments: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(query, arguments).fetchall()
        except sqlite3.DatabaseError as exc:
            raise _damaged(str(exc)) from exc

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._connection)

    def _next_generation(self) -> None:
        self.set_meta("generation", str(self.generation + 1))


def _damaged(detail: str) -> IndexDamagedError:
    return IndexDamagedError(f"Không đọc được sổ mục lục: {detail}.", "Hãy lập lại chỉ mục: bot index --rebuild.")


class _Transaction:
    """BEGIN IMMEDIATE ... COMMIT, or ROLLBACK when the block raises."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")


def _to_row(document: Document) -> tuple[str, ...]:
    return (
        document.id,
        document.title,
        document.source,
        document.sha256,
        document.text,
        str(document.date or ""),
        json.dumps(document.provinces, ensure_ascii=False),
        document.event,
        document.publisher,
    )


def _from_row(row: Sequence[str]) -> Document:
    document_id, title, source, sha256, text, date, provinces, event, publisher = row
    return Document(
        id=document_id,
        title=title,
        source=source,
        sha256=sha256,
        text=text,
        date=PartialDate.parse(date),
        provinces=tuple(json.loads(provinces)),
        event=event,
        publisher=publisher,
    )
