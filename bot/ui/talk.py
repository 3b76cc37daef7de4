"""What a page remembers of its conversation between two events, and what is kept of it in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from bot.answer import Answer
from bot.errors import NotFoundError
from bot.followup import Turn
from bot.identity import Identity
from bot.ledger.records import KeptTurn

_MOST_ANSWERS = 60
_LOOKED_BACK = 6
_READER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class Talk:
    """The answers so far, oldest first, and the id of the conversation they are kept in, if they are.

    `owner` is whose it is: a session of another user's, by whatever means, gets nothing of it.
    """

    owner: str = ""
    conversation: str = ""
    answers: tuple[Answer, ...] = ()

    def of(self, who: Identity) -> "Talk":
        """The same where it is the user's, else a new one."""
        return self if self.owner == who.name else Talk(who.name)

    def after(self, answer: Answer) -> "Talk":
        """With one answer more."""
        return Talk(self.owner, answer.conversation or self.conversation, (*self.answers, answer)[-_MOST_ANSWERS:])

    def without(self, conversation: str) -> "Talk":
        """As it goes on when a conversation is deleted; empty stands for all."""
        return Talk(self.owner, "", self.answers) if conversation in ("", self.conversation) else self

    def turns(self) -> list[Turn]:
        """What a follow-up looks back at."""
        asked = [answer for answer in self.answers if answer.reason != "small_talk"]
        return [Turn(answer.understood, answer.text) for answer in asked[-_LOOKED_BACK:]]


def resumed(who: Identity, conversation: str, kept: Sequence[KeptTurn]) -> Talk:
    """A kept conversation, to be gone on with. Raises NotFoundError where nothing of it can be read."""
    answers = tuple(answer_of(turn) for turn in kept)
    if not answers:
        raise NotFoundError("Câu chuyện này không có câu hỏi nào.", "Hãy chọn câu chuyện khác.")
    return Talk(who.name, conversation, answers[-_MOST_ANSWERS:])


def answer_of(kept: KeptTurn) -> Answer:
    """A kept answer as it was, knowing where it is kept. Raises NotFoundError where it cannot be read any more."""
    try:
        return _READER.validate_python({**kept.answer, "id": kept.id, "conversation": kept.conversation})
    except ValidationError as exc:
        raise NotFoundError(
            "Câu trả lời đã lưu không còn đọc được.", "Dữ liệu có thể do phiên bản khác ghi; hãy hỏi lại câu này."
        ) from exc
