"""The lines of the register as HTML."""

import html
from contextlib import closing
from pathlib import Path

import pytest

from bot.register_asked import Typed, understand
from bot.register_listing import listing_of
from bot.register_pages import page_of
from bot.ui.register_html import heading_html, page_html
from index.catalog import Catalog
from index.corrections import Corrections
from index.register import Register
from tests.bot import sayings

_HOSTILE = "<img src=x onerror=window.hacked=1> ${window.hacked=2} {{window.hacked=3}}"


def _page(folder: Path, typed: Typed, number: int = 1, size: int = 20, *, can_correct: bool = False) -> str:
    with closing(Catalog(folder / "index" / "catalog.sqlite")) as catalog:
        register = Register(catalog, Corrections(folder / "đính chính"), 0.8)
    asked = understand(typed, register)
    listing = listing_of(register, asked, register.lines(asked.wanted))
    return page_html(page_of(listing, number, size), can_correct=can_correct)


@pytest.fixture
def said(tmp_path: Path) -> Path:
    sayings.fill(tmp_path)
    return tmp_path


def test_a_line_tells_what_was_said_by_whom_to_whom_when_and_how_sure(said: Path) -> None:
    shown = html.unescape(_page(said, Typed(provinces=("Đồng Tháp",))))
    assert f"<q>{sayings.BUDGET}</q>" in shown
    assert '<td data-head="Loại">khuyến nghị</td>' in shown
    assert '<td data-head="Người nói">Bộ trưởng Nguyễn Mạnh Hùng – bên Bộ</td>' in shown
    assert '<td data-head="Nơi nhận, địa phương">tỉnh Đồng Tháp – Đồng Tháp</td>' in shown
    assert '<td data-head="Ngày">10/9/2020</td>' in shown
    assert '<td data-head="Lĩnh vực">an toàn thông tin</td>' in shown
    assert shown.count("chưa chắc chắn") == 1


def test_what_is_said_to_all_stands_apart_and_parts_of_a_province_too(said: Path) -> None:
    shown = _page(said, Typed(provinces=("Đồng Tháp",)))
    captions = [part.split("</caption>")[0] for part in shown.split("<caption>")[1:]]
    assert captions == [
        "Khuyến nghị liên quan đến Đồng Tháp (2)",
        "Khuyến nghị liên quan đến Tiền Giang (nay thuộc Đồng Tháp) (1)",
        "Khuyến nghị chung cho mọi địa phương (1)",
    ]


def test_the_same_in_several_documents_is_one_line_with_each_source(said: Path) -> None:
    shown = _page(said, Typed(provinces=("Đồng Tháp",)))
    first = shown.split("</tr>")[1]
    assert "Cũng nêu tại" in first
    assert first.count('data-act="open"') == 2
    start = f'data-document="dong-thap" data-start="0" data-end="{len(sayings.BUDGET)}"'
    assert start in first
    assert 'data-document="giao-ban"' in first


def test_pages_lead_to_each_other(said: Path) -> None:
    assert "pager" not in _page(said, Typed(every_kind=True))
    first = _page(said, Typed(every_kind=True), 1, 2)
    assert 'data-page="2"' in first
    assert "Trang 1 / 3" in first
    last = _page(said, Typed(every_kind=True), 3, 2)
    assert 'data-page="2"' in last
    assert 'data-page="4"' not in last


def test_only_keepers_get_the_button_for_correcting(said: Path) -> None:
    assert 'data-act="correct"' not in _page(said, Typed())
    shown = _page(said, Typed(), can_correct=True)
    assert 'data-act="correct" data-statement="dong-thap@0!0"' in shown


def test_nothing_found_says_what_to_do(said: Path) -> None:
    assert "Hãy bỏ bớt điều kiện lọc" in _page(said, Typed(kinds=("event",)))


def test_whatever_documents_say_is_escaped(tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "index" / "catalog.sqlite")) as catalog:
        particulars = {"speaker": _HOSTILE, "title": _HOSTILE, "recipient": _HOSTILE, "field": _HOSTILE}
        sayings.put(catalog, ('"><x>', _HOSTILE, f"/kho/{_HOSTILE}.md", "2020"), (_HOSTILE, particulars))
    shown = _page(tmp_path, Typed(), can_correct=True)
    assert "<img" not in shown
    assert "<x>" not in shown
    assert not {"$", "{", "}"} & {*shown}
    assert "<img" not in heading_html(_HOSTILE, _HOSTILE)
