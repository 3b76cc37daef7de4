"""How well a search ranks, worked out by hand on places of real documents."""

from math import log2

import pytest

from evals.cases import spans
from evals.records import Found
from evals.retrieval import MEASURES, covers, documents_for, measure, measure_cases, passages_for
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    HAU_GIANG,
    PRINT_RUN,
    THAI_NGUYEN,
    case_of,
    found_of,
    place_of,
    span_of,
    unanswerable_of,
)

_NOTHING: frozenset[int] = frozenset()
_FIRST, _SECOND, _BOTH = frozenset({0}), frozenset({1}), frozenset({0, 1})
_TWO_NEEDS = ((place_of(),), (place_of(PRINT_RUN, DONG_THAP),))


def _measured(*ranking: frozenset[int], needs: int) -> dict[str, float]:
    return measure({"q": ranking}, {"q": needs})["q"]


def test_the_measures_of_a_worked_example() -> None:
    # Of two needs the first passage covers one and the fourth the other; the third repeats the first.
    wanted = {
        "R@1": 1 / 2,
        "R@5": 2 / 2,
        "R@10": 2 / 2,
        "MRR@10": 1 / 1,
        "nDCG@10": (1 / log2(2) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3)),
    }
    assert _measured(_FIRST, _NOTHING, _FIRST, _SECOND, needs=2) == pytest.approx(wanted)


def test_a_first_hit_further_down_counts_less() -> None:
    wanted = {"R@1": 0, "R@5": 1, "R@10": 1, "MRR@10": 1 / 3, "nDCG@10": 1 / log2(4)}
    assert _measured(_NOTHING, _NOTHING, _FIRST, needs=1) == pytest.approx(wanted)


@pytest.mark.parametrize(("place", "at_5", "at_10"), [(5, 1, 1), (6, 0, 1), (10, 0, 1), (11, 0, 0)])
def test_recall_looks_at_so_many_and_no_more(place: int, at_5: int, at_10: int) -> None:
    found = _measured(*[_NOTHING] * (place - 1), _FIRST, needs=1)
    assert (found["R@5"], found["R@10"]) == (at_5, at_10)
    assert found["MRR@10"] == pytest.approx(at_10 / place)
    assert found["nDCG@10"] == pytest.approx(at_10 / log2(place + 1))


def test_a_need_that_two_passages_cover_counts_once() -> None:
    again = _measured(_FIRST, _FIRST, needs=2)
    assert again == pytest.approx(_measured(_FIRST, _NOTHING, needs=2))
    assert again["R@10"] == pytest.approx(1 / 2)


def test_needs_that_nothing_covers_lower_recall() -> None:
    found = _measured(_FIRST, _SECOND, needs=3)
    assert found["R@5"] == pytest.approx(2 / 3)
    assert found["nDCG@10"] == pytest.approx((1 + 1 / log2(3)) / (1 + 1 / log2(3) + 1 / log2(4)))


def test_one_passage_that_covers_every_need_is_all_there_is_to_find() -> None:
    assert _measured(_BOTH, _FIRST, _SECOND, needs=2) == pytest.approx(dict.fromkeys(MEASURES, 1.0))


def test_a_search_without_a_hit_or_a_result_counts_0() -> None:
    zeros = dict.fromkeys(MEASURES, 0.0)
    assert _measured(_NOTHING, _NOTHING, needs=2) == zeros
    assert _measured(needs=2) == zeros
    assert measure({}, {"q": 1}) == {"q": zeros}


def test_questions_do_not_mix() -> None:
    found = measure({"a": [_FIRST], "b": [_NOTHING, _FIRST]}, {"a": 1, "b": 1})
    assert (found["a"]["MRR@10"], found["b"]["MRR@10"]) == pytest.approx((1, 1 / 2))


@pytest.mark.parametrize(("missing", "wanted"), [(0, True), (20, True), (21, False), (40, False)])
@pytest.mark.parametrize("cut_at_end", [True, False])
def test_a_passage_covers_a_quote_of_which_it_holds_half(missing: int, wanted: bool, cut_at_end: bool) -> None:
    start, end = span_of(PRINT_RUN, DONG_THAP)
    assert end - start == 40
    start, end = (start - 20, end - missing) if cut_at_end else (start + missing, end + 20)
    assert covers(Found(DONG_THAP, start, end), place_of(PRINT_RUN, DONG_THAP)) is wanted


def test_the_same_stretch_of_another_document_covers_nothing() -> None:
    start, end = span_of(ENTERPRISES)
    assert not covers(Found(DONG_THAP, start, end), place_of())


def test_any_occurrence_of_a_quote_counts() -> None:
    place = place_of("Bộ trưởng Nguyễn Mạnh Hùng")
    first, *_, last = spans(place)
    assert first < last
    assert covers(Found(HAU_GIANG, *first), place)
    assert covers(Found(HAU_GIANG, *last), place)


def test_passages_are_matched_with_the_needs_they_cover() -> None:
    found = [found_of("báo chí", HAU_GIANG), found_of(PRINT_RUN, DONG_THAP), found_of()]
    assert passages_for(case_of(needs=_TWO_NEEDS), found) == [_NOTHING, _SECOND, _FIRST]


def test_any_alternative_place_of_a_need_covers_it() -> None:
    case = case_of(needs=((place_of(), place_of(PRINT_RUN, DONG_THAP)),))
    assert passages_for(case, [found_of(PRINT_RUN, DONG_THAP)]) == [_FIRST]
    assert passages_for(case, [found_of()]) == [_FIRST]


def test_documents_rank_by_their_best_passage_and_each_once() -> None:
    found = [Found(THAI_NGUYEN, 0, 9), Found(DONG_THAP, 0, 9), Found(THAI_NGUYEN, 9, 18), Found(HAU_GIANG, 0, 9)]
    assert documents_for(case_of(needs=_TWO_NEEDS), found) == [_NOTHING, _SECOND, _FIRST]


def test_searches_are_measured_by_passage_and_by_document() -> None:
    beside = Found(HAU_GIANG, 0, 50)  # the right document, the wrong passage
    found = measure_cases([("hit", case_of(), [beside, found_of()]), ("miss", case_of(), [beside])])
    names = [f"{kind} {name}" for kind in ("passage", "document") for name in MEASURES]
    assert list(found["hit"]) == list(found["miss"]) == names
    assert (found["hit"]["passage MRR@10"], found["hit"]["document MRR@10"]) == pytest.approx((1 / 2, 1))
    assert (found["miss"]["passage R@10"], found["miss"]["document R@10"]) == (0, 1)


def test_a_search_that_found_nothing_counts_0_and_is_not_left_out() -> None:
    found = measure_cases([("hit", case_of(), [found_of()]), ("nothing", case_of(), ())])
    assert list(found) == ["hit", "nothing"]
    assert set(found["hit"].values()) == {1.0}
    assert found["nothing"] == dict.fromkeys(found["hit"], 0.0)


def test_a_question_that_needs_nothing_counts_0() -> None:
    assert set(measure_cases([("none", unanswerable_of(), [found_of()])])["none"].values()) == {0.0}
