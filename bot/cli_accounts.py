"""The command `bot accounts`: local accounts, for offices without a single sign-on."""

import sys
from typing import Annotated, get_args

import typer

from bot.cli_ledger import chosen, day, opened_ledger
from bot.console import NOTHING_FOUND
from bot.errors import LedgerError
from bot.identity import LOCAL, Role
from bot.terminal import printable

accounts_app = typer.Typer(
    help="Tài khoản tại chỗ, cho cơ quan chưa có đăng nhập một lần.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
Name = Annotated[str, typer.Argument(help="Tên tài khoản.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Đọc mật khẩu từ đầu vào chuẩn thay vì hỏi trên màn hình.")
]


@accounts_app.command("add")
def add_command(
    name: Name,
    role: Annotated[
        list[str] | None,
        typer.Option(help="Vai trò thêm ngoài người đọc: keeper (giữ tài liệu), admin (quản trị); có thể lặp lại."),
    ] = None,
    password_stdin: FromStdin = False,
) -> None:
    """Lập tài khoản; mật khẩu được hỏi hai lần và không hiện ra."""
    with opened_ledger() as ledger:
        roles = frozenset[Role](["reader", *chosen(role, get_args(Role))])
        account = ledger.accounts.add(name, _password(from_stdin=password_stdin), roles)
        ledger.audit.note(LOCAL.name, LOCAL.via, "account_add", account.name)
        print(f"Đã lập tài khoản «{account.name}» ({', '.join(sorted(account.roles))}).")


@accounts_app.command("list")
def list_command() -> None:
    """Liệt kê tài khoản, vai trò và tình trạng."""
    with opened_ledger() as ledger:
        found = ledger.accounts.all()
        for account in found:
            state = "đang dùng" if account.is_active else "đã khóa"
            roles = ", ".join(sorted(account.roles))
            print(printable(f"{account.name}  {roles}  {state}  lập ngày {day(account.made_at)}"))
    if not found:
        raise typer.Exit(NOTHING_FOUND)


@accounts_app.command("password")
def password_command(name: Name, password_stdin: FromStdin = False) -> None:
    """Đổi mật khẩu; mọi phiên đăng nhập của tài khoản kết thúc."""
    with opened_ledger() as ledger:
        ledger.accounts.set_password(name, _password(from_stdin=password_stdin))
        ledger.audit.note(LOCAL.name, LOCAL.via, "account_password", name)
        print(f"Đã đổi mật khẩu của «{name}».")


@accounts_app.command("disable")
def disable_command(name: Name) -> None:
    """Khóa tài khoản: đăng xuất ngay ở mọi nơi, mã truy cập API ngừng hiệu lực."""
    _set_active(name, active=False)
    print(f"Đã khóa tài khoản «{name}».")


@accounts_app.command("enable")
def enable_command(name: Name) -> None:
    """Mở lại tài khoản đã khóa."""
    _set_active(name, active=True)
    print(f"Đã mở lại tài khoản «{name}».")


def _set_active(name: str, *, active: bool) -> None:
    with opened_ledger() as ledger:
        ledger.accounts.set_active(name, active=active)
        ledger.audit.note(LOCAL.name, LOCAL.via, "account_enable" if active else "account_disable", name)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = typer.prompt("Mật khẩu", hide_input=True)
    if typer.prompt("Gõ lại mật khẩu", hide_input=True) != password:
        raise LedgerError("Hai lần gõ mật khẩu khác nhau.", "Hãy chạy lại lệnh.")
    return str(password)
