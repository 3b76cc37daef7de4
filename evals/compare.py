"""Two runs side by side: which questions got better, which worse, and whether that can be chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.errors import SettingsError
from evals import intervals
from evals.correctness import Outcome
from evals.results import Results
from evals.score import MEASURES, Measure, Scored, ScoredAnswer

Change = Literal["better", "worse", "unchanged"]
CHANGES: tuple[Change, ...] = get_args(Change)
_FROM_WORST: tuple[Outcome, ...] = ("wrong", "missing", "incomplete", "correct")
_SEARCH_VALUE = "passage nDCG@10"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question in both runs."""

    before: Scored
    after: Scored
    change: Change


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure over the questions that both runs have it for.

    `p` is that of a paired permutation test of the mean over questions, each once however often it was typed; None for
    percentiles. The many p of a comparison are not corrected for being many.
    """

    measure: Measure
    before: float
    after: float
    n: int
    p: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the questions that both were asked; `searches` and `answers` in the order of the first."""

    before: Results
    after: Results
    searches: tuple[Pair, ...]
    answers: tuple[Pair, ...]
    differences: tuple[Difference, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Answers, then searches."""
        return self.answers + self.searches

    def count(self, change: Change, pairs: Sequence[Pair]) -> int:
        """How many of the pairs changed this way."""
        return sum(pair.change == change for pair in pairs)


def compare(before: Results, after: Results) -> Comparison:
    """Raises SettingsError when the runs have no question in common."""
    searches = _pairs(before.searches, after.searches)
    answers = _pairs(before.answers, after.answers)
    if not searches and not answers:
        raise SettingsError("Hai lượt chạy không có câu hỏi nào chung.", "Hãy chọn hai lượt cùng --suite và --split.")
    differences = [
        difference
        for measure in MEASURES.values()
        for pairs in (searches, answers)
        if (difference := _difference(pairs, measure))
    ]
    return Comparison(before, after, tuple(searches), tuple(answers), tuple(differences))


def _pairs(before: Sequence[Scored], after: Sequence[Scored]) -> list[Pair]:
    later = {(one.key, one.asked): one for one in after}
    pairs = [(one, later.get((one.key, one.asked))) for one in before]
    return [Pair(one, other, _change(_goodness(one), _goodness(other))) for one, other in pairs if other]


def _goodness(one: Scored) -> float:
    """An answer by its outcome, a search by how well it ranks."""
    return _FROM_WORST.index(one.outcome) if isinstance(one, ScoredAnswer) else one.values[_SEARCH_VALUE]


def _change(before: float, after: float) -> Change:
    if after == before:
        return "unchanged"
    return "better" if after > before else "worse"


def _difference(pairs: Sequence[Pair], measure: Measure) -> Difference | None:
    both = [
        (pair.before.case.id, pair.before.values[measure.values], pair.after.values[measure.values])
        for pair in pairs
        if measure.values in pair.before.values and measure.values in pair.after.values
    ]
    if not both:
        return None
    before, after = [one for _, one, _ in both], [one for _, _, one in both]
    is_mean = measure.summarise is intervals.mean
    return Difference(
        measure,
        measure.summarise(before).value,
        measure.summarise(after).value,
        len(both),
        _paired_p(both) if is_mean else None,
    )


def _paired_p(both: Sequence[tuple[str, float, float]]) -> float:
    """Ways of typing one question are no questions of their own: they are averaged first."""
    by_case: dict[str, list[tuple[float, float]]] = {}
    for case, before, after in both:
        by_case.setdefault(case, []).append((before, after))
    means = [tuple(sum(values) / len(values) for values in zip(*listed, strict=True)) for listed in by_case.values()]
    return intervals.paired_p([before for before, _ in means], [after for _, after in means])


def as_markdown(comparison: Comparison) -> str:
    """Counts, the table of measures, and every question that changed."""
    lines = [f"{comparison.before.run.info.title()} → {comparison.after.run.info.title()}", ""]
    for what, pairs in (("answers", comparison.answers), ("searches", comparison.searches)):
        if pairs:
            counts = [f"{comparison.count(change, pairs)} {change}" for change in CHANGES]
            lines.append(f"{what}: {', '.join(counts)}")
    lines += ["", "| measure | before | after | n | p (paired) |", "| --- | --- | --- | --- | --- |"]
    for one in comparison.differences:
        digits = one.measure.digits
        values = f"{one.before:.{digits}f} | {one.after:.{digits}f}"
        lines.append(f"| {one.measure.name} | {values} | {one.n} | {shown_p(one.p)} |")
    for pair in comparison.pairs:
        if pair.change != "unchanged":
            lines.append(f"\n{pair.change}: {pair.before.case.id} ({pair.before.typing}), {_step(pair)}")
            lines.append(f"  {pair.before.case.question}")
    return "\n".join(lines)


def shown_p(p: float | None) -> str:
    """Three digits, or a dash where none was computed."""
    return "–" if p is None else f"{p:.3f}"


def _step(pair: Pair) -> str:
    if isinstance(pair.before, ScoredAnswer) and isinstance(pair.after, ScoredAnswer):
        return f"{pair.before.outcome} → {pair.after.outcome}"
    return f"{_SEARCH_VALUE} {pair.before.values[_SEARCH_VALUE]:.2f} → {pair.after.values[_SEARCH_VALUE]:.2f}"
