"""Normal form, folding and words."""

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vietnamese import fold, normal_form, search_form, search_terms, strip_marks, tidy, words

_VIETNAMESE = st.text("aăâeêioôơuưyđĐÂƠ\u0300\u0301\u0303\u0309\u0323\u0302\u031b \t\n.1\u00ad\u200b\ufeff")
_ANY = _VIETNAMESE | st.text()
_SIGNS = " \t\n.,:;/-–—‐‑−%“”„«»‘’‚`´\"'()0123456789\u00a0\u00ad\u200b\ufeff"
_MARKED = st.text(f"aăâeêioôơuưyđqthngmĐÂƠOAUYQðÐ\u0300\u0301\u0303\u0309\u0323\u0302\u031b{_SIGNS}")
_TWO_SCRIPTS = st.text(f"aeoxyqthàáạếộĐAEOаеіорсухАВЕІКМНОРСТХЖя{_SIGNS}")
_DATES = ["ngày ", "Ngày ", "tháng ", "năm ", "10", "09", "9", "2020", "/", " / ", "-", "–", ":", "\u00a0", "\u200b"]
_WORDS = [".", ",", "%", " ", "1.3", "00", "000", "0,6", "phần trăm", "tỷ", "hoà", "uỷ", "THUÝ", "quý", "hoàn"]
_FIGURES = st.lists(st.sampled_from(_DATES + _WORDS)).map("".join)
# A percent sign follows something and has nothing glued to it.
_STRAY_PERCENT = re.compile(r"^%|%[\w\u0300-\u036f]")
_TEXT = (_MARKED | _TWO_SCRIPTS | _FIGURES).filter(lambda text: not _STRAY_PERCENT.search(tidy(text)))
_FORMS = [tidy, normal_form, search_form]


@pytest.mark.parametrize("form", _FORMS)
@given(text=_TEXT)
def test_a_form_of_a_form_is_itself(form: Callable[[str], str], text: str) -> None:
    assert form(form(text)) == form(text)


@pytest.mark.parametrize("form", _FORMS)
@given(text=_TEXT)
def test_composed_and_decomposed_text_have_one_form(form: Callable[[str], str], text: str) -> None:
    assert form(unicodedata.normalize("NFC", text)) == form(unicodedata.normalize("NFD", text))


@given(_TEXT)
def test_forms_are_composed_text_on_one_line(text: str) -> None:
    for form in _FORMS:
        assert unicodedata.is_normalized("NFC", form(text))
        assert form(text) == " ".join(form(text).split())


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


@pytest.mark.parametrize(
    ("newer", "traditional"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ", "HÒA"),
        ("hoá đơn", "hóa đơn"),
        ("đe doạ", "đe dọa"),
        ("khoẻ", "khỏe"),
        ("xoè", "xòe"),
        ("uỷ ban", "ủy ban"),
        ("Uỷ", "Ủy"),
        ("thuý", "thúy"),
        ("THUỶ", "THỦY"),
        ("luỹ", "lũy"),
        ("tuỳ", "tùy"),
        ("oẻ", "ỏe"),
        ("(hoà)", "(hòa)"),
        ("hoà-giải", "hòa-giải"),
    ],
)
def test_both_placements_of_a_tone_are_one(newer: str, traditional: str) -> None:
    assert newer != traditional
    assert normal_form(newer) == normal_form(traditional) == traditional
    assert normal_form(unicodedata.normalize("NFD", newer)) == traditional


@pytest.mark.parametrize(
    "text", ["quý", "QUÝ", "Quỹ", "quà", "quả", "quẻ", "hoàn", "HOÀN", "loài", "thuyền", "huỵch", "khuỷu", "toán", "lý"]
)
def test_marks_that_have_one_place_stay(text: str) -> None:
    assert normal_form(text) == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ðường sắt", "đường sắt"),
        ("ÐẮK LẮK", "ĐẮK LẮK"),
        ("ɖô thị", "đô thị"),
        ("Ɖô thị", "Đô thị"),
        ("“chuyển đổi số”", '"chuyển đổi số"'),
        ("«số» „số“", '"số" "số"'),
        ("‘số’ `số´", "'số' 'số'"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa — Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("TT\u2010TT 1\u20112 \u22125", "TT-TT 1-2 -5"),
        ("chuyển\u00a0đổi\u202fsố", "chuyển đổi số"),
    ],
)
def test_look_alikes_become_what_they_look_like(typed: str, read: str) -> None:
    assert normal_form(typed) == read


def test_tidy_keeps_a_texts_own_quotes_dashes_and_placement() -> None:
    assert tidy(" “Hoà”\u00a0–\u200b ðường  1.300\n") == "“Hoà” – ðường 1.300"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("T\u0445ái", "Txái"),
        ("\u0422hái Nguyên", "Thái Nguyên"),
        ("h\u043eạch", "hoạch"),
        ("\u0412\u0430n", "Ban"),
        ("\u0421NTT", "CNTT"),
        ("\u0420hòng \u041dành chính", "Phòng Hành chính"),
    ],
)
def test_cyrillic_letters_inside_a_latin_word_are_replaced(typed: str, read: str) -> None:
    assert normal_form(typed) == read


