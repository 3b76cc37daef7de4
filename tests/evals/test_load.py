"""The load test, against a small server in this process."""

import asyncio
import json
import math
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals import load
from evals.load_report import Load, Shot, page, quantile, table

EVIDENCE = 'event: evidence\ndata: {"evidence": [], "seconds": 0.01}\n\n'


def end(**answer: object) -> str:
    return f"event: end\ndata: {json.dumps({'abstained': False, 'notice': '', **answer})}\n\n"


# What the server answers to a question that begins so.
REPLIES = {
    "busy": (200, EVIDENCE + end(notice="Hệ thống đang bận.")),
    "none": (200, EVIDENCE + end(abstained=True)),
    "error": (200, EVIDENCE + 'event: error\ndata: {"code": "index_damaged"}\n\n'),
    "cut": (200, EVIDENCE),
    "often": (429, "{}"),
    "": (200, ": ping\n\n" + EVIDENCE + end()),
}


class Replies(BaseHTTPRequestHandler):
    """Answers by how the question begins, and remembers who asked."""

    seen: list[tuple[str, str]]

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["question"]
        self.seen.append((question, self.headers.get("Authorization", "")))
        status, body = next(reply for begin, reply in REPLIES.items() if question.startswith(begin))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Nothing: the test prints what it needs."""


@pytest.fixture
def server() -> Iterator[str]:
    Replies.seen = []
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Replies)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


def asked(url: str, *questions: str, users: int = 1, seconds: float = 0.3, tokens: tuple[str, ...] = ()) -> Load:
    return asyncio.run(load.run(load.Plan(url, users, seconds, questions, tokens, os.getpid())))


@pytest.mark.parametrize(
    ("question", "outcome", "has_evidence", "has_end"),
    [
        ("một câu", "answered", True, True),
        ("none", "abstained", True, True),
        ("busy", "busy", True, True),
        ("error", "error index_damaged", True, False),
        ("cut", "broken off", True, False),
        ("often", "refused 429", False, False),
    ],
)
def test_every_way_a_question_may_end_is_told(
    server: str, question: str, outcome: str, *, has_evidence: bool, has_end: bool
) -> None:
    first = asked(server, question, seconds=0.2).shots[0]
    assert first.outcome == outcome
    assert (first.evidence_s is not None, first.total_s is not None) == (has_evidence, has_end)


def test_every_user_asks_until_the_time_is_up_under_a_token_of_theirs(server: str) -> None:
    told = asked(server, "câu một", "câu hai", users=3, tokens=("kn_a", "kn_b"))
    assert {shot.user for shot in told.shots} == {0, 1, 2}
    assert max(shot.at_s for shot in told.shots) < 0.3
    assert {token for _, token in Replies.seen} == {"Bearer kn_a", "Bearer kn_b"}
    assert {question for question, _ in Replies.seen} == {"câu một", "câu hai"}
    assert all(mib > 10 for _, mib in told.memory_mib)
    assert told.memory_mib


def test_a_user_who_reads_asks_less_often(server: str) -> None:
    shots = asyncio.run(load.run(load.Plan(server, 1, 0.6, ["một câu"], pause_s=0.4))).shots
    assert 1 <= len(shots) <= 4


def test_nobody_there_is_an_error_of_each_question() -> None:
    assert {shot.outcome for shot in asked("http://127.0.0.1:9", "câu", seconds=0.2).shots} == {"ConnectError"}


@pytest.mark.parametrize(("question", "status"), [("một câu", 0), ("busy", 0), ("cut", 1), ("often", 1)])
def test_the_exit_status_tells_whether_all_were_served(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: str, status: int
) -> None:
    class Case:
        history = ()

        def __init__(self, text: str) -> None:
            self.question = text

    monkeypatch.setattr(load, "read_cases", lambda: [Case(question)])
    out = tmp_path / "load"
    assert load.main([server, "--users", "2", "--seconds", "0.2", "--out", str(out)]) == status
    assert "<svg" in out.with_suffix(".html").read_text(encoding="utf-8")
    assert json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))["users"] == 2


def test_only_a_server_on_this_machine_is_put_under_load() -> None:
    with pytest.raises(SystemExit):
        load.main(["http://192.0.2.1:7860"])


def test_the_table_and_the_page_hold_the_figures() -> None:
    shots = [Shot(0, float(at), at / 100, at / 10, "answered") for at in range(1, 101)]
    told = Load(1, 120.0, (*shots, Shot(0, 5.0, None, None, "refused 429")), ((0.0, 900.0), (1.0, 950.0), (2.0, 940.0)))
    lines = table(told).splitlines()
    assert "| evidence, s, p95 | 0.95 |" in lines
    assert "| whole answer, s, p50 | 5.00 |" in lines
    assert "| outcome: refused 429 | 1 |" in lines
    assert "| memory, MiB: at first, most, at last | 900, 950, 940 |" in lines
    assert "0.95" in page(told)
    assert math.isnan(quantile([], 0.5))
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0
