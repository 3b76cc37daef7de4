"""A folder of documents and the index made from it, for the tests of the index."""

from pathlib import Path

from index.build import Progress, build_index
from index.catalog import Catalog
from index.embed import Encoder
from index.records import BuildReport, Document
from index.search import CATALOG_FILE, VECTORS_FOLDER, IndexSettings, Mode, SearchIndex
from index.store import VectorStore
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

    def write(self, name: str, text: str) -> Path:
        """Put a document into the folder of sources."""
        path = self.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def build(
        self,
        *paths: Path,
        rebuild: bool = False,
        encoder: Encoder | None = None,
        progress: Progress = lambda done, total, name: None,
    ) -> BuildReport:
        """Index the given paths, or the folder of sources."""
        return build_index(
            paths or (self.sources,),
            self.folder,
            encoder or self.encoder,
            self.settings,
            rebuild=rebuild,
            progress=progress,
        )

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
        catalog = Catalog(self.folder / CATALOG_FILE)
        found = {Path(doc.source).relative_to(self.sources).as_posix(): doc for doc in catalog.documents()}
        catalog.close()
        return found

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


def names(sources: tuple[str, ...]) -> list[str]:
    """File names of a report's sources."""
    return sorted(source.rsplit("/", 1)[-1] for source in sources)


def fill(shop: Workshop) -> Workshop:
    """Three small documents, indexed."""
    shop.write("nước.md", "---\ndate: 2021-01\n---\nTỉnh cấp nước sạch cho nông thôn.")
    shop.write("bưu.md", "---\ndate: 2020-05-01\nprovinces: [Hậu Giang]\n---\nBưu chính công ích phục vụ xã.")
    shop.write("mạng.md", "Phủ mạng cáp quang tới thôn, bản.")
    shop.build()
    return shop
