"""How sure a kind is."""

import pytest

from index.certainty import certainty
from index.kinds import Judgement
from index.records import Kind


def _sure(said: str, kind: Kind = "recommendation") -> float:
    return certainty(Judgement(kind, 0.98, ()), said)


@pytest.mark.parametrize(
    "said",
    [
        "đề nghị Bộ cấp máy cho các xã",
        "Đề nghị Bộ trưởng cho biết tỉnh nên làm gì",
        "Chủ tịch có đề nghị với tôi hai việc",
        "tỉnh nên nhận máy, bên ấy sẵn sàng lắp",
        "Viettel, VNPT cùng đề xuất tỉnh dùng chung cột",
    ],
)
def test_what_may_be_somebody_elses_request_is_doubtful(said: str) -> None:
    assert _sure(said) <= 0.5


@pytest.mark.parametrize("said", ["đề nghị tỉnh mở dữ liệu", "UBND tỉnh cần giao một đầu mối"])
def test_else_the_model_is_believed(said: str) -> None:
    assert _sure(said) == 0.98


def test_a_request_may_be_surely_one() -> None:
    assert _sure("đề nghị Bộ cấp máy", "request") == 0.98
