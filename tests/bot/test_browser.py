"""The page in a real browser: it answers, asks nobody else, and runs no script of a document's."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.engine import Engine
from bot.ui import build_page, launch_options
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, DOCUMENTS, OFF_TOPIC, engine_of, index_of
from tests.stand_ins import Reply, ScriptedChat, judging

# Gradio itself uses what its dependencies are about to drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

HOSTILE = """---
title: "<img src=x onerror=window.hacked=1> ${window.hacked=2} {{window.hacked=3}} `${window.hacked=4}`"
provinces: ["<script>window.hacked=5</script>"]
---
## <svg onload=window.hacked=6>

Bến thuyền Mũi Cát nhận 9 tàu <img src=x onerror=window.hacked=7> mỗi ngày ${window.hacked=8}.
"""
ASKS_HOSTILE = "Bến thuyền nhận bao nhiêu tàu mỗi ngày? <img src=x onerror=window.hacked=9>"


@dataclass
class Visit:
    """A page that is open, with everything that it asked for and complained about."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        self.page.get_by_label("Câu hỏi").fill(question)
        self.page.get_by_role("button", name="Hỏi", exact=True).click()

    def expect_to_see(self, selector: str, text: str) -> None:
        expect(self.page.locator(selector).filter(has_text=text).first).to_be_visible(timeout=20_000)


@contextmanager
def served(engine: Engine) -> Iterator[str]:
    """The address of the page of an engine, served in this process."""
    page = build_page(engine)
    # Port 0 would be taken as "not given"; None has Gradio look for a free one.
    options = {**launch_options("127.0.0.1", 0), "server_port": None}
    _, url, _ = page.launch(prevent_thread_lock=True, inbrowser=False, **options)
    try:
        yield url
    finally:
        page.close(verbose=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The invented documents and a hostile one."""
    return index_of(tmp_path_factory.mktemp("trang"), {**DOCUMENTS, "xấu.md": HOSTILE})


@pytest.fixture(scope="module")
def address(index: SearchIndex) -> Iterator[str]:
    """The page of an engine that finds evidence enough."""
    with served(engine_of(index, ScriptedChat(script=judging(0.9) * 50))) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A fresh visit; nothing may have been asked of anybody else, and nothing gone wrong, when it ends."""
    page = browser.new_page()
    opened = Visit(page, address)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("console", lambda message: opened.complaints.append(message.text) if message.type == "error" else None)
    page.goto(address)
    yield opened
    page.close()
    own = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in opened.requests if not url.startswith(("data:", "blob:"))} == {own}
    assert opened.complaints == []


def test_a_question_is_answered_with_passages_and_a_citation(visit: Visit) -> None:
    visit.ask(ASKS_BUDGET)
    visit.expect_to_see("#evidence article", BUDGET)
    visit.expect_to_see("#answer .answer", BUDGET)
    visit.expect_to_see("#answer a.mark", "[1]")
    visit.expect_to_see("#answer blockquote", BUDGET)
    visit.page.locator("#answer a.mark").first.click()
    assert visit.page.url.endswith("#nguon-1")


def test_what_was_understood_is_shown_and_can_be_searched_as_typed(visit: Visit) -> None:
    visit.ask("tinh Song Lam danh bao nhieu")
    visit.expect_to_see("#answer .understood", "Đã hiểu câu hỏi là: tỉnh Sông Lam dành bao nhiêu")
    visit.page.get_by_label("Tìm đúng như đã gõ").check()
    visit.ask("tinh Song Lam danh bao nhieu")
    visit.expect_to_see("#answer .understood", "Câu hỏi: tinh Song Lam danh bao nhieu")


def test_not_found_is_told(visit: Visit) -> None:
    visit.ask(OFF_TOPIC)
    visit.expect_to_see("#answer .not-found", "Đã tìm trong 4 tài liệu")


def test_an_empty_question_gets_a_message(visit: Visit) -> None:
    visit.ask("   ")
    visit.expect_to_see("#answer .message.error", "Câu hỏi đang để trống")


def test_an_example_fills_the_question(visit: Visit) -> None:
    visit.page.get_by_text("Tỉnh Hậu Giang đã đề xuất gì").first.click()
    expect(visit.page.get_by_label("Câu hỏi")).to_have_value("Tỉnh Hậu Giang đã đề xuất gì với Bộ TT&TT?")


def test_no_script_of_a_document_or_question_is_run(visit: Visit, tmp_path: Path) -> None:
    visit.ask(ASKS_HOSTILE)
    visit.expect_to_see("#answer .answer", "nhận 9 tàu <img src=x onerror=window.hacked=7> mỗi ngày ${window.hacked=8}")
    visit.expect_to_see("#answer .understood", "<img src=x onerror=window.hacked=9>")
    visit.expect_to_see("#evidence .card", "{{window.hacked=3}}")
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("#answer img, #evidence img, #answer svg, #evidence svg").count() == 0


def test_stopping_stops_the_model(browser: Browser, index: SearchIndex) -> None:
    chat = ScriptedChat(script=[*judging(0.9), Reply(f"{BUDGET} [1] " * 60)], pace_s=0.02)
    with served(engine_of(index, chat, answer_style="write")) as url:
        page = browser.new_page()
        page.goto(url)
        visit = Visit(page, url)
        visit.ask(ASKS_BUDGET)
        visit.expect_to_see("#answer .message", "[1]")
        page.get_by_role("button", name="Dừng").click()
        deadline = time.monotonic() + 10
        while not chat.streams_closed_early and time.monotonic() < deadline:
            page.wait_for_timeout(50)
        visit.expect_to_see("#answer .message", "Đã dừng.")
        page.close()
    assert chat.streams_closed_early == 1
