"""Who says it, when and to whom, in words."""

from dataclasses import replace

import pytest

from bot.compose import quote
from bot.said_by import introduction, when
from index.records import Kind
from tests.bot.corpus import BUDGET, evidence_of
from tests.bot.test_later import statement

SAID = statement(BUDGET, date="2020-09-10", recipient="tỉnh Sông Lam")


def test_speaker_title_date_and_recipient_are_named() -> None:
    assert introduction([SAID]) == "Theo Bộ trưởng Lê Văn Sơn, ngày 10/9/2020, với tỉnh Sông Lam:"


def test_what_is_not_known_is_left_out() -> None:
    assert introduction([replace(SAID, recipient="", date="")]) == "Theo Bộ trưởng Lê Văn Sơn:"
    assert introduction([replace(SAID, title="")]).startswith("Theo Lê Văn Sơn, ")
    assert introduction([replace(SAID, speaker="", title="")]) == introduction([]) == ""


def test_of_several_only_what_is_the_same_is_said() -> None:
    assert introduction([SAID, replace(SAID, recipient="Bộ")]) == "Theo Bộ trưởng Lê Văn Sơn, ngày 10/9/2020:"
    assert introduction([SAID, replace(SAID, speaker="Phan Minh Khoa")]) == ""


def test_a_name_that_looks_like_a_mark_is_defused() -> None:
    assert "[7]" not in introduction([replace(SAID, speaker="Sơn [7]")])


@pytest.mark.parametrize(
    ("date", "told"), [("2020-09-10", "ngày 10/9/2020"), ("2020-09", "tháng 9/2020"), ("2020", "năm 2020"), ("", "")]
)
def test_a_date_is_named_as_precisely_as_it_is_known(date: str, told: str) -> None:
    assert when(date) == told


def test_a_quotation_stands_behind_who_says_it_and_the_sentence_is_the_quotation_alone() -> None:
    composed = quote([replace(evidence_of(BUDGET), said=(SAID,))])
    assert composed.text.splitlines()[1] == (
        f"- Theo Bộ trưởng Lê Văn Sơn, ngày 10/9/2020, với tỉnh Sông Lam: “{BUDGET}” [1]"
    )
    assert [one.text for one in composed.sentences] == [f"“{BUDGET}” [1]"]


@pytest.mark.parametrize("kind", ["status", "event"])
def test_a_fact_or_an_event_is_told_without_a_speaker(kind: Kind) -> None:
    assert introduction([replace(SAID, kind=kind)]) == introduction([SAID, replace(SAID, kind=kind)]) == ""


@pytest.mark.parametrize(
    "text", ["Theo kế hoạch của các doanh nghiệp, 5G có từ tháng 6.", "- Cũng theo Bí thư, Bộ cam kết."]
)
def test_what_begins_by_telling_whose_word_it_is_gets_no_other_speaker(text: str) -> None:
    assert introduction([replace(SAID, text=text)]) == ""
    assert introduction([replace(SAID, text="Theo đó, tỉnh nên thuê máy chủ.")]) != ""
