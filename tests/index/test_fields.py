"""The field that a statement is about."""

import pytest

from index.fields import OTHER, all_fields, field_of


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Tỉnh cần phủ sóng 4G tới mọi thôn.", "viễn thông"),
        ("Mỗi hộ nên có một mã địa chỉ bưu chính.", "bưu chính"),
        ("Phải rà soát lỗ hổng và mã độc hằng tháng.", "an toàn thông tin"),
        ("Nâng tỷ lệ hồ sơ trực tuyến của dịch vụ công.", "dịch vụ công"),
        ("Trạm y tế xã cần nối với bệnh viện.", "y tế"),
        ("Dành 1% chi cho việc này.", "ngân sách"),
        ("Trời đã về chiều.", OTHER),
    ],
)
def test_by_its_own_words(said: str, field: str) -> None:
    assert field_of(said, "", "", "") == field


def test_by_the_opening_of_its_paragraph_and_by_its_heading() -> None:
    assert field_of("Việc này cần sớm làm.", "Về du lịch và khách sạn,", "", "") == "du lịch"
    assert field_of("Việc này cần sớm làm.", "", "Báo chí", "") == "báo chí truyền thông"


def test_own_words_count_more_than_those_around() -> None:
    assert field_of("Bưu điện phải tới từng nhà.", "", "Du lịch", "y tế") == "bưu chính"


def test_without_words_of_its_own_it_stays_in_the_field_before() -> None:
    assert field_of("Việc này cần sớm làm.", "", "", "y tế") == "y tế"
    assert field_of("Việc này cần sớm làm.", "", "", OTHER) == OTHER


def test_a_word_inside_another_one_does_not_count() -> None:
    assert field_of("Phía tỉnh có nhiều loại ý kiến.", "", "", "") == OTHER


def test_a_word_inside_a_longer_one_that_counted_does_not_count_again() -> None:
    assert field_of("Lập trung tâm điều hành đô thị thông minh.", "", "", "") == "đô thị thông minh"


def test_decomposed_letters_are_the_same_words() -> None:
    assert field_of("Bu\u031bu chính công ích.", "", "", "") == "bưu chính"


def test_every_field_is_named_once_and_the_last_is_for_the_rest() -> None:
    fields = all_fields()
    assert fields[-1] == OTHER
    assert len(set(fields)) == len(fields) > 10
