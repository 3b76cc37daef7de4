"""Texts of documents and readers stay texts in the browser: fifty that would run, wherever one can stand."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.evidence import Evidence
from bot.identity import LOCAL
from index.records import Document
from index.search import SearchIndex
from tests.bot.corpus import evidence_of, index_of
from tests.bot.ui.hostile import HOSTILE
from tests.bot.ui.served import answer_of, assistant_of, served, visiting
from tests.stand_ins import ScriptedChat, judging

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
_ASKS = "Bến thuyền Mũi Cát nhận bao nhiêu tàu mỗi ngày?"
_FEW = (0, 12, 18, 22, 45)


def _file(number: int, text: str) -> tuple[str, str]:
    """A document with the text in its name, title, province, heading and words."""
    shown, one_line = json.dumps(text), " ".join(text.split())
    head = f'---\ntitle: {shown}\nprovinces: [{shown}]\ndate: "2020-05-12"\n---\n'
    name = re.sub(r"[/\n]", "_", text)[:80]
    body = f"## Mục {one_line}\n\nBến thuyền Mũi Cát số {number} nhận {number + 9} tàu {one_line} mỗi ngày."
    return f"{number:02d} {name}.md", f"{head}{body}\n"


def _evidence(document: Document) -> Evidence:
    start = document.text.index("Bến thuyền")
    piece = evidence_of(document.text[start:].rstrip(), document=document.id)
    return Evidence(
        **{
            **{name: getattr(piece, name) for name in Evidence.__slots__},
            "title": document.title,
            "source": document.source_name,
            "provinces": document.provinces,
            "heading": document.title,
            "start": start,
            "end": start + len(piece.text),
        }
    )


@pytest.fixture(scope="module")
def hostile_index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """Fifty hostile documents."""
    files = dict(_file(number, text) for number, text in enumerate(HOSTILE))
    return index_of(tmp_path_factory.mktemp("xấu"), files)


def test_there_are_fifty_of_them_and_their_documents_keep_them(hostile_index: SearchIndex) -> None:
    assert len(set(HOSTILE)) == 50
    documents = hostile_index.documents()
    assert len(documents) == 50
    assert all("window.hacked=1" in document.text for document in documents)


def test_none_is_run_as_title_file_name_passage_or_question(
    browser: Browser, hostile_index: SearchIndex, tmp_path: Path
) -> None:
    assistant = assistant_of(hostile_index, tmp_path)
    evidence = [_evidence(document) for document in hostile_index.documents()]
    kept = assistant.ledger.history.keep(LOCAL.name, answer_of(evidence, _ASKS))
    for text in HOSTILE:
        assistant.ledger.history.keep(LOCAL.name, answer_of(evidence[:1], text), kept.conversation)
    assistant.ledger.history.keep(LOCAL.name, answer_of(evidence, "Cuối cùng?"), kept.conversation)
    for text in HOSTILE:
        assistant.ledger.history.keep(LOCAL.name, answer_of(evidence[:1], text))
    with served(assistant) as url, visiting(browser, url) as visit:
        page = visit.page
        page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        page.get_by_role("button", name="Lịch sử hỏi đáp").click()
        visit.expect_to_see("#conversations li", HOSTILE[0])
        expect(page.locator("#conversations li")).to_have_count(51)
        page.locator("#conversations button.link").filter(has_text=_ASKS).click()
        expect(page.locator("#answer ol.sources li")).to_have_count(50)
        expect(page.locator("#earlier details")).to_have_count(51)
        for number in range(50):
            page.locator("#answer ol.sources li").nth(number).locator("button.link").click()
            expect(page.locator("#source mark")).to_have_text(evidence[number].text)
        page.get_by_role("button", name="Trích dẫn sai").click()
        page.get_by_label("Trích dẫn nào sai?").click()
        expect(page.get_by_role("option")).to_have_count(50)
        assert page.evaluate("window.hacked") is None
        assert page.locator("#answer img, #source img, #evidence img, #earlier svg, #answer script").count() == 0


def test_none_is_run_as_question_filter_or_feedback(
    browser: Browser, hostile_index: SearchIndex, tmp_path: Path
) -> None:
    assistant = assistant_of(hostile_index, tmp_path, ScriptedChat(script=judging(0.9) * 20))
    with served(assistant) as url, visiting(browser, url) as visit:
        page = visit.page
        page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
        visit.expect_to_see("#examples button")
        page.get_by_role("button", name="Giới hạn phạm vi tìm kiếm").click()
        for number in _FEW:
            question = f"{_ASKS} {HOSTILE[number]}"
            page.get_by_label("Đến hết").fill(HOSTILE[number])
            visit.expect_to_see("#narrowed .error", HOSTILE[number])
            page.get_by_label("Đến hết").fill("")
            expect(page.locator("#narrowed")).to_be_hidden()
            visit.ask(question)
            expect(page.locator("#answer article.turn .understood")).to_contain_text(HOSTILE[number])
        page.get_by_role("button", name="Chưa đạt").click()
        page.get_by_label("Lý do").fill("\n".join(HOSTILE)[:1990])
        page.get_by_role("button", name="Gửi góp ý").click()
        visit.expect_to_see("#thanks", "Ý kiến đã được ghi lại")
        assert page.evaluate("window.hacked") is None
    ((given, _),) = assistant.ledger.feedback.all()
    assert given.reason.startswith(HOSTILE[0])