@pytest.mark.parametrize(
    ("spellings", "form"),
    [
        (["1.300", "1,300", "1300"], "1300"),
        (["1.300.000", "1,300,000", "1300000"], "1300000"),
        (["chi 1.300\u00a0tỷ", "chi 1300 tỷ", "chi  1,300 tỷ"], "chi 1300 tỷ"),
        (["1.300, 2.500.", "1300, 2500."], "1300, 2500."),
        (["1.300-1.500", "1,300–1,500"], "1300-1500"),
        (["0.6", "0,6"], "0,6"),
        (["3.14 tỷ", "3,14 tỷ"], "3,14 tỷ"),
        (["2%", "2 %", "2\u00a0%", "2 phần trăm"], "2 phần trăm"),
        (["0.6%", "0,6%", "0,6 phần trăm"], "0,6 phần trăm"),
        (["5%-10%", "5 %–10 %"], "5 phần trăm-10 phần trăm"),
    ],
)
def test_figures_have_one_search_form(spellings: list[str], form: str) -> None:
    assert {search_form(spelling) for spelling in spellings} == {form}


@pytest.mark.parametrize(
    "text",
    ["2.1.3", "Mục 2.1.3.", "2.5.1.10", "192.168.1.1", "10.0.0.1", "2.1.", "1, 5", "0300", "10/9", "9/2020", "12:30"],
)
def test_section_numbers_addresses_and_half_dates_stay(text: str) -> None:
    assert search_form(text) == text


@pytest.mark.parametrize(
    "spelling",
    [
        "10/9/2020",
        "10/09/2020",
        "10-09-2020",
        "10–9–2020",
        "10.9.2020",
        "10 / 9 / 2020",
        "ngày 10/9/2020",
        "ngày 10-9-2020",
        "ngày 10 tháng 9 năm 2020",
        "Ngày 10 tháng 09 năm 2020",
        "NGÀY 10 THÁNG 9 NĂM 2020",
        "ngày 10 tháng 9, năm 2020",
        "ngày\u00a010 tháng\u00a09 năm\u00a02020",
    ],
)
def test_a_date_has_one_search_form(spelling: str) -> None:
    assert search_form(spelling) == "10/9/2020"
    assert search_form(f"Họp ({spelling}), Hà Nội.") == "Họp (10/9/2020), Hà Nội."


@pytest.mark.parametrize(
    "spelling",
    ["tháng 9 năm 2020", "tháng 09 năm 2020", "tháng 9/2020", "Tháng 09/2020", "tháng 9-2020", "tháng 9 / 2020"],
)
def test_a_month_has_one_search_form(spelling: str) -> None:
    assert search_form(spelling) == "tháng 9/2020"


def test_two_dates_in_one_sentence_are_both_read() -> None:
    assert search_form("từ ngày 1/9/2020 đến ngày 10 tháng 9 năm 2020") == "từ 1/9/2020 đến 10/9/2020"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("kỹ thuật", "kĩ thuật"),
        ("lý do", "lí do"),
        ("tỷ đồng", "tỉ đồng"),
        ("quy định", "qui định"),
        ("QUÝ", "quí"),
        ("Mỹ", "mĩ"),
        ("bác sỹ", "bác sĩ"),
        ("hoà bình", "hòa bình"),
        ("1.300 tỷ", "1300 ti"),
        ("ngày 10 tháng 9 năm 2020", "10-09-2020"),
        ("0.6%", "0,6 phần trăm"),
    ],
)
def test_what_reads_the_same_has_the_same_terms(left: str, right: str) -> None:
    assert search_terms(left) == search_terms(right)


def test_i_and_y_differ_where_they_make_two_syllables() -> None:
    assert search_terms("tai") != search_terms("tay")
    assert search_terms("thi") != search_terms("thy")


def test_search_terms_hold_figures_whole() -> None:
    assert search_terms("chi 1.300 tỷ") == ["chi", "1300", "ty", "chi_1300", "1300_ty"]


@pytest.mark.parametrize(
    "text",
    ["a" * 1000, "\u0430" * 1000, "a\u0430" * 500, "\u0430" * 999 + "a", "a" + "\u0430" * 999, "ế" * 1000, "1_" * 500],
    ids=["latin", "cyrillic", "both in turn", "latin at the end", "latin at the start", "marked", "figures"],
)
def test_a_word_of_a_thousand_letters_takes_less_than_fifty_milliseconds(text: str) -> None:
    durations = []
    for _ in range(3):
        started = time.perf_counter()
        normal_form(text)
        durations.append(time.perf_counter() - started)
    assert min(durations) < 0.05


def test_only_words_of_two_scripts_change_theirs() -> None:
    assert (
        normal_form("\u0422hái \u041c\u043e\u0441\u043a\u0432\u0430 Thái")
        == "Thái \u041c\u043e\u0441\u043a\u0432\u0430 Thái"
    )
    assert normal_form("a-\u0430 a_\u0430 1\u0430") == "a-\u0430 a_a 1\u0430"


@pytest.mark.parametrize("word", ["Москва", "\u0420\u0424", "россия"])
def test_a_purely_cyrillic_word_is_kept(word: str) -> None:
    assert normal_form(word) == word


@pytest.mark.parametrize("text", ["a\u0406\u0300", "Th\u0430\u0301i", "\u0422h\u0430\u0301i ho\u0430\u0300"])
def test_look_alikes_with_combining_marks_are_composed(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@pytest.mark.parametrize(
    ("text", "form"), [("%", "phần trăm"), ("tăng 2%GDP", "tăng 2 phần trăm GDP"), ("5%/năm", "5 phần trăm/năm")]
)
def test_percent_signs_are_words_of_their_own(text: str, form: str) -> None:
    assert search_form(text) == form
    assert search_form(search_form(text)) == search_form(text)


def test_look_alikes_glued_to_a_percent_sign() -> None:
    assert search_form(search_form("0%\u0406")) == search_form("0%\u0406")
