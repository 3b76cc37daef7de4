"""Where a sentence may be cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clauses import clause_spans


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in clause_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Mọi xã đã có sóng; cần thêm trạm ở đảo.", ["Mọi xã đã có sóng", "cần thêm trạm ở đảo."]),
        ("Mạng đã khá tốt, song tỉnh cần lo vùng cao.", ["Mạng đã khá tốt", "song tỉnh cần lo vùng cao."]),
        ("Dữ liệu còn rời rạc, vì vậy cần gom lại.", ["Dữ liệu còn rời rạc", "vì vậy cần gom lại."]),
        ("Kinh phí còn ít, tỉnh nên thuê dịch vụ.", ["Kinh phí còn ít", "tỉnh nên thuê dịch vụ."]),
        ("Ba tỉnh cùng một nhu cầu, ba tỉnh nên làm chung.", ["Ba tỉnh cùng một nhu cầu", "ba tỉnh nên làm chung."]),
        (
            "Bà khen cách làm ấy, đồng thời lưu ý tỉnh giữ kho.",
            ["Bà khen cách làm ấy", "đồng thời lưu ý tỉnh giữ kho."],
        ),
        ("Kho đã dựng từ năm ngoái, nay cần bổ sung máy.", ["Kho đã dựng từ năm ngoái", "nay cần bổ sung máy."]),
        ("Cột đã có sẵn, Bộ sẽ cấp tần số.", ["Cột đã có sẵn", "Bộ sẽ cấp tần số."]),
    ],
)
def test_what_may_change_its_kind_is_cut(text: str, clauses: list[str]) -> None:
    assert _cut(text) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "Mọi xã đều có mạng, điện và nước.",
        "Bà nói “làm cho nhanh; làm cho kỹ nhé” với mọi người.",
        "Ba xã (xã đầu đã xong; hai xã sau chưa xong) cùng một trạm.",
        "Tốt rồi; đi.",
    ],
)
def test_what_hangs_together_stays_whole(text: str) -> None:
    assert _cut(text) == [text]


_PIECES = st.sampled_from([" ", "; ", ", cần ", ", song ", "“", "”", "(", ")", "tỉnh", "dữ liệu", ", tỉnh cần ", "\n"])


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_clauses_follow_each_other_and_lose_no_word(text: str) -> None:
    spans = list(clause_spans(text, 0, len(text)))
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert sorted(c for c in text if c.isalpha()) == sorted(c for c in kept if c.isalpha())


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Trước đó. Mọi xã đã có sóng; cần thêm trạm ở đảo. Sau đó."
    start, end = text.index("Mọi"), text.index(" Sau")
    assert [text[a:b] for a, b in clause_spans(text, start, end)] == ["Mọi xã đã có sóng", "cần thêm trạm ở đảo."]
