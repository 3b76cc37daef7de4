"""What a run keeps: one row a question and way of typing, and what the run was made with. All are frozen."""

from dataclasses import dataclass
from typing import Literal

from bot.answer import Answer
from evals.retype import Typing

Suite = Literal["retrieval", "answers", "all"]
SplitChoice = Literal["dev", "test", "all"]


@dataclass(frozen=True, slots=True)
class Found:
    """A place that a search returned: `text[start:end]` of a document, given by its file name."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchRow:
    """What a search found, best first; `error` is empty unless it failed."""

    id: str
    typing: Typing
    asked: str
    found: tuple[Found, ...]
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What a question got. `answer` is None and `error` says why when it failed."""

    id: str
    typing: Typing
    asked: str
    answer: Answer | None
    seconds: float
    error: str = ""


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What was asked, of whom, with what, where and when.

    `inputs` is a digest of code, questions and documents: a run is resumed only with the same. Times are ISO 8601, UTC;
    `finished` is empty while a run is under way. A question that takes longer than `limit_s` counts as failed.
    """

    system: str
    suite: Suite
    split: SplitChoice
    only: tuple[str, ...]
    limit: int
    model: str
    settings: str
    inputs: str
    started: str
    finished: str
    limit_s: float
    questions: int
    versions: dict[str, str]
    machine: dict[str, str]

    def same_task(self, other: "RunInfo") -> bool:
        """Whether the other run asks the same questions of the same system in the same state."""
        names = ("system", "suite", "split", "only", "limit", "model", "settings", "inputs", "versions", "machine")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def title(self) -> str:
        """System, suite, split and selection on one line."""
        selection = [*self.only, *([f"{self.limit} questions"] if self.limit else [])]
        return " · ".join([self.system, self.suite, self.split, *selection])
