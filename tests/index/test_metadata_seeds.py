"""Dates and provinces of the articles the project was given; skipped where they are not beside the checkout."""

import pytest

from index.metadata import find
from tests.index.test_metadata import laid_out
from tests.sources.test_digests import seeds_dir


def _found(prefix: str, field: str) -> list[str]:
    files = sorted(seeds_dir().glob(f"{prefix}_*.txt"))
    if not files:
        pytest.skip("the articles are not here")
    found = find(laid_out(files[0].read_text(encoding="utf-8")), files[0].name)
    return [finding.value for finding in found if finding.field == field]


@pytest.mark.parametrize(
    ("prefix", "date"),
    [("000", "2020-09-10"), ("001", "2023-03-06"), ("002", "2020-11-12"), ("003", "2020-06-25"), ("004", "2021-03-29")],
)
def test_dates(prefix: str, date: str) -> None:
    assert _found(prefix, "date") == [date]


@pytest.mark.parametrize(
    ("prefix", "provinces"),
    [
        ("000", ["Đồng Tháp"]),
        ("001", ["Bạc Liêu", "Điện Biên"]),
        ("002", ["Thái Nguyên"]),
        ("003", ["Hậu Giang"]),
        ("004", ["Bà Rịa - Vũng Tàu"]),
    ],
)
def test_provinces(prefix: str, provinces: list[str]) -> None:
    assert _found(prefix, "province") == provinces


@pytest.mark.parametrize("prefix", ["000", "001", "002", "003", "004"])
def test_an_article_is_no_official_document(prefix: str) -> None:
    assert not [*_found(prefix, "number"), *_found(prefix, "type"), *_found(prefix, "issuer")]
    assert len(_found(prefix, "title")) == 1
    assert "Nguyễn Mạnh Hùng" in _found(prefix, "person")


def test_without_its_pictures_a_year_follows_from_the_latest_date_named() -> None:
    files = sorted(seeds_dir().glob("002_*.txt"))
    if not files:
        pytest.skip("the articles are not here")
    text = "\n".join(line for line in files[0].read_text(encoding="utf-8").split("\n") if not line.endswith(".jpg"))
    [date] = [finding for finding in find(laid_out(text), files[0].name) if finding.field == "date"]
    assert (date.value, "năm suy ra từ ngày" in date.basis) == ("2020-11-12", True)
