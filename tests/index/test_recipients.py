"""To whom a statement is said, and which province it concerns."""

import pytest

from index.recipients import NATIONWIDE, is_widened, names_whom, province_of, recipient_of
from index.records import Side


@pytest.mark.parametrize(
    ("said", "recipient"),
    [
        ("đề nghị tỉnh mở dữ liệu", "tỉnh Cà Mau"),
        ("UBND tỉnh cần giao một đầu mối", "UBND tỉnh Cà Mau"),
        ("Sở nên cử người học", "Sở TT&TT Cà Mau"),
        ("Sở Y tế nên nối máy với các trạm", "Sở Y tế Cà Mau"),
        ("Sở Nông nghiệp và Môi trường cần lập bản đồ", "Sở Nông nghiệp và Môi trường Cà Mau"),
        ("Sở Văn hóa, Thể thao và Du lịch nên ghi hình", "Sở Văn hóa, Thể thao và Du lịch Cà Mau"),
        ("Tỉnh ủy nên có nghị quyết riêng", "Tỉnh ủy Cà Mau"),
        ("cần làm sớm", "tỉnh Cà Mau"),
        ("các địa phương cần mở dữ liệu", "các địa phương"),
        ("Các tỉnh phải tự rà soát", "các tỉnh"),
        ("các sở cần nối máy với nhau", "tỉnh Cà Mau"),
        ("Các Sở phải tự rà soát", "các Sở"),
        ("UBND tỉnh cần lập bảng so sánh với các tỉnh khác vùng", "UBND tỉnh Cà Mau"),
    ],
)
def test_whom_the_ministry_advises(said: str, recipient: str) -> None:
    assert recipient_of("recommendation", "ministry", said, "Cà Mau") == recipient


def test_advice_in_a_city_is_for_the_city() -> None:
    assert recipient_of("recommendation", "ministry", "cần làm sớm", "Cần Thơ") == "thành phố Cần Thơ"


def test_a_province_named_in_the_advice_outranks_the_documents() -> None:
    assert recipient_of("recommendation", "ministry", "tỉnh Long An cần làm sớm", "Cà Mau") == "tỉnh Long An"


@pytest.mark.parametrize(
    ("said", "recipient"),
    [
        ("kiến nghị Chính phủ ban hành nghị định", "Chính phủ"),
        ("đề nghị Cục Viễn thông đo sóng", "Cục Viễn thông"),
        ("đề nghị Bộ cấp máy", "Bộ TT&TT"),
        ("mong được cấp máy", "Bộ TT&TT"),
        ("đề nghị các nhà mạng dựng trạm", "các nhà mạng"),
    ],
)
def test_a_request_goes_to_whom_it_names_or_to_the_ministry(said: str, recipient: str) -> None:
    assert recipient_of("request", "province", said, "Cà Mau") == recipient


def test_an_order_within_goes_to_the_unit_it_names() -> None:
    assert recipient_of("directive_internal", "ministry", "giao Cục Viễn thông đo sóng", "Cà Mau") == "Cục Viễn thông"
    assert recipient_of("directive_internal", "province", "giao Sở TT&TT giữ kho", "Cà Mau") == "Sở TT&TT Cà Mau"
    fund = "yêu cầu Quỹ Viễn thông công ích rà soát"
    assert recipient_of("directive_internal", "ministry", fund, "Cà Mau") == "Quỹ Viễn thông công ích"
    institute = "giao Viện chiến lược TT&TT tham mưu"
    assert recipient_of("directive_internal", "ministry", institute, "Cà Mau") == "Viện chiến lược TT&TT"


def test_a_province_promises_the_ministry() -> None:
    assert recipient_of("commitment", "province", "tỉnh sẽ cấp đất", "Cà Mau") == "Bộ TT&TT"
    assert recipient_of("commitment", "ministry", "Bộ sẽ cấp máy", "Cà Mau") == "tỉnh Cà Mau"


def test_offers_of_enterprises_are_for_the_province() -> None:
    assert recipient_of("enterprise_proposal", "enterprise", "sẵn sàng tặng máy", "Cà Mau") == "tỉnh Cà Mau"


