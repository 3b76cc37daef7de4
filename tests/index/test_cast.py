"""Who is meant by a name, a title, a pronoun."""

import pytest

from index.cast import Cast, Voice
from index.mentions import Mention
from index.records import Finding


@pytest.fixture
def cast() -> Cast:
    met = Cast()
    met.meet("Phan Minh Khoa", "Thứ trưởng Bộ TT&TT")
    met.meet("Lê Thị Hoa", "Giám đốc Sở TT&TT Cà Mau")
    met.meet("Trần Văn Lộc", "Phó Chủ tịch UBND tỉnh Cà Mau")
    return met


def _name(voice: Voice | None) -> str:
    assert voice is not None
    return voice.name


def test_people_whom_the_document_names_with_a_title_are_known_from_its_first_line() -> None:
    cast = Cast.of([Finding("person", "Phan Minh Khoa", "x", detail="Thứ trưởng"), Finding("province", "Cà Mau", "x")])
    assert cast.who(Mention(0, name="Phan Minh Khoa")) == Voice("ministry", "Phan Minh Khoa", "Thứ trưởng", True)


def test_a_longer_title_of_the_same_side_replaces_a_shorter_one(cast: Cast) -> None:
    cast.meet("Lê Thị Hoa", "Giám đốc Sở")
    assert cast.people["Lê Thị Hoa"].title == "Giám đốc Sở TT&TT Cà Mau"
    cast.meet("Lê Thị Hoa", "Ủy viên Ban Chấp hành, Giám đốc Sở TT&TT tỉnh Cà Mau")
    assert cast.people["Lê Thị Hoa"].title == "Ủy viên Ban Chấp hành, Giám đốc Sở TT&TT tỉnh Cà Mau"


def test_a_person_without_a_title_is_on_the_side_that_speaks(cast: Cast) -> None:
    cast.speak(Voice("enterprise", "Viettel"))
    assert cast.meet("Đỗ Quang Huy", "").side == "enterprise"


def test_a_title_means_its_last_holder(cast: Cast) -> None:
    assert _name(cast.who(Mention(0, office="Thứ trưởng", is_bare=True))) == "Phan Minh Khoa"
    assert _name(cast.who(Mention(0, office="Phó Chủ tịch", is_bare=True))) == "Trần Văn Lộc"
    cast.meet("Võ Thành Nam", "Thứ trưởng")
    assert _name(cast.who(Mention(0, office="Thứ trưởng", is_bare=True))) == "Võ Thành Nam"


def test_a_title_that_nobody_holds_speaks_for_its_side(cast: Cast) -> None:
    assert cast.who(Mention(0, office="Bộ trưởng", is_bare=True)) == Voice("ministry", "", "Bộ trưởng")


