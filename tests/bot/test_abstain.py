"""When there is not enough evidence, and what is said then."""

import datetime
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot import abstain
from bot.abstain import (
    before_model,
    calibrated_threshold,
    coverage,
    not_found_text,
    probability_of_yes,
    support,
    unknown_names,
)
from bot.evidence import Evidence
from index.periods import period_of
from index.records import Document, PartialDate
from index.search import SearchIndex
from index.vietnamese import search_terms
from tests.bot.corpus import ASKS_BUDGET, BUDGET, evidence_of

EVIDENCE = [evidence_of(BUDGET)]


def document(name: str, date: str = "", *provinces: str) -> Document:
    return Document(name, name, f"{name}.md", "", "", PartialDate.parse(date) if date else None, provinces)


def known(term: str) -> bool:
    """As an index that holds the evidence and nothing else would say."""
    return any(term in search_terms(f"{item.title} {item.text}") for item in EVIDENCE)


def test_a_supported_question_passes() -> None:
    assert before_model(ASKS_BUDGET, EVIDENCE, known) == abstain.ENOUGH


@pytest.mark.parametrize(
    ("question", "evidence", "code"),
    [
        (ASKS_BUDGET, [], "nothing_found"),
        (ASKS_BUDGET, [evidence_of(BUDGET, overlap=abstain.LEAST_OVERLAP / 2)], "off_topic"),
        ("Hà Lạng dành bao nhiêu ngân sách?", EVIDENCE, "name_not_found"),
    ],
)
def test_what_can_be_seen_without_a_model(question: str, evidence: list[Evidence], code: str) -> None:
    verdict = before_model(question, evidence, known)
    assert (verdict.enough, verdict.code) == (False, code)
    assert verdict.reason.endswith(".")


@pytest.mark.parametrize(
    ("date", "text", "asked", "is_there"),
    [
        ("2020-09-10", "Tỉnh dành 1% ngân sách.", "Năm 2022 tỉnh dành bao nhiêu ngân sách?", False),
        ("2020-09-10", "Tỉnh dành 1% ngân sách.", "Năm 2020 tỉnh dành bao nhiêu ngân sách?", True),
        ("2020-09-10", "Đến năm 2022 tỉnh dành 2% ngân sách.", "Năm 2022 tỉnh dành bao nhiêu ngân sách?", True),
        ("2023-03-06", "Quý I năm 2023 còn 8 nơi.", "Quý II năm 2023 còn bao nhiêu nơi?", False),
        ("2023-03-06", "Năm 2023 còn 8 nơi.", "Quý II năm 2023 còn bao nhiêu nơi?", False),
        ("2023", "Còn 8 nơi.", "Quý II năm 2023 còn bao nhiêu nơi?", True),  # of no closer date
        ("", "Còn 8 nơi.", "Quý II năm 2023 còn bao nhiêu nơi?", True),
        ("2020-09-10", "Tỉnh dành 1% ngân sách.", "Tỉnh dành bao nhiêu ngân sách?", True),
    ],
)
def test_another_time_than_the_one_asked_for_is_no_answer(date: str, text: str, asked: str, is_there: bool) -> None:
    evidence = [replace(evidence_of(text), date=date)]
    period = period_of(asked, datetime.date(2024, 5, 1))
    verdict = before_model(asked, evidence, lambda term: True, (), period)
    assert (verdict.enough, verdict.code) == (is_there, "" if is_there else "other_time")


def test_the_missing_name_is_named() -> None:
    assert "«Hà Lạng»" in before_model("Hà Lạng dành bao nhiêu ngân sách?", EVIDENCE, known).reason


@pytest.mark.parametrize(
    "question",
    [
        "Sông Lam cần gì?",
        "Bộ làm việc với tỉnh Sông Lam về gì?",
        "Song Lam can gi",
        "tỉnh Hà lạng cần gì?",
        "Cục trưởng nói gì?",
        "Lãnh đạo Đảo Ngọc hứa gì?",
    ],
    ids=["known", "behind a lower-case word", "without marks", "half capitalised", "one word", "in title or province"],
)
def test_a_name_that_the_collection_holds_is_not_missing(index: SearchIndex, question: str) -> None:
    assert unknown_names(question, index.is_known) == []


