"""What was typed rightly stays: addresses, names, foreign words, and words that carry no mark among those that do."""

from pathlib import Path

import pytest

from index.restore import Restorer
from index.vietnamese import normal_form

_SMALL = Restorer.build(["Tỉnh Đồng Tháp gửi báo cáo cho Hà Nội", "tin tức của chính phủ", "bà Nguyễn nói"])
_SOURCES = [text.read_text(encoding="utf-8") for text in sorted((Path(__file__).parents[2] / "sources").glob("*.md"))]
_LARGE = Restorer.build(_SOURCES)
# Only "kiên" behind "anh" and before "chờ", "tháp", and never "kien".
_NEVER_KIEN = ["anh kiên chờ tàu", "ông Văn nói về tháp"]


@pytest.mark.parametrize(
    "kept",
    [
        *[
            "a.nguyen@mic.gov.vn",
            "bao@dong-thap",
            "https://dong-thap.vn/bao-cao?tin=ha",
            "http://ha.noi",
            "www.bao.cao",
        ],
        *["baocao.vn", "bao-cao.dongthap.gov.vn/tin-tuc", "dong.com", "bao.net", "dong-thap.org", "tin.info"],
        *["bao-cao-so-1.docx", "bao_cao.doc", "dong-thap.pdf", "bao.xlsx", "tin.pptx", "bao.cao.zip", "tin.txt"],
        *["dong.jpg", "ha.jpeg", "thap.png", "tin.html", "tin.htm"],
        *["/tin-tuc/", "/bao-cao", "/dong-thap/ha-noi", "nuocs.docx", "chinhs.vn", "/tinhr"],
    ],
)
def test_addresses_names_of_files_and_paths_stay_among_restored_words(kept: str) -> None:
    assert _SMALL.restore(kept) == kept
    assert _SMALL.restore(f"bao cao {kept} cho ha noi") == f"báo cáo {kept} cho hà nội"
    assert _SMALL.restore(f"gửi báo cáo {kept}, ở Hà Nội?") == f"gửi báo cáo {kept}, ở Hà Nội?"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("dong thap/ha noi", "đồng tháp/hà nội"),
        ("dong thap / ha noi", "đồng tháp / hà nội"),
        ("dong-thap", "đồng-tháp"),
        ("bao cao.dong thap", "báo cáo.đồng tháp"),
        ("bao cao. vn", "báo cáo. vn"),
        ("bao cao @ ha noi", "báo cáo @ hà nội"),
    ],
)
def test_signs_of_an_address_alone_make_none(typed: str, restored: str) -> None:
    assert _SMALL.restore(typed) == restored


@pytest.mark.parametrize(
    "typed", ["ông Văn Kien nói", "Phan Văn Kien nói về tàu", "ông Kien", "về kien nói", "tàu kien về"]
)
def test_among_words_with_marks_one_without_stays_where_the_text_has_no_such_neighbours(typed: str) -> None:
    assert Restorer.build(_NEVER_KIEN).restore(typed) == typed


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ông kien chờ", "ông kiên chờ"),
        ("anh kien về", "anh kiên về"),
        ("tàu Kien chờ", "tàu Kiên chờ"),
        ("Tàu, anh kien chờ, về", "Tàu, anh kiên chờ, về"),
        ("về anh kien cho tàu", "về anh kiên chờ tàu"),  # the neighbour is read at the same time
    ],
)
def test_among_words_with_marks_one_without_is_read_beside_a_neighbour_of_the_text(typed: str, restored: str) -> None:
    assert Restorer.build(_NEVER_KIEN).restore(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("kien", "kiên"),
        ("ong van kien noi", "ông văn kiên nói"),
        ("van kien nói", "văn kiên nói"),  # one of three words has its marks
        ("văn kien nói", "văn kien nói"),  # two of three
        ("nói kien", "nói kien"),  # one of two
        ("nói kien 12 (34)", "nói kien 12 (34)"),  # figures are no words
        ("nói ve kien", "nói về kiên"),
    ],
)
def test_below_half_of_its_words_with_marks_a_question_was_typed_without(typed: str, restored: str) -> None:
    assert Restorer.build(_NEVER_KIEN).restore(typed) == restored


@pytest.mark.parametrize(("times", "restored"), [(18, "ông Văn Kien nói"), (19, "ông Văn Kiên nói")])
def test_a_word_that_the_text_has_often_and_only_with_marks_does_not_go_without(times: int, restored: str) -> None:
    assert Restorer.build([*_NEVER_KIEN, *["anh kiên"] * times]).restore("ông Văn Kien nói") == restored


