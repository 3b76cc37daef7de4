"""Reads PDF files: text by its place on the page, ruled tables row by row, scanned pages by recognising letters."""

import datetime
import io
import itertools
import logging
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits, TextWriter
from index.legacy import converted_remarks
from index.loaders import ocr
from index.loaders.layout import is_page_number
from index.loaders.paragraphs import Paragraph, from_wording, of_pages
from index.loaders.pdf_page import PageContent, PageReader
from index.vietnamese import tidy

# A picture that is all of a page, but for the mark of a digital signature or of whoever scanned it.
_PICTURE_SHARE = 0.5
_MARK_LETTERS = 200
_MORE_TEXT = 2
# Some servers put a little before the file, or behind it.
_BEGIN = b"%PDF-"
_BEGIN_BYTES = 1024
_END = b"%%EOF"
_END_BYTES = 4096
_NO_TITLE = re.compile(
    r"untitled.*|không có tiêu đề|microsoft \w+ - .*|(?:document|tài liệu) ?\d*"
    r"|.*\.(?:docx?|xlsx?|pptx?|rtf|od[tsp]|pdf|indd|cdr|tex|html?|txt)",
    re.IGNORECASE,
)
_CREATED = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)")

# The library remarks upon every oddity of a file.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class _Scans:
    """What came of the pages that are pictures: read, not read for want of time, not read for want of Tesseract."""

    recognised: Mapping[int, Sequence[Paragraph]]
    late: Sequence[int] = ()
    unread: Sequence[int] = ()


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text of a PDF file. Raises UnreadableDocumentError."""
    until = ocr.deadline(limits)
    try:
        pdf = _opened(content, limits)
        reader = PageReader()
        pages = []
        for page in pdf.pages:
            pages.append(reader.read(page))
            page.close()
        return _written(content, pages, pdf.metadata, until)
    except (UnreadableDocumentError, MemoryError):
        raise
    except Exception as exc:  # the library walks through a broken file with whatever it finds: KeyError, TypeError, …
        raise _damaged() from exc


def _opened(content: bytes, limits: Limits) -> PDF:
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableDocumentError(
            "Tệp PDF trống.", "Hãy tải lại tệp hoặc bỏ tệp này.", "The PDF file is empty. Download it again."
        )
    if _BEGIN not in content[:_BEGIN_BYTES]:
        raise _damaged()
    if _END not in content[-_END_BYTES:]:
        raise UnreadableDocumentError(
            "Tệp PDF bị cắt cụt: thiếu phần cuối.",
            "Hãy tải lại tệp.",
            "The PDF file is truncated: its end is missing. Download it again.",
        )
    try:
        pdf = pdfplumber.open(io.BytesIO(content))
    except PdfminerException as exc:
        if exc.args and isinstance(exc.args[0], PDFEncryptionError):
            raise _protected() from exc
        raise
    count = len(pdf.pages)
    if count > limits.pages:
        raise UnreadableDocumentError(
            f"Tệp PDF có {count} trang, nhiều hơn mức cho phép ({limits.pages}).",
            "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_PAGES.",
            f"The PDF file has {count} pages, more than the {limits.pages} allowed. Split it, or raise BOT_FILE_PAGES.",
        )
    return pdf


def _written(content: bytes, pages: Sequence[PageContent], properties: Mapping[str, object], until: float) -> Extracted:
    scanned = _scanned(pages)
    scans = _recognised(content, pages, scanned, until)
    writer = TextWriter()
    printed = of_pages([page.page for page in pages])
    for number, found in enumerate(printed):
        writer.new_page()
        ocr.add_to(writer, scans.recognised.get(number, found))
    extracted = writer.extracted(
        title=_title(properties),
        created=_created(properties),
        remarks=(
            *_remarks(scans),
            *_left_out(itertools.chain.from_iterable(printed)),
            *converted_remarks(max((page.disguise for page in pages), default="")),
        ),
        is_partial=bool(scans.late or scans.unread),
    )
    if any(block.kind != "noise" for block in extracted.blocks):
        return extracted
    if scanned:
        ocr.require()
    if scans.late:
        raise ocr.out_of_time()
    raise UnreadableDocumentError(
        "Tệp PDF không có chữ nào đọc được.",
        "Hãy xuất lại PDF từ tệp gốc, hoặc quét lại rõ hơn (300 dpi trở lên).",
        "The PDF file holds no readable text. Export it again, or scan it again at 300 dpi or more.",
    )


def _scanned(pages: Sequence[PageContent]) -> list[int]:
    """Pages that are pictures; what little text all of a file's pages have is then a scanner's or a signature's."""
    mark = _MARK_LETTERS if all(page.letters < _MARK_LETTERS for page in pages) else 1
    return [number for number, page in enumerate(pages) if page.picture_share >= _PICTURE_SHARE and page.letters < mark]


