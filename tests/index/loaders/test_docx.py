"""Word documents: their text in order, and the kind of each paragraph."""

import datetime
import unicodedata
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from index.loaders.docx import extract
from tests.index.loaders.checks import repacked
from tests.index.loaders.word import LIMITS, W, cell, fill, paragraph, read, saved, table, with_body


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    document = docx.Document()
    document.add_heading("Kế hoạch chuyển đổi số", 0)
    document.add_heading("Mục tiêu", 1)
    document.add_paragraph("Đến hết năm 2022, toàn huyện có 35 xã dùng bộ phận một cửa điện tử.")
    fill(document.add_table(2, 3), ("Xã", "Số thôn", "Số hộ"), ("Hòa Sơn", "12", "900"))
    document.add_heading("Chi tiết", 2)
    document.add_paragraph("Giao Văn phòng theo dõi.", style="List Bullet")
    assert read(document) == [
        ("heading 1", "Kế hoạch chuyển đổi số"),
        ("heading 1", "Mục tiêu"),
        ("text", "Đến hết năm 2022, toàn huyện có 35 xã dùng bộ phận một cửa điện tử."),
        ("row", "Xã: Hòa Sơn; Số thôn: 12; Số hộ: 900."),
        ("heading 2", "Chi tiết"),
        ("item", "• Giao Văn phòng theo dõi."),
    ]


@pytest.mark.parametrize(("name", "kind"), [("Tiêu đề 2", "heading 2"), ("Đề mục", "heading 1"), ("Ghi chú", "text")])
def test_styles_with_vietnamese_names_make_headings(name: str, kind: str) -> None:
    document = docx.Document()
    document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Tổ chức thực hiện.", style=name)
    assert read(document) == [(kind, "Tổ chức thực hiện.")]


def test_a_style_based_on_a_heading_is_a_heading() -> None:
    document = docx.Document()
    style: Any = document.styles.add_style("Mục lớn", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Tổ chức thực hiện.", style=style)
    assert read(document) == [("heading 2", "Tổ chức thực hiện.")]


def test_styles_that_are_based_on_each_other_do_no_harm() -> None:
    document = docx.Document()
    one: Any = document.styles.add_style("Một", WD_STYLE_TYPE.PARAGRAPH)
    two: Any = document.styles.add_style("Hai", WD_STYLE_TYPE.PARAGRAPH)
    one.base_style, two.base_style = two, one
    document.add_paragraph("Tổ chức thực hiện.", style=one)
    assert read(document) == [("text", "Tổ chức thực hiện.")]


def test_a_level_in_the_outline_makes_a_heading_and_that_of_the_body_unmakes_it() -> None:
    level = '<w:p><w:pPr>{}<w:outlineLvl w:val="{}"/></w:pPr><w:r><w:t>Tổ chức thực hiện.</w:t></w:r></w:p>'
    style = '<w:pStyle w:val="Heading1"/>'
    assert read(with_body(level.format("", 3) + level.format(style, 9))) == [
        ("heading 4", "Tổ chức thực hiện."),
        ("text", "Tổ chức thực hiện."),
    ]


def test_a_long_paragraph_in_a_style_of_headings_is_text() -> None:
    document = docx.Document()
    document.add_heading("Ủy ban nhân dân huyện giao các phòng thực hiện. " * 8, 1)
    assert read(document)[0][0] == "text"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kết quả nổi bật", "heading 3"),
        ("Kết quả nổi bật:", "text"),
        ("Đã hoàn thành 12 chỉ tiêu.", "text"),
        ("2021", "text"),
        ("Kết quả " * 30 + "nổi bật", "text"),
    ],
)
def test_short_bold_paragraphs_without_a_full_stop_are_headings(text: str, kind: str) -> None:
    document = docx.Document()
    document.add_paragraph().add_run(text).bold = True
    assert read(document) == [(kind, text)]


