"""Citation recall and precision on real places of real documents."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answer import Answer
from evals.cases import source_text
from evals.grounding import citation_precision, citation_recall, is_exact, stands_in
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    HAU_GIANG,
    PRINT_RUN,
    answer_of,
    citation_of,
    cited_answer_of,
    refusal_of,
    sentence_of,
    span_of,
)

_FIRST = citation_of()
_SECOND = citation_of(PRINT_RUN, DONG_THAP, number=2)
_START, _END = span_of(ENTERPRISES)


def _measured(answer: Answer) -> tuple[float, float]:
    return citation_recall(answer), citation_precision(answer)


@pytest.mark.parametrize(
    "sentence",
    [
        ENTERPRISES,
        ENTERPRISES.upper(),
        "Bộ trưởng nêu cho Hậu Giang mục tiêu khoảng 700 doanh nghiệp.",
        "phát triển khoảng 700 doanh nghiệp công nghệ số",
        "Hậu Giang: 700 doanh nghiệp",
    ],
)
def test_a_sentence_stands_in_a_source_that_has_its_figures_names_and_words(sentence: str) -> None:
    assert stands_in(sentence, ENTERPRISES)


@pytest.mark.parametrize(
    "sentence",
    [
        ENTERPRISES.replace("700", "7.000"),
        ENTERPRISES.replace("700", "700%"),
        ENTERPRISES.replace("Hậu Giang", "Cà Mau"),
        ENTERPRISES.replace("doanh nghiệp", "doanh nghiệp VNPT"),
        f"Năm 2020, {ENTERPRISES}",
        "Hậu Giang đã vượt xa con số 700 này",  # 4 of 9 words: Hậu, Giang, số, 700
    ],
)
def test_another_figure_or_name_or_too_many_other_words_do_not_stand_there(sentence: str) -> None:
    assert not stands_in(sentence, ENTERPRISES)


def test_half_of_the_words_is_just_enough() -> None:
    assert stands_in("tỉnh bạn có 700 doanh nghiệp", "700 doanh nghiệp")  # 3 of 6
    assert not stands_in("tỉnh bạn đã có 700 doanh nghiệp", "700 doanh nghiệp")  # 3 of 7


def test_dates_and_shares_stand_there_however_they_are_written() -> None:
    source = "Ngày 10 tháng 9 năm 2020, Bộ khuyến nghị dành 30 phần trăm, tức 1.300 tỷ."
    assert stands_in("Bộ khuyến nghị dành 30%, tức 1300 tỷ, vào 10/09/2020", source)
    assert not stands_in("Bộ khuyến nghị dành 30%, tức 1300 tỷ, vào 11/09/2020", source)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": _START + 1},
        {"start": _START - 1},
        {"end": _END + 1},
        {"end": _END - 1},
        {"start": _START + 1, "end": _END + 1},
        {"source": DONG_THAP},
        {"source": "khong-co.md"},
        {"source": ""},
        {"start": 10**6, "end": 10**6 + 9},
    ],
)
def test_an_inexact_citation_supports_nothing(changes: dict[str, Any]) -> None:
    citation = citation_of(**changes)
    assert not is_exact(citation)
    assert _measured(cited_answer_of(ENTERPRISES, citation)) == (0, 0)


def test_a_quote_that_the_document_does_not_hold_supports_nothing() -> None:
    invented = ENTERPRISES.replace("700", "7.000")
    assert _measured(cited_answer_of(invented, replace(_FIRST, quote=invented))) == (0, 0)


def test_an_exact_citation_supports_its_sentence() -> None:
    assert is_exact(_FIRST)
    assert source_text(HAU_GIANG)[_FIRST.start : _FIRST.end] == ENTERPRISES
    assert _measured(cited_answer_of(ENTERPRISES, _FIRST)) == (1, 1)


def test_a_number_that_leads_nowhere_supports_nothing() -> None:
    assert _measured(answer_of(sentence_of(ENTERPRISES, 7), citations=(_FIRST,))) == (0, 0)


def test_swapped_citations_lower_recall_and_precision() -> None:
    right = answer_of(sentence_of(ENTERPRISES, 1), sentence_of(PRINT_RUN, 2), citations=(_FIRST, _SECOND))
    swapped = answer_of(sentence_of(ENTERPRISES, 2), sentence_of(PRINT_RUN, 1), citations=(_FIRST, _SECOND))
    assert _measured(right) == (1, 1)
    assert _measured(swapped) == (0, 0)


def test_an_irrelevant_second_citation_halves_precision() -> None:
    # The sentence is supported: recall 1. The first citation does it alone, the second can be left out: 1 of 2 helps.
    assert _measured(cited_answer_of(ENTERPRISES, _FIRST, _SECOND)) == (1, 1 / 2)
    assert _measured(cited_answer_of(ENTERPRISES, citation_of(start=0), citation_of(number=2))) == (1, 1 / 2)


def test_two_citations_that_each_suffice_both_help() -> None:
    again = citation_of(number=2)
    assert _measured(cited_answer_of(ENTERPRISES, _FIRST, again)) == (1, 1)


def test_two_citations_that_only_suffice_together_both_help() -> None:
    both = f"{ENTERPRISES} {PRINT_RUN}"
    assert _measured(cited_answer_of(both, _FIRST, _SECOND)) == (1, 1)
    assert _measured(cited_answer_of(both, _FIRST)) == (0, 0)


def test_recall_is_over_sentences_and_precision_over_citations() -> None:
    answer = answer_of(
        sentence_of(ENTERPRISES, 1, 2),  # supported; the first helps, the second does not
        sentence_of(PRINT_RUN, 2),  # supported; helps
        sentence_of(PRINT_RUN, 1),  # not supported; does not help
        sentence_of("Không trích dẫn."),  # not supported
        citations=(_FIRST, _SECOND),
    )
    assert _measured(answer) == pytest.approx((2 / 4, 2 / 4))


def test_an_answer_without_sentences_or_citations_has_neither() -> None:
    assert _measured(answer_of(text=ENTERPRISES)) == (0, 0)
    assert _measured(answer_of(sentence_of(ENTERPRISES))) == (0, 0)
    assert _measured(refusal_of()) == (0, 0)


def test_the_place_of_a_citation_supports_too() -> None:
    text = "Báo Đồng Tháp mỗi kỳ phát hành 7.000 bản, theo Cục Báo chí ngày 10/9/2020"
    bare = citation_of(PRINT_RUN, DONG_THAP, date="")
    placed = citation_of(PRINT_RUN, DONG_THAP, heading="Hiện trạng › Cục Báo chí")
    assert _measured(cited_answer_of(text, bare)) == (0, 0)
    assert _measured(cited_answer_of(text, placed)) == (1, 1)


def test_another_judge_sees_all_sources_of_a_sentence_together() -> None:
    def judge(sentence: str, source: str) -> bool:
        return sentence.startswith("Ngắn.") and ENTERPRISES in source and PRINT_RUN in source

    assert citation_recall(cited_answer_of("Ngắn.", _FIRST, _SECOND), judge) == 1
    assert citation_precision(cited_answer_of("Ngắn.", _FIRST, _SECOND), judge) == 1  # neither can be left out
    assert citation_recall(cited_answer_of("Ngắn.", _FIRST), judge) == 0


def test_no_judge_makes_an_inexact_citation_support() -> None:
    answer = cited_answer_of(ENTERPRISES, citation_of(end=_END + 1))
    assert citation_recall(answer, lambda sentence, source: True) == 0
    assert citation_precision(answer, lambda sentence, source: True) == 0


@pytest.mark.parametrize("text", ["[1]", "…", ""])
def test_a_sentence_without_words_is_supported_by_nothing(text: str) -> None:
    assert _measured(answer_of(sentence_of(text, 1), citations=(_FIRST,))) == (0, 0)


@pytest.mark.parametrize("mark", ["1. ", "2) ", "- ", "• "])
def test_the_mark_of_a_list_item_is_no_figure_of_it(mark: str) -> None:
    assert _measured(answer_of(sentence_of(mark + ENTERPRISES, 1), citations=(_FIRST,))) == (1, 1)


def test_the_judge_gets_the_sentence_without_its_marks() -> None:
    heard: list[str] = []

    def judge(sentence: str, source: str) -> bool:
        heard.append(sentence)
        return True

    citation_recall(cited_answer_of(ENTERPRISES, _FIRST), judge)
    assert heard == [ENTERPRISES]


def test_an_empty_or_negative_span_is_no_place() -> None:
    assert not is_exact(replace(_FIRST, quote="", end=_FIRST.start))
    tail = source_text(HAU_GIANG)[-20:-1]
    assert not is_exact(replace(_FIRST, quote=tail, start=-20, end=-1))
