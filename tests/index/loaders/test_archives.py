"""Archives: what is in them, and what is refused before it does harm."""

import struct
import unicodedata
import zipfile
from io import BytesIO

import pytest

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.loaders.archives import members, properties, require_no_ole, require_plain_xml, require_sane_zip
from tests.index.loaders.checks import COPIES, bomb, repacked, settled, zipped

LIMITS = Limits()
SMALL = Limits(unpacked_mib=10)


def _with_flags(content: bytes, flags: int) -> bytes:
    """The same archive with flags set in the headers of all members."""
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(magic)
        while start >= 0:
            held = struct.unpack_from("<H", content, start + offset)[0]
            place = start + offset
            content = content[:place] + struct.pack("<H", held | flags) + content[place + 2 :]
            start = content.find(magic, start + 4)
    return content


def _named(raw: bytes) -> bytes:
    """An archive of one file whose name is these bytes, the UTF-8 flag not set."""
    return zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)


def test_files_come_in_order_of_name_with_their_content() -> None:
    content = zipped({"b/hai.txt": b"2", "a.txt": b"1", "b/ba.txt": b"3"})
    assert members(content, LIMITS) == [("a.txt", b"1"), ("b/ba.txt", b"3"), ("b/hai.txt", b"2")]


@pytest.mark.parametrize(
    "name",
    ["thu-muc/", ".an.txt", "a/.git/config", "__MACOSX/._a.txt", "a/__MACOSX/b.txt", "a/Thumbs.db", "~$nhap.docx"],
)
def test_folders_and_hidden_files_are_left_out(name: str) -> None:
    assert members(zipped({name: b"", "a.txt": b"1"}), LIMITS) == [("a.txt", b"1")]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b.txt", "/etc/a.txt", "..\\a.txt", "a\\..\\..\\b.txt", "C:\\a.txt", "c:/a.txt", "a/.."],
)
def test_a_name_that_leads_outside_refuses_the_whole_archive(name: str) -> None:
    with pytest.raises(UnreadableDocumentError, match="không an toàn"):
        members(zipped({"tot.txt": b"1", name: b"2"}), LIMITS)


@pytest.mark.parametrize("name", ["a..b.txt", "báo cáo...txt", "./bao-cao.txt"])
def test_dots_within_a_name_do_no_harm(name: str) -> None:
    assert members(zipped({name: b"1"}), LIMITS) == [(name.removeprefix("./"), b"1")]


def test_backslashes_part_folders() -> None:
    assert members(zipped({"năm 2021\\quý 1.txt": b"1"}), LIMITS) == [("năm 2021/quý 1.txt", b"1")]


def test_names_in_utf_8_without_the_flag_are_read() -> None:
    assert members(_named("Kế hoạch.txt".encode()), LIMITS)[0][0] == "Kế hoạch.txt"


def test_names_that_are_no_utf_8_stay_as_they_were_read() -> None:
    assert members(_named(b"r\x82sum\x82.txt"), LIMITS)[0][0] == "résumé.txt"


def test_decomposed_names_of_macos_are_composed() -> None:
    name = unicodedata.normalize("NFD", "Kế hoạch.txt")
    assert members(zipped({name: b"1"}), LIMITS)[0][0] == "Kế hoạch.txt"


def test_of_two_members_of_one_name_the_last_counts() -> None:
    content = zipped({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    assert members(content, LIMITS) == [("a.txt", b"2")]


def test_an_archive_within_an_archive_is_opened() -> None:
    inner = zipped({"x.txt": b"1", "y/z.txt": b"2"})
    content = zipped({"Phụ lục.ZIP": inner, "a.txt": b"0"})
    assert [name for name, _ in members(content, LIMITS)] == ["Phụ lục.ZIP/x.txt", "Phụ lục.ZIP/y/z.txt", "a.txt"]


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        (zipped({"c.zip": zipped({"x.txt": b"1"}), "y.txt": b"2"}), "quá sâu"),
        (b"PK\x03\x04", "bị hỏng"),
        (_with_flags(zipped({"a.txt": b"1"}), 0x1), "mật khẩu"),
    ],
    ids=["too deep", "damaged", "under a password"],
)
def test_an_archive_within_that_cannot_be_opened_is_refused_by_itself(inner: bytes, why: str) -> None:
    held = dict(members(zipped({"a.txt": b"0", "b.zip": inner}), LIMITS))
    refused = {name: str(error) for name, error in held.items() if isinstance(error, UnreadableDocumentError)}
    assert held["a.txt"] == b"0"
    assert list(refused) == (["b.zip/c.zip"] if why == "quá sâu" else ["b.zip"])
    assert all(why in reason for reason in refused.values())


