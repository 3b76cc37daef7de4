"""What users think of answers."""

import json
import uuid
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from bot.errors import NotFoundError
from bot.ledger.database import Database
from bot.ledger.history import no_turn
from bot.ledger.records import Feedback, KeptTurn, Opinion
from bot.ledger.tables import FeedbackRow, TurnRow

_PAGE_ROWS = 200
_UNIQUE = ("user_name", "turn", "citation")
_REPLACED = ("given_at", "opinion", "reason")


class FeedbackBook:
    """Feedback outlives the history it was given on: it keeps its own copy of the question and the answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, user: str, turn: KeptTurn, opinion: Opinion, reason: str = "", citation: int = 0) -> Feedback:
        """Keep it; a second opinion of the same user on the same turn and citation replaces the first.

        Raises NotFoundError for a citation that the answer has not, and for a turn that was deleted meanwhile.
        """
        _require_citation(turn.answer, citation)
        given = self._database.insert_into(cast(Table, FeedbackRow.__table__)).values(
            id=uuid.uuid4().hex,
            turn=turn.id,
            user_name=user,
            given_at=self._database.now(),
            opinion=opinion,
            citation=citation,
            reason=reason,
            asked_at=turn.asked_at,
            question=turn.question,
            answer=json.dumps(turn.answer | {"id": "", "conversation": ""}, ensure_ascii=False),
        )
        replaced = {name: given.excluded[name] for name in _REPLACED}
        with self._database.writing() as session:
            try:
                session.execute(given.on_conflict_do_update(index_elements=_UNIQUE, set_=replaced))
            except IntegrityError as exc:
                raise no_turn() from exc
            theirs = (FeedbackRow.user_name == user, FeedbackRow.turn == turn.id, FeedbackRow.citation == citation)
            return _feedback(session.scalars(select(FeedbackRow).where(*theirs)).one())

    def all(self, opinions: tuple[Opinion, ...] = ()) -> Iterator[tuple[Feedback, KeptTurn]]:
        """Every feedback of these opinions (all when empty) with what it is about, oldest first.

        Where that was deleted from the history, the turn's and the conversation's ids are empty.
        """
        wanted = select(FeedbackRow, TurnRow.conversation).outerjoin(TurnRow, FeedbackRow.turn == TurnRow.id)
        if opinions:
            wanted = wanted.where(FeedbackRow.opinion.in_(opinions))
        last = -1
        while True:
            page = wanted.where(FeedbackRow.number > last).order_by(FeedbackRow.number).limit(_PAGE_ROWS)
            with self._database.reading() as session:
                rows = session.execute(page).all()
            for row, conversation in rows:
                yield _feedback(row), _turn(row, conversation or "")
            if len(rows) < _PAGE_ROWS:
                return
            last = rows[-1][0].number


def _require_citation(answer: dict[str, Any], citation: int) -> None:
    if citation and citation not in [cited["number"] for cited in answer.get("citations", [])]:
        raise NotFoundError(f"Câu trả lời không có trích dẫn số {citation}.", "Hãy chọn lại trích dẫn.")


def _feedback(row: FeedbackRow) -> Feedback:
    opinion = cast(Opinion, row.opinion)
    return Feedback(row.id, row.turn or "", row.user_name, row.given_at, opinion, row.citation, row.reason)


def _turn(row: FeedbackRow, conversation: str) -> KeptTurn:
    answer = json.loads(row.answer) | {"id": row.turn or "", "conversation": conversation}
    return KeptTurn(row.turn or "", conversation, row.user_name, row.asked_at, row.question, answer)
