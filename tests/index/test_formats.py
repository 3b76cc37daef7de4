"""One text as PDF, DOCX, HTML, TCVN3 and a scan: the same questions find the same facts, on the right page."""

import html
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
from fpdf import FPDF

from bot.places import SOURCES_FOLDER
from index.header import front_matter
from index.loaders import ocr
from index.search import SearchIndex
from index.vietnamese import fold, search_form
from tests.index.loaders.papers import Paper
from tests.index.test_legacy import to_tcvn3
from tests.index.workshop import Workshop

# A question, and what a passage that answers it holds.
_FACTS = [
    ("Thuê bao băng rộng của Đồng Tháp tăng trưởng bao nhiêu?", "12%"),
    ("Bao nhiêu thuê bao di động ở Đồng Tháp có smartphone?", "70%"),
    ("Bao nhiêu dịch vụ công trực tuyến của Đồng Tháp ở mức 2 và mức 3?", "50%"),
    ("Đồng Tháp chi cho an toàn an ninh thông tin bao nhiêu trên tổng chi CNTT?", "0,6%"),
    ("An toàn an ninh thông tin phải đạt tối thiểu bao nhiêu tổng chi cho CNTT?", "10%"),
    ("Đặc sản Đồng Tháp bán trên sàn giao dịch điện tử nào?", "Tiki"),
    ("Truy xuất nguồn gốc hàng hóa nông nghiệp dùng công nghệ gì?", "blockchain"),
    ("Đồng Tháp hoàn thành mô hình an toàn thông tin mấy lớp?", "4 lớp"),
    ("Biên bản ghi nhớ hợp tác được ký tại trụ sở Bộ ở đâu?", "18 Nguyễn Du"),
    ("Thứ trưởng nào cùng dự buổi làm việc với Đồng Tháp?", "Phạm Anh Tuấn"),
]


def _original() -> list[str]:
    """The paragraphs of the original article where it is at hand, else of the digest that ships."""
    named = os.environ.get("KHUYEN_NGHI_SEEDS", "")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "seeds"
    found = sorted(folder.glob("000_*.txt"))
    text = (found[0] if found else SOURCES_FOLDER / "2020-09-10-dong-thap.md").read_text(encoding="utf-8")
    _, start = front_matter(text)
    return [line.lstrip("#- ") for line in text[start:].splitlines() if line.strip()]


def _pdf(paragraphs: list[str]) -> bytes:
    paper = Paper(header="Bản tin nội bộ", footer="Trang {page}")
    paper.add_page()
    paper.lines(*paragraphs)
    return paper.bytes()


def _docx(paragraphs: list[str]) -> bytes:
    document, file = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def _html(paragraphs: list[str]) -> bytes:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    menu = "<nav><a href='/'>Trang chủ</a> <a href='/lien-he'>Liên hệ</a></nav>"
    head = "<!doctype html><html><head><meta charset='utf-8'></head>"
    return f"{head}<body>{menu}<article>{body}</article></body></html>".encode()


def _scan(paragraphs: list[str]) -> bytes:
    paper = FPDF()
    with pypdfium2.PdfDocument(_pdf(paragraphs)) as written:
        for page in written:
            paper.add_page()
            paper.image(page.render(scale=200 / 72).to_pil(), x=0, y=0, w=paper.w, h=paper.h)
    return bytes(paper.output())


def _found(reader: SearchIndex, question: str, fact: str) -> list[int]:
    """The pages of the first five passages that hold the fact."""
    wanted = fold(search_form(fact))
    hits = reader.search(question, 5)
    holding = [hit for hit in hits if re.search(rf"(?<!\w){re.escape(wanted)}", fold(search_form(hit.passage.text)))]
    return [hit.document.page_of(hit.passage.start) for hit in holding]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("bài.pdf", _pdf),
        ("bài.docx", _docx),
        ("bài.html", _html),
        ("bài.txt", lambda paragraphs: to_tcvn3("\n\n".join(paragraphs)).encode("cp1252", errors="replace")),
        pytest.param("bản quét.pdf", _scan, marks=pytest.mark.slow),
    ],
)
def test_the_same_questions_find_the_same_facts_in_every_kind_of_file(
    shop: Workshop, name: str, make: Callable[[list[str]], bytes]
) -> None:
    if name.startswith("bản quét") and not ocr.is_available():
        pytest.skip("Tesseract with Vietnamese data is not installed")
    content = make(_original())
    shop.sources.mkdir()
    (shop.sources / name).write_bytes(content)
    report = shop.build()
    assert report.refused == ()
    reader = shop.open()
    found = {question: _found(reader, question, fact) for question, fact in _FACTS}
    assert [question for question, pages in found.items() if not pages] == []
    if name.endswith(".pdf"):
        with pypdfium2.PdfDocument(_pdf(_original())) as written:
            pages = [search_form(page.get_textpage().get_text_bounded()) for page in written]
        assert len(pages) > 1
        for question, fact in _FACTS:
            assert all(fold(search_form(fact)) in fold(pages[page - 1]) for page in found[question])
