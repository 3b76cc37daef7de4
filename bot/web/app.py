"""The whole web application: the API, the page, the compact page, and the door around them."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from bot.service import Assistant
from bot.settings import Settings
from bot.ui.page import mount
from bot.web.access_log import AccessLog
from bot.web.api import add_routes, new_app
from bot.web.arrival import Arrivals
from bot.web.door import Door
from bot.web.embed import embed_routes
from bot.web.headers import SecurityHeaders
from bot.web.login import login_routes


def build_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The application; whoever asks must come through the door, whatever the path."""
    app = new_app()
    add_routes(app, assistant)
    app.include_router(embed_routes())
    if settings.auth == "accounts":
        app.include_router(login_routes(assistant.ledger))
    app = mount(app, assistant, settings)
    # The last one added is the first to see a request.
    app.add_middleware(Door, ledger=assistant.ledger, settings=settings)
    # Also with no origin listed: Gradio would answer any origin if nobody else did.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(SecurityHeaders, settings=settings)
    app.add_middleware(AccessLog)
    app.add_middleware(Arrivals, settings=settings)
    return app
