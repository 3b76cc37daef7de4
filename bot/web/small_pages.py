"""Our few pages outside Gradio: signing in and out, and why nobody comes in. Nothing in them is loaded."""

from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

_TEMPLATES = Path(__file__).with_name("templates")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"


def message_page(title: str, text: str, status: int) -> HTMLResponse:
    """A page that says one thing."""
    return _page(title, f"<p>{escape(text)}</p>", status)


def sign_in_page(action: str, following: str, name: str = "", error: str = "", status: int = 200) -> HTMLResponse:
    """The form, with why the last try failed; `following` is where to go on."""
    said = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    return _page("Đăng nhập", said + _filled("sign_in.html", action=action, next=following, name=name), status)


def sign_out_page(action: str, name: str, home: str) -> HTMLResponse:
    """Asks once more."""
    return _page("Đăng xuất", _filled("sign_out.html", action=action, name=name, home=home), 200)


def _filled(template: str, **values: str) -> str:
    text = (_TEMPLATES / template).read_text(encoding="utf-8")
    return Template(text).substitute({key: escape(value) for key, value in values.items()})


def _page(title: str, body: str, status: int) -> HTMLResponse:
    text = (_TEMPLATES / "message.html").read_text(encoding="utf-8")
    content = Template(text).substitute(title=escape(title), body=body)
    return HTMLResponse(content, status, headers={"Content-Security-Policy": _POLICY})
