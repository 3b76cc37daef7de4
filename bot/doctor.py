"""Looks at everything an answer needs and says what is wrong and how to mend it."""

import datetime
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.assembly import open_index
from bot.errors import KhuyenNghiError, LedgerError
from bot.model_states import states
from bot.prompting import load_prompts
from bot.settings import Settings
from bot.terminal import number
from index.corrections import Corrections

_LEAST_FREE_MB = 500
_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at (Vietnamese)."""

    name: str
    ok: bool
    detail: str


def examine(settings: Settings) -> list[Finding]:
    """Look at the data folder, the models, the prompts, the index, the corrections and the ledger."""
    return [
        _look("Thư mục dữ liệu", lambda: _disk(settings)),
        *(
            Finding(state.role.capitalize(), state.ready, f"{state.name} – {state.detail}")
            for state in states(settings)
        ),
        _look("Câu lệnh mẫu cho mô hình", _prompts),
        _look("Nhận dạng chữ", _letters),
        _look("Chỉ mục", lambda: _index(settings)),
        _look("Đính chính sổ khuyến nghị", lambda: _corrections(settings)),
        _look("Cơ sở dữ liệu người dùng", lambda: _ledger(settings)),
    ]


def _look(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except KhuyenNghiError as exc:
        return Finding(name, False, str(exc))


def _disk(settings: Settings) -> str:
    free_mb = shutil.disk_usage(_nearest(settings.home)).free / 1e6
    if free_mb < _LEAST_FREE_MB:
        raise KhuyenNghiError(
            f"{settings.home} chỉ còn trống {number(free_mb)} MB.", "Hãy giải phóng ổ đĩa hoặc đặt BOT_HOME nơi khác."
        )
    return f"{settings.home}, còn trống {number(free_mb)} MB"


def _prompts() -> str:
    load_prompts()
    return "đủ và đúng chỗ trống"


def _letters() -> str:
    from index.loaders import ocr  # what it imports takes a third of a second

    if ocr.is_available():
        return "có Tesseract với tiếng Việt: đọc được bản quét và ảnh chụp"
    return (
        "chưa có Tesseract với tiếng Việt nên bản quét và ảnh chụp bị từ chối; nếu cần đọc, hãy cài: "
        "apt-get install tesseract-ocr tesseract-ocr-vie"
    )


def _index(settings: Settings) -> str:
    with closing(open_index(settings)) as index:
        hits = index.search("khuyến nghị", 1)
        return f"{len(index.documents())} tài liệu, tìm thử được {len(hits)} đoạn"


def _corrections(settings: Settings) -> str:
    corrections = Corrections(settings.corrections_file)
    if told := corrections.broken_text():
        raise KhuyenNghiError(told)
    return f"{len(corrections)} ý kiến đã đính chính"


def _ledger(settings: Settings) -> str:
    from bot.ledger.ledger import Ledger  # seconds of SQLAlchemy that other commands do not wait for
    from bot.ledger.place import place_of

    place = place_of(settings.database)
    try:
        if place.file and not place.file.exists():
            _require_writable(place.file)
            return f"{place.text}, sẽ được lập khi dùng lần đầu"
        with closing(Ledger(settings.database, audit=settings.audit)) as ledger:
            ledger.history.forget(_LONG_AGO)  # a write that drops nothing
    except LedgerError as exc:
        raise LedgerError(f"{place.text}: {exc.message}", exc.remedy) from exc
    return f"{place.text}, đọc và ghi được"


def _require_writable(file: Path) -> None:
    folder = _nearest(file.parent)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise LedgerError(
            f"Không ghi được vào «{folder}».", "Hãy cấp quyền ghi, hoặc đặt BOT_HOME hay BOT_DATABASE_URL nơi khác."
        )


def _nearest(path: Path) -> Path:
    """The path itself, or what is there above it."""
    while not path.exists():
        path = path.parent
    return path
