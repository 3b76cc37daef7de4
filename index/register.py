"""The register of statements over all documents: filtered, in order, with what a person corrected."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.catalog import Catalog
from index.corrections import Corrections
from index.recipients import NATIONWIDE
from index.records import Document, Kind, Side, Statement
from index.vietnamese import fold, words

# Shares of words in common from which two recommendations say the same.
_ALIKE = 0.6
_LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements: empty means any. Dates are ISO, cut at their precision; both ends count.

    `nationwide` keeps what is said to all provinces beside what is said to those named.
    """

    provinces: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sides: tuple[Side, ...] = ()
    fields: tuple[str, ...] = ()
    speaker: str = ""
    since: str = ""
    until: str = ""
    document: str = ""
    nationwide: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with its document. `is_sure` is False where the kind is doubtful."""

    statement: Statement
    document: Document
    is_sure: bool
    is_corrected: bool = False

    @property
    def is_nationwide(self) -> bool:
        """Whether it is said to all provinces."""
        return self.statement.province == NATIONWIDE


class Register:
    """Every statement of a collection, as of one generation of the catalog."""

    def __init__(self, catalog: Catalog, corrections: Corrections, sure_from: float) -> None:
        """`sure_from` is the least confidence at which a kind counts as sure; a correction always does."""
        self._lines: list[Line] = []
        for document in catalog.documents():
            for statement, corrected in corrections.applied(document.source, catalog.statements_of(document.id)):
                sure = corrected or statement.confidence >= sure_from
                self._lines.append(Line(statement, document, sure, corrected))
        self._lines.sort(key=lambda line: (line.statement.date, line.document.id, line.statement.start))

    def lines(self, wanted: Wanted) -> list[Line]:
        """Those wanted, by date, document and place."""
        speaker = fold(wanted.speaker)
        return [line for line in self._lines if _fits(line.statement, wanted, speaker)]

    def grouped(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Lines that say the same in several documents together, in the order of the first of each."""
        groups: list[tuple[frozenset[str], list[Line]]] = []
        for line in lines:
            held = frozenset(words(fold(line.statement.text)))
            for about, group in groups:
                same_kind = group[0].statement.kind == line.statement.kind
                if same_kind and group[0].document.id != line.document.id and _are_alike(about, held):
                    group.append(line)
                    break
            else:
                groups.append((held, [line]))
        return [group for _, group in groups]


def _fits(statement: Statement, wanted: Wanted, speaker: str) -> bool:
    return (
        (not wanted.kinds or statement.kind in wanted.kinds)
        and (not wanted.sides or statement.speaker_side in wanted.sides)
        and (not wanted.fields or statement.field in wanted.fields)
        and (not wanted.document or statement.document_id == wanted.document)
        and (not wanted.provinces or _concerns(statement, wanted))
        and (not speaker or speaker in fold(f"{statement.speaker} {statement.title}"))
        and (not wanted.since or _last_day(statement.date) >= wanted.since)
        and (not wanted.until or bool(statement.date) and statement.date <= _last_day(wanted.until))
    )


def _concerns(statement: Statement, wanted: Wanted) -> bool:
    if statement.province == NATIONWIDE:
        return wanted.nationwide
    return bool(set(statement.province.split(", ")) & set(wanted.provinces))


def _last_day(date: str) -> str:
    """The last day that a date cut at its month or year may be."""
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < _LEAST_WORDS:
        return False
    return len(one & other) >= _ALIKE * len(one | other)


def plain_kind(kind: str) -> str:
    """A kind in Vietnamese."""
    return _KINDS[kind]


_KINDS = {
    "recommendation": "khuyến nghị",
    "commitment": "cam kết",
    "request": "kiến nghị",
    "enterprise_proposal": "đề xuất của doanh nghiệp",
    "directive_internal": "chỉ đạo nội bộ",
    "status": "hiện trạng",
    "opinion": "nhận định",
    "event": "sự kiện",
}
