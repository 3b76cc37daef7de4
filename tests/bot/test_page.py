"""Answers as HTML: nothing that comes from outside gets through unescaped."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Timings, Tokens
from bot.compose import quote
from bot.evidence import Evidence
from bot.page import answer_html, escape, evidence_html, message_html
from tests.bot.corpus import ASKS_BUDGET, BUDGET, evidence_of

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&${alert(3)}{{alert(4)}}`alert(5)`"
ALLOWED_TAGS = {"p", "a", "div", "h2", "ol", "li", "b", "span", "blockquote", "br", "article"}


def answer_of(evidence: list[Evidence], question: str = ASKS_BUDGET) -> Answer:
    composed = quote(evidence)
    return Answer(
        question=question,
        understood=question,
        text=composed.text,
        abstained=False,
        reason="",
        style="quote",
        sentences=composed.sentences,
        citations=composed.citations,
        evidence=tuple(evidence),
        model="",
        settings="",
        timings_s=Timings(0.1, None, 1.26),
        tokens=Tokens(400, 3),
    )


def hostile_evidence() -> Evidence:
    changed = dict.fromkeys(("title", "source", "date", "heading", "text"), HOSTILE)
    return replace(evidence_of("x"), provinces=(HOSTILE,), **changed)  # type: ignore[arg-type]


class Inspector(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


@settings(deadline=None)
@given(st.text(alphabet="<>&\"'${}`a\\", max_size=30))
def test_escaped_text_opens_neither_html_nor_a_template(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'${}`]", escaped)
    assert html.unescape(escaped) == text


@pytest.mark.parametrize("part", ["answer", "evidence", "message", "notice"])
def test_hostile_texts_stay_text_everywhere(part: str) -> None:
    piece = hostile_evidence()
    answer = answer_of([piece], HOSTILE)
    shown = {
        "answer": answer_html(answer),
        "evidence": evidence_html([piece], answer.citations),
        "message": message_html(HOSTILE, error=True),
        "notice": answer_html(replace(answer, notice=HOSTILE)),
    }[part]
    assert "alert(1)" in shown
    page = Inspector(shown)
    assert page.tags <= ALLOWED_TAGS
    assert page.attributes <= {"class", "href", "id", "role"}
    assert not re.search(r"[${}`]", shown)


def test_marks_lead_to_their_sources() -> None:
    shown = answer_html(answer_of([evidence_of(BUDGET), evidence_of("Câu hai.")]))
    marks, anchors = re.findall(r'href="#(nguon-\d+)"', shown), re.findall(r'id="(nguon-\d+)"', shown)
    assert marks == anchors == ["nguon-1", "nguon-2"]
    assert f"<blockquote>{BUDGET}</blockquote>" in shown
    assert "song-lam.md" in shown
    assert ASKS_BUDGET in shown


def test_seconds_are_written_the_vietnamese_way() -> None:
    assert "1,3 giây" in answer_html(answer_of([evidence_of("Giá 2.5 triệu.")]))
    assert "2.5 triệu" in answer_html(answer_of([evidence_of("Giá 2.5 triệu.")]))


def test_an_abstained_answer_looks_different_and_lists_no_source() -> None:
    shown = answer_html(replace(answer_of([]), abstained=True, text="Không tìm thấy.\nĐã tìm."))
    assert '<div class="not-found">Không tìm thấy.<br>Đã tìm.</div>' in shown
    assert "Nguồn trích dẫn" not in shown


def test_the_notice_is_shown_only_when_there_is_one() -> None:
    answer = answer_of([evidence_of(BUDGET)])
    assert 'class="notice"' not in answer_html(answer)
    assert '<p class="notice">Mô hình hỏng.</p>' in answer_html(replace(answer, notice="Mô hình hỏng."))


def test_how_the_question_was_read_is_shown_note_by_note() -> None:
    answer = answer_of([evidence_of(BUDGET)])
    assert 'class="note"' not in answer_html(answer)
    shown = answer_html(replace(answer, notes=("Chữ viết tắt được hiểu: CNTT là <b>.", "Từ ngày 1/7/2025.")))
    notes = re.findall(r'<p class="note">(.*?)</p>', shown)
    assert [html.unescape(note) for note in notes] == ["Chữ viết tắt được hiểu: CNTT là <b>.", "Từ ngày 1/7/2025."]
    assert "là <b>." not in shown


def test_cited_passages_come_first_and_are_marked() -> None:
    best = replace(evidence_of("Câu hay nhất."), score=0.9, start=500)
    cited = evidence_of(BUDGET)
    shown = evidence_html([best, cited], answer_of([cited]).citations)
    assert shown.index(BUDGET) < shown.index("Câu hay nhất.")
    assert shown.count('class="card cited"') == 1
    assert '<span class="mark">[1]</span> ' + BUDGET in shown


def test_the_page_and_that_it_is_a_caption_are_shown_with_passage_and_source() -> None:
    piece = replace(evidence_of(BUDGET), page=7, is_caption=True)
    for shown in (evidence_html([piece]), answer_html(answer_of([piece]))):
        assert "12/5/2020 · Sông Lam · trang 7 · Ngân sách · chú thích ảnh" in shown
    assert "trang" not in evidence_html([evidence_of(BUDGET)])


def test_at_most_eight_passages_are_shown_and_none_is_said() -> None:
    many = [replace(evidence_of(f"Câu {number}."), start=number) for number in range(12)]
    assert evidence_html(many).count("<article") == 8
    assert "Không tìm thấy đoạn nào." in evidence_html([])


def test_line_breaks_are_kept() -> None:
    assert "một<br>hai" in message_html("một\nhai\n")
