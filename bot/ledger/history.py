"""Conversations of each user."""

from bot.answer import Answer
from bot.ledger.records import Conversation, KeptTurn


class History:
    """Nobody sees another's: what is not the user's own is not found."""

    def keep(self, user: str, answer: Answer, conversation: str = "") -> KeptTurn:
        """Keep an answer, in a conversation of the user's or in a new one. Raises NotFoundError for one not theirs."""
        raise NotImplementedError

    def conversations(self, user: str, containing: str = "", limit: int = 100) -> list[Conversation]:
        """The user's, latest first; those in whose questions or answers the words stand, however accented."""
        raise NotImplementedError

    def turns(self, user: str, conversation: str) -> list[KeptTurn]:
        """The turns of a conversation, oldest first. Raises NotFoundError."""
        raise NotImplementedError

    def turn(self, user: str, turn_id: str) -> KeptTurn:
        """Raises NotFoundError."""
        raise NotImplementedError

    def delete(self, user: str, conversation: str) -> None:
        """Delete a conversation with its feedback's link cut, not its feedback. Raises NotFoundError."""
        raise NotImplementedError

    def delete_all(self, user: str) -> int:
        """Delete every conversation of the user; how many there were."""
        raise NotImplementedError
