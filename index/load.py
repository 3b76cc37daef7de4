"""From files to `Document` records: Markdown with front matter, and plain text."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from index.errors import NothingToIndexError, SourceNotFoundError, UnreadableDocumentError
from index.records import Document, PartialDate
from index.vietnamese import fold, tidy

SUPPORTED_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_TITLE_CHARS = 200


def find_files(paths: Iterable[Path], known: Iterable[str] = ()) -> list[Path]:
    """Every file to read: files as given, folders walked in order of name, hidden ones left out.

    `known` are sources that are indexed: where one of them lay below a path, the path may be gone or empty.
    Raises SourceNotFoundError for a path that does not exist, NothingToIndexError when no file is left.
    """
    paths = list(paths)
    indexed = [Path(source) for source in known]
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            if _held(path, indexed):
                continue
            raise SourceNotFoundError(
                f"Không có tệp hoặc thư mục «{path}».",
                "Hãy kiểm tra lại đường dẫn rồi chạy lại lệnh.",
            )
        found.update(dict.fromkeys(_walk(path)))
    if not found and not any(_held(path, indexed) for path in paths):
        names = ", ".join(f"«{path}»" for path in paths)
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        raise NothingToIndexError(
            f"Không có tài liệu nào trong {names}.", f"Hãy chép vào đó các tệp {kinds} rồi chạy lại."
        )
    return list(found)


def _held(path: Path, indexed: Iterable[Path]) -> bool:
    return any(source.is_relative_to(path) for source in indexed)


def _walk(path: Path) -> Iterator[Path]:
    path = path.resolve()
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and (Path(folder) / name).is_file():
                yield Path(folder) / name


def require_plain_name(path: Path) -> None:
    """Raises UnreadableDocumentError for a file name that is not UTF-8, which nothing could show or store."""
    try:
        path.as_posix().encode("utf-8")
    except UnicodeEncodeError as exc:
        raise UnreadableDocumentError("Tên tệp không phải UTF-8.", "Hãy đổi tên tệp.") from exc


def read_bytes(path: Path) -> bytes:
    """The file's content. Raises UnreadableDocumentError when it cannot be read or is of no known kind."""
    if path.suffix.lower() not in SUPPORTED_SUFFIXES:
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        raise UnreadableDocumentError(f"Chưa hỗ trợ loại tệp «{path.suffix or path.name}».", f"Chỉ nhận {kinds}.")
    try:
        return path.read_bytes()
    except OSError as exc:
        raise UnreadableDocumentError(
            f"Không đọc được tệp ({exc.strerror}).", "Hãy kiểm tra quyền truy cập tệp."
        ) from exc


def digest(content: bytes) -> str:
    """The content's sha256, by which an unchanged file is known."""
    return hashlib.sha256(content).hexdigest()


def parse(source: Path, content: bytes, document_id: str) -> Document:
    """Make the record of a file from its content.

    Raises UnreadableDocumentError when the content is not UTF-8 text, is empty, or its front matter is broken.
    """
    text = _decode(content)
    header, body_start = front_matter(text)
    body = text[body_start:]
    if not body.strip():
        raise UnreadableDocumentError("Tệp không có nội dung.", "Hãy bỏ tệp này hoặc thay bằng tệp có chữ.")
    return Document(
        id=document_id,
        title=_text(header, "title") or _first_line(body) or source.stem,
        source=source.as_posix(),
        sha256=digest(content),
        text=text,
        date=_date(header),
        provinces=_names(header.get("provinces")),
        event=_text(header, "event"),
        publisher=_text(header, "publisher"),
    )


def front_matter(text: str) -> tuple[dict[str, Any], int]:
    """The YAML header and where the body begins; an empty header and 0 when there is none."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, 0
    try:
        header = yaml.safe_load(match.group(1)) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # an impossible date is a ValueError
        raise UnreadableDocumentError(
            "Phần khai báo (front matter) ở đầu tệp sai cú pháp YAML hoặc có ngày không tồn tại.",
            "Hãy sửa phần giữa hai dòng «---».",
        ) from exc
    if not isinstance(header, dict):
        raise UnreadableDocumentError(
            "Phần khai báo (front matter) không có dạng «khóa: giá trị».", "Hãy sửa phần giữa hai dòng «---»."
        )
    return header, match.end()


def document_id(relative: Path) -> str:
    """A readable id from a path: `2020/Đồng Tháp.md` -> `2020-dong-thap`."""
    name = fold(relative.with_suffix("").as_posix())
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "tai-lieu"


def _decode(content: bytes) -> str:
    if b"\x00" in content:
        raise UnreadableDocumentError("Tệp không phải văn bản.", "Hãy lưu lại dưới dạng văn bản UTF-8.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as exc:
        raise UnreadableDocumentError(
            f"Tệp không phải văn bản UTF-8 (lỗi ở byte {exc.start}).", "Hãy lưu lại dưới dạng văn bản UTF-8."
        ) from exc


def _first_line(body: str) -> str:
    line = next((line for line in body.splitlines() if line.strip("\ufeff# \t")), "")
    title = tidy(line).lstrip("# ")
    if len(title) <= _TITLE_CHARS:
        return title
    return title[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def _text(header: dict[str, Any], key: str) -> str:
    return tidy(str(header.get(key) or ""))


def _date(header: dict[str, Any]) -> PartialDate | None:
    value = header.get("date")
    if value is None:
        return None
    date = PartialDate.parse(str(value))
    if date is None:
        raise UnreadableDocumentError(
            f"Ngày «{value}» trong phần khai báo không đúng dạng.", "Hãy ghi 2020-09-10, 2020-09 hoặc 2020."
        )
    return date


def _names(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value] if value else []
    return tuple(tidy(str(item)) for item in items)
