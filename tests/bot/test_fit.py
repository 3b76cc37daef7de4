"""How well a sentence fits what is asked: better than one of another place, time, speaker, kind or sort."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.records import PartialDate
from tests.bot.questioned import asked_of, every_line, register_of

QUOTE = "Tỉnh nên mở dữ liệu."
Weigh = Callable[..., float]


@pytest.fixture
def weigh(tmp_path: Path) -> Weigh:
    """The bonus of a sentence for a question: one statement, or none, in a document of that date and province."""
    numbers = iter(range(100))

    def bonus(
        question: str, text: str = QUOTE, date: str = "", home: str = "", *, known: bool = True, **it: Any
    ) -> float:
        register = register_of(tmp_path / str(next(numbers)), (text, it))
        (line,) = every_line(register)
        document = replace(line.document, provinces=(home,) if home else (), date=PartialDate.parse(date))
        return asked_of(register, question).bonus(document, [line] if known else [], text)

    return bonus


def test_what_is_said_to_the_province_asked_for_goes_before_what_is_said_to_all_and_to_another(weigh: Weigh) -> None:
    question = "Long An nên làm gì?"
    own = weigh(question, province="Long An")
    several = weigh(question, province="Trà Vinh, Long An")
    everywhere = weigh(question, province="*")
    other = weigh(question, province="Trà Vinh")
    assert own == several > everywhere > other


def test_where_no_province_is_told_the_documents_counts(weigh: Weigh) -> None:
    question = "Long An nên làm gì?"
    at_home, elsewhere = (weigh(question, home=home, province="") for home in ("Long An", "Trà Vinh"))
    told_otherwise = weigh(question, home="Long An", province="Trà Vinh")
    unknown = weigh(question, home="Long An", known=False)
    assert at_home == unknown > elsewhere == told_otherwise


def test_a_province_of_before_the_merger_counts_for_the_one_of_today(weigh: Weigh) -> None:
    question = "Cần Thơ nên làm gì?"
    assert weigh(question, province="Hậu Giang") == weigh(question, province="Cần Thơ")
    assert weigh(question, province="Hậu Giang") > weigh(question, province="Long An")


def test_without_a_province_in_the_question_none_is_better(weigh: Weigh) -> None:
    assert weigh("Tỉnh nên làm gì?", province="Long An") == weigh("Tỉnh nên làm gì?", province="*")


@pytest.mark.parametrize("inside", ["2020-06-02", "2020-06", "2020"])
@pytest.mark.parametrize("outside", ["2021-06-02", "2019", "2020-07"])
def test_the_time_asked_for_goes_before_another_and_an_unknown_one_between(
    weigh: Weigh, inside: str, outside: str
) -> None:
    question = "Tháng 6/2020 dữ liệu được mở chưa?"
    assert weigh(question, date=inside) > weigh(question, date="") > weigh(question, date=outside)


def test_without_a_time_in_the_question_none_is_better(weigh: Weigh) -> None:
    assert weigh("Mở dữ liệu?", date="2020") == weigh("Mở dữ liệu?", date="2021") == weigh("Mở dữ liệu?")


@pytest.mark.parametrize(
    ("question", "speaker", "title"),
    [
        ("Ông Phan Minh Khoa nói gì?", "Phan Minh Khoa", "Thứ trưởng"),
        ("Ông Khoa nói gì?", "Phan Minh Khoa", "Thứ trưởng"),
        ("Thứ trưởng nói gì?", "Phan Minh Khoa", "Thứ trưởng"),
        ("Cục Bưu chính số nói gì?", "Phan Minh Khoa", "Cục trưởng Cục Bưu chính số"),
    ],
)
def test_who_is_asked_for_by_name_or_office_goes_first(weigh: Weigh, question: str, speaker: str, title: str) -> None:
    own = weigh(question, speaker=speaker, title=title)
    assert own > weigh(question, speaker="Võ Thị Ngân", title="Chuyên viên")
    assert weigh("Tỉnh nên làm gì?", speaker=speaker, title=title) == weigh("Tỉnh nên làm gì?", speaker="", title="")


def test_the_kind_asked_for_goes_first_and_what_another_side_says_last(weigh: Weigh) -> None:
    question = "Bộ khuyến nghị điều gì?"
    advice, promise = (weigh(question, kind=kind) for kind in ("recommendation", "commitment"))
    request = weigh(question, kind="request", speaker_side="province")
    assert advice > promise > request


def test_an_event_is_nobodys_words_and_a_status_is_taken_from_anyone(weigh: Weigh) -> None:
    asks = "Bộ khuyến nghị điều gì?"
    event = weigh(asks, kind="event", speaker_side="narrator")
    status = weigh(asks, kind="status", speaker_side="province")
    assert event < status == weigh(asks, known=False)
    told = "Buổi làm việc diễn ra ở đâu?"
    assert weigh(told, kind="event", speaker_side="narrator") == weigh(told, known=False)


@pytest.mark.parametrize(
    ("question", "holding", "lacking"),
    [
        ("Cần bao nhiêu doanh nghiệp?", "Cần 700 doanh nghiệp.", "Cần thêm doanh nghiệp."),
        ("Cần bao nhiêu doanh nghiệp?", "Cần một nghìn doanh nghiệp.", "Cần thêm doanh nghiệp."),
        ("Khi nào xong?", "Sẽ xong trước ngày 20/11.", "Sẽ xong hết."),
        ("Khi nào xong?", "Sẽ xong trong quý II.", "Sẽ xong hết."),
        ("Khi nào xong?", "Cuối năm nay sẽ xong.", "Sẽ có 700 doanh nghiệp."),
        ("Ai phụ trách dữ liệu?", "Ông Lý Văn Tám phụ trách.", "Sở phụ trách."),
    ],
)
def test_what_holds_a_thing_of_the_sort_asked_for_goes_first(
    weigh: Weigh, question: str, holding: str, lacking: str
) -> None:
    nobody = {"speaker": "", "title": ""}
    assert weigh(question, holding, **nobody) > weigh(question, lacking, **nobody)
    assert weigh("Sẽ ra sao?", holding, **nobody) == weigh("Sẽ ra sao?", lacking, **nobody)


def test_who_said_it_is_a_name_too(weigh: Weigh) -> None:
    question, text = "Ai muốn mở dữ liệu?", "tỉnh nên mở dữ liệu."
    assert weigh(question, text, speaker="Phan Minh Khoa") > weigh(question, text, speaker="", title="")


@pytest.mark.parametrize(
    ("question", "told", "home", "place"),
    [
        ("Long An và Trà Vinh nên làm gì?", "Trà Vinh", "Long An", "Trà Vinh"),
        ("Long An và Trà Vinh nên làm gì?", "", "Long An", "Long An"),
        ("Long An và Trà Vinh nên làm gì?", "*", "Long An", "Long An"),
        ("Long An và Trà Vinh nên làm gì?", "Bến Tre, Trà Vinh", "", "Trà Vinh"),
        ("Long An và Trà Vinh nên làm gì?", "Bến Tre", "", ""),
        ("Tỉnh nên làm gì?", "Bến Tre", "Bến Tre", ""),
        ("Cần Thơ và Long An nên làm gì?", "Hậu Giang", "", "Cần Thơ"),
        ("Hậu Giang và Sóc Trăng nên làm gì?", "Sóc Trăng", "", "Sóc Trăng"),
    ],
)
def test_a_sentence_is_about_one_of_the_provinces_asked_for(
    tmp_path: Path, question: str, told: str, home: str, place: str
) -> None:
    register = register_of(tmp_path, (QUOTE, {"province": told}))
    (line,) = every_line(register)
    document = replace(line.document, provinces=(home,) if home else ())
    assert asked_of(register, question).place_of(document, [line]) == place


def test_of_two_speakers_held_against_each_other_a_sentence_is_of_one(tmp_path: Path) -> None:
    told = [("Một điều nên làm.", {"speaker": "Phan Minh Khoa"}), ("Hai điều nên làm.", {"speaker": "Đào Văn Sáng"})]
    register = register_of(tmp_path, *told)
    asked = asked_of(register, "Phan Minh Khoa và Đào Văn Sáng nói gì?")
    assert asked.sides == asked.intent.speakers
    assert sorted(asked.sides) == sorted(["Phan Minh Khoa", "Đào Văn Sáng"])
    for line in every_line(register):
        assert asked.side_of(line.document, [line]) == line.statement.speaker
    assert asked_of(register, "Phan Minh Khoa nói gì?").sides == ()


def test_what_is_said_in_a_stretch_is_what_the_register_holds_of_it(tmp_path: Path) -> None:
    register = register_of(tmp_path, ("Một điều nên làm.", {}), ("Hai điều nên làm.", {}))
    asked, lines = asked_of(register, "Nên làm gì?"), every_line(register)
    assert list(asked.said("hop", 0, 5)) == lines[:1]
    assert list(asked.said("hop", 3, 30)) == lines
    assert list(asked.said("khác", 0, 30)) == []
