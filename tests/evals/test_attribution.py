"""Who said it, to whom, and which way, on real places of real documents."""

from typing import Any

import pytest

from bot.answer import Answer
from evals.attribution import Attribution, attribution
from evals.cases import source_text
from tests.evals.builders import (
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
_WISH = "đưa hội nghị trực tuyến về đến các xã, phường của Hậu Giang"


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
        ({"title": "Bộ trưởng Nguyễn Mạnh Hùng làm việc với Hậu Giang"}, (0, 0, 1)),
        ({"provinces": ("Cần Thơ", "Hậu Giang")}, (0, 0, 1)),
    ],
)
def test_names_in_the_heading_of_what_is_cited_count_and_those_of_its_document_do_not(
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
    "text",
    [
        "Hậu Giang đề nghị Bộ trưởng phát triển 700 doanh nghiệp.",
        "HẬU GIANG ĐỀ NGHỊ BỘ TRƯỞNG PHÁT TRIỂN 700 DOANH NGHIỆP.",
        "Lãnh đạo tỉnh Hậu Giang cũng đề xuất với Bộ trưởng 700 doanh nghiệp.",
        "Theo Bộ trưởng, Hậu Giang đã cam kết 700 doanh nghiệp.",
        "- Hậu Giang [1] hứa với Bộ trưởng 700 doanh nghiệp.",
    ],
)
def test_a_sentence_in_which_the_recipient_does_the_saying_is_wrong_in_all_three(text: str) -> None:
    assert attribution(case_of(), says(text)) == (0, 0, 0)
    assert attribution(case_of(), cited_answer_of(text, citation_of())) == (0, 0, 0)  # what it cites is no excuse
    assert attribution(case_of(direction=None, speaker=()), says(text)) == (None, 0, None)


@pytest.mark.parametrize(
    "text",
    [
        "Hậu Giang được Bộ trưởng đề nghị phát triển 700 doanh nghiệp.",
        "Bộ trưởng đề nghị Hậu Giang phát triển 700 doanh nghiệp.",
        "Với Hậu Giang, đề nghị của Bộ trưởng là 700 doanh nghiệp.",
        "Điều Bộ trưởng nêu cho Hậu Giang, nhấn mạnh nhiều lần, là 700 doanh nghiệp.",
        "Hậu Giang cần 700 doanh nghiệp, theo đề nghị của Bộ trưởng.",
        "Hậu Giang hứng 700 doanh nghiệp như Bộ trưởng nêu.",  # begins like a verb of saying, and is none
    ],
)
def test_a_sentence_in_which_the_recipient_is_told_is_right(text: str) -> None:
    assert attribution(case_of(), says(text)) == (1, 1, 1)


def test_only_of_the_sentences_that_bear_a_fact_does_it_matter_who_does_the_saying() -> None:
    right = sentence_of("Bộ trưởng gợi ý Hậu Giang phát triển 700 doanh nghiệp.")
    assert attribution(case_of(), answer_of(right, sentence_of("Hậu Giang đề nghị Bộ trưởng giúp."))) == (1, 1, 1)
    assert attribution(case_of(), answer_of(right, sentence_of("Hậu Giang đề nghị con số 700."))) == (0, 0, 0)


def test_who_is_both_speaker_and_recipient_may_do_the_saying() -> None:
    case = case_of(speaker=("Bộ trưởng",), recipient=("Bộ trưởng",))
    assert attribution(case, says("Bộ trưởng đề nghị 700 doanh nghiệp.")) == (1, 1, 1)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        (_PROMISE, 0),
        (f"Bên cạnh đó, trong buổi chiều ấy, {_PROMISE.lower()} bằng mọi cách có thể.", 0),
        ("VNPT hứa có giải pháp giúp Hậu Giang.", 0),  # the names and all words
        ("VNPT hứa rồi, nhưng chỉ giúp thôi.", 1),  # 3 of 7 words: VNPT, hứa, giúp
        ("VNPT hứa rồi, nhưng chỉ giúp.", 0),  # 3 of 6
        ("VNPT hứa giúp Cà Mau.", 1),  # another name
        ("VNPT hứa 5 giải pháp giúp Hậu Giang.", 1),  # another figure
        ("VNPT không hứa giúp Hậu Giang.", 1),  # the contrary
        ("Hậu Giang có.", 1),  # 3 of 3 words of the trap, and 2 of 3 of the gold place
    ],
)
def test_a_sentence_that_says_what_only_a_trap_says_is_the_wrong_way(text: str, direction: float) -> None:
    bearing = sentence_of("Bộ trưởng gợi ý Hậu Giang 700 doanh nghiệp.")
    assert attribution(_TRAPPED, answer_of(bearing, sentence_of(text))) == (1, 1, direction)
    assert attribution(case_of(), answer_of(bearing, sentence_of(text))) == (1, 1, 1)


