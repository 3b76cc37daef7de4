"""How likely a sentence holds what is asked for."""

import pytest

from bot.engine import Engine
from bot.evidence import Evidence
from index.search import SearchIndex
from tests.bot.corpus import engine_of, index_of

REPORT = """---
title: "Bộ làm việc với tỉnh Long An"
date: "2020-05-12"
provinces: ["Long An"]
---
# Bộ làm việc với tỉnh Long An

Thứ trưởng Đào Văn Sáng khuyến nghị Long An dành 3% ngân sách hằng năm cho chuyển đổi số.

Phó Chủ tịch UBND tỉnh Lê Thu Hà cho biết Long An có 212 doanh nghiệp và 40 xã vùng sâu chưa có sóng.

VNPT đề xuất dựng trạm phát sóng ở vùng sâu, thử nghiệm sáu tháng.
"""
OTHER = """---
title: "Bộ làm việc với tỉnh Trà Vinh"
date: "2021-03-02"
provinces: ["Trà Vinh"]
---
# Bộ làm việc với tỉnh Trà Vinh

Thứ trưởng Đào Văn Sáng khuyến nghị Trà Vinh dành 1% ngân sách hằng năm cho an toàn thông tin.

Phó Chủ tịch UBND tỉnh Kim Sơn Thái cho biết Trà Vinh đứng thứ 17 cả nước về chuyển đổi số.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return index_of(tmp_path_factory.mktemp("likelihood"), {"long-an.md": REPORT, "tra-vinh.md": OTHER})


@pytest.fixture(scope="module")
def engine(index: SearchIndex) -> Engine:
    return engine_of(index)


def best(engine: Engine, question: str) -> Evidence:
    """The piece most likely to answer."""
    return max(engine.answer(question).evidence, key=lambda item: item.likelihood or 0.0)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Thứ trưởng khuyến nghị Long An dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?", "3%"),
        ("Long An có bao nhiêu doanh nghiệp?", "212"),
        ("Trà Vinh đứng thứ mấy về chuyển đổi số?", "17"),
        ("VNPT đề xuất gì với Long An?", "VNPT"),
    ],
)
def test_what_is_of_the_sort_asked_for_is_likeliest(engine: Engine, question: str, answer: str) -> None:
    assert answer in best(engine, question).text


@pytest.mark.parametrize(
    ("answerable", "unanswerable"),
    [
        ("Long An có bao nhiêu doanh nghiệp?", "Long An có bao nhiêu giáo viên dự họp?"),
        ("Trà Vinh đứng thứ mấy về chuyển đổi số?", "Long An đứng thứ mấy về chuyển đổi số?"),
        ("VNPT đề xuất gì với Long An?", "Viettel đề xuất gì với Long An?"),
        ("VNPT thử nghiệm trạm phát sóng bao lâu?", "VNPT dựng trạm phát sóng hết bao nhiêu tiền?"),
    ],
)
def test_what_nobody_said_is_less_likely_than_what_was_said(engine: Engine, answerable: str, unanswerable: str) -> None:
    there, missing = best(engine, answerable).likelihood, best(engine, unanswerable).likelihood
    assert there is not None
    assert missing is not None
    assert there > 2 * missing


def test_every_likelihood_is_a_probability(engine: Engine) -> None:
    for question in ("Long An có bao nhiêu doanh nghiệp?", "Ai?", "1", "Vì sao không?"):
        assert all(0 <= (item.likelihood or 0.0) <= 1 for item in engine.answer(question).evidence)


def test_without_a_model_what_nobody_said_is_not_found(engine: Engine) -> None:
    answer = engine.answer("Long An đứng thứ mấy về chuyển đổi số?")
    assert (answer.abstained, answer.reason) == (True, "not_stated")
    assert not engine.answer("Trà Vinh đứng thứ mấy về chuyển đổi số?").abstained
