"""The commands `bot index` and `bot search`, and what all commands share."""

import json
import os
import threading
from pathlib import Path

import pytest

from bot import cli, doctor
from bot.places import SOURCES_FOLDER
from index.lock import writer_lock
from tests.bot.conftest import Run
from tests.bot.corpus import ASKS_BUDGET, BUDGET, DOCUMENTS, SONG_LAM, write_documents


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The invented documents in a folder."""
    return write_documents(tmp_path / "nguồn", DOCUMENTS)


def test_without_a_command_help_is_shown(run: Run) -> None:
    result = run()
    assert "Usage" in result.output
    for command in ("index", "documents", "search", "ask", "serve", "doctor", "models"):
        assert command in result.output


def test_indexing_reports_what_it_did(run: Run, sources: Path) -> None:
    report = json.loads(run("index", sources, "--json").stdout)
    assert [Path(source).name for source in report["added"]] == sorted(DOCUMENTS)
    assert report["passages"] >= 3
    (sources / "song-lam.md").write_text(SONG_LAM + "\nThêm một câu.\n", encoding="utf-8")
    (sources / "tap-huan.txt").unlink()
    result = run("index", sources)
    assert result.exit_code == 0
    assert "Thay: " in result.stdout
    assert "Xóa: " in result.stdout
    assert "Thêm 0, thay 1, xóa 1, giữ nguyên 1, từ chối 0" in result.stdout


def test_without_a_path_the_projects_own_documents_are_indexed(run: Run) -> None:
    added = json.loads(run("index", "--json").stdout)["added"]
    assert added == sorted(path.as_posix() for path in SOURCES_FOLDER.glob("*.md"))


def test_a_broken_file_is_refused_and_the_others_are_indexed(run: Run, sources: Path) -> None:
    (sources / "ảnh.md").write_bytes(b"\x89PNG\x00\xff\xfe")
    (sources / "bảng.xlsx").write_bytes(b"PK\x03\x04")
    result = run("index", sources, "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert len(report["added"]) == 3
    assert {Path(refusal["source"]).name for refusal in report["refused"]} == {"ảnh.md", "bảng.xlsx"}
    assert "Từ chối: " in run("index", sources).stdout


def test_an_empty_folder_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    result = run("index", tmp_path / "trống")
    assert result.exit_code == 2
    assert "Không có tài liệu nào" in result.stderr
    assert "trống" in result.stderr
    assert ".md" in result.stderr


def test_a_path_that_does_not_exist_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    result = run("index", tmp_path / "không-có")
    assert result.exit_code == 2
    assert "Không có tệp hoặc thư mục" in result.stderr
    assert "không-có" in result.stderr
    assert not (tmp_path / "home").exists()


def test_an_index_that_another_writer_holds_is_left_alone(run: Run, sources: Path, tmp_path: Path) -> None:
    held, over = threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(tmp_path / "home" / "index"):
            held.set()
            over.wait(30)

    writer = threading.Thread(target=hold)
    writer.start()
    held.wait(30)
    result = run("index", sources)
    over.set()
    writer.join()
    assert result.exit_code == 1
    assert "đang được cập nhật bởi một lệnh khác (pid " in result.stderr
    assert run("index", sources).exit_code == 0


def test_other_settings_need_a_rebuild(run: Run, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("index", sources)
    monkeypatch.setenv("BOT_PASSAGE_CHARS", "400")
    for arguments in (["index", sources], ["search", "ngân sách"], ["ask", ASKS_BUDGET]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert "bot index --rebuild" in result.stderr
    assert run("index", sources, "--rebuild").exit_code == 0
    assert run("search", "ngân sách").exit_code == 0


def test_a_search_shows_passages_with_scores(run: Run, home: Path) -> None:
    result = run("search", ASKS_BUDGET, "--limit", "2")
    assert result.exit_code == 0
    assert BUDGET in result.stdout
    assert "[1] Bộ làm việc với tỉnh Sông Lam – 12/5/2020 – Sông Lam (điểm 1,000; ngữ nghĩa 0," in result.stdout
    assert "[3]" not in result.stdout


def test_a_search_gives_json_with_exact_places(run: Run, home: Path) -> None:
    hits = json.loads(run("search", ASKS_BUDGET, "--json").stdout)
    best = hits[0]
    assert SONG_LAM[best["start"] : best["end"]] == best["text"]
    assert (best["document"], best["source"], best["date"]) == ("song-lam", "song-lam.md", "2020-05-12")
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)


def test_what_was_understood_is_told_and_a_search_as_typed_is_possible(run: Run, home: Path) -> None:
    result = run("search", "tinh Song Lam")
    assert "Đã hiểu câu hỏi là: tỉnh Sông Lam (tìm đúng như đã gõ: --exact)" in result.stderr
    assert "Đã hiểu" not in run("search", "tinh Song Lam", "--exact").stderr
    assert "Đã hiểu" not in run("search", "tỉnh Sông Lam").stderr


@pytest.mark.parametrize("limit", ["0", "101", "nhiều"])
def test_a_senseless_limit_is_wrong_usage(run: Run, limit: str) -> None:
    assert run("search", "ngân sách", "--limit", limit).exit_code == 2


@pytest.mark.parametrize("command", ["search", "ask"])
def test_without_an_index_the_way_to_one_is_named(run: Run, command: str) -> None:
    result = run(command, ASKS_BUDGET)
    assert result.exit_code == 1
    assert "Chưa có chỉ mục tài liệu. Hãy chạy «bot index» trước." in result.stderr


def test_a_damaged_catalog_is_told(run: Run, home: Path) -> None:
    (home / "index" / "catalog.sqlite").write_bytes(b"not a database at all" * 100)
    result = run("search", ASKS_BUDGET)
    assert result.exit_code == 1
    assert "bot index --rebuild" in result.stderr


def test_a_wrong_setting_is_wrong_usage(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_CỔNG", "1")
    result = run("doctor")
    assert result.exit_code == 2
    assert "BOT_CỔNG" in result.stderr


def test_an_interrupt_ends_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(settings: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "examine", interrupted)
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (1, "Đã dừng theo yêu cầu.\n")


def test_the_entry_point_promises_to_stay_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "ANONYMIZED_TELEMETRY", "GRADIO_ANALYTICS_ENABLED"):
        monkeypatch.delenv(name, raising=False)
    offered: list[str] = []

    class Stage:
        def __call__(self) -> None:
            """Run nothing."""

        def add_typer(self, group: object, name: str) -> None:
            offered.append(name)

    monkeypatch.setattr(cli, "app", Stage())
    cli.main()
    assert offered == ["eval"]
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["ANONYMIZED_TELEMETRY"] == os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
