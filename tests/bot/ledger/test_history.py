"""Conversations: kept whole, found however typed, seen by nobody else."""

import json

import pytest

from bot.errors import NotFoundError
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import NOON, SECOND, Clock, answer_of


def test_a_kept_answer_comes_back_whole(ledger: Ledger) -> None:
    answer = answer_of("Sông Lam dành bao nhiêu?", notes=("Đã thêm dấu.",), support=0.9)
    kept = ledger.history.keep("an", answer)
    assert ledger.history.turn("an", kept.id) == kept
    assert ledger.history.turns("an", kept.conversation) == [kept]
    assert (kept.user, kept.question, kept.asked_at) == ("an", "Sông Lam dành bao nhiêu?", NOON)
    whole = json.loads(json.dumps(answer.to_dict())) | {"id": kept.id, "conversation": kept.conversation}
    assert kept.answer == whole


def test_a_conversation_goes_on_and_has_its_first_question_for_a_title(ledger: Ledger, clock: Clock) -> None:
    first = ledger.history.keep("an", answer_of("Câu đầu?"))
    clock.pass_by(SECOND)
    second = ledger.history.keep("an", answer_of("Câu sau?"), first.conversation)
    (conversation,) = ledger.history.conversations("an")
    assert second.conversation == first.conversation == conversation.id
    assert (conversation.title, conversation.turns, conversation.user) == ("Câu đầu?", 2, "an")
    assert (conversation.started_at, conversation.last_at) == (NOON, NOON + SECOND)
    assert ledger.history.turns("an", first.conversation) == [first, second]


def test_the_latest_conversation_comes_first_and_no_more_than_asked_for(ledger: Ledger, clock: Clock) -> None:
    older, newer = (ledger.history.keep("an", answer_of(question)) for question in ("Cũ?", "Mới?"))
    assert [one.title for one in ledger.history.conversations("an")] == ["Mới?", "Cũ?"]
    clock.pass_by(SECOND)
    ledger.history.keep("an", answer_of("Tiếp?"), older.conversation)
    assert [one.title for one in ledger.history.conversations("an")] == ["Cũ?", "Mới?"]
    assert [one.id for one in ledger.history.conversations("an", limit=1)] == [older.conversation]
    assert newer.conversation != older.conversation


@pytest.mark.parametrize(
    "typed", ["Đồng Tháp", "dong thap", "ĐỒNG", "Hoà Bình", "hòa bình", "ngân sách 1.300", "thap 2%"]
)
def test_words_are_found_in_questions_and_answers_however_accented(ledger: Ledger, typed: str) -> None:
    found = ledger.history.keep("an", answer_of("Đồng Tháp và Hòa Bình?", "Ngân sách 1.300 tỷ, tức 2%."))
    ledger.history.keep("an", answer_of("Việc khác?", "Không liên quan."))
    assert [one.id for one in ledger.history.conversations("an", typed)] == [found.conversation]


@pytest.mark.parametrize("typed", ["xyz", "ong thap", "dong khac", "%", "_", "%n%"])
def test_what_does_not_stand_there_is_not_found(ledger: Ledger, typed: str) -> None:
    ledger.history.keep("an", answer_of("Đồng Tháp?", "Hai phần trăm."))
    ledger.history.keep("an", answer_of("Việc khác?", "Không liên quan."))
    found = ledger.history.conversations("an", typed)
    assert len(found) == (2 if typed in "%_" else 0)  # signs alone are no words


def test_nobody_sees_anothers(ledger: Ledger) -> None:
    kept = ledger.history.keep("an", answer_of("Việc riêng?"))
    assert ledger.history.conversations("bình") == []
    assert ledger.history.conversations("bình", "việc") == []
    for ask in (
        lambda: ledger.history.turn("bình", kept.id),
        lambda: ledger.history.turns("bình", kept.conversation),
        lambda: ledger.history.delete("bình", kept.conversation),
        lambda: ledger.history.keep("bình", answer_of("Chen vào?"), kept.conversation),
    ):
        with pytest.raises(NotFoundError):
            ask()
    assert ledger.history.delete_all("bình") == 0
    assert ledger.history.turns("an", kept.conversation) == [kept]


def test_what_is_not_there_is_not_found(ledger: Ledger) -> None:
    for missing in ("", "không-có", "a\0b", "\ud800", "x" * 5000):
        with pytest.raises(NotFoundError):
            ledger.history.turn("an", missing)
        with pytest.raises(NotFoundError):
            ledger.history.turns("an", missing)
        with pytest.raises(NotFoundError):
            ledger.history.delete("an", missing)


def test_deleted_conversations_are_gone(ledger: Ledger) -> None:
    first, second, third = (ledger.history.keep("an", answer_of(f"Câu {n}?")) for n in "123")
    ledger.history.keep("an", answer_of("Tiếp?"), second.conversation)
    others = ledger.history.keep("bình", answer_of("Của Bình?"))
    ledger.history.delete("an", first.conversation)
    assert {one.id for one in ledger.history.conversations("an")} == {second.conversation, third.conversation}
    assert ledger.history.delete_all("an") == 2
    assert ledger.history.conversations("an") == []
    assert ledger.history.turn("bình", others.id) == others


def test_text_that_databases_refuse_does_not_stop_anything(ledger: Ledger) -> None:
    kept = ledger.history.keep("an", answer_of("Câu\0 hỏi \ud800?", "Trả\0 lời \udfff."))
    again = ledger.history.turn("an", kept.id)
    assert again.question == "Câu hỏi ??"
    assert again.answer["text"] == "Trả\0 lời ?."
