"""Answers that the model writes: what the checks let through, and what breaks off."""

import pytest

from bot.answer import Finished, TextPiece
from bot.engine import Engine
from bot.errors import LLMInterruptedError
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, engine_of
from tests.stand_ins import Reply, ScriptedChat, judging


def writing(index: SearchIndex, reply: Reply) -> tuple[Engine, ScriptedChat]:
    chat = ScriptedChat(script=[*judging(0.9), reply])
    return engine_of(index, chat, answer_style="write", answer_tokens=77), chat


def number_of(index: SearchIndex, text: str) -> int:
    """Under which number the model sees a piece of evidence."""
    return [item.text for item in engine_of(index).answer(ASKS_BUDGET).evidence].index(text) + 1


def test_a_borne_sentence_is_kept_and_the_stream_was_bounded(index: SearchIndex) -> None:
    engine, chat = writing(index, Reply(f"{BUDGET} [{number_of(index, BUDGET)}]"))
    answer = engine.answer(ASKS_BUDGET)
    assert (answer.style, answer.text, answer.notice) == ("write", f"{BUDGET} [1]", "")
    assert answer.citations[0].quote == BUDGET
    assert chat.calls[-1].streamed
    assert chat.calls[-1].options["max_tokens"] == 77
    assert f"[{number_of(index, BUDGET)}] {BUDGET}" in chat.calls[-1].prompt


def test_a_sentence_is_shown_once_it_is_checked_and_never_before(index: SearchIndex) -> None:
    mark = number_of(index, BUDGET)
    wrong = BUDGET.replace("3%", "9%")
    engine, _ = writing(index, Reply(" ".join(f"{sentence} [{mark}]" for sentence in (BUDGET, wrong, BUDGET, BUDGET))))
    pieces = [event.text for event in engine.ask(ASKS_BUDGET) if isinstance(event, TextPiece)]
    assert len(pieces) > 1
    assert "9%" not in "".join(pieces)


def test_a_citation_of_nothing_is_dropped_recorded_and_never_in_the_answer(index: SearchIndex) -> None:
    engine, _ = writing(index, Reply(f"{BUDGET} [{number_of(index, BUDGET)}] Rất tốt. [88] Nên làm [99]."))
    answer = engine.answer(ASKS_BUDGET)
    assert answer.text == f"{BUDGET} [1]"
    assert {"[88]", "[99]", "Rất tốt."} <= set(answer.dropped)
    assert [citation.number for citation in answer.citations] == [1]


def test_a_wrong_figure_is_replaced_by_the_quotation(index: SearchIndex) -> None:
    wrong = BUDGET.replace("3%", "30%")
    engine, _ = writing(index, Reply(f"{wrong} [{number_of(index, BUDGET)}]"))
    answer = engine.answer(ASKS_BUDGET)
    assert answer.text == f"“{BUDGET}” [1]"
    assert "30%" not in answer.text
    assert answer.dropped == (wrong,)


@pytest.mark.parametrize("reply", ["KHÔNG TÌM THẤY.", "Không tìm thấy"])
def test_not_found_in_the_models_words_abstains(index: SearchIndex, reply: str) -> None:
    engine, _ = writing(index, Reply(reply))
    answer = engine.answer(ASKS_BUDGET)
    assert (answer.abstained, answer.reason, answer.citations) == (True, "not_stated", ())
    assert "Đã tìm trong 3 tài liệu" in answer.text


@pytest.mark.parametrize("reply", ["Tôi cho là nhiều lắm.", "[1] [2]", ""])
def test_a_text_without_a_single_ground_is_replaced_by_quotations(index: SearchIndex, reply: str) -> None:
    engine, _ = writing(index, Reply(reply))
    answer = engine.answer(ASKS_BUDGET)
    assert (answer.style, answer.abstained) == ("quote", False)
    assert BUDGET in answer.text
    assert "không có căn cứ" in answer.notice


def test_a_stream_that_breaks_is_replaced_by_quotations(index: SearchIndex) -> None:
    broken = LLMInterruptedError("Đứt giữa chừng.", "Hãy hỏi lại.")
    engine, _ = writing(index, Reply("Bắt đầu viết thì đứt", error=broken, pieces_before_error=2))
    events = list(engine.ask(ASKS_BUDGET))
    assert not any("Bắt" in event.text for event in events if isinstance(event, TextPiece))
    answer = engine_of(index).answer(ASKS_BUDGET)
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.answer.text == answer.text
    assert "Đứt giữa chừng." in last.answer.notice


def test_closing_the_answer_in_mid_stream_closes_the_models_stream(index: SearchIndex) -> None:
    engine, chat = writing(index, Reply(" ".join([f"{BUDGET} [{number_of(index, BUDGET)}]"] * 50)))
    chat.pace_s = 0.01
    events = engine.ask(ASKS_BUDGET)
    while not isinstance(next(events), TextPiece):
        pass
    assert chat.streams_closed_early == 0
    events.close()  # type: ignore[attr-defined]  # ask is typed as an iterator; it is a generator
    assert chat.streams_closed_early == 1
