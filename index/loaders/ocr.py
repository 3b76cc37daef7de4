"""Recognises the letters in pictures with Tesseract: image files, and pages of a PDF that are pictures."""

import io
import itertools
import math
import time
from collections.abc import Generator, Iterable, Iterator, Sequence

import pypdfium2
import pytesseract
from PIL import Image, ImageOps, UnidentifiedImageError

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits, TextWriter
from index.loaders.paragraphs import Paragraph, begins_anew, from_wording, joined

_LANGUAGE = "vie"
_DPI = 300
_POINTS_PER_INCH = 72
# Of the time a file may take, what is for recognising: the rest is for what is made of the text.
_TIME_SHARE = 0.8
# A page larger than A3 is rendered more coarsely.
_PAGE_PIXELS = 20_000_000


class OutOfTimeError(UnreadableDocumentError):
    """The time for a file was over before a picture was read."""


def is_available() -> bool:
    """Whether the program and its Vietnamese data are installed."""
    try:
        return _LANGUAGE in pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError:
        return False


def require() -> None:
    """Raises UnreadableDocumentError, saying what to install, unless pictures can be read."""
    if not is_available():
        raise _missing()


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text in an image file, each of its pictures a page. Raises UnreadableDocumentError."""
    require()
    until = deadline(limits)
    writer = TextWriter()
    read, late = 0, range(0)
    for count, picture in _pictures(content, limits):
        try:
            paragraphs = recognise(picture, until - time.monotonic())
        except OutOfTimeError:
            late = range(read + 1, count + 1)
            break
        read += 1
        writer.new_page()
        add_to(writer, map(from_wording, paragraphs))
    remarks = [remark(range(1, read + 1)), *([late_remark(late)] if late else [])]
    extracted = writer.extracted(remarks=tuple(remarks), is_partial=bool(late))
    if any(block.kind != "noise" for block in extracted.blocks):
        return extracted
    if late:
        raise out_of_time()
    raise UnreadableDocumentError(
        "Không nhận ra chữ nào trong ảnh.",
        "Hãy quét lại rõ hơn, 300 dpi trở lên, hoặc bỏ tệp này.",
        "No text was recognised in the picture. Scan it again at 300 dpi or more, or leave it out.",
    )


def deadline(limits: Limits) -> float:
    """Until when (of the monotonic clock) letters of a file begun now may be recognised."""
    return time.monotonic() + _TIME_SHARE * limits.seconds


def recognise(image: Image.Image, timeout_s: float) -> list[str]:
    """The paragraphs of text in a picture. Raises OutOfTimeError, and UnreadableDocumentError for other causes."""
    try:
        # Tesseract takes a timeout of 0 for none.
        data = pytesseract.image_to_data(
            image, lang=_LANGUAGE, timeout=max(timeout_s, 0.001), output_type=pytesseract.Output.DICT
        )
    except pytesseract.TesseractNotFoundError as exc:
        raise _missing() from exc
    except RuntimeError as exc:
        raise _failed(exc) from exc
    lines = list(_lines(data))
    paragraphs: list[list[str]] = []
    for number, (place, line) in enumerate(lines):
        if number == 0 or place != lines[number - 1][0] or begins_anew(line):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [joined(paragraph) for paragraph in paragraphs]


def rendered(pdf: bytes, numbers: Sequence[int]) -> Generator[Image.Image]:
    """Yield those pages of a PDF (counted from 0) as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in numbers:
            page = document[number]
            width_pt, height_pt = page.get_size()
            scale = min(_DPI / _POINTS_PER_INCH, math.sqrt(_PAGE_PIXELS / (width_pt * height_pt)))
            yield page.render(scale=scale, grayscale=True).to_pil()
            page.close()
    finally:
        document.close()


def add_to(writer: TextWriter, paragraphs: Iterable[Paragraph]) -> None:
    """Append paragraphs to a page."""
    for one in paragraphs:
        writer.add(one.kind, one.text, one.level)


def remark(pages: Sequence[int]) -> str:
    """What the reader is told of recognised pages."""
    return f"Trang {listed(pages)} được nhận dạng chữ từ ảnh (OCR), có thể có lỗi."


