"""Provinces of before and after the merger of 1 July 2025."""

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from index import provinces
from index.provinces import known_name, named_in, older_parts
from index.vietnamese import fold, strip_marks

_TABLES: dict[str, Any] = tomllib.loads(Path(provinces.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_TODAY: dict[str, list[str]] = _TABLES["provinces"]
_OLDER = [part for parts in _TODAY.values() for part in parts]
_NAMES = sorted({*_TODAY, *_OLDER})
_WORDS_TOO = [name for name in _NAMES if name in _TABLES["words_too"]]
_NOT_MERGED = ["Cao Bằng", "Hà Nội", "Hà Tĩnh", "Huế", "Lai Châu", "Lạng Sơn", "Nghệ An", "Quảng Ninh", "Sơn La"]
_NOT_MERGED += ["Thanh Hóa", "Điện Biên"]


def test_the_table_holds_34_provinces_of_today_and_the_63_before_each_once() -> None:
    assert len(_TODAY) == 34
    assert len(_OLDER) == len(set(_OLDER)) == 63
    assert all(name in parts for name, parts in _TODAY.items())  # each kept the name of one of its parts


def test_every_name_that_is_a_word_too_or_another_spelling_is_a_name() -> None:
    assert {*_TABLES["words_too"], *_TABLES["spellings"].values()} <= {*_NAMES, *_TABLES["spellings"]}
    assert not set(_TABLES["spellings"]) & set(_NAMES)
    assert {"Hòa Bình", "Thái Bình", "An Giang", "Sơn La", "Nam Định", "Bình Định"} <= set(_WORDS_TOO)


def test_the_eleven_provinces_that_were_not_merged_are_made_of_themselves() -> None:
    assert [name for name in sorted(_TODAY) if len(_TODAY[name]) == 1] == sorted(_NOT_MERGED)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Cần Thơ", ("Cần Thơ", "Hậu Giang", "Sóc Trăng")),
        ("Hồ Chí Minh", ("Hồ Chí Minh", "Bà Rịa - Vũng Tàu", "Bình Dương")),
        ("Huế", ("Huế",)),
        ("Hậu Giang", ()),
        ("Atlantis", ()),
    ],
)
def test_a_province_of_today_is_made_up_of_older_ones(name: str, parts: tuple[str, ...]) -> None:
    assert older_parts(name) == parts


@pytest.mark.parametrize("name", _NAMES)
def test_every_name_is_recognised_however_it_is_typed(name: str) -> None:
    ways = [name, name.upper(), strip_marks(name), strip_marks(name).upper(), unicodedata.normalize("NFD", name)]
    assert [named_in(f"Báo cáo của {way} gửi") for way in ways] == [[name]] * len(ways)
    assert named_in(f"tỉnh {name.lower()}") == named_in(f"tinh {fold(name)}") == [name]


@pytest.mark.parametrize("name", [name for name in _NAMES if name not in _WORDS_TOO])
def test_a_name_that_is_no_word_needs_neither_capitals_nor_an_introduction(name: str) -> None:
    assert named_in(f"báo cáo {name.lower()}") == named_in(f"bao cao {fold(name)}") == [name]


@pytest.mark.parametrize("name", _WORDS_TOO)
def test_a_name_that_is_a_word_as_well_must_be_introduced_or_capitalised(name: str) -> None:
    small = name.lower()
    assert named_in(f"giữ gìn {small} lâu dài") == named_in(f"giu gin {fold(small)}") == []
    assert named_in(f"giữ gìn {name[0] + small[1:]}") == []  # both words need their capitals
    assert named_in(f"Báo cáo {name}") == named_in(f"giữ gìn {name.upper()}") == [name]
    assert named_in(f"{small} lâu dài") == named_in(f"Giữ gìn. {small}") == named_in(f"giữ gìn, {small}") == [name]