def test_a_pronoun_means_who_speaks(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    assert _name(cast.who(Mention(0, called="ông", is_bare=True))) == "Phan Minh Khoa"


def test_bà_is_no_man_s_pronoun(cast: Cast) -> None:
    cast.who(Mention(0, name="Phan Minh Khoa", called="ông"))
    cast.speak(cast.people["Phan Minh Khoa"])
    cast.who(Mention(0, name="Trần Văn Lộc", called="ông"))
    assert _name(cast.who(Mention(0, called="bà", is_bare=True))) == "Lê Thị Hoa"


def test_a_given_name_means_the_person_who_has_it(cast: Cast) -> None:
    assert _name(cast.who(Mention(0, given="Hoa", is_bare=True))) == "Lê Thị Hoa"
    assert cast.who(Mention(0, given="Sơn", is_bare=True)) is None


def test_an_organ_speaks_through_its_own_person(cast: Cast) -> None:
    cast.speak(cast.people["Lê Thị Hoa"])
    assert _name(cast.who(Mention(0, unit="Sở"))) == "Lê Thị Hoa"


def test_a_bare_organ_means_the_last_one_named_in_full(cast: Cast) -> None:
    cast.who(Mention(0, unit="Cục Viễn thông"))
    cast.who(Mention(0, unit="Vụ Bưu chính"))
    assert cast.who(Mention(0, unit="Cục")) == Voice("ministry", "Cục Viễn thông")


def test_those_who_represent_an_organ_speak_for_it(cast: Cast) -> None:
    assert cast.who(Mention(0, unit="Lãnh đạo tỉnh Cà Mau")) == Voice("province", "tỉnh Cà Mau")


def test_units_that_are_not_named_speak_for_their_side(cast: Cast) -> None:
    assert cast.who(Mention(0, whole="Bộ TT&TT")) == Voice("ministry")


def test_an_organ_of_no_side_is_nobody(cast: Cast) -> None:
    assert cast.who(Mention(0, unit="Phòng họp")) is None


def test_the_last_voice_of_a_side(cast: Cast) -> None:
    assert cast.last_of("ministry") == Voice("ministry")
    cast.speak(cast.people["Phan Minh Khoa"])
    cast.speak(cast.people["Lê Thị Hoa"])
    assert cast.last_of("ministry").name == "Phan Minh Khoa"


def test_another_company_is_not_the_speakers_own(cast: Cast) -> None:
    cast.speak(cast.meet("Đỗ Quang Huy", "Phó Tổng Giám đốc Viettel"))
    cast.opens = False
    assert _name(cast.who(Mention(0, unit="Viettel Cà Mau"))) == "Đỗ Quang Huy"
    assert cast.who(Mention(0, unit="VNPT Cà Mau")) == Voice("enterprise", "VNPT Cà Mau")


def test_a_chief_without_a_name_speaks_for_his_organ(cast: Cast) -> None:
    assert cast.who(Mention(0, office="Tổng Giám đốc VNPT", is_bare=True)) == Voice("enterprise", "VNPT")


def test_a_title_with_an_organ_means_no_holder_elsewhere(cast: Cast) -> None:
    assert cast.who(Mention(0, office="Giám đốc Sở Y tế", is_bare=True)) == Voice("province", "Sở Y tế")


def test_an_organ_of_the_one_province_is_named_in_full() -> None:
    cast = Cast(home="Cà Mau")
    assert cast.who(Mention(0, unit="tỉnh")) == Voice("province", "tỉnh Cà Mau")
    assert cast.who(Mention(0, unit="Sở")) == Voice("province", "Sở TT&TT Cà Mau")


def test_the_ministry_means_its_person_who_spoke(cast: Cast) -> None:
    cast.speak(cast.people["Phan Minh Khoa"])
    cast.speak(cast.people["Lê Thị Hoa"])
    assert _name(cast.who(Mention(0, unit="Bộ"))) == "Phan Minh Khoa"


def test_chị_is_no_man_s_pronoun(cast: Cast) -> None:
    for name in ("Trần Văn Lộc", "Phan Minh Khoa"):
        cast.who(Mention(0, name=name, called="anh"))
    cast.speak(cast.people["Phan Minh Khoa"])
    assert _name(cast.who(Mention(0, called="chị", is_bare=True))) == "Lê Thị Hoa"


def test_the_chairman_of_a_company_is_not_the_provinces(cast: Cast) -> None:
    cast.meet("Vũ Đức Tài", "Chủ tịch UBND tỉnh Cà Mau")
    assert cast.who(Mention(0, office="Chủ tịch BKAV", is_bare=True)) == Voice("enterprise", "BKAV")


def test_two_syllables_of_a_name_are_the_whole_name(cast: Cast) -> None:
    cast.meet("Đặng Thị Quế Anh", "Cục trưởng Cục Viễn thông")
    assert _name(cast.who(Mention(0, name="Quế Anh", called="bà"))) == "Đặng Thị Quế Anh"


def test_a_title_is_learned_after_the_name(cast: Cast) -> None:
    cast.meet("Tô Vĩnh Đạt", "")
    assert cast.meet("Tô Vĩnh Đạt", "Đại diện CMC") == Voice("enterprise", "Tô Vĩnh Đạt", "Đại diện CMC", True)


def test_the_department_of_another_province_is_another(cast: Cast) -> None:
    cast.speak(cast.people["Lê Thị Hoa"])
    cast.opens = False
    assert _name(cast.who(Mention(0, unit="Sở TT&TT Long An"))) == "Sở TT&TT Long An"
