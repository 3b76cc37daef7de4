"""Whose speech a document is."""

import pytest

from index.cast import Cast
from index.speech import speech_of


@pytest.mark.parametrize(
    "line",
    [
        "BÀI PHÁT BIỂU CỦA BỘ TRƯỞNG PHAN MINH KHOA",
        "Phát biểu khai mạc của Bộ trưởng Phan Minh Khoa",
        "Tham luận của Bộ trưởng Phan Minh Khoa",
    ],
)
def test_whose_speech_a_document_is(line: str) -> None:
    voice = speech_of(f"{line}\n\nThưa các đồng chí!", Cast())
    assert voice is not None
    assert (voice.name, voice.title, voice.side) == ("Phan Minh Khoa", "Bộ trưởng", "ministry")


def test_a_report_of_a_speech_is_no_speech() -> None:
    assert speech_of("Bộ trưởng phát biểu ở Cà Mau.\n\nHôm qua trời mưa.", Cast()) is None


@pytest.mark.parametrize(
    "head",
    [
        "Toàn văn bài phát biểu của Thứ trưởng Bộ TT&TT Phan Minh Khoa tại Hội nghị chuyển đổi số tỉnh Cà Mau",
        "BÀI PHÁT BIỂU\ncủa đồng chí Phan Minh Khoa, Thứ trưởng Bộ TT&TT, tại Hội nghị chuyển đổi số",
        "PHÁT BIỂU CỦA THỨ TRƯỞNG PHAN MINH KHOA\ntại Hội nghị chuyển đổi số",
    ],
)
def test_whose_speech_a_longer_title_says_it_is(head: str) -> None:
    voice = speech_of(f"{head}\n\nThưa các đồng chí!", Cast())
    assert voice is not None
    assert (voice.name, voice.side) == ("Phan Minh Khoa", "ministry")


def test_a_section_is_no_speech() -> None:
    assert (
        speech_of("# Làm việc tại Cà Mau\n\n## Phát biểu của Bí thư Tỉnh ủy Lữ Minh Triết\n\nDữ liệu.", Cast()) is None
    )
