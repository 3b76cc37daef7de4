"""The identity that the door has found, as a request carries it."""

from starlette.requests import HTTPConnection

from bot.errors import UnauthorizedError
from bot.identity import Identity

SCOPE_KEY = "khuyen_nghi.identity"


def identity_of(request: HTTPConnection) -> Identity:
    """Who asks. Raises UnauthorizedError where the door has found nobody."""
    found = request.scope.get(SCOPE_KEY)
    if not isinstance(found, Identity):
        raise UnauthorizedError("Bạn chưa đăng nhập.", "Hãy đăng nhập rồi thử lại.")
    return found
