"""`bot index`: what it tells, with what status it ends, and following what changes."""

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import indexing, watching
from bot.indexing import follow, report_text
from bot.settings import load_settings
from index.build import build_index
from index.lock import writer_lock
from index.records import BuildReport, Refusal
from tests.bot.conftest import Run
from tests.bot.corpus import DOCUMENTS, SONG_LAM, write_documents
from tests.stand_ins import HashingEncoder

_ADVICE = "nếu là cùng một văn bản, hãy giữ một tệp và gỡ các tệp còn lại bằng «bot documents remove»"
_ROOT = Path(__file__).parents[2]
# `bot index … --watch`, embedding by hashing.
_WATCH = """
import sys
from bot import assembly, cli, watching
from tests.stand_ins import HashingEncoder
assembly.open_embedder = lambda settings: HashingEncoder()
watching._QUIET_MS = 100
cli.app(["index", *sys.argv[1:], "--watch"])
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The invented documents in a folder."""
    return write_documents(tmp_path / "nguồn", DOCUMENTS)


def test_the_report_names_every_file_that_was_not_left_as_it_was() -> None:
    report = BuildReport(
        added=("/a.md", "/b.md"),
        changed=("/c.md",),
        removed=("/d.md",),
        unchanged=("/e.md", "/f.md", "/g.md"),
        refused=(Refusal("/h.doc", "Chưa hỗ trợ.", "Not read."),),
        same=(("/i.md", "/a.md"),),
        kept_out=("/k.md",),
        unused=(("/i.md", "/a.md"),),
        similar=(("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")),
        alike=(("/a.md", "/b.md", "/c.md", "/e.md", "/f.md"), ("/g.md", "/l.md")),
        passages=1234,
        seconds=3.14159,
    )
    assert report_text(report).splitlines() == [
        "Thêm: /a.md",
        "Thêm: /b.md",
        "Thay: /c.md",
        "Xóa: /d.md",
        "Trùng nội dung: /i.md (đã có: /a.md)",
        "Lưu ý: khai báo của /i.md không được dùng vì trùng nội dung với /a.md; nếu cần dùng, hãy đặt tệp khai báo bên "
        "cạnh tệp đó.",
        f"Gần giống nhau (5 văn bản): /a.md, /b.md, /c.md và 2 văn bản khác – {_ADVICE}",
        f"Gần giống nhau (2 văn bản): /g.md, /l.md – {_ADVICE}",
        "Đã gỡ: /k.md – không nạp cho đến khi tên tệp được nêu trong lệnh «bot index»",
        "Từ chối: /h.doc – Chưa hỗ trợ.",
        "Thêm 2, thay 1, xóa 1, trùng 1, giữ nguyên 3, đã gỡ 1, từ chối 1; chỉ mục có 1.234 đoạn (3,1 giây).",
    ]


def test_a_run_without_work_reports_the_counts_alone() -> None:
    assert report_text(BuildReport(unchanged=("/a.md",), passages=1)) == (
        "Thêm 0, thay 0, xóa 0, giữ nguyên 1, từ chối 0; chỉ mục có 1 đoạn (0,0 giây)."
    )


def test_a_file_name_cannot_steer_the_terminal() -> None:
    hostile = "/\x1b[2Jđỏ.md"
    report = BuildReport(added=(hostile,), refused=(Refusal(hostile, "x"),), same=((hostile, hostile),))
    assert "\x1b" not in report_text(report)


def test_json_holds_what_is_the_same_nearly_alike_and_refused_in_both_languages(run: Run, sources: Path) -> None:
    (sources / "song-lam-2.md").write_text(SONG_LAM, encoding="utf-8")
    (sources / "song-lam-3.md").write_text(SONG_LAM + "\nThêm một câu.\n", encoding="utf-8")
    (sources / "cũ.doc").write_bytes(b"x")
    report = json.loads(run("index", sources, "--json").stdout)
    assert [Path(source).name for source, _ in report["same"]] == ["song-lam.md"]
    assert report["similar"] == [["song-lam-2", "song-lam-3"]]
    (refusal,) = report["refused"]
    assert ".docx" in refusal["reason"]
    assert "Save it as .docx" in refusal["english"]


