"""Provinces' names at the ends of other words."""

import pytest

from index.place_names import begins_with_a_province, ends_a_province, province_at_end, provinces_by_length


def test_longer_names_come_first() -> None:
    lengths = [len(name) for name in provinces_by_length()]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(("text", "name"), [("Sở Y tế Bà Rịa - Vũng Tàu ", "Bà Rịa - Vũng Tàu"), ("bà Lê Thị Hoa", "")])
def test_the_province_at_the_end(text: str, name: str) -> None:
    assert province_at_end(text) == name


def test_a_province_may_begin_or_end_a_run_of_names() -> None:
    assert begins_with_a_province("Bắc Ninh Ngô Tiến Dũng")
    assert not begins_with_a_province("Ngô Tiến Dũng")
    assert ends_a_province(["Sở", "Bắc", "Ninh"])
    assert not ends_a_province(["Ninh"])
