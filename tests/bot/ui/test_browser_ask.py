"""Asking in a real browser: answer, sources, filters, feedback, history, export; nobody else is asked for anything."""

import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import Browser, expect

from bot.identity import LOCAL
from bot.service import Assistant
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, index_of
from tests.bot.ui.served import Visit, assistant_of, served, visiting
from tests.stand_ins import Reply, ScriptedChat, judging

# Gradio itself uses what its dependencies are about to drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
ASKS_PORT = "Đảo Ngọc phủ sóng 5G ở đâu?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over the invented documents; it finds evidence enough."""
    folder = tmp_path_factory.mktemp("hỏi")
    return assistant_of(index_of(folder), folder / "home", ScriptedChat(script=judging(0.9) * 80))


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    """The page."""
    with served(assistant) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str, assistant: Assistant) -> Iterator[Visit]:
    """A visit of a user without a history."""
    assistant.ledger.history.delete_all(LOCAL.name)
    with visiting(browser, address) as opened:
        yield opened


def test_a_question_is_answered_with_passages_a_badge_and_a_citation(visit: Visit) -> None:
    visit.ask(ASKS_BUDGET)
    visit.expect_to_see("#evidence article", BUDGET)
    visit.expect_to_see("#answer .answer .sentence", BUDGET)
    visit.expect_to_see("#answer .badge.verbatim", "nguyên văn")
    visit.expect_to_see("#answer .understood", ASKS_BUDGET)
    expect(visit.page.get_by_label("Câu hỏi", exact=True)).to_have_value("")
    assert visit.page.evaluate("document.documentElement.lang") == "vi"


def test_a_citation_opens_its_document_at_the_very_sentence_and_closes_again(visit: Visit) -> None:
    visit.answered(ASKS_BUDGET)
    mark = visit.page.locator("#answer button.mark").first
    mark.focus()
    visit.page.keyboard.press("Enter")
    visit.expect_to_see("#source h2", "Bộ làm việc với tỉnh Sông Lam")
    assert visit.page.locator("#source mark").all_text_contents() == [BUDGET]
    expect(visit.page.locator("#source mark")).to_be_in_viewport()
    expect(visit.page.locator("#source h2")).to_be_focused()
    facts = visit.page.locator("#source .facts").inner_text()
    assert "12/5/2020" in facts
    assert "Sông Lam" in facts
    assert "song-lam.md" in facts
    whole = visit.page.locator("#source .source-text").text_content() or ""
    assert "- hỗ trợ 12 xã miền núi dựng trạm phát sóng;" in whole
    expect(visit.page.locator("#evidence")).to_be_hidden()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#evidence")).to_be_visible()
    expect(mark).to_be_focused()


def test_a_card_opens_its_own_place(visit: Visit) -> None:
    visit.answered(ASKS_BUDGET)
    card = visit.page.locator("#evidence article").last
    text = card.locator("p").first.text_content() or ""
    card.locator("button.link").click()
    visit.expect_to_see("#source mark")
    assert text.split("\n")[0][:30] in (visit.page.locator("#source mark").first.text_content() or "")
    visit.page.get_by_role("button", name="← Quay lại kết quả").click()
    expect(visit.page.locator("#source")).to_be_hidden()


def test_the_question_can_be_searched_as_typed(visit: Visit) -> None:
    visit.ask("tinh Song Lam danh bao nhieu")
    visit.expect_to_see("#answer .understood", "Đã hiểu câu hỏi là: tỉnh Sông Lam dành bao nhiêu")
    visit.page.get_by_role("button", name="Giới hạn phạm vi tìm kiếm").click()
    visit.page.get_by_label("Tìm đúng như đã gõ").check()
    visit.ask("tinh Song Lam danh bao nhieu")
    visit.expect_to_see("#answer .understood", "Câu hỏi: tinh Song Lam danh bao nhieu")


def test_not_found_and_mistakes_are_told(visit: Visit) -> None:
    visit.ask(OFF_TOPIC)
    visit.expect_to_see("#answer .not-found", "Đã tìm trong 3 tài liệu")
    visit.ask("   ")
    visit.expect_to_see("#answer .message.error", "Câu hỏi đang để trống")
    visit.ask("a" * 1200)
    visit.expect_to_see("#answer .message.error", "giới hạn")
    expect(visit.page.get_by_label("Câu hỏi", exact=True)).to_have_value("a" * 1200)