def test_when_every_file_is_refused_the_run_has_failed(run: Run, tmp_path: Path) -> None:
    folder = write_documents(tmp_path / "nguồn", {"a.doc": "x", "b.md": "---\ntitle: [\n---\n"})
    for _ in range(2):
        result = run("index", folder)
        assert result.exit_code == 1
        assert result.stdout.count("Từ chối: ") == 2
    assert json.loads(run("index", folder, "--json").stdout)["passages"] == 0


def test_when_some_files_are_refused_the_run_has_not_failed(run: Run, sources: Path) -> None:
    (sources / "a.doc").write_bytes(b"x")
    assert run("index", sources).exit_code == 0
    assert run("index", sources / "a.doc", sources / "song-lam.md").exit_code == 0


def test_when_all_that_was_named_is_refused_the_run_has_failed(run: Run, sources: Path) -> None:
    (sources / "a.doc").write_bytes(b"x")
    run("index", sources)
    assert run("index", sources / "a.doc").exit_code == 1
    sources.rename(sources.with_name("chỗ khác"))
    result = run("index", sources)
    assert result.exit_code == 1
    assert "nối lại ổ đĩa" in result.stdout
    assert run("search", "ngân sách").exit_code == 0  # what was indexed before still answers


def test_the_limits_of_the_settings_hold(run: Run, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", "Nước sạch. " * 200_000)
    (sources / "a.zip").write_bytes(held.getvalue())
    monkeypatch.setenv("BOT_FILE_UNPACKED_MIB", "1")
    result = run("index", sources)
    assert result.exit_code == 0
    assert f"Từ chối: {sources}/a.zip – Tệp quá lớn sau khi giải nén." in result.stdout


def test_a_run_that_fails_while_following_is_told_and_the_next_one_done(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings()
    new = sources / "mới.md"

    def two_changes(paths: Sequence[Path]) -> Iterator[None]:
        assert paths == [sources]
        yield
        with writer_lock(settings.index_folder):
            yield
        new.write_text("Văn bản mới.", encoding="utf-8")
        yield

    monkeypatch.setattr(indexing, "changes", two_changes)
    follow([sources], settings, HashingEncoder())  # type: ignore[arg-type]  # only its vectors are asked for
    told = capsys.readouterr()
    assert "Đang theo dõi thay đổi; nhấn Ctrl+C để dừng." in told.err
    assert "Lỗi: Chỉ mục đang được cập nhật bởi một lệnh khác" in told.err
    assert "Thêm 3, thay 0" in told.out
    assert f"Thêm: {new}" in told.out


def test_errors_of_the_system_and_of_the_catalog_do_not_end_the_watch(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    errors: list[Exception] = [OSError("ổ đĩa đầy"), sqlite3.OperationalError("database is locked")]

    def build(*arguments: object, **options: object) -> BuildReport:
        if errors:
            raise errors.pop(0)
        return BuildReport(added=("/a.md",), passages=7)

    monkeypatch.setattr(indexing, "changes", lambda paths: iter([None] * 3))
    monkeypatch.setattr(indexing, "build_index", build)
    follow([sources], load_settings(), HashingEncoder())  # type: ignore[arg-type]  # only its vectors are asked for
    told = capsys.readouterr()
    assert "ổ đĩa đầy" in told.err
    assert "database is locked" in told.err
    assert "chỉ mục có 7 đoạn" in told.out


def test_what_arrives_during_the_first_run_is_indexed_by_the_next(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new, build = sources / "mới.md", build_index
    reports: list[BuildReport] = []

    def arriving(*arguments: Any, **options: Any) -> BuildReport:
        if len(reports) == 2:
            raise KeyboardInterrupt
        reports.append(build(*arguments, **options))
        new.write_text("Văn bản mới.", encoding="utf-8")
        return reports[-1]

    monkeypatch.setattr(indexing, "build_index", arriving)
    monkeypatch.setattr(watching, "_QUIET_MS", 100)
    with pytest.raises(KeyboardInterrupt):
        follow([sources], load_settings(), HashingEncoder())  # type: ignore[arg-type]  # as above
    assert reports[1].added == (new.as_posix(),)


def test_a_path_that_does_not_exist_is_not_watched(run: Run, tmp_path: Path) -> None:
    result = run("index", tmp_path / "không có", "--watch")
    assert (result.exit_code, "để theo dõi" in result.stderr) == (2, True)


def _until(found: Callable[[], bool]) -> bool:
    """Whether it comes true within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if found():
            return True
        time.sleep(0.5)
    return False


def test_files_that_change_are_indexed_until_the_command_is_interrupted(sources: Path, tmp_path: Path) -> None:
    out, err, aside = tmp_path / "out", tmp_path / "err", tmp_path / "chỗ khác"
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with out.open("wb") as to, err.open("wb") as beside:
        command = [sys.executable, "-c", _WATCH, str(sources)]
        process = subprocess.Popen(command, cwd=_ROOT, stdout=to, stderr=beside, env=environment)
    try:
        assert _until(lambda: "Thêm 3, thay 0" in out.read_text(encoding="utf-8"))
        new = sources / "mới.md"
        new.write_text("Văn bản mới.", encoding="utf-8")
        assert _until(lambda: f"Thêm: {new}" in out.read_text(encoding="utf-8"))
        new.unlink()
        assert _until(lambda: f"Xóa: {new}" in out.read_text(encoding="utf-8"))
        sources.rename(aside)
        assert _until(lambda: f"Không còn thấy «{sources}»" in err.read_text(encoding="utf-8"))
        aside.rename(sources)
        assert _until(lambda: f"Đã thấy lại «{sources}»" in err.read_text(encoding="utf-8"))
        new.write_text("Văn bản mới nữa.", encoding="utf-8")
        assert _until(lambda: out.read_text(encoding="utf-8").count(f"Thêm: {new}") == 2)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 1
    finally:
        process.kill()
        process.wait()
    assert "Đã dừng theo yêu cầu." in err.read_text(encoding="utf-8")
    told = out.read_text(encoding="utf-8")
    assert told.count("Xóa: ") == 1
    assert "Thêm 0, thay 0, xóa 0, giữ nguyên 3, từ chối 0" not in told


def _followed(monkeypatch: pytest.MonkeyPatch, sources: Path, *, as_json: bool = False) -> None:
    """Follow through five runs: one file is refused from the first on, another from the third on."""

    def happening(paths: Sequence[Path]) -> Iterator[None]:
        (sources / "a.doc").write_bytes(b"x")
        yield
        yield
        (sources / "b.doc").write_bytes(b"x")
        yield
        yield
        (sources / "song-lam.md").unlink()
        yield

    monkeypatch.setattr(indexing, "changes", happening)
    follow([sources], load_settings(), HashingEncoder(), as_json=as_json)  # type: ignore[arg-type]  # as above


def test_following_tells_what_is_new_with_the_time(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _followed(monkeypatch, sources)
    lines = capsys.readouterr().out.splitlines()
    assert all(re.match(r"\d\d:\d\d:\d\d [A-ZĐ]", line) for line in lines)
    assert [line.split()[-1].endswith("giây).") for line in lines].count(True) == 3
    assert [sum(f"Từ chối: {sources}/{name}" in line for line in lines) for name in ("a.doc", "b.doc")] == [1, 1]


def test_following_with_json_prints_an_object_a_line(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _followed(monkeypatch, sources, as_json=True)
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(len(one["added"]), len(one["refused"]), len(one["removed"])) for one in reports] == [
        (3, 1, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


def test_a_rebuild_without_paths_keeps_every_folder(
    run: Run, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_documents(tmp_path / "khác", {"mới.md": "Văn bản mới."})
    run("index", sources)
    run("index", other)
    monkeypatch.setenv("BOT_PASSAGE_CHARS", "400")
    assert "bot index --rebuild" in run("index", sources).stderr
    result = run("index", "--rebuild")
    assert result.exit_code == 0
    assert "Thêm 4, thay 0, xóa 0" in result.stdout
    assert f"Xóa: {other}/mới.md" in run("index", sources, "--rebuild").stdout


def test_the_first_rebuild_takes_the_projects_own_documents(run: Run) -> None:
    assert "/sources/" in run("index", "--rebuild").stdout
