"""The whole web application over the invented documents, and clients of it that come from somewhere."""

import contextlib
import datetime
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from langchain_core.language_models import BaseChatModel

from bot.ledger.ledger import Ledger
from bot.service import Assistant
from bot.settings import Settings
from bot.web.app import build_app
from bot.web.server import listen, options
from index.search import SearchIndex
from tests.bot.corpus import engine_of
from tests.stand_ins import HashingEncoder

PROXY, ELSEWHERE = "10.9.8.7", "10.9.8.8"
SECRET = "bí mật của cổng"
PASSWORD = "mot mat khau du dai 2026"
_GROUPS = {"keeper_groups": ("van-thu",), "admin_groups": ("quan-tri",)}
SSO: dict[str, Any] = {"auth": "sso", "sso_proxies": (PROXY,), **_GROUPS}
PAGE = {"accept": "text/html,*/*"}


@dataclass(frozen=True)
class Served:
    """An application and what it keeps."""

    app: FastAPI
    ledger: Ledger
    settings: Settings

    def client(self, peer: str = "127.0.0.1", base_url: str = "http://127.0.0.1:7860", **options: Any) -> TestClient:
        """Somebody at that address."""
        return TestClient(self.app, base_url, client=(peer, 4711), follow_redirects=False, **options)

    def token(self, *scopes: str, days: int = 1) -> dict[str, str]:
        """The header of a new token of «cổng»."""
        _, secret = self.ledger.tokens.make("thử", "cổng", frozenset(scopes), datetime.timedelta(days=days))
        return {"authorization": f"Bearer {secret}"}

    def signed_in(self, name: str, *roles: Any) -> TestClient:
        """A browser in which somebody with a new account has signed in."""
        self.ledger.accounts.add(name, PASSWORD, frozenset(roles))
        client = self.client()
        form = {"name": name, "password": PASSWORD}
        assert client.post("/sign-in", data=form, headers={"origin": "http://127.0.0.1:7860"}).status_code == 303
        return client


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[int]:
    """The port at which the application is served by uvicorn as `bot serve` does."""
    with contextlib.closing(listen("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(options(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        server.should_exit = True
        thread.join(10)


@contextlib.contextmanager
def served(index: SearchIndex, folder: Path, chat: BaseChatModel | None = None, **settings: Any) -> Iterator[Served]:
    """The application with these settings; its ledger lives in `folder`."""
    chosen = Settings.model_validate({"home": folder, **settings})
    with contextlib.closing(Ledger(chosen.database, audit=chosen.audit)) as ledger:
        assistant = Assistant(engine_of(index, chat, home=folder, **settings), index, ledger, chosen, HashingEncoder)
        yield Served(build_app(assistant, chosen), ledger, chosen)
