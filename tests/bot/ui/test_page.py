"""The page's place in the app: what must be off is off, who asks is who clicked, files of ours are local."""

import json
import re
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from bot.errors import UnauthorizedError
from bot.identity import LOCAL, Identity
from bot.service import Assistant
from bot.settings import Settings
from bot.ui.asker import who
from bot.ui.page import build_page, mount, mount_options
from bot.web.who import SCOPE_KEY
from index.search import SearchIndex
from tests.bot.corpus import BUDGET, evidence_of
from tests.bot.ui.served import AsIdentity, answer_of, assistant_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def assistant(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_of(index, tmp_path_factory.mktemp("trang"))


def test_what_must_be_off_is_off() -> None:
    options = mount_options(Settings())
    for name in ("show_error", "ssr_mode", "run_history", "enable_monitoring", "pwa", "mcp_server"):
        assert options[name] is False, name
    assert options["allowed_paths"] == []
    assert options["footer_links"] == []
    assert not options["theme"]._stylesheets  # fonts that Gradio would fetch from elsewhere


def test_our_own_files_ask_for_nothing_from_outside() -> None:
    options = mount_options(Settings())
    for text in (options["css"], options["js"]):
        assert "@import" not in text
        assert "eval(" not in text
        assert "innerHTML" not in text
        assert not re.search(r"(?<!xmlns=')https?://", text)
    assert {address[:5] for address in re.findall(r'url\("?([^)]*)', options["css"])} == {"data:"}


@pytest.mark.parametrize("compact", [False, True])
def test_the_page_sends_no_statistics_and_has_no_open_api(assistant: Assistant, compact: bool) -> None:
    page = build_page(assistant, compact=compact)
    assert isinstance(page, gr.Blocks)
    assert page.analytics_enabled is False
    assert page.api_open is False
    assert page.get_api_info()["named_endpoints"] == {}


def test_waiting_readers_do_not_use_up_the_threads_of_the_api(assistant: Assistant) -> None:
    page = build_page(assistant)
    asks = [fn for fn in page.fns.values() if getattr(fn.fn, "__name__", "") == "ask"]
    assert len(asks) == 2
    limits = [fn.concurrency_limit for fn in asks if isinstance(fn.concurrency_limit, int)]
    assert min(limits) >= 50
    assert page.limiter is not None
    assert page.limiter.total_tokens > max(limits)


@pytest.mark.parametrize(("root", "base"), [("", "http://testserver"), ("/tro-ly", "http://testserver/tro-ly")])
def test_both_pages_know_where_they_are(assistant: Assistant, root: str, base: str) -> None:
    app = AsIdentity(mount(FastAPI(), assistant, Settings(root_path=root)), LOCAL)
    client = TestClient(app, root_path=root)
    for path in ("", "/embed"):
        config = client.get(f"{root}{path}/config").json()
        assert config["root"] == f"{base}{path}"
        assert config["enable_queue"] is True
        assert "https://" not in json.dumps(config.get("stylesheets", []))


def test_files_of_the_machine_and_the_monitor_are_not_served(assistant: Assistant, tmp_path: Path) -> None:
    secret = tmp_path / "mat-khau.txt"
    secret.write_text("mật", encoding="utf-8")
    client = TestClient(AsIdentity(mount(FastAPI(), assistant, Settings()), LOCAL))
    for path in (f"/gradio_api/file={secret}", "/monitoring", "/docs", "/gradio_api/openapi.json", "/gradio_api/info"):
        answer = client.get(path)
        assert answer.status_code in (403, 404) or "mật" not in answer.text, path
    assert client.get(f"/gradio_api/file={secret}").status_code in (403, 404)


def test_who_asks_is_who_the_door_let_in() -> None:
    known = Identity("an", frozenset({"reader"}), "sso")
    request = Request({"type": "http", "headers": [], SCOPE_KEY: known})
    assert who(gr.Request(request)) == known
    for nobody in (gr.Request(Request({"type": "http", "headers": []})), gr.Request(None)):
        with pytest.raises(UnauthorizedError):
            who(nobody)


def test_each_event_is_done_as_the_user_who_sent_it(assistant: Assistant) -> None:
    """One page serves all: the identity comes with the event, not with the page."""
    app = mount(FastAPI(), assistant, Settings())
    number = next(
        number for number, fn in build_page(assistant).fns.items() if getattr(fn.fn, "__name__", "") == "show"
    )
    for name in ("an", "binh"):
        assistant.ledger.history.keep(name, answer_of([evidence_of(BUDGET)], f"Câu hỏi của {name}?"))
        with TestClient(AsIdentity(app, Identity(name, frozenset({"reader"}), "account"))) as client:
            sent = {"data": [""], "fn_index": number, "session_hash": f"phien-{name}", "trigger_id": None}
            assert client.post("/gradio_api/queue/join", json=sent).status_code == 200
            told = client.get(f"/gradio_api/queue/data?session_hash=phien-{name}").text
        assert re.findall(r"Câu hỏi của (\w+)\?</button>", told) == [name]
