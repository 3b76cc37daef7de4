"""Questions made to confuse or to hold up: each has an intent, and at once."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intent import intent_of
from index.records import KINDS, SIDES, Side
from tests.bot.test_intent import SPEAKERS


@pytest.mark.parametrize(
    "question",
    [
        "⟦ khuyến nghị gì",
        "⟧ khuyến nghị gì",
        "⟧⟦ Bộ khuyến nghị ⟦⟧ gì",
        "Bộ trưởng ⟦ khuyến nghị gì",
        "⟦named_x:Ai⟧ khuyến nghị gì",
        "⟦own:⟧ đề nghị, theo ⟦",
        "Khuyến nghị của ⟦khác:Cục⟧ là gì",
        "",
        "?",
        "\\1 \\g<0> (?P<x>",
    ],
)
def test_our_own_marks_typed_by_a_reader_do_no_harm(question: str) -> None:
    intent = intent_of(question, SPEAKERS)
    assert intent.side in (None, *SIDES)
    assert set(intent.kinds) <= set(KINDS)
    assert "⟦" not in intent.topic
    assert intent.speakers == ()


def test_a_readers_marks_name_nobody_and_hide_nobody() -> None:
    assert intent_of("⟦Bộ trưởng⟧ khuyến nghị gì?", SPEAKERS) == intent_of("Bộ trưởng khuyến nghị gì?", SPEAKERS)


_MANY: Mapping[str, Side] = dict(SPEAKERS) | {f"Lý Văn T{number}": "province" for number in range(300)}


@pytest.mark.parametrize(
    "repeated",
    [
        "Bộ trưởng của ",
        "Bộ đề nghị với ",
        "với Bộ đề nghị ",
        "Hậu Giang và ",
        "với Hậu Giang kiến nghị ",
        "từ Cục Bưu chính số yêu cầu ",
        "ông Khoa của ",
        "theo ý kiến của ",
        "đề nghị của ",
        "đề nghị gì từ ",
        "được a ",
        "các a ",
        "những tỉnh ",
        "bao nhiêu khuyến nghị",
        "chuyển giao ",
        "của bộ ",
        "bộ - ",
        "bộ",
        "cục cục ",
        "(",
        "((⟦",
        "⟦",
        "⟧",
        "⟦own:",
        "với ⟦a⟧ đề nghị ",
        "thông tin và truyền thông ",
        "1/",
        "2020,",
        "a",
        "a ",
        "\\",
        "İ",
    ],
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("Bộ trưởng ", " đề nghị gì"), ("đề nghị ", " của Bộ")])
def test_a_hostile_question_is_read_quickly(repeated: str, before: str, behind: str) -> None:
    question = (before + repeated * 2000)[: 2000 - len(behind)] + behind
    begun = time.process_time()
    intent_of(question, _MANY)
    assert time.process_time() - begun < 3


_PIECES = [
    *("Bộ trưởng", "khuyến nghị", "của", "với", "Hậu Giang", "được", "theo", "ai", "gì", "các", "tỉnh", "nào", "VNPT"),
    *(
        "Cục Bưu chính số",
        "ông Khoa",
        "⟦",
        "⟧",
        ",",
        "?",
        "(",
        ")",
        "cam kết",
        "Sở TT&TT",
        "toàn bộ",
        "2021",
        "⟦own:a⟧",
    ),
]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_any_question_has_an_intent(pieces: list[str]) -> None:
    intent = intent_of(" ".join(pieces), SPEAKERS)
    assert intent.side in (None, *SIDES)
    assert set(intent.kinds) <= set(KINDS)
    assert bool(intent.side) >= bool(intent.kinds)
    assert set(intent.speakers) <= {*SPEAKERS, "vnpt"}
    assert not (intent.speakers and intent.offices)
