"""Answers that were given before, for the same question over the same documents."""

import datetime
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece, Timings, Tokens
from bot.live_register import Stamp
from bot.within import Within
from index.reading import Reading

_SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Key:
    """All that an answer depends on. The reading stands by itself, whatever was said before it.

    `today` counts for "năm nay"; `is_hostile` for a question that speaks to the assistant itself.
    """

    reading: Reading
    within: Within
    generation: int
    stamp: Stamp
    settings: str
    today: datetime.date
    is_hostile: bool = False


class AnswerCache:
    """The answers last asked for, up to a number; none are kept when that is 0. May be used from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Key) -> Answer | None:
        """The answer to just that, if it is held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Key, answer: Answer) -> None:
        """Hold an answer, unless something was not as usual: then the next time may be better."""
        if not self._most or answer.notice or answer.reason == _SMALL_TALK:
            return
        with self._lock:
            self._held[key] = answer
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


def replayed(answer: Answer, question: str, seconds: float) -> Iterator[Event]:
    """The events of an answer once more, for a question typed anew that took so long until now."""
    yield EvidenceFound(answer.evidence, seconds)
    for line in answer.text.splitlines(keepends=True):
        yield TextPiece(line)
    timings, tokens = Timings(evidence=seconds, total=seconds), Tokens(0, 0)
    yield Finished(replace(answer, question=question, timings_s=timings, tokens=tokens, is_cached=True))
