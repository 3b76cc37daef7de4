"""ZIP files, and what Office makes of them: opened only once they are known to be harmless."""

import contextlib
import datetime
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from index.errors import UnreadableDocumentError, damaged
from index.extracted import Limits
from index.litter import folders_of_pages, is_litter
from index.vietnamese import tidy

# A file in an archive: its name, and its content or why it is refused by itself.
Member = tuple[str, bytes | UnreadableDocumentError]

# What zipfile and zlib raise for broken archives.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_MIB = 1 << 20
# Pages of repeated cells pack 100 to 1, zeros 200 to 1 and more; a few MiB do no harm either way.
_RATIO = 200
_RATIO_FROM = 10 * _MIB
_ENCRYPTED, _UTF8 = 0x1, 0x800
# The two methods that zipfile unpacks in small steps; the others may swell in one.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # marks of the encoding, white space
_XML_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']*)[\"']")
_PICTURE = re.compile(r".*/media/[^/]*\.svg", re.IGNORECASE)  # drawings often carry a DTD, and nobody parses them
_OUTSIDE = re.compile(r"/|[A-Za-z]:|(?:.*/)?\.\.(?:/|$)")
_TITLE, _CREATED = "{http://purl.org/dc/elements/1.1/}title", "{http://purl.org/dc/terms/}created"


class _HarmfulError(UnreadableDocumentError):
    """An archive within which refuses the whole: it goes beyond a limit, or its names lead outside."""


@dataclass(slots=True)
class _Allowance:
    """What may still be unpacked, an archive and those within it taken together."""

    unpacked: int
    files: int

    @classmethod
    def of(cls, limits: Limits) -> "_Allowance":
        return cls(limits.unpacked_mib * _MIB, limits.files)