def test_shift_enter_makes_a_new_line_and_asks_nothing(visit: Visit) -> None:
    box = visit.page.get_by_label("Câu hỏi", exact=True)
    box.fill("Một")
    box.press("Shift+Enter")
    box.type("hai")
    expect(box).to_have_value("Một\nhai")
    expect(visit.page.locator("#answer article")).to_have_count(0)


def test_an_example_of_this_collection_is_asked_by_a_click(visit: Visit) -> None:
    example = visit.page.locator("#examples button").first
    question = example.text_content() or ""
    assert "Sông Lam" in question or "Đảo Ngọc" in question
    example.click()
    visit.expect_to_see("#answer article.turn .understood", question)


def test_the_filter_is_told_checked_and_cleared(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Giới hạn phạm vi tìm kiếm").click()
    page.get_by_label("Địa phương").click()
    page.get_by_role("option", name="Đảo Ngọc").click()
    page.keyboard.press("Escape")
    page.get_by_label("Từ (năm").fill("2021")
    visit.expect_to_see("#narrowed", "Chỉ tìm trong: địa phương Đảo Ngọc; từ 2021")
    page.get_by_label("Đến hết").fill("hôm qua")
    visit.expect_to_see("#narrowed .error", "Ngày «hôm qua» không hợp lệ")
    page.get_by_label("Đến hết").fill("3/2021")
    visit.expect_to_see("#narrowed", "đến hết 3/2021")
    visit.answered(ASKS_PORT)
    visit.expect_to_see("#narrowed", "Đảo Ngọc")
    page.get_by_role("button", name="✕ Bỏ giới hạn").click()
    expect(page.locator("#narrowed")).to_be_hidden()
    expect(page.get_by_label("Đến hết")).to_have_value("")


def test_thumbs_and_a_wrong_citation_with_its_reason_are_kept(visit: Visit, assistant: Assistant) -> None:
    def given() -> list[tuple[str, int, str]]:
        everything = [one for one, turn in assistant.ledger.feedback.all() if turn.question == ASKS_BUDGET]
        return [(one.opinion, one.citation, one.reason) for one in everything]

    before = len(given())
    visit.answered(ASKS_BUDGET)
    page = visit.page
    page.get_by_role("button", name="Hữu ích").click()
    visit.expect_to_see("#thanks", "Cảm ơn anh/chị đã góp ý")
    page.get_by_role("button", name="Trích dẫn sai").click()
    visit.expect_to_see("#thanks", "Xin chọn trích dẫn sai")
    page.get_by_label("Lý do").fill("Đoạn này nói về <b>việc khác</b>")
    page.get_by_role("button", name="Gửi góp ý").click()
    visit.expect_to_see("#thanks", "Ý kiến đã được ghi lại")
    expect(page.locator("#feedback")).to_be_hidden()
    assert ("wrong_citation", 1, "Đoạn này nói về <b>việc khác</b>") in given()[before:]


def test_a_conversation_is_opened_again_gone_on_with_and_deleted(
    visit: Visit, browser: Browser, assistant: Assistant
) -> None:
    visit.answered(ASKS_BUDGET)
    visit.answered(ASKS_PORT)
    visit.expect_to_see("#earlier details", ASKS_BUDGET)
    with visiting(browser, visit.url) as later:
        page = later.page
        page.get_by_role("button", name="Lịch sử hỏi đáp").click()
        later.expect_to_see("#conversations li", "2 câu hỏi")
        page.get_by_label("Tìm trong lịch sử").fill("cang bien xa la")
        page.get_by_label("Tìm trong lịch sử").press("Enter")
        later.expect_to_see("#conversations", "Không có câu chuyện nào chứa các từ này")
        page.get_by_label("Tìm trong lịch sử").fill("dao ngoc")
        page.get_by_label("Tìm trong lịch sử").press("Enter")
        page.locator("#conversations button.link").click()
        later.expect_to_see("#answer .understood", ASKS_PORT)
        later.expect_to_see("#earlier summary", ASKS_BUDGET)
        later.answered("Lớp tập huấn nhận bao nhiêu thanh niên?")
        (conversation,) = assistant.conversations(LOCAL)
        assert conversation.turns == 3
        page.get_by_role("button", name="Lịch sử hỏi đáp").click()
        page.locator("#conversations summary").first.click()
        page.get_by_role("button", name="Xóa hẳn câu chuyện").click()
        later.expect_to_see("#conversations", "Không có câu chuyện nào")
        assert assistant.conversations(LOCAL) == []
        later.answered(ASKS_BUDGET)  # the conversation that was deleted can still be gone on with


def test_the_conversation_is_exported(visit: Visit) -> None:
    visit.answered(ASKS_BUDGET)
    visit.answered(ASKS_PORT)
    with visit.page.expect_download() as caught:
        visit.page.get_by_role("button", name="Tải câu chuyện (DOCX)").click()
    download = caught.value
    assert download.suggested_filename.endswith(".docx")
    paper = Document(io.BytesIO(Path(download.path()).read_bytes()))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert f"1. {ASKS_BUDGET}" in said
    assert f"2. {ASKS_PORT}" in said
    assert f"“{BUDGET}”" in said
    assert "song-lam.md" in said
    with visit.page.expect_download() as caught:
        visit.page.get_by_role("button", name="Tải câu chuyện (Markdown)").click()
    assert f"> {BUDGET}" in Path(caught.value.path()).read_text(encoding="utf-8")


def test_the_answer_is_copied_with_its_citations_even_without_https(visit: Visit) -> None:
    page = visit.page
    visit.answered(ASKS_BUDGET)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("#answer button.copy").click()
    expect(page.locator("#answer button.copy")).to_have_text("✓ Đã sao chép")
    box = page.get_by_label("Câu hỏi", exact=True)
    box.focus()
    page.keyboard.press("Control+v")
    pasted = box.input_value()
    assert BUDGET in pasted
    assert "[1] Bộ làm việc với tỉnh Sông Lam" in pasted


def test_stopping_when_nothing_is_under_way_leaves_the_answer(visit: Visit) -> None:
    visit.answered(ASKS_BUDGET)
    visit.page.get_by_role("button", name="Dừng").click()
    visit.page.wait_for_timeout(1500)
    visit.expect_to_see("#answer .sentence", BUDGET)


def test_a_new_conversation_forgets_the_last(visit: Visit) -> None:
    visit.answered(ASKS_BUDGET)
    visit.page.get_by_role("button", name="Câu chuyện mới").click()
    visit.expect_to_see("#answer", "không gắn với các câu trước")
    visit.answered(ASKS_PORT)
    expect(visit.page.locator("#earlier")).to_be_hidden()


@pytest.mark.parametrize("leaves", [False, True], ids=["stop", "closed tab"])
def test_stopping_or_leaving_stops_the_model(
    browser: Browser, assistant: Assistant, tmp_path: Path, leaves: bool
) -> None:
    chat = ScriptedChat(script=[*judging(0.9), Reply(f"{BUDGET} [1] " * 200)], pace_s=0.02)
    slow = assistant_of(assistant.index, tmp_path, chat, answer_style="write")
    with served(slow) as url, visiting(browser, url) as visit:
        visit.ask(ASKS_BUDGET)
        visit.expect_to_see("#answer .growing", "[1]")
        if leaves:
            visit.page.close()
        else:
            visit.page.get_by_role("button", name="Dừng").click()
            visit.expect_to_see("#answer", "Đã dừng theo yêu cầu")
        deadline = time.monotonic() + 10
        while not chat.streams_closed_early and time.monotonic() < deadline:
            time.sleep(0.05)
    assert chat.streams_closed_early == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["/", "/embed/"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, scheme: str, place: str) -> None:
    with visiting(browser, address + place, color_scheme=scheme, viewport={"width": 360, "height": 740}) as visit:
        visit.page.get_by_role("button", name="Giới hạn phạm vi tìm kiếm").click()
        visit.answered(ASKS_BUDGET)
        visit.page.get_by_role("button", name="Trích dẫn sai").click()
        visit.expect_to_see("#feedback")
        found = Axe().run(visit.page).response["violations"]
        visit.page.locator("#answer button.mark").first.click()
        visit.expect_to_see("#source mark")
        found += Axe().run(visit.page).response["violations"]
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
    told = [
        (one["id"], node["html"]) for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]
    ]
    assert told == []
    assert wide <= 360


def test_the_small_page_asks_and_opens_sources_too(browser: Browser, address: str) -> None:
    with visiting(browser, f"{address}/embed/", viewport={"width": 380, "height": 640}) as visit:
        visit.answered(ASKS_BUDGET)
        visit.page.locator("#answer button.mark").first.click()
        expect(visit.page.locator("#source mark")).to_be_in_viewport()
        assert visit.page.locator("#history").count() == 0
        assert visit.page.locator("#tabs").count() == 0
