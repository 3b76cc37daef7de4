"""Lines that say who speaks below them."""

import pytest

from index.cast import Cast, Voice
from index.sections import title_voice
from tests.index.spoken import MEETING, speakers


@pytest.fixture
def cast() -> Cast:
    met = Cast(home="Cà Mau")
    met.meet("Phan Minh Khoa", "Thứ trưởng Bộ TT&TT")
    met.meet("Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau")
    return met


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("## Kết luận của Thứ trưởng Phan Minh Khoa", "Phan Minh Khoa"),
        ("6. Thứ trưởng kết luận", "Phan Minh Khoa"),
        ("**Thứ trưởng Phan Minh Khoa**", "Phan Minh Khoa"),
        ("C/ Kết luận", "Phan Minh Khoa"),
        ("Phát biểu của bà Lê Thị Hoa", "Lê Thị Hoa"),
        ("### Cục Viễn thông", "Cục Viễn thông"),
        ("B3. Cục Tin học hóa", "Cục Tin học hóa"),
        ("Ý kiến của Vụ Bưu chính", "Vụ Bưu chính"),
        ("3. Kiến nghị của tỉnh", "tỉnh Cà Mau"),
    ],
)
def test_a_title_names_who_speaks_below(cast: Cast, title: str, name: str) -> None:
    voice = title_voice(title, cast)
    assert voice is not None
    assert voice.name == name


def test_a_title_may_tell_only_the_side(cast: Cast) -> None:
    assert title_voice("Ý kiến các đơn vị thuộc Bộ", cast) == Voice("ministry")
    assert title_voice("5. Doanh nghiệp", cast) == Voice("enterprise")


@pytest.mark.parametrize(
    "title",
    [
        "BỘ THÔNG TIN VÀ TRUYỀN THÔNG",
        "Hạ tầng số",
        "Cà Mau",
        "Sở TT&TT Cà Mau",
        "Cục Viễn thông đo sóng ở Năm Căn",
        "Thứ trưởng đã đến.",
    ],
)
def test_a_title_that_names_no_speaker(cast: Cast, title: str) -> None:
    assert title_voice(title, cast) is None


def test_a_list_below_an_organ_is_the_organs() -> None:
    told = speakers(f"{MEETING}### Cục Viễn thông\n\n- Sóng đã phủ mọi xã trong tỉnh.\n- Tỉnh cần kéo điện trước.\n")
    assert told[-2:] == [("ministry", "Cục Viễn thông")] * 2


def test_text_below_an_organ_is_not() -> None:
    told = speakers(
        f"{MEETING}Thứ trưởng Phan Minh Khoa cho biết mạng đã tốt.\n\n### Cục Viễn thông\n\nSóng phải đều.\n"
    )
    assert told[-1] == ("ministry", "Phan Minh Khoa")


def test_a_list_below_a_person_stays_his_where_it_orders_units_about() -> None:
    below = "- Dữ liệu phải sạch.\n- Cục Viễn thông báo cáo Bộ trong quý II.\n- Bộ sẽ mở một lớp riêng cho tỉnh.\n"
    told = speakers(f"{MEETING}## Kết luận của Thứ trưởng\n\n{below}")
    assert told[-3:] == [("ministry", "Phan Minh Khoa")] * 3
