"""How well a search ranks: recall, MRR and nDCG, through ir-measures."""

from collections.abc import Iterable, Mapping, Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from evals.cases import Case, Place, spans
from evals.records import Found

MEASURES = {"R@1": R @ 1, "R@5": R @ 5, "R@10": R @ 10, "MRR@10": RR @ 10, "nDCG@10": nDCG @ 10}
Ranking = Sequence[frozenset[int]]


def covers(found: Found, place: Place) -> bool:
    """Whether the passage holds at least half of the quote."""
    if found.document != place.document:
        return False
    shared = max((min(found.end, end) - max(found.start, start) for start, end in spans(place)), default=0)
    return 2 * shared >= len(place.quote)


def passages_for(case: Case, found: Sequence[Found]) -> Ranking:
    """For each passage the needs of the question that it covers."""
    return [
        frozenset(number for number, need in enumerate(case.needs) if any(covers(one, place) for place in need))
        for one in found
    ]


def documents_for(case: Case, found: Sequence[Found]) -> Ranking:
    """For each document, in the order of its best passage, the needs of the question that it could cover."""
    return [
        frozenset(number for number, need in enumerate(case.needs) if any(place.document == name for place in need))
        for name in dict.fromkeys(one.document for one in found)
    ]


def measure(rankings: Mapping[str, Ranking], needs: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Every measure of every question: `{question: {measure: value}}`. A question without a hit counts 0.

    What is found is relevant when it covers a need that nothing above it covered, so that overlapping passages count
    once; needs that were never covered count as relevant and not found. R@k, RR and nDCG as ir-measures defines them
    (https://ir-measur.es), MRR being the mean of RR.
    """
    judged: list[Qrel] = []
    scored: list[ScoredDoc] = []
    for question, count in needs.items():
        relevant, run = _novel(question, rankings.get(question, ()), count)
        judged += relevant
        scored += run
    return by_question(judged, scored, needs)


def by_question(
    judged: Iterable[Qrel], found: Iterable[ScoredDoc], questions: Iterable[str]
) -> dict[str, dict[str, float]]:
    """Every measure of every question, `{question: {measure: value}}`; one without a hit counts 0."""
    values = {question: dict.fromkeys(MEASURES, 0.0) for question in questions}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), judged, found):
        name = next(name for name, measure in MEASURES.items() if measure == metric.measure)
        values[metric.query_id][name] = metric.value
    return values


def _novel(question: str, ranking: Ranking, needs: int) -> tuple[list[Qrel], list[ScoredDoc]]:
    covered: set[int] = set()
    judged, scored = [], []
    for rank, covers_now in enumerate(ranking):
        if covers_now - covered:
            judged.append(Qrel(question, f"rank-{rank}", 1))
            covered |= covers_now
        scored.append(ScoredDoc(question, f"rank-{rank}", -float(rank)))
    judged += [Qrel(question, f"need-{number}", 1) for number in range(needs) if number not in covered]
    return judged, scored


def measure_cases(cases: Iterable[tuple[str, Case, Sequence[Found]]]) -> dict[str, dict[str, float]]:
    """`{key: {"passage R@1": …, "document R@1": …}}` of searches, each with a key, its question and what it found."""
    listed = list(cases)
    needs = {key: len(case.needs) for key, case, _ in listed}
    values: dict[str, dict[str, float]] = {key: {} for key in needs}
    for kind, ranking in (("passage", passages_for), ("document", documents_for)):
        measured = measure({key: ranking(case, found) for key, case, found in listed}, needs)
        for key, named in measured.items():
            values[key] |= {f"{kind} {name}": value for name, value in named.items()}
    return values
