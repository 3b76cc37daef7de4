"""The tab of the keepers in a real browser: files sent, indexed, refused, removed; nobody else gets in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.service import Assistant
from tests.bot.corpus import index_of
from tests.bot.ui.tabs_served import KEEPER, READER, Visit, app_of, assistant_of, serious, served, visiting

# Gradio itself uses what its dependencies are about to drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

_NOTE = "Ghi chép mới của xã Vàm Láng: phủ sóng 7 bến cảng trước năm 2027.\n"
_HOSTILE = "<img src=x onerror=window.hacked=1>.md"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    home = tmp_path_factory.mktemp("nhà")
    index_of(home).close()
    return assistant_of(home)


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    with served(app_of(assistant)) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A keeper who looks at the documents."""
    with visiting(browser, address, KEEPER.name) as opened:
        opened.open_tab("Tài liệu")
        opened.sees("#keeper-files caption", "tệp")
        yield opened


def _send(visit: Visit, *files: Path) -> None:
    with visit.page.expect_file_chooser() as chooser:
        visit.page.get_by_role("button", name="Chọn tệp để tải lên").click()
    chooser.value.set_files(list(files))


def _file(folder: Path, name: str, content: str = _NOTE) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def test_files_are_sent_indexed_and_found_in_the_list(visit: Visit, assistant: Assistant, tmp_path: Path) -> None:
    good, broken = _file(tmp_path, "Ghi chép, bản (1).txt"), _file(tmp_path, "hỏng.pdf", "không phải PDF")
    _send(visit, good, broken, _file(tmp_path, "bảng.exe"))
    visit.sees("#keeper-told", "Đã nhận 2 tệp, không nhận 1 tệp")
    visit.sees("#keeper-told .refusal", "bảng.exe: không nhận – «bảng.exe»: Chưa hỗ trợ loại tệp «.exe»")
    visit.sees("#keeper-run", "Lượt gần nhất")
    visit.sees("#keeper-run li", "Ghi chép, bản (1).txt")
    row = visit.page.locator("#keeper-files tr", has_text="Ghi chép, bản (1).txt")
    expect(row.locator(".state-tag")).to_have_text("đã nạp")
    refused = visit.page.locator("#keeper-files tr", has_text="hỏng.pdf")
    expect(refused.locator(".state-tag")).to_have_text("bị từ chối")
    expect(refused.locator(".refusal")).to_contain_text("bị hỏng hoặc không đúng định dạng")
    assert serious(visit.page) == []
    assert any("Vàm Láng" in document.text for document in assistant.documents(READER))


def test_a_name_that_is_there_is_replaced_only_when_wanted(visit: Visit, assistant: Assistant, tmp_path: Path) -> None:
    file = _file(tmp_path, "lặp.txt")
    _send(visit, file)
    visit.sees("#keeper-told", "Đã nhận 1 tệp")
    visit.sees("#keeper-run", "Lượt gần nhất")
    _file(tmp_path, "lặp.txt", "Bản thứ hai: 9 bến cảng.")
    _send(visit, file)
    visit.sees("#keeper-told .refusal", "Đã có tệp tên «lặp.txt»")
    visit.page.get_by_label("Thay tệp cũ nếu trùng tên").check()
    _send(visit, file)
    visit.sees("#keeper-told li", "lặp.txt: đã nhận")
    assistant.keeping.wait(60)
    assert any("Bản thứ hai" in document.text for document in assistant.documents(READER))


def test_files_that_are_too_large_are_told_and_not_sent(visit: Visit, assistant: Assistant, tmp_path: Path) -> None:
    _send(visit, _file(tmp_path, "to.txt", "x" * ((1 << 20) + 1)), _file(tmp_path, "nhỏ.txt"))
    visit.sees("#keeper-told .refusal", "to.txt: không nhận – Tệp lớn hơn 1 MiB.")
    assert not (assistant.keeping.folder / "nhỏ.txt").exists()
    _send(visit, tmp_path / "nhỏ.txt")
    visit.sees("#keeper-told li", "nhỏ.txt: đã nhận")
    assistant.keeping.wait(60)


def test_a_document_is_removed_once_that_is_confirmed_and_can_come_back(visit: Visit, assistant: Assistant) -> None:
    visit.page.get_by_label("Tìm trong danh sách").fill("dao ngoc")
    visit.page.get_by_label("Tìm trong danh sách").press("Enter")
    visit.sees("#keeper-files caption", "1 tệp")
    visit.page.get_by_role("button", name="Gỡ dao-ngoc.md").click()
    visit.sees("#keeper-confirm", "Gỡ «dao-ngoc.md» khỏi chỉ mục?")
    visit.page.get_by_role("button", name="Không").click()
    expect(visit.page.locator("#keeper-confirm")).to_be_hidden()
    assert "dao-ngoc" in {document.id for document in assistant.documents(READER)}
    visit.page.get_by_role("button", name="Gỡ dao-ngoc.md").click()
    visit.page.get_by_role("button", name="Đồng ý").click()
    visit.sees("#keeper-told", "Đã gỡ:")
    visit.sees("#keeper-files .state-tag", "đã gỡ")
    assert "dao-ngoc" not in {document.id for document in assistant.documents(READER)}
    visit.page.get_by_role("button", name="Nạp lại dao-ngoc.md").click()
    visit.sees("#keeper-files .state-tag", "đã nạp")
    assert "dao-ngoc" in {document.id for document in assistant.documents(READER)}


def test_a_rebuild_is_confirmed_and_goes_on_when_the_page_is_closed(
    browser: Browser, address: str, assistant: Assistant
) -> None:
    with visiting(browser, address, KEEPER.name) as visit:
        visit.open_tab("Tài liệu")
        visit.page.get_by_role("button", name="Lập lại từ đầu").click()
        visit.sees("#keeper-confirm", "có thể mất nhiều phút")
        visit.page.get_by_role("button", name="Đồng ý").click()
        visit.sees("#keeper-run", "Lập lại chỉ mục từ đầu, do lan bắt đầu")
    assistant.keeping.wait(60)
    run = assistant.keeping.last_run(KEEPER)
    assert run is not None
    assert run.report is not None
    assert run.is_rebuild
    with visiting(browser, address, KEEPER.name) as visit:
        visit.open_tab("Tài liệu")
        visit.sees("#keeper-run", "Lượt gần nhất")


def test_no_script_of_a_file_name_is_run(visit: Visit, tmp_path: Path) -> None:
    _send(visit, _file(tmp_path, _HOSTILE, f"{_NOTE} <script>window.hacked=2</script>"))
    visit.sees("#keeper-told", _HOSTILE)
    visit.sees("#keeper-run", "Lượt gần nhất")
    visit.sees("#keeper-files b", _HOSTILE)
    assert visit.page.evaluate("window.hacked") is None
    assert visit.page.locator("#keeper-told img, #keeper-files img, #keeper-run img").count() == 0


def test_a_reader_has_no_such_tab(browser: Browser, address: str) -> None:
    with visiting(browser, address, READER.name) as visit:
        expect(visit.page.get_by_role("tab")).to_have_text(["Hỏi đáp", "Sổ khuyến nghị"])


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_read_it(browser: Browser, address: str, width: int, theme: str) -> None:
    with visiting(browser, f"{address}/?__theme={theme}", KEEPER.name) as visit:
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.open_tab("Tài liệu")
        visit.sees("#keeper-files caption", "tệp")
        visit.page.get_by_role("button", name="Lập lại từ đầu").click()
        visit.sees("#keeper-confirm", "Tiếp tục?")
        assert serious(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
