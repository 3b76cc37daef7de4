"""What the page shows while an answer is made, and what it remembers of the conversation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Event, EvidenceFound, Finished, TextPiece, Waiting
from bot.errors import NotFoundError
from bot.identity import LOCAL, Identity
from bot.ledger.records import KeptTurn
from bot.service import Assistant
from bot.ui.asking import respond
from bot.ui.talk import Talk, answer_of, resumed
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, QUESTION_LIMIT, evidence_of
from tests.bot.ui import served
from tests.bot.ui.served import assistant_of
from tests.stand_ins import ScriptedChat, judging

OTHER = Identity("khac", LOCAL.roles, "account")
FOLLOW_UP = "Còn Đồng Tháp?"
MEANT = "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"


class Scripted(Assistant):
    """Answers with the events it is given."""

    script: list[Event | Exception]

    def ask(self, *args: object, **options: object) -> Iterator[Event]:
        """One after another."""
        for event in self.script:
            if isinstance(event, Exception):
                raise event
            yield event


def scripted(index: SearchIndex, home: Path, *script: Event | Exception) -> Scripted:
    made = assistant_of(index, home)
    assistant = Scripted(made.engine, made.index, made.ledger, made.settings)
    assistant.script = [*script]
    return assistant


def test_passages_are_shown_before_the_answer(index: SearchIndex, tmp_path: Path) -> None:
    chat = ScriptedChat(script=judging(0.9))
    frames = respond(assistant_of(index, tmp_path, chat), LOCAL, ASKS_BUDGET, Talk())
    first = next(frames)
    assert first.finished is None
    assert "Đang đọc" in first.answer
    assert "data-growing" in first.answer
    assert BUDGET in first.evidence
    assert chat.calls == []
    *_, last = frames
    assert last.finished is not None
    assert 'class="answer"' in last.answer
    assert 'class="card cited"' in last.evidence


def test_the_place_in_the_queue_is_told_and_the_text_grows(index: SearchIndex, tmp_path: Path) -> None:
    evidence = (evidence_of(BUDGET),)
    finished = Finished(served.answer_of([*evidence]))
    events = (EvidenceFound(evidence, 0.1), Waiting(2), Waiting(0), TextPiece("Một "), TextPiece("hai"), finished)
    frames = list(respond(scripted(index, tmp_path, *events), LOCAL, "?", Talk()))
    assert "Đang chờ, còn 2 câu hỏi phía trước …" in frames[1].answer
    assert "Đang đọc" in frames[2].answer
    assert "Một</div>" in frames[3].answer
    assert "Một hai</div>" in frames[4].answer
    assert all(BUDGET in frame.evidence for frame in frames)


@pytest.mark.parametrize(
    ("question", "said"), [("  ", "đang để trống"), ("a" * 20_000, f"giới hạn {QUESTION_LIMIT} ký tự")]
)
def test_a_bad_question_gives_an_error_message(index: SearchIndex, tmp_path: Path, question: str, said: str) -> None:
    (frame,) = respond(assistant_of(index, tmp_path), LOCAL, question, Talk())
    assert frame.failed
    assert 'class="message error"' in frame.answer
    assert said in frame.answer


def test_what_nobody_foresaw_is_told_without_its_details(
    index: SearchIndex, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = scripted(index, tmp_path, EvidenceFound((), 0.1), RuntimeError("mật khẩu là 123"))
    *_, last = respond(assistant, LOCAL, "?", Talk())
    assert last.failed
    assert "lỗi ngoài dự kiến" in last.answer
    assert "123" not in last.answer
    assert "RuntimeError" in caplog.text


def test_not_found_and_small_talk_are_answers_too(index: SearchIndex, tmp_path: Path) -> None:
    assistant = assistant_of(index, tmp_path)
    *_, last = respond(assistant, LOCAL, OFF_TOPIC, Talk())
    assert 'class="not-found"' in last.answer
    assert "Đã tìm trong 3 tài liệu" in last.answer
    *_, last = respond(assistant, LOCAL, "Xin chào", Talk())
    assert "Kính chào" in last.answer
    assert last.finished is not None
    assert Talk().after(last.finished).turns() == []


@pytest.mark.parametrize("history_days", [30, 0], ids=["kept", "not kept"])
def test_a_follow_up_is_asked_with_the_turns_before_it(index: SearchIndex, tmp_path: Path, history_days: int) -> None:
    assistant = assistant_of(index, tmp_path, history_days=history_days)
    talk = Talk(LOCAL.name)
    *_, first = respond(assistant, LOCAL, "Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?", talk)
    assert first.finished is not None
    assert bool(first.finished.id) is bool(history_days)
    *_, second = respond(assistant, LOCAL, FOLLOW_UP, talk.after(first.finished))
    assert second.finished is not None
    assert second.finished.understood == MEANT
    *_, exact = respond(assistant, LOCAL, FOLLOW_UP, talk.after(first.finished), exact=True)
    assert exact.finished is not None
    assert exact.finished.understood == FOLLOW_UP


def test_a_kept_conversation_comes_back_as_it_was(index: SearchIndex, tmp_path: Path) -> None:
    assistant = assistant_of(index, tmp_path, ScriptedChat(script=judging(0.9)))
    *_, frame = respond(assistant, LOCAL, ASKS_BUDGET, Talk(LOCAL.name))
    assert frame.finished is not None
    talk = resumed(LOCAL, frame.finished.conversation, assistant.turns(LOCAL, frame.finished.conversation))
    assert talk == Talk(LOCAL.name, frame.finished.conversation, (frame.finished,))


def test_a_talk_is_nobody_elses_and_survives_its_deletion() -> None:
    answer = replace(served.answer_of([evidence_of(BUDGET)]), id="t", conversation="c")
    talk = Talk(LOCAL.name).after(answer)
    assert talk.of(LOCAL) == talk
    assert talk.of(OTHER) == Talk(OTHER.name)
    assert talk.without("d") == talk
    assert talk.without("c") == talk.without("") == Talk(LOCAL.name, "", (answer,))


def test_an_answer_that_cannot_be_read_any_more_is_told() -> None:
    kept = KeptTurn("t", "c", "local", served.AT, "?", {"question": "?"})
    with pytest.raises(NotFoundError, match="không còn đọc được"):
        answer_of(kept)
