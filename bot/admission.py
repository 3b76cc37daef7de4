"""Whose turn it is: one question at a time goes to the model, users take turns, each one's questions in their order."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Iterator

from bot.errors import LLMBusyError


class Admission:
    """A bounded queue before the model. May be used from several threads.

    Users stand in a ring. Whose question was answered goes to its end, so that nobody waits for more than one question
    of each other user before the next of their own.
    """

    def __init__(self, most_waiting: int, wait_s: float) -> None:
        """At most so many wait, each at most so long."""
        self._most_waiting = most_waiting
        self._wait_s = wait_s
        self._changed = threading.Condition()
        self._ring: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._at_work: Turn | None = None

    def join(self, user: str) -> "Turn":
        """A place in the queue, to be left in any case. Raises LLMBusyError when the queue is full."""
        with self._changed:
            turn = Turn(self, user, time.monotonic() + self._wait_s)
            if self._at_work is not None and self.waiting >= self._most_waiting:
                raise LLMBusyError(
                    f"Mô hình đang bận và đã có {self.waiting} câu hỏi chờ trước.", "Hãy hỏi lại sau ít phút."
                )
            self._ring.setdefault(user, deque()).append(turn)
            self._advance()
            return turn

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return sum(map(len, self._ring.values()))

    @property
    def is_idle(self) -> bool:
        """Whether nobody is at work or waits."""
        with self._changed:
            return self._at_work is None and not self._ring

    def _advance(self) -> None:
        """Let the next one in when nobody is at work; who goes in stays first in the ring until the work is done."""
        if self._at_work is None and self._ring:
            self._at_work = next(iter(self._ring.values())).popleft()
        self._changed.notify_all()

    def _leave(self, turn: "Turn") -> None:
        with self._changed:
            held = self._ring.get(turn.user)
            if self._at_work is turn:
                self._at_work = None
                self._ring.move_to_end(turn.user)
            elif held and turn in held:
                held.remove(turn)
            else:
                return
            if not held and (self._at_work is None or self._at_work.user != turn.user):
                del self._ring[turn.user]
            self._advance()

    def _place(self, turn: "Turn") -> int:
        """How many go before: the one at work, and who the ring brings first. 0 for the one at work."""
        if self._at_work is None or self._at_work is turn:
            return 0
        # The user at work is first in the ring now, and last when it is the turn of another.
        users = [*[*self._ring][1:], self._at_work.user]
        own, place = users.index(turn.user), self._ring[turn.user].index(turn)
        rounds = ((number, len(self._ring[user])) for number, user in enumerate(users))
        return 1 + sum(min(held, place + (number < own)) for number, held in rounds)

    def _wait(self, turn: "Turn", told: int | None, beat_s: float) -> int:
        """The place once it is another than was `told`, or after a beat. Raises LLMBusyError."""
        beat = time.monotonic() + beat_s
        with self._changed:
            while (place := self._place(turn)) and place == told:
                left_s = min(beat, turn.deadline) - time.monotonic()
                if left_s <= 0:
                    break
                self._changed.wait(left_s)
            if place and time.monotonic() >= turn.deadline:
                raise LLMBusyError(
                    f"Sau {self._wait_s:g} giây chờ, mô hình vẫn đang trả lời câu hỏi khác.", "Hãy hỏi lại sau ít phút."
                )
            return place


class Turn:
    """A place in the queue, and then the turn."""

    def __init__(self, admission: Admission, user: str, deadline: float) -> None:
        """`deadline` is that of the monotonic clock."""
        self.user = user
        self.deadline = deadline
        self._admission = admission

    def places(self, beat_s: float) -> Iterator[int]:
        """How many questions go before, whenever that changes and every beat, until none does.

        Raises LLMBusyError after too long a wait.
        """
        told = None
        while told := self._admission._wait(self, told, beat_s):
            yield told

    def leave(self) -> None:
        """Make room for the next, whether it was at work or waits; leaving again changes nothing."""
        self._admission._leave(self)
