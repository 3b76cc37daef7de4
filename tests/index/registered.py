"""Statements of invented documents, put into a catalogue for the register's tests."""

from typing import Any

from index.catalog import Catalog
from index.records import Document, FileEntry, PartialDate, Statement
from index.register import Register, Wanted

BUDGET = "Sông Lam nên dành 3% ngân sách cho chuyển đổi số."
SERVERS = "Các tỉnh nên thuê máy chủ, không tự mua."
DONE = "Sông Lam đã có 12 trạm phát sóng."


def document_of(name: str, *quotes: str, date: str = "2020-09-10") -> Document:
    return Document(name, f"Họp {name}", f"/kho/{name}.md", "0" * 64, "\n".join(quotes), PartialDate.parse(date))


def statement_of(document: Document, number: int, start: int, end: int, **changes: Any) -> Statement:
    particulars: dict[str, Any] = {
        "kind": "recommendation",
        "speaker": "Trần Hùng Sơn",
        "title": "Thứ trưởng",
        "speaker_side": "ministry",
        "recipient": "tỉnh Sông Lam",
        "province": "Sông Lam",
        "date": str(document.date or ""),
        "field": "chuyển đổi số",
        "figures": (),
        "deadline": "",
        "confidence": 0.9,
        "cues": (),
    }
    identifier = f"{document.id}@0!{number}"
    return Statement(identifier, document.id, start, end, document.text[start:end], **(particulars | changes))


def put(catalog: Catalog, document: Document, *changes: dict[str, Any]) -> list[Statement]:
    """A document with a statement for each of its lines."""
    statements, start = [], 0
    for number, quote in enumerate(document.text.split("\n")):
        given = changes[number] if number < len(changes) else {}
        statements.append(statement_of(document, number, start, start + len(quote), **given))
        start += len(quote) + 1
    catalog.replace(document, [], FileEntry(document.source, "0", document.id, "2026-01-01T08:00:00"), statements)
    return statements


def fill(catalog: Catalog) -> None:
    """Two documents: one of September 2020, one of the year 2021 of which the day is not known."""
    first = {"figures": ("3% ngân sách",)}
    everywhere = {"province": "*", "recipient": "các tỉnh", "field": "hạ tầng số", "confidence": 0.5}
    done = {"kind": "status", "speaker": "", "title": "", "speaker_side": "province"}
    put(catalog, document_of("a", BUDGET, SERVERS, DONE), first, everywhere, done)
    other = {"province": "Đảo Ngọc, Sông Lam", "speaker": "Lê Thị Hưng", "title": "Cục trưởng"}
    later = document_of("b", "Hai tỉnh nên hợp tác.", "Đảo Ngọc nên chờ.", date="2021")
    put(catalog, later, other, {"province": "Đảo Ngọc"})


def found_in(register: Register, **wanted: Any) -> list[str]:
    """The ids of the lines wanted, in order."""
    return [line.statement.id for line in register.lines(Wanted(**wanted))]
