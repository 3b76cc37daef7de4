"""A user's own conversations and feedback over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.service import Assistant
from tests.bot.corpus import ASKS_BUDGET, OFF_TOPIC
from tests.bot.web.asking import app_of, client_of


@pytest.fixture
def answer(client: TestClient) -> dict[str, Any]:
    """An answer that was kept."""
    kept: dict[str, Any] = client.post("/api/v1/ask", json={"question": ASKS_BUDGET}).json()
    return kept


def test_conversations_are_listed_searched_and_read(client: TestClient, answer: dict[str, Any]) -> None:
    client.post("/api/v1/ask", json={"question": OFF_TOPIC})
    latest, first = client.get("/api/v1/history").json()["conversations"]
    assert (latest["title"], first["title"], first["turns"]) == (OFF_TOPIC, ASKS_BUDGET, 1)
    assert client.get("/api/v1/history?q=chuyen doi so").json()["conversations"] == [first]
    read = client.get(f"/api/v1/history/{first['id']}").json()
    assert (read["id"], read["turns"][0]["id"], read["turns"][0]["answer"]) == (first["id"], answer["id"], answer)


def test_conversations_are_deleted_one_or_all(client: TestClient, answer: dict[str, Any]) -> None:
    client.post("/api/v1/ask", json={"question": OFF_TOPIC})
    gone = client.delete(f"/api/v1/history/{answer['conversation']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert client.get(f"/api/v1/history/{answer['conversation']}").status_code == 404
    assert client.delete("/api/v1/history").json() == {"deleted": 1}
    assert client.get("/api/v1/history").json() == {"conversations": []}


def test_anothers_conversation_is_not_found(assistant: Assistant, answer: dict[str, Any]) -> None:
    other = client_of(app_of(assistant), "kn_binh")
    where = f"/api/v1/history/{answer['conversation']}"
    assert other.get("/api/v1/history").json() == {"conversations": []}
    assert (other.get(where).status_code, other.delete(where).status_code) == (404, 404)
    body = {"question": "Còn Đảo Ngọc?", "conversation": answer["conversation"]}
    assert other.post("/api/v1/ask", json=body).status_code == 404
    assert other.post("/api/v1/feedback", json={"turn": answer["id"], "opinion": "up"}).status_code == 404
    assert len(assistant.ledger.history.turns("an", answer["conversation"])) == 1


def test_feedback_is_kept_and_the_last_word_counts(
    client: TestClient, assistant: Assistant, answer: dict[str, Any]
) -> None:
    body = {"turn": answer["id"], "opinion": "wrong_citation", "citation": 1, "reason": "nhầm tỉnh"}
    reply = client.post("/api/v1/feedback", json=body)
    assert reply.status_code == 201
    assert {name: reply.json()[name] for name in body} == body
    client.post("/api/v1/feedback", json={**body, "reason": "nhầm ngày"})
    assert [given.reason for given, _ in assistant.ledger.feedback.all()] == ["nhầm ngày"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"turn": "khong-co"}, 404),
        ({"citation": 9}, 404),
        ({"opinion": "meh"}, 422),
        ({"citation": -1}, 422),
        ({"reason": "a" * 2001}, 422),
        ({"reason": 1}, 422),
        ({"khac": 1}, 422),
    ],
)
def test_feedback_that_cannot_be_is_told(
    client: TestClient, answer: dict[str, Any], changes: dict[str, object], status: int
) -> None:
    reply = client.post("/api/v1/feedback", json={"turn": answer["id"], "opinion": "up", **changes})
    assert reply.status_code == status
