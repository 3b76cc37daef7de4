"""The records that pass between the stages of the index. All are frozen."""

import bisect
import datetime
import re
from dataclasses import dataclass
from typing import Literal, Self, get_args

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


Field = Literal["title", "date", "number", "type", "issuer", "province", "person"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a document says about itself, and where: `text[start:end]` shows it; both are -1 where it stands elsewhere.

    `value` is a date as `PartialDate` writes it, a name, a number; `detail` a person's title. `basis` says in
    Vietnamese how it was found or from what it was inferred.
    """

    field: Field
    value: str
    basis: str
    start: int = -1
    end: int = -1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One source document.

    `sha256` is that of the text and its particulars: the revision. `text` is what its citations quote: a text file's
    content character for character, else what the loader read.
    `pages` are the offsets at which its pages begin, none for a file without pages. `others` are the sources of the
    same text under other names. `findings` tell where the particulars come from; `remarks` are for the reader
    (Vietnamese).
    """

    id: str
    title: str
    source: str
    sha256: str
    text: str
    date: PartialDate | None = None
    provinces: tuple[str, ...] = ()
    event: str = ""
    publisher: str = ""
    number: str = ""
    type: str = ""
    issuer: str = ""
    people: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def source_name(self) -> str:
        """The file name without its folders."""
        return self.source.rsplit("/", 1)[-1]

    def label(self) -> str:
        """Type and number, title, date and provinces on one line, for people."""
        official = " ".join(part for part in (self.type, self.number) if part and self.number)
        date = self.date.vietnamese() if self.date else ""
        return " – ".join(part for part in (official, self.title, date, ", ".join(self.provinces)) if part)

    def page_of(self, offset: int) -> int:
        """The number of the page (from 1) on which the character stands; 0 where the file has no pages."""
        return bisect.bisect_right(self.pages, offset)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document: `document.text[start:end] == text`. A caption belongs to a picture."""

    id: str
    document_id: str
    start: int
    end: int
    heading: str
    text: str
    is_caption: bool = False


Kind = Literal[
    "recommendation",
    "commitment",
    "request",
    "enterprise_proposal",
    "directive_internal",
    "status",
    "opinion",
    "event",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Side = Literal["ministry", "province", "enterprise", "narrator"]
SIDES: tuple[Side, ...] = get_args(Side)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says in a sentence or a clause: `document.text[start:end] == text`.

    `speaker` is a person's or an organ's name, empty where only the side is known, `title` the person's at that date.
    `province` may be several, joined by commas, or `*` for all of them; `date` is the document's, ISO, cut at its
    precision; `confidence` is the chance that the kind is right, `cues` name what decided most.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    kind: Kind
    speaker: str
    title: str
    speaker_side: Side
    recipient: str
    province: str
    date: str
    field: str
    figures: tuple[str, ...]
    deadline: str
    confidence: float
    cues: tuple[str, ...]


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
    """A file that was not indexed, and why, in Vietnamese and in English."""

    source: str
    reason: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What is known of a file: the document made of it, or why there is none. `indexed_at` is ISO 8601, local time."""

    source: str
    sha256: str
    document_id: str
    indexed_at: str
    reason: str = ""
    english: str = ""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What one indexing run did; the names are the files' sources.

    `same` are files that hold the very text of another one, with that one; `unused` those of them whose declared
    particulars are not used. `kept_out` were taken out on request. `similar` are pairs of documents (ids) whose texts
    are nearly alike, `alike` the groups (a file of each document) that such pairs join.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    kept_out: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    similar: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, ...], ...] = ()
    passages: int = 0
    seconds: float = 0.0
