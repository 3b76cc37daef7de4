"""A question under way: what is known of it, and the answer that comes of it."""

import time
from dataclasses import dataclass, field

from langchain_core.callbacks import UsageMetadataCallbackHandler

from bot.answer import Answer, Style, Timings, Tokens
from bot.compose import Composed
from bot.evidence import Evidence
from bot.fit import Asked
from bot.question import Question
from index.reading import Reading


@dataclass(frozen=True)
class Run:
    """What is known of a question under way; `started` is of `time.perf_counter`."""

    question: Question
    reading: Reading
    asked: Asked
    user: str
    started: float
    evidence: tuple[Evidence, ...]
    evidence_s: float
    first_token_s: float | None = None
    support: float | None = None
    notice: str = ""
    meter: UsageMetadataCallbackHandler = field(default_factory=UsageMetadataCallbackHandler)

    def answer(self, composed: Composed, style: Style, model: str, settings: str) -> Answer:
        """The whole answer, timed until now; `settings` is their digest."""
        return Answer(
            question=self.question.typed,
            understood=self.reading.text,
            notes=self.reading.notes,
            text=composed.text,
            abstained=False,
            reason="",
            style=style,
            sentences=composed.sentences,
            citations=composed.citations,
            evidence=self.evidence,
            model=model,
            settings=settings,
            timings_s=Timings(self.evidence_s, self.first_token_s, time.perf_counter() - self.started),
            tokens=self._tokens(),
            notice=self.notice,
            support=self.support,
            dropped=composed.dropped,
        )

    def _tokens(self) -> Tokens:
        used = self.meter.usage_metadata.values()
        if not used and self.first_token_s is not None:
            return Tokens()
        return Tokens(sum(one["input_tokens"] for one in used), sum(one["output_tokens"] for one in used))
