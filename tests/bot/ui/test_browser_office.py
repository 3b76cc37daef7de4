"""The whole application in a browser, for everybody who uses it: asked, read at its source, listed, fed, judged."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.ledger.records import Opinion
from tests.bot.corpus import ASKS_BUDGET, BUDGET
from tests.bot.ui.office import Office, Person, at_work, office
from tests.bot.ui.tabs_served import serious

# Gradio itself uses what its dependencies are about to drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
_NEW = "Cục trưởng khuyến nghị Vàm Láng phủ sóng 7 bến cảng trước năm 2027."
_ASKS_NEW = "Vàm Láng phủ sóng bao nhiêu bến cảng?"
# Notes how long the answer under way is, whenever it changes.
_WATCHING = """() => {
  window.grown = [];
  new MutationObserver(() => {
    const growing = document.querySelector('#answer [data-growing] .answer');
    if (growing) window.grown.push(growing.textContent.length);
  }).observe(document.getElementById('answer'), { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """With accounts, below a path."""
    with office(tmp_path_factory.mktemp("sở"), "accounts") as opened:
        yield opened


def asks_and_reads_the_source(person: Person, place: Office) -> None:
    """Streamed, cited, opened at the very sentence, closed, and opened once more."""
    place.will_write(f"{BUDGET} [1]")
    person.page.evaluate(_WATCHING)
    person.ask(ASKS_BUDGET)
    person.sees("#answer article.turn .sentence", BUDGET)
    person.sees("#evidence article", BUDGET)
    assert person.page.evaluate("window.grown"), "it came all at once"
    mark = person.page.locator("#answer button.mark").first
    for _ in range(2):
        mark.click()
        person.sees("#source h2", "Bộ làm việc với tỉnh Sông Lam")
        assert person.page.locator("#source mark").all_text_contents() == [BUDGET]
        expect(person.page.locator("#source mark")).to_be_in_viewport()
        person.page.keyboard.press("Escape")
        expect(person.page.locator("#source")).to_be_hidden()
        expect(mark).to_be_focused()


def filters_and_saves_the_register(person: Person, tmp_path: Path) -> None:
    """Every line of the file is of the province asked for."""
    person.opens("Sổ khuyến nghị")
    person.sees("#register-lines caption", "Khuyến nghị")
    box = person.page.get_by_label("Địa phương", exact=True).locator("visible=true")
    box.click()
    box.fill("Sông Lam")
    box.press("Enter")
    box.press("Escape")
    person.page.get_by_role("button", name="Lọc", exact=True).click()
    person.sees("#register-heading", "địa phương: Sông Lam")
    person.downloads("Tải CSV").save_as(tmp_path / "so.csv")
    with (tmp_path / "so.csv").open(encoding="utf-8-sig", newline="") as opened:
        quotes = [row["Nội dung (trích nguyên văn)"] for row in csv.DictReader(opened)]
    assert BUDGET in quotes
    assert not any("Đảo Ngọc" in quote for quote in quotes)
    person.opens("Hỏi đáp")


def judges(person: Person, place: Office, name: str) -> None:
    """What is thought of the answer stands in the ledger under the user's name."""
    person.page.get_by_role("button", name="Trích dẫn sai").click()
    person.sees("#feedback")
    assert serious(person.page) == []
    person.page.get_by_label("Lý do").fill(f"Góp ý của {name}")
    person.page.get_by_role("button", name="Gửi góp ý").click()
    person.sees("#thanks", "Ý kiến đã được ghi lại")
    wrong: Opinion = "wrong_citation"
    given = [(one.user, one.opinion, one.citation) for one, _ in place.app.ledger.feedback.all() if name in one.reason]
    assert given == [(name, wrong, 1)]


def feeds(person: Person, place: Office, tmp_path: Path, name: str) -> None:
    """A file is sent and indexed; then the next question is answered from it."""
    text = _NEW.replace("Vàm Láng", f"Vàm Láng {name}")
    (tmp_path / f"{name}.md").write_text(f"# Làm việc với Vàm Láng {name}\n\n{text}\n", encoding="utf-8")
    person.opens("Tài liệu")
    person.sees("#keeper-files caption", "tệp")
    with person.page.expect_file_chooser() as chooser:
        person.page.get_by_role("button", name="Chọn tệp để tải lên").click()
    chooser.value.set_files(tmp_path / f"{name}.md")
    person.sees("#keeper-run", f"{name}.md")
    person.sees("#keeper-run h2", "Lượt gần nhất")
    person.opens("Hỏi đáp")
    place.will_write(f"{text} [1]")
    person.ask(_ASKS_NEW.replace("Vàm Láng", f"Vàm Láng {name}"))
    person.sees("#answer article.turn .sentence", text)
    person.page.locator("#answer button.mark").first.click()
    person.sees("#source h2", f"Làm việc với Vàm Láng {name}")
    assert text in "".join(person.page.locator("#source mark").all_text_contents())
    person.page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("name", "role"), [("hoa", "hoa"), ("lan", "lan (giữ tài liệu)"), ("minh", "minh (giữ tài liệu)")]
)
def test_everyone_with_an_account_does_their_work(
    browser: Browser, placed: Office, tmp_path: Path, name: str, role: str
) -> None:
    is_keeper = name != "hoa"
    with at_work(browser, placed.url, name) as person:
        person.sees("#signed-in", f"Đăng nhập: {role}")
        asks_and_reads_the_source(person, placed)
        judges(person, placed, name)
        filters_and_saves_the_register(person, tmp_path)
        if is_keeper:
            feeds(person, placed, tmp_path, name)
        tabs = ["Hỏi đáp", "Sổ khuyến nghị", *(["Tài liệu"] if is_keeper else [])]
        expect(person.page.get_by_role("tab")).to_have_text(tabs)
        person.page.get_by_role("link", name="Đăng xuất").click()
        person.page.get_by_role("button", name="Đăng xuất").click()
        expect(person.page.get_by_label("Mật khẩu")).to_be_visible()


def test_whoever_sits_at_the_machine_does_it_all(
    browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with office(tmp_path_factory.mktemp("máy"), "none") as place, at_work(browser, place.url) as person:
        asks_and_reads_the_source(person, place)
        judges(person, place, "local")
        filters_and_saves_the_register(person, tmp_path)
        feeds(person, place, tmp_path, "local")
        expect(person.page.locator("#signed-in")).to_be_hidden()


def test_no_name_stands_twice_with_a_source_open_in_two_tabs(browser: Browser, placed: Office) -> None:
    with at_work(browser, placed.url, "lan") as person:
        page = person.page
        placed.will_write(f"{BUDGET} [1]")
        person.ask(ASKS_BUDGET)
        person.sees("#answer article.turn")
        page.locator("#answer button.mark").first.click()
        person.sees("#source mark", BUDGET)
        person.opens("Sổ khuyến nghị")
        page.locator("button.source-link").first.click()
        person.sees("#register-source mark")
        twice = "ids => ids.filter((id, at) => ids.indexOf(id) !== at)"
        ids = page.locator('[id]:not([id=""])').evaluate_all("all => all.map((one) => one.id)")
        assert page.evaluate(twice, ids) == []
        page.keyboard.press("Escape")
        expect(page.locator("#register-source mark")).to_be_hidden()
        person.opens("Hỏi đáp")
        expect(page.locator("#source mark")).to_be_visible()


def test_the_form_for_corrections_can_be_used_by_everyone(browser: Browser, placed: Office) -> None:
    with at_work(browser, placed.url, "lan") as person:
        person.opens("Sổ khuyến nghị")
        person.sees("#register-lines caption")
        person.page.get_by_role("button", name="Đính chính:").first.click()
        person.sees("#correcting h2", "Đính chính")
        assert serious(person.page) == []
        person.page.set_viewport_size({"width": 360, "height": 740})
        assert serious(person.page) == []
        assert person.page.evaluate("document.documentElement.scrollWidth") <= 360
