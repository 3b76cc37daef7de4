"""Turns at the model: one at a time, fair among users, bounded, and free again whoever leaves when."""

import random
import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admission import Admission, Turn
from bot.errors import LLMBusyError

BEAT_S = 0.02


def waits_until(seen: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether something is seen in time."""
    deadline = time.monotonic() + seconds
    while not seen() and time.monotonic() < deadline:
        time.sleep(0.002)
    return seen()


def place_of(turn: Turn) -> int:
    """How many go before it now."""
    return next(turn.places(BEAT_S), 0)


def served(admission: Admission, turns: list[Turn]) -> list[str]:
    """In what order the turns come, each leaving when it is its own."""
    order = []
    while turns:
        (turn,) = [turn for turn in turns if place_of(turn) == 0]
        order.append(turn.user)
        turns.remove(turn)
        turn.leave()
    assert admission.is_idle
    return order


def test_who_comes_when_nobody_is_there_goes_in_at_once() -> None:
    admission = Admission(3, 10)
    assert list(admission.join("a").places(BEAT_S)) == []


def test_users_take_turns_and_each_ones_questions_come_in_their_order() -> None:
    admission = Admission(99, 10)
    turns = [admission.join(user) for user in "aaaabbc"]
    assert [place_of(turn) for turn in turns] == [0, 3, 5, 6, 1, 4, 2]
    assert "".join(served(admission, turns)) == "abcabaa"


def test_who_comes_while_another_is_answered_waits_for_that_one_alone() -> None:
    admission = Admission(99, 10)
    turns = [admission.join("a") for _ in range(10)]
    late = admission.join("b")
    assert place_of(late) == 1
    turns[0].leave()
    assert place_of(late) == 0


def test_newcomers_do_not_starve_who_waits() -> None:
    admission = Admission(99, 10)
    at_work, waiting = admission.join("a"), admission.join("a")
    for number in range(50):
        newcomer = admission.join(f"new {number}")
        at_work.leave()
        if place_of(waiting) == 0:
            break
        at_work = newcomer
    assert number <= 2


def test_a_full_queue_takes_nobody_more() -> None:
    admission = Admission(2, 10)
    turns = [admission.join(user) for user in "abc"]
    with pytest.raises(LLMBusyError, match="2 câu hỏi chờ"):
        admission.join("d")
    turns[1].leave()
    assert place_of(admission.join("d")) == 2


def test_without_a_queue_only_one_is_taken() -> None:
    admission = Admission(0, 10)
    first = admission.join("a")
    with pytest.raises(LLMBusyError):
        admission.join("b")
    first.leave()
    assert place_of(admission.join("b")) == 0


def test_a_wait_that_is_too_long_ends_with_an_error() -> None:
    admission = Admission(9, 0.05)
    admission.join("a")
    late = admission.join("b")
    with pytest.raises(LLMBusyError, match=r"0\.05 giây"):
        list(late.places(10))
    late.leave()
    assert admission.waiting == 0


def test_the_place_is_told_when_it_changes_and_at_every_beat() -> None:
    admission = Admission(9, 10)
    first, second, third = (admission.join(user) for user in "abc")
    places = third.places(0.3)
    assert next(places) == 2
    began = time.monotonic()
    assert next(places) == 2
    assert time.monotonic() - began >= 0.25
    threading.Timer(0.01, second.leave).start()
    began = time.monotonic()
    assert next(places) == 1
    assert time.monotonic() - began < 0.25
    first.leave()
    assert next(places, None) is None


def test_who_leaves_twice_takes_nobodys_turn() -> None:
    admission = Admission(9, 10)
    first, second, third = (admission.join(user) for user in "aab")
    first.leave()
    first.leave()
    assert [place_of(turn) for turn in (third, second)] == [0, 1]


Step = tuple[str, int]
STEPS = st.lists(st.tuples(st.sampled_from(["join a", "join b", "join c", "leave"]), st.integers(0, 99)), max_size=60)


@given(STEPS)
def test_whatever_comes_and_goes_places_are_told_apart_and_served_in_that_order(steps: list[Step]) -> None:
    admission, held = Admission(8, 10), list[Turn]()
    for what, number in steps:
        if what == "leave" and held:
            held.pop(number % len(held)).leave()
        elif what != "leave":
            try:
                held.append(admission.join(what[-1]))
            except LLMBusyError:
                assert len(held) == 9
        assert sorted(map(place_of, held)) == list(range(len(held)))
    announced = [turn.user for turn in sorted(held, key=place_of)]
    assert served(admission, held) == announced


def test_many_users_who_come_and_go_at_random_are_let_in_one_at_a_time_and_all_of_them() -> None:
    admission = Admission(200, 60)
    inside: list[str] = []
    most, answered, left = [0], dict.fromkeys("abcdefghijkl", 0), dict.fromkeys("abcdefghijkl", 0)

    def asks(user: str, chance: random.Random) -> None:
        for _ in range(15):
            turn = admission.join(user)
            try:
                leaves = chance.random() < 0.3
                for _ in turn.places(0.01):
                    if leaves:
                        left[user] += 1
                        break
                else:
                    inside.append(user)
                    most[0] = max(most[0], len(inside))
                    time.sleep(chance.random() * 0.001)
                    inside.remove(user)
                    answered[user] += 1
            finally:
                turn.leave()

    threads = [threading.Thread(target=asks, args=(user, random.Random(user))) for user in answered]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert (most[0], inside, admission.is_idle) == (1, [], True)
    assert [answered[user] + left[user] for user in answered] == [15] * 12  # who stayed was let in
