"""What page and API both call: whose is what, and what is noted of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece
from bot.engine import Engine
from bot.errors import ForbiddenError, KhuyenNghiError, LLMTimeoutError, NotFoundError, QuestionError, RegisterError
from bot.ledger.records import Opinion
from bot.register_asked import Typed
from bot.service import Assistant
from bot.within import ANYWHERE, Within
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC
from tests.bot.web.asking import NOBODY, OTHER, READER, assistant_of


class Watching:
    """Remembers what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def answered(self, answer: Answer) -> None:
        """As `Watcher` has it."""
        self.told.append(answer.reason or "answered")

    def failed(self, code: str) -> None:
        """As `Watcher` has it."""
        self.told.append(code)

    def judged(self, opinion: Opinion) -> None:
        """As `Watcher` has it."""
        self.told.append(opinion)


@pytest.fixture
def assistant(index: SearchIndex, tmp_path: Path) -> Iterator[Assistant]:
    """Its index is to be read only."""
    with assistant_of(index, tmp_path) as made:
        yield made


@pytest.fixture
def watching(assistant: Assistant) -> Watching:
    """Whoever watches it."""
    watcher = Watching()
    assistant.watchers.append(watcher)
    return watcher


def answer_to(assistant: Assistant, question: str, **options: Any) -> Answer:
    *_, last = assistant.ask(READER, question, **options)
    assert isinstance(last, Finished)
    return last.answer


def noted(assistant: Assistant) -> list[tuple[str, str, str, str]]:
    return [(one.user, one.action, one.detail, one.outcome) for one in assistant.ledger.audit.entries()]


def test_an_answer_is_kept_and_bears_where(assistant: Assistant) -> None:
    answer = answer_to(assistant, ASKS_BUDGET)
    (turn,) = assistant.turns(READER, answer.conversation)
    assert (turn.id, turn.question) == (answer.id, ASKS_BUDGET)
    follow_up = answer_to(assistant, "Còn Đảo Ngọc?", conversation=answer.conversation)
    assert follow_up.conversation == answer.conversation
    assert "ngân sách" in follow_up.understood
    (conversation,) = assistant.conversations(READER, "song lam")
    assert (conversation.id, conversation.turns) == (answer.conversation, 2)


def test_nothing_is_kept_where_that_is_not_wanted(index: SearchIndex, tmp_path: Path, assistant: Assistant) -> None:
    assert answer_to(assistant, ASKS_BUDGET, keep=False).id == ""
    with assistant_of(index, tmp_path / "quên", history_days=0) as forgetful:
        assert answer_to(forgetful, ASKS_BUDGET).id == ""
        assert forgetful.conversations(READER) == []


