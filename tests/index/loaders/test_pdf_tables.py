"""Ruled tables of PDF files."""

from fpdf.enums import TableHeadingsDisplay

from tests.index.loaders.papers import CLOSING, OPENING, Paper, read, texts

_ROWS = [["Khu phố", "Số cây", "Ghi chú"], ["Khu phố Đông", "120", "trồng ven sông"], ["Khu phố Tây", "85", ""]]


def _table(paper: Paper, rows: list[list[str]]) -> None:
    with paper.table(repeat_headings=TableHeadingsDisplay.NONE) as table:
        for row in rows:
            cells = table.row()
            for text in row:
                cells.cell(text)


def test_each_row_of_a_ruled_table_is_written_out_with_its_headings_and_nothing_occurs_twice() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING)
    _table(paper, _ROWS)
    paper.ln(6)
    paper.lines(CLOSING)
    assert texts(read(paper.bytes())) == [
        OPENING,
        "Khu phố: Khu phố Đông; Số cây: 120; Ghi chú: trồng ven sông.",
        "Khu phố: Khu phố Tây; Số cây: 85.",
        CLOSING,
    ]


def test_merged_cells_count_for_all_they_span() -> None:
    paper = Paper()
    paper.add_page()
    with paper.table(num_heading_rows=2) as table:
        for cells in [
            [("Khu phố", 2, 1), ("Số cây", 1, 2)],
            [("Cũ", 1, 1), ("Mới", 1, 1)],
            [("Đông", 2, 1), ("12", 1, 1), ("4", 1, 1)],
            [("10", 1, 1), ("2", 1, 1)],
            [("Số liệu tạm tính", 1, 3)],
        ]:
            row = table.row()
            for text, rowspan, colspan in cells:
                row.cell(text, rowspan=rowspan, colspan=colspan)
    assert texts(read(paper.bytes())) == [
        "Khu phố: Đông; Số cây – Cũ: 12; Số cây – Mới: 4.",
        "Khu phố: Đông; Số cây – Cũ: 10; Số cây – Mới: 2.",
        "Số liệu tạm tính.",
    ]


def test_a_table_that_goes_on_over_the_page_keeps_its_headings() -> None:
    paper = Paper()
    paper.add_page()
    _table(paper, [_ROWS[0], *([f"Khu phố {number}", str(number), "đã trồng"] for number in range(1, 60))])
    extracted = read(paper.bytes())
    assert len(extracted.pages) > 1
    assert texts(extracted) == [f"Khu phố: Khu phố {n}; Số cây: {n}; Ghi chú: đã trồng." for n in range(1, 60)]


def test_a_frame_around_paragraphs_is_no_table() -> None:
    paper = Paper()
    paper.add_page()
    paper.lines(OPENING, CLOSING)
    paper.rect(15, 15, 180, 60)
    assert texts(read(paper.bytes()), "text") == [OPENING, CLOSING]
