"""Which files there are to index, and their contents."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import NothingToIndexError, SourceNotFoundError, UnreadableDocumentError
from index.header import SIDECAR_SUFFIXES
from index.parse import ARCHIVE_SUFFIX, SUPPORTED_SUFFIXES
from index.vietnamese import fold


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to index: the name it is known by, where its bytes are, and its place below what was asked to be indexed.

    A member of an archive is known by the archive's name and its own within it.
    """

    source: str
    path: Path
    relative: str
    sidecar: Path | None = None

    def read(self) -> tuple[bytes, bytes]:
        """Its content and that of the sidecar beside it, empty without one.

        Raises UnreadableDocumentError when it cannot be read, or has a name that nothing could show.
        """
        require_plain_name(self.source)
        return _read(self.path), _read(self.sidecar) if self.sidecar else b""


def find_files(paths: Iterable[Path], known: Iterable[str] = ()) -> list[SourceFile]:
    """Every file to read: files as given, folders walked in order of name, hidden ones and sidecars left out.

    `known` are sources that are indexed: where one of them lay below a path, the path may be gone or empty.
    Raises SourceNotFoundError for a path that does not exist, NothingToIndexError when no file is left.
    """
    paths = list(paths)
    indexed = [Path(source) for source in known]
    found: dict[str, SourceFile] = {}
    for path in paths:
        if not path.exists():
            if _held(path, indexed):
                continue
            raise SourceNotFoundError(
                f"Không có tệp hoặc thư mục «{path}».",
                "Hãy kiểm tra lại đường dẫn rồi chạy lại lệnh.",
            )
        for file in _walk(path.resolve()):
            found.setdefault(file.source, file)
    if not found and not any(_held(path, indexed) for path in paths):
        names = ", ".join(f"«{path}»" for path in paths)
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        raise NothingToIndexError(
            f"Không có tài liệu nào trong {names}.", f"Hãy chép vào đó các tệp {kinds} rồi chạy lại."
        )
    return list(found.values())


def _held(path: Path, indexed: Iterable[Path]) -> bool:
    return any(source.is_relative_to(path) for source in indexed)


def _walk(path: Path) -> Iterator[SourceFile]:
    if path.is_file():
        beside = (path.with_name(f"{path.name}{suffix}") for suffix in SIDECAR_SUFFIXES)
        sidecar = next((other for other in beside if other.is_file()), None)
        yield SourceFile(path.as_posix(), path, path.name, sidecar)
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name, name_beside in with_sidecars(names):
            file = Path(folder) / name
            if not file.name.startswith(".") and file.is_file():
                declared = Path(folder) / name_beside if name_beside else None
                yield SourceFile(file.as_posix(), file, file.relative_to(path).as_posix(), declared)


def with_sidecars(names: Iterable[str]) -> list[tuple[str, str]]:
    """`(name, name of its sidecar or empty)` in order of name; sidecars of other names are left out."""
    present = set(names)
    sidecars = {
        f"{name}{suffix}": name for name in present for suffix in SIDECAR_SUFFIXES if f"{name}{suffix}" in present
    }
    beside = {name: sidecar for sidecar, name in sidecars.items()}
    return [(name, beside.get(name, "")) for name in sorted(present - sidecars.keys())]


def archive_of(path: Path) -> Path | None:
    """The archive that a path leads into (`a.zip/b.txt`), or None."""
    return next(
        (parent for parent in path.parents if parent.suffix.lower() == ARCHIVE_SUFFIX and parent.is_file()), None
    )


def require_plain_name(source: str) -> None:
    """Raises UnreadableDocumentError for a file name that is not UTF-8, which nothing could show or store."""
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise UnreadableDocumentError(
            "Tên tệp không phải UTF-8.", "Hãy đổi tên tệp.", "The file's name is not UTF-8. Rename it."
        ) from exc


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as exc:
        raise UnreadableDocumentError(
            f"Không đọc được tệp ({exc.strerror}).",
            "Hãy kiểm tra quyền truy cập tệp.",
            f"The file cannot be read ({exc.strerror}). Check its permissions.",
        ) from exc


def digest(*contents: bytes) -> str:
    """The sha256 of a file's content (and its sidecar's), by which an unchanged file is known."""
    found = hashlib.sha256()
    for content in contents:
        found.update(content)
    return found.hexdigest()


def document_id(relative: str) -> str:
    """A readable id from a path: `2020/Đồng Tháp.md` -> `2020-dong-thap`."""
    name = fold(Path(relative).with_suffix("").as_posix())
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "tai-lieu"
