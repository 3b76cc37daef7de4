"""Who is signed in, in the head of the page, and the way out."""

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.ui.asker import who
from bot.ui.clicks import on
from bot.ui.escape import escape


def build_signed_in(page: gr.Blocks) -> None:
    """A line that fills itself when somebody opens the page."""
    line = gr.HTML("", elem_id="signed-in")
    on(page.load, _told, [], [line])


def signed_in_html(identity: Identity, root: str) -> str:
    """Nothing for whoever sits at the machine; a way out only where there is something to leave.

    `root` is the path at which the application is served, without a slash at its end.
    """
    if identity.via == "local":
        return ""
    said = f"Đăng nhập: <b>{escape(identity.name)}</b>"
    if "keeper" in identity.roles:
        said += " (giữ tài liệu)"
    leave = f' <a href="{escape(root)}/sign-out">Đăng xuất</a>' if identity.via == "account" else ""
    return f"<p>{said}{leave}</p>"


def _told(request: gr.Request) -> str:
    try:
        identity = who(request)
    except KhuyenNghiError:  # the first question will say so
        return ""
    scope = request.request.scope if request.request else {}
    return signed_in_html(identity, str(scope.get("root_path", "")).rstrip("/"))
