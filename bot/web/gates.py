"""What each path asks of whoever comes: the one table of roles by path. Paths are without the root path."""

from typing import Literal

from bot.settings import Settings

Need = Literal["open", "signed_in", "keeper", "metrics", "closed"]
EMBED = "/embed"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
_GRADIO = "/gradio_api/"
# Of Gradio's routes, those that the page needs; it has others that run code, fetch addresses or tell of other users.
GRADIO_OPEN_TO_READERS = (
    *("app_id", "cancel", "heartbeat", "info", "login_check", "queue/data", "queue/join", "queue/status"),
    *("reset", "run", "startup-events", "theme.css", "user", "custom_component"),
)
GRADIO_FOR_KEEPERS = ("upload", "upload_progress")
GRADIO_CLOSED_PAGES = ("/monitoring", "/login", "/logout", "/pwa_icon", "/openapi.json")


def own_path(path: str) -> str:
    """The path as the full page has it, when it is the compact page's."""
    return path.removeprefix(EMBED) if path.startswith(f"{EMBED}/") else path


def is_api(path: str) -> bool:
    """Whether programs ask there, who want a problem rather than a page."""
    return path.startswith(("/api/", "/v1/", "/metrics", "/readyz")) or own_path(path).startswith(_GRADIO)


def is_asking(path: str) -> bool:
    """Whether a request may cost a question's work, so that the user's share is counted."""
    return path.startswith(("/api/", "/v1/")) or own_path(path).startswith((f"{_GRADIO}queue/join", f"{_GRADIO}run/"))


def is_event(path: str) -> bool:
    """Whether the page sends what somebody typed or clicked: never files, which have a route of their own."""
    own = own_path(path)
    rest = own.removeprefix(_GRADIO)
    return own != rest and not any(_is_below(rest, name) for name in GRADIO_FOR_KEEPERS)


def need_of(path: str, auth: str) -> Need:
    """What is needed there; what nobody thought of is for who is signed in, of Gradio's for nobody."""
    if path == "/healthz" or (path == SIGN_IN and auth == "accounts"):
        return "open"
    if _is_below(path, "/metrics"):
        return "metrics"
    own = own_path(path)
    if own.startswith(_GRADIO):
        return _need_of_gradio(own.removeprefix(_GRADIO))
    return "closed" if any(_is_below(own, page) for page in GRADIO_CLOSED_PAGES) else "signed_in"


def may_be_framed(path: str) -> bool:
    """Whether a page is meant for the portal's frame: the compact one, and what leads to it."""
    return _is_below(path, EMBED) or path in (SIGN_IN, SIGN_OUT)


def frame_ancestors(path: str, settings: Settings) -> tuple[str, ...]:
    """Who may put a page into a frame, as Content-Security-Policy has it."""
    own = ("'self'",) if may_be_framed(path) else ()
    return (*own, *settings.frame_ancestors) or ("'none'",)


def _need_of_gradio(rest: str) -> Need:
    if any(_is_below(rest, name) for name in GRADIO_FOR_KEEPERS):
        return "keeper"
    return "signed_in" if any(_is_below(rest, name) for name in GRADIO_OPEN_TO_READERS) else "closed"


def _is_below(path: str, name: str) -> bool:
    return path == name or path.startswith(name if name.endswith("=") else f"{name}/")
