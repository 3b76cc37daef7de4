"""Which of two words on the same point is the later one: ordered and told, and nothing told where it is not sure."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer import Answer, Finished
from bot.engine import _asked
from bot.later import in_order, on_one_point
from bot.question import understand
from bot.within import ANYWHERE
from index.records import Statement
from tests.bot.corpus import engine_of, evidence_of, index_of

EARLIER = "Thứ trưởng Phan Minh Khoa khuyến nghị Hậu Giang dành 3% ngân sách hằng năm cho chuyển đổi số."
LATER = "Bộ trưởng Lê Văn Sơn đề nghị Hậu Giang dành 5% ngân sách hằng năm cho chuyển đổi số."
ASKS = "Hậu Giang nên dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"
ASKS_REGISTER = "Bộ khuyến nghị những gì với Hậu Giang?"


def document(date: str, text: str, province: str = "Hậu Giang") -> str:
    return f'---\ntitle: "Họp {date}"\ndate: "{date}"\nprovinces: [{province}]\n---\n{text}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "chỗ"


def answer_of(folder: Path, question: str, *documents: str) -> Answer:
    index = index_of(folder, {f"họp-{number}.md": text for number, text in enumerate(documents)})
    try:
        return engine_of(index).answer(question)
    finally:
        index.close()


def quoted_whole(folder: Path, question: str, *documents: str) -> Answer:
    """The answer that quotes every piece of the evidence, the best first."""
    index = index_of(folder, {f"họp-{number}.md": text for number, text in enumerate(documents)})
    engine = engine_of(index)
    run = engine._find(
        understand(question, 999), _asked(index.read(question), engine.register.now(), ANYWHERE), "", 0.0
    )
    *_, last = engine._replies.quoted(run, run.evidence)
    index.close()
    assert isinstance(last, Finished)
    return last.answer


@pytest.mark.parametrize(("answered", "question"), [(quoted_whole, ASKS), (answer_of, ASKS_REGISTER)])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_later_word_stands_last_and_is_named(
    folder: Path, answered: Callable[..., Answer], question: str, *, is_first: bool
) -> None:
    documents = [document("2020-06-25", EARLIER), document("2021-03-10", LATER)]
    answer = answered(folder, question, *(documents if is_first else reversed(documents)))
    assert answer.text.index("3%") < answer.text.index("5%")
    assert answer.text.endswith(
        "\n\nTrong các ý kiến được dẫn về cùng một nội dung [1], [2], "
        "ý kiến sau cùng là của Bộ trưởng Lê Văn Sơn, ngày 10/3/2021 [2]."
    )
    assert all(sentence.text in answer.text for sentence in answer.sentences)


@pytest.mark.parametrize(
    ("date", "later"),
    [
        ("2020-06-25", LATER),  # of the same day
        ("2020", LATER),  # perhaps before, perhaps after
        ("2021-03-10", "Bộ trưởng Lê Văn Sơn đề nghị Hậu Giang mở kho dữ liệu nông sản cho doanh nghiệp."),
        ("2021-03-10", "Tỉnh Hậu Giang kiến nghị Bộ dành 5% ngân sách hằng năm cho chuyển đổi số."),
    ],
)
def test_where_it_is_not_sure_nothing_is_said(folder: Path, date: str, later: str) -> None:
    answer = quoted_whole(folder, ASKS, document("2020-06-25", EARLIER), document(date, later))
    assert "ý kiến sau cùng" not in answer.text


def statement(text: str, **changes: str) -> Statement:
    said = {"kind": "recommendation", "speaker": "Lê Văn Sơn", "title": "Bộ trưởng", "speaker_side": "ministry"}
    said |= {"recipient": "Hậu Giang", "province": "Hậu Giang", "date": "2020", "field": "ngân sách", "deadline": ""}
    return Statement("s", "d", 0, len(text), text, figures=(), confidence=1.0, cues=(), **(said | changes))  # type: ignore[arg-type]


def test_two_statements_on_one_point_agree_in_all_but_figures_and_a_few_words() -> None:
    one = statement(LATER)
    earlier = statement(EARLIER, speaker="Phan Minh Khoa", title="Thứ trưởng")
    assert on_one_point(one, earlier)
    for other in (
        replace(earlier, province="Long An"),
        replace(earlier, province="", recipient=""),
        replace(earlier, kind="status"),
        replace(earlier, speaker_side="province"),
        replace(earlier, field="hạ tầng số"),
        statement("Bộ trưởng đề nghị Hậu Giang mở kho dữ liệu du lịch."),
    ):
        assert not on_one_point(one, other)
    farm, tour = ("Bộ trưởng đề nghị Hậu Giang mở kho dữ liệu " + topic for topic in ("nông sản.", "du lịch."))
    assert not on_one_point(statement(farm), statement(tour))
    assert not on_one_point(statement("Nên mở."), statement("Nên mở."))


def test_documents_on_different_points_stay_in_the_order_of_how_good_they_are() -> None:
    pieces = [
        replace(evidence_of(text, document=name), date=date)
        for name, date, text in (("b", "2021", "Một."), ("a", "2020", "Hai."), ("b", "2021", "Ba."))
    ]
    assert [item.text for item in in_order(pieces)] == ["Một.", "Ba.", "Hai."]
