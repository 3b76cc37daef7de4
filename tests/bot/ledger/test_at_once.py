"""Many at once, and a kill in the middle: nothing fails, nothing that was kept is lost."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import answer_of

USERS = 50
WRITES = """
import sys
from bot.ledger.ledger import Ledger
from tests.bot.ledger.clock import answer_of
ledger = Ledger(sys.argv[1])
number = 0
while True:
    kept = ledger.history.keep("an", answer_of(f"Câu {number}?", "Dài. " * 500))
    ledger.feedback.give("an", kept, "down", f"Lý do {number}")
    print(number, flush=True)
    number += 1
"""


def test_fifty_users_write_history_feedback_and_audit_at_once(ledger: Ledger) -> None:
    failures: list[BaseException] = []

    def use(user: str) -> None:
        try:
            first = ledger.history.keep(user, answer_of("Câu đầu?"))
            second = ledger.history.keep(user, answer_of("Câu sau?"), first.conversation)
            ledger.feedback.give(user, second, "wrong_citation", citation=1)
            ledger.audit.note(user, "local", "ask")
            assert len(ledger.history.turns(user, first.conversation)) == 2
        except BaseException as exc:
            failures.append(exc)

    threads = [threading.Thread(target=use, args=(f"user-{number}",)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {feedback.user for feedback, _ in ledger.feedback.all()} == {f"user-{n}" for n in range(USERS)}
    ((_, _, times),) = ledger.audit.counts()
    assert times == len(list(ledger.audit.entries())) == USERS
    assert all(len(ledger.history.conversations(f"user-{n}")) == 1 for n in range(USERS))


def test_the_same_opinion_given_twice_at_once_is_one(ledger: Ledger) -> None:
    kept = ledger.history.keep("an", answer_of("Câu hỏi?"))
    ids: list[str] = []
    threads = [
        threading.Thread(target=lambda: ids.append(ledger.feedback.give("an", kept, "down").id)) for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 10
    assert len(set(ids)) == len(list(ledger.feedback.all())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("kept_before_the_kill", [1, 20, 57])
def test_a_kill_loses_nothing_that_was_kept(url: str, kept_before_the_kill: int) -> None:
    root = Path(__file__).parents[3]
    writer = subprocess.Popen([sys.executable, "-c", WRITES, url], stdout=subprocess.PIPE, text=True, cwd=root)
    assert writer.stdout
    told = [int(writer.stdout.readline()) for _ in range(kept_before_the_kill)]
    writer.kill()
    told += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    ledger = Ledger(url)
    reasons = [feedback.reason for feedback, _ in ledger.feedback.all()]
    assert reasons[: len(told)] == [f"Lý do {number}" for number in told]
    assert len(ledger.history.conversations("an", limit=100_000)) >= len(told)
    assert ledger.history.keep("an", answer_of("Viết tiếp được?"))
    ledger.close()
