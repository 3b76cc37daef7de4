"""Asking the gold questions: which, in which ways of typing, and every answer kept."""

import json
import random
import re
import socket
from pathlib import Path

import pytest

from bot.errors import LLMTimeoutError, SettingsError
from evals.cases import CATEGORIES, SPLITS, Turn, read_cases
from evals.records import AnswerRow, SearchRow
from evals.retype import TYPINGS
from evals.run import SEARCH_TYPINGS, Task, run_task, sample, select, variants
from evals.runs import open_run
from tests.evals.builders import (
    ENTERPRISES,
    case_of,
    citation_of,
    cited_answer_of,
    found_of,
    refusal_of,
    says,
    unanswerable_of,
)
from tests.evals.systems import ROOT, StandIn, questions

ANSWERS = Task("answers", "all")


def test_every_answer_is_kept_whole(tmp_path: Path) -> None:
    case, other = questions(2)
    answer = cited_answer_of("Khoảng 700 doanh nghiệp.", citation_of(ENTERPRISES, provinces=("Hậu Giang",)))
    run = run_task(tmp_path, StandIn({case.question: answer}), [case, other], ANSWERS)
    first, second = open_run(run.folder).answers()
    assert first == AnswerRow(case.id, "accented", case.question, answer, first.seconds)
    assert second.answer == refusal_of(question=other.question)
    assert 0 <= first.seconds < 5
    assert run.searches() == []


def test_a_search_is_made_for_every_way_of_typing_and_kept(tmp_path: Path) -> None:
    case = case_of(question="Ủy ban nhân dân Hậu Giang hòa mạng khi nào?")
    system = StandIn(found={case.question: [found_of()]})
    rows = run_task(tmp_path, system, [case], Task("retrieval", "all")).searches()
    assert [row.typing for row in rows] == list(SEARCH_TYPINGS) == list(TYPINGS)
    assert [row.asked for row in rows] == system.searched[1:]  # the very first loads the models and is not timed
    assert rows[0] == SearchRow(case.id, "accented", case.question, (found_of(),), rows[0].seconds)
    assert all(row.found == () for row in rows[1:])
    assert min(system.limits) >= 10  # as deep as R@10 looks
    assert system.answered == []


def test_there_is_one_row_for_a_question_and_way_of_typing(tmp_path: Path) -> None:
    run = run_task(tmp_path, StandIn(), read_cases(), Task("all", "dev", limit=20))
    for rows in (run.answers(), run.searches()):
        keys = [(row.id, row.typing) for row in rows]
        assert len(set(keys)) == len(keys)
    assert len(run.answers()) == run.info.questions == 20


def test_every_way_of_typing_is_tried_on_the_same_questions() -> None:
    cases = [case_of(question="Hòa mạng?"), case_of(id="hg-number-02", question="alo 5g?")]
    asked = variants(cases, TYPINGS)
    assert [one.key for one in asked] == [(case.id, typing) for case in cases for typing in TYPINGS]
    texts = {one.key: one.text for one in asked}
    assert texts["hg-number-01", "none"] == "Hoa mang?"
    assert texts["hg-number-01", "other_tone"] == "Hoà mạng?"
    assert {texts["hg-number-02", typing] for typing in TYPINGS} == {"alo 5g?"}
    assert [one.text for one in variants(cases, ("accented",))] == ["Hòa mạng?", "alo 5g?"]


def test_only_answerable_questions_are_searched_for_and_all_are_asked(tmp_path: Path) -> None:
    answerable, other = case_of(), unanswerable_of()
    run = run_task(tmp_path, StandIn(), [other, answerable], Task("all", "all"))
    assert {row.id for row in run.searches()} == {answerable.id}
    with pytest.raises(SettingsError):
        run_task(tmp_path, StandIn(), [other], Task("retrieval", "all"))  # nothing could be found
    assert [row.id for row in run.answers()] == [other.id, answerable.id]


def test_the_history_comes_with_the_question(tmp_path: Path) -> None:
    history = (Turn(question="Trước?", answer="Vâng."),)
    system = StandIn()
    run_task(tmp_path, system, [case_of(category="follow_up", history=history), *questions(1)], ANSWERS)
    assert system.histories == [history, ()]


def test_a_failing_question_is_recorded_and_the_run_goes_on(tmp_path: Path) -> None:
    cases = questions(4)
    late = LLMTimeoutError("Mô hình không xong kịp.", "Hãy tăng BOT_TIMEOUT_S.")
    system = StandIn(failures={cases[0].question: ValueError("hỏng"), cases[2].question: late})
    run = run_task(tmp_path, system, cases, Task("all", "all"))
    assert [row.error for row in run.answers()] == ["ValueError: hỏng", "", f"llm_timeout: {late}", ""]
    assert [row.answer is None for row in run.answers()] == [True, False, True, False]
    failed = [row for row in run.searches() if row.error]
    assert {(row.id, row.asked, row.found) for row in failed} == {(cases[i].id, cases[i].question, ()) for i in (0, 2)}
    assert open_run(run.folder).info.finished


def test_a_search_that_fails_at_once_is_recorded_too(tmp_path: Path) -> None:
    case = questions(1)[0]
    system = StandIn(failures={case.question: RuntimeError("hỏng")})
    rows = run_task(tmp_path, system, [case], Task("retrieval", "all")).searches()
    assert (rows[0].error, rows[0].found, len(rows)) == ("RuntimeError: hỏng", (), len(SEARCH_TYPINGS))


