"""The API over the invented documents, and who asks it: in the door's place, a token stands for a user."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from langchain_core.language_models import BaseChatModel
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.identity import LOCAL, Identity, Role
from bot.ledger.ledger import Ledger
from bot.service import Assistant
from bot.settings import Settings
from bot.web.api import add_routes, new_app
from bot.web.who import SCOPE_KEY
from index.search import SearchIndex
from tests.bot.corpus import engine_of
from tests.stand_ins import HashingEncoder

KEEPER = Identity("giữ", frozenset[Role](["reader", "keeper"]), "token")
READER = Identity("an", frozenset[Role](["reader"]), "token")
OTHER = Identity("bình", frozenset[Role](["reader"]), "token")
NOBODY = Identity("không", frozenset[Role](), "token")
TOKENS = {"kn_giu": KEEPER, "kn_an": READER, "kn_binh": OTHER, "kn_khong": NOBODY}


class Doorman:
    """Lets in who has a token, as the door does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = Headers(scope=scope).get("authorization", "").removeprefix("Bearer ") if "headers" in scope else ""
        await self._app({**scope, SCOPE_KEY: TOKENS.get(token)}, receive, send)


class AtHome:
    """Lets in everyone, as where no sign-in is asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, SCOPE_KEY: LOCAL}, receive, send)


@contextmanager
def assistant_of(
    index: SearchIndex, home: Path, chat: BaseChatModel | None = None, **settings: Any
) -> Iterator[Assistant]:
    """An assistant with a ledger of its own in `home`."""
    chosen = Settings.model_validate({"home": home, "embedder": "băm", "llm": "none", **settings})
    engine = engine_of(index, chat, **chosen.model_dump())
    ledger = Ledger(chosen.database)
    try:
        yield Assistant(engine, index, ledger, chosen, HashingEncoder)
    finally:
        ledger.close()


def app_of(assistant: Assistant) -> FastAPI:
    """The API alone."""
    app = new_app()
    add_routes(app, assistant)
    return app


def client_of(app: ASGIApp, token: str = "kn_an") -> TestClient:
    """Somebody with that token, or nobody."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return TestClient(Doorman(app), raise_server_exceptions=False, headers=headers)