@pytest.mark.parametrize("name", _WORDS_TOO)
@pytest.mark.parametrize(
    "introduction",
    [
        *["tỉnh", "Tỉnh", "tinh", "TỈNH", "TP.", "tp", "thành phố", "ở", "Ở", "tại", "cho", "với", "của", "và", "về"],
        *["đến", "từ", "UBND", "ubnd"],
    ],
)
def test_a_name_that_is_a_word_as_well_counts_behind_what_introduces_it(name: str, introduction: str) -> None:
    assert named_in(f"giữ gìn {introduction} {name.lower()} lâu dài") == [name]
    assert named_in(f"giữ gìn {fold(introduction)} {fold(name)}") == [name]


@pytest.mark.parametrize(
    "text",
    [
        *["an ninh bình thường", "ong son la ai", "Ông Sơn là ai?", "độ cao bằng nhau", "tình hình phú yên ổn"],
        *["để long an tâm", "tuổi thái bình định ra", "Cấp nước quảng nam sơn"],
    ],
)
def test_words_that_sound_like_a_province_are_none(text: str) -> None:
    assert named_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *["Thái Bình Dương", "vùng Thái Bình Dương", "ở thái bình dương", "tỉnh thai binh duong", "THÁI BÌNH DƯƠNG"],
        *["Việt Nam", "Việt Nam định hướng", "ở Việt Nam Định hướng", "tại việt nam định", "VIỆT NAM", "của viet nam"],
    ],
)
def test_longer_names_that_are_no_provinces_hold_none(text: str) -> None:
    assert named_in(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thái Bình và Thái Bình Dương", ["Thái Bình"]),
        ("tỉnh Thái Bình, Dương Minh Châu", ["Thái Bình"]),
        ("Việt Nam, Nam Định", ["Nam Định"]),
        ("Việt Nam và Hà Nam", ["Hà Nam"]),
        ("Điện Biên Phủ và Điện Biên", ["Điện Biên"]),
        ("Điện Biên phủ sóng tới bản", ["Điện Biên"]),
        ("điện biên phủ sóng tới bản", ["Điện Biên"]),
        ("TỈNH ĐIỆN BIÊN PHỦ SÓNG", ["Điện Biên"]),
        ("báo Hà Nội Mới", []),
        ("Hà Nội mới làm", ["Hà Nội"]),
        ("bà Nguyễn Thị Hà Giang ở Lào Cai", ["Lào Cai"]),
        ("quy hoạch đô thị Hà Nội, ĐÔ THỊ HÀ GIANG", ["Hà Nội", "Hà Giang"]),
    ],
)
def test_provinces_beside_them_are_found(text: str, names: list[str]) -> None:
    assert named_in(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bà Rịa - Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),  # not Bà Rịa, nor Vũng Tàu
        ("Quảng Nam Định", ["Quảng Nam"]),
        ("Hà Nam Định", ["Hà Nam"]),
        ("Quảng Ninh Bình", ["Quảng Ninh"]),
        ("Trà Vinh Long An", ["Trà Vinh", "Long An"]),
        ("Vĩnh Long An Giang", ["Vĩnh Long", "An Giang"]),
    ],
)
def test_of_names_that_overlap_the_longest_and_first_counts(text: str, names: list[str]) -> None:
    assert named_in(text) == names


@pytest.mark.parametrize("surname", ["Nguyễn", "Lê", "Trần", "Phạm", "Võ", "Đặng", "LÊ", "Mai"])
@pytest.mark.parametrize("name", ["Hà Nam", "Hải Dương", "Thái Bình", "Bình Định"])
def test_a_name_behind_a_surname_is_a_persons(surname: str, name: str) -> None:
    assert named_in(f"{surname} {name}") == named_in(f"ông {surname} {name} là ai?") == []
    assert named_in(f"ông {surname} {name} ở tỉnh {name}") == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ngày mai Hà Nam họp", "Hà Nam"),
        ("lý do Hải Dương nêu", "Hải Dương"),
        ("lê Hải Dương", "Hải Dương"),
        ("Ông Lê, Hải Dương", "Hải Dương"),
        ("Ông Lê ở Hải Dương", "Hải Dương"),
        ("Ông Lê. Hải Dương", "Hải Dương"),
        ("anh Hải Dương", "Hải Dương"),
    ],
)
def test_a_surname_in_small_letters_or_further_off_makes_no_person(text: str, name: str) -> None:
    assert named_in(text) == [name]


