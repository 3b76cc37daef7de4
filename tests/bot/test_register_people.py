"""`bot register people`: who speaks, under which names and titles."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Catalog
from tests.bot import sayings
from tests.bot.conftest import Run
from tests.bot.register_rows import quotes

pytestmark = pytest.mark.usefixtures("sure_from_080")


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
    found = quotes(run, "--speaker", typed)
    assert found == ["Nên giám sát mạng.", "Nên rà soát thủ tục.", "Nên đo chất lượng mạng."]


@pytest.mark.usefixtures("named")
def test_a_speaker_is_found_with_the_title_of_that_date(run: Run) -> None:
    assert quotes(run, "--speaker", "Thứ trưởng Nguyễn Mạnh Hùng") == ["Các tỉnh nên mở dữ liệu."]
    assert len(quotes(run, "--speaker", "ông Nguyễn Mạnh Hùng")) == 6
    bureau = "Sở Thông tin và Truyền thông Đồng Tháp"
    assert quotes(run, "--kind", "request", "--speaker", bureau) == ["Tỉnh đề nghị hỗ trợ thêm."]
