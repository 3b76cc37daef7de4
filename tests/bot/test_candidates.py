"""Feedback as candidates for gold questions."""

import dataclasses
import unicodedata
from typing import Any

from bot.candidates import Place, candidates
from bot.ledger.records import Feedback, KeptTurn, Opinion
from tests.bot.ledger.clock import NOON, answer_of


def given(
    opinion: Opinion, turn: KeptTurn, reason: str = "", citation: int = 0, user: str = "an"
) -> tuple[Feedback, KeptTurn]:
    return Feedback("1", turn.id, user, NOON, opinion, citation, reason), turn


def turn_of(question: str = "Sông Lam dành bao nhiêu?", **changes: Any) -> KeptTurn:
    answer = answer_of(question, citations=2, **changes).to_dict()
    return KeptTurn("t", "c", "an", NOON, question, answer)


def test_a_candidate_holds_the_question_the_answer_and_the_places_nobody_called_wrong() -> None:
    turn = turn_of()
    (found,) = candidates([given("wrong_citation", turn, "Nhầm\n tỉnh", 1)])
    assert (found.question, found.model_answer, found.answerable) == (turn.question, turn.answer["text"], True)
    assert found.needs == ((Place("tai-lieu-2.md", "Câu thứ 2 của tài liệu Sông Lam."),),)
    assert found.candidate == "trích dẫn sai [1]: Nhầm tỉnh"


def test_all_that_was_said_of_a_question_is_in_one_candidate() -> None:
    turn, again = turn_of(), turn_of(text="Câu trả lời khác.")
    found = candidates(
        [
            given("down", turn, "Sai"),
            given("down", turn_of("Câu khác?")),
            given("wrong_citation", again, citation=1, user="bình"),
        ]
    )
    assert [one.id for one in found] == ["fb-feedback-01", "fb-feedback-02"]
    assert found[0].candidate == "chưa đúng: Sai; trích dẫn sai [1]"
    assert len(found[0].needs) == 2  # the citation called wrong is another answer's


def test_a_follow_up_is_asked_as_it_was_understood() -> None:
    (found,) = candidates([given("down", turn_of("còn Sông Lam?", understood="Sông Lam dành bao nhiêu ngân sách?"))])
    assert found.question == "Sông Lam dành bao nhiêu ngân sách?"
    assert found.candidate == "chưa đúng (đã gõ: còn Sông Lam?)"


def test_an_answer_that_was_none_makes_an_unanswerable_candidate() -> None:
    (found,) = candidates([given("down", turn_of(abstained=True))])
    assert (found.answerable, found.category, found.needs) == (False, "unanswerable", ())


def test_no_user_is_named() -> None:
    (found,) = candidates([given("down", turn_of(), user="tran.van.an@tinh.gov")])
    assert "tran.van.an" not in str(found.to_dict())


def test_candidates_are_in_nfc() -> None:
    (found,) = candidates([given("down", turn_of("Sông Lam dành bao nhiêu?"), unicodedata.normalize("NFD", "Chưa đủ"))])
    assert found.to_dict()["candidate"] == "chưa đúng: Chưa đủ"
    assert set(found.to_dict()) == {field.name for field in dataclasses.fields(found)}
