"""Figures and times that a sentence reckons or writes otherwise than the evidence."""

import pytest

from bot.evidence import Evidence
from bot.verify import verify
from tests.bot.corpus import evidence_of

COURSES = evidence_of(
    "Công ty mở 2 khóa tin học, mỗi khóa 60 học viên, học phí do công ty trả 70%, còn lại do tỉnh trả."
)
RANK = evidence_of("Năm 2022 Sông Lam đứng thứ 41, tăng 9 bậc so với năm 2021, với 1.124 trạm phát sóng.")
TERM = evidence_of("Sông Lam cần nộp báo cáo hằng tuần, trước ngày 01/10/2022, và họp lúc 16 giờ.")
LEASE = evidence_of("Sông Lam xin thuê máy chủ với thời hạn 5 năm thay cho 3 năm.")


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("Công ty mở 2 khóa tin học cho tổng cộng 120 học viên.", COURSES),
        ("Phần học phí còn lại, 30%, do tỉnh trả.", COURSES),
        ("Sông Lam tăng từ hạng 50 năm 2021 lên hạng 41 năm 2022.", RANK),
        ("Sông Lam có hơn 1.000 trạm phát sóng.", RANK),
        ("Sông Lam cần nộp báo cáo mỗi tuần, muộn nhất là 30/9/2022, và họp lúc 4 giờ chiều.", TERM),
        ("Sông Lam cần nộp báo cáo trước ngày mùng một tháng Mười năm 2022.", TERM),
    ],
)
def test_what_follows_from_the_figures_stands(sentence: str, evidence: Evidence) -> None:
    assert verify(sentence, [evidence]).stands


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.500 triệu đồng", "một tỷ rưỡi đồng"),
        ("1,2 nghìn tỷ đồng", "1.200 tỷ đồng"),
        ("3 triệu đồng", "3.000.000 VNĐ"),
        ("một phần năm ngân sách", "20% ngân sách"),
        ("105 máy", "một trăm linh năm máy"),
        ("một vạn máy", "10.000 máy"),
        ("24 tháng", "hai năm"),
        ("quý IV/2020", "ba tháng cuối năm 2020"),
        ("tháng 4/2021", "tháng Tư năm 2021"),
        ("30/6/2021", "ngày 30 tháng Sáu năm 2021"),
    ],
)
def test_the_same_is_written_in_several_ways(one: str, other: str) -> None:
    for here, there in ((one, other), (other, one)):
        assert verify(f"Sông Lam cần {here} cho việc này.", [evidence_of(f"Sông Lam cần {there} cho việc này.")]).stands


@pytest.mark.parametrize(
    ("sentence", "evidence", "fault"),
    [
        ("Công ty mở 2 khóa tin học cho tổng cộng 140 học viên.", COURSES, "figure"),
        ("Sông Lam có hơn 3.000 trạm phát sóng.", RANK, "figure"),
        ("Sông Lam cần nộp báo cáo hằng tháng.", TERM, "unit"),
        ("Sông Lam cần nộp báo cáo trước ngày 30/11/2022.", TERM, "date"),
        ("Sông Lam xin thuê máy chủ với thời hạn 3 năm thay cho 5 năm.", LEASE, "merged"),
    ],
)
def test_what_does_not_follow_falls(sentence: str, evidence: Evidence, fault: str) -> None:
    assert verify(sentence, [evidence]).fault == fault
