"""`POST /api/v1/ask`: the whole answer as JSON."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.answer import Answer, AnswerSentence, Citation, Timings, Tokens
from bot.evidence import Evidence
from bot.service import Assistant
from bot.web.api_answer import (
    AnswerShown,
    CitationShown,
    EvidenceShown,
    SentenceShown,
    StatementShown,
    TimingsShown,
    TokensShown,
)
from bot.web.api_ask import ASK_PATH
from index.errors import IndexDamagedError
from index.records import Statement
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC
from tests.bot.web.asking import app_of, assistant_of, client_of
from tests.stand_ins import ScriptedChat, judging


def test_a_question_gets_the_whole_answer(index: SearchIndex, tmp_path: Path) -> None:
    with assistant_of(index, tmp_path, ScriptedChat(script=judging(0.9))) as assistant:
        reply = client_of(app_of(assistant)).post(ASK_PATH, json={"question": ASKS_BUDGET})
    answer = reply.json()
    assert reply.status_code == 200
    assert BUDGET in answer["text"]
    assert answer["citations"][0]["quote"] in answer["text"]
    assert answer["support"] > 0.8


def test_the_reply_is_the_answer_as_it_was_kept(client: TestClient, assistant: Assistant) -> None:
    answer = client.post(ASK_PATH, json={"question": ASKS_BUDGET}).json()
    (kept,) = assistant.ledger.history.turns("an", answer["conversation"])
    assert kept.answer == answer
    assert kept.id == answer["id"]


@pytest.mark.parametrize(
    ("shown", "record"),
    [
        (AnswerShown, Answer),
        (SentenceShown, AnswerSentence),
        (CitationShown, Citation),
        (EvidenceShown, Evidence),
        (StatementShown, Statement),
        (TimingsShown, Timings),
        (TokensShown, Tokens),
    ],
)
def test_every_field_of_an_answer_is_described(shown: Any, record: Any) -> None:
    assert list(shown.model_fields) == [field.name for field in fields(record)]
    assert all(field.description for field in shown.model_fields.values())


def test_not_found_is_an_answer_too(client: TestClient) -> None:
    answer = client.post(ASK_PATH, json={"question": OFF_TOPIC}).json()
    assert (answer["abstained"], answer["reason"]) == (True, "off_topic")


def test_small_talk_is_an_answer_too(client: TestClient) -> None:
    answer = client.post(ASK_PATH, json={"question": "Xin chào"}).json()
    assert (answer["reason"], answer["abstained"], answer["evidence"]) == ("small_talk", True, [])


def test_what_cannot_be_asked_is_a_problem_with_a_code(client: TestClient) -> None:
    reply = client.post(ASK_PATH, json={"question": "  "})
    assert (reply.status_code, reply.json()["code"]) == (422, "question")
    assert "Hãy nhập câu hỏi" in reply.json()["detail"]
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"khong phai JSON",
        b'{"question": 1}',
        b'{"question": "a", "history": [{"answer": "3%."}]}',
        b'{"question": "a", "history": "x"}',
        b'{"question": "a", "exact": "yes"}',
        b'{"question": "a", "within": {"provinces": [1]}}',
        b'{"question": "a", "khac": 1}',
        b'{"question": "\\ud800"}',
        b'{"question": "a\\u0000"}',
        b"",
    ],
)
def test_a_bad_body_is_a_problem_too(client: TestClient, body: bytes) -> None:
    reply = client.post(ASK_PATH, content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
    assert "openapi.json" in reply.json()["detail"]


def test_an_engine_that_cannot_search_is_unavailable(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise IndexDamagedError("Kho véc-tơ hỏng.", "Hãy lập lại chỉ mục.")

    monkeypatch.setattr(SearchIndex, "search", fail)
    reply = client.post(ASK_PATH, json={"question": ASKS_BUDGET})
    assert (reply.status_code, reply.json()["code"]) == (503, "index_damaged")


def test_an_exact_question_is_searched_as_it_was_typed(client: TestClient) -> None:
    typed = "song lam danh bao nhieu phan tram ngan sach"
    read = client.post(ASK_PATH, json={"question": typed}).json()
    exact = client.post(ASK_PATH, json={"question": typed, "exact": True}).json()
    assert read["understood"] == "sông lam dành bao nhiêu phần trăm ngân sách"
    assert exact["understood"] == typed


def test_what_abbreviations_were_taken_for_is_part_of_the_answer(client: TestClient) -> None:
    body = {"question": "Sông Lam dành bao nhiêu ngân sách cho CĐS?"}
    assert client.post(ASK_PATH, json=body).json()["notes"] == ["Chữ viết tắt được hiểu: CĐS là chuyển đổi số."]
    assert client.post(ASK_PATH, json={**body, "exact": True}).json()["notes"] == []


def test_a_follow_up_is_asked_with_the_turns_before_it(client: TestClient) -> None:
    asked = "Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?"
    body = {"question": "Còn Đồng Tháp?", "history": [{"question": asked, "answer": "3%."}]}
    assert client.post(ASK_PATH, json=body).json()["understood"] == "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"
    without_answers = {**body, "history": [{"question": asked}]}
    assert "ngân sách" in client.post(ASK_PATH, json=without_answers).json()["understood"]
    assert client.post(ASK_PATH, json={**body, "history": []}).json()["understood"] == "Còn Đồng Tháp?"


def test_a_follow_up_may_name_the_conversation_instead(client: TestClient) -> None:
    first = client.post(ASK_PATH, json={"question": "Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?"}).json()
    body = {"question": "Còn Đồng Tháp?", "conversation": first["conversation"]}
    second = client.post(ASK_PATH, json=body).json()
    assert second["understood"] == "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"
    assert second["conversation"] == first["conversation"]


def test_what_is_not_to_be_kept_is_not(client: TestClient, assistant: Assistant) -> None:
    answer = client.post(ASK_PATH, json={"question": ASKS_BUDGET, "keep": False}).json()
    assert (answer["id"], answer["conversation"]) == ("", "")
    assert assistant.ledger.history.conversations("an") == []


def test_what_a_question_is_narrowed_down_to_is_read_as_people_type(client: TestClient) -> None:
    narrowed = {"provinces": ["song lam"], "since": "1/2020", "until": "2020", "kinds": ["khuyến nghị"]}
    assert client.post(ASK_PATH, json={"question": ASKS_BUDGET, "within": narrowed}).status_code == 200
    for bad in (
        {"provinces": ["Xyz"]},
        {"since": "hôm qua"},
        {"kinds": ["tin đồn"]},
        {"since": "2021", "until": "2020"},
    ):
        reply = client.post(ASK_PATH, json={"question": ASKS_BUDGET, "within": bad})
        assert (reply.status_code, reply.json()["code"]) == (422, "register"), bad


def test_the_answer_tells_what_the_register_knows_of_the_evidence(client: TestClient) -> None:
    answer = client.post(ASK_PATH, json={"question": ASKS_BUDGET}).json()
    (item,) = [item for item in answer["evidence"] if item["text"] == BUDGET]
    assert [one["kind"] for one in item["said"]] == ["recommendation"]
    assert item["place"] == ""