@pytest.mark.parametrize(
    "text", ["Hạ Nam", "Hà Nám", "Lào Cái", "tỉnh Lao Cài", "huệ", "Cấn Thơ", "tại an giàng", "Đông Tháp", "Hà", "Nam"]
)
def test_a_name_with_other_marks_is_another_word(text: str) -> None:
    assert named_in(text) == []


@pytest.mark.parametrize("text", ["Hà Nam", "hà nam", "Ha Nam", "Hà nam", "ha Nam", "HÀ NAM"])
def test_marks_may_be_missing_from_some_of_the_syllables(text: str) -> None:
    assert named_in(text) == ["Hà Nam"]


@pytest.mark.parametrize("text", ["Thanh Hóa", "Thanh Hoá", "thanh hoá", "Thanh\u200b  Hóa"])
def test_the_placement_of_the_mark_and_invisible_characters_do_not_matter(text: str) -> None:
    assert named_in(text) == ["Thanh Hóa"]


@pytest.mark.parametrize("text", ["Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu", "ba ria vung tau"])
def test_dashes_in_a_name_do_not_matter(text: str) -> None:
    assert named_in(text) == ["Bà Rịa - Vũng Tàu"]


def test_provinces_come_in_the_order_of_the_text_each_once() -> None:
    assert named_in("Quảng Nam, quang ngai và Quảng Nam; Huế") == ["Quảng Nam", "Quảng Ngãi", "Huế"]
    assert named_in("Cần Thơ với Hậu Giang") == ["Cần Thơ", "Hậu Giang"]


@pytest.mark.parametrize("text", ["", "…", "Cấp nước sạch cho nông thôn", "đào vũng tàu neo đậu"])
def test_a_text_that_names_no_province_gives_none(text: str) -> None:
    assert named_in(text) == []


@pytest.mark.parametrize(
    "names",
    [["Vĩnh Long", "An Giang"], ["Bắc Ninh", "Bình Dương"], ["Khánh Hòa", "Bình Định"], ["Trà Vinh", "Long An"]],
)
def test_no_province_is_read_across_a_comma(names: list[str]) -> None:
    assert named_in(", ".join(names)) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đăk Lăk", "Đắk Lắk"),
        ("tỉnh Kontum", "Kon Tum"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("dak nong", "Đắk Nông"),
        ("Sài Gòn", "Hồ Chí Minh"),
        ("Daklak", "Đắk Lắk"),
        ("Đắc Nông", "Đắk Nông"),
        ("Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("vung tau", "Bà Rịa - Vũng Tàu"),
        ("ở vũng tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa", "Bà Rịa - Vũng Tàu"),
        ("họp ở bà rịa", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa và Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ],
)
def test_other_spellings_in_use_are_known(text: str, name: str) -> None:
    assert named_in(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *[("Tỉnh Nam Định", "Nam Định"), ("tinh nam dinh", "Nam Định"), ("HÀ NAM", "Hà Nam"), ("Hạ Nam", "")],
        *[("Thành phố Hồ Chí Minh", "Hồ Chí Minh"), ("TP. HCM", "Hồ Chí Minh"), ("TPHCM", "Hồ Chí Minh")],
        *[("BR - VT", "Bà Rịa - Vũng Tàu"), ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"), ("Hoà Bình", "Hòa Bình")],
        *[("Thừa Thiên - Huế", "Huế"), ("Xứ Huế", ""), ("Đắc Lắc", "Đắk Lắk"), ("Long An, Huế", ""), ("", "")],
        *[("Việt Nam", ""), ("Tỉnh", ""), ("UBND tỉnh Nam Định", "")],
    ],
)
def test_a_name_by_itself_is_brought_to_its_usual_writing(text: str, name: str) -> None:
    assert known_name(text) == name
