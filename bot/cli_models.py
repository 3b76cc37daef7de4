"""The command `bot models`: list, prepare, verify and pull the models."""

import json
import sys
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from bot.console import progress, reported
from bot.errors import KhuyenNghiError
from bot.places import embedder_folder, llm_path
from bot.settings import Settings
from index import e5, weights

models_app = typer.Typer(
    help="Chuẩn bị và kiểm tra các mô hình.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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


@models_app.command("list")
def list_command(as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False) -> None:
    """Liệt kê các mô hình đang dùng và tình trạng."""
    with reported() as settings:
        found = states(settings)
        if as_json:
            print(json.dumps([asdict(state) for state in found], ensure_ascii=False, indent=1))
        for state in found if not as_json else ():
            print(f"{state.role}: {state.name} – {state.detail}\n    {state.path}")


@models_app.command("prepare")
def prepare_command(
    again: Annotated[bool, typer.Option("--again", help="Dựng lại dù đã có.")] = False,
) -> None:
    """Ghép mô hình ngôn ngữ và dựng mô hình nhúng từ các gói đã cài; đã có thì không làm gì."""
    with reported() as settings:
        if again:
            _forget(settings)
        if not settings.embedder:
            folder = e5.prepare(embedder_folder(settings), lambda message: print(message, file=sys.stderr))
            print(f"Mô hình nhúng sẵn sàng: {folder}")
        if settings.llm == "embedded" and settings.llm_file is None:
            with progress("Đang ghép mô hình ngôn ngữ", in_bytes=True) as step:
                path = weights.prepare(weights.LLM, settings.models_folder, step)
            print(f"Mô hình ngôn ngữ sẵn sàng: {path}")


def _forget(settings: Settings) -> None:
    """Take away the marks that say that the models were checked; preparing then checks or makes them anew."""
    for folder in (embedder_folder(settings), settings.models_folder):
        for mark in folder.glob("*.verified.json"):
            mark.unlink()


@models_app.command("verify")
def verify_command() -> None:
    """Đọc toàn bộ tệp mô hình và đối chiếu với mã đã công bố."""
    with reported() as settings:
        if not settings.embedder:
            cosine = e5.check_agreement(embedder_folder(settings))
            print(f"Mô hình nhúng đúng: cosine thấp nhất so với bộ máy gốc {cosine:.4f}.")
        if settings.llm == "embedded" and settings.llm_file is None:
            with progress("Đang kiểm tra mô hình ngôn ngữ", in_bytes=True) as step:
                weights.verify(weights.LLM, settings.models_folder, step)
            print("Mô hình ngôn ngữ đúng: kích thước và sha256 khớp bản đã công bố.")


@models_app.command("pull")
def pull_command(
    name: Annotated[str, typer.Argument(help="Tên mô hình trên Ollama, ví dụ qwen2.5:7b-instruct.")],
) -> None:
    """Bảo máy chủ Ollama tải một mô hình."""
    with reported() as settings:
        from bot.llms import ollama

        with progress(f"Đang tải {name}", in_bytes=True) as step:
            ollama.pull(settings.ollama_url, name, lambda status, done, total: step(done, total))
        print(f"Đã tải xong mô hình «{name}».")
