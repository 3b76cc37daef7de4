"""Words of its own in a sentence: a few in a paraphrase are none of a fault, one put into a copy is."""

import pytest

from bot.verify import verify
from tests.bot.corpus import evidence_of

TRAINING = evidence_of(
    "Sông Lam cần rà soát hạ tầng cũ, mở 8 lớp tập huấn bán hàng cho nông dân ba xã, vì người dân chưa quen thanh toán "
    "không dùng tiền mặt."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vì bà con chưa quen trả tiền không dùng tiền mặt nên Sông Lam cần tổ chức 8 khóa dạy nông dân bán hàng.",
        "Sông Lam nên kiểm tra lại hạ tầng cũ và mở 8 lớp dạy nông dân ba xã cách bán hàng.",
    ],
)
def test_a_paraphrase_stands(sentence: str) -> None:
    assert verify(sentence, [TRAINING]).stands


@pytest.mark.parametrize(
    "sentence",
    [
        "Sông Lam cần rà soát hạ tầng cũ, mở 8 lớp tập huấn bán hàng bằng tiếng Anh cho nông dân ba xã.",
        "Sông Lam cần rà soát hạ tầng 5G cũ, mở 8 lớp tập huấn bán hàng cho nông dân ba xã.",
        "Nhà máy điện gió ngoài khơi khởi công nhờ vốn vay.",
    ],
)
def test_what_is_put_into_a_copy_falls(sentence: str) -> None:
    assert verify(sentence, [TRAINING]).fault == "content"
