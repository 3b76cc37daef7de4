"""Routes that take what is described and no more: no unknown parameter, no larger body."""

from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from bot.web.body_size import JSON_BYTES, limited
from bot.web.served import Served
from bot.web.who import identity_of

_FORM_BYTES = 1 << 16  # what a form adds to its file


class StrictRoute(APIRoute):
    """A filter with a misspelt name is refused, not passed over: its answer would be taken for what was asked."""

    def most_bytes(self, request: Request) -> int:
        """The largest body."""
        return JSON_BYTES

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler behind both checks."""
        handle = super().get_route_handler()
        known = set(_parameters(self.dependant))

        async def strict(request: Request) -> Response:
            if unknown := sorted(set(request.query_params) - known):
                wrong = [{"type": "extra_forbidden", "loc": ("query", name), "msg": "Not known"} for name in unknown]
                raise RequestValidationError(wrong)
            return await handle(Request(request.scope, limited(request.receive, self.most_bytes(request))))

        return strict


class UploadRoute(StrictRoute):
    """A route that takes a file, of keepers only: nobody else's is read."""

    def most_bytes(self, request: Request) -> int:
        """The largest file with its form. Raises ForbiddenError."""
        identity_of(request).require("keeper")
        served: Served = request.app.state.served
        return served.assistant.keeping.limit_mib * (1 << 20) + _FORM_BYTES


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (field.alias for field in dependant.query_params)
    for one in dependant.dependencies:
        yield from _parameters(one)
