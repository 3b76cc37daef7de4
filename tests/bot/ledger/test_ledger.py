"""What is forgotten, and what stays through closing and opening."""

from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import DAY, NOON, SECOND, Clock, answer_of


def test_history_older_than_its_days_is_forgotten(ledger: Ledger, clock: Clock) -> None:
    gone = ledger.history.keep("an", answer_of("Đã lâu?"))
    clock.pass_by(SECOND)
    stays = ledger.history.keep("an", answer_of("Còn trong hạn?"), gone.conversation)
    clock.pass_by(30 * DAY)
    ledger.forget(history_days=30, audit_days=1)
    (conversation,) = ledger.history.conversations("an")
    assert (conversation.title, conversation.turns) == ("Còn trong hạn?", 1)
    assert conversation.started_at == NOON + SECOND
    assert ledger.history.turns("an", gone.conversation) == [stays]


def test_no_days_of_history_keep_none(ledger: Ledger) -> None:
    kept = ledger.history.keep("an", answer_of("Vừa hỏi?"))
    ledger.feedback.give("an", kept, "down")
    ledger.forget(history_days=0, audit_days=1)
    assert ledger.history.conversations("an") == []
    assert len(list(ledger.feedback.all())) == 1


def test_feedback_outlives_forgotten_history(ledger: Ledger, clock: Clock) -> None:
    kept = ledger.history.keep("an", answer_of("Đã lâu?"))
    ledger.feedback.give("an", kept, "wrong_citation", "Nhầm tỉnh", 1)
    clock.pass_by(400 * DAY)
    ledger.forget(history_days=365, audit_days=365)
    ((feedback, about),) = ledger.feedback.all()
    assert (feedback.turn, feedback.reason, about.question) == ("", "Nhầm tỉnh", "Đã lâu?")


def test_audit_older_than_its_days_is_forgotten(ledger: Ledger, clock: Clock) -> None:
    ledger.audit.note("an", "local", "ask", "cũ")
    clock.pass_by(10 * DAY)
    ledger.audit.note("an", "local", "ask", "mới")
    ledger.forget(history_days=365, audit_days=9)
    assert [entry.detail for entry in ledger.audit.entries()] == ["mới"]
    assert ledger.audit.counts() == [((NOON + 10 * DAY).date(), "ask", 1)]


def test_everything_is_there_after_closing_and_opening(url: str, clock: Clock) -> None:
    first = Ledger(url, clock=clock)
    kept = first.history.keep("an", answer_of("Còn không?"))
    feedback = first.feedback.give("an", kept, "up")
    first.accounts.add("An", "mật khẩu dài", frozenset({"reader"}))
    session = first.accounts.sign_in("an", "mật khẩu dài", DAY)
    _, secret = first.tokens.make("cổng", "an", frozenset({"ask"}), None)
    first.close()
    again = Ledger(url, clock=clock)
    assert again.history.turn("an", kept.id) == kept
    assert list(again.feedback.all()) == [(feedback, kept)]
    assert session
    assert again.accounts.signed_in(session)
    assert again.tokens.of(secret)
    again.close()
