"""The command `bot`. Messages are Vietnamese, for the people who run it; heavy imports wait until needed."""

import json
import sys
from dataclasses import asdict
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli_accounts import accounts_app
from bot.cli_audit import audit_app
from bot.cli_feedback import feedback_app
from bot.cli_models import models_app
from bot.cli_tokens import tokens_app
from bot.console import FAILURE, NOTHING_FOUND, reported
from bot.documents import documents_app
from bot.places import SOURCES_FOLDER, stay_offline
from bot.register import register_app

app = typer.Typer(
    help="Hỏi đáp về khuyến nghị của Bộ TT&TT với các tỉnh, có trích dẫn nguồn.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(models_app, name="models")
app.add_typer(documents_app, name="documents")
app.add_typer(register_app, name="register")
app.add_typer(feedback_app, name="feedback")
app.add_typer(accounts_app, name="accounts")
app.add_typer(tokens_app, name="tokens")
app.add_typer(audit_app, name="audit")
Exact = Annotated[bool, typer.Option("--exact", help="Tìm đúng như đã gõ: không thêm dấu, không mở chữ viết tắt.")]
AsJson = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")]


def main() -> None:
    """Entry point of the console script."""
    stay_offline()
    add_plugins()
    app()


def add_plugins() -> None:
    """Add the command groups that other packages offer; nothing here knows which."""
    for plugin in entry_points(group="khuyen_nghi.commands"):
        app.add_typer(plugin.load(), name=plugin.name)


@app.command("index")
def index_command(
    paths: Annotated[list[Path] | None, typer.Argument(help="Tệp hoặc thư mục tài liệu (mặc định: sources/).")] = None,
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild", help="Lập lại từ đầu mọi tài liệu đã nạp; có nêu đường dẫn thì chỉ giữ các đường dẫn đó."
        ),
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Theo dõi và cập nhật mỗi khi tài liệu thay đổi.")] = False,
    as_json: AsJson = False,
) -> None:
    """Lập hoặc cập nhật chỉ mục tài liệu."""
    with reported() as settings:
        from bot.assembly import open_embedder
        from bot.indexing import all_refused, follow, index_once
        from index.catalog import CATALOG_FILE

        is_whole = rebuild and not paths and (settings.index_folder / CATALOG_FILE).is_file()
        found = [] if is_whole else paths or [SOURCES_FOLDER]
        embedder = open_embedder(settings)
        if watch and not rebuild:
            follow(found, settings, embedder, as_json=as_json)
            return
        report = index_once(found, settings, embedder, rebuild=rebuild, as_json=as_json)
        if watch:
            follow(found or [SOURCES_FOLDER], settings, embedder, as_json=as_json)
            return
    if report.refused and (not report.passages or all_refused(paths or [], report)):
        raise typer.Exit(FAILURE)


@app.command("search")
def search_command(
    query: Annotated[str, typer.Argument(help="Nội dung cần tìm.")],
    limit: Annotated[int, typer.Option(help="Số đoạn tối đa.", min=1, max=100)] = 5,
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Tìm đoạn văn, không dùng mô hình ngôn ngữ."""
    with reported() as settings:
        from bot.assembly import open_index
        from bot.question import understand
        from bot.terminal import printable

        question = understand(query, settings.question_chars)
        index = open_index(settings)
        reading = index.read(question.text, exact=exact)
        hits = index.search(reading, limit)
        if reading.text != question.text:
            print(printable(f"Đã hiểu câu hỏi là: {reading.text} (tìm đúng như đã gõ: --exact)"), file=sys.stderr)
        if as_json:
            print(json.dumps([_hit_data(hit) for hit in hits], ensure_ascii=False, indent=1))
        for rank, hit in enumerate(hits if not as_json else (), start=1):
            scores = f"điểm {_score(hit.score)}; ngữ nghĩa {_score(hit.dense)}; từ khóa {_score(hit.lexical)}"
            text = f"[{rank}] {hit.document.label()} ({scores})\n    {' '.join(hit.passage.text.split())}\n"
            print(printable(text))
    if not hits:
        raise typer.Exit(NOTHING_FOUND)


def _score(score: float | None) -> str:
    from bot.terminal import number

    return "–" if score is None else number(score, 3)


def _hit_data(hit: Any) -> dict[str, Any]:
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "source": hit.document.source_name,
        "date": str(hit.document.date or ""),
        "provinces": list(hit.document.provinces),
        "heading": hit.passage.heading,
        "page": hit.document.page_of(hit.passage.start),
        "is_caption": hit.passage.is_caption,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "text": hit.passage.text,
        "score": hit.score,
        "dense": hit.dense,
        "lexical": hit.lexical,
    }


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="Câu hỏi tiếng Việt, có dấu hoặc không dấu.")],
    exact: Exact = False,
    as_json: AsJson = False,
) -> None:
    """Hỏi một câu: các đoạn tìm được hiện ngay, rồi câu trả lời và nguồn trích dẫn."""
    with reported() as settings:
        from bot.assembly import open_engine
        from bot.question import understand
        from bot.terminal import show

        understand(question, settings.question_chars)  # before any model is loaded
        engine = open_engine(settings)
        engine.warm()
        answer = engine.answer(question, exact=exact) if as_json else show(engine.ask(question, exact=exact))
        if as_json:
            print(json.dumps(answer.to_dict(), ensure_ascii=False, indent=1))
            if answer.notice:
                print(answer.notice, file=sys.stderr)
    if answer.abstained:
        raise typer.Exit(NOTHING_FOUND)


@app.command("serve")
def serve_command(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe (mặc định theo BOT_HOST).")] = "",
    port: Annotated[int | None, typer.Option(help="Cổng (mặc định theo BOT_PORT).", min=1, max=65535)] = None,
) -> None:
    """Mở trang hỏi đáp trong trình duyệt."""
    with reported() as settings:
        from bot.web.server import leave_soon, serve

        serve(settings, host or settings.host, port or settings.port)
        leave_soon()


@app.command("doctor")
def doctor_command(as_json: AsJson = False) -> None:
    """Kiểm tra mô hình, chỉ mục, bộ máy trả lời và ổ đĩa; chỉ cách khắc phục."""
    with reported() as settings:
        from bot.doctor import examine

        findings = examine(settings)
        if as_json:
            print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
        for finding in findings if not as_json else ():
            print(f"{'ĐẠT ' if finding.ok else 'LỖI '} {finding.name}: {finding.detail}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(FAILURE)


if __name__ == "__main__":
    main()
