"""What is asked of the register, as people type it."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import RegisterError
from bot.register_asked import Typed, date_of, field_of, kind_of, places_of, provinces_of, side_of, understand
from index.catalog import Catalog
from index.corrections import Corrections
from index.fields import all_fields
from index.provinces import all_names
from index.records import KINDS, SIDES
from index.register import Register, plain_kind, plain_side
from index.vietnamese import fold
from tests.bot import sayings


@pytest.mark.parametrize("name", all_names())
def test_every_province_is_understood_however_it_is_typed(name: str) -> None:
    for typed in (name, name.lower(), name.upper(), fold(name), f"tỉnh {name}", f"tinh {fold(name)}", f"TP. {name}"):
        assert provinces_of(typed) == [name], typed


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("TPHCM", ["Hồ Chí Minh"]),
        ("tp hcm", ["Hồ Chí Minh"]),
        ("BRVT", ["Bà Rịa - Vũng Tàu"]),
        ("BR-VT", ["Bà Rịa - Vũng Tàu"]),
        ("Thừa Thiên Huế", ["Huế"]),
        ("Daklak", ["Đắk Lắk"]),
        ("đồng thap", ["Đồng Tháp"]),
        ("song lam", ["Sông Lam"]),
        ("Sông Lam", ["Sông Lam"]),
    ],
)
def test_other_spellings_and_names_of_the_documents_are_understood(typed: str, names: list[str]) -> None:
    assert provinces_of(typed, ["Sông Lam"]) == names


@pytest.mark.parametrize(
    ("typed", "near"),
    [("Đông Tháp", "Đồng Tháp"), ("Hạ Nam", "Hà Nam"), ("dong thpa", "Đồng Tháp"), ("Sóng Lam", "Sông Lam")],
)
def test_what_is_near_an_unknown_name_is_told(typed: str, near: str) -> None:
    with pytest.raises(RegisterError, match=f"Có phải là: .*{near}"):
        provinces_of(typed, ["Sông Lam"])


def test_a_name_near_nothing_is_told_without_a_guess() -> None:
    with pytest.raises(RegisterError, match=r"Không rõ địa phương «xyz»\. Hãy gõ tên tỉnh"):
        provinces_of("xyz")


def test_a_correction_may_name_several_provinces_all_or_none() -> None:
    assert places_of("Đồng Tháp, long an, dong thap") == "Đồng Tháp, Long An"
    assert [places_of(typed) for typed in ("*", "cả nước", "cac tinh", " ")] == ["*", "*", "*", ""]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_understood_in_both_languages(kind: str) -> None:
    for typed in (kind, kind.upper(), kind.replace("_", "-"), plain_kind(kind), fold(plain_kind(kind))):
        assert kind_of(typed) == kind


@pytest.mark.parametrize("side", SIDES)
def test_a_side_is_understood_in_both_languages(side: str) -> None:
    for typed in (side, plain_side(side), fold(plain_side(side))):
        assert side_of(typed) == side


@pytest.mark.parametrize("name", all_fields())
def test_a_field_is_understood_with_and_without_marks(name: str) -> None:
    assert field_of(name) == field_of(fold(name)) == field_of(name.upper()) == name


@pytest.mark.parametrize("typed", ["CĐS", "cđs", "chuyen doi so"])
def test_a_field_is_understood_by_its_abbreviation(typed: str) -> None:
    assert field_of(typed) == "chuyển đổi số"
    assert field_of("ứng dụng công nghệ thông tin") == field_of("ung dung cntt") == "ứng dụng CNTT"


def test_an_unknown_choice_tells_all_there_are() -> None:
    with pytest.raises(RegisterError) as raised:
        kind_of("")
    assert all(plain_kind(kind) in str(raised.value) for kind in KINDS)
    with pytest.raises(RegisterError, match="Có phải là: bưu chính"):
        field_of("bưu chánh")


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2020", "2020"),
        ("2020-9", "2020-09"),
        ("2020-09-10", "2020-09-10"),
        ("10/9/2020", "2020-09-10"),
        (" 9/2020 ", "2020-09"),
        ("10.09.2020", "2020-09-10"),
        ("", ""),
    ],
)
def test_a_day_a_month_or_a_year_is_understood(typed: str, iso: str) -> None:
    assert date_of(typed) == iso


@pytest.mark.parametrize(
    "typed", ["20", "2020-13", "31/4/2020", "29/2/2021", "0000", "hôm qua", "2020-1-1-1", "1/2/20"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(RegisterError, match="không hợp lệ"):
        date_of(typed)


@pytest.mark.parametrize("typed", ["Cục THH", "  cuc   tin hoc hoa ", "Cục Tin học hoá"])
def test_a_speaker_is_understood_under_every_name(tmp_path: Path, typed: str) -> None:
    with closing(Catalog(tmp_path / "catalog.sqlite")) as catalog:
        department = {"speaker": "Cục Tin học hóa", "title": ""}
        sayings.put(catalog, sayings.DONG_THAP, ("Nên giám sát mạng.", department), ("Nên mở dữ liệu.", {}))
        register = Register(catalog, Corrections(tmp_path / "corrections.jsonl"), sure_from=0.8)
        asked = understand(Typed(speaker=typed), register)
        assert [line.statement.text for line in register.lines(asked.wanted)] == ["Nên giám sát mạng."]
