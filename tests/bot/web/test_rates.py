"""Every user has a minute's share, which grows back."""

import pytest

from bot.web import rates
from bot.web.rates import Rates, TooManyRequestsError


class Clock:
    """Time that stands still until it is moved."""

    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_share_may_be_spent_at_once_and_grows_back_evenly() -> None:
    clock = Clock()
    limits = Rates(6, clock)
    for _ in range(6):
        limits.take("an")
    with pytest.raises(TooManyRequestsError, match="sau 10 giây") as refused:
        limits.take("an")
    assert refused.value.retry_after_s == 10
    clock.now_s += 10
    limits.take("an")
    with pytest.raises(TooManyRequestsError):
        limits.take("an")
    clock.now_s += 10_000
    for _ in range(6):
        limits.take("an")
    with pytest.raises(TooManyRequestsError):
        limits.take("an")


def test_one_users_haste_does_not_hold_up_another() -> None:
    limits = Rates(1, Clock())
    limits.take("an")
    limits.take("bình")
    for name in ("an", "bình"):  # each has had the one share, and no more
        with pytest.raises(TooManyRequestsError):
            limits.take(name)


def test_who_asked_long_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_USERS", 3)
    clock = Clock()
    limits = Rates(2, clock)
    for name in "abc":
        limits.take(name)
    clock.now_s += 61
    limits.take("d")
    assert set(limits._buckets) == {"d"}