def _recognised(content: bytes, pages: Sequence[PageContent], numbers: Sequence[int], until: float) -> _Scans:
    """What can be read on those pages, where letters can be recognised here, until the time is over."""
    if not numbers or not ocr.is_available():
        return _Scans({}, unread=numbers)
    found: list[list[str]] = []
    with closing(ocr.rendered(content, numbers)) as pictures:
        for picture in pictures:
            try:
                found.append(ocr.recognise(picture, until - time.monotonic()))
            except ocr.OutOfTimeError:
                break
    recognised = {
        number: [from_wording(text) for text in texts]
        for number, texts in zip(numbers, found, strict=False)
        if sum(map(len, texts)) > _MORE_TEXT * pages[number].letters
    }
    return _Scans(recognised, late=numbers[len(found) :])


def _remarks(scans: _Scans) -> tuple[str, ...]:
    remarks = []
    if scans.recognised:
        remarks.append(ocr.remark(_from_one(scans.recognised)))
    if scans.late:
        remarks.append(ocr.late_remark(_from_one(scans.late)))
    if scans.unread:
        remarks.append(
            f"Trang {ocr.listed(_from_one(scans.unread))} là ảnh chưa được nhận dạng chữ: "
            "hãy cài «sudo apt install tesseract-ocr tesseract-ocr-vie» rồi chạy lại «bot index»."
        )
    return tuple(remarks)


def _left_out(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    """What the reader is told of running heads, each as it first stands; page numbers alone go without saying."""
    lines: dict[str, str] = {}
    for one in paragraphs:
        if one.kind == "noise" and not is_page_number(one.text):
            lines.setdefault(re.sub(r"\d+", "#", one.text), one.text)
    named = "; ".join(f"«{line}»" for line in lines.values())
    return (f"Đã bỏ qua dòng lặp ở đầu/cuối trang: {named}.",) if named else ()


def _from_one(numbers: Iterable[int]) -> list[int]:
    return [number + 1 for number in numbers]


def _title(properties: Mapping[str, object]) -> str:
    title = properties.get("Title")
    title = tidy(title.replace("\0", "")) if isinstance(title, str) else ""
    return "" if _NO_TITLE.fullmatch(title) else title


def _created(properties: Mapping[str, object]) -> str:
    match = _CREATED.match(str(properties.get("CreationDate", "")))
    try:
        return datetime.date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:  # a month of 13
        return ""


def _protected() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Tệp PDF được bảo vệ bằng mật khẩu.",
        "Hãy bỏ mật khẩu rồi thử lại.",
        "The PDF file is protected by a password. Remove it and try again.",
    )


def _damaged() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Tệp PDF bị hỏng hoặc không đúng định dạng.",
        "Hãy mở tệp bằng phần mềm tạo ra nó, xuất lại PDF rồi thử lại.",
        "The PDF file is damaged or not what its name says. Open it where it was made and export it again.",
    )
