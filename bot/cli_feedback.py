"""The command `bot feedback`: what users think of answers, and candidates for gold questions made of it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.candidates import OPINIONS, candidates
from bot.cli_ledger import chosen, minute, on_one_line, opened_ledger
from bot.console import NOTHING_FOUND
from bot.ledger.records import Feedback, KeptTurn, Opinion
from bot.terminal import printable

feedback_app = typer.Typer(
    help="Xem và xuất góp ý của người dùng về câu trả lời.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Opinions = Annotated[
    list[str] | None, typer.Option("--opinion", help="Chỉ loại góp ý này: up, down, wrong_citation; có thể lặp lại.")
]
_WRONG: tuple[Opinion, ...] = ("down", "wrong_citation")


@feedback_app.command("list")
def list_command(
    opinion: Opinions = None,
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi góp ý một dòng JSON.")] = False,
) -> None:
    """Liệt kê góp ý, cũ trước mới sau."""
    found = 0
    with opened_ledger() as ledger:
        for feedback, turn in ledger.feedback.all(chosen(opinion, OPINIONS)):
            found += 1
            print(_as_json(feedback, turn) if as_json else printable(_as_text(feedback, turn)))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@feedback_app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="Tệp .jsonl cần ghi.")],
    opinion: Opinions = None,
) -> None:
    """Xuất câu hỏi bị chê (mặc định: chưa đúng, trích dẫn sai) làm ứng viên câu hỏi chuẩn.

    Không ghi tên người dùng. Ứng viên chưa được tính điểm: hãy sửa từng dòng rồi bỏ mục «candidate».
    """
    with opened_ledger() as ledger:
        from bot.jsonl import write_jsonl

        found = candidates(ledger.feedback.all(chosen(opinion, OPINIONS) or _WRONG))
        write_jsonl(file, (candidate.to_dict() for candidate in found))
        print(f"Đã ghi {len(found)} câu hỏi vào «{file}». Hãy bổ sung đáp án và bỏ mục «candidate» của từng câu.")
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def _as_json(feedback: Feedback, turn: KeptTurn) -> str:
    about = {"question": turn.question, "answer": turn.answer}
    return json.dumps(asdict(feedback) | about, ensure_ascii=False, default=str)


def _as_text(feedback: Feedback, turn: KeptTurn) -> str:
    cited = f" [{feedback.citation}]" if feedback.citation else ""
    opinion = f"{minute(feedback.given_at)}  {feedback.user}  {OPINIONS[feedback.opinion]}{cited}"
    reason = f"\n    Lý do: {on_one_line(feedback.reason)}" if feedback.reason else ""
    return f"{opinion}: {on_one_line(turn.question)}{reason}"
