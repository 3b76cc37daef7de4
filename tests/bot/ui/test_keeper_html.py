"""What keepers see, as HTML."""

import html
from dataclasses import replace

import pytest

from bot.index_run import Run
from bot.kept_files import KeptFile, State
from bot.ui.keeper_html import FILES_A_PAGE, FilesShown, Sent, files_html, run_html, sent_html
from index.records import BuildReport, Refusal

_RUN = Run("lan", is_rebuild=False, started_at="2026-03-04T08:05:00")
_HOSTILE = "<img src=x onerror=window.hacked=1> ${window.hacked=2}"


def _file(name: str, state: State = "indexed", reason: str = "", label: str = "Tài liệu") -> KeptFile:
    return KeptFile(f"/kho/{name}", "0", name, "2026-01-02T08:00:00", reason, "", state, label, 3)


def test_a_run_under_way_tells_how_far_it_is() -> None:
    assert "Đang xem danh sách tệp" in run_html(_RUN)
    shown = run_html(replace(_RUN, done=3, total=12, file="/kho/a.md"))
    assert 'max="12" value="3"' in shown
    assert "Đã đọc 3 / 12 tệp; gần nhất: a.md" in shown
    assert "do lan bắt đầu lúc 08:05 ngày 4/3/2026" in shown


def test_a_run_that_is_over_tells_what_it_did_or_why_it_failed() -> None:
    over = replace(_RUN, ended_at="2026-03-04T08:06:00")
    report = BuildReport(added=("/kho/a.md",), refused=(Refusal("/kho/b.pdf", "Tệp bị hỏng."),), passages=7)
    shown = run_html(replace(over, report=report))
    assert "<li>Thêm: /kho/a.md</li>" in shown
    assert "<li>Từ chối: /kho/b.pdf – Tệp bị hỏng.</li>" in shown
    failed = run_html(replace(over, error="Chỉ mục đang bận. Hãy đợi."))
    assert "không thành công" in failed
    assert "Chỉ mục đang bận. Hãy đợi." in failed
    assert "Chưa có lượt lập chỉ mục nào" in run_html(None)


def test_files_sent_are_told_one_by_one() -> None:
    shown = sent_html([Sent("a.md"), Sent("b.exe", "Chưa hỗ trợ.")])
    assert "Đã nhận 1 tệp, không nhận 1 tệp" in shown
    assert "<b>b.exe</b>: không nhận – Chưa hỗ trợ." in shown


@pytest.mark.parametrize(
    ("state", "act"),
    [("indexed", "remove"), ("refused", "again"), ("removed", "again"), ("duplicate", ""), ("waiting", "")],
)
def test_each_file_has_what_can_be_done_with_it(state: State, act: str) -> None:
    shown = files_html([_file("a.md", state)], FilesShown())
    assert (f'data-act="{act}"' in shown) is bool(act)


def test_files_are_found_by_state_and_by_words_without_marks() -> None:
    files = [_file("báo-cáo.md"), _file("thư.md", "refused", "Tệp được đặt mật khẩu.")]
    assert "thư.md" not in files_html(files, FilesShown(state="indexed"))
    assert "báo-cáo.md" in files_html(files, FilesShown(words="bao cao"))
    found = files_html(files, FilesShown(words="mật khẩu"))
    assert "thư.md" in found
    assert "báo-cáo.md" not in found
    assert "Không có tệp nào phù hợp" in files_html(files, FilesShown(words="không có"))
    assert "Chưa có tài liệu nào" in files_html([], FilesShown())


def test_many_files_are_shown_page_by_page() -> None:
    files = [_file(f"{number:03}.md") for number in range(FILES_A_PAGE * 2 + 1)]
    first, last = files_html(files, FilesShown()), files_html(files, FilesShown(page=3))
    assert first.count("<tr>") == FILES_A_PAGE + 1
    assert 'data-page="2"' in first
    assert (last.count("<tr>"), 'data-page="4"' in last) == (2, False)
    assert "100.md" in files_html(files, FilesShown(page=99))


def test_whatever_files_are_called_is_escaped() -> None:
    file = _file(_HOSTILE, "refused", _HOSTILE, _HOSTILE)
    run = replace(_RUN, by=_HOSTILE, file=_HOSTILE, total=2, error=_HOSTILE)
    for shown in (
        files_html([file, _file(_HOSTILE)], FilesShown()),
        sent_html([Sent(_HOSTILE, _HOSTILE)]),
        run_html(run),
        run_html(replace(run, ended_at="2026-03-04T08:06:00")),
        run_html(replace(run, ended_at="2026-03-04T08:06:00", report=BuildReport(added=(_HOSTILE,)))),
    ):
        assert "<img" not in shown
        assert "$" not in shown
        assert "<img" in html.unescape(shown)
