"""Statements of a document: kinds of clear sentences, whom they are for, exact places; and how they are kept."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import Catalog
from index.kind_cues import LINKS
from index.kinds import Floats, KindModel
from index.records import KINDS, SIDES, FileEntry
from index.statements import statements_of
from tests.index.spoken import MEETING, opened, shipped, statement, statements

_KHOA = "Thứ trưởng Phan Minh Khoa"
_HOA = "Bà Lê Thị Hoa, Giám đốc Sở TT&TT Cà Mau,"
_LỘC = "Phó Chủ tịch UBND tỉnh Trần Văn Lộc"
_HUY = "Ông Đỗ Quang Huy, Tổng Giám đốc Công ty Sao Mai,"
_ASKED = [  # by a province of the ministry
    f"{_HOA} kiến nghị Bộ cấp kinh phí xây đài xã.",
    f"{_LỘC} đề nghị Bộ TT&TT hướng dẫn định mức chi.",
    f"{_LỘC} mong muốn Bộ giúp tỉnh thu hút doanh nghiệp.",
    f"{_LỘC} đề xuất Bộ chọn tỉnh làm thí điểm 5G.",
    "Sở TT&TT Cà Mau kiến nghị Chính phủ sớm ban hành nghị định về dữ liệu.",
    "Chủ tịch UBND tỉnh đề nghị Bộ hỗ trợ tỉnh chuyển đổi số.",
]
_OFFERED = [  # by an enterprise
    "Đại diện Viettel đề xuất tỉnh dùng nền tảng họp trực tuyến của tập đoàn.",
    f"{_HUY} đề xuất xây trung tâm dữ liệu cho tỉnh.",
    "Đại diện VNPT cho biết tập đoàn sẵn sàng cung cấp miễn phí hệ thống cho tỉnh.",
    f"{_HUY} mong muốn tỉnh giao đất làm khu phần mềm.",
    "VNPT đề nghị UBND tỉnh tạo điều kiện cấp phép cột.",
]
_OTHERS = [
    (f"{_KHOA} đề nghị tỉnh sớm lập kho dữ liệu dùng chung.", "recommendation"),
    (f"{_KHOA} khuyến nghị UBND tỉnh thuê dịch vụ thay vì mua máy chủ.", "recommendation"),
    (f"{_KHOA} cho rằng tỉnh cần dành ngân sách cho an toàn thông tin.", "recommendation"),
    (f"{_KHOA} nhấn mạnh, tỉnh nên chọn vài xã làm điểm trước.", "recommendation"),
    (f"{_KHOA} gợi ý Sở TT&TT tham khảo cách làm của các tỉnh bạn.", "recommendation"),
    (f"{_KHOA} lưu ý các địa phương phải rà soát lỗ hổng hằng tháng.", "recommendation"),
    (f"{_KHOA} cam kết Bộ sẽ hỗ trợ tỉnh đào tạo cán bộ.", "commitment"),
    (f"{_KHOA} cho biết Bộ sẵn sàng cử chuyên gia về giúp tỉnh.", "commitment"),
    (f"{_KHOA} khẳng định Bộ TT&TT sẽ đồng hành cùng tỉnh.", "commitment"),
    (f"{_KHOA} giao Cục Viễn thông làm việc với các nhà mạng.", "directive_internal"),
    (f"{_KHOA} yêu cầu Vụ Bưu chính báo cáo trước tháng 6/2021.", "directive_internal"),
    (f"{_KHOA} giao Cục Tin học hóa chủ trì hướng dẫn Sở.", "directive_internal"),
    (f"{_LỘC} báo cáo tỉnh đã phủ sóng 98% số thôn.", "status"),
    ("Đến nay, tỉnh có 320 trạm BTS, đạt 80% kế hoạch.", "status"),
    ("Chiều 5/3/2021, đoàn công tác của Bộ TT&TT đã có buổi làm việc với UBND tỉnh Cà Mau.", "event"),
    ("Cùng dự buổi làm việc có lãnh đạo các sở, ngành của tỉnh.", "event"),
    ("Hai bên đã ký kết thỏa thuận hợp tác.", "event"),
]
# What a province or a company says in words that a ministry would use too.
_UNCLEAR = [
    f"{_HOA} cho rằng Bộ cần sớm ban hành hướng dẫn.",
    "Lãnh đạo tỉnh Cà Mau nêu: cần có cơ chế thu hút nhân lực.",
    "Tỉnh đề nghị Bộ TT&TT quan tâm vùng đảo; cần sớm có quy chuẩn.",
    "Đại diện Viettel cho rằng tỉnh nên chọn nền tảng dùng chung.",
    f"{_HUY} khuyến nghị tỉnh cần thuê dịch vụ.",
    "Công ty Sao Mai đề nghị tỉnh cần sớm giao đất.",
    f"{_LỘC} yêu cầu các sở phải dùng chữ ký số.",
    "Tỉnh kiến nghị các tỉnh trong vùng cần nối mạng với nhau.",
    "Hiệp hội Phần mềm đề xuất tỉnh cần ưu tiên sản phẩm trong nước.",
    "Theo đại diện MobiFone, tỉnh cần dùng chung hạ tầng.",
]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [*((one, "request") for one in _ASKED), *((one, "enterprise_proposal") for one in _OFFERED), *_OTHERS],
)
def test_the_kind_of_a_clear_sentence(sentence: str, kind: str) -> None:
    assert statement(sentence).kind == kind


@pytest.mark.parametrize("sentence", [*_ASKED, *_OFFERED, *_UNCLEAR])
@pytest.mark.parametrize("before", [MEETING, "", f"{MEETING}{_KHOA} đề nghị tỉnh mở dữ liệu. Tỉnh cần làm sớm.\n\n"])
def test_what_a_province_or_a_company_says_is_no_sure_recommendation(sentence: str, before: str) -> None:
    sure = [one for one in statements(f"{before}{sentence}\n") if one.confidence >= shipped().sure_from]
    assert not [one for one in sure if one.kind == "recommendation" and one.text in sentence]


def test_a_statement_with_all_that_is_known_of_it() -> None:
    text = f"---\ndate: 2021-03-05\n---\n{MEETING}{_KHOA} đề nghị Sở TT&TT mở 120 trạm 5G trước ngày 30/6/2021."
    found = statements(text)[-1]
    assert (found.kind, found.speaker, found.title, found.speaker_side) == (
        "recommendation",
        "Phan Minh Khoa",
        "Thứ trưởng",
        "ministry",
    )
    assert (found.recipient, found.province, found.date, found.field) == (
        "Sở TT&TT Cà Mau",
        "Cà Mau",
        "2021-03-05",
        "viễn thông",
    )
    assert found.figures[0] == "120 trạm"
    assert found.deadline == "trước ngày 30/6/2021"


def test_advice_to_all_provinces_concerns_all() -> None:
    found = statement(f"{_KHOA} lưu ý các tỉnh cần rà soát lỗ hổng hằng tháng.")
    assert (found.recipient, found.province) == ("các tỉnh", "*")


def test_items_are_for_whom_their_lead_is() -> None:
    lead = f"{_KHOA} đề nghị UBND tỉnh Cà Mau:"
    found = statements(f"{MEETING}{lead}\n\n- Lập kho dữ liệu chung;\n- Mở cổng dữ liệu cho dân.\n")
    assert [(one.kind, one.recipient) for one in found[-2:]] == [("recommendation", "UBND tỉnh Cà Mau")] * 2


def test_a_sentence_of_two_kinds_is_two_statements_and_of_one_kind_one() -> None:
    both = f"{_KHOA} đề nghị tỉnh mở dữ liệu; Bộ sẽ hỗ trợ tỉnh đào tạo cán bộ."
    assert [one.kind for one in statements(f"{MEETING}{both}\n")[-2:]] == ["recommendation", "commitment"]
    one_kind = f"{_KHOA} đề nghị tỉnh mở dữ liệu; tỉnh cần lập kho dữ liệu chung."
    assert statement(one_kind).text == one_kind


_LEVEL: dict[str, Floats] = {link: np.zeros((2, 2)) for link in LINKS}


def test_a_kind_that_only_the_other_side_says_is_told_by_whom_was_heard_of_it() -> None:
    words = {"w cần": np.array([9.0, 0.0]), "w tin": np.array([0.0, 9.0])}
    model = KindModel(["recommendation", "status"], words, _LEVEL)
    told = f"{MEETING}{_KHOA} cho biết có tin vui. {_LỘC} báo cáo đã xong. Tỉnh cần mở dữ liệu.\n"
    *_, khoa, loc, advice = statements_of(*opened(told), model)
    assert (khoa.speaker, loc.speaker, loc.speaker_side) == ("Phan Minh Khoa", "Trần Văn Lộc", "province")
    assert (advice.kind, advice.speaker, advice.speaker_side) == ("recommendation", "Phan Minh Khoa", "ministry")


def test_where_nobody_was_heard_of_that_side_only_the_side_is_told() -> None:
    model = KindModel(["recommendation", "status"], {"w cần": np.array([9.0, 0.0])}, _LEVEL)
    advice = statements_of(*opened(f"{_LỘC} cho biết tỉnh cần mở dữ liệu.\n"), model)[-1]
    assert (advice.kind, advice.speaker, advice.speaker_side) == ("recommendation", "", "ministry")


_SENTENCES = st.sampled_from(
    [
        *_ASKED,
        *_OFFERED,
        *_UNCLEAR,
        *(sentence for sentence, _ in _OTHERS),
        "## Ý kiến các bên",
        "- Lập kho chung; cần làm sớm, song tỉnh cần chọn kỹ.",
        "Ông nói: “Cứ làm; đừng chờ!”",
        "Bà cũng mong vậy…",
        "Hỏi: Bao giờ xong?",
        "Trả lời: Trong năm nay.",
        "🙂 e\u0302 \u200b x",
        ";",
    ]
)
_PARAGRAPHS = st.lists(st.lists(_SENTENCES, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=8)


@settings(max_examples=60)
@given(_PARAGRAPHS, st.sampled_from(["\n\n", "\n", "\r\n\r\n"]))
def test_every_statement_stands_where_it_says_and_none_overlap(paragraphs: list[str], gap: str) -> None:
    text = gap.join(["# Tin", *paragraphs])
    document, _ = opened(text)
    found = statements(text)
    for one in found:
        assert document.text[one.start : one.end] == one.text == one.text.strip() != ""
        assert one.kind in KINDS
        assert one.speaker_side in SIDES
        assert 0 < one.confidence <= 1
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len({one.id for one in found}) == len(found)


@settings(max_examples=30)
@given(_PARAGRAPHS)
def test_no_word_outside_headings_is_lost(paragraphs: list[str]) -> None:
    kept = [one for one in paragraphs if "## " not in one]
    held = "".join(one.text for one in statements("\n\n".join(["# Tin", *kept, "Hết."])))
    for paragraph in kept:
        assert [word for word in paragraph.split() if word.strip("-;,.:# ") and word.strip(";,.:") not in held] == []


def test_statements_are_kept_with_their_document(tmp_path: Path) -> None:
    document, _ = opened(f"{MEETING}{_ASKED[0]}\n\n{_OFFERED[0]}\n")
    found = statements(document.text)
    assert len(found) == 3
    catalog = Catalog(tmp_path / "catalog.sqlite")
    file = FileEntry(document.source, "f" * 64, document.id, "2026-01-01T08:00:00")
    catalog.replace(document, [], file, list(reversed(found)))
    assert catalog.statements_of(document.id) == found
    assert catalog.count_statements() == 3
    assert catalog.statements_of("khác") == []

    changed = replace(document, text=document.text + "Hết.")
    catalog.replace(changed, [], file, found[:1])  # the new ones are put in place of the old
    assert (catalog.statements_of(document.id), catalog.count_statements()) == (found[:1], 1)

    catalog.forget(document.source)
    assert catalog.count_statements() == 0
    catalog.close()


def test_all_statements_are_cleared_with_the_catalog(tmp_path: Path) -> None:
    document, _ = opened(f"{MEETING}{_ASKED[0]}\n")
    catalog = Catalog(tmp_path / "catalog.sqlite")
    file = FileEntry(document.source, "f" * 64, document.id, "2026-01-01T08:00:00")
    catalog.replace(document, [], file, statements(document.text))
    catalog.clear()
    assert catalog.count_statements() == 0
    catalog.replace(document, [], file, statements(document.text))
    assert catalog.count_statements() == 2
    catalog.close()


def test_where_one_of_several_provinces_speaks_it_is_about_its_own() -> None:
    before = "# Giao ban\n\nThứ trưởng Phan Minh Khoa họp với tỉnh Cà Mau và tỉnh Long An.\n\n"
    found = statement("Ông Võ Thành Nam, Giám đốc Sở TT&TT Long An, cho biết mạng còn chậm.", before)
    assert found.province == "Long An"
