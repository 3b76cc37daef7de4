"""Who said it, to whom, and which way, on real places of real documents."""

from typing import Any

import pytest

from bot.answer import Answer
from evals.attribution import Attribution, attribution
from tests.evals.builders import (
    DONG_THAP,
    ENTERPRISES,
    HAU_GIANG,
    answer_of,
    case_of,
    citation_of,
    cited_answer_of,
    place_of,
    refusal_of,
    says,
    sentence_of,
    span_of,
    unanswerable_of,
)

# The sentence bears the fact but names nobody: who said it to whom stands in what it cites.
_FACT = "Khoảng 700 doanh nghiệp"
_NEUTRAL = "phát triển khoảng 700 doanh nghiệp công nghệ số"
_PROMISE = "Đại diện VNPT hứa sẽ có giải pháp giúp Hậu Giang"
_TRAPPED = case_of(traps=(place_of(_PROMISE),))
_TRAP_START, _TRAP_END = span_of(_PROMISE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bộ trưởng gợi ý Hậu Giang phát triển 700 doanh nghiệp.", (1, 1, 1)),
        ("Ông Nguyễn Mạnh Hùng nêu cho Hậu Giang con số 700.", (1, 1, 1)),
        ("VNPT hứa với Hậu Giang 700 doanh nghiệp.", (0, 1, 1)),
        ("Bộ trưởng gợi ý Cà Mau phát triển 700 doanh nghiệp.", (1, 0, 1)),
        ("Khoảng 700 doanh nghiệp.", (0, 0, 1)),
        ("Bộ trưởng gợi ý Hậu Giang phát triển 500 doanh nghiệp.", (0, 0, 0)),  # holds no fact asked for
        ("Bộ trưởng gợi ý Hậu Giang 700, hay là 1300 doanh nghiệp.", (1, 1, 0)),  # 1.300 is forbidden
        ("", (0, 0, 0)),
    ],
)
def test_names_in_the_sentence_that_bears_the_fact(text: str, wanted: tuple[float, float, float]) -> None:
    assert attribution(case_of(), says(text)) == wanted


def test_names_in_another_sentence_do_not_count() -> None:
    answer = answer_of(sentence_of("Bộ trưởng làm việc với Hậu Giang."), sentence_of("Cần 700 doanh nghiệp."))
    assert attribution(case_of(), answer) == (0, 0, 1)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, (0, 0, 1)),
        ({"heading": "Khuyến nghị của Bộ trưởng Nguyễn Mạnh Hùng cho Hậu Giang › Số doanh nghiệp"}, (1, 1, 1)),
        ({"heading": "Khuyến nghị của Bộ trưởng"}, (1, 0, 1)),
        ({"title": "Hậu Giang làm việc với Bộ TT&TT"}, (0, 1, 1)),
        ({"provinces": ("Cần Thơ", "Hậu Giang")}, (0, 1, 1)),
    ],
)
def test_names_in_the_heading_title_and_provinces_of_what_is_cited(
    changes: dict[str, Any], wanted: tuple[float, float, float]
) -> None:
    assert attribution(case_of(), cited_answer_of(_FACT, citation_of(_NEUTRAL, **changes))) == wanted


def test_names_in_the_passage_cited() -> None:
    assert attribution(case_of(), cited_answer_of(_FACT, citation_of(ENTERPRISES))) == (1, 1, 1)


def test_names_in_what_another_sentence_cites_do_not_count() -> None:
    answer = answer_of(sentence_of("Cần 700."), sentence_of("Xem thêm.", 1), citations=(citation_of(ENTERPRISES),))
    assert attribution(case_of(), answer) == (0, 0, 1)


def test_a_number_that_leads_nowhere_names_nobody() -> None:
    assert attribution(case_of(), answer_of(sentence_of(_FACT, 9))) == (0, 0, 1)


@pytest.mark.parametrize(
    ("start", "end", "direction"),
    [
        (_TRAP_START, _TRAP_END, 0),
        (_TRAP_START + 5, _TRAP_END - 5, 0),  # wholly inside
        (_TRAP_START - 10, _TRAP_START + 10, 0),  # half of it inside
        (_TRAP_START - 11, _TRAP_START + 10, 1),  # 10 of 21 inside
        (_TRAP_END - 10, _TRAP_END + 11, 1),
        (_TRAP_END, _TRAP_END + 10, 1),
    ],
)
def test_a_citation_of_which_half_lies_in_a_trap_is_the_wrong_way(start: int, end: int, direction: float) -> None:
    answer = cited_answer_of(_FACT, citation_of(_PROMISE, start=start, end=end))
    assert attribution(_TRAPPED, answer).direction == direction


