"""Sentences to the point and beside it."""

import pytest

from bot.answer import Answer
from evals.cases import source_text
from evals.facts import tokens
from evals.relevance import relevance
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    HAU_GIANG,
    PRINT_RUN,
    answer_of,
    case_of,
    citation_of,
    place_of,
    refusal_of,
    says,
    sentence_of,
    span_of,
    unanswerable_of,
)

_POINT = "Cần khoảng 700 doanh nghiệp."  # five words, with the fact asked for
_BESIDE = "VNPT hứa giúp tỉnh."  # four words, none of them of the gold place


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (_POINT, 1),
        (ENTERPRISES, 1),
        (_BESIDE, 0),
        (f"{_POINT} {_BESIDE}", 5 / 9),
        (f"{_POINT} {_BESIDE} {_BESIDE}", 5 / 13),
        (f"{_POINT[:-1]}, còn VNPT hứa giúp tỉnh.", 1),  # one sentence is not parted
        # One word of the lead, three of one item, four of the other.
        ("Gồm:\n- 700 doanh nghiệp;\n- VNPT hứa giúp tỉnh.", 3 / 8),
        ("1. Cần khoảng 700 doanh nghiệp\n2. VNPT hứa giúp tỉnh", 5 / 9),  # the numbers of items are no words
    ],
)
def test_words_of_sentences_and_items_that_hold_a_fact_are_to_the_point(text: str, wanted: float) -> None:
    assert relevance(case_of(), says(text)) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bộ trưởng Nguyễn Mạnh Hùng nêu mục tiêu cho Hậu Giang.", 1),
        ("phát triển doanh nghiệp công nghệ số", 1),
        ("phát triển 500 doanh nghiệp công nghệ số", 0),  # another figure
        ("Bộ trưởng Nguyễn Mạnh Hùng nêu mục tiêu cho Cà Mau.", 0),  # another name
        ("Bộ trưởng Nguyễn Mạnh Hùng không nêu mục tiêu cho Hậu Giang.", 0),  # the contrary
        ("Bộ trưởng Nguyễn Mạnh Hùng chưa nêu mục tiêu cho Hậu Giang.", 0),
        ("Bộ trưởng Nguyễn Mạnh Hùng chẳng nêu mục tiêu cho Hậu Giang.", 0),
        ("Bộ trưởng Nguyễn Mạnh Hùng đừng nêu mục tiêu cho Hậu Giang.", 0),
        ("Hậu Giang vốn là tỉnh mới, nông nghiệp là thế mạnh ở đó", 0),  # 5 of 12: Hậu, Giang, là, nghiệp, mạnh
    ],
)
def test_what_a_gold_place_says_is_to_the_point_without_the_fact_too(text: str, wanted: float) -> None:
    assert relevance(case_of(), says(text)) == wanted


def test_any_place_of_any_need_and_any_fact_is_to_the_point() -> None:
    answer = answer_of(sentence_of(ENTERPRISES), sentence_of(PRINT_RUN))
    words, others = len(tokens(ENTERPRISES)), len(tokens(PRINT_RUN))
    both, alternatives = (
        ((place_of(),), (place_of(PRINT_RUN, DONG_THAP),)),
        ((place_of(), place_of(PRINT_RUN, DONG_THAP)),),
    )
    assert relevance(case_of(), answer) == pytest.approx(words / (words + others))
    assert relevance(case_of(needs=both), answer) == 1
    assert relevance(case_of(needs=alternatives), answer) == 1
    assert relevance(case_of(must=(("700",), ("Báo Cà Mau", "7.000"))), answer) == 1


def test_who_quotes_the_whole_passage_scores_low_in_one_sentence_as_in_many() -> None:
    start, end = span_of(ENTERPRISES)
    dump = source_text(HAU_GIANG)[start - 1000 : end + 1000]
    whole = says(dump)
    lines = answer_of(*(sentence_of(line) for line in dump.split("\n") if line.strip()))
    found = relevance(case_of(), whole)
    assert found is not None
    assert len(tokens(ENTERPRISES)) / len(tokens(dump)) <= found < 1 / 4
    assert relevance(case_of(), lines) == pytest.approx(found)


def test_what_is_cited_does_not_make_a_sentence_relevant() -> None:
    answer = answer_of(sentence_of(_POINT, 1), sentence_of(_BESIDE, 1), citations=(citation_of(),))
    assert relevance(case_of(), answer) == pytest.approx(5 / 9)  # and the marks are no words


def test_without_sentences_the_whole_text_counts() -> None:
    assert relevance(case_of(), answer_of(text=f"{_POINT} [1] {_BESIDE}")) == pytest.approx(5 / 9)
    assert relevance(case_of(), answer_of(sentence_of(_POINT), text=_BESIDE)) == 1


@pytest.mark.parametrize("answer", [None, says(""), says("… [1]"), answer_of()])
def test_a_failure_and_an_answer_without_words_count_0(answer: Answer | None) -> None:
    assert relevance(case_of(), answer) == 0


@pytest.mark.parametrize("answer", [says(_POINT), refusal_of(), None])
def test_what_is_not_answerable_has_no_point_to_keep_to(answer: Answer | None) -> None:
    assert relevance(unanswerable_of(), answer) is None
    assert relevance(case_of(category="false_premise", answerable=False), answer) is None


def test_a_refusal_is_not_measured() -> None:
    assert relevance(case_of(), refusal_of()) is None
