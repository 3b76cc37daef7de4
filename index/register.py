"""The register of statements over all documents: filtered, in order, with what a person corrected."""

import bisect
import math
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.catalog import Catalog
from index.corrections import Corrections
from index.identities import Identities
from index.lines import LIST_ITEM
from index.recipients import NATIONWIDE
from index.records import Document, Kind, Side, Statement
from index.units import said_of, written_out
from index.vietnamese import fold, normal_form, words

# Shares of words in common from which two recommendations say the same.
_ALIKE = 0.6
_LEAST_WORDS = 5
_LIST_LINES = 15
_UNIT = re.compile(
    r"(?:(?:Cục|Vụ|Viện)(?! [Tt]rưởng)|Học viện|Trung tâm|Tập đoàn|Tổng công ty|Công ty|Hiệp hội) [^,(]+"
)
_NEGATIONS = frozenset(["không", "chưa", "đừng", "chớ", "chẳng"])


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
    sure_only: bool = False


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

    @property
    def provinces(self) -> tuple[str, ...]:
        """Those it names; none where it is said to all or to none."""
        return () if self.is_nationwide else tuple(filter(None, self.statement.province.split(", ")))


class Register:
    """Every statement of a collection, as of one generation of the catalog."""

    def __init__(self, catalog: Catalog, corrections: Corrections, sure_from: float) -> None:
        """`sure_from` is the least confidence at which a kind counts as sure; a correction always does."""
        self.documents = {document.id: document for document in catalog.documents()}
        self._lines: list[Line] = []
        for document in self.documents.values():
            read = catalog.statements_of(document.id)
            # A writer may have replaced the document since it was read.
            standing = [one for one in read if document.text[one.start : one.end] == one.text]
            for statement, corrected in corrections.applied(document.source, standing, document.others):
                sure = corrected or statement.confidence >= sure_from
                self._lines.append(Line(statement, document, sure, corrected))
        self._lines.sort(key=lambda line: (line.statement.date, line.document.id, line.statement.start))
        self._of_document: dict[str, list[Line]] = {}
        for line in self._lines:
            self._of_document.setdefault(line.document.id, []).append(line)
        self._bags: dict[tuple[str, str, str], tuple[frozenset[str], ...]] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def provinces(self) -> list[str]:
        """Every province that a statement concerns, as documents spell it."""
        return sorted({name for line in self._lines for name in line.provinces})

    @cached_property
    def speakers(self) -> dict[str, Side]:
        """Every person and unit that says something, and the units of titles, with the side each mostly speaks for.

        An abbreviated name is there written out, too.
        """
        counts = Counter(
            (name.strip(), line.statement.speaker_side)
            for line in self._lines
            for name in (line.statement.speaker, *_UNIT.findall(line.statement.title))
        )
        sides = {name: side for (name, side), _ in reversed(counts.most_common()) if name}
        return {written_out(name): side for name, side in sides.items()} | sides

    @cached_property
    def identities(self) -> Identities:
        """Every person and unit that says something, once, by number of statements."""
        return Identities((line.statement, line.document) for line in self._lines)

    def called(self, name: str) -> frozenset[str]:
        """Who is meant by a name, a title or a unit, which its head speaks for: as documents name these speakers."""
        return frozenset(self.identities.called(name))

    def over(self, document_id: str, start: int, end: int) -> list[Line]:
        """What is said in a stretch of a document, in order."""
        of_document = self._of_document.get(document_id, [])
        return [line for line in of_document if line.statement.start < end and start < line.statement.end]

    def lead_of(self, line: Line) -> Line | None:
        """The line that leads to the list of which a line is an item, if it is one."""
        if not LIST_ITEM.match(line.statement.text):
            return None
        for before in reversed(self._before(line)):
            if before.statement.text.rstrip().endswith(":"):
                return before
            if not LIST_ITEM.match(before.statement.text):
                return None
        return None

    def is_lead(self, line: Line) -> bool:
        """Whether a line only leads to the list below it."""
        of_document = self._of_document[line.document.id]
        place = bisect.bisect_right(of_document, line.statement.start, key=lambda one: one.statement.start)
        behind = of_document[place].statement.text if place < len(of_document) else ""
        return line.statement.text.rstrip().endswith(":") and bool(LIST_ITEM.match(behind))

    def above(self, line: Line) -> str:
        """What a line hangs on: the lead of its list, or the sentence before it in its paragraph; else nothing."""
        if lead := self.lead_of(line):
            return lead.statement.text
        last = next(reversed(self._before(line)), None)
        if last is None or "\n" in line.document.text[last.statement.end : line.statement.start]:
            return ""
        return last.statement.text

    def _before(self, line: Line) -> list[Line]:
        of_document = self._of_document[line.document.id]
        place = bisect.bisect_left(of_document, line.statement.start, key=lambda one: one.statement.start)
        return of_document[max(0, place - _LIST_LINES) : place]

    def lines(self, wanted: Wanted) -> list[Line]:
        """Those wanted, by date, document and place.

        A speaker's words typed without marks are found under any marks, words typed with marks only under these; a
        person or unit is found under every name of theirs, with the title that a document gives.
        """
        fitting = [
            line
            for line in self._lines
            if (line.is_sure or not wanted.sure_only)
            and _fits(line.statement, wanted)
            and (not wanted.provinces or _concerns(line, wanted))
        ]
        return self._said_by(wanted.speaker, fitting) if wanted.speaker.strip() else fitting

    def _said_by(self, speaker: str, lines: Sequence[Line]) -> list[Line]:
        """Those of the lines that a speaker says, by words of names and titles."""
        name = said_of(speaker)
        typed = [{*words(form.lower())} for form in (normal_form(name), written_out(name))]
        return [
            line
            for line in lines
            if self.identities.speaks_for(name, line.statement, line.document)
            or any(one <= bag for bag in self._bags_of(line) for one in typed)
        ]

    def _bags_of(self, line: Line) -> tuple[frozenset[str], ...]:
        """The words of each name of a line's speaker with the title at that date."""
        statement = line.statement
        identity = self.identities.of(statement, line.document)
        place = statement.speaker, statement.title, identity.name if identity else ""
        if place not in self._bags:
            names = dict.fromkeys([statement.speaker, *(identity.names if identity else ())])
            self._bags[place] = tuple(_both_ways(f"{name} {statement.title}") for name in names)
        return self._bags[place]

    def grouped(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Lines that say the same in several documents together, in the order of the first of each.

        They are of one kind, side and province, and agree in their figures and negations.
        """
        held = [frozenset(words(fold(line.statement.text))) for line in lines]
        counts = Counter(word for one in held for word in one)
        groups: list[tuple[frozenset[str], list[Line]]] = []
        by_rare_word: dict[Hashable, list[int]] = {}
        for line, one in zip(lines, held, strict=True):
            # Two that are alike share one of their rarest words: there are only so many that they may differ in.
            rare = sorted(one, key=lambda word: (counts[word], word))[: len(one) - math.ceil(_ALIKE * len(one)) + 1]
            unlike = _unlike_in(line)
            places = [(word, unlike) for word in rare]
            for number in sorted({number for place in places for number in by_rare_word.get(place, ())}):
                about, group = groups[number]
                if _are_alike(about, one) and all(line.document.id != other.document.id for other in group):
                    group.append(line)
                    break
            else:
                for place in places:
                    by_rare_word.setdefault(place, []).append(len(groups))
                groups.append((one, [line]))
        return [group for _, group in groups]


def faults(document: Document, statements: Sequence[Statement]) -> Iterator[str]:
    """What is wrong with where a document's statements stand, in Vietnamese; nothing when all is well."""
    last: Statement | None = None
    for one in sorted(statements, key=lambda one: (one.start, one.end)):
        if not 0 <= one.start < one.end <= len(document.text) or document.text[one.start : one.end] != one.text:
            yield f"{one.id}: đoạn trích không đúng với nguyên văn tại ký tự {one.start}–{one.end}"
        if last and one.start < last.end:
            yield f"{one.id}: chồng lên {last.id} tại ký tự {one.start}–{min(one.end, last.end)}"
        last = one if last is None or one.end > last.end else last


def _fits(statement: Statement, wanted: Wanted) -> bool:
    return (
        (not wanted.kinds or statement.kind in wanted.kinds)
        and (not wanted.sides or statement.speaker_side in wanted.sides)
        and (not wanted.fields or statement.field in wanted.fields)
        and (not wanted.document or statement.document_id == wanted.document)
        and (not wanted.since or last_day(statement.date) >= wanted.since)
        and (not wanted.until or (bool(statement.date) and statement.date <= last_day(wanted.until)))
    )


def _concerns(line: Line, wanted: Wanted) -> bool:
    return wanted.nationwide if line.is_nationwide else any(name in wanted.provinces for name in line.provinces)


def last_day(date: str) -> str:
    """The last day that a date cut at its month or year may be."""
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")


def _both_ways(name: str) -> frozenset[str]:
    typed = f"{normal_form(name)} {written_out(name)}".lower()
    return frozenset([*words(typed), *words(fold(typed))])


def _unlike_in(line: Line) -> Hashable:
    """Where two lines differ in this they do not say the same, however many words they share."""
    said = words(normal_form(line.statement.text).lower())
    telling = frozenset(word for word in said if word[0].isdigit() or word in _NEGATIONS)
    return line.statement.kind, line.statement.speaker_side, line.statement.province, telling


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < _LEAST_WORDS:
        return False
    return len(one & other) >= _ALIKE * len(one | other)


def plain_kind(kind: str) -> str:
    """A kind in Vietnamese."""
    return _KINDS[kind]


def plain_side(side: str) -> str:
    """A speaker's side in Vietnamese."""
    return _SIDES[side]


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
_SIDES = {"ministry": "Bộ", "province": "địa phương", "enterprise": "doanh nghiệp", "narrator": "người viết"}
