"""A whole office in a browser: the real application with accounts, its people, and what they may not see go wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Download, Page, expect

from tests.bot.corpus import index_of
from tests.bot.web.served import PASSWORD, Served, running, served
from tests.stand_ins import Reply, ScriptedChat, judging

ROLES: dict[str, frozenset[str]] = {
    "hoa": frozenset({"reader"}),
    "lan": frozenset({"reader", "keeper"}),
    "minh": frozenset({"reader", "keeper", "admin"}),
}
_WAIT_MS = 40_000


@dataclass(frozen=True)
class Office:
    """The application, its address, and its model, which writes what it was told to write next."""

    app: Served
    url: str
    chat: ScriptedChat

    def will_write(self, text: str) -> None:
        """The next question finds evidence enough, and this is the answer."""
        self.chat.script[len(self.chat.calls) :] = [*judging(0.9), Reply(text)]


@contextmanager
def office(folder: Path, auth: str) -> Iterator[Office]:
    """Over an index of its own; accounts of the three kinds where there are accounts."""
    chat, root = ScriptedChat(script=[], pace_s=0.2), "/hoi" if auth == "accounts" else ""
    index = index_of(folder)
    settings = {"auth": auth, "root_path": root, "answer_style": "write", "cached_answers": 0}
    with served(index, folder, chat, **settings) as app, running(app.app) as port:
        if auth == "accounts":
            for name, roles in ROLES.items():
                app.ledger.accounts.add(name, PASSWORD, roles)  # type: ignore[arg-type]  # names of roles
        yield Office(app, f"http://127.0.0.1:{port}{root}", chat)
    index.close()


@dataclass
class Person:
    """Somebody at the page, with everything that the page asked for and complained about."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        box = self.page.get_by_label("Câu hỏi", exact=True)
        box.fill(question)
        box.press("Enter")

    def sees(self, selector: str, text: str = "") -> None:
        """Wait for it."""
        expect(self.page.locator(selector).filter(has_text=text).first).to_be_visible(timeout=_WAIT_MS)

    def opens(self, tab: str) -> None:
        """Look at a tab."""
        self.page.get_by_role("tab", name=tab).click()

    def downloads(self, button: str) -> Download:
        """What a button saves."""
        with self.page.expect_download(timeout=_WAIT_MS) as caught:
            self.page.get_by_role("button", name=button).click()
        return caught.value


@contextmanager
def at_work(browser: Browser, url: str, name: str = "") -> Iterator[Person]:
    """A visit, signed in under that name; nothing may be asked of anybody else, and nothing go wrong."""
    context = browser.new_context(locale="vi-VN")
    person = Person(context.new_page())
    page = person.page
    page.on("request", lambda request: person.asked.append(request.url))
    page.on("pageerror", lambda error: person.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: person.complaints.append(f"{said.text} {said.location}") if said.type == "error" else None,
    )
    page.goto(f"{url}/")
    if name:
        page.get_by_label("Tên đăng nhập").fill(name)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Câu hỏi", exact=True)).to_be_visible(timeout=_WAIT_MS)
    yield person
    context.close()
    own = urlsplit(url).netloc
    assert {urlsplit(one).netloc for one in person.asked if not one.startswith(("data:", "blob:"))} == {own}
    # An icon at the top of the site is asked for by the browser itself; below a path, that is not ours.
    complaints = [said for said in person.complaints if "/favicon.ico" not in said]
    assert complaints == [], complaints
