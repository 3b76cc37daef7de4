"""The engine over the register: follow-ups, small talk, all statements of a kind, several provinces."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import smalltalk
from bot.answer import Answer, EvidenceFound, Finished, TextPiece
from bot.followup import Turn
from bot.settings import load_settings
from index.corrections import Correction, Corrections, quote_digest
from index.search import SearchIndex
from tests.bot.corpus import engine_of, index_of
from tests.stand_ins import ScriptedChat, judging

HAU_GIANG = """---
title: "Làm việc với Hậu Giang"
date: "2020-06-25"
provinces: [Hậu Giang]
---
Thứ trưởng Phan Minh Khoa khuyến nghị Hậu Giang dành 3% ngân sách cho chuyển đổi số.

Thứ trưởng Phan Minh Khoa đề nghị Hậu Giang mở kho dữ liệu nông sản.

Tỉnh Hậu Giang kiến nghị Bộ hỗ trợ 12 trạm phát sóng.
"""
DONG_THAP = """---
title: "Làm việc với Đồng Tháp"
date: "2021-03"
provinces: [Đồng Tháp]
---
Bộ trưởng đề nghị Đồng Tháp dành 5% ngân sách cho chuyển đổi số.

Tỉnh Đồng Tháp kiến nghị Bộ cho thí điểm mã bưu chính.
"""
ASKS_BUDGET_OF_ONE = "Bộ khuyến nghị Hậu Giang dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"
BEFORE = [Turn(ASKS_BUDGET_OF_ONE, "3% ngân sách [1].")]


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """Two meetings with provinces that there are."""
    opened = index_of(tmp_path_factory.mktemp("họp"), {"hậu-giang.md": HAU_GIANG, "đồng-tháp.md": DONG_THAP})
    yield opened
    opened.close()


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "reply"),
    [("Xin chào", smalltalk.GREETING), ("cảm ơn bạn", smalltalk.THANKS), ("bạn là ai", smalltalk.IDENTITY)],
)
def test_small_talk_is_answered_without_searching_or_asking_the_model(
    meetings: SearchIndex, question: str, reply: str
) -> None:
    chat = ScriptedChat(script=[])
    *pieces, last = engine_of(meetings, chat).ask(question)
    assert isinstance(last, Finished)
    assert [piece.text for piece in pieces if isinstance(piece, TextPiece)] == [reply]
    answer = last.answer
    assert (len(pieces), chat.calls, answer.text) == (1, [], reply)
    assert (answer.abstained, answer.reason, answer.style) == (True, "small_talk", "none")
    assert (answer.citations, answer.evidence, answer.sentences) == ((), (), ())


def test_small_talk_asked_exactly_is_searched(meetings: SearchIndex) -> None:
    events = engine_of(meetings).ask("Xin chào", exact=True)
    assert isinstance(next(events), EvidenceFound)


def test_small_talk_changes_nothing_for_the_question_after_it(meetings: SearchIndex) -> None:
    engine = engine_of(meetings)
    greeted = [Turn("Xin chào", smalltalk.GREETING), *BEFORE]
    assert engine.answer("Còn Đồng Tháp?", history=greeted).understood == (
        engine.answer("Còn Đồng Tháp?", history=BEFORE).understood
    )


@pytest.mark.parametrize("question", ["Còn Đồng Tháp?", "Còn Đồng Tháp thì sao?", "con dong thap thi sao"])
def test_a_follow_up_is_asked_as_it_would_stand_by_itself(meetings: SearchIndex, question: str) -> None:
    answer = engine_of(meetings).answer(question, history=BEFORE)
    assert "Đồng Tháp dành bao nhiêu phần trăm ngân sách" in answer.understood
    assert answer.read_as().startswith("Đã hiểu câu hỏi là:")
    assert quotes(answer)[0] == "Bộ trưởng đề nghị Đồng Tháp dành 5% ngân sách cho chuyển đổi số."


def test_without_history_or_asked_exactly_no_turn_is_looked_at(meetings: SearchIndex) -> None:
    engine, question = engine_of(meetings), "Còn Đồng Tháp?"
    assert engine.answer(question).understood == question
    assert engine.answer(question, history=BEFORE, exact=True).understood == question


def test_a_question_that_stands_by_itself_is_not_changed_by_the_turns_before(meetings: SearchIndex) -> None:
    engine, question = engine_of(meetings), "Tỉnh Đồng Tháp kiến nghị Bộ điều gì về mã bưu chính?"
    alone, after = engine.answer(question), engine.answer(question, history=BEFORE)
    assert (after.understood, after.text) == (alone.understood, alone.text)


def test_a_question_for_all_statements_of_a_kind_is_answered_from_the_register_without_the_model(
    meetings: SearchIndex,
) -> None:
    chat = ScriptedChat(script=[])
    answer = engine_of(meetings, chat).answer("Bộ khuyến nghị gì với Hậu Giang?")
    assert (chat.calls, answer.abstained, answer.style) == ([], False, "quote")
    assert answer.text.startswith("Sổ khuyến nghị có 2 khuyến nghị phù hợp (bên nói: Bộ; địa phương: Hậu Giang).")
    assert quotes(answer) == [
        "Thứ trưởng Phan Minh Khoa khuyến nghị Hậu Giang dành 3% ngân sách cho chuyển đổi số.",
        "Thứ trưởng Phan Minh Khoa đề nghị Hậu Giang mở kho dữ liệu nông sản.",
    ]
    for citation in answer.citations:
        document = meetings.document(citation.document)
        assert document is not None
        assert document.text[citation.start : citation.end] == citation.quote


def test_an_enumerated_answer_comes_in_pieces_after_its_evidence(meetings: SearchIndex) -> None:
    first, *pieces, last = engine_of(meetings).ask("Liệt kê kiến nghị của các tỉnh")
    assert isinstance(first, EvidenceFound)
    assert isinstance(last, Finished)
    assert "".join(piece.text for piece in pieces if isinstance(piece, TextPiece)) == last.answer.text
    assert quotes(last.answer) == [
        "Tỉnh Hậu Giang kiến nghị Bộ hỗ trợ 12 trạm phát sóng.",
        "Tỉnh Đồng Tháp kiến nghị Bộ cho thí điểm mã bưu chính.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        ASKS_BUDGET_OF_ONE,  # for one figure
        "Bộ cam kết gì với Hậu Giang?",  # of which the register holds none
        "Bộ khuyến nghị gì về tàu vũ trụ với Hậu Giang?",
    ],
)
def test_where_the_register_is_not_asked_or_holds_nothing_the_model_decides(
    meetings: SearchIndex, question: str
) -> None:
    chat = ScriptedChat(script=judging(0.1))
    answer = engine_of(meetings, chat).answer(question)
    assert (len(chat.calls), answer.abstained, answer.reason) == (3, True, "not_stated")


def test_where_the_register_holds_nothing_of_a_kind_the_reader_is_told(meetings: SearchIndex) -> None:
    answer = engine_of(meetings).answer("Bộ cam kết những gì với Hậu Giang?")
    assert answer.notes[-1] == (
        "Không tìm thấy cam kết khớp với câu hỏi trong sổ khuyến nghị; dưới đây là các đoạn gần với câu hỏi nhất."
    )
    assert not any("Sổ khuyến nghị" in note for note in engine_of(meetings).answer("Bộ khuyến nghị những gì?").notes)


def test_a_conversation_of_any_length_costs_no_more_than_its_end(meetings: SearchIndex) -> None:
    long = [Turn("Hà Giang có gì? " * 3000, "không rõ " * 30_000)] * 500
    begun = time.process_time()
    understood = engine_of(meetings).answer("Còn Đồng Tháp?", history=[*long, *BEFORE]).understood
    assert "Đồng Tháp" in understood
    assert "Hà Giang" not in understood
    assert time.process_time() - begun < 10


def test_an_unknown_name_is_refused_before_the_register_is_asked(meetings: SearchIndex) -> None:
    answer = engine_of(meetings, ScriptedChat(script=[])).answer("Bộ khuyến nghị gì với Hà Lạng?")
    assert (answer.abstained, answer.reason) == (True, "name_not_found")


def test_what_is_asked_for_of_several_provinces_is_quoted_for_each(meetings: SearchIndex) -> None:
    answer = engine_of(meetings).answer("Hậu Giang và Đồng Tháp dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?")
    assert {item.place for item in answer.evidence} >= {"Hậu Giang", "Đồng Tháp"}
    assert {citation.provinces for citation in answer.citations} == {("Hậu Giang",), ("Đồng Tháp",)}
    assert any("3% ngân sách" in quote for quote in quotes(answer))
    assert any("5% ngân sách" in quote for quote in quotes(answer))


def test_the_evidence_tells_what_the_register_knows_of_it(meetings: SearchIndex) -> None:
    answer = engine_of(meetings).answer(ASKS_BUDGET_OF_ONE)
    (item,) = [item for item in answer.evidence if "3% ngân sách" in item.text]
    assert [(one.kind, one.speaker, one.text) for one in item.said] == [
        ("recommendation", "Phan Minh Khoa", item.text),
    ]


def test_a_statement_that_was_corrected_is_enumerated_as_corrected(meetings: SearchIndex, apart: Path) -> None:
    engine = engine_of(meetings)
    question, quote = (
        "Bộ cam kết gì với Hậu Giang?",
        "Thứ trưởng Phan Minh Khoa đề nghị Hậu Giang mở kho dữ liệu nông sản.",
    )
    assert "Sổ khuyến nghị" not in engine.answer(question).text
    (source,) = [document.source for document in meetings.documents() if "hậu" in document.source]
    change = Correction(source, quote_digest(quote), 0, (("kind", "commitment"),), "", "2026")
    Corrections(load_settings().corrections_file).add(change)
    answer = engine.answer(question)
    assert answer.text.startswith("Sổ khuyến nghị có 1 cam kết")
    assert "(đã đính chính)" in answer.text
    assert quotes(answer) == [quote]
    assert load_settings().corrections_file.is_relative_to(apart)
