"""Questions as different people type them."""

import unicodedata
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.retype import TYPINGS, Typing, as_telex, retype
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


def test_decomposed_takes_letters_and_marks_apart() -> None:
    typed = retype(_QUESTION, "decomposed", "q1")
    assert typed != _QUESTION
    assert unicodedata.normalize("NFC", typed) == _QUESTION


@pytest.mark.parametrize("seed", [f"q{number}" for number in range(30)])
def test_a_typo_is_one_slip(seed: str) -> None:
    typed = retype(_QUESTION, "typo", seed)
    opcodes = SequenceMatcher(None, _QUESTION, typed, autojunk=False).get_opcodes()
    changes = [one for one in opcodes if one[0] != "equal"]
    assert len(changes) <= 1
    assert abs(len(typed) - len(_QUESTION)) <= 1


def test_typos_are_of_every_kind_and_repeatable() -> None:
    typed = [retype(_QUESTION, "typo", f"q{number}") for number in range(60)]
    assert typed == [retype(_QUESTION, "typo", f"q{number}") for number in range(60)]
    assert {len(one) - len(_QUESTION) for one in typed} == {-1, 0, 1}
    assert {one.count(" ") - _QUESTION.count(" ") for one in typed} == {-1, 0}


def test_a_question_of_short_words_has_no_room_for_a_slip() -> None:
    assert retype("Xã có gì?", "typo", "q1") == "Xã có gì?"


@pytest.mark.parametrize(
    ("word", "keys"),
    [("chuyển", "chuyeenr"), ("đổi", "ddooir"), ("số", "soos"), ("Đồng", "Ddoongf"), ("nước", "nuwowcs"), ("xa", "xa")],
)
def test_the_keys_of_telex(word: str, keys: str) -> None:
    assert as_telex(word) == keys


def test_telex_is_left_in_about_a_third_of_the_words() -> None:
    words = (_QUESTION.rstrip("?") + " ") * 20
    typed = retype(words, "telex", "q1").split(" ")
    left = [new != old for old, new in zip(words.split(" "), typed, strict=True) if as_telex(old) != old]
    assert all(new in {old, as_telex(old)} for old, new in zip(words.split(" "), typed, strict=True))
    assert 0.2 < sum(left) / len(left) < 0.45


@pytest.mark.parametrize("typing", sorted(set(TYPINGS) - {"abbreviated", "typo", "telex"}))
@given(text=st.text("aăđƠoyuhq \u0301\u0323?1"), seed=st.text(max_size=3))
def test_ways_of_typing_without_slips_and_abbreviations_change_no_more_than_marks_and_case(
    typing: Typing, text: str, seed: str
) -> None:
    assert fold(retype(text, typing, seed)) == fold(text)
