"""Shapes of wording."""

import pytest

from index.kind_shapes import shapes_of


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("Đề nghị tỉnh mở kho dữ liệu", "asks local"),
        ("đề nghị tỉnh mở kho dữ liệu", "asks local"),
        ("Giao Cục Viễn thông làm việc với nhà mạng", "asks own unit"),
        ("Về tần số, Cục Viễn thông khảo sát lại các bản", "unit acts"),
        ("Kiến nghị Bộ sớm hướng dẫn", "asks top"),
        ("Đề nghị Bộ trưởng cho biết hướng xử lý", "asks top"),
        ("Sở rà soát lại danh mục", "local acts"),
        ("Việc ấy xong trong quý III", "deadline"),
        ("Mỗi xã cử một người", "each"),
        ("Một là dùng chung kho", "counted"),
        ("Hướng đi là lấy tôm làm bài toán", "way"),
        ("Kho nào ít dùng thì tắt đi", "then do"),
        ("Thuê máy chủ hợp lý hơn", "rather"),
        ("Ông kể chuyện ở Cà Mau", "tells of"),
        ("Bộ đồng ý với đề xuất ấy", "grants"),
    ],
)
def test_a_shape_is_seen(said: str, shape: str) -> None:
    assert shape in shapes_of(said)


@pytest.mark.parametrize(
    ("said", "shape"),
    [
        ("Sở đã có danh mục", "local acts"),
        ("Mạng chạy tốt", "deadline"),
        ("Sở này lớn", "each"),
    ],
)
def test_a_shape_is_not_seen_where_it_is_not(said: str, shape: str) -> None:
    assert shape not in shapes_of(said)


def test_no_words_have_no_shape() -> None:
    assert shapes_of("") == []