@pytest.mark.parametrize(
    ("typed", "restored"), [("ông Văn Kien nói", "ông Văn Kien nói"), ("tàu anh kien", "tàu anh kiên")]
)
def test_a_word_that_the_text_has_both_ways_is_read_by_its_neighbours(typed: str, restored: str) -> None:
    restorer = Restorer.build([*_NEVER_KIEN, *["anh kiên"] * 30, *["bà Kien nói"] * 3])
    assert restorer.restore(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [("nói tàu thap", "nói tàu tháp"), ("nói tàu sach", "nói tàu sách"), ("tàu nói tôt", "tàu nói tôt")],
)
def test_a_syllable_that_ends_in_a_stop_cannot_be_without_a_mark(typed: str, restored: str) -> None:
    assert Restorer.build([*_NEVER_KIEN, "đọc sách", "rất tốt"]).restore(typed) == restored


_KEYS = Restorer.build(["mã số", "chuyển đổi số", "bàn giấy", "lá"])


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("max", "max"),
        ("Max", "Max"),
        ("las", "las"),
        ("so max", "số max"),
        ("số max", "số max"),
        ("chuyen doi max", "chuyển đổi max"),
        ("max robot", "max robot"),
    ],
)
def test_one_word_that_looks_like_weak_keys_stays(typed: str, restored: str) -> None:
    assert _KEYS.restore(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("max soos", "mã số"),
        ("chuyeenr max", "chuyển mã"),
        ("max ddooir las", "mã đổi lá"),
        ("Max chuye6n3", "Mã chuyển"),
    ],
)
def test_several_words_that_look_like_keys_are_read(typed: str, restored: str) -> None:
    assert _KEYS.restore(typed) == restored


@pytest.mark.parametrize("typed", ["max las", "las max"])
def test_several_words_of_which_none_can_only_be_keys_stay(typed: str) -> None:
    assert _KEYS.restore(typed) == typed


@pytest.mark.parametrize(("typed", "restored"), [("soos", "số"), ("ddooir", "đổi"), ("chuye6n3", "chuyển")])
def test_one_word_that_can_only_be_keys_is_read(typed: str, restored: str) -> None:
    assert _KEYS.restore(typed) == restored


_NAMES = Restorer.build(["bà Lê ở Đồng Tháp", "môn học", "đôn đốc"])


@pytest.mark.parametrize("name", ["Lee", "Moon", "Samsung", "Ông Lee nói", "bà Moon ở Tháp"])
def test_foreign_names_stay(name: str) -> None:
    assert _NAMES.restore(name) == name


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        *[("lee", "lê"), ("moon", "môn"), ("Ddoongf", "Đồng"), ("DDoongf", "Đồng"), ("ddoongf", "đồng")],
        *[("DDOONGF", "ĐỒNG"), ("Ddoongf Thasp", "Đồng Tháp"), ("DDoongf Thasp", "Đồng Tháp"), ("DDoon", "Đôn")],
    ],
)
def test_keys_that_are_no_name_are_read(typed: str, restored: str) -> None:
    assert _NAMES.restore(typed) == restored


_PARTED = Restorer.build(["dịch vụ công", "dích vu", "trực tuyến", "trức"])


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("dịchvụ", "dịch vụ"),
        ("díchvu", "dích vu"),
        ("dịchvu", "dịch vu"),
        ("dịchcông", "dịch công"),  # typed with marks, it is Vietnamese, whether the text has the pair or not
        ("trựcc", "trực"),
        ("tựrc", "trực"),
        ("trứcc", "trức"),
        ("trưcc", "trưcc"),  # the text has no such word
    ],
)
def test_words_with_marks_that_are_split_or_mended_keep_their_marks(typed: str, restored: str) -> None:
    assert _PARTED.restore(typed) == restored


def test_a_part_without_its_mark_gains_it_where_the_text_is_clear() -> None:
    assert Restorer.build([*["dịch vụ công"] * 100, "dích vu"]).restore("dịchvu công") == "dịch vụ công"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [("dichvu", "dích vu"), ("vucong", "vụ công"), ("congdich", "congdich"), ("tructuyen", "trực tuyến")],
)
def test_words_without_marks_are_split_only_where_the_text_has_the_pair(typed: str, restored: str) -> None:
    assert _PARTED.restore(typed) == restored


@pytest.mark.parametrize(
    "name",
    ["krông búk", "Krông Búk", "krông", "krong", "đrăng", "Đrăng", "pleiku", "Pleiku", "PLEIKU", "blao", "Blao"],
)
def test_names_of_the_highlands_stay(name: str) -> None:
    restorer = Restorer.build(["không có bức tranh", "trong rông", "lúc răng", "lao", "lei ku"])
    assert restorer.restore(name) == name


@pytest.mark.parametrize(("typed", "restored"), [("khrông", "không"), ("khongg", "không"), ("kohng", "không")])
def test_slips_that_look_like_no_such_name_are_mended(typed: str, restored: str) -> None:
    assert Restorer.build(["không có bức tranh"]).restore(typed) == restored


def test_what_the_sources_say_stays_as_it_is_written() -> None:
    lines = [normal_form(line) for text in _SOURCES for line in text.split("\n")]
    assert len(lines) > 100
    assert [line for line in lines if _LARGE.restore(line) != line] == []
