"""Who is named right before a place, and on whose side they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.mentions import Mention, canonical, mention_before, side_of


def _before(text: str) -> Mention:
    found = mention_before(text, 0, len(text))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("named", "side"),
    [
        ("Bộ trưởng", "ministry"),
        ("Thứ trưởng Bộ TT&TT", "ministry"),
        ("Cục Viễn thông", "ministry"),
        ("Cục trưởng Cục Bưu chính", "ministry"),
        ("Học viện Công nghệ Bưu chính Viễn thông", "ministry"),
        ("Chánh Văn phòng Bộ", "ministry"),
        ("Thủ tướng Chính phủ", "ministry"),
        ("Sở TT&TT Cà Mau", "province"),
        ("Phó Giám đốc Sở Y tế", "province"),
        ("Phó Chủ tịch UBND tỉnh", "province"),
        ("Chánh Văn phòng UBND tỉnh", "province"),
        ("Bí thư Tỉnh ủy Sơn La", "province"),
        ("HĐND thành phố Cần Thơ", "province"),
        ("Quảng Trị", "province"),
        ("Tập đoàn VNPT", "enterprise"),
        ("Tổng Giám đốc Viettel", "enterprise"),
        ("Công ty Sao Mai", "enterprise"),
        ("Hiệp hội An toàn thông tin", "enterprise"),
        ("Bưu điện tỉnh Nghệ An", "enterprise"),
        ("Chủ tịch Hội đồng thành viên MobiFone", "enterprise"),
    ],
)
def test_the_side_of_organs_and_titles(named: str, side: str) -> None:
    assert side_of(named) == side


@pytest.mark.parametrize("named", ["Cục Thuế tỉnh Long An", "Cục Hải quan tỉnh Lào Cai", "Cục Thống kê tỉnh"])
def test_offices_of_other_ministries_in_a_province_are_the_provinces(named: str) -> None:
    assert side_of(named) == "province"


def test_words_that_tell_no_side() -> None:
    assert side_of("người dự họp") is None


def test_a_title_before_the_name() -> None:
    found = _before("Sáng nay, Thứ trưởng Phan Minh Khoa")
    assert (found.name, found.title, found.start) == ("Phan Minh Khoa", "Thứ trưởng", len("Sáng nay, "))


def test_a_title_after_the_name() -> None:
    found = _before("Bà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau")
    assert (found.name, found.title, found.called) == ("Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau", "bà")


def test_a_title_after_the_name_in_brackets() -> None:
    found = _before("Ông Đỗ Quang Huy (Tổng Giám đốc Viettel)")
    assert (found.name, found.title) == ("Đỗ Quang Huy", "Tổng Giám đốc Viettel")


def test_a_title_before_a_comma_and_the_name() -> None:
    found = _before("Giám đốc Bưu điện tỉnh, ông Lê Văn Bình")
    assert (found.name, found.title, found.start) == ("Lê Văn Bình", "Giám đốc Bưu điện tỉnh", 0)


def test_a_rare_family_name_is_known_by_the_title_before_it() -> None:
    assert _before("Phó Chủ tịch UBND tỉnh Y Phương Thảo").name == "Y Phương Thảo"


def test_a_company_is_no_person() -> None:
    found = _before("Ông Đỗ Quang Huy, Tổng Giám đốc Công ty Sao Mai")
    assert (found.name, found.title) == ("Đỗ Quang Huy", "Tổng Giám đốc Công ty Sao Mai")


def test_a_company_named_like_a_family_is_no_person_either() -> None:
    assert _before("Ông Đỗ Quang Huy, Giám đốc Công ty Hoàng Long").name == "Đỗ Quang Huy"


def test_a_person_named_right_behind_the_company() -> None:
    assert _before("Giám đốc Công ty Nguyễn Văn Bình").name == "Nguyễn Văn Bình"


@pytest.mark.parametrize("text", ["tại huyện Trần Văn Thời", "ở xã Lê Lợi"])
def test_a_place_is_no_person(text: str) -> None:
    found = mention_before(text, 0, len(text))
    assert found is None or not found.name


@pytest.mark.parametrize("text", ["Ông", "Sau đó, bà", "Đồng chí"])
def test_a_pronoun_points_back(text: str) -> None:
    found = _before(text)
    assert found.is_bare
    assert not found.name


def test_a_title_without_a_name_points_back() -> None:
    found = _before("Thứ trưởng")
    assert (found.office, found.is_bare) == ("Thứ trưởng", True)


def test_a_given_name_points_back() -> None:
    found = _before("Bà Hoa")
    assert (found.given, found.is_bare) == ("Hoa", True)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Theo Cục Viễn thông", "Cục Viễn thông"),
        ("Sở TT&TT Cà Mau", "Sở TT&TT Cà Mau"),
        ("Lãnh đạo Cà Mau", "tỉnh Cà Mau"),
        ("Lãnh đạo Cần Thơ", "thành phố Cần Thơ"),
        ("Đại diện Viettel", "Viettel"),
        ("Hiệp hội Phần mềm", "Hiệp hội Phần mềm"),
        ("Hiệp hội Phần mềm và Dịch vụ số", "Hiệp hội Phần mềm và Dịch vụ số"),
    ],
)
def test_an_organ(text: str, unit: str) -> None:
    assert _before(text).unit == unit


def test_organs_that_are_not_named_belong_to_their_whole() -> None:
    assert _before("Các đơn vị thuộc Bộ").whole == "Bộ"


def test_nobody() -> None:
    assert mention_before("Trời đã về chiều", 0, 16) is None


def test_it_looks_no_further_back_than_asked() -> None:
    text = "Thứ trưởng Phan Minh Khoa"
    assert mention_before(text, text.index("Minh"), len(text)) is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bộ Thông tin và Truyền thông", "Bộ TT&TT"),
        ("Sở Thông tin & Truyền thông (TT&TT) Cà Mau", "Sở TT&TT Cà Mau"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Tỉnh Cà Mau", "tỉnh Cà Mau"),
        ("Tỉnh ủy Cà Mau", "Tỉnh ủy Cà Mau"),
    ],
)
def test_names_as_they_are_kept(written: str, kept: str) -> None:
    assert canonical(written) == kept


@given(st.text(alphabet="Ông Bà Lê Văn,()TT&Sở Cục:.“”\n", max_size=80))
def test_whatever_stands_there_a_mention_begins_inside_it(text: str) -> None:
    found = mention_before(text, 0, len(text))
    assert found is None or 0 <= found.start <= len(text)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            "Bà Đinh Thu Hường, Phó Tổng Giám đốc Tổng công ty Bưu điện Việt Nam",
            "Đinh Thu Hường",
            "Phó Tổng Giám đốc Tổng công ty Bưu điện Việt Nam",
        ),
        (
            "Ông Phan Gia Tường, Phó Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu",
            "Phan Gia Tường",
            "Phó Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu",
        ),
        ("Bà Âu Thị Phượng, Giám đốc FPT Software Miền Trung", "Âu Thị Phượng", "Giám đốc FPT Software Miền Trung"),
        ("Chị Hứa Diễm Trang của VNPT Đắk Nông", "Hứa Diễm Trang", "VNPT Đắk Nông"),
        ("Chủ tịch UBND huyện Đam Rông Rơ Ông Ha Pơi", "Rơ Ông Ha Pơi", "Chủ tịch UBND huyện Đam Rông"),
        ("Bí thư Tỉnh ủy K'Đuk", "K'Đuk", "Bí thư Tỉnh ủy"),
        ("Bà H'Juên Mlô", "H'Juên Mlô", ""),
    ],
)
def test_names_beside_other_capitals(text: str, name: str, title: str) -> None:
    found = _before(text)
    assert (found.name, found.title) == (name, title)


def test_where_one_goes_is_no_person() -> None:
    found = mention_before("kéo cáp ra Lý Sơn", 0, 17)
    assert found is None or not found.name


@pytest.mark.parametrize("named", ["Giám đốc Viễn thông Quảng Trị", "đại diện ezCloud", "Agribank chi nhánh Thái Bình"])
def test_companies_known_by_the_form_of_their_name(named: str) -> None:
    assert side_of(named) == "enterprise"


@pytest.mark.parametrize(
    "named", ["Cử tri huyện Năm Căn", "Đại biểu HĐND tỉnh", "Công an tỉnh", "Trường Đại học Hồng Đức"]
)
def test_those_of_a_province(named: str) -> None:
    assert side_of(named) == "province"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Sở Thông tin và Truyền thông Gia Lai", "Sở Thông tin và Truyền thông Gia Lai"),
        ("Ban Chỉ đạo chuyển đổi số tỉnh", "Ban Chỉ đạo chuyển đổi số tỉnh"),
        ("Công ty cổ phần MISA", "Công ty cổ phần MISA"),
        ("Viện Chiến lược Thông tin và Truyền thông", "Viện Chiến lược Thông tin và Truyền thông"),
        ("đại diện VNPT khu vực", "VNPT khu vực"),
        ("VNPT Trà Vinh và Viettel Trà Vinh", "VNPT Trà Vinh và Viettel Trà Vinh"),
    ],
)
def test_an_organs_whole_name(text: str, unit: str) -> None:
    assert _before(text).unit == unit


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Phó Chủ tịch UBND tỉnh Bắc Ninh Ngô Tiến Dũng", "Ngô Tiến Dũng", "Phó Chủ tịch UBND tỉnh Bắc Ninh"),
        ("đại diện Viettel Đắk Nông Phạm Hữu Toàn", "Phạm Hữu Toàn", "đại diện Viettel Đắk Nông"),
    ],
)
def test_a_province_before_a_name_is_none_of_it(text: str, name: str, title: str) -> None:
    found = _before(text)
    assert (found.name, found.title) == (name, title)