def test_what_a_run_was_made_with_is_told_but_not_where(tmp_path: Path) -> None:
    run = run_task(tmp_path, StandIn(), questions(2), Task("all", "dev", ("number",), 2))
    text = (run.folder / "run.json").read_text(encoding="utf-8")
    info = json.loads(text)
    assert {"python", "torch", "chromadb", "khuyen-nghi"} <= set(info["versions"])
    assert set(info["machine"]) == {"system", "cores", "memory"}
    assert all([*info["versions"].values(), *info["machine"].values()])
    assert re.fullmatch("[0-9a-f]{12}", info["inputs"])
    assert (info["system"], info["model"], info["settings"]) == ("ours", "thử", StandIn.settings)
    assert (info["suite"], info["split"], info["only"], info["limit"]) == ("all", "dev", ["number"], 2)
    assert (info["questions"], info["started"] <= info["finished"]) == (2, True)
    for private in (tmp_path, Path.home(), ROOT):
        assert str(private) not in text
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", text)


def test_models_are_loaded_ahead_and_only_when_something_is_left_to_ask(tmp_path: Path) -> None:
    system, again = StandIn(), StandIn()
    run_task(tmp_path, system, questions(3), ANSWERS)
    assert system.warmed == 1
    run_task(tmp_path, again, questions(3), ANSWERS)
    assert (again.warmed, again.answered) == (0, [])


@pytest.mark.parametrize(("suite", "searched"), [("retrieval", True), ("answers", False), ("all", True)])
def test_a_suite_asks_for_searches_for_answers_or_for_both(tmp_path: Path, suite: str, *, searched: bool) -> None:
    task = {"retrieval": Task("retrieval", "all"), "answers": ANSWERS, "all": Task("all", "all")}[suite]
    system = StandIn()
    run_task(tmp_path, system, questions(2), task)
    assert (bool(system.searched), bool(system.answered)) == (searched, suite != "retrieval")


def test_a_system_without_a_search_only_answers(tmp_path: Path) -> None:
    system = StandIn(searches=False)
    run = run_task(tmp_path, system, questions(2), Task("all", "all"))
    assert (len(run.answers()), run.searches()) == (2, [])
    with pytest.raises(SettingsError, match="--suite answers"):
        run_task(tmp_path, system, questions(2), Task("retrieval", "all"))


def test_questions_are_chosen_by_split_and_category_in_the_files_order() -> None:
    cases = read_cases()
    chosen = select(cases, Task("answers", "test", ("who", "list")))
    assert chosen == [case for case in cases if case.split == "test" and case.category in {"who", "list"}]
    assert len(chosen) > 5
    assert select(cases, ANSWERS) == cases


def test_unknown_categories_are_named_with_those_that_exist() -> None:
    with pytest.raises(SettingsError, match="khác, lạ") as refused:
        select(read_cases(), Task("answers", "all", ("lạ", "who", "khác")))
    assert all(category in str(refused.value) for category in CATEGORIES)


def test_a_choice_that_leaves_no_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Không có câu hỏi nào khớp"):
        run_task(tmp_path, StandIn(), questions(3), Task("answers", "test"))
    with pytest.raises(SettingsError, match="Không có câu hỏi nào khớp"):
        select(questions(3), Task("answers", "all", ("list",)))
    assert list(tmp_path.iterdir()) == []  # nothing was begun


@pytest.mark.parametrize("split", [*SPLITS, "all"])
def test_sixteen_of_the_shipped_questions_cover_every_category(split: str) -> None:
    cases = [case for case in read_cases() if split in {case.split, "all"}]
    chosen = sample(cases, 16)
    assert len(chosen) == 16
    assert {case.category for case in chosen} == set(CATEGORIES)


@pytest.mark.parametrize("seed", range(5))
def test_a_sample_does_not_depend_on_the_order_of_the_file(seed: int) -> None:
    cases = read_cases()
    shuffled = random.Random(seed).sample(cases, len(cases))
    for limit in (1, 13, 16, 50):
        chosen = sample(shuffled, limit)
        assert {case.id for case in chosen} == {case.id for case in sample(cases, limit)}
        assert chosen == [case for case in shuffled if case in chosen]  # in the order of its own file


def test_a_larger_sample_holds_the_smaller_one_and_none_is_larger_than_the_file() -> None:
    cases = read_cases()
    ids = [{case.id for case in sample(cases, limit)} for limit in (5, 16, 60, 10_000)]
    assert ids[0] < ids[1] < ids[2] < ids[3] == {case.id for case in cases}


def test_a_question_that_is_added_leaves_the_sample_of_other_categories_alone() -> None:
    cases = read_cases()
    more = [*cases, *(case_of(id=f"xx-who-{number:02d}", category="who") for number in range(5))]
    others = [{case.id for case in sample(listed, 39) if case.category != "who"} for listed in (cases, more)]
    assert others[0] == others[1]
    assert len(others[0]) == 36


def test_a_tasks_limit_takes_the_sample_of_its_split() -> None:
    cases = read_cases()
    chosen = select(cases, Task("answers", "dev", limit=16))
    assert chosen == sample([case for case in cases if case.split == "dev"], 16)


def test_an_answer_that_says_so_is_told_from_a_failure(tmp_path: Path) -> None:
    case = questions(1)[0]
    row = run_task(tmp_path, StandIn({case.question: says("Hỏng.")}), [case], ANSWERS).answers()[0]
    assert (row.error, row.answer) == ("", says("Hỏng."))
