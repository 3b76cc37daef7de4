"""Tests left out of the worktree: each fails on what it was written against. See the report."""

import datetime

import pytest

from index.aliases import Aliases
from index.fuse import fuse
from index.periods import period_of
from index.provinces import named_in
from index.search import CATALOG_FILE, WORDING_FOLDER
from tests.index.workshop import Workshop

_TODAY = datetime.date(2026, 8, 2)


@pytest.mark.parametrize("text", ["CNTT", "ở xã có CNTT", "(CNTT)"])
def test_an_abbreviation_at_the_end_of_the_text_is_spelled_out(text: str) -> None:
    assert Aliases().expansions(text) == (["công nghệ thông tin"], [])


@pytest.mark.parametrize("text", ["của ai", "của ai?", "đề nghị của ai"])
def test_a_word_at_the_end_of_the_text_is_no_abbreviation(text: str) -> None:
    assert Aliases().expansions(text) == ([], [])


def test_an_abbreviation_without_vowels_counts_in_capitals_only() -> None:
    assert Aliases().expansions("bc gửi tỉnh") == ([], [])


@pytest.mark.parametrize(
    "names", [["Vĩnh Long", "An Giang"], ["Bắc Ninh", "Bình Dương"], ["Khánh Hòa", "Bình Định"], ["Trà Vinh", "Long An"]]
)
def test_no_province_is_read_across_a_comma(names: list[str]) -> None:
    assert named_in(", ".join(names)) == names


@pytest.mark.parametrize("text", ["31/12/9999", "12/9999", "1/1/0001", "sau tháng 12/9999"])
def test_the_ends_of_the_calendar_do_no_harm(text: str) -> None:
    period_of(text, _TODAY)


@pytest.mark.parametrize("text", ["0/2020", "tháng 0/2020", "quý 5/2023", "2.021 hộ", "từ 2020 đến 31/2/2021", "từ 2022 đến 2020"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert period_of(text, _TODAY) is None


@pytest.mark.parametrize("text", ["thang 9 nam 2020", "ngay 10 thang 9 nam 2020"])
def test_a_date_in_words_needs_no_marks(text: str) -> None:
    period = period_of(text, _TODAY)
    assert period is not None
    assert (period.first.month, period.last.month) == (9, 9)


@pytest.mark.parametrize("text", ["giai đoạn 2021-2025", "từ 2021-2025", "2021–2025", "năm 2021 đến 2025"])
def test_a_span_of_years_is_read_whole(text: str) -> None:
    assert period_of(text, _TODAY) == (datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))


def test_a_single_lexical_hit_helps_its_passage() -> None:
    fused = fuse({"a": 0.5, "b": 0.4, "c": 0.3}, {"c": 9.0}, 0.5)
    assert fused["c"] > 0


@pytest.mark.parametrize("cut", [9, 30, 500])
def test_a_wording_file_that_was_cut_short_does_no_harm(shop: Workshop, cut: int) -> None:
    shop.write("a.md", "Nước sạch nông thôn.")
    shop.build()
    path = shop.folder / WORDING_FOLDER / "restore.npz"
    path.write_bytes(path.read_bytes()[:-cut])
    assert shop.open().read("nuoc sach").text == "nước sạch"


@pytest.mark.parametrize("rebuild", [True, False])
def test_a_new_catalog_does_not_believe_what_was_derived_from_the_lost_one(shop: Workshop, rebuild: bool) -> None:
    shop.write("a.md", "Nước sạch nông thôn.")
    shop.build()
    shop.close()
    for path in shop.folder.glob(f"{CATALOG_FILE}*"):
        path.unlink()
    shop.write("a.md", "Nuộc sách.")
    shop.build(rebuild=rebuild)
    assert shop.open().read("nuoc sach").text == "nuộc sách"
    assert shop.texts("nuộc sách") == ["Nuộc sách."]
