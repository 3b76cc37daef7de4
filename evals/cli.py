"""`bot eval …`: run, list, report, compare, gate. Heavy imports wait until needed."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.console import reported
from bot.settings import Settings

app = typer.Typer(help="Đánh giá bằng câu hỏi chuẩn.", no_args_is_help=True)
RunName = Annotated[str, typer.Argument(help="Thư mục hoặc tên của lượt chạy (xem «bot eval list»).")]


@app.command("run")
def run_command(
    suite: Annotated[Literal["retrieval", "answers", "all"], typer.Option(help="Phần cần đánh giá.")] = "all",
    split: Annotated[Literal["dev", "test", "all"], typer.Option(help="Tập câu hỏi.")] = "dev",
    system: Annotated[str, typer.Option(help="ours, baseline, hoặc địa chỉ máy chủ http://…")] = "ours",
    only: Annotated[list[str] | None, typer.Option(help="Chỉ loại câu hỏi này; có thể lặp lại.")] = None,
    limit: Annotated[int, typer.Option(help="Chỉ lấy mẫu cố định ngần này câu, rải đều các loại.", min=0)] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Không chạy tiếp lượt dở, bắt đầu lượt mới.")] = False,
) -> None:
    """Hỏi các câu hỏi chuẩn và ghi lại mọi câu trả lời. Lượt bị ngắt được chạy tiếp khi gõ lại đúng lệnh."""
    with reported() as settings:
        from evals.cases import read_cases
        from evals.run import Task, run_task
        from evals.systems import open_system

        root = runs_folder(settings)
        root.mkdir(parents=True, exist_ok=True)
        opened = open_system(system, settings, root)
        task = Task(suite, split, tuple(only or ()), limit)
        run = run_task(root, opened, read_cases(), task, resume=not fresh)
        print(run.folder)


@app.command("list")
def list_command() -> None:
    """Liệt kê các lượt chạy."""
    with reported() as settings:
        from evals.runs import all_runs

        for run in all_runs(runs_folder(settings)):
            print(f"{run.folder.name}  {run.info.title()}  {'xong' if run.info.finished else 'dở dang'}")


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.home / "evals"
