"""An answer as the API describes it: the fields of `bot.answer.Answer`, with what they mean."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.answer import Style, Verdict
from index.records import Kind, Side

_DATE = "ISO 8601, cut at its precision; empty where unknown."


def _storable(text: str) -> str:
    """Neither half a character nor the one that databases refuse."""
    if "\x00" in text or text != text.encode("utf-8", "ignore").decode():
        raise ValueError("not well-formed text")
    return text


# Text that a client sends.
Text = Annotated[str, AfterValidator(_storable)]


class Body(BaseModel):
    """What a client sends: nothing beside what is described, and of the types that are described."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Shown(BaseModel):
    """What the API tells, read off our records."""

    model_config = ConfigDict(from_attributes=True)


class StatementShown(Shown):
    """What somebody says in a sentence of a document: `text` of the document from `start` to `end`."""

    id: str = Field(description="Its id in the register.")
    document_id: str = Field(description="The document.")
    start: int = Field(description="First character in the document, from 0.")
    end: int = Field(description="One past the last character.")
    text: str = Field(description="The words, verbatim.")
    kind: Kind = Field(description="What kind of statement it is.")
    speaker: str = Field(description="Who says it; empty where only the side is known.")
    title: str = Field(description="The speaker's title at that date.")
    speaker_side: Side = Field(description="For whom the speaker speaks.")
    recipient: str = Field(description="To whom.")
    province: str = Field(description="Provinces, parted by commas; `*` for all of them.")
    date: str = Field(description=_DATE)
    field: str = Field(description="The field of work.")
    figures: tuple[str, ...] = Field(description="Figures named.")
    deadline: str = Field(description="By when, as the document says it.")
    confidence: float = Field(description="The chance that the kind is right.")
    cues: tuple[str, ...] = Field(description="What decided the kind.")


class EvidenceShown(Shown):
    """A sentence that was found: `text` of the document from `start` to `end`."""

    document: str = Field(description="The document's id.", examples=["song-lam"])
    title: str = Field(description="The document's title.")
    source: str = Field(description="The name of its file.")
    date: str = Field(description=_DATE)
    provinces: tuple[str, ...] = Field(description="The document's provinces.")
    heading: str = Field(description="The headings above it.")
    start: int = Field(description="First character in the document, from 0.")
    end: int = Field(description="One past the last character.")
    text: str = Field(description="The words, verbatim.")
    score: float = Field(description="How well it fits, 0 to 1.")
    overlap: float = Field(description="The share of the question's words that it holds, by rarity.")
    cosine: float = Field(description="Likeness of its passage to the question; 0 where it was not looked at.")
    page: int = Field(0, description="From 1; 0 where the document has no pages.")
    is_caption: bool = Field(False, description="Whether it belongs to a picture.")
    said: tuple[StatementShown, ...] = Field((), description="What the register knows of it.")
    place: str = Field("", description="The province, or of several speakers the one, asked for that it is of.")
    likelihood: float | None = Field(None, description="How likely it holds what is asked for, 0 to 1.")


class CitationShown(Shown):
    """A place in a document: `quote` is its text from `start` to `end`."""

    number: int = Field(description="Stands in the answer as `[n]`.", examples=[1])
    document: str = Field(description="The document's id.", examples=["song-lam"])
    title: str = Field(description="The document's title.")
    source: str = Field(description="The name of its file.")
    date: str = Field(description=_DATE, examples=["2020-05-12"])
    provinces: tuple[str, ...] = Field(description="The document's provinces.")
    heading: str = Field(description="The headings above it.")
    start: int = Field(description="First character in the document, from 0.", examples=[52])
    end: int = Field(description="One past the last character.", examples=[129])
    quote: str = Field(description="The words, verbatim.")
    page: int = Field(0, description="From 1; 0 where the document has no pages.")
    is_caption: bool = Field(False, description="Whether it belongs to a picture.")


class SentenceShown(Shown):
    """A sentence of the answer and what the check of it found."""

    text: str = Field(description="The sentence.")
    citations: tuple[int, ...] = Field(description="The numbers of its citations.")
    verdict: Verdict = Field(description="Quoted word for word, verified, not supported, or not checked.")


class TimingsShown(Shown):
    """Seconds since the question came in; null where that stage was not reached."""

    evidence: float | None = Field(None, description="Until the evidence was found.")
    first_token: float | None = Field(None, description="Until the model said something.")
    total: float | None = Field(None, description="Until the answer was whole.")


class TokensShown(Shown):
    """Tokens of the model; null where it does not tell."""

    prompt: int | None = Field(None, description="Read.")
    output: int | None = Field(None, description="Written.")


class AnswerShown(Shown):
    """Everything about one answer."""

    question: str = Field(description="As it was typed.", examples=["song lam danh bao nhieu % ngan sach"])
    understood: str = Field(
        description="As it was understood, with its diacritics.", examples=["sông lam dành bao nhiêu % ngân sách"]
    )
    text: str = Field(description="The answer, with the numbers of its citations.", examples=["… 3% ngân sách … [1]"])
    abstained: bool = Field(description="Whether nothing was found that answers it.")
    reason: str = Field(description="Why not; empty for an answer.", examples=["off_topic"])
    style: Style = Field(description="Sentences quoted, written by the model, or none of them.")
    sentences: tuple[SentenceShown, ...] = Field(description="The answer, sentence by sentence.")
    citations: tuple[CitationShown, ...] = Field(description="Where they stand in the documents.")
    evidence: tuple[EvidenceShown, ...] = Field(description="Everything that was found, the best first.")
    model: str = Field(description="The model that helped.")
    settings: str = Field(description="Changes when a setting that can change an answer does.")
    timings_s: TimingsShown = Field(description="How long it took.")
    tokens: TokensShown = Field(description="What the model read and wrote.")
    notice: str = Field("", description="What was not as usual, for the reader (Vietnamese).")
    notes: tuple[str, ...] = Field((), description="How the question was read (Vietnamese).")
    support: float | None = Field(None, description="The model's own odds that the evidence answers the question.")
    dropped: tuple[str, ...] = Field((), description="What the checks threw out.")
    is_cached: bool = Field(False, description="Whether the same question was answered before.")
    id: str = Field("", description="The turn in the history; empty where nothing is kept. Feedback names it.")
    conversation: str = Field("", description="What the turn belongs to; sent back, the next question follows up.")


class EvidenceEvent(Shown):
    """`evidence`: first, before any model runs."""

    evidence: tuple[EvidenceShown, ...] = Field(description="What was found, the best first.")
    seconds: float = Field(description="Since the question came in.")


class WaitingEvent(Shown):
    """`waiting`: the model is busy."""

    place: int = Field(description="So many questions are answered first.")


class TextEvent(Shown):
    """`text`: a piece of the answer, to be shown behind the pieces before it."""

    text: str = Field(description="The piece.")


class SentenceEvent(BaseModel):
    """`sentence`: a sentence of the whole answer, with its verdict and the places that it cites."""

    text: str = Field(description="The sentence.")
    verdict: Verdict = Field(description="What the check of it found.")
    citations: list[CitationShown] = Field(description="Where it stands, with the document and the characters.")
