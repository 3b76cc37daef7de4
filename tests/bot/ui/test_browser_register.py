"""The register in a real browser: filtered, counted, paged, opened, saved, corrected."""

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from bot.service import Assistant
from index.catalog import Catalog
from index.corrections import Corrections
from tests.bot import sayings
from tests.bot.corpus import index_of
from tests.bot.ui.tabs_served import KEEPER, READER, Visit, app_of, assistant_of, serious, served, visiting

# Gradio itself uses what its dependencies are about to drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

_MANY = [(f"An Giang nên làm việc số {number} cho chuyển đổi số.", {"province": "An Giang"}) for number in range(45)]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over the invented statements and many more."""
    home = tmp_path_factory.mktemp("nhà")
    index_of(home).close()
    sayings.fill(home)
    with closing(Catalog(home / "index" / "catalog.sqlite")) as catalog:
        sayings.put(catalog, ("an-giang", "Làm việc với An Giang", "/kho/an-giang.md", "2023-05-04"), *_MANY)
    return assistant_of(home)


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    with served(app_of(assistant)) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A reader who looks at the register."""
    with visiting(browser, address, READER.name) as opened:
        opened.open_tab("Sổ khuyến nghị")
        opened.sees("#register-lines caption", "Khuyến nghị")
        yield opened


def _choose(visit: Visit, label: str, value: str) -> None:
    box = visit.page.get_by_label(label, exact=True)
    box.click()
    box.fill(value)
    box.press("Enter")
    box.press("Escape")


def _search(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Lọc", exact=True).click()


def test_what_is_filtered_is_counted_and_the_filter_told(visit: Visit) -> None:
    _choose(visit, "Địa phương", "Đồng Tháp")
    _search(visit)
    visit.sees("#register-heading", "địa phương: Đồng Tháp (gồm cả Tiền Giang, nay thuộc Đồng Tháp)")
    visit.sees("#register-heading", "Có 5 khuyến nghị (4 nội dung khác nhau)")
    visit.sees("#register-lines caption", "Khuyến nghị chung cho mọi địa phương")
    visit.sees("#register-lines .where", "Cũng nêu tại")
    visit.page.get_by_label("Người nói", exact=True).fill("phan tam")
    visit.page.get_by_label("Người nói", exact=True).press("Enter")
    visit.sees("#register-heading", "Có 1 khuyến nghị")
    visit.page.get_by_label("Từ", exact=True).fill("2020-13")
    _search(visit)
    visit.sees("#register-heading .error", "Ngày «2020-13» không hợp lệ")
    visit.page.get_by_role("button", name="Bỏ lọc").click()
    visit.sees("#register-heading", "loại: khuyến nghị.")
    expect(visit.page.get_by_label("Người nói", exact=True)).to_have_value("")


def test_pages_are_turned_and_never_sent_all_at_once(visit: Visit) -> None:
    _choose(visit, "Địa phương", "An Giang")
    _search(visit)
    visit.sees("#register-heading", "địa phương: An Giang")
    visit.sees("#register-lines .pager", "Trang 1 / 3")
    rows = visit.page.locator("#register-lines tbody tr")
    expect(rows).to_have_count(20)
    visit.page.get_by_role("button", name="Trang cuối").click()
    visit.sees("#register-lines .pager", "Trang 3 / 3")
    visit.sees("#register-lines q", "làm việc số 44")
    expect(visit.page.locator("#register-lines caption").first).to_be_focused()


def test_a_line_opens_its_source_at_the_quote(visit: Visit) -> None:
    _choose(visit, "Địa phương", "Tiền Giang")
    _search(visit)
    visit.sees("#register-heading", "địa phương: Tiền Giang")
    button = visit.page.locator("button.source-link").first
    button.focus()
    button.press("Enter")
    visit.sees("#register-source mark", sayings.RIVER)
    visit.sees("#register-source h2", "Làm việc với Tiền Giang")
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#register-source mark")).to_be_hidden()
    expect(button).to_be_focused()
    visit.page.locator("#register-lines td[data-head='Loại']").first.click()
    visit.sees("#register-source mark", sayings.RIVER)
    visit.page.get_by_role("button", name="Quay lại kết quả").click()
    expect(visit.page.locator("#register-source mark")).to_be_hidden()


def test_the_charts_tell_the_numbers(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Biểu đồ").click()
    visit.sees("#register-charts caption", "Theo địa phương")
    visit.sees("#register-charts caption", "Theo lĩnh vực")
    row = visit.page.locator("#register-charts tr", has_text="An Giang")
    expect(row.locator(".count")).to_have_text("45")
    assert row.locator(".bar").bounding_box()["width"] > 50  # type: ignore[index]  # it is visible


@pytest.mark.parametrize("label", ["CSV", "Excel (XLSX)", "Word (DOCX)", "JSON"])
def test_what_is_filtered_is_saved_as_a_file(visit: Visit, tmp_path: Path, label: str) -> None:
    _choose(visit, "Địa phương", "Tiền Giang")
    _search(visit)
    visit.sees("#register-heading", "địa phương: Tiền Giang")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=f"Tải {label}").click()
    name = download.value.suggested_filename
    assert name.startswith("so-khuyen-nghi-")
    download.value.save_as(tmp_path / name)
    assert _quotes(tmp_path / name) == [sayings.RIVER, sayings.SERVERS]


def _quotes(file: Path) -> list[str]:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as opened:
            return [row["Nội dung (trích nguyên văn)"] for row in csv.DictReader(opened)]
    if file.suffix == ".xlsx":
        return [str(row[1]) for row in openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)]
    if file.suffix == ".docx":
        paper: Any = docx.Document(str(file))
        cells = [row.cells[1].text for table in paper.tables for row in table.rows[1:]]
        return [cell.split("“")[1].split("”")[0] for cell in cells]
    return [row["quote"] for row in json.loads(file.read_text(encoding="utf-8"))]


