"""How often a user may ask: a bucket of tokens each, in memory."""

import math
import threading
import time
from collections.abc import Callable

from bot.errors import BusyError

_USERS = 10_000


class TooManyRequestsError(BusyError):
    """A user asks more often than allowed; `retry_after_s` is when to come back, in whole seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__("Đã có quá nhiều yêu cầu từ tài khoản này.", f"Xin thử lại sau {retry_after_s} giây.")
        self.retry_after_s = retry_after_s


class Rates:
    """May be used from several threads. A user may spend a minute's share at once; it grows back evenly."""

    def __init__(self, per_minute: int, now_s: Callable[[], float] = time.monotonic) -> None:
        self._share = float(per_minute)
        self._now_s = now_s
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}  # what is left, and when that was

    def take(self, user: str) -> None:
        """Count a request. Raises TooManyRequestsError."""
        with self._lock:
            now = self._now_s()
            left = self._left(user, now)
            if left < 1:
                raise TooManyRequestsError(math.ceil((1 - left) * 60 / self._share))
            if len(self._buckets) >= _USERS:
                self._buckets = {name: kept for name, kept in self._buckets.items() if now - kept[1] < 60}
            self._buckets[user] = (left - 1, now)

    def _left(self, user: str, now: float) -> float:
        left, since = self._buckets.get(user, (self._share, now))
        return min(self._share, left + (now - since) * self._share / 60)