def test_a_paragraph_is_bold_by_its_style_by_its_letters_or_not_wholly() -> None:
    document = docx.Document()
    style: Any = document.styles.add_style("Đậm", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_paragraph("Theo kiểu đoạn", style=style)
    document.add_paragraph("Kiểu đoạn đậm nhưng ", style=style).add_run("chữ thường").bold = False
    strong: Any = document.styles.add_style("Chữ đậm", WD_STYLE_TYPE.CHARACTER)
    strong.font.bold = True
    document.add_paragraph().add_run("Theo kiểu chữ", style=strong)
    document.add_paragraph("Chỉ một ").add_run("phần").bold = True
    assert [kind for kind, _ in read(document)] == ["heading 3", "text", "heading 3", "text"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ảnh: Đại biểu dự hội nghị", "caption"),
        ("Hình 2. Sơ đồ mạng", "caption"),
        ("Hình 2.1 – Sơ đồ mạng", "caption"),
        ("Biểu đồ 1: Số hồ sơ", "caption"),
        ("Ảnh hưởng của dịch bệnh còn lớn.", "text"),
        ("Hình thức: trực tuyến", "text"),
        ("Hình 2 cho thấy số hồ sơ tăng.", "text"),
        ("Ảnh: " + "đại biểu " * 60, "text"),
    ],
)
def test_captions_are_known_by_their_first_words(text: str, kind: str) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    assert read(document) == [(kind, text.strip())]


def test_captions_and_tables_of_contents_are_known_by_their_styles() -> None:
    document = docx.Document()
    document.add_paragraph("Quang cảnh buổi lễ", style="Caption")
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Mục tiêu\t3", style="toc 1")
    assert read(document) == [("caption", "Quang cảnh buổi lễ"), ("noise", "Mục tiêu 3")]


def test_numbered_paragraphs_and_typed_marks_are_items() -> None:
    numbered = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>Rà soát dữ liệu;</w:t></w:r></w:p>'
    )
    body = numbered.format(1) + numbered.format(0) + paragraph("- Rà soát dữ liệu;") + paragraph("a) Rà soát dữ liệu;")
    assert [kind for kind, _ in read(with_body(body))] == ["item", "text", "item", "item"]


def test_links_insertions_and_moved_text_are_read_and_deletions_are_not() -> None:
    body = """<w:p><w:r><w:t xml:space="preserve">Giao </w:t></w:r>
    <w:del w:id="1" w:author="A"><w:r><w:delText>Sở</w:delText></w:r></w:del>
    <w:moveFrom w:id="2" w:author="A"><w:r><w:t>cũ</w:t></w:r></w:moveFrom>
    <w:ins w:id="3" w:author="A"><w:r><w:t xml:space="preserve">Văn phòng </w:t></w:r></w:ins>
    <w:moveTo w:id="4" w:author="A"><w:r><w:t xml:space="preserve">chủ trì </w:t></w:r></w:moveTo>
    <w:hyperlink><w:r><w:t>theo dõi</w:t></w:r></w:hyperlink>
    <w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"""
    assert read(with_body(body)) == [("text", "Giao Văn phòng chủ trì theo dõi.")]


def test_line_breaks_stay_and_tabs_and_hyphens_are_characters() -> None:
    run = "<w:t>Dòng một</w:t><w:br/><w:t>dòng</w:t><w:tab/><w:t>hai 5</w:t><w:noBreakHyphen/><w:t>7</w:t>"
    assert read(with_body(f"<w:p><w:r>{run}</w:r></w:p>")) == [("text", "Dòng một\ndòng hai 5-7")]


def test_content_controls_are_read() -> None:
    control = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = control.format(paragraph("Trong khung.")) + control.format(table(cell("Xã") + control.format(cell("Số 5"))))
    assert read(with_body(body)) == [("text", "Trong khung."), ("row", "Xã: Số 5.")]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:pict><w:txbxContent>{paragraph('Trong hộp.')}</w:txbxContent></w:pict>"
    body = f"""<w:p><w:r><w:t>Ngoài hộp.</w:t></w:r><w:r><mc:AlternateContent>
    <mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"""
    assert read(with_body(body)) == [("text", "Ngoài hộp."), ("text", "Trong hộp.")]


