"""The assistant below a path of a portal, behind a real nginx that ends TLS and signs people on."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET
from tests.bot.web.portal import portal
from tests.bot.web.served import Served, running, served
from tests.stand_ins import Reply, ScriptedChat, judging

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SETTINGS: dict[str, Any] = {
    "auth": "sso",
    "sso_proxies": ("127.0.0.1",),
    "sso_secret": "doi-chuoi-nay",
    "root_path": "/tro-ly",
    "keeper_groups": ("van-thu",),
    "admin_groups": ("quan-tri",),
    "answer_style": "write",
}
AN, BINH = {"cookie": "phien=an"}, {"cookie": "phien=binh"}


@dataclass
class Placed:
    """The portal, the assistant behind it, and the port past nginx."""

    url: str
    app: Served
    port: int


@pytest.fixture(scope="module")
def placed(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Placed]:
    """A portal with an assistant that writes slowly."""
    folder = tmp_path_factory.mktemp("cổng")
    chat = ScriptedChat(script=[*judging(0.9), Reply(f"{BUDGET} [1]")] * 20, pace_s=0.05)
    with (
        served(index, folder, chat, **SETTINGS) as app,
        running(app.app) as port,
        portal(folder, port) as url,
    ):
        yield Placed(url, app, port)


@pytest.fixture
def web(placed: Placed) -> Iterator[httpx.Client]:
    """A program that asks through nginx."""
    with httpx.Client(base_url=placed.url, verify=False, trust_env=False, timeout=60) as client:
        yield client


def test_whoever_has_not_signed_on_at_the_portal_sees_nothing(web: httpx.Client) -> None:
    forged = {"x-remote-user": "giam.doc", "x-remote-groups": "quan-tri", "x-proxy-secret": "doi-chuoi-nay"}
    for headers in ({}, forged, {**forged, "x-forwarded-for": "127.0.0.1"}):
        for path in ("/tro-ly/", "/tro-ly/config", "/tro-ly/embed/", "/tro-ly/embed.js", "/tro-ly/api/v1/documents"):
            assert web.get(path, headers=headers).status_code == 401, (path, headers)


def test_a_header_of_ones_own_changes_nobody_into_another(web: httpx.Client) -> None:
    forged = {"x-remote-user": "giam.doc", "x-remote-groups": "van-thu", "x_remote_groups": "van-thu"}
    assert web.post("/tro-ly/gradio_api/upload", headers={**AN, **forged}).status_code == 403
    assert web.post("/tro-ly/gradio_api/upload", headers=BINH).status_code not in (401, 403)


def test_past_nginx_nobody_comes_in_without_its_secret(placed: Placed) -> None:
    headers = {"x-remote-user": "giam.doc", "x-remote-groups": "quan-tri"}
    for more in ({}, {"x-proxy-secret": "doan"}):
        reply = httpx.get(f"http://127.0.0.1:{placed.port}/", headers={**headers, **more}, trust_env=False)
        assert reply.status_code == 401
    page = httpx.get(f"http://127.0.0.1:{placed.port}/", headers={**headers, "accept": "text/html"}, trust_env=False)
    assert "cổng nội bộ" in page.text


def test_the_page_knows_where_it_is(web: httpx.Client) -> None:
    config = web.get("/tro-ly/config", headers=AN).json()
    assert config["root"] == str(web.base_url.join("/tro-ly"))
    assert web.get("/tro-ly/embed", headers=AN).headers["location"] == "/tro-ly/embed/"
    reply = web.get("/tro-ly/", headers=AN)
    assert (reply.status_code, "server" in reply.headers) == (200, True)
    assert "uvicorn" not in reply.headers["server"]


def test_programs_ask_with_a_token_and_the_answer_comes_piece_by_piece(placed: Placed, web: httpx.Client) -> None:
    body, token = {"question": ASKS_BUDGET}, placed.app.token("ask")
    arrived: list[float] = []
    with web.stream("POST", "/tro-ly/api/v1/ask/stream", json=body, headers=token) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        arrived.extend(time.monotonic() for _ in stream.iter_raw())
    assert len(arrived) >= 3
    assert arrived[-1] - arrived[0] > 0.3, "held back until it was over"
    answer = web.post("/tro-ly/api/v1/ask", json=body, headers=token)  # from what is remembered: at once
    assert (answer.status_code, BUDGET in answer.text) == (200, True)
    assert web.get("/tro-ly/api/v1/openapi.json", headers=token).status_code == 200
    assert web.post("/tro-ly/api/v1/ask", json=body).status_code == 401


@pytest.fixture
def person(browser: Browser, placed: Placed) -> Iterator[BrowserContext]:
    """A browser in which somebody has signed on at the portal; nothing may be asked of others or go wrong."""
    context = browser.new_context(ignore_https_errors=True)
    context.add_cookies([{"name": "phien", "value": "an", "url": placed.url}])
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on(
        "console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [url for url in asked if not url.startswith((placed.url, "data:", "blob:"))] == []
    assert complaints == []


def ask_in(page: Page, frame: str) -> None:
    inside = page.frame_locator(frame)
    inside.get_by_label("Câu hỏi").first.fill(ASKS_BUDGET)
    inside.get_by_label("Câu hỏi").first.press("Enter")
    expect(inside.locator("#answer").filter(has_text=BUDGET).first).to_be_visible(timeout=40_000)


@pytest.mark.browser
def test_the_page_answers_below_the_portals_path(person: BrowserContext, placed: Placed) -> None:
    page = person.new_page()
    page.goto(f"{placed.url}/tro-ly/")
    page.get_by_label("Câu hỏi").first.fill(ASKS_BUDGET)
    page.get_by_label("Câu hỏi").first.press("Enter")
    expect(page.locator("#answer").filter(has_text=BUDGET).first).to_be_visible(timeout=40_000)


@pytest.mark.browser
def test_the_portals_page_shows_it_in_a_panel_and_behind_a_button(person: BrowserContext, placed: Placed) -> None:
    page = person.new_page()
    page.goto(f"{placed.url}/")
    ask_in(page, ".inline iframe")
    opener = page.get_by_role("button", name="Hỏi trợ lý")
    opener.press("Enter")
    panel = page.get_by_role("dialog", name="Hỏi đáp khuyến nghị của Bộ TT&TT")
    expect(panel).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".panel iframe")).to_be_focused()
    ask_in(page, ".panel iframe")
    panel.get_by_role("button", name="Đóng").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    added = "Object.keys(window).filter((name) => /khuyen|embed|kn/i.test(name))"
    assert page.evaluate(added) == []


@pytest.mark.browser
def test_a_citation_opens_at_its_sentence_and_is_judged_inside_the_portals_frame(
    person: BrowserContext, placed: Placed
) -> None:
    page = person.new_page()
    page.goto(f"{placed.url}/")
    page.get_by_role("button", name="Hỏi trợ lý").click()
    ask_in(page, ".panel iframe")
    inside = page.frame_locator(".panel iframe")
    inside.locator("#answer article.turn button.mark").first.click(timeout=40_000)
    expect(inside.locator("#source h2")).to_have_text("Bộ làm việc với tỉnh Sông Lam")
    expect(inside.locator("#source mark")).to_have_text(BUDGET)
    expect(inside.locator("#source mark")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(inside.locator("#source")).to_be_hidden()
    inside.get_by_role("button", name="Hữu ích").click()
    expect(inside.locator("#thanks")).to_contain_text("Cảm ơn", timeout=20_000)
    assert ("nguyen.van.an", "up") in [(one.user, one.opinion) for one, _ in placed.app.ledger.feedback.all()]
    # With nothing left to close in it, the panel itself is closed from inside.
    inside.get_by_label("Câu hỏi").first.press("Escape")
    expect(page.get_by_role("dialog", name="Hỏi đáp khuyến nghị của Bộ TT&TT")).to_be_hidden()
    expect(page.get_by_role("button", name="Hỏi trợ lý")).to_be_focused()
