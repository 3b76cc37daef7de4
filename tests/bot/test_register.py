"""`bot register list` and `check`: who said what to whom."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from bot.register import open_register
from bot.settings import load_settings
from index.catalog import Catalog
from index.register import Wanted
from tests.bot import sayings
from tests.bot.conftest import Run
from tests.bot.register_rows import quotes, rows

pytestmark = pytest.mark.usefixtures("sure_from_080")
_KEYS = {
    *("document", "source", "start", "end", "quote", "kind", "speaker", "speaker_side", "recipient", "province"),
    *("date", "field", "confidence", "title", "deadline", "figures", "cues", "sure", "corrected", "id"),
}


@pytest.mark.usefixtures("said")
def test_a_listing_tells_the_filter_the_statements_under_headings_and_the_counts(run: Run) -> None:
    result = run("register", "list", "--province", "dong thap")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "Có 5 khuyến nghị (4 nội dung khác nhau) – loại: khuyến nghị; "
        "địa phương: Đồng Tháp (gồm cả Tiền Giang, nay thuộc Đồng Tháp)."
    )
    assert [line for line in lines if line and not re.match(r"\s|\d", line)][1:] == [
        "Khuyến nghị liên quan đến Đồng Tháp",
        "Khuyến nghị liên quan đến Tiền Giang (nay thuộc Đồng Tháp)",
        "Khuyến nghị chung cho mọi địa phương",
        "Tổng hợp: 5 khuyến nghị; 1 chưa chắc chắn.",
    ]
    assert [line[:2] for line in lines if re.match(r"\d", line)] == ["1.", "2.", "3.", "4."]
    start = len(sayings.BUDGET)
    assert lines[3:8] == [
        f"1. “{sayings.BUDGET}”",
        "    người nói: Bộ trưởng Nguyễn Mạnh Hùng; nơi nhận: tỉnh Đồng Tháp; địa phương: Đồng Tháp; ngày: 10/9/2020; "
        "lĩnh vực: chuyển đổi số",
        f"    nguồn: Làm việc với Đồng Tháp – đồng-tháp.pdf, trang 1, ký tự 0–{start}",
        f"    cũng nêu tại: Giao ban quý I – giao-ban.md, trang 1, ký tự 0–{len(sayings.BUDGET_AGAIN)}",
        "    mã: dong-thap@0!0",
    ]
    assert lines[8] == "2. “- Rà soát an toàn thông tin của mọi hệ thống trước tháng 6/2021.” (chưa chắc chắn)"


@pytest.mark.usefixtures("said")
def test_with_several_kinds_each_statement_tells_its_own(run: Run) -> None:
    lines = run("register", "list", "--all").stdout.splitlines()
    assert lines[0] == "Có 7 ý kiến (6 nội dung khác nhau) – loại: tất cả."
    assert f"3. [hiện trạng] “{sayings.DONE}”" in lines
    assert (
        "    người nói: địa phương (không nêu tên); địa phương: Đồng Tháp; ngày: 10/9/2020; lĩnh vực: chuyển đổi số"
        in lines
    )
    assert "Ý kiến chung cho mọi địa phương" in lines
    assert lines[-1] == "Tổng hợp: 5 khuyến nghị; 1 kiến nghị; 1 hiện trạng; 1 chưa chắc chắn."


@pytest.mark.usefixtures("said")
def test_as_json_every_statement_is_an_object_whose_quote_is_where_it_says(run: Run, said: Path) -> None:
    listed = rows(run, "--all")
    assert len(listed) == 7
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        for row in listed:
            document = catalog.document(row["document"])
            assert document is not None
            assert document.text[row["start"] : row["end"]] == row["quote"]
    assert all(set(row) == _KEYS for row in listed)
    first = {key: value for key, value in listed[0].items() if key not in ("start", "end", "quote")}
    assert first == {
        "id": "dong-thap@0!0",
        "document": "dong-thap",
        "source": "đồng-tháp.pdf",
        "kind": "recommendation",
        "speaker": "Nguyễn Mạnh Hùng",
        "title": "Bộ trưởng",
        "speaker_side": "ministry",
        "recipient": "tỉnh Đồng Tháp",
        "province": "Đồng Tháp",
        "date": "2020-09-10",
        "field": "chuyển đổi số",
        "figures": ["3% ngân sách"],
        "deadline": "",
        "confidence": 0.95,
        "cues": ["has nên"],
        "sure": True,
        "corrected": False,
    }


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--kind", "request"], [sayings.ASKED]),
        (["--kind", "kien nghi, hiện trạng"], [sayings.DONE, sayings.ASKED]),
        (["--kind", "status", "--kind", "request", "--all"], [sayings.DONE, sayings.ASKED]),
        (["--field", "an toan thong tin"], [sayings.SAFETY]),
        (["--field", "ATTT"], [sayings.SAFETY]),
        (["--side", "địa phương", "--all"], [sayings.DONE, sayings.ASKED]),
        (["--side", "province", "--kind", "request"], [sayings.ASKED]),
        (["--speaker", "Phan Tâm"], [sayings.BUDGET_AGAIN]),
        (["--document", "tien-giang"], [sayings.RIVER]),
        (["--from", "2021-02", "--to", "12/2021"], [sayings.BUDGET_AGAIN]),
        (["--from", "11/9/2020", "--to", "2021-12-31"], [sayings.BUDGET_AGAIN]),
        (["--province", "Tiền Giang"], [sayings.SERVERS, sayings.RIVER]),
        (["--province", "Đồng Tháp", "--to", "2023-12", "--from", "2022"], []),
        (["--province", "Đồng Tháp", "--from", "2022"], [sayings.RIVER]),
        (["--sure", "--document", "dong-thap"], [sayings.BUDGET, sayings.SERVERS]),
    ],
)
def test_statements_are_filtered(run: Run, arguments: list[str], found: list[str]) -> None:
    assert quotes(run, *arguments) == found


@pytest.mark.usefixtures("said")
def test_nothing_found_has_a_status_of_its_own(run: Run) -> None:
    result = run("register", "list", "--province", "Cà Mau", "--kind", "event")
    assert result.exit_code == 3
    assert result.stdout.splitlines() == [
        "Có 0 sự kiện – loại: sự kiện; địa phương: Cà Mau.",
        "",
        "Tổng hợp: không có nội dung nào.",
    ]
    assert run("register", "list", "--json", "--kind", "event").stdout == ""


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--province", "Đồng Thắp"], "Không rõ địa phương «Đồng Thắp». Có phải là: Đồng Tháp"),
        (["--kind", "khuyến ngị"], "Không có loại ý kiến «khuyến ngị». Có phải là: khuyến nghị"),
        (["--field", "vũ trụ"], "Không có lĩnh vực «vũ trụ»."),
        (["--side", "ai đó"], "Không có bên nói «ai đó»."),
        (["--from", "2020-13"], "Ngày «2020-13» không hợp lệ."),
        (["--to", "30/2/2020"], "Ngày «30/2/2020» không hợp lệ."),
        (["--from", "2022", "--to", "2021-12"], "Khoảng thời gian từ 2022 đến 12/2021 không hợp lệ."),
        (["--province", " , "], "Có điều kiện lọc để trống."),
    ],
)
def test_what_is_not_understood_is_wrong_usage(run: Run, arguments: list[str], told: str) -> None:
    result = run("register", "list", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


@pytest.mark.usefixtures("said")
def test_an_unknown_document_is_told(run: Run) -> None:
    result = run("register", "list", "--document", "không-có")
    assert result.exit_code == 3
    assert "Không có tài liệu «không-có». Hãy xem mã tài liệu bằng «bot documents list»." in result.stdout


@pytest.mark.parametrize(
    "arguments", [["list"], ["people"], ["check"], ["corrections"], ["correct", "x!0", "--remove"], ["list", "--json"]]
)
def test_without_an_index_the_way_to_one_is_named(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    result = run("register", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Chưa có chỉ mục tài liệu. Hãy chạy «bot index» trước." in result.stderr
    assert not (tmp_path / "home").exists()


def test_an_empty_register_is_told(run: Run, tmp_path: Path) -> None:
    Catalog(tmp_path / "home" / "index" / "catalog.sqlite").close()
    for command in ("list", "people"):
        result = run("register", command)
        assert result.exit_code == 3
        assert "Sổ chưa có ý kiến nào. Hãy nạp tài liệu bằng «bot index»." in result.stderr


def test_a_document_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    with closing(Catalog(tmp_path / "home" / "index" / "catalog.sqlite")) as catalog:
        sayings.put(
            catalog, ("x", "Tên\x1b[2J", "/kho/\x1b[31mđỏ.md", "2020"), ("Nên\x1b[2J làm ngay.", {"field": "\x1b"})
        )
    result = run("register", "list")
    assert result.exit_code == 0
    assert "\x1b" not in result.output


@pytest.mark.usefixtures("said")
def test_a_check_of_what_is_right_counts_it(run: Run) -> None:
    result = run("register", "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Đã kiểm tra 7 ý kiến của 3 tài liệu: tất cả đúng nguyên văn.\n"


def test_a_check_names_every_quote_that_is_wrong(run: Run, said: Path) -> None:
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        catalog._connection.execute("UPDATE statements SET end = 9999 WHERE id = 'tien-giang@0!0'")
        catalog._connection.execute("UPDATE statements SET start = 3 WHERE id = 'dong-thap@0!1'")
    result = run("register", "check")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("SAI  dong-thap@0!1: chồng lên dong-thap@0!0 tại ký tự 3–")
    assert lines[1].startswith("SAI  tien-giang@0!0: đoạn trích không đúng với nguyên văn tại ký tự 0–9999")
    assert lines[2:] == ["Đã kiểm tra 7 ý kiến của 3 tài liệu: 2 lỗi. Hãy lập lại chỉ mục: bot index --rebuild."]


@pytest.mark.usefixtures("said")
def test_the_register_opens_with_another_bound_of_what_is_sure() -> None:
    register = open_register(load_settings(), sure_from=0.99)
    assert not register.lines(Wanted(sure_only=True))
    assert len(open_register(load_settings()).lines(Wanted(sure_only=True))) == 6