def test_a_keeper_corrects_a_line_and_it_is_marked(browser: Browser, address: str, assistant: Assistant) -> None:
    with visiting(browser, address, KEEPER.name) as visit:
        visit.open_tab("Sổ khuyến nghị")
        visit.page.get_by_label("Người nói", exact=True).fill("Phan Tâm")
        visit.page.get_by_label("Người nói", exact=True).press("Enter")
        visit.sees("#register-heading", "Có 1 khuyến nghị")
        visit.page.get_by_role("button", name="Đính chính:").click()
        expect(visit.page.locator("#correcting h2")).to_be_focused()
        field = visit.page.get_by_label("Người nói đúng")
        expect(field).to_have_value("Phan Tâm")
        visit.page.get_by_label("Nơi nhận đúng").fill("UBND tỉnh Đồng Tháp")
        visit.page.get_by_role("button", name="Lưu đính chính").click()
        visit.sees("#corrected", "Đã ghi đính chính")
        visit.sees("#register-lines .badge", "đã đính chính")
        visit.sees("#register-lines td", "UBND tỉnh Đồng Tháp")
        assert serious(visit.page) == []
    (kept,) = Corrections(assistant.settings.corrections_file)
    assert (kept.by, kept.changes) == (KEEPER.name, (("recipient", "UBND tỉnh Đồng Tháp"),))


def test_a_reader_sees_nothing_of_correcting(visit: Visit) -> None:
    assert visit.page.locator("button.correct").count() == 0
    expect(visit.page.get_by_text("Lưu đính chính")).to_be_hidden()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_read_it(browser: Browser, address: str, width: int, theme: str) -> None:
    with visiting(browser, f"{address}/?__theme={theme}", READER.name) as visit:
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.open_tab("Sổ khuyến nghị")
        visit.sees("#register-lines caption", "Khuyến nghị")
        visit.page.get_by_role("button", name="Biểu đồ").click()
        visit.sees("#register-charts caption", "Theo năm")
        assert serious(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
