"""The tabs of the register and of the keepers, served by uvicorn to whoever a cookie says."""

import threading
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped, unused-ignore]  # no types
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.identity import Identity
from bot.ledger.ledger import Ledger
from bot.service import Assistant
from bot.settings import Settings
from bot.ui import keeper_tab
from bot.ui.keeper_tab import build_keeper_tab
from bot.ui.page import mount_options
from bot.ui.register_tab import build_register_tab
from bot.web.who import SCOPE_KEY
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import engine_of
from tests.stand_ins import HashingEncoder

KEEPER = Identity("lan", frozenset(["reader", "keeper"]), "account")
READER = Identity("hoa", frozenset(["reader"]), "account")
_TABS_CSS = (Path(keeper_tab.__file__).parent / "tabs.css").read_text(encoding="utf-8")
_KNOWN = {one.name: one for one in (KEEPER, READER)}


def assistant_of(home: Path) -> Assistant:
    """Over the index in a data folder, which hashes instead of embedding."""
    settings = Settings(home=home, upload_mib=1)
    encoder = HashingEncoder()
    built_with = IndexSettings(encoder.fingerprint, settings.passage_chars)
    index = SearchIndex(settings.index_folder, encoder, built_with, dense_weight=0.5)
    ledger = Ledger(settings.database)
    return Assistant(engine_of(index, home=home), index, ledger, settings, HashingEncoder)


def app_of(assistant: Assistant) -> ASGIApp:
    """The two tabs behind a first one, in the clothes of the page; the cookie `who` names the user."""
    app = FastAPI()
    with gr.Blocks(title="Thử", analytics_enabled=False) as page, gr.Tabs(overflow_behavior="wrap"):
        with gr.Tab("Hỏi đáp"):
            gr.HTML("<h1>Hỏi đáp</h1>")
        build_register_tab(assistant)
        build_keeper_tab(assistant)
    page.queue(api_open=False)
    options = mount_options(assistant.settings)
    options["css"] += _TABS_CSS if _TABS_CSS not in options["css"] else ""
    gr.mount_gradio_app(app, page, "/", **options)
    return _door(app)


@dataclass
class Visit:
    """A page that is open, with everything that it asked for and complained about."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open_tab(self, name: str) -> None:
        """Look at a tab."""
        self.page.get_by_role("tab", name=name).click()

    def sees(self, selector: str, text: str) -> None:
        """Wait until the text stands there."""
        expect(self.page.locator(selector).filter(has_text=text).first).to_be_visible(timeout=30_000)


@contextmanager
def visiting(browser: Browser, url: str, who: str) -> Iterator[Visit]:
    """A visit of a user; nothing may have been asked of anybody else, and nothing gone wrong, when it ends."""
    context = browser.new_context(locale="vi-VN")
    context.add_cookies([{"name": "who", "value": who, "url": url}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    visit = Visit(page, url)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda message: visit.complaints.append(message.text) if message.type == "error" else None)
    page.goto(url)
    yield visit
    context.close()
    own = urlsplit(url).netloc
    assert {urlsplit(one).netloc for one in visit.requests if not one.startswith(("data:", "blob:"))} == {own}
    assert visit.complaints == []


def serious(page: Page) -> list[str]:
    """What axe-core finds serious or critical on a page, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def _door(app: ASGIApp) -> ASGIApp:
    async def enter(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _identify(scope)
        await app(scope, receive, send)

    return enter


def _identify(scope: MutableMapping[str, Any]) -> None:
    headers = dict(scope["headers"])
    cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get("who")
    if cookie and cookie.value in _KNOWN:
        scope[SCOPE_KEY] = _KNOWN[cookie.value]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of an app on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)
