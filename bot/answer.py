"""The answer and its parts, as records."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.evidence import Evidence, place_line
from index.vietnamese import tidy

Verdict = Literal["verbatim", "verified", "unsupported", "unchecked"]
Style = Literal["quote", "write", "none"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a document: `document.text[start:end] == quote`.

    `number` stands in the answer as `[n]`; `date` is ISO 8601, cut at its precision; `page` counts from 1, 0 where the
    document has no pages; a caption belongs to a picture.
    """

    number: int
    document: str
    title: str
    source: str
    date: str
    provinces: tuple[str, ...]
    heading: str
    start: int
    end: int
    quote: str
    page: int = 0
    is_caption: bool = False

    def where(self) -> str:
        """Date, provinces, page and the last heading, for people."""
        return place_line(self.date, self.provinces, self.heading, self.page, is_caption=self.is_caption)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of the answer, the numbers of its citations, and what the check of it found."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds since the question came in; None where that stage was not reached."""

    evidence: float | None = None
    first_token: float | None = None
    total: float | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens that the model read (those of a cached prefix too) and wrote; None where the model does not tell."""

    prompt: int | None = None
    output: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything about one answer.

    `style` says how it was made: sentences quoted, written by the model, or none of them (not found).
    `notice` is for the reader (Vietnamese): what was not as usual; `notes` tell how the question was read.
    `dropped` holds what the checks threw out. `id` is the turn in the history, and `conversation` what it belongs to;
    both are empty where nothing is kept.
    """

    question: str
    understood: str
    text: str
    abstained: bool
    reason: str
    style: Style
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    model: str
    settings: str
    timings_s: Timings
    tokens: Tokens
    notice: str = ""
    notes: tuple[str, ...] = ()
    support: float | None = None
    dropped: tuple[str, ...] = field(default=())
    is_cached: bool = False
    id: str = ""
    conversation: str = ""

    def read_as(self) -> str:
        """The question as it was understood, for people; it says so where that is not what was typed."""
        same = self.understood == tidy(self.question)
        return f"Câu hỏi: {self.understood}" if same else f"Đã hiểu câu hỏi là: {self.understood}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """First event of an answer: what was found, before any model runs."""

    evidence: tuple[Evidence, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """`place` questions are to be answered before the model turns to this one; 0 once it is at work.

    Told whenever that changes, and again every half second, so that who listens can leave.
    """

    place: int


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of the answer's text, to be shown after the pieces before it."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Last event: the whole answer. Its text replaces the pieces shown so far."""

    answer: Answer


Event = EvidenceFound | Waiting | TextPiece | Finished
