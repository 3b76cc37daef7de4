"""Which files there are to index, and their contents."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import NothingToIndexError, SourceNotFoundError, UnreadableDocumentError
from index.extracted import Limits
from index.header import SIDECAR_SUFFIXES
from index.litter import folders_of_pages, is_litter
from index.parse import ARCHIVE_SUFFIX, SUPPORTED_SUFFIXES
from index.vietnamese import fold

_MIB = 1 << 20
_ROOM = 4  # a file takes several times its size to be read


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to index: the name it is known by, where its bytes are, and its place below what was asked to be indexed.

    A member of an archive is known by the archive's name and its own within it. A folder that cannot be listed stands
    for all that may lie below it, `closed` saying why.
    """

    source: str
    path: Path
    relative: str
    sidecar: Path | None = None
    closed: str = ""

    def read(self, limits: Limits) -> tuple[bytes, bytes]:
        """Its content and that of the sidecar beside it, empty without one.

        Raises UnreadableDocumentError when it cannot be read, is too big, or has a name that nothing could show.
        """
        require_plain_name(self.source)
        if self.closed:
            raise _closed(self.closed) if self.path.exists() else _missing()
        return _read(self.path, limits), _read(self.sidecar, limits) if self.sidecar else b""


def find_files(paths: Iterable[Path], known: Iterable[str] = ()) -> list[SourceFile]:
    """Every file to read: files as given, folders walked in order of name, litter and sidecars left out.

    A folder that cannot be listed is among them, and one that is gone though `known` (sources that are indexed) lay
    below it: the share it is on may come back. A known file may be gone, a folder of known ones empty.
    Raises SourceNotFoundError for a path that does not exist, NothingToIndexError when no file is left.
    """
    paths = list(paths)
    indexed = [Path(source) for source in known]
    found: dict[str, SourceFile] = {}
    for path in paths:
        if not path.exists():
            if _held(path, indexed):
                folder = path.parent if path in indexed else path
                if not folder.exists():
                    found[folder.as_posix()] = SourceFile(folder.as_posix(), folder, folder.name, closed="gone")
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
        suffixes = (form for suffix in SIDECAR_SUFFIXES for form in (suffix, suffix.upper()))
        beside = (path.with_name(f"{path.name}{suffix}") for suffix in suffixes)
        sidecar = next((other for other in beside if other.is_file()), None)
        yield SourceFile(path.as_posix(), path, path.name, sidecar)
        return
    refused: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=refused.append):
        of_pages = folders_of_pages(names)
        folders[:] = sorted(name for name in folders if not is_litter(f"{name}/") and f"{name}/" not in of_pages)
        for name, name_beside in with_sidecars(names):
            file = Path(folder) / name
            if not is_litter(name) and _is_file(file):
                declared = Path(folder) / name_beside if name_beside else None
                yield SourceFile(file.as_posix(), file, file.relative_to(path).as_posix(), declared)
    for error in refused:
        if not isinstance(error, FileNotFoundError):
            closed = Path(error.filename)
            yield SourceFile(closed.as_posix(), closed, closed.name, closed=error.strerror or str(error))


def _is_file(path: Path) -> bool:
    """Whether it is a file; one that may not even be looked at is taken for one, and refused when it is read."""
    try:
        return path.is_file()
    except OSError:
        return True


def with_sidecars(names: Iterable[str]) -> list[tuple[str, str]]:
    """`(name, name of its sidecar or empty)` in order of name; sidecars of other names are left out."""
    present = set(names)
    ends = {name: name[name.rfind(".") :] for name in present}
    told = {name: name.removesuffix(end) for name, end in ends.items() if end.lower() in SIDECAR_SUFFIXES}
    sidecars = {name: document for name, document in told.items() if document in present}
    beside = {name: sidecar for sidecar, name in sorted(sidecars.items(), reverse=True)}  # of two the first
    return [(name, beside.get(name, "")) for name in sorted(present - sidecars.keys())]


def folder_of(source: str) -> Path:
    """The folder that a file lies in, or the archive that it is in."""
    path = Path(source)
    archive = next((parent for parent in path.parents if parent.suffix.lower() == ARCHIVE_SUFFIX), path)
    return archive.parent


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


def require_room(size: int, limits: Limits) -> None:
    """Raises UnreadableDocumentError for a content that could not be read within the memory."""
    if size > limits.memory_mib * _MIB // _ROOM:
        raise too_big(limits.memory_mib)


def too_big(memory_mib: int) -> UnreadableDocumentError:
    """The refusal of a file that takes more memory than is allowed."""
    return UnreadableDocumentError(
        f"Đọc tệp cần hơn {memory_mib} MiB bộ nhớ.",
        "Hãy chia nhỏ tệp, hoặc tăng BOT_FILE_MEMORY_MIB.",
        f"Reading the file takes more than {memory_mib} MiB of memory. Split it, or raise BOT_FILE_MEMORY_MIB.",
    )


def _closed(why: str) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"Không mở được thư mục ({why}); tài liệu đã nạp từ thư mục này được giữ nguyên.",
        "Hãy cấp quyền đọc thư mục rồi chạy lại «bot index».",
        f"The folder cannot be listed ({why}); what was indexed from it stays. Grant access to it and index again.",
    )


def _missing() -> UnreadableDocumentError:
    return UnreadableDocumentError(
        "Không còn thấy thư mục hoặc ổ đĩa này; tài liệu đã nạp từ đây được giữ nguyên.",
        "Hãy nối lại ổ đĩa rồi chạy lại «bot index»; nếu đã bỏ hẳn, hãy chạy «bot index --rebuild» kèm tên các thư mục "
        "còn dùng.",
        "The folder is gone; what was indexed from it stays. Connect its disk and index again, or, if it is gone for "
        "good, run `bot index --rebuild` with the folders that remain.",
    )


def _read(path: Path, limits: Limits) -> bytes:
    try:
        require_room(path.stat().st_size, limits)  # a sparse file of a few bytes may claim gigabytes
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
