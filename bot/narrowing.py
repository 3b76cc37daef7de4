"""What lies within what a reader narrowed a question down to: lines of the register, sentences, passages, documents."""

from collections.abc import Sequence

from bot.evidence import shown_date
from bot.within import Within
from index.provinces import older_parts
from index.records import Document
from index.register import Line, Register, Wanted, last_day, plain_kind


class Narrowing:
    """The filter over one register.

    A line counts by itself; one that names no province by its document's, and one said to all provinces for each.
    A sentence counts by its lines; one without any by its document, unless a kind or a field is asked for.
    """

    def __init__(self, within: Within, register: Register) -> None:
        self._within = within
        self._register = register
        parts = (part for name in within.provinces for part in older_parts(name))
        self._provinces = frozenset([*within.provinces, *parts])
        wanted = Wanted(kinds=within.kinds, fields=within.fields, since=within.since, until=within.until)
        self._fitting = {line.statement.id for line in register.lines(wanted)}
        self._by_itself = {one.id for one in register.documents.values() if self._holds_by_itself(one)}

    def holds_line(self, line: Line) -> bool:
        """Whether a line of the register is within."""
        return line.statement.id in self._fitting and self._is_here(line)

    def holds(self, document: Document, said: Sequence[Line]) -> bool:
        """Whether a sentence with these lines is within."""
        return any(map(self.holds_line, said)) or (not said and document.id in self._by_itself)

    def holds_passage(self, document_id: str, start: int, end: int) -> bool:
        """Whether a stretch of a document may hold sentences that are within."""
        if document_id in self._by_itself:
            return True
        return any(map(self.holds_line, self._register.over(document_id, start, end)))

    def documents(self) -> list[Document]:
        """The documents that hold anything that is within."""
        return [
            document
            for document in self._register.documents.values()
            if self.holds_passage(document.id, 0, len(document.text))
        ]

    def text(self) -> str:
        """The filter in Vietnamese."""
        within = self._within
        told = (
            ("địa phương", ", ".join(within.provinces)),
            ("từ", shown_date(within.since) or within.since),
            ("đến hết", shown_date(within.until) or within.until),
            ("lĩnh vực", ", ".join(within.fields)),
            ("loại ý kiến", ", ".join(map(plain_kind, within.kinds))),
        )
        return "; ".join(f"{name}: {value}" for name, value in told if value)

    def _is_here(self, line: Line) -> bool:
        if not self._provinces or line.is_nationwide:
            return True
        return not self._provinces.isdisjoint(line.provinces or line.document.provinces)

    def _holds_by_itself(self, document: Document) -> bool:
        """Whether sentences of a document are within of which the register knows nothing."""
        within, date = self._within, str(document.date or "")
        return (
            not (within.kinds or within.fields)
            and not (self._provinces and self._provinces.isdisjoint(document.provinces))
            and (not within.since or last_day(date) >= within.since)
            and (not within.until or (bool(date) and date <= last_day(within.until)))
        )


def nothing_within(reason: str, narrowing: Narrowing | None) -> str:
    """Why nothing was found, and that a filter was in force, if it was."""
    if narrowing is None:
        return reason
    return f"{reason} Bộ lọc đang dùng – {narrowing.text()}; hãy bỏ bớt bộ lọc rồi hỏi lại nếu cần tìm rộng hơn."
