"""The record of what is indexed: files, documents, passages and the settings, in one SQLite file.

The catalog is the truth; Chroma and the lexical index are derived from it. A document's new revision becomes
visible in the transaction that commits its rows here, whole or not at all.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from index.errors import IndexDamagedError
from index.lessons import Lesson
from index.records import Document, FileEntry, Finding, PartialDate, Passage, Statement
from index.similar import sketch

CATALOG_FILE = "catalog.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, date TEXT NOT NULL, text TEXT NOT NULL, text_sha256 TEXT NOT NULL, particulars TEXT NOT NULL,
    sketch BLOB NOT NULL, syllables BLOB NOT NULL, abbreviations TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS documents_by_text ON documents (text_sha256);
CREATE TABLE IF NOT EXISTS files (
    source TEXT PRIMARY KEY, sha256 TEXT NOT NULL, document_id TEXT NOT NULL, indexed_at TEXT NOT NULL,
    reason TEXT NOT NULL, english TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS files_of_document ON files (document_id);
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT NOT NULL, is_caption INTEGER NOT NULL,
    terms BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS passages_of_document ON passages (document_id, start);
CREATE TABLE IF NOT EXISTS statements (
    id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, particulars TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS statements_of_document ON statements (document_id, start);
"""
_DOCUMENT = "SELECT d.id, d.text, d.particulars, (SELECT json_group_array(source) FROM (SELECT source FROM files f "
_DOCUMENT += "WHERE f.document_id = d.id ORDER BY indexed_at, source)) FROM documents d"
_PASSAGE = "SELECT p.id, p.document_id, p.start, p.end, p.heading, substr(d.text, p.start + 1, p.end - p.start), "
_PASSAGE += "p.is_caption FROM passages p JOIN documents d ON d.id = p.document_id"
_STATEMENT = "SELECT s.id, s.document_id, s.start, s.end, substr(d.text, s.start + 1, s.end - s.start), s.particulars "
_STATEMENT += "FROM statements s JOIN documents d ON d.id = s.document_id"
_KEPT_APART = {"id", "text", "source", "others"}  # in columns of their own, or in the files


