"""From a file's bytes to its text and particulars: what the parsing process does."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.header import SIDECAR_SUFFIXES, Header, declared, front_matter, read_sidecar, remarks_on, said
from index.metadata import find
from index.records import Finding

# Part of how an index was built: raise it when files are read otherwise, and the next run reads all of them again.
PARSER_VERSION = 2
_FRONT_MATTER_KINDS = frozenset({".md", ".markdown", ".txt"})
# Loaders by suffix, imported when they are needed: most collections hold one or two kinds.
_LOADERS = {
    ".md": "text:extract",
    ".markdown": "text:extract",
    ".txt": "text:extract",
    ".pdf": "pdf:extract",
    ".docx": "docx:extract",
    ".html": "html:extract",
    ".htm": "html:extract",
    ".xlsx": "sheets:extract_xlsx",
    ".csv": "sheets:extract_csv",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "ocr:extract"),
}
ARCHIVE_SUFFIX = ".zip"
SUPPORTED_SUFFIXES = frozenset({*_LOADERS, ARCHIVE_SUFFIX})
# What to save it as instead.
_OLDER_KINDS = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".xls": ".xlsx", ".ods": ".xlsx", ".ppt": ".pdf"}
_OLDER_KINDS |= {".pptx": ".pdf", ".rar": ".zip", ".7z": ".zip"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of a file: its text with its blocks, and its particulars, declared ones first."""

    extracted: Extracted
    findings: tuple[Finding, ...]
    event: str = ""
    publisher: str = ""


def require_known_kind(name: str) -> None:
    """Raises UnreadableDocumentError for a file of a kind that is not read, saying what to save it as."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in SUPPORTED_SUFFIXES:
        return
    if suffix in SIDECAR_SUFFIXES:
        raise _of_no_file(Path(name))
    kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
    better = _OLDER_KINDS.get(suffix)
    raise UnreadableDocumentError(
        f"Chưa hỗ trợ loại tệp «{suffix}»." if suffix else "Chưa hỗ trợ tệp không có phần mở rộng.",
        f"Hãy lưu lại dưới dạng {better}." if better else f"Chỉ nhận {kinds}.",
        f"Files of this kind are not read. {f'Save it as {better}.' if better else f'Known kinds: {kinds}.'}",
    )


def parse(name: str, content: bytes, sidecar: bytes, limits: Limits) -> Parsed:
    """Read a file; `sidecar` is the content of the YAML file beside it, or empty.

    A sidecar outranks the front matter, and both what is found in the text. What is odd about either becomes a remark.
    Raises UnreadableDocumentError.
    """
    require_known_kind(name)
    suffix = PurePosixPath(name).suffix.lower()
    extracted = _loader(suffix)(content, limits)
    header, begin = front_matter(extracted.text) if suffix in _FRONT_MATTER_KINDS else ({}, 0)
    if not any(block.kind != "noise" and block.start >= begin for block in extracted.blocks):
        raise UnreadableDocumentError(
            "Tệp không có nội dung chữ.",
            "Hãy bỏ tệp này hoặc thay bằng tệp có chữ.",
            "The file holds no text. Leave it out, or replace it.",
        )
    beside = _beside(name, sidecar)
    in_file = _declared(header, "khai báo đầu tệp")
    findings: list[Finding] = []
    for source in (beside.findings, in_file.findings, find(extracted, PurePosixPath(name).name)):
        given = {one.field for one in findings}
        findings += [one for one in source if one.field not in given]
    remarks = dict.fromkeys([*extracted.remarks, *beside.remarks, *in_file.remarks])
    return Parsed(
        replace(extracted, remarks=tuple(remarks)),
        tuple(findings),
        beside.event or in_file.event,
        beside.publisher or in_file.publisher,
    )


class _Declared(NamedTuple):
    findings: list[Finding]
    event: str
    publisher: str
    remarks: list[str]


def _declared(header: Header, basis: str) -> _Declared:
    return _Declared(declared(header, basis), said(header, "event"), said(header, "publisher"), remarks_on(header))


def _beside(name: str, content: bytes) -> _Declared:
    """What the sidecar of a file declares. Raises UnreadableDocumentError that names it."""
    try:
        return _declared(read_sidecar(_decoded(content)), "tệp khai báo đi kèm")
    except UnreadableDocumentError as exc:
        sidecar = f"{PurePosixPath(name).name}{SIDECAR_SUFFIXES[0]}"
        raise UnreadableDocumentError(
            f"Tệp khai báo đi kèm «{sidecar}»: {exc.message}", exc.remedy, f"Sidecar file {sidecar}: {exc.english}"
        ) from exc


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise UnreadableDocumentError(
            "Đây không phải văn bản UTF-8.",
            "Hãy lưu lại tệp .yaml dưới dạng UTF-8.",
            "It is not UTF-8 text. Save it as UTF-8.",
        ) from exc


def _of_no_file(sidecar: Path) -> UnreadableDocumentError:
    """The refusal of a sidecar by itself, naming the file it stands beside or may be meant for."""
    name, stem = (part.encode(errors="replace").decode() for part in (sidecar.name, sidecar.stem))
    is_whole = Path(stem).suffix.lower() in SUPPORTED_SUFFIXES
    if is_whole and _is_there(sidecar.with_suffix("")):
        return UnreadableDocumentError(
            f"«{name}» là tệp khai báo của «{stem}» và được đọc cùng tệp đó.",
            f"Hãy chạy «bot index» với tệp «{stem}» hoặc với cả thư mục.",
            f"It declares particulars of {stem} and is read with that file. Index that file, or the folder.",
        )
    stems = dict.fromkeys([stem, Path(stem).stem])
    possible = (f"{one}{suffix}" for one in stems for suffix in sorted(SUPPORTED_SUFFIXES))
    nearest = next((one for one in possible if _is_there(sidecar.with_name(one))), "")
    wanted = f"{nearest or (stem if is_whole else f'{stem}.pdf')}{SIDECAR_SUFFIXES[0]}"
    return UnreadableDocumentError(
        f"Tệp khai báo «{name}» không thuộc về tài liệu nào trong thư mục.",
        "Hãy đặt tệp cạnh tài liệu và lấy tên đầy đủ của tài liệu rồi thêm "
        f"«{SIDECAR_SUFFIXES[0]}», ví dụ «{wanted}» cho «{wanted.removesuffix(SIDECAR_SUFFIXES[0])}».",
        f"It belongs to no file of its folder. Put it beside its document, under its whole name and .yaml: {wanted}.",
    )


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may be listed and not entered
        return False


def _loader(suffix: str) -> Callable[[bytes, Limits], Extracted]:
    module, function = _LOADERS[suffix].split(":")
    found: Callable[[bytes, Limits], Extracted] = getattr(import_module(f"index.loaders.{module}"), function)
    return found
