"""What users think of answers."""

from collections.abc import Iterator

from bot.ledger.records import Feedback, KeptTurn, Opinion


class FeedbackBook:
    """Feedback outlives the history it was given on: it keeps its own copy of the question and the answer."""

    def give(self, user: str, turn: KeptTurn, opinion: Opinion, reason: str = "", citation: int = 0) -> Feedback:
        """Keep it; a second opinion of the same user on the same turn and citation replaces the first."""
        raise NotImplementedError

    def all(self, opinions: tuple[Opinion, ...] = ()) -> Iterator[tuple[Feedback, KeptTurn]]:
        """Every feedback of these opinions (all when empty) with what it is about, oldest first."""
        raise NotImplementedError
