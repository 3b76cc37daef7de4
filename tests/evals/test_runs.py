"""The folder of a run: rows that last, rows that were cut off, and one writer at a time."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Timings
from bot.errors import SettingsError
from bot.evidence import Evidence
from evals.cases import Turn
from evals.records import AnswerRow, SearchRow
from evals.runs import Run, all_runs, inputs_digest, one_at_a_time, open_run, same_run, start
from tests.evals.builders import (
    ENTERPRISES,
    answer_row_of,
    case_of,
    citation_of,
    cited_answer_of,
    found_of,
    run_info_of,
    says,
    search_row_of,
)
from tests.evals.systems import questions, run_of

_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_SOME_FLOATS = st.none() | _FLOATS
_EVIDENCE = st.builds(Evidence, score=_FLOATS, overlap=_FLOATS, cosine=_FLOATS)
_ANSWERS = st.builds(
    Answer,
    evidence=st.lists(_EVIDENCE, max_size=2).map(tuple),
    timings_s=st.builds(Timings, _SOME_FLOATS, _SOME_FLOATS, _SOME_FLOATS),
    notice=st.text(),
    support=_SOME_FLOATS,
    dropped=st.lists(st.text(), max_size=2).map(tuple),
)


@settings(max_examples=50)
@given(st.builds(AnswerRow, answer=st.none() | _ANSWERS, seconds=_FLOATS, error=st.text()))
def test_any_answer_is_read_back_as_it_was_written(row: AnswerRow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = run_of(Path(folder) / "lượt", row, row)
        assert open_run(run.folder).answers() == [row, row]


@settings(max_examples=30)
@given(st.builds(SearchRow, seconds=_FLOATS, error=st.text()))
def test_any_search_is_read_back_as_it_was_written(row: SearchRow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = run_of(Path(folder) / "lượt", row)
        assert (open_run(run.folder).searches(), run.answers()) == ([row], [])


def test_a_row_is_one_line_of_readable_text(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", answer_row_of(says("Hai dòng:\nmột\u2028hai")), search_row_of(found_of()))
    for name in ("answers.jsonl", "searches.jsonl"):
        text = (run.folder / name).read_text(encoding="utf-8")
        assert (text.count("\n"), text[-1]) == (1, "\n")
        assert json.loads(text)["asked"] == "Hỏi?"
        assert "Hỏi?" in text  # not escaped


def test_the_row_that_was_cut_off_is_dropped_wherever_the_cut_is(tmp_path: Path) -> None:
    kept, lost = answer_row_of(says("Một.")), answer_row_of(cited_answer_of(ENTERPRISES, citation_of()))
    run = run_of(tmp_path / "lượt", kept, lost)
    file = run.folder / "answers.jsonl"
    whole = file.read_bytes()
    last = len(whole) - whole.index(b"\n") - 1
    for cut in range(1, last + 1, 7):  # at any place of a letter too
        file.write_bytes(whole[:-cut])
        assert run.answers() == [kept], f"{cut} bytes cut"  # a reader passes it over
        run.drop_torn_rows()
        run.add(lost)
        assert file.read_bytes() == whole


def test_searches_that_were_cut_off_are_dropped_too(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", search_row_of(found_of()), search_row_of())
    file = run.folder / "searches.jsonl"
    file.write_bytes(file.read_bytes()[:-3])
    run.drop_torn_rows()
    run.add(search_row_of(found_of(), typing="none"))
    assert [row.typing for row in run.searches()] == ["accented", "none"]


def test_a_row_of_another_form_is_told_not_passed_over(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", answer_row_of(says("Một.")))
    with (run.folder / "answers.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "hg-number-01"}\n')
    with pytest.raises(SettingsError, match="«lượt» được ghi bởi phiên bản khác hoặc đã hỏng"):
        run.answers()


def test_one_evaluation_at_a_time_and_free_again_after_an_error(tmp_path: Path) -> None:
    root = tmp_path / "chưa có"
    with pytest.raises(KeyError), one_at_a_time(root):
        raise KeyError
    with one_at_a_time(root), pytest.raises(SettingsError, match="Một lượt đánh giá khác"), one_at_a_time(root):
        pytest.fail("two at once")
    with one_at_a_time(root), one_at_a_time(tmp_path / "nơi khác"):
        assert all_runs(root) == []


def test_what_a_run_was_made_with_is_read_back_equal(tmp_path: Path) -> None:
    info = run_info_of(only=("list", "who"), limit=3, finished="")
    run = start(tmp_path, info)
    assert open_run(run.folder).info == info
    run.finish()
    finished = open_run(run.folder).info
    assert finished == replace(info, finished=finished.finished)
    assert finished.finished.endswith("Z")


def test_when_a_run_was_finished_is_noted_once(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt", finished="2026-01-02T03:05:05Z")
    run.finish()
    assert open_run(run.folder).info.finished == run.info.finished == "2026-01-02T03:05:05Z"


def test_a_folder_is_named_by_time_and_task(tmp_path: Path) -> None:
    ours = start(tmp_path, run_info_of(system="ours", suite="all", split="dev", started="2026-01-02T03:04:05Z"))
    server = start(tmp_path, run_info_of(system="http://127.0.0.1:7860", started="2026-01-02T03:04:06Z"))
    assert ours.folder.name == "20260102T030405Z-ours-all-dev"
    assert server.folder.name == "20260102T030406Z-server-answers-dev"


def test_runs_are_listed_oldest_first_and_other_folders_passed_over(tmp_path: Path) -> None:
    for folder, started in (
        ("a", "2026-03-01T00:00:00Z"),
        ("b", "2026-01-01T00:00:00Z"),
        ("c", "2026-02-01T00:00:00Z"),
    ):
        run_of(tmp_path / folder, started=started)
    (tmp_path / "index-700").mkdir()
    (tmp_path / "hỏng").mkdir()
    (tmp_path / "hỏng" / "run.json").write_text('{"system": ', encoding="utf-8")
    assert [run.folder.name for run in all_runs(tmp_path)] == ["b", "c", "a"]
    assert all_runs(tmp_path / "không có") == []


@pytest.mark.parametrize("content", [None, "", "{", '{"system": "ours"}', "[]"])
def test_a_folder_that_is_no_run_is_named(tmp_path: Path, content: str | None) -> None:
    folder = tmp_path / "lạ"
    folder.mkdir()
    if content is not None:
        (folder / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match="lạ» không phải thư mục của một lượt chạy"):
        open_run(folder)


def test_the_newest_run_of_the_same_task_is_the_one_to_go_on_with(tmp_path: Path) -> None:
    wanted = run_info_of(started="2026-05-01T00:00:00Z", finished="")
    assert same_run(tmp_path, wanted) is None
    for number in (1, 2):
        run_of(tmp_path / str(number), started=f"2026-0{number}-01T00:00:00Z", finished="")
    run_of(tmp_path / "3", started="2026-03-01T00:00:00Z", finished="", split="test")
    found = same_run(tmp_path, wanted)
    assert found is not None
    assert found.folder.name == "2"


@pytest.mark.parametrize(
    "change",
    [
        {"system": "baseline"},
        {"suite": "all"},
        {"split": "test"},
        {"only": ("list",)},
        {"limit": 16},
        {"model": "khác"},
        {"settings": "khác"},
        {"inputs": "khác"},
        {"versions": {"python": "3.99"}},
        {"machine": {}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_task_or_state_is_not_the_same_run(tmp_path: Path, change: dict[str, object]) -> None:
    run_of(tmp_path / "lượt", finished="")
    assert same_run(tmp_path, run_info_of(**change)) is None


def test_the_time_does_not_make_another_task() -> None:
    assert run_info_of(started="2030-01-01T00:00:00Z", finished="").same_task(run_info_of())


def test_a_servers_finished_run_is_none_to_go_on_with(tmp_path: Path) -> None:
    url = "http://127.0.0.1:7860"
    run_of(tmp_path / "xong", system=url)
    assert same_run(tmp_path, run_info_of(system=url)) is None
    broken_off = run_of(tmp_path / "dở", system=url, finished="")
    found = same_run(tmp_path, run_info_of(system=url))
    assert found is not None
    assert found.folder == broken_off.folder


def test_inputs_are_what_is_asked_but_not_the_gold_answers() -> None:
    case = case_of()
    digest = inputs_digest([case])
    assert (len(digest), digest) == (12, inputs_digest([case_of(must=(("800",),), model_answer="Khác.")]))
    history = (Turn(question="Trước?", answer="Vâng."),)
    others = [[case_of(question="Khác?")], [case_of(id="hg-number-02")], [case_of(history=history)], questions(2), []]
    assert len({digest, *(inputs_digest(cases) for cases in others)}) == 1 + len(others)


def test_a_row_is_on_disk_before_the_next_is_asked(tmp_path: Path) -> None:
    run = run_of(tmp_path / "lượt")
    for number in range(3):
        run.add(answer_row_of(says(f"Câu {number}.")))
        assert len(Run(run.folder, run.info).answers()) == number + 1


def test_two_runs_within_a_second_get_folders_of_their_own(tmp_path: Path) -> None:
    first, second = start(tmp_path, run_info_of()), start(tmp_path, run_info_of())
    assert first.folder != second.folder
    assert len(all_runs(tmp_path)) == 2
