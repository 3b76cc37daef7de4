"""The records that pass between the stages of the index. All are frozen."""

import datetime
import re
from dataclasses import dataclass
from typing import Self

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precisely as the document gives it: day, month or year (0 = not given)."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """`2020-09-10`, `2020-09` or `2020`; None when it is none of them."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            return None
        year, month, day = match.groups()
        try:
            datetime.date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return None
        return cls(int(year), int(month or 0), int(day or 0))

    def __str__(self) -> str:
        """ISO 8601, cut at the precision."""
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def vietnamese(self) -> str:
        """As officials write it: `10/9/2020`, `9/2020`, `2020`."""
        return "/".join(str(part) for part in (self.day, self.month, self.year) if part)


@dataclass(frozen=True, slots=True)
class Document:
    """One source document. `text` is the file's content, character for character."""

    id: str
    title: str
    source: str
    sha256: str
    text: str
    date: PartialDate | None = None
    provinces: tuple[str, ...] = ()
    event: str = ""
    publisher: str = ""

    @property
    def source_name(self) -> str:
        """The file name without its folders."""
        return self.source.rsplit("/", 1)[-1]

    def label(self) -> str:
        """Title, date and provinces on one line, for people."""
        parts = [self.title, self.date.vietnamese() if self.date else "", ", ".join(self.provinces)]
        return " – ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: `document.text[start:end] == text`."""

    id: str
    document_id: str
    start: int
    end: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the fused score and the scores it came from.

    `score` lies in 0..1 within one search; `dense` is the cosine, `lexical` the BM25 score,
    each None where that half of the search did not return the passage.
    """

    passage: Passage
    document: Document
    score: float
    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not indexed, and why (Vietnamese)."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one indexing run did; the names are the documents' sources."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    passages: int = 0
    seconds: float = 0.0
