"""The script for portals of another origin, in a real browser: who may show the assistant, and the keyboard."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET
from tests.bot.web.served import running, served

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
Open = Callable[..., Page]


@contextlib.contextmanager
def portal_page(pages: dict[str, str]) -> Iterator[str]:
    """The origin of a portal that has one page, whatever its address."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            # A portal may be strict: no inline script or style of its own or of ours.
            self.send_header("Content-Security-Policy", f"default-src 'self' {pages['assistant']}; style-src 'self'")
            self.end_headers()
            self.wfile.write(pages["body"].encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[True, False], ids=["listed", "not listed"])
def is_listed(request: pytest.FixtureRequest) -> bool:
    """Whether the portal is one that may frame the assistant."""
    return bool(request.param)


@pytest.fixture
def opened(
    browser: Browser, index: SearchIndex, tmp_path_factory: pytest.TempPathFactory, is_listed: bool
) -> Iterator[Open]:
    """Opens the portal's page with a script that has these attributes."""
    pages: dict[str, str] = {}
    page = browser.new_page()
    with portal_page(pages) as portal:
        settings: dict[str, Any] = {"llm": "none", "frame_ancestors": (portal,) if is_listed else ()}
        with served(index, tmp_path_factory.mktemp("khung"), **settings) as app, running(app.app) as port:
            pages["assistant"] = f"http://127.0.0.1:{port}"

            def opening(attributes: str) -> Page:
                script = f'<script src="http://127.0.0.1:{port}/embed.js" {attributes} defer></script>'
                pages["body"] = f"<!doctype html><html lang=vi><title>Cổng</title><h1>Cổng</h1>{script}"
                page.goto(portal)
                return page

            yield opening
            page.close()


def test_only_a_listed_portal_shows_it(opened: Open, is_listed: bool) -> None:
    page = opened('data-kieu="khung"')
    inside = page.frame_locator(".inline iframe")
    if is_listed:
        inside.get_by_label("Câu hỏi").first.fill(ASKS_BUDGET)
        inside.get_by_label("Câu hỏi").first.press("Enter")
        expect(inside.locator("#answer").filter(has_text=BUDGET).first).to_be_visible(timeout=40_000)
    else:
        page.wait_for_timeout(1500)
        assert page.frames[1].url.startswith("chrome-error:")


@pytest.mark.parametrize("is_listed", [True], indirect=True)
def test_the_button_opens_and_the_keyboard_closes(opened: Open) -> None:
    complaints: list[str] = []
    page = opened('data-kieu="nut" data-mau="gold"')
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opener = page.get_by_role("button", name="Hỏi trợ lý")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(opener).to_have_css("background-color", "rgb(255, 215, 0)")
    expect(opener).to_have_css("color", "rgb(0, 0, 0)")  # readable on a light colour
    assert page.locator("iframe").count() == 0, "nothing is loaded before it is wanted"
    opener.press("Enter")
    expect(page.locator(".panel iframe")).to_be_focused()
    inside = page.frame_locator(".panel iframe")
    expect(inside.get_by_label("Câu hỏi").first).to_be_visible(timeout=40_000)
    inside.locator("body").evaluate("window.parent.postMessage('khuyen-nghi:close', '*')")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    opener.press("Enter")
    page.evaluate("window.postMessage('khuyen-nghi:close', '*')")  # anybody else's word does not count
    page.wait_for_timeout(200)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Đóng").press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    assert complaints == []


@pytest.mark.parametrize("is_listed", [True], indirect=True)
def test_a_colour_that_is_none_is_not_used_and_a_small_screen_has_room(opened: Open) -> None:
    page = opened('data-mau="red; background: url(x)"')
    page.set_viewport_size({"width": 360, "height": 640})
    opener = page.get_by_role("button", name="Hỏi trợ lý")
    expect(opener).to_have_css("background-color", "rgb(10, 77, 140)")
    opener.click()
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] >= 0