def test_footnotes_follow_the_paragraph_that_refers_to_them() -> None:
    document = with_body(
        '<w:p><w:r><w:t>Theo kế hoạch</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("Đoạn sau.")
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{paragraph("Kế hoạch số 5.")}</w:footnote></w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    assert [text for _, text in read(document)] == ["Theo kế hoạch", "Kế hoạch số 5.", "Đoạn sau."]


def test_headers_and_footers_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    document.add_paragraph("Nội dung.")
    assert read(document) == [("text", "Nội dung.")]


def test_a_table_without_a_header_joins_its_cells() -> None:
    document = docx.Document()
    fill(document.add_table(2, 2), ("Hòa Sơn", "12"), ("Tân Lập", "9"))
    assert read(document) == [("row", "Hòa Sơn: 12."), ("row", "Tân Lập: 9.")]


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    fill(table, ("Vùng", "Xã", "Số thôn"), ("Vùng cao", "Hòa Sơn", "12"), ("", "Tân Lập", "9"), ("Cộng 2 xã", "", "21"))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    assert read(document) == [
        ("row", "Vùng: Vùng cao; Xã: Hòa Sơn; Số thôn: 12."),
        ("row", "Xã: Tân Lập; Số thôn: 9."),
        ("row", "Vùng: Cộng 2 xã; Số thôn: 21."),
    ]


def test_a_header_of_two_lines_is_joined() -> None:
    wide, high, low = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("Xã", properties=high) + cell("Hồ sơ", properties=wide),
        cell("", properties=low) + cell("Đã xử lý") + cell("Quá hạn"),
        cell("Hòa Sơn") + cell("120") + cell("3"),
    )
    assert read(with_body(body)) == [("row", "Xã: Hòa Sơn; Hồ sơ – Đã xử lý: 120; Hồ sơ – Quá hạn: 3.")]


def test_the_head_of_a_letter_is_read_cell_by_cell_and_line_by_line() -> None:
    body = table(
        cell("ỦY BAN NHÂN DÂN", "HUYỆN BÌNH AN") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do"),
        cell("Số: 12/BC-UBND") + cell("Bình An, ngày 5 tháng 3 năm 2021"),
    )
    assert read(with_body(body)) == [
        ("text", "ỦY BAN NHÂN DÂN"),
        ("text", "HUYỆN BÌNH AN"),
        ("text", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("text", "Độc lập - Tự do"),
        ("text", "Số: 12/BC-UBND"),
        ("text", "Bình An, ngày 5 tháng 3 năm 2021"),
    ]


def test_the_end_of_a_letter_and_frames_are_layout_too() -> None:
    signature = table(cell("Nơi nhận:", "- Như trên;") + cell("CHỦ TỊCH"))
    frame = table(cell("Điểm chính:", "35 xã đã hoàn thành."))
    assert [kind for kind, _ in read(with_body(signature + frame))] == ["text"] * 5


def test_deleted_rows_are_left_out() -> None:
    gone = '<w:trPr><w:del w:id="1" w:author="A"/></w:trPr>'
    body = table(cell("Xã") + cell("Số 1"), gone + cell("Cũ") + cell("5"), cell("Hòa Sơn") + cell("12"))
    assert read(with_body(body)) == [("row", "Xã: Số 1."), ("row", "Hòa Sơn: 12.")]


def test_title_and_date_are_those_of_the_file() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    document.core_properties.title = "Báo cáo quý I"
    document.core_properties.created = datetime.datetime(2021, 4, 2, 8)
    extracted = extract(saved(document), LIMITS)
    assert (extracted.title, extracted.created) == ("Báo cáo quý I", "2021-04-02")


def test_a_file_without_properties_states_nothing() -> None:
    document = docx.Document()
    document.add_paragraph("Nội dung.")
    extracted = extract(repacked(saved(document), {"docProps/core.xml": b"<p/>"}), LIMITS)
    assert (extracted.title, extracted.created) == ("", "")


def test_text_is_composed_and_without_invisible_characters() -> None:
    document = docx.Document()
    document.add_paragraph(unicodedata.normalize("NFD", "Kế hoạch\u200b  số\u00a05."))
    assert read(document) == [("text", "Kế hoạch số 5.")]
