"""`bot eval …` as people type it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot import cli
from evals import gate, report
from evals.cases import read_cases
from evals.cli import app
from evals.run import Task, select
from evals.runs import Run, all_runs
from index.search import SearchIndex
from tests.bot.ollama_server import closed_port_url
from tests.bot.web.asking import AtHome, app_of, assistant_of
from tests.evals.builders import answer_row_of, refusal_of, says
from tests.evals.systems import run_of, serving

SAMPLE = select(read_cases(), Task("answers", "dev", limit=gate.SAMPLE_QUESTIONS))
ANSWERABLE = [case for case in SAMPLE if case.answerable]


def run(*arguments: object) -> Result:
    """Runs `bot eval` with these arguments."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def root(apart: Path) -> Path:
    """Where runs are kept: one that knows every answer, a newer one that refused all, the newest unfinished."""
    root = apart / "home" / "evals"
    for name, started, finished, right in (
        ("tốt", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", True),
        ("kém", "2026-02-01T00:00:00Z", "2026-02-01T01:00:00Z", False),
        ("dở", "2026-03-01T00:00:00Z", "", True),
    ):
        rows = [
            answer_row_of(
                says(case.model_answer) if right and case.answerable else refusal_of(), id=case.id, asked=case.question
            )
            for case in SAMPLE
        ]
        run_of(root / name, *rows, system="ours", limit=len(SAMPLE), started=started, finished=finished)
    return root


@pytest.fixture
def url(index: SearchIndex, tmp_path: Path) -> Iterator[str]:
    """A server over the invented documents."""
    with assistant_of(index, tmp_path / "nhà") as assistant, serving(AtHome(app_of(assistant))) as address:
        yield address


def test_the_commands_are_offered_by_bot(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    bot = typer.Typer()
    monkeypatch.setattr(cli, "app", bot)
    cli.add_plugins()
    result = CliRunner().invoke(bot, ["eval", "list"])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 3)


def test_without_a_command_help_is_shown() -> None:
    output = run().output
    for command in ("run", "list", "report", "compare", "gate"):
        assert command in output


def test_runs_are_listed_with_what_was_asked_and_whether_they_are_done(root: Path) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "tốt  ours · answers · dev · 16 questions  xong",
        "kém  ours · answers · dev · 16 questions  xong",
        "dở  ours · answers · dev · 16 questions  dở dang",
    ]


def test_without_runs_the_list_is_empty() -> None:
    result = run("list")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_server_is_asked_and_its_answers_are_kept(url: str, apart: Path) -> None:
    result = run("run", "--system", url, "--suite", "answers", "--split", "test", "--limit", 3)
    assert result.exit_code == 0, result.output
    (made,) = all_runs(apart / "home" / "evals")
    assert result.stdout.strip() == str(made.folder)
    assert (made.info.system, made.info.split, made.info.limit, made.info.questions) == (url, "test", 3, 3)
    assert made.info.finished
    assert [row.answer is not None for row in made.answers()] == [True] * 3


def test_a_run_is_of_the_categories_named(url: str, apart: Path) -> None:
    result = run("run", "--system", url, "--suite", "answers", "--only", "who", "--only", "list", "--limit", 4)
    assert result.exit_code == 0, result.output
    (made,) = all_runs(apart / "home" / "evals")
    asked = {case.id: case for case in read_cases()}
    assert sorted(asked[row.id].category for row in made.answers()) == ["list", "list", "who", "who"]


def break_off(run: Run) -> None:
    """As if the run had been interrupted after its first answer."""
    rows = run.folder / "answers.jsonl"
    rows.write_bytes(b"".join(rows.read_bytes().splitlines(keepends=True)[:1]))
    Run(run.folder, replace(run.info, finished="")).save()


@pytest.mark.usefixtures("clock")
def test_a_broken_off_run_goes_on_unless_a_fresh_one_is_wanted(url: str, apart: Path) -> None:
    command = ("run", "--system", url, "--suite", "answers", "--limit", 3)
    run(*command)
    (first,) = all_runs(apart / "home" / "evals")
    break_off(first)
    assert run(*command).stdout.strip() == str(first.folder)
    assert len(first.answers()) == 3
    break_off(first)
    fresh = run(*command, "--fresh")
    assert fresh.exit_code == 0
    assert fresh.stdout.strip() != str(first.folder)
    assert len(first.answers()) == 1


def test_the_latest_finished_run_is_reported(root: Path) -> None:
    result = run("report", "latest")
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(root / "kém" / "report.html")
    assert ANSWERABLE[0].question in (root / "kém" / "report.html").read_text(encoding="utf-8")
    assert {file.suffix for file in (root / "kém").iterdir()} >= {".html", ".md", ".json", ".svg"}
    assert run("report").stdout == result.stdout


