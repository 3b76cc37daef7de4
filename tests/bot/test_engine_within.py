"""A question narrowed down by province, time, field and kind: only what lies within is found, quoted and counted."""

from collections.abc import Iterator

import pytest

from bot.answer import Answer, Finished
from bot.engine import Engine
from bot.within import ANYWHERE, Within
from index.search import SearchIndex
from tests.bot.corpus import engine_of, index_of
from tests.stand_ins import ScriptedChat

LONG_AN = """---
title: "Làm việc với Long An"
date: "2020-05-12"
provinces: [Long An]
---
Thứ trưởng Phan Minh Khoa khuyến nghị Long An dành 3% ngân sách cho chuyển đổi số.

Tỉnh Long An kiến nghị Bộ hỗ trợ 12 trạm phát sóng từ ngân sách trung ương.
"""
TRA_VINH = """---
title: "Làm việc với Trà Vinh"
date: "2021-03"
provinces: [Trà Vinh]
---
Bộ trưởng đề nghị Trà Vinh dành 5% ngân sách cho chuyển đổi số.

Buổi làm việc bàn về ngân sách đến trưa.
"""
EVERYWHERE = """---
title: "Giao ban quý"
date: "2022-01-10"
---
Bộ trưởng đề nghị các địa phương dành 1% ngân sách cho chuyển đổi số.
"""
FILLER = {
    f"xã-{number}.md": f"---\ndate: 2019\nprovinces: [Cà Mau]\n---\nXã {number} bàn ngân sách chuyển đổi số.\n"
    for number in range(130)
}
ASKS = "Dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"
ASKS_REGISTER = "Bộ khuyến nghị những gì về ngân sách?"


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """Three meetings beside many more documents than a search has candidates."""
    documents = {"long-an.md": LONG_AN, "trà-vinh.md": TRA_VINH, "giao-ban.md": EVERYWHERE}
    opened = index_of(tmp_path_factory.mktemp("lọc"), FILLER | documents)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def engine(meetings: SearchIndex) -> Engine:
    return engine_of(meetings, evidence_chars=8000)


def asked(engine: Engine, question: str, within: Within) -> Answer:
    *_, last = engine.ask(question, within=within)
    assert isinstance(last, Finished)
    return last.answer


def found(engine: Engine, within: Within, question: str = ASKS) -> set[str]:
    """The shares named in the evidence, and whether other sentences are among it."""
    texts = [item.text for item in asked(engine, question, within).evidence]
    return {share for share in ("3%", "5%", "1%", "12 trạm", "trưa", "Xã") for text in texts if share in text}


@pytest.mark.parametrize(
    ("within", "shares"),
    [
        (Within(provinces=("Long An",)), {"3%", "12 trạm", "1%"}),  # what is said to all provinces is said to each
        (Within(provinces=("Trà Vinh",)), {"5%", "trưa", "1%"}),
        (Within(provinces=("Long An", "Trà Vinh")), {"3%", "12 trạm", "5%", "trưa", "1%"}),
        (Within(since="2021"), {"5%", "trưa", "1%"}),
        (Within(since="2020-05-12", until="2021-03"), {"3%", "12 trạm", "5%", "trưa"}),
        (Within(until="2020"), {"3%", "12 trạm", "Xã"}),
        (Within(kinds=("request",)), {"12 trạm"}),
        (Within(kinds=("recommendation",), until="2021"), {"3%", "5%"}),
        (Within(kinds=("recommendation",), provinces=("Long An",), until="2021"), {"3%"}),
    ],
)
def test_only_what_lies_within_is_evidence(engine: Engine, within: Within, shares: set[str]) -> None:
    assert found(engine, within) == shares


def test_only_statements_of_the_field_are_evidence(engine: Engine, meetings: SearchIndex) -> None:
    fields = {line.statement.text: line.statement.field for line in engine.register.now().over("long-an", 0, 10**6)}
    field = next(field for text, field in fields.items() if "3%" in text)
    texts = {item.text for item in asked(engine, ASKS, Within(fields=(field,))).evidence}
    assert texts
    register = engine.register.now()
    told = [
        {line.statement.field for line in register.over(item.document, item.start, item.end)}
        for item in asked(engine, ASKS, Within(fields=(field,))).evidence
    ]
    assert all(field in of_item for of_item in told)
    assert any("3%" in text for text in texts)


def test_the_search_finds_the_best_within_however_many_better_ones_lie_outside(engine: Engine) -> None:
    reading = engine._retriever.index.read("xã bàn ngân sách chuyển đổi số")
    outside = engine.search(reading, 5)
    assert {hit.document.provinces for hit in outside} == {("Cà Mau",)}
    within = engine.search(reading, 5, Within(provinces=("Trà Vinh",)))
    assert {hit.document.source_name for hit in within} == {"trà-vinh.md", "giao-ban.md"}
    assert within[0].score == 1  # scores are those among what lies within
    assert engine.search(reading, 5, ANYWHERE) == outside


def test_a_province_of_today_holds_those_that_became_part_of_it(engine: Engine) -> None:
    assert "3%" in found(engine, Within(provinces=("Tây Ninh",)))  # Long An is part of it since 1/7/2025


def test_the_register_counts_only_what_lies_within(engine: Engine) -> None:
    whole, part = (asked(engine, ASKS_REGISTER, within) for within in (ANYWHERE, Within(until="2020-12")))
    assert whole.text.startswith("Sổ khuyến nghị có 3 khuyến nghị")
    assert part.text.startswith("Sổ khuyến nghị có 1 khuyến nghị")
    assert "bộ lọc: đến hết: 12/2020" in part.text
    assert [("3%" in one.quote) for one in part.citations] == [True]


@pytest.mark.parametrize(
    ("within", "told"),
    [
        (Within(provinces=("An Giang",), until="2021"), "địa phương: An Giang; đến hết: 2021"),
        (Within(since="2030-02-01"), "từ: 1/2/2030"),
        (Within(kinds=("commitment",), fields=("an toàn thông tin",)), "lĩnh vực: an toàn thông tin; loại ý kiến:"),
    ],
)
def test_when_nothing_lies_within_the_answer_says_that_a_filter_is_in_force(
    meetings: SearchIndex, within: Within, told: str
) -> None:
    for question in (ASKS, ASKS_REGISTER):
        answer = asked(engine_of(meetings, ScriptedChat(script=[])), question, within)
        assert (answer.abstained, answer.evidence, answer.citations) == (True, (), ())
        assert "Không tìm thấy" in answer.text
        assert f"Bộ lọc đang dùng – {told}" in answer.text
        assert "Đã tìm trong 0 tài liệu" in answer.text


def test_without_a_filter_none_is_spoken_of(meetings: SearchIndex) -> None:
    assert "Bộ lọc" not in engine_of(meetings).answer("Vận tốc ánh sáng ra sao?").text
