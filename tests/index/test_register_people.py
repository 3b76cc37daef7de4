"""Who speaks in the register: by which names, for which side."""

import pytest

from index.catalog import Catalog
from index.corrections import Corrections
from index.register import Register
from tests.index.registered import BUDGET, DONE, SERVERS, document_of, found_in, put


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Trần Hùng Sơn", ["a@0!0", "a@0!1"]),
        ("tran hung", ["a@0!0", "a@0!1"]),
        ("Thứ trưởng Trần Hùng Sơn", ["a@0!0", "a@0!1"]),
        ("hung", ["a@0!0", "a@0!1", "b@0!0"]),
        ("Hùng", ["a@0!0", "a@0!1"]),
        ("Hưng", ["b@0!0"]),
        ("Hừng", []),
        ("trưởng", ["a@0!0", "a@0!1", "b@0!0"]),
    ],
)
def test_a_speaker_is_found_by_words_typed_with_or_without_marks(
    register: Register, typed: str, found: list[str]
) -> None:
    assert [one for one in found_in(register, speaker=typed) if one != "b@0!1"] == found


def test_the_speakers_are_known_written_out_and_called_by_every_name(
    catalog: Catalog, no_corrections: Corrections
) -> None:
    short = {"speaker": "Vụ CNTT", "title": ""}
    head = {"speaker": "Lê Thị Hưng", "title": "Vụ trưởng Vụ Công nghệ thông tin"}
    put(catalog, document_of("a", BUDGET, SERVERS, DONE), short, head)
    register = Register(catalog, no_corrections, 0.8)
    assert register.speakers["Vụ công nghệ thông tin"] == register.speakers["Vụ CNTT"] == "ministry"
    for name in ("Vụ CNTT", "Vụ công nghệ thông tin", "vu cong nghe thong tin"):
        assert register.called(name) == {"Vụ CNTT", "Lê Thị Hưng"}, name
    assert register.called("Vụ trưởng Vụ CNTT") == {"Lê Thị Hưng"}
    assert [one.name for one in register.identities] == ["Lê Thị Hưng", "Trần Hùng Sơn", "Vụ CNTT"]


def test_two_of_one_name_have_lines_of_their_own(catalog: Catalog, no_corrections: Corrections) -> None:
    first = {"speaker": "Lê Văn Hưng", "title": "Phó Chủ tịch UBND tỉnh Cà Mau", "speaker_side": "province"}
    second = {"speaker": "Lê Văn Hưng", "title": "Giám đốc VNPT Sơn La", "speaker_side": "enterprise"}
    put(catalog, document_of("a", BUDGET, SERVERS), first, second)
    register = Register(catalog, no_corrections, 0.8)
    assert found_in(register, speaker="Lê Văn Hưng") == ["a@0!0", "a@0!1"]
    assert found_in(register, speaker="UBND tỉnh Cà Mau") == ["a@0!0"]
    assert [(one.units, one.sides) for one in register.identities] == [
        (("UBND tỉnh Cà Mau",), ("province",)),
        (("VNPT Sơn La",), ("enterprise",)),
    ]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Cục trưởng Cục Bưu chính số", "Cục Bưu chính số"),
        ("Vụ trưởng Vụ Kinh tế số (Bộ TT&TT)", "Vụ Kinh tế số"),
        ("Giám đốc Học viện Sông Xanh, Ủy viên", "Học viện Sông Xanh"),
        ("Thứ trưởng", ""),
    ],
)
def test_who_speaks_is_known_with_the_unit_of_the_title(
    catalog: Catalog, no_corrections: Corrections, title: str, unit: str
) -> None:
    put(catalog, document_of("a", BUDGET), {"title": title})
    speakers = Register(catalog, no_corrections, 0.8).speakers
    assert speakers == dict.fromkeys(filter(None, ["Trần Hùng Sơn", unit]), "ministry")


def test_a_speaker_has_the_side_he_mostly_speaks_for_and_the_busiest_comes_last(
    catalog: Catalog, no_corrections: Corrections
) -> None:
    sides = [{"speaker_side": side} for side in ("province", "ministry", "ministry")]
    put(catalog, document_of("a", BUDGET, SERVERS, DONE), *sides)
    put(catalog, document_of("b", BUDGET), {"speaker": "Lê Thị Hưng", "speaker_side": "enterprise"})
    put(catalog, document_of("c", BUDGET), {"speaker": "", "title": ""})
    speakers = Register(catalog, no_corrections, 0.8).speakers
    assert speakers == {"Lê Thị Hưng": "enterprise", "Trần Hùng Sơn": "ministry"}
    assert list(speakers)[-1] == "Trần Hùng Sơn"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Trần Hùng Sơn", {"Trần Hùng Sơn"}),
        ("tran hung son", {"Trần Hùng Sơn"}),
        ("Cục Bưu chính số", {"Lê Thị Hưng"}),  # who heads it
        ("Cục Bưu chính", {"Lê Thị Hưng"}),
        ("Hùng S", set()),  # whole words only
        ("Cục Tần số", set()),
    ],
)
def test_speakers_are_called_by_name_or_by_the_unit_they_head(
    catalog: Catalog, no_corrections: Corrections, name: str, called: set[str]
) -> None:
    head = {"speaker": "Lê Thị Hưng", "title": "Cục trưởng Cục Bưu chính số"}
    nobody = {"speaker": "", "title": "Cục trưởng Cục Bưu chính số"}
    put(catalog, document_of("a", BUDGET, SERVERS, DONE), {}, head, nobody)
    assert Register(catalog, no_corrections, 0.8).called(name) == called
