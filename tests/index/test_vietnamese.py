"""Normal form, folding and words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vietnamese import fold, normal_form, search_terms, strip_marks, words

_VIETNAMESE = st.text("aăâeêioôơuưyđĐÂƠ\u0300\u0301\u0303\u0309\u0323\u0302\u031b \t\n.1\u00ad\u200b\ufeff")
_ANY = _VIETNAMESE | st.text()


@given(_ANY)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(_ANY)
def test_strip_marks_twice_is_strip_marks_once(text: str) -> None:
    assert strip_marks(strip_marks(text)) == strip_marks(text)


@given(_VIETNAMESE)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert search_terms(composed) == search_terms(decomposed)


@given(_VIETNAMESE)
def test_folded_text_carries_no_mark(text: str) -> None:
    assert not any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", fold(text)))


def test_normal_form_is_nfc_on_one_line_without_invisible_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "Đồng Tháp")
    assert normal_form(f"\ufeff {decomposed}\r\n\u200b hai\u00adnăm\u00a0") == "Đồng Tháp hainăm"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Đồng Tháp", "dong thap"), ("ĐƯỜNG SẮT", "duong sat"), ("ðường", "duong"), ("Sở TT&TT 1%", "so tt&tt 1%")],
)
def test_fold_drops_case_and_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_strip_marks_keeps_case() -> None:
    assert strip_marks("Bà Rịa – Vũng Tàu, ĐẮK LẮK") == "Ba Ria – Vung Tau, DAK LAK"


def test_words_keep_numbers_whole_and_drop_punctuation() -> None:
    assert words("Chi 1.300 tỷ (0,6%), ngày 30/6!") == ["Chi", "1.300", "tỷ", "0,6", "ngày", "30", "6"]


def test_search_terms_are_folded_words_and_their_neighbouring_pairs() -> None:
    assert search_terms("Chuyển đổi\u200b số") == ["chuyen", "doi", "so", "chuyen_doi", "doi_so"]
    assert search_terms("số") == ["so"]
    assert search_terms("…") == []
