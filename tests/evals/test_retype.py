"""Questions as different people type them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.retype import TYPINGS, Typing, retype
from index.vietnamese import fold, strip_marks

_QUESTION = "Bộ trưởng đề nghị Đồng Tháp dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"


def test_accented_is_the_question_in_composed_form() -> None:
    assert retype(unicodedata.normalize("NFD", _QUESTION), "accented", "q1") == _QUESTION


def test_none_drops_every_mark_and_keeps_case() -> None:
    wanted = "Bo truong de nghi Dong Thap danh bao nhieu phan tram ngan sach cho chuyen doi so?"
    assert retype(_QUESTION, "none", "q1") == wanted


def test_half_drops_the_marks_of_about_half_the_words() -> None:
    words = (_QUESTION * 20).split(" ")
    typed = retype(" ".join(words), "half", "q1").split(" ")
    bare = [new == strip_marks(old) for old, new in zip(words, typed, strict=True) if old != strip_marks(old)]
    assert all(new in {old, strip_marks(old)} for old, new in zip(words, typed, strict=True))
    assert 0.4 < sum(bare) / len(bare) < 0.6


def test_half_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    assert retype(_QUESTION, "half", "q1") == retype(_QUESTION, "half", "q1")
    assert len({retype(_QUESTION, "half", f"q{number}") for number in range(5)}) > 1


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Khánh Hòa", "Khánh Hoà"),
        ("Ủy ban", "Uỷ ban"),
        ("thúy, HÓA; khỏe", "thuý, HOÁ; khoẻ"),
        ("quý hoàn toàn thuyền", "quý hoàn toàn thuyền"),  # after q, and before a consonant, there is one way only
    ],
)
def test_the_mark_of_an_open_syllable_moves_and_comes_back(usual: str, other: str) -> None:
    assert retype(usual, "other_tone", "") == other
    assert retype(other, "other_tone", "") == usual


def test_abbreviations_are_those_that_officials_use() -> None:
    long = "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu nói gì với Bộ Thông tin và Truyền thông về Công nghệ thông tin?"
    assert retype(long, "abbreviated", "") == "UBND tỉnh BR-VT nói gì với Bộ TT&TT về CNTT?"


def test_lower_case_keeps_the_marks() -> None:
    assert retype("Đồng Tháp, Ủy ban", "lower", "") == "đồng tháp, ủy ban"


@pytest.mark.parametrize("typing", sorted(set(TYPINGS) - {"abbreviated"}))
@given(text=st.text("aăđƠoyuhq \u0301\u0323?1"), seed=st.text(max_size=3))
def test_no_way_of_typing_but_abbreviating_changes_more_than_marks_and_case(
    typing: Typing, text: str, seed: str
) -> None:
    assert fold(retype(text, typing, seed)) == fold(text)
