"""People and units over all documents: one under several names, two of one name apart."""

import time

import pytest

from index.identities import Identities, Identity
from index.records import Document, PartialDate, Side, Statement
from index.units import held, is_person, titles_of, unit_key


def _said(
    speaker: str, title: str = "", side: Side = "ministry", about: str = "", date: str = "2020", document: str = ""
) -> tuple[Statement, Document]:
    identifier = document or f"{about}-{date}"
    provinces = tuple(filter(None, about.split(", ")))
    text = "Nên làm ngay."
    held = Document(identifier, "Họp", f"/{identifier}.md", "0", text, PartialDate.parse(date), provinces=provinces)
    statement = Statement(
        f"{identifier}#s0", identifier, 0, len(text), text, "recommendation", speaker, title, side, "", about, date, "",
        (), "", 0.9, (),
    )  # fmt: skip
    return statement, held


def _of(*said: tuple[Statement, Document]) -> list[Identity]:
    return list(Identities(said))


def _names(*said: tuple[Statement, Document]) -> list[tuple[str, ...]]:
    return [one.names for one in _of(*said)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cục Tin học hóa", "Cục THH"),
        ("Cục Tin học hóa", "Cục Tin học hoá"),
        ("Cục Tin học hóa", "CỤC TIN HỌC HÓA"),
        ("Vụ CNTT", "Vụ Công nghệ thông tin"),
        ("Cục An toàn thông tin", "Cục ATTT"),
        ("Cục Phát thanh, truyền hình và thông tin điện tử", "Cục PTTH&TTĐT"),
        ("Vụ Kế hoạch - Tài chính", "Vụ KHTC"),
        ("Cục Chuyển đổi số quốc gia", "Cục Chuyển đổi số"),
        ("Sở TT&TT Bạc Liêu", "Sở Thông tin và Truyền thông tỉnh Bạc Liêu"),
        ("Sở KH&ĐT Hà Giang", "Sở Kế hoạch và Đầu tư tỉnh Hà Giang"),
        ("UBND tỉnh Cà Mau", "Ủy ban nhân dân tỉnh Cà Mau"),
        ("UBND tỉnh Cà Mau", "Uỷ ban nhân dân Cà Mau"),
        ("UBND TP. Cần Thơ", "UBND thành phố Cần Thơ"),
        ("Bộ TT&TT", "Bộ Thông tin và Truyền thông (TT&TT)"),
        ("VNPT", "Tập đoàn Bưu chính Viễn thông Việt Nam"),
        ("Bưu điện Việt Nam", "VNPost"),
    ],
)
def test_a_unit_is_one_under_its_several_names(one: str, other: str) -> None:
    (found,) = _of(_said(one), _said(one, date="2021"), _said(other, date="2022"))
    assert (found.name, found.other_names, found.is_person, found.statements) == (one, (other,), False, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cục Tin học hóa", "Cục Chuyển đổi số quốc gia"),
        ("Bộ TT&TT", "Bộ KH&CN"),
        ("VNPT", "VNPT Cà Mau"),
        ("VNPT Cà Mau", "VNPT Sơn La"),
        ("Viettel", "Công ty An ninh mạng Viettel"),
        ("Cục Thông tin cơ sở", "Cục Thông tin đối ngoại"),
        ("Sở TT&TT Hà Nam", "Sở TT&TT Hà Giang"),
        ("tỉnh Cà Mau", "UBND tỉnh Cà Mau"),
    ],
)
def test_units_that_are_two_stay_two(one: str, other: str) -> None:
    assert len(_of(_said(one), _said(other, date="2021"))) == 2


def test_an_abbreviation_that_fits_two_units_is_none_of_them() -> None:
    assert len(_of(_said("Cục Báo chí"), _said("Cục Bưu chính"), _said("Cục BCH"), _said("Cục BC"))) == 4


def test_a_provinces_own_unit_is_of_the_one_province_of_its_document() -> None:
    found = _of(
        _said("UBND tỉnh", side="province", about="Cà Mau"),
        _said("UBND tỉnh Cà Mau", side="province", about="Cà Mau, Sơn La"),
        _said("UBND tỉnh", side="province", about="Sơn La"),
        _said("UBND tỉnh", side="province", about="Cà Mau, Sơn La", date="2021"),
        _said("UBND huyện Châu Thành", side="province", about="Cà Mau"),
        _said("UBND huyện Châu Thành", side="province", about="Sơn La"),
        _said("Cục", date="2021"),
        _said("Cục", date="2022"),
    )
    assert [(one.name, one.provinces, one.statements) for one in found] == [
        ("UBND tỉnh Cà Mau", ("Cà Mau",), 2),
        ("Cục", (), 1),
        ("Cục", (), 1),
        ("UBND huyện Châu Thành", ("Cà Mau",), 1),
        ("UBND huyện Châu Thành", ("Sơn La",), 1),
        ("UBND tỉnh", (), 1),
        ("UBND tỉnh Sơn La", ("Sơn La",), 1),
    ]


