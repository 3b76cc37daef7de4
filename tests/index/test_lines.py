"""What lines are by their form, and text that was broken into lines by hand."""

from pathlib import Path

import pytest

from bot.places import SOURCES_FOLDER
from index.extracted import Limits
from index.header import front_matter
from index.lines import LIST_ITEM, goes_on, is_caption, usual_width
from index.loaders.paragraphs import from_wording
from index.loaders.text import extract
from index.records import Document
from index.sentences import sentence_spans
from index.split import is_heading, split
from tests.index.loaders import word
from tests.index.loaders.checks import require_sound, shown

_BROKEN = """\
Phòng Quản lý đô thị chọn giống cây phù hợp với khí hậu địa phương,
ưu tiên cây cho bóng mát và ít rụng lá, lấy giống tại vườn ươm của
huyện. Việc trồng cây bắt đầu từ đầu mùa mưa năm nay và do Ban Quản lý
Công viên cùng các khu phố làm; kết quả được báo cáo về Phòng để
theo dõi.

Khó khăn, vướng mắc
Một số tuyến đường hẹp, vỉa hè chưa có chỗ trồng cây, người dân còn
đậu xe trên vỉa hè nên việc chăm sóc cây non gặp nhiều trở ngại. Đề nghị:
- Khu phố nhắc nhở các hộ dân không đậu xe trên vỉa hè và cùng nhau
chăm sóc cây trước nhà;
- Ban Quản lý làm cọc chống.
"""
_FIRST, _SECOND = _BROKEN.split("\n\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _blocks(text: str) -> list[tuple[str, str]]:
    extracted = extract(text.encode(), Limits())
    require_sound(extracted)
    return [(kind, _one_line(piece)) for kind, piece in shown(extracted)]


@pytest.mark.parametrize("mark", [*"-–—+*•●○▪■□◦✓➢", "1.", "12)", "a)", "đ)", "b.", "1.2.", "2.1"])
def test_every_mark_makes_an_item_in_every_kind_of_file(mark: str) -> None:
    line = f"{mark} Trồng cây trên đường ven sông"
    assert LIST_ITEM.match(line)
    assert not is_heading(line)
    assert _blocks(line) == [("item", line)]
    assert from_wording(line).kind == "item"
    assert word.read(word.with_body(word.paragraph(line))) == [("item", line)]


def test_a_lead_stays_with_items_marked_by_dashes() -> None:
    text = "Mở đầu khá dài ở đây.\nBộ đề nghị tỉnh:\n– lập kế hoạch năm năm"
    extracted = extract(text.encode(), Limits())
    passages = split(Document("d", "", "d.txt", "0" * 64, text), extracted.blocks, 45)
    assert [passage.text for passage in passages] == [
        "Mở đầu khá dài ở đây.",
        "Bộ đề nghị tỉnh:\n– lập kế hoạch năm năm",
    ]


@pytest.mark.parametrize(
    "line",
    ["Ảnh: Họp", "(Ảnh minh họa)", "*Hình 3 – Sơ đồ*", "Hình số 2.1. Sơ đồ", "Bảng 2: Số cây", "(ảnh: Văn phòng)"],
)
def test_captions_are_the_same_in_every_kind_of_file(line: str) -> None:
    assert is_caption(line)
    assert _blocks(line) == [("caption", line)]
    assert from_wording(line).kind == "caption"
    assert word.read(word.with_body(word.paragraph(line))) == [("caption", line)]


@pytest.mark.parametrize(
    "line",
    ["Hình thức: trực tuyến", "*Ảnh hưởng của dịch*", "hình. Tỉnh đã họp", "(hình thức trực tuyến)", "Bảng giá: mới"],
)
def test_words_that_begin_like_pictures_are_no_captions(line: str) -> None:
    assert not is_caption(line)


def test_lines_broken_by_hand_are_put_together() -> None:
    assert _blocks(_BROKEN) == [
        ("text", _one_line(_FIRST)),
        ("heading 1", "Khó khăn, vướng mắc"),
        ("text", _one_line(_SECOND.split("\n", 1)[1].split("\n- ")[0])),
        ("item", "- Khu phố nhắc nhở các hộ dân không đậu xe trên vỉa hè và cùng nhau chăm sóc cây trước nhà;"),
        ("item", "- Ban Quản lý làm cọc chống."),
    ]


def test_a_sentence_goes_over_lines_broken_by_hand() -> None:
    found = [_one_line(_BROKEN[start:end]) for start, end in sentence_spans(_BROKEN)]
    assert found[1] == (
        "Việc trồng cây bắt đầu từ đầu mùa mưa năm nay và do Ban Quản lý Công viên cùng các khu phố làm; "
        "kết quả được báo cáo về Phòng để theo dõi."
    )
    assert found[2] == "Khó khăn, vướng mắc"
    assert found[-2:] == [
        "- Khu phố nhắc nhở các hộ dân không đậu xe trên vỉa hè và cùng nhau chăm sóc cây trước nhà;",
        "- Ban Quản lý làm cọc chống.",
    ]


def test_a_line_as_wide_as_usual_goes_on_in_capitals_and_a_heading_does_not() -> None:
    broken = "Chiều nay lãnh đạo Sở có buổi làm việc với Ủy ban nhân dân huyện Bình\nAn về việc trồng cây.\n"
    long = "Một số tuyến đường hẹp, vỉa hè chưa có chỗ trồng cây. " * 3
    heading = "Kết quả trồng cây xanh trên các tuyến đường của thị trấn Bình An"
    found = _blocks(f"{broken}\n{_FIRST}\n\n{heading}\n{long}")
    assert found[0] == ("text", _one_line(broken))
    assert found[2:] == [("heading 1", heading), ("text", long.strip())]


def test_a_heading_over_two_lines_is_one_in_the_path_of_headings() -> None:
    heading = "Kết quả trồng cây xanh trên các tuyến đường của thị trấn\ntrong hai năm qua"
    text = f"{heading}\n\nĐã trồng 120 cây."
    passages = split(Document("d", "", "d.txt", "0" * 64, text), extract(text.encode(), Limits()).blocks, 300)
    assert [passage.heading for passage in passages] == [_one_line(heading)]


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Trồng cây xanh trên các tuyến đường của thị trấn.", "chăm sóc cây"),
        ("Trồng cây xanh trên các tuyến đường của thị trấn:", "chăm sóc cây"),
        ("Trồng cây xanh trên các tuyến đường của thị trấn", ""),
        ("Trồng cây xanh trên các tuyến đường của thị trấn", "a) chăm sóc cây"),
        ("Trồng cây xanh trên các tuyến đường của thị trấn", "– chăm sóc cây"),
        ("Trồng cây xanh trên các tuyến đường của thị trấn", "Chăm sóc cây"),
        ("# Trồng cây xanh trên các tuyến đường của thị trấn", "chăm sóc cây"),
        ("| Trồng cây xanh trên các tuyến đường | thị trấn |", "chăm sóc cây"),
        ("KẾ HOẠCH TRỒNG CÂY XANH TRÊN CÁC TUYẾN ĐƯỜNG", "của thị trấn"),
        ("Trồng cây xanh", "chăm sóc cây"),
    ],
)
def test_what_stands_apart_stays_apart(line: str, following: str) -> None:
    assert not goes_on(line, following)


def test_texts_with_a_line_for_each_paragraph_have_no_usual_width() -> None:
    for file in Path(SOURCES_FOLDER).glob("*.md"):
        text = file.read_text(encoding="utf-8")
        _, start = front_matter(text)
        assert usual_width(text[start:].splitlines()) == 0
