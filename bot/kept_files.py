"""What is known of every file of the collection: indexed, a copy, refused and why, taken out."""

from dataclasses import dataclass
from typing import Literal

from bot.settings import Settings
from index.catalog import CATALOG_FILE, Catalog
from index.errors import IndexMissingError
from index.plan import REMOVED
from index.records import Document, FileEntry

State = Literal["indexed", "duplicate", "refused", "removed", "archive", "waiting"]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file, and what became of it; `waiting` is one that no run has seen yet.

    `document_id`, `label` and `passages` (their number) are those of the document made of it; a duplicate holds the
    very text of another file. `reason` (Vietnamese) and `english` tell why there is no document. `indexed_at` is ISO
    8601, local time.
    """

    source: str
    sha256: str
    document_id: str
    indexed_at: str
    reason: str
    english: str
    state: State
    label: str
    passages: int

    @property
    def name(self) -> str:
        """The file name without its folders."""
        return self.source.rsplit("/", 1)[-1]


def open_catalog(settings: Settings) -> Catalog:
    """The record of what is indexed. Raises IndexMissingError, and makes none."""
    if not (settings.index_folder / CATALOG_FILE).is_file():
        raise IndexMissingError("Chưa có chỉ mục tài liệu.", "Hãy chạy «bot index» trước.")
    return Catalog(settings.index_folder / CATALOG_FILE)


def kept_files(catalog: Catalog) -> list[KeptFile]:
    """Every file that is known, by its source."""
    documents = {document.id: document for document in catalog.documents()}
    return [_kept(entry, documents.get(entry.document_id), catalog) for entry in catalog.files().values()]


def _kept(entry: FileEntry, document: Document | None, catalog: Catalog) -> KeptFile:
    return KeptFile(
        entry.source,
        entry.sha256,
        entry.document_id,
        entry.indexed_at,
        entry.reason,
        entry.english,
        _state(entry, document),
        document.label() if document else "",
        catalog.count_passages(entry.document_id) if document else 0,
    )


def _state(entry: FileEntry, document: Document | None) -> State:
    if entry.sha256 == REMOVED:
        return "removed"
    if entry.reason:
        return "refused"
    if document is None:
        return "archive"
    return "indexed" if document.source == entry.source else "duplicate"
