"""`bot eval …`: run, list, report, compare, gate. Heavy imports wait until needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.console import FAILURE, reported
from bot.errors import SettingsError
from bot.settings import Settings

app = typer.Typer(help="Đánh giá bằng câu hỏi chuẩn.", no_args_is_help=True)
Questions = Annotated[
    Path | None,
    typer.Option(help="Tệp câu hỏi khác bộ chuẩn, ví dụ tệp của «bot feedback export»; ứng viên không được tính điểm."),
]
RunName = Annotated[str, typer.Argument(help="Thư mục hoặc tên của lượt chạy (xem «bot eval list»).")]


@app.command("run")
def run_command(
    suite: Annotated[Literal["retrieval", "answers", "all"], typer.Option(help="Phần cần đánh giá.")] = "all",
    split: Annotated[Literal["dev", "test", "all"], typer.Option(help="Tập câu hỏi.")] = "dev",
    system: Annotated[str, typer.Option(help="ours, baseline, hoặc địa chỉ máy chủ http://…")] = "ours",
    only: Annotated[list[str] | None, typer.Option(help="Chỉ loại câu hỏi này; có thể lặp lại.")] = None,
    limit: Annotated[int, typer.Option(help="Chỉ lấy mẫu cố định ngần này câu, rải đều các loại.", min=0)] = 0,
    questions: Questions = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Không dùng lại lượt cũ, hỏi lại từ đầu.")] = False,
) -> None:
    """Hỏi các câu hỏi chuẩn và ghi lại mọi câu trả lời; in thư mục của lượt chạy.

    Gõ lại đúng lệnh thì lượt bị ngắt được chạy tiếp, câu đã hỏi không hỏi lại.
    """
    with reported() as settings:
        with _evaluation_packages():
            from evals.cases import QUESTIONS_FILE, read_cases
            from evals.run import Task, run_task, select
            from evals.runs import one_at_a_time
            from evals.systems import open_system

        root, task = runs_folder(settings), Task(suite, split, tuple(only or ()), limit)
        cases = read_cases(questions or QUESTIONS_FILE)
        select(cases, task)  # a wrong choice is told before any model is loaded
        with one_at_a_time(root):
            run = run_task(root, open_system(system, settings, root), cases, task, resume=not fresh)
        print(run.folder)


@app.command("list")
def list_command() -> None:
    """Liệt kê các lượt chạy."""
    with reported() as settings:
        from evals.runs import all_runs

        for run in all_runs(runs_folder(settings)):
            print(f"{run.folder.name}  {run.info.title()}  {'xong' if run.info.finished else 'dở dang'}")


@app.command("report")
def report_command(
    run: RunName = "latest",
    against: Annotated[
        str, typer.Option(help="Lượt để đối chiếu (mặc định: lượt baseline mới nhất cùng câu hỏi).")
    ] = "",
    entailment: Annotated[str, typer.Option(help="Mô hình suy diễn (NLI) để xét thêm trích dẫn.")] = "",
    questions: Questions = None,
    publish: Annotated[bool, typer.Option("--publish", help="Ghi cả bản tóm tắt vào evals/reports/.")] = False,
) -> None:
    """Viết báo cáo HTML và bản tóm tắt của một lượt chạy."""
    with reported() as settings:
        with _evaluation_packages():
            from evals import report
            from evals.cases import QUESTIONS_FILE, read_cases
            from evals.entailment import Entailment
            from evals.results import baseline_of, find_run, results

        root = runs_folder(settings)
        main = find_run(root, run)
        other = find_run(root, against) if against else baseline_of(root, main)
        entails = Entailment(entailment) if entailment else None
        cases = read_cases(questions or QUESTIONS_FILE)
        systems = [results(one, cases, entails) for one in (main, other) if one]
        print(report.write_report(systems, main.folder))
        if publish:
            print(report.publish(systems))


@app.command("compare")
def compare_command(before: RunName, after: RunName) -> None:
    """So hai lượt chạy: câu nào tốt lên, câu nào kém đi, có phải do ngẫu nhiên không."""
    with reported() as settings:
        with _evaluation_packages():
            from evals.compare import as_markdown, compare
            from evals.report import write_comparison
            from evals.results import find_run, results

        root = runs_folder(settings)
        later = find_run(root, after)
        comparison = compare(results(find_run(root, before)), results(later))
        print(as_markdown(comparison))
        print(write_comparison(comparison, later.folder))


@app.command("gate")
def gate_command(run: RunName = "latest") -> None:
    """Xét một lượt chạy theo các ngưỡng trong evals/thresholds.toml."""
    with reported() as settings:
        with _evaluation_packages():
            from evals.gate import check
            from evals.results import find_run, results

        checks = check(results(find_run(runs_folder(settings), run)))
        for one in checks:
            print(f"{'ĐẠT ' if one.passed else 'KHÔNG ĐẠT'} {one}")
    if not all(one.passed for one in checks):
        raise typer.Exit(FAILURE)


@contextmanager
def _evaluation_packages() -> Iterator[None]:
    """Raises SettingsError when what only evaluations need is not installed: `make run` leaves it out."""
    try:
        yield
    except ModuleNotFoundError as exc:
        raise SettingsError(
            f"Chưa cài gói {exc.name}.", "Hãy chạy «make test» hoặc «pip install -e .[evals]»."
        ) from exc


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept."""
    return settings.home / "evals"