class Catalog:
    """Documents and passages by id, files by source. Safe for many readers beside one writer (SQLite in WAL mode)."""

    def __init__(self, path: Path) -> None:
        """Open, and create when missing. Raises IndexDamagedError when the file is not a catalog."""
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # safe in WAL, and one fsync less a document
            self._connection.execute("PRAGMA foreign_keys = ON")
            # One of an older layout is opened as it is: its settings tell what it is.
            if is_new or not self._is_older():
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

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside becomes visible at once; nothing of it when the block raises."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def replace(
        self,
        document: Document,
        passages: Sequence[tuple[Passage, bytes]],
        file: FileEntry,
        statements: Sequence[Statement] = (),
    ) -> list[str]:
        """Put a document, its passages with their counted terms, its statements and its file in place of the old.

        Returns the ids of passages that went with a document which no file holds any more.
        """
        lesson = Lesson.of(f"{document.title}\n{document.text}")
        with self.transaction():
            self._connection.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            self._connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    str(document.date or ""),
                    document.text,
                    _digest(document.text),
                    _particulars(document),
                    sketch(document.text),
                    lesson.pairs,
                    json.dumps(lesson.names, ensure_ascii=False),
                ),
            )
            self._connection.executemany(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                [(p.id, p.document_id, p.start, p.end, p.heading, p.is_caption, terms) for p, terms in passages],
            )
            self._connection.executemany(
                "INSERT INTO statements VALUES (?, ?, ?, ?, ?)",
                [(s.id, s.document_id, s.start, s.end, _said(s)) for s in statements],
            )
            gone = self._put(file)
            self._next_generation()
        return gone

    def remember(self, file: FileEntry) -> list[str]:
        """Keep what is known of a file that adds no document of its own. Returns as `replace`."""
        with self.transaction():
            gone = self._put(file)
            self._next_generation()
        return gone

    def forget(self, source: str) -> list[str]:
        """Forget a file. Returns as `replace`."""
        with self.transaction():
            held = self.document_of_file(source)
            self._connection.execute("DELETE FROM files WHERE source = ?", (source,))
            gone = self._release(held)
            self._next_generation()
        return gone

    def renew(self) -> None:
        """Let open readers notice that what is derived from the catalog was made anew."""
        with self.transaction():
            self._next_generation()

    def clear(self) -> None:
        """Forget everything; the generation goes on, so that open readers notice."""
        with self.transaction():
            for table in ("statements", "passages", "documents", "files"):
                self._connection.execute(f"DROP TABLE IF EXISTS {table}")  # it may be of an older layout
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._connection.execute(statement)
            self._connection.execute("DELETE FROM meta WHERE key != 'generation'")
            self._next_generation()

    def files(self) -> dict[str, FileEntry]:
        """Every file that is known, by its source."""
        rows = self._rows("SELECT source, sha256, document_id, indexed_at, reason, english FROM files ORDER BY source")
        return {row[0]: FileEntry(*row) for row in rows}

    def document_of_file(self, source: str) -> str:
        """The id of the document that a file holds, or empty."""
        row = self._one("SELECT document_id FROM files WHERE source = ?", (source,))
        return str(row[0]) if row else ""

    def files_of(self, document_id: str) -> list[str]:
        """The sources of a document's files, oldest first."""
        query = "SELECT source FROM files WHERE document_id = ? ORDER BY indexed_at, source"
        return [row[0] for row in self._rows(query, (document_id,))]

    def document(self, document_id: str) -> Document | None:
        """A document by id."""
        row = self._one(f"{_DOCUMENT} WHERE d.id = ?", (document_id,))
        return _from_row(row) if row else None

    def document_of_text(self, text: str) -> str:
        """The id of the document with that text, or empty."""
        row = self._one("SELECT id FROM documents WHERE text_sha256 = ?", (_digest(text),))
        return str(row[0]) if row else ""

    def documents(self) -> list[Document]:
        """Every document, oldest first."""
        return [_from_row(row) for row in self._rows(f"{_DOCUMENT} ORDER BY d.date, d.id")]

    def passage_ids(self, document_id: str | None = None) -> list[str]:
        """Ids of a document's passages, or of all, in a stable order."""
        where, arguments = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        return [row[0] for row in self._rows(f"SELECT id FROM passages {where} ORDER BY document_id, start", arguments)]

    def count_passages(self, document_id: str | None = None) -> int:
        """Number of a document's passages, or of all."""
        where, arguments = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        row = self._one(f"SELECT count(*) FROM passages {where}", arguments)
        return int(row[0]) if row else 0

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """The passages that exist among `ids`; their text is cut from the document's."""
        rows = (self._one(f"{_PASSAGE} WHERE p.id = ?", (passage_id,)) for passage_id in ids)
        return {row[0]: _to_passage(row) for row in rows if row}

    def passage_places(self) -> dict[str, tuple[str, int, int]]:
        """By passage id, the document with start and end."""
        return {row[0]: row[1:] for row in self._rows("SELECT id, document_id, start, end FROM passages")}

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages in order."""
        return [_to_passage(row) for row in self._rows(f"{_PASSAGE} WHERE d.id = ? ORDER BY p.start", (document_id,))]

    def heading_at(self, document_id: str, offset: int) -> str:
        """The heading of the passage at a place of a document, or empty."""
        query = "SELECT heading FROM passages WHERE document_id = ? AND start <= ? AND ? < end ORDER BY start LIMIT 1"
        row = self._one(query, (document_id, offset, offset))
        return str(row[0]) if row else ""

    def statements_of(self, document_id: str) -> list[Statement]:
        """A document's statements in order."""
        rows = self._rows(f"{_STATEMENT} WHERE d.id = ? ORDER BY s.start", (document_id,))
        return [_to_statement(row) for row in rows]

    def count_statements(self) -> int:
        """Number of statements."""
        row = self._one("SELECT count(*) FROM statements")
        return int(row[0]) if row else 0

    def sketches(self) -> dict[str, bytes]:
        """By document id, what tells texts that are nearly alike."""
        return dict(self._rows("SELECT id, sketch FROM documents"))

    def lessons(self) -> Iterator[Lesson]:
        """What the title and text of every document teach about words."""
        for pairs, names in self._rows("SELECT syllables, abbreviations FROM documents"):
            yield Lesson(pairs, tuple((name, short) for name, short in json.loads(names)))

    def passage_numbers(self) -> list[tuple[int, str]]:
        """`(number, id)` of every passage, in a stable order. A number is never given again."""
        return self._rows("SELECT number, id FROM passages ORDER BY document_id, start")

    def counted_terms(self, after: int = 0) -> list[tuple[int, bytes]]:
        """`(number, counted terms)` of every passage that came after the one with that number."""
        return self._rows("SELECT number, terms FROM passages WHERE number > ?", (after,))

    def _is_older(self) -> bool:
        columns = {row[1] for row in self._connection.execute("PRAGMA table_info(documents)")}
        return bool(columns) and "sketch" not in columns

    def _put(self, file: FileEntry) -> list[str]:
        held = self.document_of_file(file.source)
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (file.source, file.sha256, file.document_id, file.indexed_at, file.reason, file.english),
        )
        return self._release(held)

    def _release(self, document_id: str) -> list[str]:
        """Delete a document that no file holds any more; the ids of its passages."""
        if not document_id or self.files_of(document_id):
            return []
        ids = self.passage_ids(document_id)
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        return ids

    def _one(self, query: str, arguments: tuple[str | int, ...] = ()) -> tuple[Any, ...] | None:
        return next(iter(self._rows(query, arguments)), None)

    def _rows(self, query: str, arguments: tuple[str | int, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, arguments).fetchall()
        except sqlite3.DatabaseError as exc:
            raise _damaged(str(exc)) from exc

    def _next_generation(self) -> None:
        self.set_meta("generation", str(self.generation + 1))


def _digest(text: str) -> str:
    """By which the same text under two names is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _damaged(detail: str) -> IndexDamagedError:
    return IndexDamagedError(f"Không đọc được sổ mục lục: {detail}.", "Hãy lập lại chỉ mục: bot index --rebuild.")


def _to_passage(row: tuple[Any, ...]) -> Passage:
    identifier, document_id, start, end, heading, text, is_caption = row
    return Passage(identifier, document_id, start, end, heading, text, bool(is_caption))


def _said(statement: Statement) -> str:
    placed = {"id", "document_id", "start", "end", "text"}
    kept = {one.name: getattr(statement, one.name) for one in fields(Statement) if one.name not in placed}
    return json.dumps(kept, ensure_ascii=False)


def _to_statement(row: tuple[Any, ...]) -> Statement:
    identifier, document_id, start, end, text, particulars = row
    read: dict[str, Any] = json.loads(particulars)
    read |= {"figures": tuple(read["figures"]), "cues": tuple(read["cues"])}
    return Statement(identifier, document_id, start, end, text, **read)


def _particulars(document: Document) -> str:
    kept = {field.name: getattr(document, field.name) for field in fields(Document) if field.name not in _KEPT_APART}
    kept["date"] = str(document.date or "")
    kept["findings"] = [asdict(finding) for finding in document.findings]
    return json.dumps(kept, ensure_ascii=False)


def _from_row(row: tuple[Any, ...]) -> Document:
    document_id, text, particulars, sources = row
    read: dict[str, Any] = json.loads(particulars)
    kept: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in read.items()}
    kept["date"] = PartialDate.parse(kept["date"])
    kept["findings"] = tuple(Finding(**finding) for finding in kept["findings"])
    source, *others = json.loads(sources) or [""]
    return Document(id=document_id, text=text, source=source, others=tuple(others), **kept)
