"""The command `bot tokens`: what other programs sign in to the API with."""

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli_ledger import day, opened_ledger
from bot.console import NOTHING_FOUND
from bot.identity import LOCAL
from bot.terminal import printable

tokens_app = typer.Typer(
    help="Mã truy cập API cho cổng thông tin và phần mềm khác.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@tokens_app.command("make")
def make_command(
    name: Annotated[str, typer.Argument(help="Tên để nhận ra mã, ví dụ: cổng nội bộ.")],
    user: Annotated[str, typer.Option(help="Người dùng mà mã đứng tên.")],
    scope: Annotated[
        list[str], typer.Option(help="ask (hỏi, tìm, xem), keep (nạp tài liệu), metrics (giám sát); có thể lặp lại.")
    ],
    days: Annotated[int, typer.Option(help="Số ngày hiệu lực; 0 là không hết hạn.", min=0, max=3650)] = 90,
) -> None:
    """Lập mã truy cập; mã bí mật chỉ hiện ra một lần."""
    with opened_ledger() as ledger:
        token, secret = ledger.tokens.make(name, user, frozenset(scope), timedelta(days=days) if days else None)
        ledger.audit.note(LOCAL.name, LOCAL.via, "token_make", token.id)
        typer.echo(f"Mã truy cập «{name}» (số hiệu {token.id}). Hãy cất giữ ngay, mã không hiện lại:", err=True)
        print(secret)


@tokens_app.command("list")
def list_command() -> None:
    """Liệt kê mã truy cập còn lưu, không có mã bí mật."""
    with opened_ledger() as ledger:
        found = ledger.tokens.all()
        for token in found:
            until = f"đến {day(token.expires_at)}" if token.expires_at else "không hết hạn"
            used = f"dùng lần cuối {day(token.last_used_at)}" if token.last_used_at else "chưa dùng"
            scopes = ", ".join(sorted(token.scopes))
            print(printable(f"{token.id}  {token.name}  {token.user}  {scopes}  {until}  {used}"))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@tokens_app.command("revoke")
def revoke_command(token: Annotated[str, typer.Argument(help="Số hiệu (xem «bot tokens list»).")]) -> None:
    """Thu hồi mã truy cập; mã ngừng hiệu lực ngay."""
    with opened_ledger() as ledger:
        ledger.tokens.revoke(token)
        ledger.audit.note(LOCAL.name, LOCAL.via, "token_revoke", token)
        print(f"Đã thu hồi mã truy cập {token}.")
