"""Text from before Unicode (TCVN3, VNI, Windows-1258) in pages, Word documents, tables and PDF files."""

import docx
import pytest
from docx.document import Document

from index.extracted import Extracted, Limits
from index.loaders.docx import extract as extract_docx
from index.loaders.html import extract as extract_html
from index.loaders.sheets import extract_csv
from tests.index.loaders import word
from tests.index.loaders.checks import shown
from tests.index.loaders.papers import Paper, read, texts
from tests.index.test_legacy import to_cp1258, to_tcvn3, to_vni

_TEXT = "Phòng Quản lý đô thị chọn giống cây phù hợp với khí hậu, ưu tiên trường học và đường ven sông."
_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI-Windows", "cp1258": "Windows-1258"}
_FORMS = {"tcvn3": to_tcvn3, "vni": to_vni, "cp1258": to_cp1258}
_encodings = pytest.mark.parametrize("name", _FORMS)
_disguises = pytest.mark.parametrize("name", ["tcvn3", "vni"])


def _remarks(name: str) -> tuple[str, ...]:
    return (f"Tệp dùng bảng mã {_NAMES[name]}; nội dung đã được chuyển sang Unicode.",)


def _page(content: bytes, head: bytes = b"") -> Extracted:
    return extract_html(b"<html><head>" + head + b"</head><body><p>" + content + b"</p></body></html>", Limits())


@_encodings
@pytest.mark.parametrize("head", [b"", b'<meta charset="iso-8859-1">', b'<meta charset="x-user-defined">'])
def test_a_page_is_converted_whatever_it_says_of_itself(name: str, head: bytes) -> None:
    extracted = _page(_FORMS[name](_TEXT).encode("cp1252"), head)
    assert (extracted.text, extracted.remarks) == (_TEXT, _remarks(name))


@_disguises
def test_a_page_in_disguise_is_converted(name: str) -> None:
    disguised = _FORMS[name](_TEXT)
    for content in (disguised.encode(), disguised.encode("ascii", "xmlcharrefreplace")):
        extracted = _page(content, b'<meta charset="utf-8"><script>var a = "\xc3\xa9";</script>')
        assert (extracted.text, extracted.remarks) == (_TEXT, _remarks(name))


def test_a_page_of_western_europe_stays() -> None:
    text = "À la réunion, le président a déclaré que les régions doivent être aidées."
    assert _page(text.encode("cp1252"), b'<meta charset="windows-1252">').text == text
    assert (_page(text.encode()).text, _page(text.encode()).remarks) == (text, ())


def test_a_page_of_utf_16_needs_no_mark() -> None:
    page = f"<html><body><p>{_TEXT}</p></body></html>"
    assert extract_html(page.encode("utf-16-le"), Limits()).text == _TEXT


def test_a_table_of_values_tells_that_it_was_converted() -> None:
    content = "\n".join(f"{number},{to_tcvn3(_TEXT.replace(',', ''))}" for number in range(3)).encode("cp1252")
    assert extract_csv(content, Limits()).remarks == _remarks("tcvn3")


def _document(*runs: tuple[str, str]) -> Document:
    """A document of one paragraph, each run in a font of its own."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in runs:
        paragraph.add_run(text).font.name = font
    return document


def _read(document: Document) -> tuple[str, tuple[str, ...]]:
    extracted = extract_docx(word.saved(document), Limits())
    return extracted.text, extracted.remarks


@pytest.mark.parametrize(("name", "font"), [("tcvn3", ".VnTime"), ("vni", "VNI-Times"), ("tcvn3", "Times New Roman")])
def test_a_word_document_is_converted_by_its_fonts_or_its_looks(name: str, font: str) -> None:
    assert _read(_document((_FORMS[name](_TEXT), font))) == (_TEXT, _remarks(name))


def test_only_what_is_in_an_old_font_is_converted_however_it_is_cut() -> None:
    old = to_tcvn3(_TEXT)
    document = _document(
        ("Giá vé £5 – café. ", "Arial"), (old[:4], ".VnTime"), (old[4:], ".VnTime"), (" Ở Huế.", "Arial")
    )
    assert _read(document)[0] == f"Giá vé £5 – café. {_TEXT} Ở Huế."


def test_a_font_of_capitals_shows_capitals() -> None:
    assert _read(_document((to_tcvn3(_TEXT.lower()), ".VnTimeH")))[0] == _TEXT.upper()


def test_unicode_in_an_old_font_stays() -> None:
    assert _read(_document((_TEXT, ".VnTime"))) == (_TEXT, ())


@_disguises
def test_a_pdf_file_is_converted_in_its_lines_and_its_tables(name: str) -> None:
    paper = Paper()
    paper.add_page()
    paper.text(20, 25, _FORMS[name](_TEXT[:56]))  # paragraphs would lose the soft hyphens that stand for ư
    paper.text(20, 31, _FORMS[name](_TEXT[57:]))
    paper.set_y(50)
    with paper.table(first_row_as_headings=False) as table:
        cells = table.row()
        cells.cell(_FORMS[name]("Đô thị"))
        cells.cell(_FORMS[name]("Trồng cây"))
        table.row(["Hoa", "Lan"])
    extracted = read(paper.bytes())
    assert texts(extracted) == [_TEXT, "Đô thị: Trồng cây.", "Hoa: Lan."]
    assert extracted.remarks == _remarks(name)


def test_a_pdf_file_in_unicode_stays() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(_TEXT, "Café, résumé, naïve.")
    extracted = read(paper.bytes())
    assert (texts(extracted), extracted.remarks) == ([_TEXT, "Café, résumé, naïve."], ())


def test_blocks_lie_in_the_converted_text() -> None:
    document = _document((to_vni(_TEXT), "VNI-Times"))
    document.add_paragraph("- Lan")
    assert shown(extract_docx(word.saved(document), Limits())) == [("text", _TEXT), ("item", "- Lan")]
