"""The only door to sentence-transformers: texts in, normalised vectors out."""

import hashlib
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelMissingError
from index.records import Document, Passage
from index.vietnamese import search_form

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
_BATCH_PASSAGES = 32


class Encoder(Protocol):
    """What the index needs of an embedder. Vectors have length 1, so a dot product is the cosine."""

    @property
    def fingerprint(self) -> str:
        """Changes when the vectors would not be comparable."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape `(len(texts), dimension)`."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """Shape `(dimension,)`."""
        ...


class Embedder:
    """A sentence-transformers model, from a folder or by name; it is loaded when the first text comes."""

    def __init__(self, model: str) -> None:
        self._name = model
        self.fingerprint = _fingerprint(model)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        return _load(self._name)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, with the model's own passage prompt. Shape `(len(texts), dimension)`."""
        return np.asarray(
            self._model.encode_document(
                list(texts), batch_size=_BATCH_PASSAGES, normalize_embeddings=True, show_progress_bar=False
            ),
            dtype=np.float32,
        )

    def encode_query(self, text: str) -> Vectors:
        """Vector of a question, with the model's own query prompt. Shape `(dimension,)`."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)


def passage_context(document: Document, passage: Passage) -> str:
    """What stands around a passage: number, title, date, provinces, headings. Embedded with it, never stored in it."""
    date = document.date.vietnamese() if document.date else ""
    caption = "Chú thích ảnh" if passage.is_caption else ""
    parts = [document.number, document.title, date, ", ".join(document.provinces), passage.heading, caption]
    return ". ".join(part for part in parts if part)


def embedding_text(document: Document, passage: Passage) -> str:
    """The text that stands for a passage in both indexes."""
    return search_form(f"{passage_context(document, passage)}\n{passage.text}")


def _load(model: str) -> "SentenceTransformer":
    """Raises ModelMissingError when the model cannot be loaded."""
    is_folder = Path(model).is_dir()
    if is_folder:  # a local model must never make the library ask a hub
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        return SentenceTransformer(model, device="cpu", local_files_only=is_folder)
    except Exception as exc:  # a damaged or unknown model makes the libraries raise almost anything
        raise ModelMissingError(
            f"Không nạp được mô hình nhúng «{model}»: {exc}.",
            "Hãy chạy «bot models prepare», hoặc đặt BOT_EMBEDDER là một thư mục sentence-transformers.",
        ) from exc


def _fingerprint(model: str) -> str:
    """The name and, for a folder, a digest of its configuration and of both ends of its weights."""
    folder = Path(model)
    if not folder.is_dir():
        return model
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".safetensors", ".bin"}:
            digest.update(f"{path.name}:{path.stat().st_size}".encode() + _ends(path))
        elif path.suffix == ".json" and not path.name.endswith(".verified.json"):
            digest.update(path.read_bytes())
    return f"{folder.name}/{digest.hexdigest()[:12]}"


def _ends(path: Path, count: int = 1_000_000) -> bytes:
    """The first and last bytes: enough to tell retrained weights, quick enough for every start."""
    with path.open("rb") as file:
        head = file.read(count)
        file.seek(max(0, path.stat().st_size - count))
        return head + file.read(count)
