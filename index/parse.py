"""From a file's bytes to its text and particulars: what the parsing process does."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits
from index.header import Header, declared, front_matter, read_header, said
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
    kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
    better = _OLDER_KINDS.get(suffix)
    raise UnreadableDocumentError(
        f"Chưa hỗ trợ loại tệp «{suffix or PurePosixPath(name).name}».",
        f"Hãy lưu lại dưới dạng {better}." if better else f"Chỉ nhận {kinds}.",
        f"Files of this kind are not read. {f'Save it as {better}.' if better else f'Known kinds: {kinds}.'}",
    )


def parse(name: str, content: bytes, sidecar: bytes, limits: Limits) -> Parsed:
    """Read a file; `sidecar` is the content of the YAML file beside it, or empty.

    A sidecar outranks the front matter, and both what is found in the text. Raises UnreadableDocumentError.
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
    beside = _read_sidecar(sidecar)
    findings: list[Finding] = []
    for source in (
        declared(beside, "tệp khai báo đi kèm"),
        declared(header, "khai báo đầu tệp"),
        find(extracted, PurePosixPath(name).name),
    ):
        given = {one.field for one in findings}
        findings += [one for one in source if one.field not in given]
    return Parsed(
        extracted,
        tuple(findings),
        said(beside, "event") or said(header, "event"),
        said(beside, "publisher") or said(header, "publisher"),
    )


def _read_sidecar(content: bytes) -> Header:
    try:
        return read_header(content.decode("utf-8"))
    except UnicodeDecodeError as exc:
        raise UnreadableDocumentError(
            "Tệp khai báo đi kèm không phải văn bản UTF-8.",
            "Hãy lưu lại tệp .yaml dưới dạng UTF-8.",
            "The sidecar file is not UTF-8 text. Save it as UTF-8.",
        ) from exc


def _loader(suffix: str) -> Callable[[bytes, Limits], Extracted]:
    module, function = _LOADERS[suffix].split(":")
    found: Callable[[bytes, Limits], Extracted] = getattr(import_module(f"index.loaders.{module}"), function)
    return found