def test_a_report_holds_a_run_against_the_baseline_or_another_run(root: Path) -> None:
    def heading() -> str:
        summary = (root / "tốt" / "summary.md").read_text(encoding="utf-8")
        return next(line for line in summary.splitlines() if line.startswith("| measure"))

    run("report", "tốt")
    assert heading() == "| measure | ours, dev |"
    baseline = [answer_row_of(refusal_of(), id=case.id) for case in SAMPLE]
    run_of(root / "sách", *baseline, system="baseline", limit=len(SAMPLE), started="2026-01-05T00:00:00Z")
    run("report", "tốt")
    assert heading() == "| measure | ours, dev | baseline, dev |"
    run("report", root / "tốt", "--against", "kém")
    assert heading() == "| measure | ours 2026-01-01T00:00:00Z, dev | ours 2026-02-01T00:00:00Z, dev |"


def test_a_comparison_is_printed_and_written(root: Path) -> None:
    result = run("compare", "tốt", root / "kém")
    assert result.exit_code == 0, result.output
    unchanged = len(SAMPLE) - len(ANSWERABLE)
    assert f"answers: 0 better, {len(ANSWERABLE)} worse, {unchanged} unchanged" in result.stdout
    assert f"worse: {ANSWERABLE[0].id} (accented), correct → missing" in result.stdout
    assert result.stdout.splitlines()[-1] == str(root / "kém" / "comparison.html")
    assert ANSWERABLE[0].question in (root / "kém" / "comparison.html").read_text(encoding="utf-8")


def test_the_gate_passes_what_is_good_enough_and_fails_what_is_not(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "thresholds.toml"
    file.write_text('[answers]\n[sample]\n"correct" = 0.9\n"error rate" = 0.1\n[searches]\n', encoding="utf-8")
    monkeypatch.setattr(gate, "check", partial(gate.check, file=file))
    good, bad, latest = run("gate", "tốt"), run("gate", "kém"), run("gate")
    assert (good.exit_code, bad.exit_code, latest.exit_code) == (0, 1, 1)
    assert good.stdout.splitlines() == [
        "ĐẠT  answers: correct: 1.000, at least 0.900",
        "ĐẠT  answers: error rate: 0.000, at most 0.100",
    ]
    assert bad.stdout == latest.stdout
    assert [line[:10] for line in bad.stdout.splitlines()] == ["KHÔNG ĐẠT "] * 2


def test_the_shipped_thresholds_fail_a_system_that_refuses_everything(root: Path) -> None:
    result = run("gate", "kém")
    assert result.exit_code == 1
    assert "KHÔNG ĐẠT answers: correct: 0." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report", "lạ"), "không phải thư mục của một lượt chạy"),
        (("compare", "tốt", "lạ"), "không phải thư mục của một lượt chạy"),
        (("report", "tốt", "--against", "lạ"), "không phải thư mục của một lượt chạy"),
        (("gate", "lạ"), "bot eval list"),
        (("gate", "dở"), "Chỉ xét ngưỡng cho lượt chạy đã xong"),
        (("run", "--system", "lạ"), "Không có hệ thống tên «lạ»"),
        (("run", "--only", "lạ"), "Không có loại câu hỏi lạ"),
        (("run", "--only", "who", "--system", "http://máy:cổng"), "không phải địa chỉ máy chủ"),
        (("run", "--system", "http://127.0.0.1:1", "--suite", "retrieval"), "--suite answers"),
    ],
)
def test_a_wrong_name_is_wrong_usage(root: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Lỗi: ")
    assert told in result.stderr
    assert "Hãy" in result.stderr


def test_where_nobody_listens_it_is_told(apart: Path) -> None:
    url = closed_port_url()
    result = run("run", "--system", url)
    assert result.exit_code == 2
    assert f"Không kết nối được tới {url}" in result.stderr


@pytest.mark.parametrize("command", ["report", "gate"])
def test_without_a_run_the_way_to_one_is_named(command: str) -> None:
    result = run(command)
    assert result.exit_code == 2
    assert "Chưa có lượt chạy nào xong. Hãy chạy «bot eval run» trước." in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--suite", "lạ"), ("--split", "lạ"), ("--limit", "-1"), ("--limit", "nhiều")], ids=" ".join
)
def test_a_choice_that_does_not_exist_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run("run", *arguments).exit_code == 2


def test_only_a_full_run_is_published(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "publish", partial(report.publish, folder=tmp_path / "reports"))
    refused = run("report", "tốt", "--publish")
    assert refused.exit_code == 2
    assert "Chỉ công bố lượt chạy đầy đủ" in refused.stderr
    rows = [answer_row_of(refusal_of(), id=case.id) for case in SAMPLE]
    run_of(root / "đủ", *rows, system="ours", suite="all", split="all")
    published = run("report", "đủ", "--publish")
    written = [root / "đủ" / "report.html", tmp_path / "reports" / "latest.md"]
    assert (published.exit_code, published.stdout.splitlines()) == (0, [str(file) for file in written])
    assert all(file.is_file() for file in written)


def test_without_models_our_engine_says_how_to_get_them() -> None:
    result = run("run", "--limit", 1)
    assert result.exit_code == 1
    assert "bot models prepare" in result.stderr


def test_an_entailment_model_that_is_not_there_is_told(root: Path) -> None:
    result = run("report", "tốt", "--entailment", "không-có-mô-hình")
    assert result.exit_code == 2
    assert "Không nạp được mô hình suy diễn" in result.stderr