def test_the_same_stretch_of_another_document_is_no_trap() -> None:
    assert attribution(_TRAPPED, cited_answer_of(_FACT, citation_of(_PROMISE, source=DONG_THAP))).direction == 1


def test_a_trap_counts_wherever_its_quote_stands() -> None:
    name = "Bộ trưởng Nguyễn Mạnh Hùng"
    start, _ = span_of(f"{name} khẳng định với Hậu Giang")
    assert start > span_of(name)[0]
    answer = cited_answer_of(_FACT, citation_of(name, start=start, end=start + len(name)))
    assert attribution(case_of(traps=(place_of(name),)), answer).direction == 0


def test_a_trap_that_any_sentence_cites_is_the_wrong_way() -> None:
    citations = (citation_of(), citation_of(_PROMISE, number=2))
    answer = answer_of(sentence_of(_FACT, 1), sentence_of("VNPT giúp.", 2), citations=citations)
    assert attribution(_TRAPPED, answer) == (1, 1, 0)


def test_a_trap_that_no_sentence_cites_does_no_harm() -> None:
    answer = answer_of(sentence_of(_FACT, 1), citations=(citation_of(), citation_of(_PROMISE, number=2)))
    assert attribution(_TRAPPED, answer) == (1, 1, 1)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"speaker": ()}, (None, 1, 1)),
        ({"recipient": ()}, (1, None, 1)),
        ({"direction": None}, (1, 1, None)),
        ({"direction": "state_of_affairs", "speaker": (), "recipient": ()}, (None, None, 1)),
        ({"direction": None, "speaker": (), "recipient": ()}, (None, None, None)),
    ],
)
def test_what_the_question_does_not_ask_for_does_not_apply(
    changes: dict[str, Any], wanted: tuple[float | None, float | None, float | None]
) -> None:
    assert attribution(case_of(**changes), cited_answer_of(_FACT, citation_of())) == wanted


def test_a_failure_attributes_everything_wrongly() -> None:
    assert attribution(case_of(), None) == (0, 0, 0)
    assert attribution(case_of(speaker=(), direction=None), None) == (None, 0, None)


@pytest.mark.parametrize("answer", [refusal_of(), None, says("Bộ trưởng nói với Hậu Giang.")])
def test_an_unanswerable_question_has_nothing_to_attribute(answer: Answer | None) -> None:
    assert attribution(unanswerable_of(), answer) == (None, None, None)
    false_premise = case_of(category="false_premise", answerable=False)  # though it names who spoke to whom
    assert attribution(false_premise, answer) == (None, None, None)


def test_a_refusal_attributes_nothing() -> None:
    assert attribution(case_of(), refusal_of()) == (None, None, None)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (Attribution(1, 1, 1), 1),
        (Attribution(1, 0, 1), 0),
        (Attribution(None, 1, None), 1),
        (Attribution(None, None, 0), 0),
        (Attribution(None, None, None), None),
    ],
)
def test_all_right_when_all_that_apply_are(found: Attribution, wanted: float | None) -> None:
    assert found.all_right == wanted


def test_the_promise_of_an_enterprise_is_not_the_ministers() -> None:
    case = case_of(
        must=(("hội nghị trực tuyến",),),
        must_not=(),
        speaker=("VNPT",),
        direction="enterprise_to_province",
        traps=(place_of("đưa hội nghị trực tuyến về đến các xã, phường của Hậu Giang"),),
    )
    right = citation_of("Đại diện VNPT hứa sẽ có giải pháp giúp Hậu Giang đưa hội nghị trực tuyến về tận xã, phường")
    wish = citation_of("đưa hội nghị trực tuyến về đến các xã, phường của Hậu Giang;", HAU_GIANG)
    text = "Sẽ đưa hội nghị trực tuyến về xã."
    assert attribution(case, cited_answer_of(text, right)) == (1, 1, 1)
    assert attribution(case, cited_answer_of(text, wish)) == (0, 1, 0)
