"""A conversation as Markdown, DOCX and plain text."""

import io
import re
from dataclasses import replace

import pytest
from docx import Document

from bot.export import docx, file_name, markdown, plain
from tests.bot.corpus import BUDGET, evidence_of
from tests.bot.ui.hostile import HOSTILE
from tests.bot.ui.served import AT, answer_of


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]


def test_plain_text_has_question_answer_and_quoted_sources() -> None:
    text = plain(answer_of([evidence_of(BUDGET)], "Bao nhiêu?"))
    assert text.startswith("Câu hỏi: Bao nhiêu?\n\nTheo «Tài liệu song-lam, 12/5/2020»:")
    assert f"[1] Tài liệu song-lam, 12/5/2020 · Sông Lam · Ngân sách, song-lam.md\n“{BUDGET}”" in text
    assert "Nguồn trích dẫn" not in plain(answer_of([]))


def test_docx_holds_every_question_answer_and_quote_in_order() -> None:
    answers = [answer_of([evidence_of(BUDGET)], "Một?"), answer_of([evidence_of("Hai\nlà hai.")], "Hai?")]
    said = paragraphs(docx(answers, AT))
    assert said[0] == "Hỏi đáp về khuyến nghị của Bộ Thông tin và Truyền thông"
    assert "14:05 ngày 02/03/2026" in said[1]
    assert [text for text in said if re.match(r"\d\. ", text)] == ["1. Một?", "2. Hai?"]
    assert f"“{BUDGET}”" in said
    assert "“Hai\nlà hai.”" in said
    assert "Kiểm tra: 1 câu nguyên văn." in said


def test_docx_is_set_as_office_papers_are() -> None:
    paper = Document(io.BytesIO(docx([answer_of([evidence_of(BUDGET)])], AT)))
    assert paper.styles["Normal"].font.name == "Times New Roman"
    assert paper.core_properties.author == ""
    assert {round(section.left_margin.cm, 1) for section in paper.sections if section.left_margin} == {3.0}


@pytest.mark.parametrize("odd", ["\x00\x0b\x1b", "\ud800", "\ufffe", "a\tb"])
def test_characters_that_word_does_not_know_are_left_out(odd: str) -> None:
    said = paragraphs(docx([answer_of([evidence_of(f"Trước{odd}sau")], f"Hỏi{odd}?")], AT))
    assert any(re.fullmatch(r"“Trước(a b)?sau”", text) for text in said)


def test_markdown_quotes_the_passages() -> None:
    text = markdown([answer_of([evidence_of(f"{BUDGET}\nDòng hai.")], "Bao nhiêu?")], AT)
    assert "## 1. Bao nhiêu?" in text
    assert f"> {BUDGET}  \n> Dòng hai." in text
    assert "### Nguồn trích dẫn" in text


@pytest.mark.parametrize("hostile", [*HOSTILE, "![x](http://a.b/c.png)", "[x](javascript:y)", "# To", "| a | b |"])
def test_markdown_of_hostile_texts_holds_no_html_no_link_and_no_heading_of_theirs(hostile: str) -> None:
    piece = replace(evidence_of(hostile), title=hostile, source=hostile, heading=hostile)
    text = markdown([replace(answer_of([piece], hostile), notice=hostile)], AT)
    assert "<" not in text
    assert not re.search(r"(?<!\\)\[", text)
    assert not re.search(r"(?<!\\)`", text)
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert len(headings) == 3


def test_a_figure_at_the_start_of_a_line_makes_no_list() -> None:
    assert "> 3\\. Ba" in markdown([answer_of([evidence_of("3. Ba")])], AT)


def test_file_names_are_harmless() -> None:
    assert file_name(AT, "docx") == "hoi-dap-20260302-140500.docx"
