"""Pages, letters and properties of PDF files, and what is refused."""

import datetime
import random
import unicodedata

import pytest
from PIL import Image

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.loaders import ocr, pdf
from index.loaders.pdf_page import _is_known
from tests.index.loaders.papers import BODY, CLOSING, OPENING, Paper, document, picture, read, scan, texts

needs_tesseract = pytest.mark.skipif(not ocr.is_available(), reason="Tesseract with Vietnamese data is not installed")


def _page(extracted: Extracted, text: str) -> int:
    position = extracted.text.index(text)
    return sum(begin <= position for begin in extracted.pages)


def _refusal(content: bytes, limits: Limits | None = None) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as refused:
        pdf.extract(content, limits or Limits())
    assert refused.value.english
    assert refused.value.remedy
    return refused.value


def test_a_sentence_is_found_on_its_page_and_an_empty_page_counts() -> None:
    extracted = read(document([OPENING], [], [BODY], [CLOSING]))
    assert len(extracted.pages) == 4
    assert extracted.pages[0] == 0
    assert [_page(extracted, text) for text in (OPENING, BODY, CLOSING)] == [1, 3, 4]


def test_a_paragraph_that_runs_over_the_page_is_a_block_on_each() -> None:
    extracted = read(document(["Danh sách các tuyến đường được trồng cây gồm"], ["đường ven sông và đường chợ."]))
    assert len(texts(extracted, "text")) == 2
    assert _page(extracted, "đường ven sông") == 2


def test_letters_come_out_whole() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(unicodedata.normalize("NFD", OPENING), "Sổ tay oﬃce của thị trấn")
    assert texts(read(paper.bytes())) == [OPENING, "Sổ tay office của thị trấn"]


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    paper = Paper()
    paper.add_page()
    for right_mm in (0, 0.15):
        paper.text(20 + right_mm, 30, OPENING[:60])
    assert texts(read(paper.bytes())) == [OPENING[:60].strip()]


@pytest.mark.parametrize("turn", [90, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(turn: int) -> None:
    content = document([OPENING, BODY]).replace(b"/Type /Page\n", b"/Type /Page\n/Rotate %d\n" % turn)
    assert texts(read(content)) == [OPENING, BODY]


def test_title_and_date_come_from_the_properties_where_they_mean_something() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    paper.set_title("Kế hoạch trồng cây")
    paper.set_creation_date(datetime.datetime(2021, 3, 9, tzinfo=datetime.UTC))
    extracted = read(paper.bytes())
    assert (extracted.title, extracted.created) == ("Kế hoạch trồng cây", "2021-03-09")


@pytest.mark.parametrize("title", ["Microsoft Word - ke hoach.doc", "untitled", "ke-hoach.docx", "Document1", ""])
def test_a_title_that_a_program_gave_is_none(title: str) -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    paper.set_title(title)
    assert read(paper.bytes()).title == ""


@needs_tesseract
def test_scanned_pages_are_recognised_and_named_among_pages_of_text() -> None:
    extracted = read(scan(OPENING, picture("Thị trấn trồng cây xanh", "trên các tuyến đường."), CLOSING))
    assert extracted.remarks == ("Trang 2 được nhận dạng chữ từ ảnh (OCR), có thể có lỗi.",)
    assert texts(extracted, "text") == [OPENING, "Thị trấn trồng cây xanh trên các tuyến đường.", CLOSING]
    assert _page(extracted, "Thị trấn trồng cây xanh") == 2


def test_scanned_pages_for_which_there_was_no_time_are_named_and_the_text_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    left = iter(["Thị trấn trồng cây xanh"])

    def recognise(image: Image.Image, timeout_s: float) -> list[str]:
        if text := next(left, ""):
            return [text]
        raise ocr.out_of_time()

    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)
    extracted = read(scan(OPENING, *[picture("Thị trấn")] * 4))
    assert texts(extracted) == [OPENING, "Thị trấn trồng cây xanh"]
    assert "Trang 2 được nhận dạng" in extracted.remarks[0]
    assert "Trang 3–5 là ảnh chưa được nhận dạng chữ vì hết thời gian" in extracted.remarks[1]
    assert extracted.is_partial
    assert "quá nhiều thời gian" in _refusal(scan(picture("Thị trấn"))).message


def test_letters_that_are_half_a_character_are_no_text() -> None:
    assert not _is_known("\ud800")
    assert _is_known("a")


@needs_tesseract
def test_the_mark_of_a_signature_on_a_scanned_page_is_not_taken_for_its_text() -> None:
    paper = Paper()
    paper.add_page()
    paper.image(picture("Thị trấn trồng cây xanh", "trên các tuyến đường."), 0, 0, 210, 297)
    paper.text(150, 8, "Ký bởi: Thị trấn")
    assert "Thị trấn trồng cây xanh" in read(paper.bytes()).text


def test_a_scanned_page_that_cannot_be_recognised_here_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    extracted = read(scan(OPENING, picture("Thị trấn"), picture("Thị trấn"), picture("Thị trấn")))
    assert texts(extracted) == [OPENING]
    assert "Trang 2–4 là ảnh chưa được nhận dạng chữ" in extracted.remarks[0]


def test_scanned_pages_alone_ask_for_the_program_that_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "tesseract-ocr-vie" in _refusal(scan(picture("Thị trấn"))).remedy


def test_a_picture_within_a_page_of_text_is_left_alone() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING, BODY)
    paper.image(picture("Thị trấn"), 20, 100, 100, 150)
    assert read(paper.bytes()).remarks == ()


