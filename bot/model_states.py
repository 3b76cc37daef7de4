"""Which models the settings ask for, and whether they are ready; nothing is loaded or read through."""

import importlib.util
from dataclasses import dataclass

from bot.errors import KhuyenNghiError
from bot.places import embedder_folder, llm_path
from bot.settings import Settings
from index import e5, weights


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model that the settings ask for, where it is, and whether it is ready."""

    role: str
    name: str
    path: str
    ready: bool
    detail: str


def states(settings: Settings) -> list[ModelState]:
    """The configured models, without reading them through."""
    return [_embedder_state(settings), _llm_state(settings)]


def _embedder_state(settings: Settings) -> ModelState:
    role = "mô hình nhúng"
    if settings.embedder:
        return ModelState(role, settings.embedder, settings.embedder, True, "do BOT_EMBEDDER chỉ định")
    folder = embedder_folder(settings)
    ready = e5.is_prepared(folder)
    return ModelState(role, e5.NAME, str(folder), ready, "sẵn sàng" if ready else "chưa chuẩn bị: bot models prepare")


def _llm_state(settings: Settings) -> ModelState:
    role = "mô hình ngôn ngữ"
    if settings.llm == "none":
        return ModelState(role, "không dùng", "", True, "BOT_LLM=none: chỉ trích dẫn nguyên văn")
    if settings.llm == "ollama":
        return ModelState(role, settings.ollama_model, settings.ollama_url, *_ollama_state(settings))
    path = llm_path(settings)
    if importlib.util.find_spec("xllamacpp") is None:
        return ModelState(role, path.stem, str(path), False, "chưa cài bộ máy xllamacpp: make install")
    if settings.llm_file is not None:
        ready = path.is_file()
        return ModelState(role, path.stem, str(path), ready, "do BOT_LLM_FILE chỉ định" if ready else "không có tệp")
    ready = weights.is_verified(path, weights.LLM.sha256)
    detail = "sẵn sàng" if ready else "chưa chuẩn bị hoặc đã bị sửa: bot models prepare"
    return ModelState(role, weights.LLM.name, str(path), ready, detail)


def _ollama_state(settings: Settings) -> tuple[bool, str]:
    from bot.llms import ollama

    try:
        names = ollama.installed_models(settings.ollama_url)
    except KhuyenNghiError as exc:
        return False, str(exc)
    wanted = settings.ollama_model
    if wanted in names or f"{wanted}:latest" in names:
        return True, "sẵn sàng"
    return False, f"máy chủ chưa có mô hình này: bot models pull {wanted}"
