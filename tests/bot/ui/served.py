"""The page served in this process without the door, and a visit to it in a browser."""

import datetime
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from langchain_core.language_models import BaseChatModel
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.answer import Answer, Timings, Tokens
from bot.compose import quote
from bot.engine import Engine
from bot.evidence import Evidence
from bot.identity import LOCAL, Identity
from bot.ledger.ledger import Ledger
from bot.retriever import PassageRetriever
from bot.service import Assistant
from bot.settings import Settings
from bot.ui.page import mount
from bot.web.who import SCOPE_KEY
from index.search import SearchIndex

AT = datetime.datetime(2026, 3, 2, 14, 5, tzinfo=datetime.UTC)


class AsIdentity:
    """Puts an identity into every request, as the door does."""

    def __init__(self, app: ASGIApp, identity: Identity) -> None:
        self.app = app
        self.identity = identity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        scope[SCOPE_KEY] = self.identity
        await self.app(scope, receive, send)


def assistant_of(index: SearchIndex, home: Path, chat: BaseChatModel | None = None, **values: object) -> Assistant:
    """An assistant over an index, with a ledger of its own in `home`."""
    settings = Settings.model_validate({"home": home, "llm": "none", **values})
    home.mkdir(parents=True, exist_ok=True)
    engine = Engine(PassageRetriever(index=index, limit=10), lambda: chat, settings, "thử")
    return Assistant(engine, index, Ledger(settings.database), settings)


def answer_of(evidence: list[Evidence], question: str = "Bao nhiêu?") -> Answer:
    """An answer that quotes the evidence."""
    composed = quote(evidence)
    return Answer(
        question=question,
        understood=question,
        text=composed.text,
        abstained=False,
        reason="",
        style="quote",
        sentences=composed.sentences,
        citations=composed.citations,
        evidence=tuple(evidence),
        model="",
        settings="",
        timings_s=Timings(0.1, None, 1.26),
        tokens=Tokens(400, 3),
    )


@contextmanager
def served(assistant: Assistant, identity: Identity = LOCAL) -> Iterator[str]:
    """The address of the page, for this user."""
    app = AsIdentity(mount(FastAPI(), assistant, assistant.settings), identity)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@dataclass
class Visit:
    """A page that is open, with everything that it asked for and complained about."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        box = self.page.get_by_label("Câu hỏi", exact=True)
        box.fill(question)
        box.press("Enter")

    def expect_to_see(self, selector: str, text: str = "") -> None:
        """Wait for it."""
        expect(self.page.locator(selector).filter(has_text=text).first).to_be_visible(timeout=20_000)

    def answered(self, question: str) -> None:
        """Ask, and wait for the whole answer."""
        self.ask(question)
        self.expect_to_see("#answer article.turn .understood", question)

    def check(self) -> None:
        """Nothing was asked of anybody else, and nothing went wrong."""
        asked = {urlsplit(url).netloc for url in self.requests if not url.startswith(("data:", "blob:"))}
        assert asked == {urlsplit(self.url).netloc}
        assert self.complaints == []


@contextmanager
def visiting(browser: Browser, url: str, **options: object) -> Iterator[Visit]:
    """A fresh visit, checked when it ends."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    visit = Visit(page, url)

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.complaints.append(message.text)

    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", complain)
    page.goto(url)
    expect(page.get_by_label("Câu hỏi", exact=True)).to_be_visible(timeout=30_000)
    yield visit
    context.close()
    visit.check()
