"""Work in a thread of its own: what it brings, what it raises, and its end when nobody waits any more."""

import threading
import time
from collections.abc import Generator

import pytest

from bot.background import beats, is_abandoned
from tests.bot.test_admission import waits_until


def counting(pace_s: float, closed: list[bool]) -> Generator[int, None, None]:
    """1, 2, 3 and so on."""
    number = 0
    try:
        while True:
            time.sleep(pace_s)
            yield (number := number + 1)
    finally:
        closed.append(True)


def three() -> Generator[int, None, None]:
    yield from (1, 2, 3)


def failing() -> Generator[int, None, None]:
    yield 1
    raise LookupError("hỏng")


def test_what_the_work_brings_comes_in_order_and_the_end_is_told_once_it_is_there() -> None:
    done: list[bool] = []
    work = beats(three(), 5, lambda: done.append(True))
    assert [next(work), next(work), next(work)] == [1, 2, 3]
    assert waits_until(lambda: bool(done))  # also when nobody asks for more
    assert list(work) == []


def test_a_beat_without_anything_brings_none() -> None:
    def slow() -> Generator[int, None, None]:
        time.sleep(0.2)
        yield 1

    brought = list(beats(slow(), 0.02))
    assert brought[-1] == 1
    assert 2 <= brought.count(None) <= 12


def test_an_error_of_the_work_is_raised_where_it_is_waited_for() -> None:
    work = beats(failing(), 5)
    assert next(work) == 1
    with pytest.raises(LookupError, match="hỏng"):
        next(work)


def test_closing_closes_the_work_at_its_next_piece() -> None:
    closed: list[bool] = []
    work = beats(counting(0.005, closed), 5)
    assert next(work) == 1
    work.close()
    assert closed == [True]


def test_the_work_can_see_that_it_was_abandoned_while_it_brings_nothing() -> None:
    seen = threading.Event()

    def heeding() -> Generator[int, None, None]:
        abandoned = is_abandoned()
        yield 1
        assert waits_until(abandoned)
        seen.set()

    work = beats(heeding(), 0.02)
    assert [next(work), next(work)] == [1, None]
    began = time.monotonic()
    work.close()
    assert seen.is_set()
    assert time.monotonic() - began < 0.4


def test_closing_does_not_wait_for_work_that_does_not_heed() -> None:
    go, done = threading.Event(), list[bool]()

    def deaf() -> Generator[int, None, None]:
        yield 1
        go.wait(10)

    work = beats(deaf(), 0.02, lambda: done.append(True))
    assert next(work) == 1
    began = time.monotonic()
    work.close()
    assert time.monotonic() - began < 2
    assert done
    go.set()


def test_outside_of_any_work_nothing_is_abandoned() -> None:
    assert not is_abandoned()()
