"""Order, paragraphs, headings, lists and running lines of printed pages."""

import pytest

from index.extracted import Block, Extracted
from index.loaders.paragraphs import joined
from tests.index.loaders.papers import BODY, CLOSING, MARGIN_MM, OPENING, Paper, document, read, texts


def _block(extracted: Extracted, text: str) -> Block:
    return next(block for block in extracted.blocks if extracted.text[block.start : block.end] == text)


def _tree(number: int) -> str:
    return f"Tổ dân phố số {number} đã nhận cây giống và cử người chăm sóc từng gốc cây mới trồng."


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    assert texts(read(document([OPENING, BODY, CLOSING])), "text") == [OPENING, BODY, CLOSING]


def test_a_paragraph_is_known_by_its_indentation_where_nothing_else_parts_it() -> None:
    paper = Paper()
    paper.add_page()
    paper.multi_cell(0, 6, f"        {OPENING}\n        {BODY}\n        {CLOSING}")
    assert texts(read(paper.bytes())) == [OPENING, BODY, CLOSING]


def test_lines_far_apart_throughout_are_one_paragraph() -> None:
    paper = Paper()
    paper.add_page()
    for text in (OPENING, BODY, CLOSING):
        paper.multi_cell(0, 9, text)
        paper.ln(4)
    assert texts(read(paper.bytes())) == [OPENING, BODY, CLOSING]


def test_a_paragraph_set_ragged_ends_where_a_line_had_room_for_the_next_word() -> None:
    paper = Paper()
    paper.add_page()
    for text in (OPENING, BODY, CLOSING):
        paper.multi_cell(0, 6, text, align="L", new_x="LMARGIN", new_y="NEXT")
    assert texts(read(paper.bytes())) == [OPENING, BODY, CLOSING]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["kế hoạch trồng", "cây xanh"], "kế hoạch trồng cây xanh"),
        (["kế ho\u00ad", "ạch"], "kế hoạch"),
        (["commu-", "nication và"], "communication và"),
        (["phát triển kinh tế-", "xã hội"], "phát triển kinh tế-xã hội"),
        (["quản lý thu-", "chi"], "quản lý thu-chi"),
        (["kinh tế -", "xã hội"], "kinh tế - xã hội"),
        (["Covid-", "19"], "Covid-19"),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_whole_again_and_compounds_keep_their_hyphen(
    lines: list[str], text: str
) -> None:
    assert joined(lines) == text


def test_columns_are_read_one_after_the_other_below_the_heading_above_them() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines("Bản tin cây xanh của thị trấn ven sông", size=16, style="B")
    paper.lines(OPENING)
    top = paper.get_y()
    for side in range(2):
        paper.set_xy(MARGIN_MM + 90 * side, top + 2.5 * side)  # the lines of the columns are not level
        paper.lines(*(_tree(number) for number in range(6 * side, 6 * side + 6)), width_mm=80)
    paper.set_x(MARGIN_MM)
    paper.lines(BODY)
    extracted = read(paper.bytes())
    assert texts(extracted) == ["Bản tin cây xanh của thị trấn ven sông", OPENING, *map(_tree, range(12)), BODY]


def test_what_stands_side_by_side_in_a_table_without_rules_is_read_row_by_row() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    for number in range(1, 5):
        paper.text(MARGIN_MM, 80 + 8 * number, f"Khu phố {number}")
        paper.text(110, 80 + 8 * number, f"trồng {number * 10} cây")
    assert "Khu phố 3 trồng 30 cây" in read(paper.bytes()).text


