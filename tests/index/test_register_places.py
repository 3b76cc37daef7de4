"""Places in the register: over a stretch, what stands above a line, and what is wrong."""

from dataclasses import replace

import pytest

from index.catalog import Catalog
from index.corrections import Corrections
from index.records import FileEntry
from index.register import Register, Wanted, faults
from tests.index.registered import BUDGET, DONE, SERVERS, document_of, put, statement_of


@pytest.mark.parametrize(
    ("start", "end", "numbers"),
    [
        (0, 1, [0]),
        (0, 10**6, [0, 1, 2]),
        (len(BUDGET), len(BUDGET) + 1, []),
        (5, len(BUDGET) + 3, [0, 1]),
    ],
)
def test_what_is_said_over_a_stretch_comes_in_order(
    register: Register, start: int, end: int, numbers: list[int]
) -> None:
    assert [line.statement.id for line in register.over("a", start, end)] == [f"a@0!{number}" for number in numbers]
    assert register.over("khác", start, end) == []


_LEAD = "Bộ đề nghị Sông Lam:"


@pytest.mark.parametrize(
    ("quotes", "above"),
    [
        ((_LEAD, "- mở dữ liệu;", "- cấp mã."), ["", _LEAD, _LEAD]),
        ((BUDGET, "- mở dữ liệu;", "- cấp mã."), ["", "", ""]),  # no lead
        ((_LEAD, "- mở dữ liệu;", SERVERS, "- cấp mã."), ["", _LEAD, "", ""]),  # the list has ended
        ((BUDGET, SERVERS), ["", ""]),  # each in a paragraph of its own
    ],
)
def test_above_the_items_of_a_list_stands_its_lead(
    catalog: Catalog, no_corrections: Corrections, quotes: tuple[str, ...], above: list[str]
) -> None:
    put(catalog, document_of("a", *quotes))
    register = Register(catalog, no_corrections, 0.8)
    assert [register.above(line) for line in register.lines(Wanted(document="a"))] == above


def test_above_a_sentence_stands_the_one_before_it_in_its_paragraph(
    catalog: Catalog, no_corrections: Corrections
) -> None:
    document = document_of("a", f"{BUDGET} {SERVERS} {DONE}")
    statements, start = [], 0
    for number, quote in enumerate((BUDGET, SERVERS, DONE)):
        statements.append(statement_of(document, number, start, start + len(quote)))
        start += len(quote) + 1
    catalog.replace(document, [], FileEntry(document.source, "0", "a", "2026-01-01T08:00:00"), statements)
    register = Register(catalog, no_corrections, 0.8)
    assert [register.above(line) for line in register.lines(Wanted())] == ["", BUDGET, SERVERS]


def test_a_lead_too_far_above_is_not_looked_for(catalog: Catalog, no_corrections: Corrections) -> None:
    put(catalog, document_of("a", _LEAD, *(f"- việc thứ {number};" for number in range(40))))
    register = Register(catalog, no_corrections, 0.8)
    above = [register.above(line) for line in register.lines(Wanted())]
    assert (above[1], above[10], above[-1]) == (_LEAD, _LEAD, "")


def test_places_that_are_right_have_no_faults() -> None:
    document = document_of("a", BUDGET, SERVERS)
    one = statement_of(document, 0, 0, 10)
    assert list(faults(document, [statement_of(document, 1, 10, 20), one])) == []
    assert list(faults(document, [])) == []


def test_places_that_are_wrong_are_named() -> None:
    document = document_of("a", BUDGET, SERVERS)
    one, end = statement_of(document, 0, 0, 10), len(document.text)
    assert [fault.split(":")[0] for fault in faults(document, [replace(one, text="khác")])] == ["a@0!0"]
    for start, stop in ((5, 5), (end - 1, end + 3), (-2, 4)):
        assert "không đúng với nguyên văn" in next(faults(document, [statement_of(document, 0, start, stop)]))
    inner, after = statement_of(document, 1, 4, 6), statement_of(document, 2, 8, 12)
    found = list(faults(document, [one, inner, after]))
    assert ["chồng lên a@0!0" in fault for fault in found] == [True, True]
