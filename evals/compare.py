"""Two runs side by side: which questions got better, which worse, and whether that can be chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import SettingsError
from evals import intervals
from evals.results import Results
from evals.score import MEASURES, Measure, Scored, ScoredAnswer

Change = Literal["better", "worse", "unchanged"]
# What a question is judged by: an answer by CRAG's points, a search by where the first relevant passage stands.
_ANSWER_VALUE, _SEARCH_VALUE = "crag", "passage MRR@10"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question in both runs."""

    before: Scored
    after: Scored
    change: Change


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the questions that both runs have it for; `p` is that of a paired permutation test."""

    measure: Measure
    before: float
    after: float
    n: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the questions that both were asked; `searches` and `answers` in the order of the first."""

    before: Results
    after: Results
    searches: tuple[Pair, ...]
    answers: tuple[Pair, ...]
    differences: tuple[Difference, ...]

    def count(self, change: Change) -> int:
        """How many answers (of runs without answers: searches) changed this way."""
        return sum(pair.change == change for pair in self.answers or self.searches)


def compare(before: Results, after: Results) -> Comparison:
    """Raises SettingsError when the runs have no question in common."""
    searches = _pairs(before.searches, after.searches, _SEARCH_VALUE)
    answers = _pairs(before.answers, after.answers, _ANSWER_VALUE)
    if not searches and not answers:
        raise SettingsError("Hai lượt chạy không có câu hỏi nào chung.", "Hãy chọn hai lượt cùng --suite và --split.")
    differences = [
        difference
        for measure in MEASURES.values()
        for pairs in (searches, answers)
        if (difference := _difference(pairs, measure))
    ]
    return Comparison(before, after, tuple(searches), tuple(answers), tuple(differences))


def _pairs(before: Sequence[Scored], after: Sequence[Scored], value: str) -> list[Pair]:
    later = {one.key: one for one in after}
    return [
        Pair(one, later[one.key], _change(one.values, later[one.key].values, value))
        for one in before
        if one.key in later
    ]


def _change(before: Mapping[str, float], after: Mapping[str, float], value: str) -> Change:
    if after[value] == before[value]:
        return "unchanged"
    return "better" if after[value] > before[value] else "worse"


def _difference(pairs: Sequence[Pair], measure: Measure) -> Difference | None:
    both = [
        (pair.before.values[measure.values], pair.after.values[measure.values])
        for pair in pairs
        if measure.values in pair.before.values and measure.values in pair.after.values
    ]
    if not both:
        return None
    before, after = [one for one, _ in both], [one for _, one in both]
    return Difference(
        measure,
        measure.summarise(before).value,
        measure.summarise(after).value,
        len(both),
        intervals.paired_p(before, after),
    )


def as_markdown(comparison: Comparison) -> str:
    """Counts, the table of measures, and every question that changed."""
    what = "answers" if comparison.answers else "searches"
    lines = [
        f"{comparison.before.run.info.title()} → {comparison.after.run.info.title()}",
        "",
        f"{what}: {comparison.count('better')} better, {comparison.count('worse')} worse, "
        f"{comparison.count('unchanged')} unchanged",
        "",
        "| measure | before | after | n | p (paired) |",
        "| --- | --- | --- | --- | --- |",
    ]
    for one in comparison.differences:
        digits = one.measure.digits
        values = f"{one.before:.{digits}f} | {one.after:.{digits}f}"
        lines.append(f"| {one.measure.name} | {values} | {one.n} | {one.p:.3f} |")
    for pair in comparison.answers or comparison.searches:
        if pair.change != "unchanged":
            lines.append(f"\n{pair.change}: {pair.before.case.id} ({pair.before.typing}), {_step(pair)}")
            lines.append(f"  {pair.before.case.question}")
    return "\n".join(lines)


def _step(pair: Pair) -> str:
    if isinstance(pair.before, ScoredAnswer) and isinstance(pair.after, ScoredAnswer):
        return f"{pair.before.outcome} → {pair.after.outcome}"
    return f"{_SEARCH_VALUE} {pair.before.values[_SEARCH_VALUE]:.2f} → {pair.after.values[_SEARCH_VALUE]:.2f}"
