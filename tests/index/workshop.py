"""A folder of documents and the index made from it, for the tests of the index."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from index.build import build_index, remove_document
from index.catalog import CATALOG_FILE, Catalog
from index.embed import Encoder
from index.extracted import Limits
from index.records import BuildReport, Document, FileEntry
from index.search import VECTORS_FOLDER, IndexSettings, Mode, SearchIndex
from index.store import VectorStore
from index.write import Progress
from tests.stand_ins import HashingEncoder

ROOT = Path(__file__).resolve().parents[2]  # where a second process finds `index` and `tests`


class Workshop:
    """Writes documents, builds, opens readers and closes them at the end."""

    def __init__(self, root: Path) -> None:
        self.sources = root / "nguồn"  # a name with marks, as people have them
        self.folder = root / "index"
        self.encoder: Encoder = HashingEncoder()
        self.settings = IndexSettings(self.encoder.fingerprint, passage_chars=300)
        self._readers: list[SearchIndex] = []

    def write(self, name: str, content: str | bytes) -> Path:
        """Put a document into the folder of sources."""
        path = self.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_zip(self, name: str, members: Mapping[str, str]) -> Path:
        """Put an archive into the folder of sources."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)
        return self.write(name, held.getvalue())

    def build(
        self,
        *paths: Path,
        rebuild: bool = False,
        encoder: Encoder | None = None,
        limits: Limits | None = None,
        progress: Progress = lambda done, total, name: None,
    ) -> BuildReport:
        """Index the given paths, or the folder of sources."""
        return build_index(
            paths or (self.sources,),
            self.folder,
            encoder or self.encoder,
            self.settings,
            limits=limits,
            rebuild=rebuild,
            progress=progress,
        )

    def remove(self, document_id: str) -> list[str]:
        """Take a document out; the names of its files."""
        return names(remove_document(self.folder, document_id, self.encoder, self.settings))

    def open(self, dense_weight: float = 0.5) -> SearchIndex:
        """A new reader."""
        reader = SearchIndex(self.folder, self.encoder, self.settings, dense_weight)
        self._readers.append(reader)
        return reader

    def texts(self, query: str, mode: Mode = "lexical") -> list[str]:
        """What a new reader finds, best first."""
        return [hit.passage.text for hit in self.open().search(query, 10, mode)]

    def documents(self) -> dict[str, Document]:
        """Every indexed document by its path below the folder of sources."""
        with closing(Catalog(self.folder / CATALOG_FILE)) as catalog:
            return {Path(doc.source).relative_to(self.sources).as_posix(): doc for doc in catalog.documents()}

    def files(self) -> dict[str, FileEntry]:
        """What is known of every file, by its path below the folder of sources."""
        with closing(Catalog(self.folder / CATALOG_FILE)) as catalog:
            return {Path(name).relative_to(self.sources).as_posix(): file for name, file in catalog.files().items()}

    def stored_ids(self) -> tuple[list[str], list[str]]:
        """Passage ids in the catalog and in Chroma, sorted."""
        catalog, store = Catalog(self.folder / CATALOG_FILE), VectorStore(self.folder / VECTORS_FOLDER)
        known, stored = sorted(catalog.passage_ids()), sorted(store.ids())
        catalog.close()
        return known, stored

    def close(self) -> None:
        """Close every reader."""
        for reader in self._readers:
            reader.close()


def names(sources: Iterable[str]) -> list[str]:
    """File names of a report's sources."""
    return sorted(source.rsplit("/", 1)[-1] for source in sources)


def outcome(report: BuildReport) -> dict[str, list[str]]:
    """The file names of a report by what was done with them; what was done with none is left out."""
    kinds = {kind: names(getattr(report, kind)) for kind in ("added", "changed", "removed", "unchanged")}
    kinds["refused"] = names(refusal.source for refusal in report.refused)
    kinds["kept_out"] = names(report.kept_out)
    kinds["same"] = names(source for source, _ in report.same)
    return {kind: found for kind, found in kinds.items() if found}


def fill(shop: Workshop) -> Workshop:
    """Three small documents, indexed."""
    shop.write("nước.md", "---\ndate: 2021-01\n---\nTỉnh cấp nước sạch cho nông thôn.")
    shop.write("bưu.md", "---\ndate: 2020-05-01\nprovinces: [Hậu Giang]\n---\nBưu chính công ích phục vụ xã.")
    shop.write("mạng.md", "Phủ mạng cáp quang tới thôn, bản.")
    shop.build()
    return shop
