"""A source document beside the answer: every character as it stands, the place marked."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.source_html import source_html, window
from index.records import Document, PartialDate
from tests.bot.ui.hostile import HOSTILE

TEXT = "# Làm việc\n\nCâu một. Câu **hai** & <ba>.\n\n## Mục\n\nCâu bốn.\n"


def document_of(text: str, **values: object) -> Document:
    document = Document("d1", "Tên tài liệu", "a/b/tep.pdf", "0" * 64, text, PartialDate(2020, 9, 10), ("Sông Lam",))
    return replace(document, **values)  # type: ignore[arg-type]


def shown(document: Document, start: int, end: int, at: int | None = None) -> str:
    return source_html(document, start, end, "Phần một › Mục một", (), at)


def text_in(page: str) -> str:
    inside = page.split('tabindex="0">', 1)[1].removesuffix("</div></section>")
    return unescape(re.sub(r"<[^>]*>", "", inside))


def marked_in(page: str) -> str:
    return "".join(
        unescape(re.sub(r"<[^>]*>", "", part)) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.S)
    )


@given(st.text(alphabet="<>&\"'${}`\\# \nabc", min_size=2, max_size=80), st.data())
def test_every_character_is_shown_as_it_stands_and_the_place_is_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    page = shown(document_of(text, pages=(0, len(text) // 2)), start, end)
    assert text_in(page) == text
    assert marked_in(page) == text[start:end]


def test_particulars_are_told() -> None:
    page = shown(document_of(TEXT, pages=(0, 20), type="Kết luận", number="12/KL"), 24, 30)
    facts = {unescape(name): unescape(value) for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page)}
    assert facts == {
        "Ngày": "10/9/2020",
        "Địa phương": "Sông Lam",
        "Trang": "2",
        "Mục": "Mục một",
        "Số, loại": "Kết luận 12/KL",
        "Tệp": "tep.pdf",
    }
    assert '<span class="page" data-page="Trang 2"></span>' in page


def test_what_is_not_known_is_not_told() -> None:
    page = shown(document_of(TEXT, date=None, provinces=()), 0, 5)
    assert "Ngày" not in page
    assert "Trang" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_documents_stay_text(text: str) -> None:
    page = shown(document_of(f"{text} {text}", title=text, source=text, provinces=(text,)), 0, len(text))
    tags = set(re.findall(r"<([a-z]\w*)", page))
    assert tags <= {"section", "div", "button", "h2", "dl", "dt", "dd", "mark", "b", "span"}
    assert not re.search(r"[${}`]", page)


def test_a_long_document_is_shown_around_the_place_with_ways_to_the_rest() -> None:
    text = "".join(f"Dòng số {number} của tài liệu dài.\n" for number in range(20_000))
    start = text.index("Dòng số 10000 ")
    page = shown(document_of(text), start, start + 13)
    assert marked_in(page) == "Dòng số 10000"
    assert len(text_in(page)) < 70_000
    assert text_in(page).startswith("Dòng số ")
    later = int(re.findall(r'data-at="(\d+)">↓', page)[0])
    beyond = shown(document_of(text), start, start + 13, later)
    assert text_in(beyond) == text[later : later + len(text_in(beyond))]
    assert marked_in(beyond) == ""


def test_the_stretches_of_a_long_document_leave_nothing_out() -> None:
    document = document_of("x" * 50 + "\n" + "Một dòng.\n" * 30_000)
    reached, at = 0, 0
    while reached < len(document.text):
        first, last = window(document, 0, at)
        assert first <= reached < last
        reached = at = last


def test_one_endless_line_is_cut_all_the_same() -> None:
    first, last = window(document_of("a" * 500_000), 250_000)
    assert first < 250_000 < last
    assert last - first <= 70_000