@needs_tesseract
def test_a_page_of_letters_without_unicode_values_is_read_as_a_picture() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING, size=14)
    extracted = read(paper.bytes().replace(b"/ToUnicode", b"/ToNothing"))
    assert "việc trồng cây xanh trên các tuyến đường" in extracted.text
    assert "Trang 1 được nhận dạng" in extracted.remarks[0]


def test_the_reader_is_told_once_of_running_lines_and_not_of_page_numbers() -> None:
    pages = [[OPENING], [BODY], [CLOSING]]
    told = read(document(*pages, header="Thị trấn ven sông", footer="Kế hoạch – trang {page}")).remarks
    assert told == ("Đã bỏ qua dòng lặp ở đầu/cuối trang: «Thị trấn ven sông»; «Kế hoạch – trang 1».",)
    assert read(document(*pages, footer="Trang {page}/3")).remarks == ()


def test_a_password_is_asked_to_be_removed_unless_it_only_forbids_changes() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    paper.set_encryption("chu", "khach")
    assert "mật khẩu" in str(_refusal(paper.bytes()))
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    paper.set_encryption("chu")
    assert texts(read(paper.bytes())) == [OPENING]


def test_what_cannot_be_read_is_refused_each_with_its_reason() -> None:
    content = document([OPENING], [BODY])
    refusals = [
        _refusal(b""),
        _refusal(content[: len(content) // 2]),
        _refusal(content, Limits(pages=1)),
        _refusal(b"%PDF-1.4\n%%EOF"),
        _refusal(document([])),
    ]
    said = ["trống", "cắt cụt", "2 trang", "hỏng", "không có chữ"]
    assert all(word in error.message for word, error in zip(said, refusals, strict=True))
    assert len({error.message for error in refusals}) == len(refusals)


def test_a_damaged_file_is_read_or_refused_and_nothing_else_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # recognising letters takes long
    paper = Paper()
    paper.set_compression(False)
    paper.add_page()
    paper.lines(OPENING, BODY)
    with paper.table() as table:
        table.row(["Khu phố", "Số cây"])
        table.row(["Đông", "120"])
    content = paper.bytes()
    chance = random.Random(20)
    refused: list[UnreadableDocumentError] = []
    for _ in range(60):
        damaged = bytearray(content[: chance.randrange(len(content))] if chance.random() < 0.2 else content)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            pdf.extract(bytes(damaged), Limits())
        except UnreadableDocumentError as error:
            refused.append(error)
    assert refused
    assert all(error.remedy and error.english for error in refused)
