"""What people declare about a document, in the file or beside it."""

import pytest

from index.errors import UnreadableDocumentError
from index.header import declared, front_matter, read_header, said
from index.records import Finding

_HEADER = 'title: "Họp  với tỉnh"\ndate: 2020-09-10\nprovinces: [Đồng Tháp, " Long An "]'


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_front_matter_is_read_and_the_body_begins_behind_it(mark: str, line_end: str) -> None:
    text = f"{mark}---\n{_HEADER}\n---\nNội dung.".replace("\n", line_end)
    header, begin = front_matter(text)
    assert header == read_header(_HEADER)
    assert said(header, "title") == "Họp với tỉnh"
    assert text[begin:] == "Nội dung."


@pytest.mark.parametrize(
    "text",
    ["", "Nội dung.", "---\ntitle: a\nNội dung.", "\n---\ntitle: a\n---\nx", "----\ntitle: a\n----\nx", "--- a\n---\n"],
)
def test_what_is_no_front_matter_is_part_of_the_body(text: str) -> None:
    assert front_matter(text) == ({}, 0)


def test_front_matter_may_end_the_text_and_hold_nothing() -> None:
    assert front_matter("---\ntitle: a\n---") == ({"title": "a"}, 16)
    assert front_matter("---\n\n---\nx") == ({}, 9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: [a", "YAML"),
        ("title: 'a", "YAML"),
        ("a: b: c", "YAML"),
        ("title: !!python/object/apply:os.system [ls]", "YAML"),
        ("date: 2020-13-01", "không tồn tại"),
        ("date: 2020-02-30", "không tồn tại"),
        ("x: " + "[" * 3000, "YAML"),
        ("- a\n- b", "khóa: giá trị"),
        ("chỉ một câu", "khóa: giá trị"),
    ],
)
def test_a_header_that_cannot_be_read_says_so_in_both_languages(text: str, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=rf"{reason}.*«---».*\.yaml") as refused:
        read_header(text)
    assert "YAML header" in refused.value.english


@pytest.mark.parametrize("text", ["", "\n", "# chỉ chú thích", "---"])
def test_an_empty_header_declares_nothing(text: str) -> None:
    assert read_header(text) == {}
    assert declared(read_header(text), "cơ sở") == []


def test_everything_declared_becomes_a_finding_on_its_basis() -> None:
    header = read_header(
        f"{_HEADER}\nnumber: 12/TB-BTTTT\ntype: Thông báo\nissuer: Bộ TT&TT\npeople: Nguyễn Văn A\nevent: Họp"
    )
    assert declared(header, "khai báo") == [
        Finding("title", "Họp với tỉnh", "khai báo"),
        Finding("date", "2020-09-10", "khai báo"),
        Finding("number", "12/TB-BTTTT", "khai báo"),
        Finding("type", "Thông báo", "khai báo"),
        Finding("issuer", "Bộ TT&TT", "khai báo"),
        Finding("province", "Đồng Tháp", "khai báo"),
        Finding("province", "Long An", "khai báo"),
        Finding("person", "Nguyễn Văn A", "khai báo"),
    ]


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("provinces: Hậu Giang", ["Hậu Giang"]),
        ("provinces: [Hậu Giang, Long An]", ["Hậu Giang", "Long An"]),
        ("provinces: []", []),
        ("provinces:", []),
        ("provinces: ['', ' ', Long An]", ["Long An"]),
    ],
)
def test_provinces_may_be_one_or_a_list(line: str, values: list[str]) -> None:
    assert [one.value for one in declared(read_header(line), "")] == values


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("date: 2020-09-10", ["2020-09-10"]),
        ("date: '2020-9-1'", ["2020-9-1"]),
        ("date: 2020-09", ["2020-09"]),
        ("date: 2020", ["2020"]),
        ("date:", []),
        ("date: ''", []),
        ("title: 2020", ["2020"]),
        ("title:", []),
    ],
)
def test_a_value_may_be_of_any_type_that_yaml_makes_of_it(line: str, values: list[str]) -> None:
    assert [one.value for one in declared(read_header(line), "")] == values


@pytest.mark.parametrize("date", ["sáng nay", "10/9/2020", "'2020-00'", "'0000-01-01'", "2020-09-10T08:00:00", "20"])
def test_a_declared_date_that_is_none_is_refused_with_what_to_write(date: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không đúng dạng.*2020-09-10, 2020-09 hoặc 2020") as refused:
        declared(read_header(f"date: {date}"), "")
    assert "2020-09" in refused.value.english
