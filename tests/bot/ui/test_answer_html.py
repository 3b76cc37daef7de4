"""Answers as HTML: badges, buttons that open sources, and nothing from outside that gets through unescaped."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import AnswerSentence, Verdict
from bot.evidence import Evidence
from bot.ui.answer_html import answer_html, earlier_html
from bot.ui.escape import escape, message_html
from bot.ui.evidence_html import evidence_html
from tests.bot.corpus import BUDGET, evidence_of
from tests.bot.ui.hostile import HOSTILE
from tests.bot.ui.served import answer_of

_ALL = " ".join(HOSTILE)
_TAGS = {"p", "div", "h2", "h3", "ol", "ul", "li", "b", "span", "blockquote", "br", "article", "button", "textarea"}
_ATTRIBUTES = {"class", "type", "role", "title", "hidden", "readonly", "tabindex", "aria-label", "aria-hidden"} | {
    f"data-{name}" for name in ("act", "document", "start", "end", "copy", "opinion")
}


def hostile_evidence() -> Evidence:
    changed = dict.fromkeys(("document", "title", "source", "date", "heading", "text"), _ALL)
    return replace(evidence_of("x"), provinces=(_ALL,), **changed)  # type: ignore[arg-type]


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


@given(st.text(alphabet="<>&\"'${}`a\\", max_size=30))
def test_escaped_text_opens_neither_html_nor_a_template(text: str) -> None:
    escaped = escape(text)
    assert not re.search(r"[<>\"'${}`]", escaped)
    assert html.unescape(escaped) == text


@pytest.mark.parametrize("part", ["answer", "written", "evidence", "message", "notice", "earlier"])
def test_hostile_texts_stay_text_everywhere(part: str) -> None:
    piece = hostile_evidence()
    answer = replace(answer_of([piece], _ALL), id=_ALL, notes=(_ALL,))
    shown = {
        "answer": answer_html(answer),
        "written": answer_html(replace(answer, style="write")),
        "evidence": evidence_html([piece], answer.citations),
        "message": message_html(_ALL, error=True),
        "notice": answer_html(replace(answer, notice=_ALL)),
        "earlier": earlier_html([answer]),
    }[part]
    assert shown.count("window.hacked=1") >= 50
    page = Inspector(shown)
    assert page.tags <= _TAGS | ({"details", "summary"} if part == "earlier" else set())
    assert page.attributes <= _ATTRIBUTES
    assert not re.search(r"[${}`]", shown)


def test_marks_and_sources_open_their_place() -> None:
    answer = answer_of([evidence_of(BUDGET), evidence_of("Câu hai.")])
    shown = answer_html(answer)
    place = r'class="(mark|link)" data-act="open" data-document="song-lam" data-start="10" data-end="(\d+)"'
    first, second = [str(citation.end) for citation in answer.citations]
    marks = [("mark", first), ("mark", second)]
    assert re.findall(place, shown) == [*marks, *marks, ("link", first)]
    assert 'aria-label="Mở nguồn 1: Tài liệu song-lam"' in shown
    assert "song-lam.md" in shown


@pytest.mark.parametrize(
    ("verdict", "named"),
    [
        ("verbatim", "nguyên văn"),
        ("verified", "đã kiểm chứng"),
        ("unsupported", "không đủ căn cứ"),
        ("unchecked", "chưa kiểm chứng"),
    ],
)
def test_every_sentence_has_its_badge_in_words(verdict: Verdict, named: str) -> None:
    sentences = (AnswerSentence("Một. [1]", (1,), verdict), AnswerSentence("Hai. [1]", (1,), "verbatim"))
    answer = replace(answer_of([evidence_of(BUDGET)]), text="Theo Bộ:\nMột. [1]\nHai. [1] Hết.", sentences=sentences)
    plain = re.sub(r"<[^>]+>", "", answer_html(answer).replace("<br>", "\n"))
    first, second = re.findall(r"(?:Một|Hai)\. \[1\] \S+ ([^\n]*)", plain)
    assert first.startswith(named)
    assert second.startswith("nguyên văn")
    assert "Hết." in plain


def test_a_mark_without_a_citation_stays_text() -> None:
    answer = replace(answer_of([evidence_of(BUDGET)]), text="Xem [7].", sentences=())
    assert '<div class="answer">Xem [7].</div>' in answer_html(answer)


def test_only_a_kept_answer_can_be_judged() -> None:
    answer = answer_of([evidence_of(BUDGET)])
    assert 'data-act="opine"' not in answer_html(answer)
    kept = answer_html(replace(answer, id="t1"))
    assert re.findall(r'data-opinion="(\w+)"', kept) == ["up", "down", "wrong_citation"]
    nothing_cited = answer_html(replace(answer, id="t1", citations=()))
    assert re.findall(r'data-opinion="(\w+)"', nothing_cited) == ["up", "down"]


def test_quotes_stand_under_sources_only_where_the_answer_is_not_itself_a_quote() -> None:
    answer = answer_of([evidence_of(BUDGET)])
    assert "<blockquote>" not in answer_html(answer)
    assert re.search(rf"<blockquote>.*</button> {BUDGET}</blockquote>", answer_html(replace(answer, style="write")))


def test_seconds_are_written_the_vietnamese_way_and_figures_left_alone() -> None:
    shown = answer_html(replace(answer_of([evidence_of("Giá 2.5 triệu.")]), is_cached=True))
    assert "1,3 giây · câu trả lời đã lưu sẵn" in shown
    assert "2.5 triệu" in shown


def test_an_abstained_answer_looks_different_and_lists_no_source() -> None:
    shown = answer_html(replace(answer_of([]), abstained=True, text="Không tìm thấy.\nĐã tìm."))
    assert '<div class="not-found">Không tìm thấy.<br>Đã tìm.</div>' in shown
    assert "Nguồn trích dẫn" not in shown
    small_talk = replace(answer_of([]), abstained=True, reason="small_talk", text="Kính chào.")
    assert '<div class="answer">Kính chào.</div>' in answer_html(small_talk)


def test_notice_and_notes_are_shown_only_when_there_are_any() -> None:
    answer = answer_of([evidence_of(BUDGET)])
    assert 'class="note"' not in answer_html(answer)
    assert 'class="notice"' not in answer_html(answer)
    shown = answer_html(replace(answer, notes=("Chữ viết tắt: CNTT là <b>.", "Từ 2025."), notice="Mô hình hỏng."))
    notes = re.findall(r'<p class="note">(.*?)</p>', shown)
    assert [html.unescape(note) for note in notes] == ["Chữ viết tắt: CNTT là <b>.", "Từ 2025."]
    assert '<p class="notice">Mô hình hỏng.</p>' in shown


def test_earlier_answers_come_latest_first_and_cannot_be_judged() -> None:
    answers = [replace(answer_of([evidence_of(BUDGET)], question), id=question) for question in ("Một?", "Hai?")]
    shown = earlier_html(answers)
    assert re.findall(r"<summary>(.*?)</summary>", shown) == ["Hai?", "Một?"]
    assert "opine" not in shown
    assert earlier_html([]) == ""


def test_cited_passages_come_first_and_are_marked() -> None:
    best = replace(evidence_of("Câu hay nhất."), score=0.9, start=500)
    cited = evidence_of(BUDGET)
    shown = evidence_html([best, cited], answer_of([cited]).citations)
    assert shown.index(BUDGET) < shown.index("Câu hay nhất.")
    assert shown.count('class="card cited"') == 1
    assert '<span class="number">[1]</span> ' + BUDGET in shown


def test_page_and_caption_are_shown_with_passage_and_source() -> None:
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
