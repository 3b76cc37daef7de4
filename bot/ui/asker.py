"""Who clicked: the identity that the door put into the request which queued the event."""

import gradio as gr

from bot.errors import UnauthorizedError
from bot.identity import Identity
from bot.web.who import identity_of


def who(request: gr.Request) -> Identity:
    """Gradio keeps with each queued event the request that brought it. Raises UnauthorizedError."""
    if request.request is None:
        raise UnauthorizedError("Bạn chưa đăng nhập.", "Hãy đăng nhập rồi thử lại.")
    return identity_of(request.request)
