"""The gold questions fit the documents, and a question that does not is named."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.places import SOURCES_FOLDER
from evals.cases import (
    CATEGORIES,
    LEAST_OF,
    LEAST_QUESTIONS,
    LEAST_UNANSWERABLE,
    SPLITS,
    Case,
    Turn,
    main,
    problems,
    problems_of_all,
    read_cases,
    source_text,
    spans,
)
from tests.evals.builders import DONG_THAP, ENTERPRISES, HAU_GIANG, PRINT_RUN, case_of, list_of, place_of

_CASES = read_cases()
_BY_ID = {case.id: case for case in _CASES}
_REAL = _BY_ID["hg-number-01"]
_ABSENT = place_of("câu này không có ở đâu cả")


def _first(category: str, *, answerable: bool) -> Case:
    return next(case for case in _CASES if case.category == category and case.answerable == answerable)


def _written(file: Path, *lines: str) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


def test_the_shipped_questions_pass_their_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(f"{len(_CASES)} questions: ")
    assert not shown.err.strip()


def test_the_shipped_questions_are_as_many_as_promised() -> None:
    assert len(_CASES) >= LEAST_QUESTIONS == 160
    assert sum(not case.answerable for case in _CASES) >= LEAST_UNANSWERABLE == 30
    for category, least in LEAST_OF.items():
        assert sum(case.category == category for case in _CASES) >= least


def test_every_split_asks_every_category_about_every_document() -> None:
    files = {file.name for file in SOURCES_FOLDER.glob("*.md")}
    assert len(files) == 5
    for split in SPLITS:
        ours = [case for case in _CASES if case.split == split]
        assert {case.category for case in ours} == set(CATEGORIES)
        assert {document for case in ours for document in case.documents} == files


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"needs": ((place_of(), _ABSENT),)}, f"quote not in {HAU_GIANG}: {_ABSENT.quote!r}"),
        ({"traps": (_ABSENT,)}, f"quote not in {HAU_GIANG}: {_ABSENT.quote!r}"),
        ({"traps": (place_of(document="x.md"),)}, "Không có tài liệu sources/x.md."),
        ({"must_not": ("mục tiêu",)}, "forbidden in the model answer: mục tiêu"),
        ({"model_answer": "Không rõ."}, "the model answer lacks a fact"),
        ({"question": unicodedata.normalize("NFD", _REAL.question)}, "not in NFC"),
        ({"answerable": False, "needs": (), "must": ()}, "answerable = False does not fit number"),
        ({"category": "unanswerable"}, "answerable = True does not fit unanswerable"),
        ({"category": "false_premise"}, "answerable = True does not fit false_premise"),
        ({"speaker": ()}, "direction without speaker or recipient"),
        ({"recipient": ()}, "direction without speaker or recipient"),
        ({"category": "list"}, "a list of fewer than two items"),
        ({"category": "follow_up"}, "history belongs to follow_up, and follow_up has one"),
        ({"history": (Turn(question="a", answer="b"),)}, "history belongs to follow_up, and follow_up has one"),
        ({"category": "cross_document"}, "cross_document with fewer than two documents"),
    ],
)
def test_a_question_spoiled_in_one_way_has_that_problem_alone(changes: dict[str, Any], wanted: str) -> None:
    assert list(problems(_REAL)) == []
    assert list(problems(_REAL.model_copy(update=changes))) == [wanted]


def test_a_fact_must_stand_in_the_evidence_and_in_the_model_answer() -> None:
    spoiled = _REAL.model_copy(update={"must": (("700",), ("1.234", "một nghìn"))})
    wanted = ["fact not in the evidence: ('1.234', 'một nghìn')", "the model answer lacks a fact"]
    assert list(problems(spoiled)) == wanted


@pytest.mark.parametrize("emptied", ["needs", "must"])
def test_an_answerable_question_has_needs_and_facts(emptied: str) -> None:
    assert "answerable, but without needs or must" in list(problems(_REAL.model_copy(update={emptied: ()})))


@pytest.mark.parametrize("category", ["unanswerable", "injection"])
def test_an_unanswerable_question_has_neither_needs_nor_facts(category: str) -> None:
    case = _first(category, answerable=False)
    assert list(problems(case)) == []
    spoiled = case.model_copy(update={"needs": _REAL.needs})
    assert list(problems(spoiled)) == ["unanswerable, but with needs or must"]


def test_a_false_premise_may_have_both() -> None:
    case = _first("false_premise", answerable=False)
    assert case.needs
    assert list(problems(case)) == []


@pytest.mark.parametrize("changes", [{"must": ()}, {"must_not": ()}, {"must": (), "must_not": ()}])
def test_a_false_premise_knows_what_corrects_it_and_what_would_accept_it(changes: dict[str, Any]) -> None:
    wanted = "false premise without what corrects it (must) or what would accept it (must_not)"
    assert list(problems(_first("false_premise", answerable=False).model_copy(update=changes))) == [wanted]


@pytest.mark.parametrize("changes", [{"direction": None}, {"must_not": (), "traps": ()}])
def test_a_question_of_direction_knows_the_wrong_way_too(changes: dict[str, Any]) -> None:
    wanted = "direction of speech without direction, or without must_not and traps"
    spoiled = _first("direction", answerable=True).model_copy(update=changes)
    assert list(problems(spoiled)) == [wanted]


def test_a_state_of_affairs_needs_no_speaker() -> None:
    changes = {"direction": "state_of_affairs", "speaker": (), "recipient": ()}
    assert list(problems(_REAL.model_copy(update=changes))) == []


@pytest.mark.parametrize(
    ("cases", "wanted"),
    [
        ([*_CASES, _REAL], "id used 2 times: hg-number-01"),
        ([*_CASES, _REAL.model_copy(update={"id": "hg-number-99"})], "question used 2 times: "),
        (_CASES[:10], "10 questions, fewer than 160"),
        ([case for case in _CASES if case.answerable], "0 unanswerable, fewer than 30"),
        ([case for case in _CASES if case.category != "list"], "0 of list, fewer than 20"),
        ([case for case in _CASES if case.category != "direction"], "0 of direction, fewer than 25"),
        (
            [case for case in _CASES if (case.split, case.category) != ("test", "injection")],
            "test has nothing of injection",
        ),
        (
            [case for case in _CASES if case.split != "dev" or HAU_GIANG not in case.documents],
            f"dev has nothing of {HAU_GIANG}",
        ),
    ],
)
def test_what_a_set_lacks_or_has_twice_is_named(cases: list[Case], wanted: str) -> None:
    assert list(problems_of_all(_CASES)) == []
    assert any(problem.startswith(wanted) for problem in problems_of_all(cases))


def test_the_same_question_after_another_history_is_another_question() -> None:
    turn = Turn(question="Hậu Giang thì sao?", answer="Có.")
    again = _REAL.model_copy(update={"id": "hg-number-99", "history": (turn,)})
    assert list(problems_of_all([*_CASES, again])) == []


def test_a_written_case_is_read_as_it_was(tmp_path: Path) -> None:
    cases = [case_of(), list_of("báo chí", "mạng xã hội")]
    file = _written(tmp_path / "q.jsonl", *(case.model_dump_json() for case in cases))
    assert read_cases(file) == cases


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "{}",
        "",
        case_of().model_dump_json().replace('"split"', '"extra":1,"split"'),
        case_of().model_dump_json().replace("hg-number-01", "HG 1"),
        case_of().model_dump_json().replace('"dev"', '"train"'),
        case_of().model_dump_json().replace('"number"', '"other"'),
        case_of().model_dump_json().replace('[["700"]]', "[[]]"),
        case_of().model_dump_json().replace(ENTERPRISES, "ngắn"),
    ],
)
def test_a_line_that_is_not_of_the_form_is_named(tmp_path: Path, line: str) -> None:
    file = _written(tmp_path / "q.jsonl", case_of().model_dump_json(), line, "{}")
    with pytest.raises(SettingsError, match=r"^q\.jsonl, dòng 2: "):
        read_cases(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"không_có\.jsonl"):
        read_cases(tmp_path / "không_có.jsonl")


def test_a_case_cannot_be_changed() -> None:
    case = case_of()
    with pytest.raises(ValidationError, match="frozen"):
        case.must = ()


def test_the_documents_of_a_case_are_each_named_once() -> None:
    needs = ((place_of(PRINT_RUN, DONG_THAP), place_of()), (place_of(),))
    assert case_of(needs=needs).documents == (DONG_THAP, HAU_GIANG)


def test_spans_are_every_place_where_the_quote_stands() -> None:
    place = place_of("Bộ trưởng Nguyễn Mạnh Hùng")
    found = spans(place)
    text = source_text(HAU_GIANG)
    assert len(found) == text.count(place.quote) > 1
    assert all(text[start:end] == place.quote for start, end in found)
    assert spans(_ABSENT) == []


@pytest.mark.parametrize("name", ["x.md", "", "../README.md/x"])
def test_a_document_that_does_not_exist_is_an_error(name: str) -> None:
    with pytest.raises(SettingsError, match="Không có tài liệu"):
        source_text(name)


def test_the_check_of_a_spoiled_file_names_the_question_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoiled = _REAL.model_copy(update={"model_answer": "Không rõ."})
    lines = [case.model_dump_json() for case in _CASES if case.id != _REAL.id] + [spoiled.model_dump_json()]
    assert main(["check", str(_written(tmp_path / "q.jsonl", *lines))]) == 1
    assert capsys.readouterr().err.splitlines() == ["hg-number-01: the model answer lacks a fact"]


def test_the_check_of_too_small_a_file_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(_written(tmp_path / "q.jsonl", case_of().model_dump_json()))]) == 1
    assert "1 questions, fewer than 160" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["{\n", None])
def test_the_check_of_an_unreadable_file_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    file = tmp_path / "q.jsonl"
    if content:
        file.write_text(content, encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "q.jsonl" in capsys.readouterr().err
