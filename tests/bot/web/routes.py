"""Every route of an application, Gradio's too, as requests that would reach it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.routing import Mount

_PARAMETER = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, order=True)
class Asked:
    """A request to a route; parameters are filled in."""

    method: str
    path: str


def every_request(app: FastAPI) -> list[Asked]:
    """One request for each route and method. Raises TypeError for a kind of route that nobody looked into."""
    found = set(_requests(app.routes, ""))
    assert len(found) > 100, "Gradio alone has more"
    return sorted(found)


def _requests(routes: Iterable[Any], prefix: str) -> Iterator[Asked]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _requests(route.routes, prefix + route.path)
        elif hasattr(route, "effective_candidates"):  # what FastAPI makes of an included router
            yield from _requests(route.effective_candidates(), prefix)
        elif getattr(route, "path", "") and getattr(route, "methods", None):
            path = _PARAMETER.sub("x", prefix + route.path)
            yield from (Asked(method, path) for method in route.methods)
        elif getattr(route, "starlette_route", None) is not None:
            yield from _requests([route.starlette_route], prefix)
        else:
            raise TypeError(f"{route!r} is no kind of route that is known here")
