"""What people declare about a document, in the file or beside it."""

import re

import pytest

from index.errors import UnreadableDocumentError
from index.header import declared, front_matter, read_header, read_sidecar, remarks_on, said
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
    [
        *[
            "",
            "Nội dung.",
            "---\nKính gửi: a\nNội dung.\ntitle: a",
            "\n---\ntitle: a\n---\nx",
            "----\ntitle: a\n----\nx",
            "--- a\n---\n",
        ],
        *[
            "---\n\n---\nx",
            "---\n# chú thích\n---\nx",
            "---\nlayout\n---\nx",
            "---\nĐịa điểm: Hà Nội\n---\nx",
            "---\n- title: a\n---\nx",
        ],
        "---\nBIÊN BẢN HỌP\n---\nThành phần: lãnh đạo tỉnh.",
        "---\n\nKính gửi: Sở Xây dựng; đề nghị: [xem phụ lục\n\n---\nx",
    ],
)
def test_what_is_no_front_matter_is_part_of_the_body(text: str) -> None:
    assert front_matter(text) == ({}, 0)


def test_front_matter_may_end_the_text_and_need_only_hold_one_known_key() -> None:
    assert front_matter("---\ntitle: a\n---") == ({"title": "a"}, 16)
    assert front_matter("---\nlayout: x\n'Date' : 2020\n---\nx") == ({"layout": "x", "date": "2020"}, 32)


def test_keys_of_one_word_are_front_matter_though_none_is_known() -> None:
    text = "---\ntieu_de: Họp\nprovinve:\n---\nNội dung."
    assert front_matter(text) == ({"tieu_de": "Họp", "provinve": ""}, text.index("Nội"))


def test_known_keys_in_broken_front_matter_are_refused_and_not_shown_as_text() -> None:
    with pytest.raises(UnreadableDocumentError, match="YAML"):
        front_matter("---\nlayout: x\ntitle: [a\n---\nNội dung.")