def test_nobody_sees_anothers_history(assistant: Assistant) -> None:
    answer = answer_to(assistant, ASKS_BUDGET)
    assert assistant.conversations(OTHER) == []
    assert assistant.delete_history(OTHER) == 0
    for attempt in (
        lambda: assistant.turns(OTHER, answer.conversation),
        lambda: assistant.delete_conversation(OTHER, answer.conversation),
        lambda: list(assistant.ask(OTHER, "Còn Đảo Ngọc?", conversation=answer.conversation)),
        lambda: assistant.give_feedback(OTHER, answer.id, "up"),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert len(assistant.turns(READER, answer.conversation)) == 1


def test_feedback_is_on_a_citation_that_there_is(assistant: Assistant) -> None:
    answer = answer_to(assistant, ASKS_BUDGET)
    given = assistant.give_feedback(READER, answer.id, "wrong_citation", "nhầm tỉnh", 1)
    assert (given.turn, given.citation, given.reason) == (answer.id, 1, "nhầm tỉnh")
    with pytest.raises(NotFoundError, match=r"\[9\]"):
        assistant.give_feedback(READER, answer.id, "wrong_citation", citation=9)
    assert len(list(assistant.ledger.feedback.all())) == 1


def test_what_is_deleted_is_gone(assistant: Assistant) -> None:
    first, second = answer_to(assistant, ASKS_BUDGET), answer_to(assistant, OFF_TOPIC)
    assistant.delete_conversation(READER, first.conversation)
    assert [one.id for one in assistant.conversations(READER)] == [second.conversation]
    assert assistant.delete_history(READER) == 1
    assert assistant.conversations(READER) == []


def test_everything_that_is_done_is_noted_with_its_outcome(assistant: Assistant, watching: Watching) -> None:
    answer = answer_to(assistant, ASKS_BUDGET)
    answer_to(assistant, OFF_TOPIC)
    assistant.search(READER, "ngân sách", 3)
    assistant.register(READER, Typed())
    assistant.give_feedback(READER, answer.id, "up")
    assistant.delete_conversation(READER, answer.conversation)
    assistant.delete_history(READER)
    assert noted(assistant) == [
        ("an", "ask", ASKS_BUDGET, "answered"),
        ("an", "ask", OFF_TOPIC, "off_topic"),
        ("an", "search", "ngân sách", "ok"),
        ("an", "register", "", "ok"),
        ("an", "feedback", "up", "ok"),
        ("an", "delete_conversation", answer.conversation, "ok"),
        ("an", "delete_history", "", "ok"),
    ]
    assert watching.told == ["answered", "off_topic", "up"]


def test_what_fails_is_noted_with_its_code(assistant: Assistant, watching: Watching) -> None:
    failures: list[tuple[type[KhuyenNghiError], Any]] = [
        (QuestionError, lambda: list(assistant.ask(READER, "  "))),
        (NotFoundError, lambda: list(assistant.ask(READER, ASKS_BUDGET, conversation="không"))),
        (ForbiddenError, lambda: list(assistant.ask(NOBODY, ASKS_BUDGET))),
        (QuestionError, lambda: assistant.search(READER, " ", 3)),
        (RegisterError, lambda: assistant.register(READER, Typed(provinces=["Xyz"]))),
        (NotFoundError, lambda: assistant.give_feedback(READER, "không", "down")),
        (NotFoundError, lambda: assistant.delete_conversation(READER, "không")),
    ]
    for error, attempt in failures:
        with pytest.raises(error):
            attempt()
    assert [(action, outcome) for _, action, _, outcome in noted(assistant)] == [
        ("ask", "question"),
        ("ask", "not_found"),
        ("ask", "forbidden"),
        ("search", "question"),
        ("register", "register"),
        ("feedback", "not_found"),
        ("delete_conversation", "not_found"),
    ]
    assert watching.told == ["question", "not_found", "forbidden"]


def test_who_has_no_role_may_do_nothing(assistant: Assistant) -> None:
    for attempt in (
        lambda: assistant.search(NOBODY, "a", 1),
        lambda: assistant.documents(NOBODY),
        lambda: assistant.document(NOBODY, "song-lam"),
        lambda: assistant.context(NOBODY, "song-lam", 0, 1),
        lambda: assistant.register(NOBODY, Typed()),
        lambda: assistant.within(NOBODY, Typed()),
        lambda: assistant.conversations(NOBODY),
        lambda: assistant.turns(NOBODY, "a"),
        lambda: assistant.delete_history(NOBODY),
        lambda: assistant.keeping.files(NOBODY),
    ):
        with pytest.raises(ForbiddenError):
            attempt()


def test_closing_it_early_closes_what_was_asked(
    assistant: Assistant, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []

    def endless(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        try:
            yield EvidenceFound((), 0.1)
            while True:
                yield TextPiece("…")
        finally:
            closed.append(options["user"])

    monkeypatch.setattr(Engine, "ask", endless)
    events: Any = assistant.ask(READER, ASKS_BUDGET)
    next(events)
    next(events)
    events.close()
    assert closed == ["an"]
    assert noted(assistant) == [("an", "ask", ASKS_BUDGET, "cancelled")]
    assert watching.told == ["cancelled"]


def test_who_has_read_the_end_has_cancelled_nothing(assistant: Assistant) -> None:
    events: Any = assistant.ask(READER, ASKS_BUDGET)
    while not isinstance(next(events), Finished):
        pass
    events.close()
    assert [outcome for *_, outcome in noted(assistant)] == ["answered"]


@pytest.mark.parametrize(
    ("error", "outcome"), [(LLMTimeoutError("Quá lâu."), "llm_timeout"), (KeyError(1), "internal")]
)
def test_an_engine_that_fails_is_noted(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, error: Exception, outcome: str
) -> None:
    def fails(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        yield EvidenceFound((), 0.1)
        raise error

    monkeypatch.setattr(Engine, "ask", fails)
    with pytest.raises(type(error)):
        list(assistant.ask(READER, ASKS_BUDGET))
    assert [one[3] for one in noted(assistant)] == [outcome]


def test_what_narrows_a_question_down_reaches_the_engine(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Within] = []
    real = Engine.ask

    def remembers(self: Engine, question: str, *, within: Within, **options: Any) -> Iterator[Event]:
        given.append(within)
        return real(self, question, within=within, **options)

    monkeypatch.setattr(Engine, "ask", remembers)
    typed = Typed(provinces=["dao ngoc"], kinds=["cam kết"], since="3/2021", until="2021", fields=["vien thong"])
    within = assistant.within(READER, typed)
    assert within == Within(("Đảo Ngọc",), "2021-03", "2021", ("viễn thông",), ("commitment",))
    answer_to(assistant, ASKS_BUDGET, within=within)
    assert given == [within]
    assert assistant.within(READER, Typed()) == ANYWHERE


def test_a_stretch_comes_with_what_stands_around_it(assistant: Assistant) -> None:
    document = assistant.document(READER, "song-lam")
    start = document.text.index(BUDGET)
    found = assistant.context(READER, "song-lam", start, start + len(BUDGET), around=20)
    assert found.text[found.inner_start : found.inner_end] == BUDGET
    assert document.text[found.start : found.end] == found.text
    assert len(found.text) == len(BUDGET) + 40
    assert found.heading.endswith("Ngân sách")
    for start, end in ((5, 5), (6, 5), (-1, 3), (0, len(document.text) + 1)):
        with pytest.raises(QuestionError, match="ký tự"):
            assistant.context(READER, "song-lam", start, end)
    with pytest.raises(NotFoundError):
        assistant.document(READER, "khong-co")


def test_an_answer_that_was_kept_is_the_one_that_was_given(assistant: Assistant) -> None:
    answer = answer_to(assistant, ASKS_BUDGET)
    (turn,) = assistant.turns(READER, answer.conversation)
    assert turn.answer["text"] == answer.text
    assert turn.answer["citations"][0]["quote"] == BUDGET