def test_what_unpacks_before_an_inner_archive_proves_damaged_counts() -> None:
    broken = bytearray(bomb("a.txt", 6))
    broken[len(broken) // 2] ^= 0xFF
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        members(zipped({f"{number}.zip": bytes(broken) for number in range(5)}), SMALL)


def test_archives_may_be_nested_as_deep_as_the_limit_says() -> None:
    content = zipped({"b.zip": zipped({"c.zip": zipped({"x.txt": b"1"})})})
    assert members(content, Limits(nesting=2)) == [("b.zip/c.zip/x.txt", b"1")]


def test_the_pictures_of_a_saved_page_are_left_out() -> None:
    content = zipped({"b/Tin.HTML": b"1", "b/Tin_files/anh.png": b"2", "b/tep_files/c.txt": b"3"})
    assert [name for name, _ in members(content, LIMITS)] == ["b/Tin.HTML", "b/tep_files/c.txt"]


def test_a_name_within_an_inner_archive_may_not_lead_outside_either() -> None:
    with pytest.raises(UnreadableDocumentError, match="không an toàn"):
        members(zipped({"b.zip": zipped({"../x.txt": b"1"})}), LIMITS)


def test_a_bomb_of_zeros_is_refused() -> None:
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        require_sane_zip(bomb("a.txt", 400), SMALL)


def test_a_bomb_within_the_limit_is_refused_by_its_ratio() -> None:
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        require_sane_zip(bomb("a.txt", 40), LIMITS)


def test_what_packs_well_is_no_bomb() -> None:
    text = "".join(f"<c r='A{row}'><v>12</v></c>" for row in range(600_000)).encode()
    assert members(zipped({"a.xml": text}), LIMITS)[0][1] == text


def test_inner_archives_share_one_allowance() -> None:
    inner = bomb("a.txt", 6)
    assert members(zipped({"a.zip": inner}), SMALL)
    with pytest.raises(UnreadableDocumentError, match="quá lớn"):
        members(zipped({"a.zip": inner, "b.zip": inner}), SMALL)


def test_sizes_that_headers_lie_about_do_not_help() -> None:
    content = bytearray(bomb("a.txt", 30))
    start = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, start + 24, 10)
    with pytest.raises(UnreadableDocumentError):
        require_sane_zip(bytes(content), SMALL)


def test_too_many_files_are_refused() -> None:
    content = zipped({f"{number}.txt": b"" for number in range(30)})
    with pytest.raises(UnreadableDocumentError, match="quá nhiều"):
        members(content, Limits(files=29))
    assert len(members(content, Limits(files=30))) == 30


def test_an_encrypted_archive_asks_for_its_password_to_be_removed() -> None:
    with pytest.raises(UnreadableDocumentError, match="mật khẩu"):
        members(_with_flags(zipped({"a.txt": b"1"}), 0x1), LIMITS)


def test_methods_that_unpack_in_one_step_are_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", bytes(1000))
    with pytest.raises(UnreadableDocumentError, match="hỏng"):
        members(packed.getvalue(), LIMITS)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", "Đây là văn bản.".encode(), bytes(1000)])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocumentError, match="hỏng"):
        members(content, LIMITS)


def test_an_archive_cut_short_is_refused() -> None:
    content = zipped({"a.txt": b"Th\xc3\xb4ng b\xc3\xa1o" * 100})
    with pytest.raises(UnreadableDocumentError, match="hỏng"):
        members(content[:-30], LIMITS)


def test_an_empty_archive_holds_nothing() -> None:
    assert members(zipped({}), LIMITS) == []


_ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


@pytest.mark.parametrize(
    "part",
    [
        _ENTITY.encode(),
        b"\xef\xbb\xbf" + _ENTITY.encode(),
        b" " * 5000 + _ENTITY.encode(),
        _ENTITY.encode("utf-16"),
        _ENTITY.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a',
        b'<?xml version="1.0" encoding="utf-8"?><!-- ' + b"x" * 100_000 + b" --><!DOCTYPE a><a/>",
    ],
)
def test_xml_with_a_document_type_is_refused_in_any_encoding(part: bytes) -> None:
    archive = require_sane_zip(zipped({"word/document.bin": part}), LIMITS)
    with pytest.raises(UnreadableDocumentError, match="không an toàn"):
        require_plain_xml(archive)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("a.xml", b'<?xml version="1.0" encoding="UTF-8"?><a>1</a>'),
        ("a.xml", '<?xml version="1.0" encoding="UTF-16"?><a>1</a>'.encode("utf-16")),
        ("word/media/logo.svg", b"<!DOCTYPE svg><svg/>"),
        ("word/media/anh.png", b"\x89PNG <!DOCTYPE"),
    ],
)
def test_plain_xml_and_pictures_pass(name: str, part: bytes) -> None:
    with require_sane_zip(zipped({name: part}), LIMITS) as archive:
        require_plain_xml(archive)
        assert archive.read(name) == part


def test_old_office_files_and_protected_ones_are_told_apart() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    with pytest.raises(UnreadableDocumentError, match=r"Office cũ.*Hãy lưu lại dạng \.docx"):
        require_no_ole(ole + "WordDocument".encode("utf-16-le"), ".docx")
    with pytest.raises(UnreadableDocumentError, match=r"mật khẩu.*\.xlsx"):
        require_no_ole(ole + "EncryptedPackage".encode("utf-16-le"), ".xlsx")
    require_no_ole(zipped({"a.xml": b"<a/>"}), ".docx")


@pytest.mark.parametrize(
    ("core", "stated"),
    [
        (
            b"<p xmlns:d='http://purl.org/dc/elements/1.1/'><d:title> B\xc3\xa1o  c\xc3\xa1o </d:title></p>",
            ("Báo cáo", ""),
        ),
        (b"<p xmlns:t='http://purl.org/dc/terms/'><t:created>2021-03-05T01:02:03Z</t:created></p>", ("", "2021-03-05")),
        (b"<p xmlns:t='http://purl.org/dc/terms/'><t:created>2021-02-30</t:created></p>", ("", "")),
        (b"<p><broken", ("", "")),
    ],
)
def test_properties_are_what_the_file_states(core: bytes, stated: tuple[str, str]) -> None:
    with require_sane_zip(repacked(zipped({}), {"docProps/core.xml": core}), LIMITS) as archive:
        assert properties(archive) == stated


def test_damaged_archives_are_read_or_refused() -> None:
    inner = zipped({"x.txt": b"Th\xc3\xb4ng b\xc3\xa1o" * 50})
    assert settled(members, zipped({"Kế hoạch.txt": b"1" * 500, "b.zip": inner, "c/d.xml": b"<a>1</a>"})) == COPIES
