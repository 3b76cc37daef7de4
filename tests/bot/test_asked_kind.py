"""What sort of thing a question asks for, and where a sentence holds one."""

import pytest

from bot.asked_kind import AskedKind, asked_kind, candidates, fits_noun
from index.vietnamese import search_form


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("Sông Lam dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?", "percent"),
        ("Mỗi bộ đo có giá bao nhiêu?", "money"),
        ("Sông Lam đứng thứ mấy về chuyển đổi số?", "rank"),
        ("Thử nghiệm trong bao lâu?", "duration"),
        ("Tỉnh ban hành nghị quyết số mấy?", "document"),
        ("Bao giờ trạm phát sóng xong?", "when"),
        ("Ai ký bản thỏa thuận?", "who"),
        ("Thứ trưởng Bộ TT&TT nào dự họp?", "who"),
        ("Đơn vị nào đề nghị Sông Lam phủ sóng?", "which"),
        ("Có bao nhiêu doanh nghiệp dự họp?", "count"),
        ("Vì sao tỉnh dừng đề án?", "why"),
        ("Bộ khuyến nghị Sông Lam điều gì?", "open"),
        ("Bộ khuyến nghị gì, và bao giờ xong?", "open"),
        ("Việc ấy do yếu tố nào quyết định?", "open"),
    ],
)
def test_the_first_thing_asked_for_counts(question: str, sort: str) -> None:
    assert asked_kind(question).sort == sort


def test_what_is_counted_and_what_is_chosen_from_are_told() -> None:
    assert asked_kind("Có bao nhiêu doanh nghiệp dự họp?").noun == ("doanh", "nghiep")
    assert asked_kind("Các thôn ấy nằm ở những huyện nào?").noun == ("huyen",)


def found(question: str, sentence: str) -> list[str]:
    text = search_form(sentence)
    return [text[start:end] for start, end in candidates(asked_kind(question), question, text)]


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Dành bao nhiêu phần trăm ngân sách?", "Tỉnh nên dành 3% ngân sách.", ["3 phần trăm"]),
        ("Dành bao nhiêu phần trăm ngân sách?", "Tỉnh nên dành 20 tỷ đồng.", []),
        ("Mức 2% ngân sách là bao nhiêu tỷ đồng?", "Tỉnh nên chi 2% ngân sách.", []),
        ("Bao giờ xong?", "Việc này phải xong trước ngày 15/9.", ["ngày 15"]),
        ("Ai ký thay mặt tỉnh?", "Thay mặt tỉnh, ông Đào Văn Sáng ký thỏa thuận.", ["Đào Văn Sáng"]),
        ("Ai ký thay mặt tỉnh?", "Lãnh đạo Bộ cùng UBND tỉnh đã ký thỏa thuận.", []),
        ("Các thôn nằm ở những huyện nào?", "Còn 42 thôn, ở huyện Kỳ Sơn.", ["Kỳ Sơn"]),
        ("Các thôn nằm ở những huyện nào?", "Bà Lê Thu Hà nói còn 42 thôn.", []),
        ("Hai doanh nghiệp nào dự họp?", "Dự họp có VNPT.", ["VNPT"]),
        ("Nghị quyết số mấy?", "Ngày 6/3/2023, hội đồng thông qua đề án.", []),
    ],
)
def test_only_what_is_of_the_sort_and_not_in_the_question_is_a_candidate(
    question: str, sentence: str, expected: list[str]
) -> None:
    assert found(question, sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỉnh có 212 doanh nghiệp.", 1.0),
        ("Tỉnh có 17 doanh trại.", 0.5),
        ("Tỉnh có 40 xã.", -1.0),
        ("Từ năm 2025 doanh nghiệp được hỗ trợ.", -1.0),
    ],
)
def test_a_figure_must_stand_right_before_what_is_counted(sentence: str, expected: float) -> None:
    question = "Tỉnh có bao nhiêu doanh nghiệp?"
    assert fits_noun(asked_kind(question), question, search_form(sentence)) == expected


def test_without_a_noun_nothing_can_fit_it() -> None:
    assert fits_noun(AskedKind("amount"), "Bao nhiêu?", "12 xã") == 0.0