def test_a_person_has_each_title_with_the_dates_of_its_documents() -> None:
    (found,) = _of(
        _said("Lê Minh Tâm", "Thứ trưởng", date="2019-05-02"),
        _said("Lê Minh Tâm", "Thứ trưởng Bộ TT&TT", date="2020"),
        _said("Lê Minh Tâm", "Bộ trưởng Bộ Thông tin và Truyền thông", date="2023-01"),
        _said("Lê Minh Tâm", "Ủy viên Trung ương Đảng, Bộ trưởng Bộ TT&TT, cùng Đoàn công tác", date="2023-01-09"),
        _said("Lê Minh Tâm", date="2024"),
        _said("Lê Minh Tâm", "Bộ trưởng", date=""),
    )
    assert [(one.text, one.first, one.last, len(one.documents)) for one in found.titles] == [
        ("Thứ trưởng Bộ TT&TT", "2019-05-02", "2020", 2),
        ("Bộ trưởng Bộ Thông tin và Truyền thông", "2023-01", "2023-01", 3),
        ("Ủy viên Trung ương Đảng", "2023-01-09", "2023-01-09", 1),
    ]
    assert (found.units, found.is_person, found.statements) == (("Bộ TT&TT",), True, 6)


_VICE, _HEAD = "Phó Chủ tịch UBND tỉnh", "Giám đốc Sở TT&TT"


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("Bộ trưởng", "ministry", ""), ("Bộ trưởng Bộ TT&TT", "ministry", "Cà Mau"), True),
        (("Cục trưởng Cục Viễn thông", "ministry", ""), ("Thứ trưởng", "ministry", ""), True),
        (("Cục trưởng Cục Viễn thông", "ministry", ""), ("Vụ trưởng Vụ Bưu chính", "ministry", ""), False),
        ((_VICE, "province", "Cà Mau"), (_VICE, "province", "Cà Mau"), True),
        ((_VICE, "province", "Cà Mau"), (f"{_VICE} Cà Mau", "province", "Cà Mau, Sơn La"), True),
        ((_VICE, "province", "Cà Mau"), ("", "province", "Cà Mau"), True),
        ((_HEAD, "province", "Cà Mau"), (_VICE, "province", "Cà Mau"), True),
        ((_HEAD, "province", "Cà Mau"), ("Giám đốc Sở Y tế", "province", "Cà Mau"), False),
        ((_VICE, "province", "Cà Mau"), (_VICE, "province", "Sơn La"), False),
        ((f"{_HEAD} Cà Mau", "province", ""), (f"{_HEAD} Sơn La", "province", ""), False),
        ((_VICE, "province", "Cà Mau"), ("Giám đốc VNPT Cà Mau", "enterprise", "Cà Mau"), False),
        ((_VICE, "province", "Cà Mau"), ("Thứ trưởng", "ministry", "Cà Mau"), False),
        (("Giám đốc VNPT Cà Mau", "enterprise", "Cà Mau"), ("Giám đốc VNPT", "enterprise", "Cà Mau"), True),
        (("Giám đốc VNPT Cà Mau", "enterprise", "Cà Mau"), ("Giám đốc VNPT Sơn La", "enterprise", "Sơn La"), False),
        (("Tổng Giám đốc VNPT", "enterprise", "Cà Mau"), ("đại diện VNPT", "enterprise", "Sơn La"), True),
        (("Giám đốc VNPT", "enterprise", "Cà Mau"), ("Giám đốc Viettel", "enterprise", "Cà Mau"), False),
    ],
)
def test_those_of_one_name_are_one_person_only_where_all_agrees(
    one: tuple[str, Side, str], other: tuple[str, Side, str], together: bool
) -> None:
    said = [
        _said("Nguyễn Văn Hùng", title, side, about, document=name)
        for name, (title, side, about) in (("a", one), ("b", other))
    ]
    assert len(_of(*said)) == len(_of(*reversed(said))) == (1 if together else 2)


