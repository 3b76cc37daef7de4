"""Whether a browser was sent here by another site: what a session or a proxy vouches for must not be used by others."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_from_elsewhere(headers: Headers, *, must_tell: bool = False) -> bool:
    """Whether the headers tell of another origin than the one asked; `must_tell` refuses who does not tell at all.

    Browsers always tell: old ones, and all of them without TLS, only by `Origin`.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return True
    if origin is None:
        return must_tell and site is None
    return _netloc(origin) != headers.get("host", "").lower()


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin.lower()).netloc or "?"  # a hidden origin is «null»
    except ValueError:
        return "?"
