"""What can be asked: our engine in this process, the textbook baseline, a server over its HTTP API."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot import followup
from bot.answer import Answer
from bot.assembly import index_settings, model_name, open_embedder, open_engine
from bot.engine import Engine
from bot.errors import SettingsError
from bot.places import SOURCES_FOLDER
from bot.settings import Settings
from evals.cases import Turn
from evals.records import Found
from index.build import build_index
from index.search import SearchIndex

OURS, BASELINE = "ours", "baseline"


class System(Protocol):
    """Anything that answers."""

    name: str
    model: str
    settings: str  # a digest
    searches: bool

    def warm(self) -> None:
        """Load what the first question would otherwise wait for."""

    def search(self, question: str, limit: int) -> list[Found]:
        """The best passages, best first. Only where `searches`."""

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """The whole answer. Raises whatever goes wrong; the run records it."""


class OurEngine:
    """The engine that ships, over an index of `sources/` of its own."""

    name = OURS
    searches = True

    def __init__(self, engine: Engine, index: SearchIndex, model: str, settings: str) -> None:
        self._engine = engine
        self._index = index
        self.model = model
        self.settings = settings

    def warm(self) -> None:
        """Load both models."""
        self._engine.warm()
        self._engine.chat()

    def search(self, question: str, limit: int) -> list[Found]:
        """The passages that the answer would rest on, as the engine searches them."""
        hits = self._index.search(question, limit)
        return [Found(hit.document.source_name, hit.passage.start, hit.passage.end) for hit in hits]

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        """Raises errors of the index and QuestionError."""
        return self._engine.answer(question, history=[followup.Turn(turn.question, turn.answer) for turn in history])


def open_system(name: str, settings: Settings, folder: Path) -> System:
    """`ours`, `baseline`, or the address of a server; indexes are made under `folder`.

    Raises SettingsError for another name, and the errors of the parts.
    """
    if name == OURS:
        return _open_ours(settings, folder)
    if name == BASELINE:
        from evals.baseline import open_baseline

        return open_baseline(settings, folder / "baseline")
    if name.startswith(("http://", "https://")):
        from evals.remote import Server

        return Server(name)
    raise SettingsError(
        f"Không có hệ thống tên «{name}».", "Hãy chọn ours, baseline, hoặc địa chỉ dạng http://máy:cổng."
    )


def _open_ours(settings: Settings, folder: Path) -> OurEngine:
    """Index `sources/` afresh, by today's code, apart from the collection in use with its other documents."""
    embedder = open_embedder(settings)
    built_with = index_settings(settings, embedder)
    place = folder / "index"
    build_index([SOURCES_FOLDER], place, embedder, built_with, rebuild=True)
    index = SearchIndex(place, embedder, built_with, settings.dense_weight)
    fresh = settings.model_copy(update={"cached_answers": 0})  # every answer is timed as if it were the first
    return OurEngine(open_engine(fresh, index), index, model_name(settings), settings.digest)