def test_who_moved_from_one_department_to_another_is_one_person() -> None:
    said = [
        _said("Lê Minh Tâm", "Cục trưởng Cục Viễn thông", date="2019"),
        _said("Lê Minh Tâm", "Vụ trưởng Vụ Bưu chính", date="2020-01"),
    ]
    assert len(_of(*said)) == 1
    assert len(_of(*said, _said("Lê Minh Tâm", "Cục trưởng Cục Viễn thông", date="2020-03"))) == 2


def test_a_name_alone_that_may_be_two_persons_is_neither_but_in_a_document_of_one_of_them() -> None:
    first = _said("Nguyễn Văn Hùng", _VICE, "province", "Cà Mau", document="a")
    second = _said("Nguyễn Văn Hùng", _VICE, "province", "Sơn La", document="b")
    alone = _said("Nguyễn Văn Hùng", "", "province", document="c")
    same = _said("Nguyễn Văn Hùng", "", "province", "Cà Mau", document="a")
    assert [one.statements for one in _of(first, second, alone)] == [1, 1, 1]
    assert [one.statements for one in _of(first, second, same)] == [2, 1]


def test_spellings_of_one_name_are_one_person() -> None:
    assert _names(
        _said("Hồ Sỹ Thúy", "Thứ trưởng"), _said("Hồ Sĩ Thuý", "Thứ trưởng", date="2021"), _said("Hồ Sỹ Thúy")
    ) == [("Hồ Sỹ Thúy", "Hồ Sĩ Thuý")]
    assert len(_of(_said("Trần Hùng"), _said("Trần Hưng"))) == 2


def test_a_name_that_has_a_title_somewhere_is_a_persons() -> None:
    (found,) = _of(_said("A Thanh Byăn", _VICE, "province", "Cà Mau"), _said("A Thanh Byăn", "", "province", "Cà Mau"))
    assert (found.is_person, found.statements) == (True, 2)


def test_a_name_that_holds_title_and_address_is_the_persons() -> None:
    (found,) = _of(_said("ông Tạ Minh Chuẩn, Phó Cục trưởng Cục Viễn thông"), _said("Tạ Minh Chuẩn", date="2021"))
    assert (found.names, found.units, found.is_person) == (("Tạ Minh Chuẩn",), ("Cục Viễn thông",), True)


