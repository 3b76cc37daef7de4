"""Which scope an API token needs for which request."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["ask", "keep", "metrics"]
_CHANGING = frozenset(["POST", "PUT", "PATCH", "DELETE"])
_ANY = frozenset(["GET", "HEAD", "OPTIONS", *_CHANGING])


@dataclass(frozen=True, slots=True)
class RouteScope:
    """Requests with one of the methods, to the path or below it, need the scope."""

    methods: frozenset[str]
    path: str
    scope: Scope

    def covers(self, method: str, path: str) -> bool:
        """Whether it speaks of this request; `path` is without the root path."""
        return method in self.methods and (path == self.path or path.startswith(f"{self.path}/"))


# The first that covers a request decides; a token opens nothing else.
ROUTE_SCOPES = (
    RouteScope(_ANY, "/metrics", "metrics"),
    RouteScope(_CHANGING, "/api/v1/documents", "keep"),
    RouteScope(_CHANGING, "/api/v1/register/corrections", "keep"),
    RouteScope(_ANY, "/api/v1/index", "keep"),
    RouteScope(_ANY, "/api/v1", "ask"),
    RouteScope(_ANY, "/v1", "ask"),
)


def scope_of(method: str, path: str) -> Scope | None:
    """The scope that a token needs for a request; None where no token is taken."""
    return next((one.scope for one in ROUTE_SCOPES if one.covers(method, path)), None)
