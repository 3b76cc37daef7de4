"""Whose words a sentence tells of without a verb of saying."""

import pytest

from index.cast import Cast
from index.reported import asked, reported


@pytest.fixture
def cast() -> Cast:
    met = Cast(home="Cà Mau")
    met.meet("Phan Minh Khoa", "Thứ trưởng Bộ TT&TT")
    met.meet("Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau")
    return met


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Trong phần phát biểu của Thứ trưởng Phan Minh Khoa, Bộ sẽ cấp máy.", "Phan Minh Khoa", "ministry"),
        ("Câu hỏi đầu tiên đến từ Giám đốc Sở TT&TT Cà Mau Lê Thị Hoa: mua hay thuê?", "Lê Thị Hoa", "province"),
        ("Đó là số liệu do bà Lê Thị Hoa đưa ra.", "Lê Thị Hoa", "province"),
        ("Một số kiến nghị của các Sở TT&TT như biên chế.", "các Sở TT&TT", "province"),
        ("Theo lời của Giám đốc Sở Lê Thị Hoa, Bộ TT&TT cam kết cấp máy.", "Bộ TT&TT", "ministry"),
    ],
)
def test_whose_words_are_told(cast: Cast, text: str, name: str, side: str) -> None:
    found = reported(text, cast)
    assert found is not None
    assert (found[0].name, found[0].side) == (name, side)


@pytest.mark.parametrize("text", ["Bà đến từ Cà Mau.", "Số liệu do máy đưa ra.", "Các kiến nghị đều hợp lý."])
def test_nobody_is_told_of(cast: Cast, text: str) -> None:
    assert reported(text, cast) is None


@pytest.mark.parametrize(
    ("text", "told", "name"),
    [
        ("1. Về kiến nghị cấp máy cho các xã: Bộ đồng ý.", "1. Về kiến nghị cấp máy cho các xã:", "tỉnh Cà Mau"),
        ("a) Về đề nghị của Sở TT&TT Long An cho thuê kho: Bộ ủng hộ.", None, "Sở TT&TT Long An"),
        ("2. Tỉnh đề nghị được thí điểm trợ lý ảo: Cục sẽ trả lời sau.", None, "Tỉnh Cà Mau"),
    ],
)
def test_a_request_that_is_answered(cast: Cast, text: str, told: str | None, name: str) -> None:
    found = asked(text, cast)
    assert found is not None
    assert found[0].name == name
    assert text[: found[1]] == (told or text[: text.index(":") + 1])


@pytest.mark.parametrize("text", ["Về kiến nghị của tỉnh:", "Về hạ tầng: tỉnh cần thêm cột.", "Bộ đề nghị: làm ngay."])
def test_no_request_with_its_answer(cast: Cast, text: str) -> None:
    assert asked(text, cast) is None
