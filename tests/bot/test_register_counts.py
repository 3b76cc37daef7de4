"""Counts of statements by province, field and year."""

from pathlib import Path

from bot.register_counts import Count, counts_of
from index.catalog import Catalog
from index.corrections import Corrections
from index.register import Register, Wanted
from tests.bot import sayings


def test_statements_are_counted_by_province_field_and_year(tmp_path: Path) -> None:
    sayings.fill(tmp_path)
    catalog = Catalog(tmp_path / "index" / "catalog.sqlite")
    sayings.put(
        catalog, ("hai", "Hai tỉnh", "/kho/hai.md", ""), ("Nên làm.", {"province": "Đồng Tháp, An Giang", "field": ""})
    )
    sayings.put(catalog, ("không", "Không tỉnh", "/kho/không.md", "2022-05"), ("Nên học.", {"province": ""}))
    register = Register(catalog, Corrections(tmp_path / "đính chính"), 0.5)
    catalog.close()
    counts = counts_of(register.lines(Wanted()))
    assert counts.provinces == (
        Count("Đồng Tháp", 6),
        Count("An Giang", 1),
        Count("Tiền Giang", 1),
        Count("không nêu địa phương", 1),
        Count("mọi địa phương", 1),
    )
    assert counts.fields[:2] == (Count("chuyển đổi số", 6), Count("an toàn thông tin", 1))
    assert Count("không rõ", 1) in counts.fields
    assert counts.years == (Count("2020", 5), Count("2021", 1), Count("2022", 2), Count("không rõ", 1))


def test_nothing_counts_for_nothing() -> None:
    assert counts_of([]).provinces == ()
