"""Puts the parts together from the settings: embedder, index, chat model, engine."""

from collections.abc import Callable
from functools import partial

from langchain_core.language_models import BaseChatModel

from bot.engine import Engine
from bot.places import embedder_folder, llm_path
from bot.retriever import PassageRetriever
from bot.settings import Settings
from index import e5, weights
from index.catalog import CATALOG_FILE
from index.embed import Embedder, Encoder
from index.errors import IndexMissingError, ModelMissingError
from index.search import IndexSettings, SearchIndex

_HITS = 10


def open_embedder(settings: Settings) -> Embedder:
    """The configured embedder. Raises ModelMissingError when the default one was not prepared yet."""
    if settings.embedder:
        return Embedder(settings.embedder)
    folder = embedder_folder(settings)
    if not e5.is_prepared(folder):
        raise ModelMissingError("Mô hình nhúng chưa được chuẩn bị hoặc đã bị sửa.", "Hãy chạy «bot models prepare».")
    return Embedder(str(folder))


def index_settings(settings: Settings, embedder: Encoder) -> IndexSettings:
    """What the index is built with."""
    return IndexSettings(embedder.fingerprint, settings.passage_chars)


def open_index(settings: Settings) -> SearchIndex:
    """The index for reading. Raises IndexMissingError before loading any model when there is none."""
    if not (settings.index_folder / CATALOG_FILE).is_file():
        raise IndexMissingError("Chưa có chỉ mục tài liệu.", "Hãy chạy «bot index» trước.")
    embedder = open_embedder(settings)
    return SearchIndex(settings.index_folder, embedder, index_settings(settings, embedder), settings.dense_weight)


def make_chat(settings: Settings) -> BaseChatModel | None:
    """The configured chat model, or None. Raises ModelMissingError or ModelCorruptError."""
    if settings.llm == "none":
        return None
    if settings.llm == "ollama":
        from bot.llms import ollama

        return ollama.connect(
            settings.ollama_url,
            settings.ollama_model,
            context_tokens=settings.context_tokens,
            keep_alive=settings.ollama_keep_alive,
            timeout_s=settings.timeout_s,
        )
    from bot.llms.embedded import EmbeddedChat

    if settings.llm_file is None:
        weights.require_verified(weights.LLM, settings.models_folder)
    return EmbeddedChat(
        path=llm_path(settings),
        context_tokens=settings.context_tokens,
        threads=settings.llm_threads,
        timeout_s=settings.timeout_s,
    )


def model_name(settings: Settings) -> str:
    """How answers name the model that helped."""
    names = {"none": "", "ollama": f"ollama/{settings.ollama_model}"}
    return names.get(settings.llm, llm_path(settings).stem)


def open_engine(settings: Settings, index: SearchIndex | None = None) -> Engine:
    """Everything needed to answer; the chat model is loaded at the first question that needs it.

    Raises as `open_index`, unless an index is given.
    """
    index = index or open_index(settings)
    chat: Callable[[], BaseChatModel | None] = partial(make_chat, settings)
    return Engine(PassageRetriever(index=index, limit=_HITS), chat, settings, model_name(settings))
