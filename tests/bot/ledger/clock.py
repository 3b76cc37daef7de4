"""A clock that stands until it is set, and answers to keep."""

import datetime
from typing import Any

from bot.answer import Answer, AnswerSentence, Citation, Timings, Tokens

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
SECOND = datetime.timedelta(seconds=1)


class Clock:
    """Called, it tells its time."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime.datetime:
        return self.time

    def pass_by(self, span: datetime.timedelta) -> None:
        """Set it on."""
        self.time += span


def answer_of(question: str, text: str = "Sông Lam dành 2% ngân sách.", citations: int = 1, **changes: Any) -> Answer:
    """An answer of one sentence, with citations of as many invented documents."""
    fields: dict[str, Any] = {
        "question": question,
        "understood": question,
        "text": text,
        "abstained": False,
        "reason": "",
        "style": "quote",
        "sentences": (AnswerSentence(text, (1,), "verbatim"),),
        "citations": tuple(_citation(number) for number in range(1, citations + 1)),
        "evidence": (),
        "model": "thử",
        "settings": "thử",
        "timings_s": Timings(0.1, None, 0.2),
        "tokens": Tokens(),
    }
    return Answer(**(fields | changes))


def _citation(number: int) -> Citation:
    return Citation(
        number=number,
        document=f"tai-lieu-{number}",
        title="Làm việc với Sông Lam",
        source=f"tai-lieu-{number}.md",
        date="2020-05-12",
        provinces=("Sông Lam",),
        heading="",
        start=0,
        end=30,
        quote=f"Câu thứ {number} của tài liệu Sông Lam.",
    )