def test_every_unknown_name_is_found(index: SearchIndex) -> None:
    assert unknown_names("so Hà Lạng với Sông Lam và Phố Hoài thì sao?", index.is_known) == ["Hà Lạng", "Phố Hoài"]


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ({"Có": 0.9, "Không": 0.1}, 0.9),
        ({"Có": 0.3, "có": 0.3, "Kh": 0.2, "không.": 0.2}, 0.6),
        ({"Có": 0.2, "A": 0.8}, 1.0),
        ({"Không": 1.0}, 0.0),
        ({"A": 0.6, "": 0.4}, None),
        ({}, None),
    ],
)
def test_yes_is_weighed_against_no_alone(odds: dict[str, float], expected: float | None) -> None:
    probability = probability_of_yes(odds)
    assert probability == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [([0.5, 0.5], 0.5), ([0.8, 0.2], 0.5), ([0.9, None], 0.9), ([None, None], None), ([], None), ([0.9, 0.9], 0.9)],
)
def test_several_verdicts_meet_in_the_middle_of_their_odds(
    probabilities: list[float | None], expected: float | None
) -> None:
    together = support(probabilities)
    assert together == (expected if expected is None else pytest.approx(expected))


def test_a_certain_verdict_does_not_outweigh_everything() -> None:
    together = support([1.0, 0.0])
    assert together == pytest.approx(0.5)


def with_likelihood(likelihood: float | None, place: str = "") -> Evidence:
    """A piece of evidence that was weighed so."""
    return replace(evidence_of(BUDGET), likelihood=likelihood, place=place)


def test_without_a_model_the_likeliest_piece_decides() -> None:
    assert abstain.is_likely([with_likelihood(0.9), with_likelihood(0.0)])
    assert not abstain.is_likely([with_likelihood(0.01), with_likelihood(None)])
    assert abstain.is_likely([with_likelihood(None)])


def test_the_likelihood_counts_as_one_verdict_more() -> None:
    judged = [0.6, 0.6]
    assert support(judged, [with_likelihood(0.6)]) == pytest.approx(0.6)
    low, high = (support(judged, [with_likelihood(one)]) for one in (0.1, 0.9))
    assert low is not None
    assert high is not None
    assert low < 0.6 < high
    assert support([None, None], [with_likelihood(0.9)]) is None


def test_a_side_that_the_evidence_does_not_answer_for_is_named() -> None:
    sides = ("Long An", "Trà Vinh")
    there = with_likelihood(0.9, "Long An")
    assert "Trà Vinh" in abstain.note_on_sides(sides, [there])
    assert "Long An" not in abstain.note_on_sides(sides, [there, with_likelihood(0.01, "Trà Vinh")])
    assert abstain.note_on_sides(sides, [there, with_likelihood(0.9, "Trà Vinh")]) == ""
    assert abstain.note_on_sides(("Long An",), []) == ""


def test_the_likeliest_piece_is_shown_as_the_nearest() -> None:
    pieces = [with_likelihood(0.1), replace(evidence_of("Đoạn khác."), likelihood=0.2)]
    assert "Đoạn khác." in not_found_text(abstain.Verdict(False, "not_stated", "Không nêu."), [], pieces)


def test_an_uncalibrated_model_needs_even_odds() -> None:
    assert calibrated_threshold("không có trong bảng") == 0.5


def test_every_calibrated_threshold_is_a_probability() -> None:
    table = tomllib.loads(Path(abstain.__file__).with_name("calibration.toml").read_text(encoding="utf-8"))
    assert all(0 <= calibrated_threshold(model) <= 1 for model in table)


def test_coverage_names_number_dates_and_provinces() -> None:
    documents = [
        document("a", "2020-05-12", "Sông Lam"),
        document("b", "2021-03", "Đảo Ngọc", "Sông Lam"),
        document("c"),
    ]
    assert coverage(documents) == "Đã tìm trong 3 tài liệu, từ 12/5/2020 đến 3/2021, về: Sông Lam, Đảo Ngọc."
    assert coverage([document("c")]) == "Đã tìm trong 1 tài liệu."


def test_the_reader_learns_why_where_and_what_came_nearest() -> None:
    verdict = abstain.Verdict(False, "not_stated", "Không nêu điều được hỏi.")
    text = not_found_text(verdict, [document("a", "2020")], EVIDENCE)
    for part in ("Không tìm thấy", verdict.reason, "Đã tìm trong 1 tài liệu", BUDGET, "Tài liệu song-lam – 12/5/2020"):
        assert part in text
    assert "Đoạn gần nhất" not in not_found_text(verdict, [], [])


def test_a_body_is_known_by_its_own_name_not_by_what_it_deals_with() -> None:
    known = {"nong_nghiep", "dong_thap", "bo_thong"}
    assert abstain.unknown_names("Bộ Nông nghiệp khuyến nghị Đồng Tháp điều gì?", known.__contains__) == [
        "Bộ Nông nghiệp"
    ]
    assert abstain.unknown_names("Bộ Thông tin và Truyền thông nói gì?", known.__contains__) == []
    assert abstain.unknown_names("Theo Bộ trưởng, Về Cà Mau", known.__contains__) == ["Về Cà Mau"]
