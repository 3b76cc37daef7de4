"""`bot index`: one run with its progress and report, or one after the other as files change."""

import json
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from watchfiles import watch

from bot.assembly import index_settings
from bot.console import progress
from bot.errors import KhuyenNghiError
from bot.settings import Settings
from bot.terminal import printable
from index.build import build_index
from index.embed import Embedder
from index.errors import SourceNotFoundError
from index.records import BuildReport

# Files are copied in bursts: wait until it has been quiet that long.
_QUIET_MS = 2000
# The first beat is waited for before the first run.
_BEAT_MS = 200


def index_once(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, *, rebuild: bool = False, as_json: bool = False
) -> BuildReport:
    """Bring the index in line with the paths and print what was done. Raises as `build_index`."""
    with progress("Đang lập chỉ mục", quiet=as_json) as step:
        report = build_index(
            paths,
            settings.index_folder,
            embedder,
            index_settings(settings, embedder),
            limits=settings.file_limits,
            rebuild=rebuild,
            progress=lambda done, total, name: step(done, total),
        )
    print(json.dumps(asdict(report), ensure_ascii=False, indent=1) if as_json else report_text(report), flush=True)
    return report


def follow(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, *, rebuild: bool = False, as_json: bool = False
) -> None:
    """Index, and again whenever something under the paths changes, until interrupted; a run that fails is told.

    Raises SourceNotFoundError for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise SourceNotFoundError(
                f"Không có tệp hoặc thư mục «{path}» để theo dõi.", "Hãy kiểm tra lại đường dẫn rồi chạy lại lệnh."
            )
    beats = watch(*paths, debounce=_QUIET_MS, rust_timeout=_BEAT_MS, yield_on_timeout=True, raise_interrupt=True)
    next(beats)  # the watcher stands: what changes during the first run is not missed
    _index_or_tell(paths, settings, embedder, rebuild=rebuild, as_json=as_json)
    print("Đang theo dõi thay đổi; nhấn Ctrl+C để dừng.", file=sys.stderr)
    for changes in beats:
        if changes:
            _index_or_tell(paths, settings, embedder, as_json=as_json)


def _index_or_tell(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, *, rebuild: bool = False, as_json: bool = False
) -> None:
    try:
        index_once(paths, settings, embedder, rebuild=rebuild, as_json=as_json)
    except KhuyenNghiError as exc:
        print(f"Lỗi: {exc}", file=sys.stderr)
    except BrokenPipeError:  # nobody reads the reports any more
        raise
    except (OSError, sqlite3.Error) as exc:
        print(
            f"Lỗi hệ thống: {exc}. Hãy kiểm tra quyền ghi và dung lượng đĩa; sẽ thử lại khi tài liệu thay đổi.",
            file=sys.stderr,
        )


def report_text(report: BuildReport) -> str:
    """The report for people: every file that was not left as it was, and the counts."""
    lines = []
    for name, sources in (("Thêm", report.added), ("Thay", report.changed), ("Xóa", report.removed)):
        lines += [f"{name}: {source}" for source in sources]
    lines += [f"Trùng nội dung: {source} (đã có: {other})" for source, other in report.same]
    lines += [f"Gần giống nhau: {one} và {other}" for one, other in report.similar]
    lines += [f"Từ chối: {refusal.source} – {refusal.reason}" for refusal in report.refused]
    lines.append(
        f"Thêm {len(report.added)}, thay {len(report.changed)}, xóa {len(report.removed)}, "
        f"giữ nguyên {len(report.unchanged)}, từ chối {len(report.refused)}; "
        f"chỉ mục có {report.passages} đoạn ({report.seconds:.1f} giây)."
    )
    return "\n".join(map(printable, lines))
