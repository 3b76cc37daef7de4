"""What whoever watches over the server is told."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answer import EvidenceFound, Waiting
from bot.engine import Engine
from bot.service import Assistant
from index.build import remove_document
from index.search import IndexSettings, SearchIndex
from tests.bot.corpus import ASKS_BUDGET, DOCUMENTS, OFF_TOPIC
from tests.bot.web.asking import READER, app_of, assistant_of, client_of
from tests.stand_ins import HashingEncoder


@pytest.fixture
def keeper(own: Assistant) -> TestClient:
    """A keeper of an index of its own."""
    return client_of(app_of(own), "kn_giu")


def figures(client: TestClient) -> dict[str, float]:
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    lines = [line.rpartition(" ") for line in reply.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


def test_it_is_alive_and_ready_for_everyone(own: Assistant) -> None:
    stranger = client_of(app_of(own), "")
    assert stranger.get("/healthz").json() == {"status": "ok"}
    assert stranger.get("/readyz").json() == {"status": "ready"}


def test_without_documents_it_is_not_ready(own: Assistant, tmp_path: Path) -> None:
    encoder = HashingEncoder()
    for name in DOCUMENTS:
        remove_document(tmp_path / "index", name.partition(".")[0], encoder, IndexSettings(encoder.fingerprint, 700))
    reply = client_of(app_of(own), "").get("/readyz")
    assert (reply.status_code, reply.json()["code"]) == (503, "index_missing")
    assert "bot index" in reply.json()["detail"]


def test_without_a_ledger_that_can_be_written_it_is_not_ready(own: Assistant, tmp_path: Path) -> None:
    for file in tmp_path.glob("ledger.sqlite3*"):
        file.write_bytes(b"hong" * 4096)
    reply = client_of(app_of(own), "").get("/readyz")
    assert (reply.status_code, reply.json()["code"]) == (503, "ledger")


@pytest.mark.parametrize("settings", [{"embedder": ""}, {"llm": "embedded", "llm_file": "khong-co.gguf"}])
def test_without_its_models_it_is_not_ready(index: SearchIndex, tmp_path: Path, settings: dict[str, Any]) -> None:
    with assistant_of(index, tmp_path, **settings) as assistant:
        reply = client_of(app_of(assistant), "").get("/readyz")
    assert (reply.status_code, reply.json()["code"]) == (503, "model_missing")
    assert "bot doctor" in reply.json()["detail"]


def test_questions_are_counted_by_outcome_and_timed(keeper: TestClient) -> None:
    answer = keeper.post("/api/v1/ask", json={"question": ASKS_BUDGET}).json()
    keeper.post("/api/v1/ask", json={"question": OFF_TOPIC})
    keeper.post("/api/v1/ask", json={"question": " "})
    keeper.post("/api/v1/feedback", json={"turn": answer["id"], "opinion": "down"})
    told = figures(keeper)
    assert told['khuyen_nghi_questions_total{outcome="answered"}'] == 1
    assert told['khuyen_nghi_questions_total{outcome="off_topic"}'] == 1
    assert told['khuyen_nghi_questions_total{outcome="question"}'] == 1
    assert told["khuyen_nghi_evidence_seconds_count"] == 2
    assert told["khuyen_nghi_answer_seconds_count"] == 2
    assert told["khuyen_nghi_first_token_seconds_count"] == 0
    assert told['khuyen_nghi_feedback_total{opinion="down"}'] == 1
    assert (told["khuyen_nghi_waiting"], told["khuyen_nghi_places"]) == (0, 16)


def test_the_index_is_told_as_it_is_now(keeper: TestClient, own: Assistant, tmp_path: Path) -> None:
    before = figures(keeper)
    assert before["khuyen_nghi_passages"] == len(list(own.index.passages()))
    encoder = HashingEncoder()
    remove_document(tmp_path / "index", "tap-huan", encoder, IndexSettings(encoder.fingerprint, 700))
    after = figures(keeper)
    assert after["khuyen_nghi_passages"] < before["khuyen_nghi_passages"]
    assert after["khuyen_nghi_index_generation"] > before["khuyen_nghi_index_generation"]


def test_who_waits_is_counted_while_they_do(own: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [EvidenceFound((), 0.1), Waiting(2), Waiting(0)]
    monkeypatch.setattr(Engine, "ask", lambda self, question, **options: (event for event in steps))
    events = own.ask(READER, ASKS_BUDGET)
    assert [(next(events), own.waiting)[1] for _ in steps] == [0, 1, 0]


def test_no_figure_names_a_user(keeper: TestClient) -> None:
    keeper.post("/api/v1/ask", json={"question": ASKS_BUDGET})
    text = keeper.get("/metrics").text
    assert "giữ" not in text
    assert ASKS_BUDGET not in text
