"""Recognising the letters in pictures, and what is refused."""

import io
import time

import pytest
from PIL import Image

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.loaders import ocr
from index.vietnamese import words
from tests.index.loaders.papers import encoded, picture

needs_tesseract = pytest.mark.skipif(not ocr.is_available(), reason="Tesseract with Vietnamese data is not installed")

_LINES = (
    "Thị trấn tổ chức ngày hội đọc sách cho học sinh",
    "các trường tiểu học vào cuối tháng tư hằng năm.",
    "Thư viện chuẩn bị sách, phòng văn hóa lo bàn ghế",
    "và đoàn thanh niên hướng dẫn các em nhỏ chọn sách.",
)
_NEXT = "Mỗi trường cử mười học sinh tham dự."


def _refusal(content: bytes, limits: Limits | None = None) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as refused:
        ocr.extract(content, limits or Limits())
    assert refused.value.english
    assert refused.value.remedy
    return refused.value


@needs_tesseract
def test_nine_words_in_ten_of_a_clean_page_are_recognised() -> None:
    found = words(" ".join(ocr.recognise(picture(*_LINES), 60)))
    expected = words(" ".join(_LINES))
    assert len([word for word in expected if word in found]) >= 0.9 * len(expected)


@needs_tesseract
def test_paragraphs_items_and_headings_stay_apart() -> None:
    image = picture(
        "Điều 5. Ngày hội đọc sách", "", *_LINES[:2], "", "- Thư viện chuẩn bị sách;", "- Nhà trường cử học sinh."
    )
    extracted = ocr.extract(encoded(image, "PNG"), Limits())
    assert [(block.kind, extracted.text[block.start : block.end]) for block in extracted.blocks] == [
        ("heading", "Điều 5. Ngày hội đọc sách"),
        ("text", " ".join(_LINES[:2])),
        ("item", "- Thư viện chuẩn bị sách;"),
        ("item", "- Nhà trường cử học sinh."),
    ]
    assert extracted.blocks[0].level == 3


@needs_tesseract
def test_each_picture_of_a_tiff_is_a_page() -> None:
    content = encoded(picture(*_LINES), "TIFF", picture(), picture(_NEXT))
    extracted = ocr.extract(content, Limits())
    assert len(extracted.pages) == 3
    assert extracted.pages[0] == 0
    assert _NEXT in extracted.text[extracted.pages[2] :]
    assert extracted.remarks == ("Trang 1–3 được nhận dạng chữ từ ảnh (OCR), có thể có lỗi.",)
    assert "3 trang" in _refusal(content, Limits(pages=2)).message


@needs_tesseract
@pytest.mark.parametrize("kind", ["JPEG", "BMP", "WEBP"])
def test_pictures_of_every_kind_are_read(kind: str) -> None:
    assert _NEXT in ocr.extract(encoded(picture(_NEXT), kind), Limits()).text


@needs_tesseract
def test_dark_letters_on_a_transparent_ground_are_read() -> None:
    letters = picture(_NEXT)
    image = Image.new("RGBA", letters.size, (0, 0, 0, 0))
    image.putalpha(letters.point(lambda value: 255 - value))
    assert _NEXT in ocr.extract(encoded(image, "PNG"), Limits()).text


@needs_tesseract
def test_a_photograph_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    file = io.BytesIO()
    picture(*_LINES[:2]).rotate(90, expand=True).save(file, "JPEG", exif=exif)
    assert " ".join(_LINES[:2]) in ocr.extract(file.getvalue(), Limits()).text


@needs_tesseract
def test_what_cannot_be_read_is_refused_each_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(picture(_NEXT), "PNG")
    refusals = [
        _refusal(b""),
        _refusal(content[: len(content) // 2]),
        _refusal(encoded(picture(), "PNG")),
        _refusal(content, Limits(seconds=0)),
    ]
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    refusals.append(_refusal(content))
    said = ["không phải là ảnh", "bị hỏng", "Không nhận ra chữ nào", "quá nhiều thời gian", "quá lớn"]
    assert all(word in error.message for word, error in zip(said, refusals, strict=True))


def test_without_tesseract_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not ocr.is_available()
    refused = _refusal(encoded(picture(_NEXT), "PNG"))
    assert "apt install tesseract-ocr tesseract-ocr-vie" in refused.remedy
    assert "apt install tesseract-ocr tesseract-ocr-vie" in refused.english


def _quick(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plays Tesseract: so many pictures are read at once, and then the time is over."""
    left = iter(range(first))

    def recognise(image: Image.Image, timeout_s: float) -> list[str]:
        if next(left, None) is None:
            raise ocr.out_of_time()
        return [_NEXT]

    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "recognise", recognise)


def test_pictures_for_which_there_was_no_time_are_named_and_the_others_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(picture(), "TIFF", picture(), picture(), picture())
    _quick(2, monkeypatch)
    extracted = ocr.extract(content, Limits())
    assert (extracted.text.count(_NEXT), extracted.is_partial) == (2, True)
    assert "Trang 1, 2 được nhận dạng" in extracted.remarks[0]
    assert "Trang 3, 4 là ảnh chưa được nhận dạng chữ vì hết thời gian" in extracted.remarks[1]
    _quick(0, monkeypatch)
    assert "quá nhiều thời gian" in _refusal(content).message


def test_recognising_ends_before_the_time_of_the_file_does() -> None:
    now = time.monotonic()
    assert 70 < ocr.deadline(Limits(seconds=100)) - now < 90


def test_page_numbers_are_listed_with_longer_runs_drawn_together() -> None:
    assert ocr.listed([2, 3, 7, 8, 9, 12]) == "2, 3, 7–9, 12"
