"""Feedback: one opinion a turn and citation, outliving the history it was given on."""

import pytest

from bot.errors import NotFoundError
from bot.ledger.ledger import Ledger
from bot.ledger.records import KeptTurn
from tests.bot.ledger.clock import NOON, SECOND, Clock, answer_of


@pytest.fixture
def turn(ledger: Ledger) -> KeptTurn:
    return ledger.history.keep("an", answer_of("Sông Lam dành bao nhiêu?", citations=2))


def test_feedback_comes_back_with_what_it_is_about(ledger: Ledger, turn: KeptTurn) -> None:
    given = ledger.feedback.give("an", turn, "wrong_citation", "Đoạn này nói về tỉnh khác.", 2)
    assert list(ledger.feedback.all()) == [(given, turn)]
    assert (given.turn, given.user, given.given_at, given.opinion) == (turn.id, "an", NOON, "wrong_citation")
    assert (given.citation, given.reason) == (2, "Đoạn này nói về tỉnh khác.")


def test_a_second_opinion_replaces_the_first(ledger: Ledger, turn: KeptTurn, clock: Clock) -> None:
    first = ledger.feedback.give("an", turn, "up", "Tốt")
    clock.pass_by(SECOND)
    second = ledger.feedback.give("an", turn, "down", "Sai")
    assert second.id == first.id
    assert second.given_at == NOON + SECOND
    assert [feedback for feedback, _ in ledger.feedback.all()] == [second]


def test_opinions_on_other_citations_and_of_other_users_stand_beside(ledger: Ledger, turn: KeptTurn) -> None:
    ledger.feedback.give("an", turn, "down")
    ledger.feedback.give("an", turn, "wrong_citation", citation=1)
    ledger.feedback.give("an", turn, "wrong_citation", citation=2)
    ledger.feedback.give("bình", turn, "up")
    told = [(feedback.user, feedback.opinion, feedback.citation) for feedback, _ in ledger.feedback.all()]
    assert told == [
        ("an", "down", 0),
        ("an", "wrong_citation", 1),
        ("an", "wrong_citation", 2),
        ("bình", "up", 0),
    ]


def test_only_the_opinions_asked_for(ledger: Ledger, turn: KeptTurn) -> None:
    ledger.feedback.give("an", turn, "up")
    ledger.feedback.give("an", turn, "wrong_citation", citation=1)
    assert [feedback.opinion for feedback, _ in ledger.feedback.all(("wrong_citation", "down"))] == ["wrong_citation"]


@pytest.mark.parametrize("citation", [3, -1, 10**30])
def test_a_citation_that_the_answer_has_not_is_not_found(ledger: Ledger, turn: KeptTurn, citation: int) -> None:
    with pytest.raises(NotFoundError):
        ledger.feedback.give("an", turn, "wrong_citation", citation=citation)


def test_feedback_outlives_the_history_with_its_link_cut(ledger: Ledger, turn: KeptTurn) -> None:
    ledger.feedback.give("an", turn, "down", "Sai")
    ledger.history.delete("an", turn.conversation)
    ((feedback, about),) = ledger.feedback.all()
    assert (feedback.turn, feedback.reason, about.id, about.conversation) == ("", "Sai", "", "")
    assert about.question == turn.question
    assert about.answer == turn.answer | {"id": "", "conversation": ""}


def test_feedback_on_what_was_deleted_meanwhile_is_not_found(ledger: Ledger, turn: KeptTurn) -> None:
    ledger.history.delete_all("an")
    with pytest.raises(NotFoundError):
        ledger.feedback.give("an", turn, "up")
    assert list(ledger.feedback.all()) == []


def test_more_feedback_than_is_read_at_once_comes_in_order(ledger: Ledger, turn: KeptTurn) -> None:
    users = [f"user-{number:03}" for number in range(401)]
    for user in users:
        ledger.feedback.give(user, turn, "up")
    assert [feedback.user for feedback, _ in ledger.feedback.all()] == users