@pytest.mark.parametrize("kind", ["status", "opinion", "event"])
def test_kinds_that_address_nobody(kind: str) -> None:
    assert recipient_of(kind, "ministry", "tỉnh có chín huyện", "Cà Mau") == ""


def test_what_is_said_to_all_concerns_all() -> None:
    assert is_widened("các tỉnh")
    assert not is_widened("tỉnh Cà Mau")
    assert province_of("Các tỉnh phải tự rà soát", "các tỉnh", ["Cà Mau"], "") == NATIONWIDE


@pytest.mark.parametrize(
    ("said", "own", "near", "province"),
    [
        ("tỉnh cần làm sớm", ["Cà Mau"], "", "Cà Mau"),
        ("Cà Mau cần làm sớm", ["Cà Mau", "Long An"], "Long An", "Cà Mau"),
        ("Cà Mau và Long An cần làm chung", ["Cà Mau", "Long An"], "", "Cà Mau, Long An"),
        ("cần làm sớm", ["Cà Mau", "Long An"], "Long An", "Long An"),
        ("cần làm sớm", ["Cà Mau", "Long An"], "", NATIONWIDE),
        ("cần làm sớm", [], "", ""),
    ],
)
def test_the_province_it_concerns(said: str, own: list[str], near: str, province: str) -> None:
    assert province_of(said, "", own, near) == province


@pytest.mark.parametrize(
    ("side", "said", "recipient"),
    [
        ("ministry", "Bộ giao Cục Viễn thông đo sóng", "Cục Viễn thông"),
        ("ministry", "yêu cầu Tổng công ty Bưu điện Việt Nam mở cửa đúng giờ", "Tổng công ty Bưu điện Việt Nam"),
        ("ministry", "yêu cầu các Cục, Vụ trả lời bằng văn bản", "các Cục, Vụ"),
        ("province", "3. Sở Tài chính tham mưu mức hỗ trợ cước", "Sở Tài chính Cà Mau"),
        ("province", "UBND các huyện, thành phố bố trí cán bộ", "UBND các huyện, thành phố"),
    ],
)
def test_an_order_goes_to_whom_it_names_first(side: Side, said: str, recipient: str) -> None:
    assert recipient_of("directive_internal", side, said, "Cà Mau") == recipient


def test_an_item_may_open_with_whom_it_is_for() -> None:
    assert names_whom("b) Sở Tài chính tham mưu")
    assert not names_whom("- Rà soát lại danh mục")


@pytest.mark.parametrize(
    ("said", "telling", "province"),
    [
        ("Thông tư sửa đổi đang được lấy ý kiến", "status", NATIONWIDE),
        ("có nơi đã làm từ năm ngoái", "status", NATIONWIDE),
        ("theo quy định, tỉnh tự quyết mức này", "status", "Cà Mau"),
        ("mạng đã phủ mọi xã", "status", "Cà Mau"),
        ("Thông tư sửa đổi cần có sớm", "", "Cà Mau"),
    ],
)
def test_what_holds_for_the_whole_country(said: str, telling: str, province: str) -> None:
    assert province_of(said, "", ["Cà Mau"], "", telling) == province


def test_what_holds_anywhere_is_about_no_province() -> None:
    assert province_of("Công nghệ chỉ là cái vỏ.", "", ["Cà Mau"], "", "opinion") == ""
    assert province_of("Tỉnh đi chậm là mất cơ hội.", "", ["Cà Mau"], "", "opinion") == "Cà Mau"
    assert province_of("Bộ cảm ơn, việc này là đúng.", "", ["Cà Mau"], "", "opinion") == "Cà Mau"


def test_what_the_ministry_tells_several_provinces_is_for_all() -> None:
    assert province_of("Kho đã mở.", "", ["Cà Mau", "Long An"], "Long An", "status") == NATIONWIDE
    assert province_of("Long An đã mở kho.", "", ["Cà Mau", "Long An"], "Cà Mau", "status") == "Long An"