def late_remark(pages: Sequence[int]) -> str:
    """What the reader is told of pages for which there was no time."""
    return (
        f"Trang {listed(pages)} là ảnh chưa được nhận dạng chữ vì hết thời gian: "
        "hãy chia nhỏ tệp, hoặc tăng BOT_FILE_SECONDS rồi chạy lại «bot index»."
    )


def listed(pages: Sequence[int]) -> str:
    """Page numbers for the reader: `2, 3, 7–12`."""
    runs = itertools.groupby(enumerate(pages), key=lambda pair: pair[1] - pair[0])
    parts: list[str] = []
    for _, run in runs:
        numbers = [page for _, page in run]
        parts += [f"{numbers[0]}–{numbers[-1]}"] if len(numbers) > 2 else map(str, numbers)
    return ", ".join(parts)


def _pictures(content: bytes, limits: Limits) -> Iterator[tuple[int, Image.Image]]:
    """Yield how many pictures there are, with each: a TIFF holds several; what else other kinds hold are previews."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if count > limits.pages:
                raise _too_many(count, limits.pages)
            for number in range(count):
                image.seek(number)
                upright = ImageOps.exif_transpose(image)
                # Tesseract's client lays what is transparent on white, where grey would make it black.
                yield count, upright.convert("RGBA" if upright.has_transparency_data else "L")
    except (UnreadableDocumentError, MemoryError):
        raise
    except Image.DecompressionBombError as exc:
        raise UnreadableDocumentError(
            "Ảnh quá lớn nên không mở được.",
            "Hãy giảm kích thước ảnh còn khoảng 300 dpi rồi thử lại.",
            "The picture has too many pixels. Scale it down to about 300 dpi.",
        ) from exc
    except UnidentifiedImageError as exc:
        raise UnreadableDocumentError(
            "Tệp không phải là ảnh thuộc loại đọc được.",
            "Hãy lưu lại dưới dạng PNG, JPEG hoặc TIFF.",
            "The file is not a picture of a known kind. Save it as PNG, JPEG or TIFF.",
        ) from exc
    except Exception as exc:  # Pillow's decoders raise OSError, SyntaxError, ValueError, struct.error and more
        raise UnreadableDocumentError(
            "Ảnh bị hỏng hoặc không đầy đủ.",
            "Hãy tải hoặc quét lại ảnh.",
            "The picture is damaged or incomplete. Download or scan it again.",
        ) from exc


def _lines(data: dict[str, list[int | str]]) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Yield the place (block, paragraph) and the text of each line."""
    words = zip(data["block_num"], data["par_num"], data["line_num"], data["text"], strict=True)
    for place, line in itertools.groupby(words, key=lambda word: word[:3]):
        if text := " ".join(str(word[3]).strip() for word in line).strip():
            yield place[:2], text


def _missing() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Tệp là ảnh, cần Tesseract và dữ liệu tiếng Việt để nhận dạng chữ.",
        "Hãy cài bằng lệnh «sudo apt install tesseract-ocr tesseract-ocr-vie» rồi thử lại.",
        "The file is a picture: reading it takes Tesseract with its Vietnamese data. "
        "Install them with: sudo apt install tesseract-ocr tesseract-ocr-vie",
    )


def _too_many(count: int, limit: int) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Tệp ảnh có {count} trang, nhiều hơn mức cho phép ({limit}).",
        "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_PAGES.",
        f"The picture has {count} pages, more than the {limit} allowed. Split it, or raise BOT_FILE_PAGES.",
    )


def _failed(error: RuntimeError) -> UnreadableDocumentError:
    if "timeout" in str(error):
        return out_of_time()
    return UnreadableDocumentError(
        f"Tesseract không nhận dạng được ảnh này ({error}).",
        "Hãy thử quét lại, hoặc lưu ảnh dưới dạng PNG.",
        f"Tesseract failed on the picture ({error}). Scan it again, or save it as PNG.",
    )


def out_of_time() -> OutOfTimeError:
    """The refusal of a file of which nothing was recognised in time."""
    return OutOfTimeError(
        "Nhận dạng chữ trong ảnh mất quá nhiều thời gian.",
        "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_SECONDS.",
        "Recognising the text took too long. Split the file, or raise BOT_FILE_SECONDS.",
    )