def require_sane_zip(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, every member of which has been unpacked once and found whole and within the limits.

    Raises UnreadableDocumentError for what is no ZIP, is damaged, encrypted, or unpacks to far more than it is.
    """
    return _opened(content, _Allowance.of(limits))


def require_plain_xml(archive: zipfile.ZipFile) -> None:
    """Raises UnreadableDocumentError when an XML part declares a document type or entities, as no Office program does.

    Entities can name files of this machine or swell to gigabytes.
    """
    for info in archive.infolist():
        part = archive.read(info).lstrip(_BEFORE_XML)
        if not part.startswith(b"<") or _PICTURE.fullmatch(info.filename):
            continue
        part = part.replace(b"\0", b"")  # UTF-16 then reads like ASCII
        encoding = _XML_ENCODING.match(part)
        if _DECLARATION.search(part) or (encoding and encoding[1].lower() not in (b"utf-8", b"utf-16")):
            raise UnreadableDocumentError(
                f"Tệp có phần «{info.filename}» chứa khai báo không an toàn (DTD hoặc thực thể XML).",
                "Hãy mở tệp bằng Word, Excel hoặc LibreOffice rồi lưu lại.",
                f"The part {info.filename!r} declares a DTD, entities or a foreign encoding. "
                "Open the file in Word, Excel or LibreOffice and save it again.",
            )


def properties(archive: zipfile.ZipFile) -> tuple[str, str]:
    """The title and the ISO date of creation that an Office file of plain XML states, empty where it states none."""
    try:
        root = ElementTree.fromstring(archive.read("docProps/core.xml"))
    except (KeyError, ElementTree.ParseError):
        return "", ""
    title = tidy(root.findtext(_TITLE, ""))
    try:
        return title, datetime.date.fromisoformat(root.findtext(_CREATED, "")[:10]).isoformat()
    except ValueError:
        return title, ""


def require_no_ole(content: bytes, suffix: str) -> None:
    """Raises UnreadableDocumentError for Office files of before 2007 and for those under a password.

    `suffix` is what such a file should be saved as: `.docx`, `.xlsx`.
    """
    if not content.startswith(_OLE_MAGIC[:4]):
        return
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableDocumentError(
            "Tệp được đặt mật khẩu.",
            f"Hãy mở tệp, bỏ mật khẩu rồi lưu lại dạng {suffix}.",
            f"The file is protected by a password. Open it, remove the password and save it as {suffix}.",
        )
    raise UnreadableDocumentError(
        "Tệp có định dạng Office cũ (trước năm 2007).",
        f"Hãy lưu lại dạng {suffix}.",
        f"The file is in the Office format of before 2007. Save it as {suffix}.",
    )


def members(content: bytes, limits: Limits) -> list[Member]:
    """Name and content of every file in a ZIP, in order of name; a ZIP within gives `inner.zip/name`.

    Folders and litter are left out; a ZIP within that cannot be opened, or is nested deeper than the limit, is refused
    by itself. Raises UnreadableDocumentError as `require_sane_zip` does, and for names that lead out of the archive.
    """
    return sorted(_members(content, limits.nesting, _Allowance.of(limits)), key=lambda member: member[0])


def _members(content: bytes, nesting: int, allowance: _Allowance) -> Iterator[Member]:
    with _opened(content, allowance) as archive:
        # The last of several members of one name counts, as everywhere.
        named = {_name(info): info for info in archive.infolist()}
        of_pages = folders_of_pages(named)
        for name, info in named.items():
            if _OUTSIDE.match(name):
                raise _leads_outside(name)
            if name.endswith("/") or name.startswith(of_pages) or is_litter(name):
                continue
            data = archive.read(info)
            if name.lower().endswith(".zip"):
                yield from ((f"{name}{inner}", held) for inner, held in _inner(name, data, nesting, allowance))
            else:
                yield name, data


def _inner(name: str, content: bytes, nesting: int, allowance: _Allowance) -> Iterator[Member]:
    """Yield the members of a ZIP within, named `/name`; or the ZIP itself, its name empty, when it is refused."""
    if not nesting:
        yield "", _too_deep(name)
        return
    try:
        for inner, held in _members(content, nesting - 1, allowance):
            yield f"/{inner}", held
    except _HarmfulError:
        raise
    except UnreadableDocumentError as exc:
        yield "", exc


def _opened(content: bytes, allowance: _Allowance) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as exc:
        raise damaged() from exc
    infos = archive.infolist()
    allowance.files -= len(infos)
    if allowance.files < 0:
        raise _HarmfulError(
            "Tệp nén chứa quá nhiều tệp con.",
            "Hãy giải nén rồi lập chỉ mục thư mục đó.",
            "The archive holds too many files. Unpack it and index the folder.",
        )
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise UnreadableDocumentError(
            "Tệp nén được đặt mật khẩu.",
            "Hãy giải nén rồi nén lại không dùng mật khẩu.",
            "The archive is protected by a password. Pack it again without one.",
        )
    _unpack_once(archive, len(content), allowance)
    return archive


def _unpack_once(archive: zipfile.ZipFile, packed: int, allowance: _Allowance) -> None:
    """Count what really comes out: sizes in headers are claims, and members may overlap."""
    unpacked = 0
    for info in archive.infolist():
        try:
            if info.compress_type not in _METHODS:
                raise NotImplementedError(info.compress_type)
            with archive.open(info) as member:
                while chunk := member.read(_MIB):
                    unpacked += len(chunk)
                    allowance.unpacked -= len(chunk)
                    if allowance.unpacked < 0 or unpacked > max(_RATIO * packed, _RATIO_FROM):
                        raise _swells()
        except _BROKEN as exc:
            raise damaged() from exc


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag zipfile reads it as cp437, which most programs do not write."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")


def _swells() -> _HarmfulError:
    return _HarmfulError(
        "Tệp quá lớn sau khi giải nén.",
        "Hãy tách thành nhiều tệp nhỏ hơn; nếu tệp do người lạ gửi, xin đừng mở.",
        "The file unpacks to more than is allowed. Split it; if a stranger sent it, do not open it.",
    )


def _leads_outside(name: str) -> _HarmfulError:
    return _HarmfulError(
        f"Tệp nén có tên tệp con không an toàn: «{name}».",
        "Hãy giải nén bằng phần mềm tin cậy, kiểm tra lại rồi nén lại.",
        f"The archive holds an unsafe file name: {name!r}. Unpack it with a trusted program, check it, pack it again.",
    )


def _too_deep(name: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Tệp nén «{name}» nằm quá sâu trong tệp nén khác.",
        "Hãy giải nén tệp này rồi lập chỉ mục thư mục đó.",
        f"The archive {name!r} lies too deep within other archives. Unpack it and index the folder.",
    )