def test_the_head_and_the_foot_of_an_official_letter_are_read_column_by_column() -> None:
    paper = Paper()
    paper.add_page()
    for number, (left, right) in enumerate(
        [("ỦY BAN THỊ TRẤN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Số: 12/KH-UB", "Độc lập - Tự do - Hạnh phúc")]
    ):
        paper.text(25, 30 + 6 * number, left)
        paper.text(95, 30 + 6 * number, right)
    paper.set_y(50)
    paper.lines(OPENING, BODY)
    for number, (left, right) in enumerate(
        [("Nơi nhận:", "CHỦ TỊCH"), ("- Như trên;", ""), ("- Lưu: VT.", "Lê Văn Mẫu")]
    ):
        paper.text(25, 120 + 6 * number, left)
        paper.text(130, 120 + 6 * number, right)
    found = texts(read(paper.bytes()))
    assert "12/KH-UB CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập" in " ".join(found)
    assert found[-5:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Lê Văn Mẫu"]


def test_running_headers_footers_and_page_numbers_are_noise() -> None:
    header, footer = "Kế hoạch cây xanh giai đoạn mới", "Trang {page}/5"
    bodies = [f"{name} đã nhận cây giống và cử người chăm sóc." for name in ("Chợ Mới", "Bến Cũ", "Gò", "Vàm", "Cồn")]
    extracted = read(document(*([text] for text in bodies), header=header, footer=footer))
    assert texts(extracted, "noise") == [text for page in range(1, 6) for text in (header, f"Trang {page}/5")]
    assert texts(extracted, "text") == bodies


@pytest.mark.parametrize("number", ["{page}", "- {page} -", "Trang {page}", "Thị trấn ven sông | Trang {page}/2"])
def test_two_pages_have_running_lines_too_and_a_paragraph_that_begins_alike_is_none(number: str) -> None:
    extracted = read(document([OPENING], [OPENING], header="Thị trấn ven sông", footer=number))
    numbers = [number.format(page=page) for page in (1, 2)]
    assert texts(extracted, "noise") == ["Thị trấn ven sông", numbers[0], "Thị trấn ven sông", numbers[1]]
    assert texts(extracted, "text") == [OPENING, OPENING]


def test_the_first_of_three_pages_may_have_no_running_line_and_of_four_three_have_it() -> None:
    def noise(pages: int, first: int) -> list[str]:
        paper = Paper()
        for number in range(pages):
            paper.add_page()
            paper.text(MARGIN_MM, 12, "Thị trấn ven sông" if number >= first else "")
            paper.lines(_tree(number))
        return texts(read(paper.bytes()), "noise")

    assert noise(3, 1) == ["Thị trấn ven sông"] * 2
    assert noise(4, 2) == []
    assert noise(4, 1) == ["Thị trấn ven sông"] * 3


@pytest.mark.parametrize(
    "line",
    [
        *["Kinh phí đề nghị: {0}5 tỷ đồng", "Phiếu số {0}", "Tỉnh Sơn La đề nghị hỗ trợ 1{0}1 điểm tại huyện thứ 2."],
        *["Kinh phí đề nghị: 25 tỷ đồng", "Giảm 30% phí đường truyền", "Tỉnh đề nghị hỗ trợ điểm phát sóng."],
        "Các huyện vùng cao đã lập danh sách những thôn chưa có sóng, xin được xem xét " * 2,
    ],
)
def test_what_a_form_says_at_the_top_of_every_page_is_read(line: str) -> None:
    said = [line.format(number).strip() for number in range(1, 6)]
    extracted = read(document(*([text, BODY] for text in said), footer="Mẫu đề nghị – Trang {page}"))
    assert [text for text in texts(extracted, "text") if text != BODY] == said
    assert texts(extracted, "noise") == [f"Mẫu đề nghị – Trang {page}" for page in range(1, 6)]


def test_a_line_is_running_only_at_one_height_with_nothing_that_changes_between_it_and_the_edge() -> None:
    paper = Paper()
    for number in range(6):
        paper.add_page()
        paper.text(MARGIN_MM, 8 + 3 * number, "Thị trấn ven sông")
        paper.set_y(40)
        paper.lines(BODY)
    assert texts(read(paper.bytes()), "noise") == []
    extracted = read(document(*([f"Xã {name}", "Phiếu đăng ký", BODY] for name in ("Gò", "Vàm", "Cồn", "Bến"))))
    assert texts(extracted, "noise") == []


def test_the_heads_of_letters_put_together_in_one_file_are_read() -> None:
    paper = Paper()
    for _ in range(3):
        paper.add_page()
        paper.text(20, 18, "ỦY BAN THỊ TRẤN")
        paper.text(95, 18, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        paper.text(20, 24, "Số: 12/KH-UB")
        paper.text(95, 24, "Độc lập - Tự do - Hạnh phúc")
        paper.set_y(40)
        paper.lines(OPENING)
    assert texts(read(paper.bytes()), "noise") == []


def test_larger_and_bold_lines_are_headings_with_levels_by_their_size() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines("KẾ HOẠCH TRỒNG CÂY", size=18, style="B")
    paper.lines("Mục tiêu chung", size=14)
    paper.lines(OPENING, BODY)
    paper.lines("1. Việc làm trước", style="B")
    paper.lines(CLOSING)
    extracted = read(paper.bytes())
    levels = [("KẾ HOẠCH TRỒNG CÂY", 1), ("Mục tiêu chung", 2), ("1. Việc làm trước", 3)]
    assert texts(extracted, "heading") == [text for text, _ in levels]
    assert [_block(extracted, text).level for text, _ in levels] == [1, 2, 3]


def test_chapters_and_articles_are_headings_without_any_emphasis() -> None:
    extracted = read(
        document(["Chương I", "Điều 5. Phạm vi áp dụng", OPENING, "Điều 6 của kế hoạch này áp dụng từ năm sau.", BODY])
    )
    assert texts(extracted, "heading") == ["Chương I", "Điều 5. Phạm vi áp dụng"]
    assert [_block(extracted, text).level for text in texts(extracted, "heading")] == [1, 2]


def test_a_heading_over_two_lines_is_one() -> None:
    paper = Paper()
    paper.add_page()
    paper.multi_cell(
        0, 6, "**KẾ HOẠCH**\n**Trồng cây xanh tại thị trấn**", align="C", markdown=True, new_x="LMARGIN", new_y="NEXT"
    )
    paper.lines(OPENING, BODY)
    assert texts(read(paper.bytes()), "heading") == ["KẾ HOẠCH Trồng cây xanh tại thị trấn"]


def test_items_of_a_list_stay_apart_and_captions_are_known() -> None:
    items = [
        "- Cây sao đen trồng trên đường ven sông, mỗi cây cách nhau tám mét và có cọc chống trong năm đầu tiên;",
        "• Cây bằng lăng trồng trước trường học;",
        "1. Đào hố trước mùa mưa.",
        "a) Bón lót phân chuồng;",
        "1.2. Tưới nước hằng ngày.",
    ]
    captions = ["Ảnh: Thanh niên thị trấn trồng cây.", "Bảng 2. Số cây theo khu phố", "Hình 1: Đường ven sông"]
    extracted = read(document([OPENING, *items, "Hình thức trồng cây do khu phố chọn.", *captions]))
    assert texts(extracted, "item") == items
    assert texts(extracted, "caption") == captions
