"""The command `bot models`: list, prepare, verify and pull the models."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from bot.console import progress, reported
from bot.model_states import states
from bot.places import embedder_folder
from bot.settings import Settings
from index import e5, weights

models_app = typer.Typer(
    help="Chuẩn bị và kiểm tra các mô hình.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
    again: Annotated[bool, typer.Option("--again", help="Kiểm tra lại từ đầu và dựng lại phần hỏng.")] = False,
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
