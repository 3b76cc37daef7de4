"""Plain text and Markdown: the text word for word, and the kind of every line."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.loaders.text import extract

_LINES = (
    "# Kết quả",
    "Hạ tầng số",
    "Tỉnh đã phủ sóng 98% số thôn.",
    "- lập kế hoạch;",
    "| Xã | Số hộ |",
    "|---|:--:|",
    "Ảnh: phòng họp",
    "hop-bao.jpg",
    "![quang cảnh buổi họp](1.png)",
    "Chia sẻ",
    "====",
    "",
    "   ",
)
_ENDS = ("\n", "\r\n", "\n\n", "\r", " \t\n", "\n\u00a0\n", "\u2028", "\x0b", "")
_HEADERS = ("", "\ufeff", "---\ntitle: Họp\n---\n", "\ufeff---\r\ntitle: Họp\r\n---\r\n")


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, str]:
    """A header, and what stands below it."""
    odd = st.text("aàđEÔ12 .,:;?…#|*_()!\t\u00a0\u200b\u0301\u3000“”🙂", max_size=80)
    line = st.one_of(st.sampled_from(_LINES), odd)
    pieces = draw(st.lists(st.tuples(line, st.sampled_from(_ENDS)), max_size=10))
    return draw(st.sampled_from(_HEADERS)), "".join(line + end for line, end in pieces)


def _read(text: str) -> Extracted:
    return extract(text.encode(), Limits())


def _kinds(text: str) -> list[str]:
    return [block.kind for block in _read(text).blocks]


@given(_texts())
def test_blocks_are_stripped_slices_in_order_without_overlap(made: tuple[str, str]) -> None:
    text = "".join(made)
    blocks = _read(text).blocks
    assert all(text[b.start : b.end].strip("\ufeff") == text[b.start : b.end].strip() != "" for b in blocks)
    assert all(before.end < after.start for before, after in pairwise(blocks))
    assert all((block.level > 0) == (block.kind == "heading") for block in blocks)


@given(_texts())
def test_text_is_verbatim_and_whatever_is_no_white_space_below_the_header_lies_in_a_block(
    made: tuple[str, str],
) -> None:
    header, body = made
    extracted = _read(header + body)
    assert extracted.text == header + body
    covered = {place for block in extracted.blocks for place in range(block.start, block.end)}
    begin = len(header)
    wanted = {place for place, char in enumerate(extracted.text) if place >= begin and not char.isspace()}
    assert {place for place in covered if not extracted.text[place].isspace()} == wanted


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("# Kết quả", "heading", 1),
        ("### Kiến nghị, đề xuất.", "heading", 3),
        ("Hạ tầng số", "heading", 1),
        ("I. Kết quả đạt được", "heading", 1),
        ("Tỉnh đã phủ sóng 98% số thôn.", "text", 0),
        ("Các việc cần làm:", "text", 0),
        ("Nguồn: Văn phòng tỉnh.", "text", 0),
        ("Chia sẻ dữ liệu giữa các sở là việc bắt buộc.", "text", 0),
        ("Từ khóa: hạ tầng, dữ liệu.", "text", 0),
        ("Hình thức: trực tuyến.", "text", 0),
        ("- lập kế hoạch;", "item", 0),
        ("1) lập kế hoạch;", "item", 0),
        ("đ) lập kế hoạch;", "item", 0),
        ("| Xã | Số hộ |", "row", 0),
        ("|---|:--:|", "noise", 0),
    ],
)
def test_a_line_is_known_by_its_form(line: str, kind: str, level: int) -> None:
    (block,) = _read(f"\n  {line}  \n").blocks
    assert (block.kind, block.level) == (kind, level)
    assert (block.start, block.end) == (3, 3 + len(line))


@pytest.mark.parametrize(
    "line",
    [
        "bo-truong-lam-viec.JPG",
        "![ảnh họp](anh/1.png)",
        "![](1.png)",
        "----",
        "****",
        "______",
        "=====",
        "Xem toàn văn tại đây: tệp.pdf",
        "Chia sẻ",
        "CHIA SẺ BÀI VIẾT",
        "Chia sẻ lên Facebook",
        "Facebook Zalo Twitter",
        "Thích | Chia sẻ",
        "Thích (12)",
        "Theo dõi",
        "Gửi bình luận",
        "Lưu bài",
        "Lưu bài viết",
        "A+ A-",
        "A- A+",
        "In trang.",
        "In bài viết",
        "Sao chép liên kết",
        "Từ khóa:",
        "Tin liên quan",
        "Các tin khác:",
        "Bình luận (0)",
        "Đọc thêm",
    ],
)
def test_what_share_bars_and_pictures_leave_behind_is_noise(line: str) -> None:
    assert _kinds(line) == ["noise"]
    assert _kinds(unicodedata.normalize("NFD", line)) == ["noise"]


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh: Quang cảnh buổi làm việc",
        "Ảnh 1. Quang cảnh buổi làm việc",
        "Hình 2: Mô hình bốn lớp.",
        "Hình 1.2. Mô hình bốn lớp.",
        "Biểu đồ 1: Số thuê bao theo năm",
        "(Ảnh: Văn phòng tỉnh)",
        "*Ảnh: Văn phòng tỉnh*",
        "(Ảnh minh họa)",
        "_Hình 3 – Sơ đồ kết nối_",
        "![quang cảnh buổi họp](anh/1.png)",
    ],
)
def test_what_is_said_of_a_picture_is_a_caption(line: str) -> None:
    assert _kinds(line) == ["caption"]


@pytest.mark.parametrize("picture", ["bo-truong-lam-viec.jpg", "![](1.png)", "![quang cảnh buổi họp](1.png)"])
def test_a_short_line_directly_below_a_picture_is_its_caption(picture: str) -> None:
    assert _kinds(f"{picture}\r\nBộ trưởng làm việc với tỉnh\r\nBuổi họp kết thúc.")[1:] == ["caption", "text"]
    assert _kinds(f"{picture}\n*Bộ trưởng làm việc với tỉnh.*\nBuổi họp kết thúc.")[1:] == ["caption", "text"]


@pytest.mark.parametrize(
    ("below", "kind"),
    [
        ("\nBộ trưởng làm việc với tỉnh.", "text"),
        ("Tỉnh cần làm. " * 20, "text"),
        ("Bộ trưởng làm việc với tỉnh.", "text"),
        ("Dự buổi làm việc có:", "text"),
        ("## Kiến nghị", "heading"),
        ("- lập kế hoạch;", "item"),
        ("Chia sẻ", "noise"),
        ("trong-phong-hop.png", "noise"),
    ],
)
def test_what_else_follows_a_picture_is_no_caption(below: str, kind: str) -> None:
    assert _kinds(f"hop-bao.jpg\n{below}") == ["noise", kind]


def test_a_table_is_its_rows_without_the_rule() -> None:
    assert _kinds("| Xã | Số hộ |\n|:---|---:|\n| Tân Lập | 120 |\n| Phú Xá | 98 |") == ["row", "noise", "row", "row"]


def test_front_matter_is_in_no_block() -> None:
    text = "---\ntitle: Họp\n---\n\nTỉnh cần làm."
    assert [text[b.start : b.end] for b in _read(text).blocks] == ["Tỉnh cần làm."]


def test_broken_front_matter_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="YAML"):
        _read("---\ntitle: [a\n---\nNội dung.")


def test_a_byte_order_mark_stays_in_the_text_and_in_no_block() -> None:
    content = "\ufeffLời mở đầu.\n".encode()
    extracted = extract(content, Limits())
    assert extracted.text == content.decode("utf-8")
    assert [(b.start, b.end) for b in extracted.blocks] == [(1, 12)]


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le"])
def test_unicode_files_need_no_remark(name: str) -> None:
    extracted = extract("Họp giao ban quý một.".encode(name), Limits())
    assert (extracted.text, extracted.remarks) == ("Họp giao ban quý một.", ())


def test_a_file_from_before_unicode_is_converted_and_the_reader_told() -> None:
    extracted = extract("Céng hßa x· héi chñ nghÜa ViÖt Nam\r\n".encode("latin-1"), Limits())
    assert extracted.text == "Cộng hòa xã hội chủ nghĩa Việt Nam\r\n"
    assert [block.kind for block in extracted.blocks] == ["heading"]
    assert extracted.remarks == ("Tệp dùng bảng mã TCVN3 (ABC); nội dung đã được chuyển sang Unicode.",)


def test_an_empty_file_has_no_blocks() -> None:
    assert extract(b"", Limits()) == Extracted("", ())


@pytest.mark.parametrize("content", [b"PNG\x00\x01\x02", b"\x00\xff", b"\xff\x00" * 40])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không phải văn bản\."):
        extract(content, Limits())
