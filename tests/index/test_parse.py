"""From a file's bytes to its text and particulars, and what outranks what."""

import os
import re
from pathlib import Path

import pytest

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.parse import SUPPORTED_SUFFIXES, Parsed, parse, require_known_kind

_TEXT = "---\ntitle: Tên trong tệp\ndate: 2020-05\nevent: Họp\n---\nUBND tỉnh Hậu Giang họp ngày 10/9/2019.\n"
_FRONT, _BESIDE = "khai báo đầu tệp", "tệp khai báo đi kèm"


def _parse(text: str | bytes, sidecar: str = "", name: str = "một.md") -> Parsed:
    return parse(name, text if isinstance(text, bytes) else text.encode(), sidecar.encode(), Limits())


def _said(parsed: Parsed, field: str) -> list[tuple[str, str]]:
    return [(one.value, one.basis) for one in parsed.findings if one.field == field]


def test_the_text_is_the_files_own_and_only_what_stands_below_the_header_has_blocks() -> None:
    parsed = _parse(_TEXT)
    assert parsed.extracted.text == _TEXT
    assert [_TEXT[block.start : block.end] for block in parsed.extracted.blocks] == [
        "UBND tỉnh Hậu Giang họp ngày 10/9/2019."
    ]


def test_front_matter_outranks_what_is_found_in_the_text() -> None:
    parsed = _parse(_TEXT)
    assert _said(parsed, "title") == [("Tên trong tệp", _FRONT)]
    assert _said(parsed, "date") == [("2020-05", _FRONT)]
    assert (parsed.event, parsed.publisher) == ("Họp", "")


def test_what_is_not_declared_is_found_in_the_text_with_its_place() -> None:
    (found,) = (one for one in _parse(_TEXT).findings if one.field == "province")
    assert found.value == "Hậu Giang"
    assert _TEXT[found.start : found.end] == "Hậu Giang"
    assert found.basis not in (_FRONT, _BESIDE)


def test_a_sidecar_outranks_front_matter_field_by_field() -> None:
    parsed = _parse(_TEXT, "title: Tên bên cạnh\nprovinces: [Long An]\npublisher: Báo tỉnh\nevent: Giao ban")
    first = {one.field: (one.value, one.basis) for one in reversed(parsed.findings)}
    assert first["title"] == ("Tên bên cạnh", _BESIDE)
    assert first["date"] == ("2020-05", _FRONT)
    assert first["province"] == ("Long An", _BESIDE)
    assert (parsed.event, parsed.publisher) == ("Giao ban", "Báo tỉnh")


def test_a_sidecars_list_of_provinces_takes_the_place_of_the_one_in_the_file() -> None:
    parsed = _parse("---\nprovinces: [Hậu Giang]\n---\nNội dung.", "provinces: [Long An, Bạc Liêu]")
    assert _said(parsed, "province") == [("Long An", _BESIDE), ("Bạc Liêu", _BESIDE)]


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        (b"date: 2020\ntitle: [a", "YAML ở dòng 2"),
        (b"- a", "khóa: giá trị"),
        ("date: sáng nay".encode(), "sáng nay"),
        (b"event: {a: b}", "event"),
        (b"title: \xff\xfe", "không phải văn bản UTF-8"),
    ],
)
def test_a_broken_sidecar_costs_its_file_and_says_so_in_both_languages(sidecar: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=f"«một.md.yaml»: .*{reason}") as refused:
        parse("kho/một.md", b"x.", sidecar, Limits())
    assert "một.md.yaml" in refused.value.english


def test_a_sidecar_may_be_written_as_the_front_matter_is() -> None:
    assert _said(_parse("Nội dung.", "---\ntitle: Tên bên cạnh\n---\n"), "title") == [("Tên bên cạnh", _BESIDE)]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_examples_of_the_readme_may_be_used_as_they_stand(name: str) -> None:
    readme = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
    beside, in_file = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    for parsed in (_parse("Nội dung.", beside), _parse("Nội dung.", in_file), _parse(f"{in_file}Nội dung.")):
        assert [basis for _, basis in _said(parsed, "title")] in ([_FRONT], [_BESIDE])
        assert parsed.extracted.remarks == ()


