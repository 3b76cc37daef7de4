"""Files that keepers send: checked by name, kind and size, and put into the folder of documents whole or not at all."""

import os
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import UploadError
from index.errors import UnreadableDocumentError
from index.litter import is_litter
from index.parse import require_known_kind

_MIB = 1 << 20
_NAME_BYTES = 200  # file systems take 255, and a draft's name is longer
# Control characters, those that turn or hide what is read, and what has no meaning.
_UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that was taken: its name, its size in bytes, and whether it took the place of one of that name."""

    name: str
    size: int
    replaced: bool


def store(folder: Path, name: str, content: BinaryIO, *, limit_mib: int, replace: bool = False) -> Uploaded:
    """Put a file into the folder, one at a time. Raises UploadError, and leaves the folder as it was."""
    name = checked_name(name)
    target = folder / name
    draft = folder / f".{uuid.uuid4().hex}.new"  # hidden, so that a run that walks the folder passes it over
    try:
        folder.mkdir(parents=True, exist_ok=True)
        is_there = target.exists()
        _require_free(target, replace=replace)
        try:
            size = _copy(content, draft, limit_mib)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as exc:
        raise UploadError(
            f"Không lưu được tệp «{name}» ({exc.strerror}).",
            "Hãy báo người quản trị kiểm tra quyền ghi và dung lượng ổ đĩa của máy chủ.",
        ) from exc
    return Uploaded(name, size, is_there)


def checked_name(name: str) -> str:
    """The name in NFC. Raises UploadError for one that is not plain, or of a kind that is not read."""
    plain = unicodedata.normalize("NFC", name).strip()
    shown = "".join(char for char in plain if unicodedata.category(char) not in _UNSEEN)
    if shown != plain:
        raise UploadError(f"Tên tệp «{shown}» có ký tự ẩn hoặc ký tự điều khiển.", "Hãy đổi tên tệp rồi gửi lại.")
    if not plain or plain.strip(".") == "" or "/" in plain or "\\" in plain:
        raise UploadError(f"Tên tệp «{plain}» không hợp lệ.", "Hãy gửi tên tệp không kèm thư mục.")
    if len(plain.encode()) > _NAME_BYTES:
        raise UploadError(f"Tên tệp «{plain[:40]}…» quá dài.", "Hãy đặt tên ngắn hơn, khoảng 100 ký tự.")
    if is_litter(plain):
        raise UploadError(f"«{plain}» là tệp ẩn hoặc tệp tạm, không phải tài liệu.", "Hãy gửi chính tài liệu đó.")
    try:
        require_known_kind(plain)
    except UnreadableDocumentError as exc:
        raise UploadError(f"«{plain}»: {exc.message}", exc.remedy) from exc
    return plain


def _require_free(target: Path, *, replace: bool) -> None:
    if target.is_dir() or (target.exists() and not replace):
        raise UploadError(
            f"Đã có tệp tên «{target.name}».", "Hãy đổi tên tệp, hoặc chọn thay tệp cũ nếu đây là bản mới."
        )


def _copy(content: BinaryIO, draft: Path, limit_mib: int) -> int:
    """The number of bytes; they are on the disk when this returns."""
    size = 0
    with draft.open("xb") as opened:
        while piece := content.read(_MIB):
            size += len(piece)
            if size > limit_mib * _MIB:
                raise UploadError(f"Tệp lớn hơn {limit_mib} MiB.", "Hãy chia nhỏ hoặc nén ảnh trong tệp, rồi gửi lại.")
            opened.write(piece)
        if not size:
            raise UploadError("Tệp rỗng (0 byte).", "Hãy kiểm tra lại tệp rồi gửi lại.")
        opened.flush()
        os.fsync(opened.fileno())
    return size
