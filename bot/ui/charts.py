"""Bars as plain HTML: a table that reads as one, each number beside a bar as long as its share of the greatest."""

from collections.abc import Sequence

from bot.register_counts import Count, Counts
from bot.terminal import number
from bot.ui.escape import escape

_SHOWN = 10


def charts_html(counts: Counts) -> str:
    """The three charts of the register, side by side where there is room."""
    charts = (
        bars_html("Theo địa phương", "Địa phương", counts.provinces),
        bars_html("Theo lĩnh vực", "Lĩnh vực", counts.fields),
        bars_html("Theo năm", "Năm", counts.years, shown=len(counts.years)),
    )
    return f'<div class="charts">{"".join(charts)}</div>'


def bars_html(title: str, head: str, counts: Sequence[Count], *, shown: int = _SHOWN) -> str:
    """A bar for each count; those after the first `shown` are folded away."""
    if not counts:
        return ""
    most = max(count.number for count in counts)
    rest = counts[shown:]
    folded = ""
    if rest:
        together = number(sum(count.number for count in rest))
        told = f"Còn lại: {number(len(rest))} mục, {together} ý kiến"
        folded = f"<details><summary>{told}</summary>{_table(f'{title} (tiếp)', head, rest, most)}</details>"
    return f'<section class="chart">{_table(title, head, counts[:shown], most)}{folded}</section>'


def _table(title: str, head: str, counts: Sequence[Count], most: int) -> str:
    rows = "".join(_row(count, most) for count in counts)
    return (
        f'<table class="bars"><caption>{escape(title)}</caption><thead><tr><th scope="col">{escape(head)}</th>'
        f'<th scope="col">Số ý kiến</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(count: Count, most: int) -> str:
    width = 100 * count.number / most
    return (
        f'<tr><th scope="row">{escape(count.name)}</th><td><span class="track" aria-hidden="true">'
        f'<span class="bar" style="width:{width:.1f}%"></span></span>'
        f'<span class="count">{number(count.number)}</span></td></tr>'
    )
