"""Conversations of each user."""

import datetime
import json
import uuid
from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.answer import Answer
from bot.errors import NotFoundError
from bot.ledger.database import Database
from bot.ledger.records import Conversation, KeptTurn
from bot.ledger.tables import TurnRow
from index.vietnamese import fold, normal_form, words


class History:
    """Nobody sees another's: what is not the user's own is not found."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, user: str, answer: Answer, conversation: str = "") -> KeptTurn:
        """Keep an answer, in a conversation of the user's or in a new one. Raises NotFoundError for one not theirs."""
        row = TurnRow(
            id=uuid.uuid4().hex,
            conversation=conversation or uuid.uuid4().hex,
            user_name=user,
            asked_at=self._database.now(),
            question=answer.question,
            # Where it belongs is told by the row, and no longer by copies that outlive it.
            answer=json.dumps(replace(answer, id="", conversation="").to_dict(), ensure_ascii=False),
            folded=f" {' '.join(_folded_words(f'{answer.question} {answer.understood} {answer.text}'))}",
        )
        with self._database.writing() as session:
            if conversation and not _turns_of(session, user, conversation, limit=1):
                raise _no_conversation()
            session.add(row)
        return kept(row)

    def conversations(self, user: str, containing: str = "", limit: int = 100) -> list[Conversation]:
        """The user's, latest first; those in whose questions or answers the words stand, however accented.

        Every word (or the beginning of one) must stand in the same question or its answer.
        """
        ours = (
            select(
                func.min(TurnRow.number).label("first"),
                func.min(TurnRow.asked_at).label("started_at"),
                func.max(TurnRow.asked_at).label("last_at"),
                func.count().label("turns"),
                func.max(TurnRow.number).label("last"),
            )
            .where(TurnRow.user_name == user)
            .group_by(TurnRow.conversation)
        )
        if wanted := _folded_words(containing):
            holds = [TurnRow.folded.contains(f" {word}", autoescape=True) for word in wanted]
            found = select(TurnRow.conversation).where(TurnRow.user_name == user, *holds)
            ours = ours.where(TurnRow.conversation.in_(found))
        theirs = ours.subquery()
        statement = (
            select(TurnRow.conversation, TurnRow.question, theirs.c.started_at, theirs.c.last_at, theirs.c.turns)
            .join(theirs, TurnRow.number == theirs.c.first)
            .order_by(theirs.c.last_at.desc(), theirs.c.last.desc())
            .limit(limit)
        )
        with self._database.reading() as session:
            rows = session.execute(statement).all()
        return [Conversation(row[0], user, *row[1:]) for row in rows]

    def turns(self, user: str, conversation: str) -> list[KeptTurn]:
        """The turns of a conversation, oldest first. Raises NotFoundError."""
        with self._database.reading() as session:
            rows = _turns_of(session, user, conversation)
        if not rows:
            raise _no_conversation()
        return [kept(row) for row in rows]

    def turn(self, user: str, turn_id: str) -> KeptTurn:
        """Raises NotFoundError."""
        with self._database.reading() as session:
            row = session.scalar(select(TurnRow).where(TurnRow.id == turn_id, TurnRow.user_name == user))
        if row is None:
            raise no_turn()
        return kept(row)

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation with its feedback's link cut, not its feedback. Raises NotFoundError."""
        theirs = (TurnRow.user_name == user, TurnRow.conversation == conversation)
        with self._database.writing() as session:
            if not _turns_of(session, user, conversation, limit=1):
                raise _no_conversation()
            session.execute(delete(TurnRow).where(*theirs))

    def delete_all(self, user: str) -> int:
        """Delete every conversation of the user; how many there were."""
        with self._database.writing() as session:
            theirs = select(func.count(TurnRow.conversation.distinct())).where(TurnRow.user_name == user)
            number = session.scalar(theirs)
            session.execute(delete(TurnRow).where(TurnRow.user_name == user))
        return number or 0

    def forget(self, before: datetime.datetime | None) -> None:
        """Drop the turns asked before; all of them without a time."""
        old = delete(TurnRow)
        with self._database.writing() as session:
            session.execute(old if before is None else old.where(TurnRow.asked_at < before))


def kept(row: TurnRow) -> KeptTurn:
    """A row as it is given out; its answer says where it belongs."""
    answer = json.loads(row.answer) | {"id": row.id, "conversation": row.conversation}
    return KeptTurn(row.id, row.conversation, row.user_name, row.asked_at, row.question, answer)


def no_turn() -> NotFoundError:
    """The turn is another's, or was deleted."""
    return NotFoundError("Không có câu trả lời này trong lịch sử của bạn.", "Câu trả lời có thể đã được xóa.")


def _no_conversation() -> NotFoundError:
    return NotFoundError("Không có cuộc hỏi đáp này trong lịch sử của bạn.", "Hãy xem lại danh sách, hoặc hỏi mới.")


def _turns_of(session: Session, user: str, conversation: str, limit: int | None = None) -> list[TurnRow]:
    theirs = select(TurnRow).where(TurnRow.user_name == user, TurnRow.conversation == conversation)
    return list(session.scalars(theirs.order_by(TurnRow.number).limit(limit)))


def _folded_words(text: str) -> list[str]:
    return words(fold(normal_form(text)))