_CAST = Identities(
    [
        _said("Nguyễn Mạnh Hùng", "Bộ trưởng Bộ TT&TT"),
        _said("Trần Gia Hưng", "Phó Cục trưởng Cục ATTT"),
        _said("Lý Thị Lan", "Cục trưởng Cục An toàn thông tin"),
        _said("Cục An toàn thông tin"),
        _said("Cục THH"),
        _said("Cục Tin học hóa", date="2021"),
        _said("Vàng Seo Páo", "Giám đốc Sở TT&TT", "province", "Hà Giang"),
        _said("", "", "narrator"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "speakers"),
    [
        ("Nguyễn Mạnh Hùng", ["Nguyễn Mạnh Hùng"]),
        ("nguyen manh hung", ["Nguyễn Mạnh Hùng"]),
        ("Bộ trưởng Nguyễn Mạnh Hùng", ["Nguyễn Mạnh Hùng"]),
        ("Thứ trưởng Nguyễn Mạnh Hùng", ["Nguyễn Mạnh Hùng"]),
        ("đồng chí Nguyễn Mạnh Hùng", ["Nguyễn Mạnh Hùng"]),
        ("ông Hùng", ["Nguyễn Mạnh Hùng"]),
        ("ong hung", ["Nguyễn Mạnh Hùng", "Trần Gia Hưng"]),
        ("Bộ trưởng Hùng", ["Nguyễn Mạnh Hùng"]),
        ("Bộ trưởng", ["Nguyễn Mạnh Hùng"]),
        ("Cục trưởng Cục An toàn thông tin", ["Lý Thị Lan"]),
        ("Phó Cục trưởng Cục An toàn thông tin", ["Trần Gia Hưng"]),
        ("cục attt", ["Cục An toàn thông tin", "Lý Thị Lan", "Trần Gia Hưng"]),
        ("Cục ATTT", ["Cục An toàn thông tin", "Lý Thị Lan", "Trần Gia Hưng"]),
        ("lãnh đạo Cục An toàn thông tin", ["Cục An toàn thông tin", "Lý Thị Lan", "Trần Gia Hưng"]),
        ("cuc tin hoc hoa", ["Cục THH", "Cục Tin học hóa"]),
        ("Sở Thông tin và Truyền thông tỉnh Hà Giang", ["Vàng Seo Páo"]),
        ("Cục Viễn thông", []),
        ("", []),
    ],
)
def test_who_is_meant_is_found_by_name_title_or_unit(typed: str, speakers: list[str]) -> None:
    assert sorted(_CAST.called(typed)) == speakers


def test_each_statement_has_its_identity() -> None:
    statement, document = _said("Cục THH")
    found = _CAST.of(statement, document)
    assert found is not None
    assert set(found.names) == {"Cục THH", "Cục Tin học hóa"}
    assert _CAST.of(*_said("", "", "narrator")) is None
    assert _CAST.speaks_for("Cục Tin học hoá", statement, document)
    assert not _CAST.speaks_for("Cục Viễn thông", statement, document)


def test_they_come_by_number_of_statements() -> None:
    found = _of(_said("VNPT"), *[_said("Viettel", date=str(year)) for year in (2020, 2021)], _said("FPT"))
    assert [one.name for one in found] == ["Viettel", "FPT", "VNPT"]


@pytest.mark.parametrize(
    ("speaker", "title", "expected"),
    [
        ("Lan Hương", "", True),
        ("Y Bion Niê", "", True),
        ("Văn Sự", "Thứ trưởng", True),
        ("Cà Mau", "", False),
        ("Viettel Lai Châu", "", False),
        ("Hanoi Telecom", "", False),
        ("Văn phòng Bộ", "", False),
        ("tỉnh", "", False),
        ("", "", False),
    ],
)
def test_a_person_is_told_from_a_unit(speaker: str, title: str, expected: bool) -> None:
    assert is_person(speaker, title) is expected


@pytest.mark.parametrize(
    ("title", "offices"),
    [
        ("Phó Giám đốc phụ trách Sở TT&TT", [("Phó Giám đốc phụ trách", "Sở TT&TT")]),
        ("Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh", [("Bí thư", "Tỉnh ủy"), ("Chủ tịch", "HĐND tỉnh")]),
        ("Giám đốc Sở Văn hóa, Thể thao và Du lịch", [("Giám đốc", "Sở Văn hóa, Thể thao và Du lịch")]),
        ("Giám đốc Sở TT&TT, trình bày", [("Giám đốc", "Sở TT&TT")]),
        ("Bí thư Tỉnh ủy Cà Mau (có ảnh chụp khi", [("Bí thư", "Tỉnh ủy Cà Mau")]),
        ("đại diện ezCloud", [("đại diện", "ezCloud")]),
        ("Giám đốc một công ty", [("Giám đốc", "")]),
        ("Cục trưởng", [("Cục trưởng", "")]),
    ],
)
def test_titles_are_office_and_unit(title: str, offices: list[tuple[str, str]]) -> None:
    assert [held(one) for one in titles_of(title)] == offices


def test_a_units_key_has_no_province_word() -> None:
    assert unit_key("Sở TT&TT tỉnh Hà Tĩnh") == ("so", "thong", "tin", "truyen", "thong", "ha", "tinh")
    assert unit_key("tỉnh Hà Tĩnh") == ("tinh", "ha", "tinh")


def test_a_hundred_thousand_statements_take_less_than_two_seconds() -> None:
    provinces = ["Cà Mau", "Sơn La", "Hà Giang", "Lai Châu"]
    families, given = ["Lê", "Trần", "Phạm", "Lý"], ["Hùng", "Lan", "Tâm", "Sơn", "Vân", "Hải"]
    speakers: list[tuple[str, str, Side]] = [
        (f"{families[one % 4]} Văn {given[one % 6]}", f"Giám đốc Sở TT&TT {provinces[one % 4]}", "province")
        for one in range(24)
    ]
    speakers += [("Nguyễn Mạnh Hùng", "Bộ trưởng", "ministry"), ("Nguyễn Mạnh Hùng", "", "ministry")]
    speakers += [("Cục THH", "", "ministry"), ("UBND tỉnh", "", "province")]
    said = [
        _said(
            *speakers[(meeting + one) % len(speakers)], provinces[meeting % 4], f"{2015 + meeting % 10}", f"d{meeting}"
        )
        for meeting in range(2000)
        for one in range(50)
    ]
    begun = time.process_time()
    found = Identities(said)
    assert time.process_time() - begun < 4
    assert sum(one.statements for one in found) == 100_000
