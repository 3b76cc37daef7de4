"""`bot register correct` and `corrections`: kept beside the index, shown, taken back."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import Catalog
from tests.bot import sayings
from tests.bot.conftest import Run
from tests.bot.register_rows import quotes, rows

pytestmark = pytest.mark.usefixtures("sure_from_080")


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
    (row,) = rows(run, "--field", "viễn thông")
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
    assert [(row["quote"], row["id"]) for row in rows(run, "--all", "--field", "viễn thông")] == [
        (again, "dong-thap-2@0!1")
    ]


@pytest.mark.usefixtures("said")
def test_what_is_taken_out_is_in_no_list_until_it_is_put_back(run: Run) -> None:
    run("register", "correct", "dong-thap@0!2", "--field", "khác")
    assert run("register", "correct", "dong-thap@0!2", "--remove").exit_code == 0
    assert sayings.SERVERS not in quotes(run)
    assert run("register", "correct", "dong-thap@0!2", "--restore").exit_code == 0
    (row,) = [row for row in rows(run) if row["quote"] == sayings.SERVERS]
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
    (row,) = rows(run, "--document", "tien-giang")
    assert row["province"] == kept


@pytest.mark.usefixtures("said")
def test_a_broken_line_of_the_corrections_is_told_and_the_rest_goes_on(run: Run, said: Path) -> None:
    (said / "corrections.jsonl").write_text("{\n", encoding="utf-8")
    for arguments in (["list"], ["people"], ["corrections"]):
        result = run("register", *arguments)
        assert result.exit_code == 0
        assert "«corrections.jsonl» có 1 dòng không đọc được (dòng 1)" in result.stderr
