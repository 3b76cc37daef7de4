"""`POST /api/v1/ask/stream`: evidence first, then the answer as it grows, and an end when nobody reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from bot.answer import Event, EvidenceFound, TextPiece, Waiting
from bot.engine import Engine
from bot.errors import LLMTimeoutError
from bot.service import Assistant
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, engine_of
from tests.bot.web.asking import app_of, assistant_of, client_of
from tests.bot.web.listening import events_in, eventually, listening
from tests.stand_ins import Reply, ScriptedChat, judging

STREAM_PATH = "/api/v1/ask/stream"


def asked(client: TestClient, **body: Any) -> list[tuple[str, Any]]:
    """The events of a stream."""
    with client.stream("POST", STREAM_PATH, json={"question": ASKS_BUDGET, **body}) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        return list(events_in(reply.iter_lines()))


def test_evidence_comes_first_and_the_whole_answer_last(client: TestClient) -> None:
    events = asked(client)
    names = [name for name, _ in events]
    assert names[0] == "evidence"
    assert names[-2:] == ["sentence", "end"]
    assert set(names[1:-2]) == {"text"}
    end = events[-1][1]
    assert "".join(data["text"] for name, data in events if name == "text") == end["text"]
    assert events[0][1]["evidence"] == end["evidence"]


def test_a_sentence_has_its_verdict_and_the_places_that_it_cites(client: TestClient, index: SearchIndex) -> None:
    (sentence,) = [data for name, data in asked(client) if name == "sentence"]
    (citation,) = sentence["citations"]
    document = index.document(citation["document"])
    assert document is not None
    assert sentence["verdict"] == "verbatim"
    assert document.text[citation["start"] : citation["end"]] == citation["quote"] == BUDGET


def test_not_found_streams_too(client: TestClient) -> None:
    events = asked(client, question=OFF_TOPIC)
    assert events[-1][1]["abstained"] is True
    assert "sentence" not in [name for name, _ in events]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"question": "  "}, 422, "question"),
        ({"question": ASKS_BUDGET, "conversation": "không có"}, 404, "not_found"),
        ({}, 422, "invalid_request"),
    ],
)
def test_what_fails_before_the_first_event_has_its_status(
    client: TestClient, body: dict[str, str], status: int, code: str
) -> None:
    reply = client.post(STREAM_PATH, json=body)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/problem+json"


def test_what_fails_later_is_told_by_an_event(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(self: Engine, question: str, **options: object) -> Iterator[Event]:
        yield EvidenceFound((), 0.1)
        yield TextPiece("Bộ …")
        raise error

    monkeypatch.setattr(Engine, "ask", breaks_off)
    client = client_of(app_of(assistant))
    error: Exception = LLMTimeoutError("Quá lâu.", "Hãy hỏi lại.")
    (name, problem) = asked(client)[-1]
    assert (name, problem["code"], problem["detail"]) == ("error", "llm_timeout", "Quá lâu. Hãy hỏi lại.")
    error = ZeroDivisionError("bí mật")
    (name, problem) = asked(client)[-1]
    assert (name, problem["code"]) == ("error", "internal")
    assert "bí mật" not in str(problem)
    outcomes = [entry.outcome for entry in assistant.ledger.audit.entries()]
    assert outcomes == ["llm_timeout", "internal"]


def test_the_place_in_the_queue_is_told(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Engine.ask

    def waits(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        first, *rest = real(self, question, **options)
        yield from (first, Waiting(2), Waiting(2), Waiting(1), *rest)

    monkeypatch.setattr(Engine, "ask", waits)
    events = asked(client_of(app_of(assistant)))
    assert events[1:3] == [("waiting", {"place": 2}), ("waiting", {"place": 1})]


def test_a_reader_who_goes_away_stops_the_model(index: SearchIndex, tmp_path: Path) -> None:
    found = [item.text for item in engine_of(index).answer(ASKS_BUDGET).evidence]
    written = " ".join([f"{BUDGET} [{found.index(BUDGET) + 1}]"] * 40)
    chat = ScriptedChat(script=[*judging(0.95), Reply(written)], pace_s=0.02)
    with (
        assistant_of(index, tmp_path, chat, answer_style="write") as assistant,
        listening(app_of(assistant)) as url,
        httpx.stream(
            "POST", f"{url}{STREAM_PATH}", json={"question": ASKS_BUDGET}, headers={"Authorization": "Bearer kn_an"}
        ) as reply,
    ):
        for name, _ in events_in(reply.iter_lines()):
            if name == "text":
                break
        reply.close()
        assert eventually(lambda: bool(chat.streams_closed_early))
        assert eventually(lambda: [entry.outcome for entry in assistant.ledger.audit.entries()] == ["cancelled"])


def test_who_waits_for_the_whole_answer_and_goes_away_stops_it_too(
    index: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []

    def waits(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        try:
            yield EvidenceFound((), 0.1)
            while True:
                yield Waiting(1)
        finally:
            closed.append(question)

    monkeypatch.setattr(Engine, "ask", waits)
    with assistant_of(index, tmp_path) as assistant, listening(app_of(assistant)) as url:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(
                f"{url}/api/v1/ask",
                json={"question": ASKS_BUDGET},
                headers={"Authorization": "Bearer kn_an"},
                timeout=0.5,
            )
        assert eventually(lambda: closed == [ASKS_BUDGET])
