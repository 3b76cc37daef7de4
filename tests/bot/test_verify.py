"""Whether evidence bears a sentence: who says what, to whom, how much, when, and whether at all."""

from dataclasses import replace

import pytest

from bot.evidence import Evidence
from bot.verify import Judgement, verify
from index.records import Kind, Side, Statement
from tests.bot.corpus import BUDGET, evidence_of


def said(
    text: str, speaker: str, title: str, side: Side, recipient: str, kind: Kind = "recommendation", province: str = ""
) -> Evidence:
    """Evidence that is one statement of the register."""
    base = replace(evidence_of(text), provinces=(province,) if province else ())
    statement = Statement(
        id="a#s0",
        document_id=base.document,
        start=base.start,
        end=base.end,
        text=text,
        kind=kind,
        speaker=speaker,
        title=title,
        speaker_side=side,
        recipient=recipient,
        province=province,
        date=base.date,
        field="",
        figures=(),
        deadline="",
        confidence=0.9,
        cues=(),
    )
    return replace(base, said=(statement,))


BUDGET_EVIDENCE = evidence_of(BUDGET)
ADVICE = said(
    "Tỉnh cần bố trí ít nhất 1% ngân sách hằng năm cho CNTT và ban hành nghị quyết trước ngày 30/6/2021.",
    "Trần Văn Lực",
    "Thứ trưởng",
    "ministry",
    "tỉnh Đồng Tháp",
    province="Đồng Tháp",
)
REQUEST = said(
    "Ông Lê Hữu Đức đề nghị Bộ TT&TT hỗ trợ 35 tỷ đồng xây trung tâm điều hành, vì ngân sách tỉnh chưa cân đối được.",
    "Lê Hữu Đức",
    "Phó Chủ tịch UBND tỉnh",
    "province",
    "Bộ TT&TT",
    "request",
    "Hậu Giang",
)
STATUS = said(
    "Hậu Giang phấn đấu đến năm 2025 có 700 doanh nghiệp công nghệ số; hiện tỉnh chưa có khu CNTT tập trung.",
    "",
    "",
    "province",
    "",
    "status",
    "Hậu Giang",
)
TWO = said(
    "Sở Tài chính cân đối 62 tỷ đồng cho 12 huyện, Sở Nội vụ mở 8 lớp cho 40 cán bộ.",
    "Phan Ngọc Thạch",
    "Chủ tịch UBND tỉnh",
    "province",
    "các sở",
    "directive_internal",
    "Hậu Giang",
)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        (BUDGET, BUDGET_EVIDENCE),
        ("Ngày 12/5/2020, Thứ trưởng khuyến nghị Sông Lam dành 3% ngân sách.", BUDGET_EVIDENCE),
        ("Ngày 12 tháng 5 năm 2020, Sông Lam được Thứ trưởng khuyến nghị dành 3% ngân sách.", BUDGET_EVIDENCE),
        ("Theo Thứ trưởng Trần Văn Lực, ngày 12/5/2020, với tỉnh Đồng Tháp: " + ADVICE.text, ADVICE),
        ("Đồng Tháp nên dành tối thiểu một phần trăm ngân sách hàng năm cho công nghệ thông tin.", ADVICE),
        ("Nghị quyết cần được Đồng Tháp ban hành trước ngày 30 tháng 6 năm 2021.", ADVICE),
        ("Bộ Thông tin và Truyền thông được tỉnh Hậu Giang đề nghị hỗ trợ 35.000 triệu đồng.", REQUEST),
        ("Do ngân sách tỉnh chưa cân đối được, Hậu Giang đề nghị Bộ hỗ trợ 35 tỷ đồng.", REQUEST),
        ("Hậu Giang phấn đấu có bảy trăm doanh nghiệp công nghệ số đến năm 2025.", STATUS),
        ("Sở Nội vụ mở 8 lớp cho 40 cán bộ.", TWO),
        ("Thứ trưởng Trần Văn Lực đã khuyến nghị Đồng Tháp dành ít nhất 1% ngân sách mỗi năm cho CNTT.", ADVICE),
        ("Vì ngân sách tỉnh chưa cân đối được nên Hậu Giang đề nghị Bộ hỗ trợ 35 tỷ đồng.", REQUEST),
    ],
)
def test_what_the_evidence_says_stands(sentence: str, evidence: Evidence) -> None:
    assert verify(sentence, [evidence]) == Judgement(True)


