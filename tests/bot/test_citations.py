"""Citation marks in written answers."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.citations import CitedSentence, cite, defuse, parse_marks
from tests.bot.corpus import BUDGET, evidence_of

EVIDENCE = evidence_of(BUDGET)


def test_a_citation_holds_where_the_evidence_stands() -> None:
    evidence = replace(EVIDENCE, page=7, is_caption=True)
    citation = cite(3, evidence)
    assert citation.number == 3
    for name in ("document", "title", "source", "date", "provinces", "heading", "start", "end", "page", "is_caption"):
        assert getattr(citation, name) == getattr(evidence, name)
    assert citation.quote == evidence.text
    assert citation.where() == "12/5/2020 · Sông Lam · trang 7 · Ngân sách · chú thích ảnh"
    assert cite(1, EVIDENCE).where() == "12/5/2020 · Sông Lam · Ngân sách"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Tỉnh dành 3% [1].", [("Tỉnh dành 3%.", (1,))]),
        ("Tỉnh dành 3%. [1]", [("Tỉnh dành 3%.", (1,))]),
        ("Tỉnh dành 3%.[1][2] Bộ giúp. [3]", [("Tỉnh dành 3%.", (1, 2)), ("Bộ giúp.", (3,))]),
        ("Tỉnh [ 2 ; 1 ] dành 3% [1, 2].", [("Tỉnh dành 3%.", (2, 1))]),
        ("- Việc một [1]\n- Việc hai [12]", [("Việc một", (1,)), ("Việc hai", (12,))]),
        ("Không dẫn nguồn.", [("Không dẫn nguồn.", ())]),
        ("[1] [2].", []),
        ("", []),
    ],
)
def test_marks_are_read_off_and_taken_away(written: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert parse_marks(written) == [CitedSentence(text, numbers) for text, numbers in expected]


@pytest.mark.parametrize(
    ("text", "defused"),
    [
        ("Theo nghị quyết [7] của tỉnh", "Theo nghị quyết (7) của tỉnh"),
        ("[1, 2][3]", "(1, 2)(3)"),
        ("mảng [a] và [x1] giữ nguyên", "mảng [a] và [x1] giữ nguyên"),
    ],
)
def test_quoted_text_cannot_pass_for_a_mark(text: str, defused: str) -> None:
    assert defuse(text) == defused


@settings(deadline=None)
@given(st.text(alphabet="[]()0123456789 ,;a", max_size=40))
def test_no_mark_is_left_after_defusing_and_the_length_stays(text: str) -> None:
    defused = defuse(text)
    assert not re.search(r"\[\s*\d+\s*\]", defused)
    assert len(defused) == len(text)
