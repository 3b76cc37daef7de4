"""From what a system gave to figures: each question's values, then their summary with intervals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import Answer
from evals import grounding, intervals
from evals.attribution import attribution
from evals.cases import Case
from evals.correctness import Outcome, crag, error, hallucination, list_precision, list_recall, outcome
from evals.grounding import Supports, citation_precision, citation_recall
from evals.intervals import Estimate
from evals.records import AnswerRow, Found, RunInfo, SearchRow
from evals.relevance import relevance
from evals.retrieval import MEASURES as RANKINGS
from evals.retrieval import measure_cases
from evals.retype import Typing


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the report. `summarise` turns the questions' values into it."""

    name: str
    values: str
    less_is_better: bool = False
    summarise: Callable[[Sequence[float]], Estimate] = intervals.mean
    digits: int = 3


def _median(values: Sequence[float]) -> Estimate:
    return intervals.percentile(values, 50)


def _p95(values: Sequence[float]) -> Estimate:
    return intervals.percentile(values, 95)


SEARCH_MEASURES = (
    *(Measure(f"{kind} {name}", f"{kind} {name}") for kind in ("passage", "document") for name in RANKINGS),
    Measure("seconds to search, p50", "search_s", True, _median),
    Measure("seconds to search, p95", "search_s", True, _p95),
    Measure("failed searches", "search_failed", less_is_better=True),
)
ANSWER_MEASURES = (
    Measure("correct", "correct"),
    Measure("incomplete", "incomplete", less_is_better=True),
    Measure("missing", "missing", less_is_better=True),
    Measure("wrong", "wrong", less_is_better=True),
    Measure("CRAG score", "crag"),
    Measure("hallucination rate", "hallucination", less_is_better=True),
    Measure("error rate", "error", less_is_better=True),
    Measure("citation recall", "citation_recall"),
    Measure("citation precision", "citation_precision"),
    Measure("entailment recall", "entailment_recall"),
    Measure("entailment precision", "entailment_precision"),
    Measure("right speaker", "speaker"),
    Measure("right recipient", "recipient"),
    Measure("right direction", "direction"),
    Measure("attribution", "attribution"),
    Measure("relevance", "relevance"),
    Measure("list recall", "list_recall"),
    Measure("list precision", "list_precision"),
    *(
        Measure(f"{label}, {share}", values, True, summarise, 2)
        for label, values in (
            ("seconds to passages", "evidence_s"),
            ("seconds to first token", "first_token_s"),
            ("seconds to the end", "total_s"),
        )
        for share, summarise in (("p50", _median), ("p95", _p95))
    ),
    Measure("failed", "failed", less_is_better=True),
    Measure("answered without the model", "without_model", less_is_better=True),
    Measure("prompt tokens", "prompt_tokens", True, digits=0),
    Measure("output tokens", "output_tokens", True, digits=0),
)
MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in (*SEARCH_MEASURES, *ANSWER_MEASURES)}


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, in one way of typing, with its values by name; those that do not apply are left out."""

    case: Case
    typing: Typing
    asked: str
    values: Mapping[str, float]

    @property
    def key(self) -> tuple[str, Typing]:
        """What tells it from all others of its run."""
        return self.case.id, self.typing


@dataclass(frozen=True, slots=True)
class ScoredSearch(Scored):
    """A search, with what it found."""

    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class ScoredAnswer(Scored):
    """An answered question; `answer` is None where it failed or came too late, and `why` says so."""

    outcome: Outcome
    answer: Answer | None
    why: str


def score_searches(rows: Sequence[SearchRow], cases: Mapping[str, Case], info: RunInfo) -> list[ScoredSearch]:
    """The retrieval measures of every search; a failed or late one found nothing and counts 0."""
    known = [
        (f"{row.id}/{row.typing}", row, bool(row.error) or row.seconds > info.limit_s)
        for row in rows
        if row.id in cases
    ]
    values = measure_cases((key, cases[row.id], () if failed else row.found) for key, row, failed in known)
    return [
        ScoredSearch(
            cases[row.id],
            row.typing,
            row.asked,
            values[key] | {"search_s": info.limit_s if failed else row.seconds, "search_failed": float(failed)},
            row.found,
        )
        for key, row, failed in known
    ]


def score_answers(
    rows: Sequence[AnswerRow], cases: Mapping[str, Case], info: RunInfo, entails: Supports | None = None
) -> list[ScoredAnswer]:
    """The measures of every answer; `entails` adds the entailment tier."""
    return [_score_answer(row, cases[row.id], info.limit_s, entails) for row in rows if row.id in cases]


def _score_answer(row: AnswerRow, case: Case, limit_s: float, entails: Supports | None) -> ScoredAnswer:
    """A question that failed or came too late counts at the worst value of every measure that applies to it.

    Of tokens there is no worst value; they are those of the answers.
    """
    late = row.seconds > limit_s
    answer = None if late else row.answer
    why = row.error or (f"took {row.seconds:.0f} s, more than {limit_s:.0f} s" if late else "")
    result = outcome(case, answer)
    found = attribution(case, answer)
    values: dict[str, float | None] = {name: float(result == name) for name in ("correct", "incomplete", "missing")}
    values |= {
        "wrong": float(result == "wrong"),
        "crag": crag(result),
        "hallucination": hallucination(case, answer),
        "error": error(case, answer),
        "citation_recall": _grounded(answer, citation_recall, grounding.stands_in),
        "citation_precision": _grounded(answer, citation_precision, grounding.stands_in),
        "entailment_recall": _grounded(answer, citation_recall, entails) if entails else None,
        "entailment_precision": _grounded(answer, citation_precision, entails) if entails else None,
        "speaker": found.speaker,
        "recipient": found.recipient,
        "direction": found.direction,
        "attribution": found.all_right,
        "relevance": relevance(case, answer),
        "list_recall": list_recall(case, answer),
        "list_precision": list_precision(case, answer),
        "evidence_s": answer.timings_s.evidence if answer else limit_s,
        "first_token_s": answer.timings_s.first_token if answer else limit_s,
        "total_s": row.seconds if answer else limit_s,
        "failed": float(answer is None),
        "without_model": float(bool(answer.notice)) if answer else 1.0,
        "prompt_tokens": answer.tokens.prompt if answer else None,
        "output_tokens": answer.tokens.output if answer else None,
    }
    known = {name: float(value) for name, value in values.items() if value is not None}
    return ScoredAnswer(case, row.typing, row.asked, known, result, answer, why)


def _grounded(answer: Answer | None, measure: Callable[[Answer, Supports], float], supports: Supports) -> float | None:
    """A refusal says nothing that would need a citation; a failure counts 0."""
    if answer is None:
        return 0.0
    return None if answer.abstained else measure(answer, supports)


def summarise(scored: Iterable[Scored], measures: Iterable[Measure] = MEASURES.values()) -> dict[str, Estimate]:
    """Each measure that applies to any of the questions, by name."""
    listed = list(scored)
    found: dict[str, Estimate] = {}
    for measure in measures:
        values = [one.values[measure.values] for one in listed if measure.values in one.values]
        if values:
            found[measure.name] = measure.summarise(values)
    return found
