"""The register: filtered, in order, grouped."""

import time
from pathlib import Path
from typing import Any

import pytest

from index.catalog import Catalog
from index.corrections import Correction, Corrections, quote_digest
from index.records import KINDS, SIDES
from index.register import Register, Wanted, plain_kind, plain_side
from tests.index.registered import BUDGET, DONE, SERVERS, document_of, found_in, put

_EVERY = ["a@0!0", "a@0!1", "a@0!2", "b@0!0", "b@0!1"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, _EVERY),
        ({"kinds": ("status",)}, ["a@0!2"]),
        ({"kinds": ("status", "event", "recommendation")}, _EVERY),
        ({"sides": ("province",)}, ["a@0!2"]),
        ({"fields": ("hạ tầng số",)}, ["a@0!1"]),
        ({"document": "b"}, ["b@0!0", "b@0!1"]),
        ({"provinces": ("Sông Lam",)}, ["a@0!0", "a@0!1", "a@0!2", "b@0!0"]),
        ({"provinces": ("Sông Lam",), "nationwide": False}, ["a@0!0", "a@0!2", "b@0!0"]),
        ({"provinces": ("Đảo Ngọc",), "nationwide": False}, ["b@0!0", "b@0!1"]),
        ({"provinces": ("Sông",), "nationwide": False}, []),
        ({"sure_only": True}, ["a@0!0", "a@0!2", "b@0!0", "b@0!1"]),
        ({"since": "2020-09-10", "until": "2020-09-10"}, ["a@0!0", "a@0!1", "a@0!2"]),
        ({"since": "2020-09-11"}, ["b@0!0", "b@0!1"]),
        ({"since": "2021-06"}, ["b@0!0", "b@0!1"]),  # the document may be of a later month
        ({"until": "2020-09"}, ["a@0!0", "a@0!1", "a@0!2"]),
        ({"until": "2020-08"}, []),
        ({"since": "2022"}, []),
    ],
)
def test_the_lines_wanted_come_in_order(register: Register, wanted: dict[str, Any], found: list[str]) -> None:
    assert found_in(register, **wanted) == found


def test_an_undated_statement_is_in_no_period(catalog: Catalog, no_corrections: Corrections) -> None:
    put(catalog, document_of("c", BUDGET, date=""))
    register = Register(catalog, no_corrections, 0.8)
    assert (found_in(register), found_in(register, since="2000"), found_in(register, until="2030")) == (
        ["c@0!0"],
        [],
        [],
    )


def test_doubtful_ones_are_told_and_a_correction_makes_sure(catalog: Catalog, tmp_path: Path) -> None:
    put(catalog, document_of("a", BUDGET, SERVERS, DONE), {"confidence": 0.5}, {"confidence": 0.5})
    corrections = Corrections(tmp_path / "c.jsonl")
    corrections.add(Correction("/kho/a.md", quote_digest(SERVERS), 0, (("kind", "opinion"),), "", "2026"))
    corrections.add(Correction("/kho/a.md", quote_digest(DONE), 0, (), "", "2026", is_statement=False))
    lines = Register(catalog, corrections, 0.8).lines(Wanted())
    assert [(line.statement.kind, line.is_sure, line.is_corrected) for line in lines] == [
        ("recommendation", False, False),
        ("opinion", True, True),
    ]


def test_the_register_knows_its_documents_and_provinces(register: Register) -> None:
    assert (len(register), list(register.documents), register.provinces) == (5, ["a", "b"], ["Sông Lam", "Đảo Ngọc"])


_SAID = "Sông Lam nên dành ít nhất 3% ngân sách hằng năm cho chuyển đổi số."


@pytest.mark.parametrize(
    ("other", "changes", "together"),
    [
        ("Sông Lam nên dành tối thiểu 3% ngân sách hằng năm cho chuyển đổi số.", {}, True),
        ("SÔNG LAM nên dành ít nhất 3% ngân sách hằng năm cho chuyển đổi số", {}, True),
        ("Sông Lam nên dành ít nhất 5% ngân sách hằng năm cho chuyển đổi số.", {}, False),
        ("Sông Lam không nên dành ít nhất 3% ngân sách hằng năm cho chuyển đổi số.", {}, False),
        (_SAID, {"kind": "commitment"}, False),
        (_SAID, {"speaker_side": "province"}, False),
        (_SAID, {"province": "*"}, False),
        ("Sông Lam nên phủ sóng 3% bến cảng trước tháng sau.", {}, False),
    ],
)
def test_what_says_the_same_in_several_documents_is_together(
    catalog: Catalog, no_corrections: Corrections, other: str, changes: dict[str, Any], together: bool
) -> None:
    put(catalog, document_of("a", _SAID))
    put(catalog, document_of("b", other, date="2021"), changes)
    register = Register(catalog, no_corrections, 0.8)
    groups = register.grouped(register.lines(Wanted()))
    ids = [[line.document.id for line in group] for group in groups]
    assert ids == ([["a", "b"]] if together else [["a"], ["b"]])


def test_what_a_document_says_twice_stays_apart(catalog: Catalog, no_corrections: Corrections) -> None:
    put(catalog, document_of("a", _SAID, _SAID))
    put(catalog, document_of("b", _SAID, _SAID, date="2021"))
    register = Register(catalog, no_corrections, 0.8)
    groups = register.grouped(register.lines(Wanted()))
    assert [[line.statement.id for line in group] for group in groups] == [["a@0!0", "b@0!0"], ["a@0!1", "b@0!1"]]


def test_short_ones_are_not_compared(catalog: Catalog, no_corrections: Corrections) -> None:
    for name in ("a", "b"):
        put(catalog, document_of(name, "Nên làm ngay."))
    register = Register(catalog, no_corrections, 0.8)
    assert len(register.grouped(register.lines(Wanted()))) == 2


def test_every_kind_and_side_has_a_name_in_vietnamese() -> None:
    assert len({plain_kind(kind) for kind in KINDS}) == len(KINDS)
    assert len({plain_side(side) for side in SIDES}) == len(SIDES)


def test_ten_thousand_statements_are_filtered_in_no_time_and_grouped_in_little(
    catalog: Catalog, no_corrections: Corrections
) -> None:
    provinces = ("Sông Lam", "Đảo Ngọc", "*", "Sông Lam, Đảo Ngọc", "")
    for number in range(50):
        quotes = [f"Sông Lam nên làm việc số {number * 1000 + one} cho chuyển đổi số toàn diện." for one in range(200)]
        changes = [{"province": provinces[one % 5], "kind": KINDS[one % 8]} for one in range(200)]
        put(catalog, document_of(f"d{number:02}", *quotes, date=f"{2015 + number % 10}"), *changes)
    register = Register(catalog, no_corrections, 0.8)
    wanted = Wanted(
        ("Sông Lam",), ("recommendation", "status"), ("ministry",), ("chuyển đổi số",), "hung son", "2016", "2023"
    )
    seconds = []
    for asked in (Wanted(), wanted) * 3:
        begun = time.perf_counter()
        register.lines(asked)
        seconds.append(time.perf_counter() - begun)
    assert min(seconds[::2]) < 0.1
    assert min(seconds[1::2]) < 0.1
    begun = time.perf_counter()
    assert len(register.grouped(register.lines(Wanted()))) == 10_000
    assert time.perf_counter() - begun < 20
