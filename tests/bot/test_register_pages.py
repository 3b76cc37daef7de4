"""Pages of a listing: what stands on each, under which heading, with which number."""

import pytest

from bot.register_listing import Listing, Section
from bot.register_pages import page_of
from index.records import Document, Statement
from index.register import Line


def _line(number: int) -> Line:
    text = f"Câu {number}."
    document = Document("a", "A", "/kho/a.md", "0", text)
    place = (f"a!{number}", "a", 0, len(text), text)
    statement = Statement(*place, "recommendation", "", "", "ministry", "", "", "", "khác", (), "", 1.0, ())
    return Line(statement, document, is_sure=True)


_LISTING = Listing(
    "Có 7.",
    [Section("Của tỉnh", [[_line(n)] for n in range(1, 6)]), Section("Chung", [[_line(6), _line(7)], [_line(8)]])],
    "Tổng hợp.",
)


@pytest.mark.parametrize(
    ("asked", "number", "held"),
    [
        (1, 1, [("Của tỉnh", 5, [1, 2, 3])]),
        (2, 2, [("Của tỉnh", 5, [4, 5]), ("Chung", 2, [6])]),
        (3, 3, [("Chung", 2, [7])]),
        (9, 3, [("Chung", 2, [7])]),
        (0, 1, [("Của tỉnh", 5, [1, 2, 3])]),
    ],
)
def test_a_page_holds_so_many_groups_under_their_headings(
    asked: int, number: int, held: list[tuple[str, int, list[int]]]
) -> None:
    page = page_of(_LISTING, asked, size=3)
    assert (page.number, page.last) == (number, 3)
    assert [
        (section.heading, section.total, [group.number for group in section.groups]) for section in page.sections
    ] == held


def test_every_line_stands_on_one_page() -> None:
    shown = [
        line.statement.text
        for number in (1, 2, 3, 4)
        for section in page_of(_LISTING, number, size=2).sections
        for group in section.groups
        for line in group.lines
    ]
    assert shown == [f"Câu {number}." for number in range(1, 9)]


def test_nothing_found_is_one_empty_page() -> None:
    page = page_of(Listing("Có 0.", [], ""), 3)
    assert (page.number, page.last, page.sections) == (1, 1, ())
