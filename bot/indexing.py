"""`bot index`: one run with its progress and report, or one after the other as files change."""

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from bot.assembly import index_settings
from bot.console import progress
from bot.errors import KhuyenNghiError
from bot.settings import Settings
from bot.terminal import number, printable
from bot.watching import changes, missing
from index.build import build_index
from index.embed import Embedder
from index.errors import SourceNotFoundError
from index.records import BuildReport

_ALIKE_SHOWN = 3


def index_once(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, *, rebuild: bool = False, as_json: bool = False
) -> BuildReport:
    """Bring the index in line with the paths and print what was done. Raises as `build_index`."""
    report = _run(paths, settings, embedder, rebuild=rebuild, quiet=as_json)
    print(json.dumps(asdict(report), ensure_ascii=False, indent=1) if as_json else report_text(report), flush=True)
    return report


def all_refused(paths: Sequence[Path], report: BuildReport) -> bool:
    """Whether nothing of what was asked for by name was read."""
    refused = [Path(refusal.source) for refusal in report.refused]
    named = [path.resolve() for path in paths]
    return bool(named) and all(any(path.is_relative_to(source) for source in refused) for path in named)


def follow(paths: Sequence[Path], settings: Settings, embedder: Embedder, *, as_json: bool = False) -> None:
    """Index, and again whenever something under the paths changes, until interrupted; a run that fails is told.

    What was told of a run before is not repeated. Raises SourceNotFoundError for a path that does not exist.
    """
    for path in paths:
        if not path.exists():
            raise SourceNotFoundError(
                f"Không có tệp hoặc thư mục «{path}» để theo dõi.", "Hãy kiểm tra lại đường dẫn rồi chạy lại lệnh."
            )
    before = None
    gone: set[Path] = set()
    for _ in changes(paths):
        gone = _tell_gone(paths, gone)
        report = _run_or_tell(lambda: _run(paths, settings, embedder, quiet=as_json))
        if report and (news := _news(report, before)):
            print(json.dumps(asdict(news), ensure_ascii=False) if as_json else _timed(report_text(news)), flush=True)
        if before is None:
            print(_timed("Đang theo dõi thay đổi; nhấn Ctrl+C để dừng."), file=sys.stderr)
        before = report or before or BuildReport()


def report_text(report: BuildReport) -> str:
    """The report for people: every file that was not left as it was, and the counts."""
    lines = []
    for name, sources in (("Thêm", report.added), ("Thay", report.changed), ("Xóa", report.removed)):
        lines += [f"{name}: {source}" for source in sources]
    lines += [f"Trùng nội dung: {source} (đã có: {other})" for source, other in report.same]
    lines += [_unused(source, other) for source, other in report.unused]
    lines += [_alike(group) for group in report.alike]
    lines += [
        f"Đã gỡ: {source} – không nạp cho đến khi tên tệp được nêu trong lệnh «bot index»" for source in report.kept_out
    ]
    lines += [f"Từ chối: {refusal.source} – {refusal.reason}" for refusal in report.refused]
    lines.append(_counts(report))
    return "\n".join(map(printable, lines))


def _counts(report: BuildReport) -> str:
    counts = {
        "thêm": report.added,
        "thay": report.changed,
        "xóa": report.removed,
        "trùng": report.same,
        "giữ nguyên": report.unchanged,
        "đã gỡ": report.kept_out,
        "từ chối": report.refused,
    }
    seldom = ("trùng", "đã gỡ")
    told = ", ".join(f"{name} {number(len(files))}" for name, files in counts.items() if files or name not in seldom)
    return f"{told.capitalize()}; chỉ mục có {number(report.passages)} đoạn ({number(report.seconds, 1)} giây)."


def _unused(source: str, other: str) -> str:
    return (
        f"Lưu ý: khai báo của {source} không được dùng vì trùng nội dung với {other}; "
        "nếu cần dùng, hãy đặt tệp khai báo bên cạnh tệp đó."
    )


def _alike(group: Sequence[str]) -> str:
    shown = ", ".join(group[:_ALIKE_SHOWN])
    others = len(group) - _ALIKE_SHOWN
    more = f" và {number(others)} văn bản khác" if others > 0 else ""
    return (
        f"Gần giống nhau ({number(len(group))} văn bản): {shown}{more} – nếu là cùng một văn bản, hãy giữ một tệp "
        "và gỡ các tệp còn lại bằng «bot documents remove»"
    )


def _run(
    paths: Sequence[Path], settings: Settings, embedder: Embedder, *, quiet: bool, rebuild: bool = False
) -> BuildReport:
    with progress("Đang lập chỉ mục", quiet=quiet) as step:
        return build_index(
            paths,
            settings.index_folder,
            embedder,
            index_settings(settings, embedder),
            limits=settings.file_limits,
            rebuild=rebuild,
            progress=lambda done, total, name: step(done, total),
        )


def _run_or_tell(run: Callable[[], BuildReport]) -> BuildReport | None:
    try:
        return run()
    except KhuyenNghiError as exc:
        print(_timed(f"Lỗi: {exc}"), file=sys.stderr)
    except (OSError, sqlite3.Error) as exc:
        advice = "Hãy kiểm tra quyền ghi và dung lượng đĩa; sẽ thử lại khi tài liệu thay đổi."
        print(_timed(f"Lỗi hệ thống: {exc}. {advice}"), file=sys.stderr)
    return None


def _news(report: BuildReport, before: BuildReport | None) -> BuildReport | None:
    """The report without what the one before told already; None when nothing is left."""
    if before:
        refused = tuple(sorted({*report.refused} - {*before.refused}, key=lambda refusal: refusal.source))
        kept_out = tuple(sorted({*report.kept_out} - {*before.kept_out}))
        report = replace(report, refused=refused, kept_out=kept_out)
    is_news = report.added or report.changed or report.removed or report.same or report.refused or report.kept_out
    return report if is_news else None


def _tell_gone(paths: Sequence[Path], before: set[Path]) -> set[Path]:
    """Tell which paths vanished or came back; those that are not there now."""
    gone = missing(paths)
    for path in sorted(gone - before):
        print(_timed(f"Không còn thấy «{path}»; sẽ cập nhật khi có lại."), file=sys.stderr)
    for path in sorted(before - gone):
        print(_timed(f"Đã thấy lại «{path}»."), file=sys.stderr)
    return gone


def _timed(text: str) -> str:
    """Every line with the time before it."""
    now = f"{datetime.now():%H:%M:%S}"
    return "\n".join(f"{now} {line}" for line in text.splitlines())
