"""`bot register`: listed, checked and corrected."""

import json
import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.register import open_register
from bot.settings import load_settings
from index.catalog import Catalog
from index.kinds import KindModel
from index.register import Wanted
from tests.bot import sayings
from tests.bot.conftest import Run

_KEYS = {
    *("document", "source", "start", "end", "quote", "kind", "speaker", "speaker_side", "recipient", "province"),
    *("date", "field", "confidence", "title", "deadline", "figures", "cues", "sure", "corrected", "id"),
}


@pytest.fixture(autouse=True)
def _model(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind is sure from 0.8, whatever the model that ships says."""
    monkeypatch.setattr(KindModel, "load", lambda: KindModel([], {}, {}, sure_from=0.8))


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """The data folder, with the invented statements in it."""
    sayings.fill(tmp_path / "home")
    return tmp_path / "home"


def _rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("register", "list", "--json", *arguments).stdout.splitlines()]


def _quotes(run: Run, *arguments: str) -> list[str]:
    return [row["quote"] for row in _rows(run, *arguments)]


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
    rows = _rows(run, "--all")
    assert len(rows) == 7
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        for row in rows:
            document = catalog.document(row["document"])
            assert document is not None
            assert document.text[row["start"] : row["end"]] == row["quote"]
    assert all(set(row) == _KEYS for row in rows)
    first = {key: value for key, value in rows[0].items() if key not in ("start", "end", "quote")}
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
    assert _quotes(run, *arguments) == found


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


def _people(run: Run, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("register", "people", "--json", *arguments).stdout.splitlines()]


@pytest.fixture
def named(said: Path) -> Path:
    """The invented statements, and those of a minister, a department and a bureau under other names."""
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        bureau = {"speaker": "Sở TT&TT", "title": "", "speaker_side": "province"}
        sayings.put(
            catalog,
            ("hop-2019", "Họp năm 2019", "/kho/hop-2019.md", "2019-05-02"),
            ("Các tỉnh nên mở dữ liệu.", {"title": "Thứ trưởng Bộ TT&TT", "province": "*"}),
            ("Nên giám sát mạng.", {"speaker": "Cục THH", "title": ""}),
            ("Tỉnh đề nghị hỗ trợ thêm.", {**bureau, "speaker": "Sở TT&TT tỉnh Đồng Tháp", "kind": "request"}),
        )
        sayings.put(
            catalog,
            ("hop-2023", "Họp năm 2023", "/kho/hop-2023.md", "2023-05"),
            ("Các tỉnh nên dùng nền tảng số.", {"title": "Bộ trưởng Bộ TT&TT", "province": "*"}),
            ("Nên rà soát thủ tục.", {"speaker": "Cục Tin học hoá", "title": ""}),
            ("Nên đo chất lượng mạng.", {"speaker": "Cục Tin học hóa", "title": ""}),
        )
    return said


@pytest.mark.usefixtures("named")
def test_who_speaks_is_listed_once_with_every_title_and_its_dates(run: Run) -> None:
    result = run("register", "people")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Có 2 người và 2 cơ quan, đơn vị phát biểu.",
        "",
        "1. Nguyễn Mạnh Hùng – Bộ; 6 ý kiến",
        "    chức danh: Thứ trưởng Bộ TT&TT (2/5/2019; 1 tài liệu); "
        "Bộ trưởng Bộ TT&TT (từ 10/9/2020 đến 5/2023; 3 tài liệu)",
        "    đơn vị: Bộ TT&TT",
        "",
        "2. Cục Tin học hóa (cơ quan, đơn vị) – Bộ; 3 ý kiến",
        "    tên khác: Cục Tin học hoá, Cục THH",
        "",
        "3. Phan Tâm – Bộ; 1 ý kiến",
        "    chức danh: Thứ trưởng (3/2021; 1 tài liệu)",
        "",
        "4. Sở TT&TT tỉnh Đồng Tháp (cơ quan, đơn vị) – địa phương; 1 ý kiến",
        "    địa phương: Đồng Tháp",
    ]


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--side", "Bộ"], ["Nguyễn Mạnh Hùng", "Cục Tin học hóa", "Phan Tâm"]),
        (["--side", "province"], ["Sở TT&TT tỉnh Đồng Tháp"]),
        (["--province", "dong thap"], ["Sở TT&TT tỉnh Đồng Tháp"]),
        (["--province", "Cà Mau"], []),
    ],
)
def test_who_speaks_is_filtered(run: Run, arguments: list[str], names: list[str]) -> None:
    assert [one["name"] for one in _people(run, *arguments)] == names


@pytest.mark.usefixtures("named")
def test_as_json_each_person_is_an_object(run: Run) -> None:
    assert _people(run)[2] == {
        "name": "Phan Tâm",
        "other_names": [],
        "is_person": True,
        "sides": ["ministry"],
        "titles": [{"text": "Thứ trưởng", "first": "2021-03", "last": "2021-03", "documents": ["giao-ban"]}],
        "units": [],
        "provinces": [],
        "statements": 1,
    }


@pytest.mark.usefixtures("named")
def test_where_nobody_speaks_that_is_told(run: Run) -> None:
    result = run("register", "people", "--side", "doanh nghiệp")
    assert result.exit_code == 3
    assert result.stdout == "Có 0 người và 0 cơ quan, đơn vị phát biểu – bên nói: doanh nghiệp.\n"
    assert run("register", "people", "--side", "ai đó").exit_code == 2


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("typed", ["Cục THH", "cuc tin hoc hoa", "Cục Tin học hoá", "lãnh đạo Cục Tin học hóa"])
def test_a_speaker_is_found_under_every_name(run: Run, typed: str) -> None:
    found = _quotes(run, "--speaker", typed)
    assert found == ["Nên giám sát mạng.", "Nên rà soát thủ tục.", "Nên đo chất lượng mạng."]


@pytest.mark.usefixtures("named")
def test_a_speaker_is_found_with_the_title_of_that_date(run: Run) -> None:
    assert _quotes(run, "--speaker", "Thứ trưởng Nguyễn Mạnh Hùng") == ["Các tỉnh nên mở dữ liệu."]
    assert len(_quotes(run, "--speaker", "ông Nguyễn Mạnh Hùng")) == 6
    bureau = "Sở Thông tin và Truyền thông Đồng Tháp"
    assert _quotes(run, "--kind", "request", "--speaker", bureau) == ["Tỉnh đề nghị hỗ trợ thêm."]


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


def test_a_correction_is_kept_beside_the_index_and_shown(run: Run, said: Path) -> None:
    before = (said / "index" / "catalog.sqlite").read_bytes()
    given = ["--kind", "khuyến nghị", "--side", "Bộ", "--speaker", "Phan Tâm", "--field", "vien thong"]
    result = run("register", "correct", "dong-thap@0!3", *given, "--province", "*", "--by", "Lan")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"“{sayings.DONE}”",
        "Đã ghi: loại: khuyến nghị; người nói: Phan Tâm; chức danh: (để trống); bên nói: Bộ; địa phương: *; "
        "lĩnh vực: viễn thông.",
    ]
    assert (said / "corrections.jsonl").is_file()
    assert (said / "index" / "catalog.sqlite").read_bytes() == before
    (row,) = _rows(run, "--field", "viễn thông")
    assert (row["quote"], row["kind"], row["speaker"], row["title"], row["province"]) == (
        sayings.DONE,
        "recommendation",
        "Phan Tâm",
        "",
        "*",
    )
    assert (row["sure"], row["corrected"]) == (True, True)
    assert f"“{sayings.DONE}” (đã đính chính)" in run("register", "list").stdout


def test_a_correction_survives_a_document_indexed_anew(run: Run, said: Path) -> None:
    run("register", "correct", "dong-thap@0!4", "--field", "viễn thông")
    _, title, source, date = sayings.DONG_THAP
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        catalog.clear()
        again = sayings.ASKED.replace(" hỗ trợ", "\nhỗ trợ")
        sayings.put(
            catalog, ("dong-thap-2", title, source, date), ("Một câu mới ở đầu.", {}), (again, {"kind": "request"})
        )
    assert [(row["quote"], row["id"]) for row in _rows(run, "--all", "--field", "viễn thông")] == [
        (again, "dong-thap-2@0!1")
    ]


@pytest.mark.usefixtures("said")
def test_what_is_taken_out_is_in_no_list_until_it_is_put_back(run: Run) -> None:
    run("register", "correct", "dong-thap@0!2", "--field", "khác")
    assert run("register", "correct", "dong-thap@0!2", "--remove").exit_code == 0
    assert sayings.SERVERS not in _quotes(run)
    assert run("register", "correct", "dong-thap@0!2", "--restore").exit_code == 0
    (row,) = [row for row in _rows(run) if row["quote"] == sayings.SERVERS]
    assert (row["field"], row["corrected"]) == ("hạ tầng số", False)


@pytest.mark.usefixtures("said")
def test_the_corrections_are_listed_and_those_that_fit_no_more_are_told(run: Run, said: Path) -> None:
    run("register", "correct", "dong-thap@0!3", "--kind", "opinion", "--by", "Lan")
    run("register", "correct", "tien-giang@0!0", "--remove", "--by", "Hoa")
    with closing(Catalog(said / "index" / "catalog.sqlite")) as catalog:
        catalog.forget(sayings.TIEN_GIANG[2])
    lines = run("register", "corrections").stdout.splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d  Lan: loại: nhận định", lines[0])
    assert lines[1] == f"    “{sayings.DONE}” – /kho/đồng-tháp.pdf"
    assert lines[2].endswith("  Hoa: đưa ra khỏi sổ – KHÔNG CÒN KHỚP với tài liệu đã nạp")
    assert lines[3] == f"    “{sayings.RIVER}” – /kho/tiền-giang.md"
    assert lines[4:] == ["2 lần đính chính, 2 ý kiến."]


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["không-có!0", "--remove"], 3, "Không có ý kiến mang mã «không-có!0»."),
        (["dong-thap@0!0"], 2, "Cần đúng một việc"),
        (["dong-thap@0!0", "--remove", "--restore"], 2, "Cần đúng một việc"),
        (["dong-thap@0!0", "--remove", "--kind", "status"], 2, "Cần đúng một việc"),
        (["dong-thap@0!0", "--kind", "lạ"], 2, "Không có loại ý kiến «lạ»."),
        (["dong-thap@0!0", "--province", "Xứ Lạ"], 2, "Không rõ địa phương «Xứ Lạ»."),
        (["dong-thap@0!0", "--field", "lạ"], 2, "Không có lĩnh vực «lạ»."),
    ],
)
def test_what_cannot_be_corrected_is_told(run: Run, said: Path, arguments: list[str], status: int, told: str) -> None:
    result = run("register", "correct", *arguments)
    assert result.exit_code == status
    assert told in result.output
    assert not (said / "corrections.jsonl").exists()


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("tp hcm", "Hồ Chí Minh"), ("mọi địa phương", "*"), ("", ""), ("dong thap, Ben Tre", "Đồng Tháp, Bến Tre")],
)
def test_a_province_is_corrected_however_it_is_typed(run: Run, typed: str, kept: str) -> None:
    run("register", "correct", "tien-giang@0!0", "--province", typed)
    (row,) = _rows(run, "--document", "tien-giang")
    assert row["province"] == kept


@pytest.mark.usefixtures("said")
def test_a_broken_line_of_the_corrections_is_told_and_the_rest_goes_on(run: Run, said: Path) -> None:
    (said / "corrections.jsonl").write_text("{\n", encoding="utf-8")
    for arguments in (["list"], ["people"], ["corrections"]):
        result = run("register", *arguments)
        assert result.exit_code == 0
        assert "«corrections.jsonl» có 1 dòng không đọc được (dòng 1)" in result.stderr


@pytest.mark.usefixtures("said")
def test_the_register_opens_with_another_bound_of_what_is_sure() -> None:
    register = open_register(load_settings(), sure_from=0.99)
    assert not register.lines(Wanted(sure_only=True))
    assert len(open_register(load_settings()).lines(Wanted(sure_only=True))) == 6
