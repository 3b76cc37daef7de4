"""The audit log: in full, or only counts."""

import datetime

import pytest

from bot.ledger.ledger import Ledger
from bot.ledger.records import AuditEntry
from tests.bot.ledger.clock import DAY, NOON, Clock


def test_entries_come_back_oldest_first(ledger: Ledger, clock: Clock) -> None:
    ledger.audit.note("an", "account", "ask", "Câu hỏi?", "answered")
    clock.pass_by(DAY)
    ledger.audit.note("bình", "token", "search")
    first = AuditEntry(NOON, "an", "account", "ask", "Câu hỏi?", "answered")
    second = AuditEntry(NOON + DAY, "bình", "token", "search", "", "ok")
    assert list(ledger.audit.entries()) == [first, second]
    assert list(ledger.audit.entries(since=NOON + DAY)) == [second]
    assert list(ledger.audit.entries(user="an")) == [first]
    assert list(ledger.audit.entries(since=NOON + DAY, user="an")) == []


def test_actions_are_counted_by_day(ledger: Ledger, clock: Clock) -> None:
    for action in ("search", "ask", "ask"):
        ledger.audit.note("an", "local", action)
    clock.pass_by(DAY)
    ledger.audit.note("bình", "local", "ask")
    today = NOON.date()
    assert ledger.audit.counts() == [(today, "ask", 2), (today, "search", 1), (today + DAY, "ask", 1)]


def test_with_counts_only_nothing_tells_who_asked_what(url: str, clock: Clock) -> None:
    ledger = Ledger(url, audit="counts", clock=clock)
    ledger.audit.note("an", "local", "ask", "Câu hỏi bí mật?")
    assert list(ledger.audit.entries()) == []
    assert ledger.audit.counts() == [(NOON.date(), "ask", 1)]
    ledger.close()


def test_turning_to_counts_drops_the_entries_when_it_forgets(url: str, clock: Clock) -> None:
    in_full = Ledger(url, clock=clock)
    in_full.audit.note("an", "local", "ask", "Câu hỏi?")
    in_full.close()
    counting = Ledger(url, audit="counts", clock=clock)
    counting.forget(history_days=365, audit_days=365)
    assert list(counting.audit.entries()) == []
    assert counting.audit.counts() == [(NOON.date(), "ask", 1)]
    counting.close()


def test_more_entries_than_are_read_at_once_come_in_order(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ledger.audit._PAGE_ROWS", 3)
    for number in range(7):
        ledger.audit.note("an", "local", "ask", str(number))
    assert [entry.detail for entry in ledger.audit.entries()] == [str(number) for number in range(7)]


def test_a_time_of_another_zone_counts_for_the_day_of_utc(ledger: Ledger, clock: Clock) -> None:
    hanoi = datetime.timezone(datetime.timedelta(hours=7))
    clock.time = datetime.datetime(2026, 3, 3, 2, tzinfo=hanoi)
    ledger.audit.note("an", "local", "ask")
    assert ledger.audit.counts() == [(datetime.date(2026, 3, 2), "ask", 1)]
    (entry,) = ledger.audit.entries()
    assert entry.at == datetime.datetime(2026, 3, 2, 19, tzinfo=datetime.UTC)
