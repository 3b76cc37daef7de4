"""The charts of the register as HTML."""

import re

from bot.register_counts import Count, Counts
from bot.ui.charts import bars_html, charts_html

_COUNTS = [Count(f"Tỉnh {n}", 100 - n) for n in range(12)]


def test_each_bar_is_as_long_as_its_share_and_its_number_is_told() -> None:
    shown = bars_html("Theo năm", "Năm", [Count("2020", 1500), Count("2021", 375)])
    assert re.findall(r"width:([\d.]+)%", shown) == ["100.0", "25.0"]
    assert re.findall(r'class="count">([^<]+)<', shown) == ["1.500", "375"]
    assert re.findall(r'<th scope="row">([^<]+)<', shown) == ["2020", "2021"]
    assert "<caption>Theo năm</caption>" in shown


def test_what_is_beyond_the_first_is_folded_away_on_the_same_scale() -> None:
    shown = bars_html("Theo tỉnh", "Tỉnh", _COUNTS, shown=10)
    first, folded = shown.split("<details>")
    assert (first.count("<tr>"), folded.count("<tr>")) == (11, 3)
    assert "Còn lại: 2 mục, 179 ý kiến" in folded
    assert "width:90.0%" in folded


def test_names_are_escaped() -> None:
    shown = bars_html("Theo tỉnh", "Tỉnh", [Count("<img src=x onerror=alert(1)>${1}", 1)])
    assert "<img" not in shown
    assert "$" not in shown


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars_html("Theo năm", "Năm", []) == ""
    assert charts_html(Counts((), (), ())) == '<div class="charts"></div>'