@pytest.mark.parametrize(
    ("sentence", "evidence", "faults"),
    [
        (BUDGET.replace("3%", "4%"), BUDGET_EVIDENCE, {"figure"}),
        (BUDGET.replace("Sông Lam", "Đảo Ngọc"), BUDGET_EVIDENCE, {"name"}),
        ("Sông Lam dành 3% ngân sách hằng năm cho chuyển đổi số.", BUDGET_EVIDENCE, {"modality"}),
        ("Nhà máy điện gió ngoài khơi khởi công nhờ vốn vay 3%.", BUDGET_EVIDENCE, {"content", "merged", "modality"}),
        ("Hậu Giang đề nghị Bộ hỗ trợ 35 triệu đồng.", REQUEST, {"unit", "figure"}),
        ("Đồng Tháp cần ban hành nghị quyết trước ngày 30/9/2021.", ADVICE, {"date"}),
        ("Thứ trưởng Lê Bá Toàn cho rằng tỉnh cần bố trí ít nhất 1% ngân sách cho CNTT.", ADVICE, {"name"}),
        ("Bộ trưởng Trần Văn Lực cho rằng tỉnh cần bố trí ít nhất 1% ngân sách cho CNTT.", ADVICE, {"title"}),
        ("Bộ trưởng cho rằng tỉnh cần bố trí ít nhất 1% ngân sách cho CNTT.", ADVICE, {"speaker"}),
        ("Thứ trưởng Trần Văn Lực cho rằng Bến Tre cần bố trí ít nhất 1% ngân sách.", ADVICE, {"province"}),
        ("Đồng Tháp cần bố trí nhiều nhất 1% ngân sách hằng năm cho CNTT.", ADVICE, {"quantifier"}),
        ("Đồng Tháp đã bố trí ít nhất 1% ngân sách hằng năm cho CNTT.", ADVICE, {"modality"}),
        ("Đồng Tháp bắt buộc bố trí ít nhất 1% ngân sách hằng năm cho CNTT.", ADVICE, {"modality"}),
        ("Bộ TT&TT đề nghị Hậu Giang hỗ trợ 35 tỷ đồng xây trung tâm điều hành.", REQUEST, {"direction", "speaker"}),
        ("Hậu Giang được Bộ TT&TT đề nghị hỗ trợ 35 tỷ đồng.", REQUEST, {"direction", "speaker"}),
        ("Thứ trưởng khuyến nghị Hậu Giang xây trung tâm điều hành 35 tỷ đồng.", REQUEST, {"speaker", "kind"}),
        ("Ông Lê Hữu Đức đề nghị Bộ Tài chính hỗ trợ 35 tỷ đồng.", REQUEST, {"name", "direction"}),
        ("Hậu Giang có 700 doanh nghiệp công nghệ số.", STATUS, {"modality"}),
        ("Hậu Giang có khu CNTT tập trung.", STATUS, {"negation"}),
        ("Sở Nội vụ cân đối 62 tỷ đồng cho 12 huyện.", TWO, {"merged", "direction"}),
        ("Sở Nội vụ mở 12 lớp cho 40 cán bộ.", TWO, {"merged"}),
        ("Hậu Giang đã đề nghị Bộ TT&TT không hỗ trợ 35 tỷ đồng.", REQUEST, {"negation"}),
        ("Theo Quyết định số 12/QĐ-UBND, Sở Nội vụ mở 8 lớp cho 40 cán bộ.", TWO, {"number"}),
    ],
)
def test_what_it_does_not_say_falls(sentence: str, evidence: Evidence, faults: set[str]) -> None:
    judgement = verify(sentence, [evidence])
    assert not judgement.stands
    assert judgement.fault in faults


def test_each_clause_may_rest_on_a_sentence_of_its_own() -> None:
    other = evidence_of("Đảo Ngọc góp 20 tỷ đồng lắp đèn.", document="dao-ngoc")
    sentence = "Thứ trưởng khuyến nghị Sông Lam dành 3% ngân sách, còn Đảo Ngọc góp 20 tỷ đồng."
    assert not verify(sentence, [BUDGET_EVIDENCE]).stands
    assert verify(sentence, [BUDGET_EVIDENCE, other]).stands


@pytest.mark.parametrize("sentence", ["", "…", "[1]"])
def test_nothing_said_or_no_evidence_never_stands(sentence: str) -> None:
    assert not verify(sentence, []).stands
    assert not verify(sentence, [replace(BUDGET_EVIDENCE, text="")]).stands