def test_a_trap_word_for_word_is_the_wrong_way_though_a_gold_place_holds_it_too() -> None:
    trapped = case_of(traps=(place_of("Bộ trưởng Nguyễn Mạnh Hùng"),))
    assert attribution(trapped, says(ENTERPRISES)) == (1, 1, 0)
    assert attribution(trapped, says("Bộ trưởng nêu cho Hậu Giang 700 doanh nghiệp.")) == (1, 1, 1)


def test_what_any_of_the_traps_says_is_the_wrong_way_and_what_any_gold_place_says_is_not() -> None:
    answer = answer_of(sentence_of(_FACT), sentence_of("VNPT hứa có giải pháp giúp Hậu Giang."))
    assert attribution(case_of(traps=(place_of(_WISH), place_of(_PROMISE))), answer).direction == 0
    needs = ((place_of(),), (place_of(_WISH), place_of(_PROMISE)))
    assert attribution(case_of(needs=needs, traps=(place_of(_PROMISE),)), answer).direction == 1


def test_a_long_citation_around_a_trap_does_not_excuse_a_sentence_that_repeats_it() -> None:
    start, end = span_of(_PROMISE)
    around = citation_of(source_text(HAU_GIANG)[start - 1000 : end], number=2)
    answer = answer_of(sentence_of(_FACT, 1), sentence_of(_PROMISE, 2), citations=(citation_of(), around))
    assert len(around.quote) > 1000
    assert attribution(_TRAPPED, answer) == (1, 1, 0)


def test_a_citation_of_a_trap_behind_a_sentence_that_says_something_else_turns_no_direction() -> None:
    # The trap names Hậu Giang and not the minister.
    assert attribution(_TRAPPED, cited_answer_of(_FACT, citation_of(_PROMISE))) == (0, 1, 1)
    answer = answer_of(sentence_of(_FACT, 1), citations=(citation_of(), citation_of(_PROMISE, number=2)))
    assert attribution(_TRAPPED, answer) == (1, 1, 1)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"must_not": ()}, None),
        ({"must_not": ("1.300",)}, 1),
        ({"must_not": (), "traps": (place_of(_PROMISE),)}, 1),
        ({"direction": None, "traps": (place_of(_PROMISE),)}, None),
    ],
)
def test_direction_applies_where_there_is_another_side(changes: dict[str, Any], wanted: float | None) -> None:
    assert attribution(case_of(**changes), cited_answer_of(_FACT, citation_of())) == (1, 1, wanted)
    assert attribution(case_of(**changes), None).direction == (None if wanted is None else 0)


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
    promise = f"{_PROMISE} đưa hội nghị trực tuyến về tận xã, phường"
    case = case_of(
        needs=((place_of(promise),),),
        must=(("hội nghị trực tuyến",),),
        must_not=(),
        speaker=("VNPT",),
        direction="enterprise_to_province",
        traps=(place_of(_WISH),),
    )
    text = "Sẽ đưa hội nghị trực tuyến về xã."
    assert attribution(case, cited_answer_of(text, citation_of(promise))) == (1, 1, 1)
    assert attribution(case, cited_answer_of(text, citation_of(_WISH))) == (0, 1, 1)
    assert attribution(case, cited_answer_of(f"VNPT sẽ {_WISH}.", citation_of(promise))) == (1, 1, 0)
