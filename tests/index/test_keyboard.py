"""Keys of Telex and VNI read as syllables."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyboard import from_keys, is_syllable
from index.vietnamese import fold, normal_form, strip_marks

_SOURCES = sorted((Path(__file__).parents[2] / "sources").glob("*.md"))
_TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_VNI_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TELEX_SHAPES = {"\u031b": "w", "\u0306": "w"}  # the circumflex doubles its letter
_VNI_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
# Abbreviations with Đ: no syllables, though they carry a mark.
_ABBREVIATIONS = {"hđnd", "qđ", "cđs", "đttm", "tmđt", "đt", "nđ"}


def _marked_words() -> list[str]:
    text = normal_form("\n".join(source.read_text(encoding="utf-8") for source in _SOURCES))
    found = {word.lower() for word in re.findall(r"[^\W\d_]+", text)}
    return sorted(word for word in found if word != strip_marks(word))


_MARKED = _marked_words()
_SYLLABLES = [word for word in _MARKED if word not in _ABBREVIATIONS]


def _telex(syllable: str) -> str:
    keys = tone = ""
    for char in unicodedata.normalize("NFD", syllable):
        if char == "\u0302":
            keys += keys[-1]
        elif char in _TELEX_TONES:
            tone = _TELEX_TONES[char]
        else:
            keys += "dd" if char == "đ" else _TELEX_SHAPES.get(char, char)
    return keys + tone


def _vni(syllable: str) -> str:
    keys = tone = ""
    for char in unicodedata.normalize("NFD", syllable):
        if char in _VNI_TONES:
            tone = _VNI_TONES[char]
        else:
            keys += "d9" if char == "đ" else _VNI_SHAPES.get(char, char)
    return keys + tone


def test_the_sources_hold_many_syllables_with_marks() -> None:
    assert len(_SOURCES) == 5
    assert len(_SYLLABLES) > 500


def test_what_the_sources_write_with_marks_is_spelt_as_a_syllable() -> None:
    assert {word for word in _MARKED if not is_syllable(fold(word))} == _ABBREVIATIONS


@pytest.mark.parametrize(
    "word",
    [
        "nghieng",
        "nguoi",
        "khuyu",
        "quyen",
        "giuong",
        "truong",
        "thuyen",
        "yeu",
        "uy",
        "oanh",
        "xoong",
        "ngoeo",
        "khuech",
    ],
)
def test_longer_rhymes_are_spelt_as_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "robot",
        "smart",
        "krakow",
        "xyz",
        "",
        "ng",
        "cntt",
        "web",
        "facebook",
        "dong thap",
        "Dong",
        "đong",
        "số",
        "so1",
        "wifi",
    ],
)
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        # Telex, the tone at the end
        ("chuyeenr", "chuyển"),
        ("ddooir", "đổi"),
        ("soos", "số"),
        ("dduowcj", "được"),
        ("dduwowcj", "được"),
        ("nguwowif", "người"),
        ("tieengs", "tiếng"),
        ("vieejt", "việt"),
        ("truwowngf", "trường"),
        ("quoocs", "quốc"),
        ("nghieepj", "nghiệp"),
        ("hoaf", "hòa"),
        ("thuys", "thúy"),
        ("uyr", "ủy"),
        ("khoer", "khỏe"),
        ("quys", "quý"),
        ("quar", "quả"),
        ("giuwx", "giữ"),
        ("giaf", "già"),
        ("gif", "gì"),
        ("hoongf", "hồng"),
        ("khuyeenx", "khuyễn"),
        # Telex, a key inside or the second key of a vowel late
        ("chuyeern", "chuyển"),
        ("chuyenre", "chuyển"),
        ("hofa", "hòa"),
        ("vieetj", "việt"),
        ("viejet", "việt"),
        ("vietej", "việt"),
        ("ddoiro", "đổi"),
        ("nguoiwf", "người"),
        ("truowngf", "trường"),
        ("truongwf", "trường"),
        # Telex without a tone
        ("ddi", "đi"),
        ("ddeem", "đêm"),
        ("tuw", "tư"),
        ("nawm", "năm"),
        ("dduwa", "đưa"),
        # VNI, the tone at the end
        ("chuye6n3", "chuyển"),
        ("d9o6i3", "đổi"),
        ("so61", "số"),
        ("d9u7o7c5", "được"),
        ("ngu7o7i2", "người"),
        ("tie6ng1", "tiếng"),
        ("hoa2", "hòa"),
        ("thuy1", "thúy"),
        ("quy1", "quý"),
        ("na8m", "năm"),
        # VNI, a key inside or late
        ("chuye63n", "chuyển"),
        ("chuyen63", "chuyển"),
        ("tie61ng", "tiếng"),
        ("tieng61", "tiếng"),
        ("nguoi72", "người"),
        ("tram8", "trăm"),
        ("so16", "số"),
    ],
)
def test_keys_give_the_syllable(keys: str, syllable: str) -> None:
    assert from_keys(keys) == normal_form(syllable)


@pytest.mark.parametrize("keys", ["Vieetj", "VIEETJ", "VieetJ", "VIE6T5"])
def test_keys_are_read_whatever_their_case(keys: str) -> None:
    assert from_keys(keys) == "việt"


@pytest.mark.parametrize(
    "word",
    [
        *[
            "ban",
            "khong",
            "trong",
            "robot",
            "smart",
            "krakow",
            "facebook",
            "microsoft",
            "window",
            "web",
            "wifi",
            "twitter",
        ],
        *[
            "hello",
            "boss",
            "tests",
            "CNTT",
            "IPv6",
            "4G",
            "5g",
            "covid19",
            "h1n1",
            "xslt",
            "w",
            "s",
            "ss",
            "1",
            "",
            "so 1",
        ],
        *["a11", "hoaf1", "số", "việtj", "soosf"],
    ],
)
def test_other_words_are_no_keys(word: str) -> None:
    assert from_keys(word) is None


@pytest.mark.parametrize("encode", [_telex, _vni])
def test_the_keys_of_every_syllable_of_the_sources_give_it_back(encode: Callable[[str], str]) -> None:
    read = {syllable: from_keys(encode(syllable)) for syllable in _SYLLABLES}
    assert {syllable: found for syllable, found in read.items() if found != syllable} == {}


@given(st.text("aeiouydgnhtcqwsfrxj") | st.text("aeouydnt123456789"))
def test_what_keys_give_is_a_syllable_with_marks_in_normal_form(keys: str) -> None:
    syllable = from_keys(keys)
    if syllable is not None:
        assert is_syllable(fold(syllable))
        assert syllable != strip_marks(syllable)
        assert syllable == normal_form(syllable).lower()


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [("d9oi63", "đổi"), ("doi63", "dổi"), ("duoc975", "được"), ("chaua", "châu"), ("ddoior", "đổi")],
)
def test_free_marking(keys: str, syllable: str) -> None:
    assert from_keys(keys) == syllable


@pytest.mark.parametrize("word", ["chyen", "kyen", "byeu"])
def test_yen_has_no_onset(word: str) -> None:
    assert not is_syllable(word)
