"""From answers and searches to figures."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answer import Timings, Tokens
from evals.intervals import mean
from evals.records import SearchRow
from evals.score import (
    ANSWER_MEASURES,
    MEASURES,
    SEARCH_MEASURES,
    ScoredAnswer,
    ScoredSearch,
    score_answers,
    score_searches,
    summarise,
)
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    PRINT_RUN,
    answer_row_of,
    case_of,
    citation_of,
    cited_answer_of,
    found_of,
    list_of,
    refusal_of,
    run_info_of,
    says,
    search_row_of,
    unanswerable_of,
)

_CASES = {case.id: case for case in (case_of(), unanswerable_of(), list_of("báo chí", "mạng xã hội"))}
_RIGHT = cited_answer_of(ENTERPRISES, citation_of())
_TIMES_AT_LIMIT = {"evidence_s": 60, "first_token_s": 60, "total_s": 60}
_FAILED = {"failed": 1, "without_model": 1}
_WITH_MODEL = {"failed": 0, "without_model": 0}
_WORST = {"correct": 0, "incomplete": 0, "missing": 0, "wrong": 1, "crag": -1} | _TIMES_AT_LIMIT | _FAILED
_UNGROUNDED = {"citation_recall": 0, "citation_precision": 0}


def _scored(*rows: Any, **options: Any) -> list[ScoredAnswer]:
    return score_answers(rows, _CASES, run_info_of(limit_s=60.0), **options)


def _searched(*rows: SearchRow) -> list[ScoredSearch]:
    return score_searches(rows, _CASES, run_info_of(limit_s=60.0))


def test_a_right_answer_has_the_best_of_every_measure_that_applies() -> None:
    (scored,) = _scored(answer_row_of(_RIGHT))
    best = {"correct": 1, "incomplete": 0, "missing": 0, "wrong": 0, "crag": 1, "error": 0, "relevance": 1}
    grounded = {"citation_recall": 1, "citation_precision": 1}
    attributed = {"speaker": 1, "recipient": 1, "direction": 1, "attribution": 1}
    cost = {"evidence_s": 1, "first_token_s": 2, "total_s": 5, "prompt_tokens": 100, "output_tokens": 20}
    assert scored.values == best | grounded | attributed | cost | _WITH_MODEL
    assert (scored.outcome, scored.answer, scored.why) == ("correct", _RIGHT, "")
    assert (scored.case, scored.asked, scored.key) == (case_of(), "Hỏi?", ("hg-number-01", "accented"))


def test_a_failed_answer_has_the_worst_and_took_the_limit() -> None:
    (scored,) = _scored(answer_row_of(None, seconds=2.0, error="máy chủ hỏng"))
    attributed = {"speaker": 0, "recipient": 0, "direction": 0, "attribution": 0}
    assert scored.values == _WORST | _UNGROUNDED | attributed | {"error": 1, "relevance": 0}
    assert (scored.outcome, scored.answer, scored.why) == ("wrong", None, "máy chủ hỏng")


def test_a_late_answer_counts_as_a_failed_one() -> None:
    late, failed = _scored(answer_row_of(_RIGHT, seconds=75.4), answer_row_of(None))
    assert late.values == failed.values
    assert (late.outcome, late.answer, late.why) == ("wrong", None, "took 75 s, more than 60 s")


def test_an_answer_at_the_limit_is_not_late() -> None:
    (scored,) = _scored(answer_row_of(_RIGHT, seconds=60.0))
    assert (scored.outcome, scored.values["total_s"], scored.why) == ("correct", 60, "")


def test_a_failed_unanswerable_question_counts_as_hallucinated() -> None:
    (scored,) = _scored(answer_row_of(None, id="hg-unanswerable-01"))
    assert scored.values == _WORST | _UNGROUNDED | {"hallucination": 1}


def test_a_failed_list_has_no_item() -> None:
    (scored,) = _scored(answer_row_of(None, id="hg-list-01"))
    assert (scored.values["list_recall"], scored.values["list_precision"]) == (0, 0)


def test_a_refusal_says_nothing_that_could_be_attributed_or_cited() -> None:
    wrongly, rightly = _scored(answer_row_of(refusal_of()), answer_row_of(refusal_of(), id="hg-unanswerable-01"))
    took = {"evidence_s": 1, "total_s": 5} | _WITH_MODEL
    missing = {"correct": 0, "incomplete": 0, "missing": 1, "wrong": 0, "crag": 0, "error": 1}
    correct = {"correct": 1, "incomplete": 0, "missing": 0, "wrong": 0, "crag": 1, "hallucination": 0}
    assert wrongly.values == missing | took
    assert rightly.values == correct | took


def test_an_answer_or_refusal_with_a_notice_was_made_without_the_model() -> None:
    notice = "Mô hình không trả lời; đây là các câu trích."
    whole, noticed, refused = _scored(
        answer_row_of(_RIGHT), answer_row_of(replace(_RIGHT, notice=notice)), answer_row_of(refusal_of(notice=notice))
    )
    assert noticed.values == {**whole.values, "without_model": 1}
    assert (refused.values["without_model"], refused.values["failed"]) == (1, 0)


def test_relevance_is_the_share_of_words_to_the_point() -> None:
    # Four words to the point (Có, 700, doanh, nghiệp) of eight.
    (scored,) = _scored(answer_row_of(says("Có 700 doanh nghiệp. VNPT hứa giúp tỉnh.")))
    assert scored.values["relevance"] == pytest.approx(4 / 8)


def test_what_was_not_measured_is_left_out() -> None:
    whole, scored = _scored(answer_row_of(_RIGHT), answer_row_of(replace(_RIGHT, timings_s=Timings(), tokens=Tokens())))
    left_out = {"evidence_s", "first_token_s", "prompt_tokens", "output_tokens"}
    assert scored.values == {name: value for name, value in whole.values.items() if name not in left_out}


def test_the_entailment_tier_is_measured_only_with_a_judge() -> None:
    wrong_source = cited_answer_of(ENTERPRISES, citation_of(PRINT_RUN, DONG_THAP))
    (without,) = _scored(answer_row_of(wrong_source))
    (judged,) = _scored(answer_row_of(wrong_source), entails=lambda sentence, source: True)
    added = {"entailment_recall": 1, "entailment_precision": 1}
    assert judged.values == {**without.values, **added}
    assert (judged.values["citation_recall"], judged.values["citation_precision"]) == (0, 0)


def test_a_judge_does_not_spare_failures_nor_judge_refusals() -> None:
    failed, refused = _scored(answer_row_of(None), answer_row_of(refusal_of()), entails=lambda sentence, source: True)
    assert (failed.values["entailment_recall"], failed.values["entailment_precision"]) == (0, 0)
    assert "entailment_recall" not in refused.values


def test_rows_of_questions_that_are_gone_are_passed_over() -> None:
    assert [one.case.id for one in _scored(answer_row_of(_RIGHT, id="hg-number-77"), answer_row_of(_RIGHT))] == [
        "hg-number-01"
    ]
    assert [one.key for one in _searched(search_row_of(found_of(), id="hg-number-77"), search_row_of(found_of()))] == [
        ("hg-number-01", "accented")
    ]


def test_searches_are_scored_in_every_way_of_typing() -> None:
    rows = [
        search_row_of(found_of(PRINT_RUN, DONG_THAP), found_of()),
        search_row_of(found_of(), typing="none", asked="Hoi?"),
        search_row_of(typing="lower"),
    ]
    second, first, without = _searched(*rows)
    assert [one.typing for one in (second, first, without)] == ["accented", "none", "lower"]
    assert first.asked == "Hoi?"
    assert second.values["passage MRR@10"] == pytest.approx(1 / 2)
    assert first.values["passage MRR@10"] == 1
    assert without.values == {measure.values: 0 for measure in SEARCH_MEASURES} | {"search_s": 0.1}


@pytest.mark.parametrize("changes", [{"error": "hỏng"}, {"seconds": 60.1}, {"error": "hỏng", "seconds": 75.0}])
def test_a_failed_or_late_search_found_nothing_and_took_the_limit(changes: dict[str, Any]) -> None:
    (scored,) = _searched(search_row_of(found_of(), **changes))
    nothing = {measure.values: 0 for measure in SEARCH_MEASURES}
    assert scored.values == nothing | {"search_s": 60, "search_failed": 1}
    assert scored.found == (found_of(),)  # shown as it came


def test_a_search_at_the_limit_is_not_late() -> None:
    (scored,) = _searched(search_row_of(found_of(), seconds=60.0))
    found = {measure.values: 1 for measure in SEARCH_MEASURES}
    assert scored.values == found | {"search_s": 60, "search_failed": 0}


def test_a_summary_of_searches_counts_the_failed_ones() -> None:
    rows = [
        search_row_of(found_of(), seconds=2.0),
        search_row_of(found_of(), seconds=4.0, typing="none"),
        search_row_of(found_of(), seconds=75.0, typing="lower"),
    ]
    found = summarise(_searched(*rows))
    wanted = {
        "passage R@10": 2 / 3,
        "document MRR@10": 2 / 3,
        "failed searches": 1 / 3,
        "seconds to search, p50": 4,  # of 2, 4, 60
        # 95% of the way from place 0 to place 2 is place 1.9.
        "seconds to search, p95": 4 + 0.9 * (60 - 4),
    }
    assert {name: found[name].value for name in wanted} == pytest.approx(wanted)
    assert {found[name].n for name in wanted} == {3}


def test_a_summary_of_a_worked_example() -> None:
    rows = [answer_row_of(_RIGHT), answer_row_of(None), answer_row_of(refusal_of()), answer_row_of(says("Có 700."))]
    found = summarise(_scored(*rows))
    wanted = {
        "correct": (2 / 4, 4),
        "CRAG score": ((1 - 1 + 0 + 1) / 4, 4),
        "error rate": ((0 + 1 + 1 + 0) / 4, 4),
        "citation recall": ((1 + 0 + 0) / 3, 3),  # not of the refusal
        "right speaker": ((1 + 0 + 0) / 3, 3),
        "seconds to the end, p50": (5, 4),  # of 5, 5, 5, 60
        # 95% of the way from place 0 to place 3 is place 2.85.
        "seconds to the end, p95": (5 + 0.85 * (60 - 5), 4),
        "prompt tokens": (100, 2),
        "relevance": ((1 + 0 + 1) / 3, 3),  # not of the refusal
        "failed": (1 / 4, 4),
        "answered without the model": (1 / 4, 4),
    }
    assert {name: found[name].n for name in wanted} == {name: n for name, (_, n) in wanted.items()}
    values = {name: value for name, (value, _) in wanted.items()}
    assert {name: found[name].value for name in wanted} == pytest.approx(values)
    assert found["correct"] == mean([1, 0, 0, 1])


def test_a_summary_leaves_out_what_applies_to_no_question() -> None:
    found = summarise(_scored(answer_row_of(_RIGHT)))
    assert not {"hallucination rate", "list recall", "entailment recall", "passage R@1"} & set(found)
    assert "hallucination rate" in summarise(_scored(answer_row_of(refusal_of(), id="hg-unanswerable-01")))
    assert summarise([]) == {}


def test_a_summary_is_of_the_measures_asked_for() -> None:
    wanted = [MEASURES["CRAG score"], MEASURES["wrong"], MEASURES["list recall"]]
    assert list(summarise(_scored(answer_row_of(_RIGHT)), wanted)) == ["CRAG score", "wrong"]


def test_every_measure_of_the_report_has_values() -> None:
    rows = [answer_row_of(_RIGHT), answer_row_of(None, id="hg-list-01"), answer_row_of(None, id="hg-unanswerable-01")]
    answers = _scored(*rows, entails=lambda sentence, source: True)
    searches = _searched(search_row_of(found_of()))
    assert set(summarise(answers)) == {measure.name for measure in ANSWER_MEASURES}
    assert set(summarise(searches)) == {measure.name for measure in SEARCH_MEASURES}
    assert set(MEASURES) == set(summarise([*answers, *searches]))


def test_of_mistakes_time_and_tokens_less_is_better() -> None:
    less = {name for name, measure in MEASURES.items() if measure.less_is_better}
    mistakes = {"incomplete", "missing", "wrong", "hallucination rate", "error rate"}
    mistakes |= {"failed", "failed searches", "answered without the model"}
    cost = {name for name in MEASURES if "seconds" in name or "tokens" in name}
    assert less == mistakes | cost
