"""A follow-up takes what it leaves out from the turns before it; a question that stands by itself takes nothing."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.followup import Turn, self_contained
from index.vietnamese import fold, strip_marks

GOLD = Path(__file__).parents[2] / "evals" / "questions.jsonl"
# `half`: "first" was written before the rules; "check" after them: 55 of its 58 held before the three faults it showed
# were mended; "fresh" after that, and no rule was changed on it.
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("followups.jsonl").read_text(encoding="utf-8").splitlines()
]
BUDGET = Turn(
    "Bộ trưởng Nguyễn Mạnh Hùng khuyến nghị Đồng Tháp dành bao nhiêu phần trăm ngân sách cho CNTT?",
    "Bộ trưởng Nguyễn Mạnh Hùng khuyến nghị Đồng Tháp dành 1% ngân sách hằng năm cho CNTT. [1]",
)
VISIT = Turn("Trong buổi làm việc ngày 10/9/2020, Đồng Tháp mong muốn gì?", "Mong Bộ tiếp tục đồng hành. [1]")
MEETING = Turn("Tại giao ban ngày 6/3/2023, Bạc Liêu nêu khó khăn gì?", "CNTT, CĐS hoạt động kém hiệu quả. [1]")
KON_TUM = Turn("Bộ trưởng Trần Quốc Khải khuyến nghị Kon Tum điều gì về sóng di động?", "Giao Chủ tịch huyện lo. [1]")


def _made(case: dict[str, Any]) -> str:
    return self_contained(case["question"], [Turn(**turn) for turn in case["history"]])


@pytest.mark.parametrize("case", CASES, ids=[f"{case['half']}-{case['kind']}-{case['question']}" for case in CASES])
def test_what_is_wanted_is_there_and_nothing_else_was_taken(case: dict[str, Any]) -> None:
    made = _made(case)
    assert [term for term in case["wanted_terms"] if fold(term) not in fold(made)] == []
    assert [term for term in case["unwanted_terms"] if fold(term) in fold(made)] == []
    if case["kind"] == "unchanged":
        assert made == case["question"]


def test_there_are_cases_enough_of_every_half() -> None:
    halves = {half: [case for case in CASES if case["half"] == half] for half in ("first", "check", "fresh")}
    assert min(len(cases) for cases in halves.values()) >= 40
    assert sum(case["kind"] == "unchanged" for case in CASES) >= 25


@pytest.mark.parametrize("bare", [False, True])
def test_no_gold_question_takes_from_a_talk_about_another_province(bare: bool) -> None:
    cases = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    asked = [case["question"] for case in cases if case["split"] == "dev" and not case.get("history")]
    typed = [strip_marks(question).lower() if bare else question for question in asked]
    assert [question for question in typed if self_contained(question, [KON_TUM]) != question] == []


@pytest.mark.parametrize(
    "question", ["Thế còn Hậu Giang thì sao?", "Ai nói vậy?", "", "?!", "Hà Giang có bao nhiêu xã?"]
)
def test_without_history_the_question_is_as_it_was(question: str) -> None:
    assert self_contained(question, []) == question


def test_a_swap_reads_as_a_question() -> None:
    made = self_contained("Cảm ơn. Thế còn Hậu Giang thì sao?", [BUDGET])
    assert made == BUDGET.question.replace("Đồng Tháp", "Hậu Giang")


def test_two_provinces_take_the_place_of_one() -> None:
    made = self_contained("Còn Đồng Nai và Bình Dương thì sao?", [BUDGET])
    assert made == BUDGET.question.replace("Đồng Tháp", "Đồng Nai và Bình Dương")


def test_the_day_of_a_visit_is_not_another_provinces_but_that_of_a_conference_is() -> None:
    assert self_contained("Còn Hậu Giang?", [VISIT]) == "Trong buổi làm việc, Hậu Giang mong muốn gì?"
    assert "6/3/2023" in self_contained("Còn Điện Biên?", [MEETING])


def test_swaps_follow_one_another() -> None:
    first = Turn("Thế còn Hậu Giang?", "Không tìm thấy câu trả lời trong các tài liệu hiện có.")
    made = self_contained("Vậy Thái Nguyên thì sao?", [BUDGET, first])
    assert made == BUDGET.question.replace("Đồng Tháp", "Thái Nguyên")


def test_what_was_not_found_is_no_context() -> None:
    asked = Turn("Đồng Tháp dành bao nhiêu tỷ đồng cho CNTT?", "Không tìm thấy câu trả lời trong các tài liệu hiện có.")
    made = self_contained("Vì sao?", [asked])
    assert "Đồng Tháp" in made
    assert "tài liệu" not in made


def test_citations_of_the_answer_are_left_out() -> None:
    assert "[1]" not in self_contained("Ai nêu ý kiến đó?", [BUDGET])


def test_a_question_made_self_contained_twice_is_the_same() -> None:
    made = self_contained("Thế còn Hậu Giang thì sao?", [BUDGET])
    assert self_contained(made, [BUDGET]) == made


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=3))
def test_odd_text_breaks_nothing(question: str, turns: list[tuple[str, str]]) -> None:
    assert isinstance(self_contained(question, [Turn(*turn) for turn in turns]), str)


def test_a_long_talk_takes_no_time() -> None:
    talk = [BUDGET, Turn("Thế còn Hậu Giang?", "1% ngân sách. " * 300)] * 50
    self_contained("Còn Thái Nguyên?", talk[:2])
    started = time.process_time()
    assert "Thái Nguyên" in self_contained("Còn Thái Nguyên?", talk)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("before", "asked", "made"),
    [
        ("FPT đề xuất gì với Đồng Tháp?", "Còn Bộ thì sao?", "Bộ khuyến nghị gì với Đồng Tháp?"),
        ("Bộ khuyến nghị gì với Long An?", "Còn tỉnh thì sao?", "Tỉnh Long An kiến nghị gì với Bộ?"),
        (
            "Bộ khuyến nghị gì với Long An về báo chí?",
            "còn doanh nghiệp?",
            "Doanh nghiệp đề xuất gì với Long An về báo chí?",
        ),
    ],
)
def test_another_side_is_asked_for_what_it_says_itself(before: str, asked: str, made: str) -> None:
    assert self_contained(asked, [Turn(before, "Đã trả lời.")]) == made


def test_another_side_takes_no_place_where_it_is_not_plain_what_was_said_to_whom() -> None:
    made = self_contained("Còn Bộ thì sao?", [Turn("Hậu Giang và Đồng Tháp kiến nghị gì?", "Trạm phát sóng.")])
    assert made.startswith("Còn Bộ thì sao? (")
