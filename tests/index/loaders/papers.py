"""PDF files and pictures as offices make them, for the tests."""

import io
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import matplotlib
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from index.extracted import Extracted, Kind, Limits
from index.loaders import pdf

OPENING = "Kế hoạch này quy định việc trồng cây xanh trên các tuyến đường của thị trấn trong hai năm tới."
BODY = (
    "Phòng Quản lý đô thị chọn giống cây phù hợp với khí hậu địa phương, ưu tiên cây cho bóng mát và ít rụng lá. "
    "Việc trồng cây bắt đầu từ đầu mùa mưa và kết thúc trước tháng mười hằng năm."
)
CLOSING = "Kinh phí được lấy từ ngân sách thị trấn và đóng góp tự nguyện của người dân."

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
LINE_MM = 6.0
MARGIN_MM = 20.0


class Paper(FPDF):
    """An A4 paper in a font that has the Vietnamese letters."""

    def __init__(self, header: str = "", footer: str = "") -> None:
        super().__init__()
        self._running = header, footer
        self.add_font("DejaVu", "", _FONTS / "DejaVuSans.ttf")
        self.add_font("DejaVu", "B", _FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(True, MARGIN_MM)
        self.set_font("DejaVu", size=11)

    def header(self) -> None:
        """Print the running header."""
        self._run(8, self._running[0])

    def footer(self) -> None:
        """Print the running footer."""
        self._run(-12, self._running[1])

    def _run(self, y_mm: float, text: str) -> None:
        if text:
            self.set_y(y_mm)
            self.set_font("DejaVu", size=9)
            self.cell(0, 5, text.format(page=self.page_no()), align="C")
            self.set_y(MARGIN_MM)
            self.set_font("DejaVu", size=11)

    def lines(self, *texts: str, size: float = 11, style: Literal["", "B"] = "", width_mm: float = 0) -> None:
        """Print paragraphs below each other, a little apart."""
        left = self.get_x()
        self.set_font("DejaVu", style, size)
        for text in texts:
            self.multi_cell(width_mm, size * LINE_MM / 11, text, align="L", new_y="NEXT")
            self.set_xy(left, self.get_y() + 3)
        self.set_font("DejaVu", size=11)

    def bytes(self) -> bytes:
        """The file."""
        return bytes(self.output())


def document(*pages: Sequence[str], header: str = "", footer: str = "") -> bytes:
    """A file of plain paragraphs."""
    paper = Paper(header, footer)
    for texts in pages:
        paper.add_page()
        paper.lines(*texts)
    return paper.bytes()


def picture(*texts: str, size_px: int = 44) -> Image.Image:
    """A page scanned at 200 dpi; a paragraph is given line by line."""
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(_FONTS / "DejaVuSans.ttf", size_px)
    for number, text in enumerate(texts):
        draw.text((150, 200 + 1.6 * size_px * number), text, fill=0, font=font)
    return image


def encoded(image: Image.Image, kind: str, *more: Image.Image) -> bytes:
    """The picture as a file; a TIFF may have more pages."""
    file = io.BytesIO()
    if more:
        image.save(file, kind, save_all=True, append_images=more)
    else:
        image.save(file, kind)
    return file.getvalue()


def read(content: bytes) -> Extracted:
    """What is made of a PDF file, its blocks in order and with nothing between them."""
    extracted = pdf.extract(content, Limits())
    for block in extracted.blocks:
        assert extracted.text[block.start : block.end].strip() == extracted.text[block.start : block.end] != ""
    for left, right in itertools.pairwise(extracted.blocks):
        assert left.end < right.start
        assert extracted.text[left.end : right.start].isspace()
    return extracted


def texts(extracted: Extracted, *kinds: Kind) -> list[str]:
    """The texts of the blocks of these kinds, or of all."""
    return [extracted.text[block.start : block.end] for block in extracted.blocks if not kinds or block.kind in kinds]


def scan(*pages: str | Image.Image) -> bytes:
    """A PDF with a page for each: of that text, or a picture that fills it."""
    paper = Paper()
    paper.set_auto_page_break(False)
    for page in pages:
        paper.add_page()
        if isinstance(page, str):
            paper.lines(page)
        else:
            paper.image(page, 0, 0, 210, 297)
    return paper.bytes()