def test_what_is_odd_in_a_declaration_becomes_a_remark_behind_those_of_the_file() -> None:
    text = "---\ntitle: a\ntieu_de: b\n---\nNội dung.".encode("utf-16")
    odd, unused = _parse(text, "provinve: Huế\nprovinces: Xứ Huế").extracted.remarks, "không được dùng; các khóa"
    assert len(odd) == 3
    assert f"«provinve» {unused}" in odd[0]
    assert "«Xứ Huế»" in odd[1]
    assert f"«tieu_de» {unused}" in odd[2]
    assert _parse(_TEXT, "publisher: a").extracted.remarks == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"---\ntitle: [a\n---\nx", "YAML"),
        ("---\ndate: sáng nay\n---\nx".encode(), "sáng nay"),
        (b"---\ndate: 2020-02-30\n---\nx", "không tồn tại"),
        (b"---\ntitle: " + b"[" * 3000 + b"\n---\nx.", "YAML"),
        (b"\x89PNG\x00\x01\x02", "không phải văn bản"),
        (b"", "không có nội dung chữ"),
        (b" \n\t\r\n", "không có nội dung chữ"),
        (b"\xef\xbb\xbf", "không có nội dung chữ"),
        (b"---\ntitle: a\n---\n\n", "không có nội dung chữ"),
        ("![ảnh](x.png)\n---\nChia sẻ\n".encode(), "không có nội dung chữ"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason_in_both_languages(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=reason) as refused:
        _parse(content)
    assert refused.value.english


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_text_between_two_rules_is_text(name: str) -> None:
    parsed = _parse("---\nBIÊN BẢN: HỌP GIAO BAN [lần 2\n---\nTỉnh Hậu Giang nêu khó khăn.\n", name=name)
    text = parsed.extracted.text
    assert "BIÊN BẢN" in " ".join(text[block.start : block.end] for block in parsed.extracted.blocks)
    assert [value for value, _ in _said(parsed, "province")] == ["Hậu Giang"]


def test_dashes_at_the_top_of_a_page_of_another_kind_are_no_front_matter() -> None:
    parsed = _parse("---\ntitle: Tên khai báo\n---\n<p>Nội dung của trang này.</p>", name="a.html")
    assert "Tên khai báo" not in [value for value, basis in _said(parsed, "title") if basis == _FRONT]


@pytest.mark.parametrize("name", ["A.MD", "a.Txt", "a.markdown", "con.zip/a.md"])
def test_a_kind_is_known_by_its_suffix_in_any_case(name: str) -> None:
    assert _parse("Nội dung.", name=name).extracted.text == "Nội dung."


def test_supported_kinds_are_let_through_in_any_case_and_others_are_not() -> None:
    def is_let_through(name: str) -> bool:
        try:
            require_known_kind(name)
        except UnreadableDocumentError:
            return False
        return True

    names = [name for suffix in SUPPORTED_SUFFIXES for name in (f"a{suffix}", f"A{suffix.upper()}")]
    assert [name for name in [*names, "a.exe", "a"] if is_let_through(name)] == names


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("cũ.doc", r"\.docx"),
        ("cũ.RTF", r"\.docx"),
        ("cũ.xls", r"\.xlsx"),
        ("cũ.ppt", r"\.pdf"),
        ("cũ.rar", r"\.zip"),
        ("cũ.exe", r"\.csv.*\.zip"),
        ("không-đuôi", r"tệp không có phần mở rộng.*\.csv.*\.zip"),
    ],
)
def test_an_unknown_kind_is_refused_with_what_to_save_it_as(name: str, remedy: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=f"Chưa hỗ trợ.*{remedy}") as refused:
        require_known_kind(name)
    assert "not read" in refused.value.english


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        *[("b2.yaml", "b2.txt.yaml"), ("B2.YML", "B2.pdf.yaml"), ("b2.docx.yml", "b2.txt.yaml")],
        *[("khác.yaml", "khác.pdf.yaml"), ("khác.md.yaml", "khác.md.yaml"), ("a.zip/b2.yaml", "b2.pdf.yaml")],
    ],
)
def test_a_declaration_of_no_file_is_refused_with_the_name_it_must_have(tmp_path: Path, name: str, wanted: str) -> None:
    (tmp_path / "b2.txt").write_text("x")
    with pytest.raises(UnreadableDocumentError, match=f"không thuộc về tài liệu nào.*«{wanted}» cho") as refused:
        require_known_kind(f"{tmp_path}/{name}")
    assert f"{wanted}." in refused.value.english


def test_a_declaration_asked_for_by_itself_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "b2.txt").write_text("x")
    with pytest.raises(UnreadableDocumentError, match=r"«b2.txt.yaml» là tệp khai báo của «b2.txt».*bot index"):
        require_known_kind(f"{tmp_path}/b2.txt.yaml")
    with pytest.raises(UnreadableDocumentError):
        require_known_kind(os.fsdecode(bytes(tmp_path) + b"/x\xff.yaml"))
