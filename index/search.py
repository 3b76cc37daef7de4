"""Search: the dense and the lexical index side by side, fused into one ranking of passages."""

import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from index.catalog import CATALOG_FILE, Catalog
from index.corrections import Corrections
from index.embed import Encoder
from index.errors import IndexDamagedError, IndexMismatchError, IndexMissingError
from index.fuse import fuse
from index.lexical import LexicalIndex
from index.reading import Reading, Wording
from index.records import Document, Hit, Passage
from index.register import Register
from index.store import NO_VECTORS, StoredVectors, read_vectors
from index.vietnamese import search_terms

Mode = Literal["fused", "dense", "lexical"]
Keep = Callable[[str, int, int], bool]  # document, start and end of a passage
Ranked = list[tuple[str, float]]
# How many passages each half returns before fusion; more changes nothing in the first ten.
CANDIDATES = 100
VECTORS_FOLDER, LEXICAL_FILE, WORDING_FOLDER = "chroma", "lexical.npz", "wording"
SETTINGS_KEY = "settings"


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What an index must have been built with to be searched or added to."""

    embedder: str
    passage_chars: int
    layout: int = 6

    def to_json(self) -> str:
        """A stable text form, kept in the catalog."""
        return json.dumps({"embedder": self.embedder, "layout": self.layout, "passage_chars": self.passage_chars})


def require_same_settings(catalog: Catalog, settings: IndexSettings) -> None:
    """Raises IndexMismatchError, naming what differs, when the index was built with other settings."""
    built = catalog.meta(SETTINGS_KEY)
    if not built or built == settings.to_json():
        return
    before, now = json.loads(built), json.loads(settings.to_json())
    names = {"embedder": "mô hình nhúng", "passage_chars": "độ dài đoạn", "layout": "cấu trúc chỉ mục"}
    differences = "; ".join(
        f"{names.get(key, key)}: «{before.get(key)}» khi lập, «{value}» bây giờ"
        for key, value in now.items()
        if before.get(key) != value
    )
    raise IndexMismatchError(
        f"Chỉ mục được lập với cấu hình khác ({differences}).",
        "Hãy lập lại bằng «bot index --rebuild», hoặc đặt lại cấu hình như cũ.",
    )


def differs_in_layout_only(built: str, settings: IndexSettings) -> bool:
    """Whether an index was built by an older version of ours with otherwise the same settings."""
    before, now = json.loads(built), json.loads(settings.to_json())
    return bool(before.pop("layout") < now.pop("layout") and before == now)


class SearchIndex:
    """An index open for reading. It follows what a writer changes, and may be used from several threads."""

    def __init__(self, folder: Path, encoder: Encoder, settings: IndexSettings, dense_weight: float) -> None:
        """Open the index in `folder`.

        Raises IndexMissingError when there is none, IndexMismatchError when it was built otherwise,
        IndexDamagedError when it cannot be read.
        """
        if not (folder / CATALOG_FILE).is_file():
            raise IndexMissingError("Chưa có chỉ mục tài liệu.", "Hãy chạy «bot index» trước.")
        self._folder = folder
        self._encoder = encoder
        self._dense_weight = dense_weight
        self._settings = settings
        self._lock = threading.Lock()
        self._places: dict[str, tuple[str, int, int]] | None = None  # read for the first search with a filter
        self._catalog = Catalog(folder / CATALOG_FILE)
        require_same_settings(self._catalog, settings)
        self._reopen()

    @property
    def generation(self) -> int:
        """Generation of the catalog: grows with every change of the documents."""
        return self._catalog.generation

    def documents(self) -> list[Document]:
        """Every document, oldest first."""
        return self._catalog.documents()

    def revisions(self) -> dict[str, str]:
        """By id, the sha256 of every document as it is searched. Raises IndexMissingError when there is none."""
        with self._lock:
            self._follow()
            return {document.id: document.sha256 for document in self._documents}

    def passages(self) -> Iterator[tuple[Document, Passage]]:
        """Every passage with its document."""
        yield from all_passages(self._catalog)

    def document(self, document_id: str) -> Document | None:
        """A document by id."""
        return self._catalog.document(document_id)

    def heading_at(self, document_id: str, offset: int) -> str:
        """The headings above a place of a document."""
        return self._catalog.heading_at(document_id, offset)

    def register(self, corrections: Corrections, sure_from: float) -> Register:
        """Who said what to whom in all documents, as corrected; `sure_from` as `Register` has it."""
        return Register(self._catalog, corrections, sure_from)

    def read(self, typed: str, *, exact: bool = False) -> Reading:
        """How a question is understood; an exact one as it was typed, in normal form.

        Raises IndexMissingError when the index holds no document.
        """
        with self._lock:
            self._follow()
            reading = self._wording.read(typed, self._documents, exact=exact)
            return replace(
                reading,
                spelled_out=tuple(filter(self._holds, reading.spelled_out)),
                parts=tuple(filter(self._holds, reading.parts)),
                added=tuple(filter(self._holds, reading.added)),
            )

    def search(self, query: str | Reading, limit: int, mode: Mode = "fused", keep: Keep | None = None) -> list[Hit]:
        """The best passages for a question, best first; with `keep`, the best of those that it keeps.

        Raises IndexMissingError when the index holds no document.
        """
        reading = self.read(query) if isinstance(query, str) else query
        with self._lock:
            self._follow()
            most = CANDIDATES if keep is None else sys.maxsize
            dense = {} if mode == "lexical" else self._kept(self._nearest(reading.dense_text, most), keep)
            found = [] if mode == "dense" else self._lexical.search(reading.text, most, reading.also)
            lexical = self._kept(found, keep)
            weight = {"fused": self._dense_weight, "dense": 1.0, "lexical": 0.0}[mode]
            fused = fuse(dense, lexical, weight)
            passages = self._known(fused, limit)
            return self._hits(passages, fused, dense, lexical)

    def is_known(self, term: str) -> bool:
        """Whether any passage, or its title, province or heading, holds the search term."""
        with self._lock:
            self._follow()
            return self._lexical.is_known(term)

    def rarity(self, terms: Sequence[str]) -> dict[str, float]:
        """How much each search term says, by how few passages hold it."""
        with self._lock:
            self._follow()
            return self._lexical.rarity(terms)

    def _holds(self, name: str) -> bool:
        """Whether the collection may hold the name: its neighbouring words occur together, or its only word occurs."""
        terms = search_terms(name)
        return all(map(self._lexical.is_known, [term for term in terms if "_" in term] or terms))

    def _nearest(self, query: str, most: int) -> Ranked:
        return self._vectors.nearest(self._encoder.encode_query(query), most)

    def _kept(self, ranked: Ranked, keep: Keep | None) -> dict[str, float]:
        """The first candidates, of those kept."""
        if keep is None:
            return dict(ranked)
        if self._places is None:
            self._places = self._catalog.passage_places()
        places = self._places
        return dict(islice((pair for pair in ranked if pair[0] in places and keep(*places[pair[0]])), CANDIDATES))

    def _known(self, ids: Iterable[str], limit: int) -> list[Passage]:
        """The first `limit` passages that the catalog knows; others are leftovers of an interrupted run."""
        known: list[Passage] = []
        for passage_id in ids:
            if len(known) >= limit:
                break
            known.extend(self._catalog.passages([passage_id]).values())
        return known

    def _hits(
        self, passages: list[Passage], fused: dict[str, float], dense: dict[str, float], lexical: dict[str, float]
    ) -> list[Hit]:
        documents = {passage.document_id: self._catalog.document(passage.document_id) for passage in passages}
        return [
            Hit(passage, document, fused[passage.id], dense.get(passage.id), lexical.get(passage.id))
            for passage in passages
            if (document := documents[passage.document_id])
        ]

    def _follow(self) -> None:
        """Reopen what is derived when a writer has moved the catalog on."""
        if not self._catalog.count_passages():
            raise IndexMissingError("Chỉ mục chưa có tài liệu nào.", "Hãy chạy «bot index» trước.")
        if self._followed != self._catalog.generation:
            require_same_settings(self._catalog, self._settings)
            self._reopen()

    def _reopen(self) -> None:
        followed = self._catalog.generation  # before anything is read: what a writer adds meanwhile is not missed
        self._vectors = self._stored()
        self._lexical = load_lexical(self._folder, self._catalog)
        self._wording = load_wording(self._folder, self._catalog)
        self._documents = self._catalog.documents()
        self._places = None
        self._followed = followed

    def _stored(self) -> StoredVectors:
        """The vectors of the passages that there are; without any, a writer may be making the folder just now."""
        if not self._catalog.count_passages():
            return NO_VECTORS
        try:
            return read_vectors(self._folder / VECTORS_FOLDER)
        except IndexDamagedError:
            if self._catalog.count_passages():
                raise
            return NO_VECTORS

    def close(self) -> None:
        """Release the files."""
        self._catalog.close()


def load_lexical(folder: Path, catalog: Catalog, *, save: bool = False) -> LexicalIndex:
    """The lexical index of the catalog's generation: the saved one, brought up to date, and saved again if asked."""
    generation = catalog.generation
    saved = LexicalIndex.load(folder / LEXICAL_FILE) or LexicalIndex.empty()
    if generation and saved.generation == generation:
        return saved
    made = saved.updated(catalog.passage_numbers(), catalog.counted_terms(saved.last_number), generation)
    if save:
        made.save(folder / LEXICAL_FILE)
    return made


def load_wording(folder: Path, catalog: Catalog, *, save: bool = False) -> Wording:
    """What the catalog's generation teaches about words: as saved, or learned now, and saved if asked."""
    generation = catalog.generation
    if saved := Wording.load(folder / WORDING_FOLDER, generation):
        return saved
    learned = Wording.build(catalog.lessons(), generation)
    if save:
        learned.save(folder / WORDING_FOLDER)
    return learned


def all_passages(catalog: Catalog) -> Iterator[tuple[Document, Passage]]:
    """Every passage with its document, oldest document first."""
    for document in catalog.documents():
        for passage in catalog.passages_of(document.id):
            yield document, passage
