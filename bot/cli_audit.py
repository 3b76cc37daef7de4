"""The command `bot audit`: who asked what, when."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli_ledger import minute, on_one_line, opened_ledger
from bot.console import NOTHING_FOUND
from bot.ledger.records import AuditEntry
from bot.terminal import printable

audit_app = typer.Typer(
    help="Nhật ký: ai hỏi gì, khi nào.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Since = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d", "%d/%m/%Y"], help="Từ ngày, ví dụ 2026-01-31.")
]
User = Annotated[str, typer.Option(help="Chỉ của người dùng này.")]


@audit_app.command("list")
def list_command(since: Since = None, user: User = "") -> None:
    """Liệt kê nhật ký, cũ trước mới sau."""
    found = 0
    with opened_ledger() as ledger:
        for entry in ledger.audit.entries(_local(since), user):
            found += 1
            what = f"{entry.action}  {entry.outcome}  {on_one_line(entry.detail)}".rstrip()
            print(printable(f"{minute(entry.at)}  {entry.user}  {entry.via}  {what}"))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@audit_app.command("export")
def export_command(
    file: Annotated[Path, typer.Argument(help="Tệp .jsonl cần ghi.")], since: Since = None, user: User = ""
) -> None:
    """Xuất nhật ký ra tệp, mỗi việc một dòng JSON; giờ theo UTC."""
    with opened_ledger() as ledger:
        from bot.jsonl import write_jsonl

        written = write_jsonl(file, _as_records(ledger.audit.entries(_local(since), user)))
        print(f"Đã ghi {written} dòng nhật ký vào «{file}».")


@audit_app.command("counts")
def counts_command(
    as_json: Annotated[bool, typer.Option("--json", help="In mỗi dòng một JSON.")] = False,
) -> None:
    """Số lần của mỗi việc trong từng ngày (theo UTC)."""
    with opened_ledger() as ledger:
        found = ledger.audit.counts()
        for on, action, times in found:
            if as_json:
                print(json.dumps({"day": on.isoformat(), "action": action, "times": times}))
            else:
                print(f"{on:%d/%m/%Y}  {action}  {times}")
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def _local(since: datetime | None) -> datetime | None:
    return since and since.astimezone()


def _as_records(entries: Iterator[AuditEntry]) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield asdict(entry) | {"at": entry.at.isoformat()}