@pytest.mark.parametrize("text", ["---\ntitle: a\nNội dung.", "\ufeff---\r\n\r\nDate: 2020\r\ntitle: a\r\n"])
def test_front_matter_that_does_not_end_is_refused_with_what_to_add(text: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không có dòng «---» kết thúc.*thêm một dòng «---»") as refused:
        front_matter(text)
    assert "does not end" in refused.value.english


def test_a_fault_in_yaml_is_named_with_its_line_in_the_file() -> None:
    for read in (read_header, read_sidecar):
        with pytest.raises(UnreadableDocumentError, match=r"YAML ở dòng 2\.") as refused:
            read("title: a\nissuer: b: c\n")
        assert "line 2" in refused.value.english
    with pytest.raises(UnreadableDocumentError, match=r"YAML ở dòng 3\."):
        front_matter("---\ntitle: a\nissuer: b: c\n---\nNội dung.")


@pytest.mark.parametrize("before", ["", "---\n", "\ufeff---\r\n"])
@pytest.mark.parametrize("after", ["", "\n", "\n---", "\r\n--- \r\n\r\n", "\n...\n"])
def test_a_sidecar_may_stand_between_rules(before: str, after: str) -> None:
    assert read_sidecar(f"{before}{_HEADER}{after}") == read_header(_HEADER)


def test_text_below_the_rules_of_a_sidecar_is_a_fault() -> None:
    with pytest.raises(UnreadableDocumentError, match=r"YAML ở dòng 3\."):
        read_sidecar("---\ntitle: a\n---\nNội dung.")


@pytest.mark.parametrize(
    ("text", "remarks"),
    [
        (_HEADER, []),
        ("Title: a\ndate: 2020\ndate_precision: year\nEVENT: b\npublisher: c", []),
        ("tieu_de: a\nprovinve: Huế", [r"Khóa «tieu_de», «provinve» không được dùng; các khóa được dùng: title, .*\."]),
        ("provinces: [Xứ Huế, tỉnh Huế]", [r"Không có tỉnh, thành phố nào tên «Xứ Huế»; .*"]),
    ],
)
def test_the_reader_is_told_of_keys_that_say_nothing_and_of_unknown_provinces(text: str, remarks: list[str]) -> None:
    told = remarks_on(read_header(text))
    assert len(told) == len(remarks)
    assert all(re.fullmatch(pattern, remark) for pattern, remark in zip(remarks, told, strict=True))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: [a", "YAML"),
        ("title: 'a", "YAML"),
        ("a: b: c", "YAML"),
        ('title: "\\U00110000"', "YAML"),
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
        ("provinces:\n  -", []),
        ("provinces: ~", []),
        ("provinces:\n  - null\n  - Huế", ["Huế"]),
        ("provinces: Hậu Giang, Long An; Bà Rịa - Vũng Tàu,", ["Hậu Giang", "Long An", "Bà Rịa - Vũng Tàu"]),
        ("provinces:\n  - Hậu Giang, Long An", ["Hậu Giang", "Long An"]),
        ("provinces: [Tỉnh Nam Định, tp hồ chí minh, Xứ Huế]", ["Nam Định", "Hồ Chí Minh", "Xứ Huế"]),
        ("people: Lê Thị Na; Vi Văn Tư", ["Lê Thị Na", "Vi Văn Tư"]),
    ],
)
def test_provinces_may_be_one_or_a_list(line: str, values: list[str]) -> None:
    assert [one.value for one in declared(read_header(line), "")] == values


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("date: 2020-09-10", ["2020-09-10"]),
        ("date: '2020-9-1'", ["2020-09-01"]),
        ("date: 2020-09-10 08:00:00 +0700", ["2020-09-10"]),
        ("date: 2020-09-10T08:00:00+07:00", ["2020-09-10"]),
        ("date: 2020-09-10T23:30:00.5Z", ["2020-09-10"]),
        ("date: 2020-09-10 8:05", ["2020-09-10"]),
        ("date: 10/9/2020", ["2020-09-10"]),
        ("date: 10-09-2020", ["2020-09-10"]),
        ("date: 10.9.2020 15:30", ["2020-09-10"]),
        ("date: ngày 10 tháng 9 năm 2020", ["2020-09-10"]),
        ("date: 9/2020", ["2020-09"]),
        ("date: tháng 9 năm 2020", ["2020-09"]),
        ("date: 2020-09", ["2020-09"]),
        ("date: 2020", ["2020"]),
        ("date:", []),
        ("date: ''", []),
        ("title: 2020", ["2020"]),
        ("title:", []),
        ("title: no", ["no"]),
        ("title: 1_000", ["1_000"]),
        ("title: [Dự thảo, lần 2]", ["Dự thảo, lần 2"]),
        ("number: 010", ["010"]),
        ("number: 12:30", ["12:30"]),
        ("number: !!int 010", ["010"]),
        ("title: !!python/object/apply:os.system [ls]", ["ls"]),  # two words of text: nothing is run
        ('title: "a\\0b"', ["a b"]),
        ("Title: Họp", ["Họp"]),
    ],
)
def test_a_single_value_is_the_text_as_written_and_a_date_is_brought_into_form(line: str, values: list[str]) -> None:
    assert [one.value for one in declared(read_header(line), "")] == values


@pytest.mark.parametrize("line", ["people:\n  - Lê Na: Giám đốc", "title: {a: b}", "title: [[a]]"])
def test_a_value_that_nests_is_refused_with_how_to_write_it(line: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"Khóa «\w+».*danh sách.*ngoặc kép") as refused:
        declared(read_header(line), "")
    assert "neither" in refused.value.english


@pytest.mark.parametrize(
    "date",
    [
        *[
            "sáng nay",
            "20",
            "9/20",
            "2020 8:00 đến",
        ],
        "10/9/2020 và 11/9/2020",
    ],
)
def test_a_declared_date_that_is_none_is_refused_with_what_to_write(date: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không đúng dạng.*2020-09-10, 2020-09 hoặc 2020") as refused:
        declared(read_header(f"date: {date}"), "")
    assert "2020-09" in refused.value.english


@pytest.mark.parametrize("date", ["31/2/2020", "2020-02-31", "2021-02-29", "2020-13-01", "'2020-00'", "'0000-01-01'"])
def test_a_declared_day_that_does_not_exist_is_said_not_to(date: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"không tồn tại.*kiểm tra lại") as refused:
        declared(read_header(f"date: {date}"), "")
    assert "no such date" in refused.value.english
