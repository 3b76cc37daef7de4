"""Signing in in a real browser, on the page and in a portal's frame of the same site."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from index.search import SearchIndex
from tests.bot.web.served import PASSWORD, Served, running, served

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture(scope="module")
def office(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A small office with accounts, and its address."""
    with (
        served(index, tmp_path_factory.mktemp("phòng"), auth="accounts", root_path="/hoi", llm="none") as app,
        running(app.app) as port,
    ):
        app.ledger.accounts.add("an", PASSWORD, frozenset({"reader"}))
        yield app, f"http://127.0.0.1:{port}/hoi"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow page; nothing that it shows may be against its own policy."""
    page = browser.new_page(viewport={"width": 360, "height": 640})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    page.close()
    assert [said for said in complaints if "Content Security Policy" in said] == []


def sign_in(place: Page | FrameLocator, password: str) -> None:
    place.get_by_label("Tên đăng nhập").fill("an")
    place.get_by_label("Mật khẩu").fill(password)
    place.get_by_role("button", name="Đăng nhập").click()


def test_somebody_signs_in_and_out_again(office: tuple[Served, str], page: Page) -> None:
    page.goto(f"{office[1]}/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    sign_in(page, "không phải mật khẩu này")
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("an")
    sign_in(page, PASSWORD)
    expect(page.get_by_label("Câu hỏi").first).to_be_visible(timeout=40_000)
    page.goto(f"{office[1]}/sign-out")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu")).to_be_visible()
    page.goto(f"{office[1]}/")
    expect(page.get_by_label("Mật khẩu")).to_be_visible()


def test_somebody_signs_in_inside_a_frame_of_the_same_origin(office: tuple[Served, str], page: Page) -> None:
    url = f"{office[1].removesuffix('/hoi')}/cong"
    frame = f'<title>Cổng</title><iframe src="{office[1]}/embed/" width=340 height=600></iframe>'
    page.route(url, lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(url)
    inside = page.frame_locator("iframe")
    sign_in(inside, PASSWORD)
    expect(inside.get_by_label("Câu hỏi").first).to_be_visible(timeout=40_000)
