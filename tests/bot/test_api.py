"""The API over a real engine, asked as a client asks."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.api import ASK_PATH, routes
from index.errors import IndexDamagedError
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, engine_of
from tests.stand_ins import ScriptedChat, judging


def client_of(index: SearchIndex, chat: ScriptedChat | None = None) -> TestClient:
    return TestClient(FastAPI(routes=list(routes(engine_of(index, chat)))))


def test_a_question_gets_the_whole_answer(index: SearchIndex) -> None:
    reply = client_of(index, ScriptedChat(script=judging(0.9))).post(ASK_PATH, json={"question": ASKS_BUDGET})
    answer = reply.json()
    assert reply.status_code == 200
    assert BUDGET in answer["text"]
    assert answer["citations"][0]["quote"] in answer["text"]
    assert set(answer) >= {"question", "abstained", "sentences", "evidence", "timings_s", "tokens", "settings"}


def test_not_found_is_an_answer_too(index: SearchIndex) -> None:
    answer = client_of(index).post(ASK_PATH, json={"question": OFF_TOPIC}).json()
    assert (answer["abstained"], answer["reason"]) == (True, "off_topic")


def test_what_cannot_be_asked_is_a_problem_with_a_code(index: SearchIndex) -> None:
    reply = client_of(index).post(ASK_PATH, json={"question": "  "})
    assert (reply.status_code, reply.json()["code"]) == (422, "question")
    assert "Hãy nhập câu hỏi" in reply.json()["detail"]
    assert reply.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"{}", b"khong phai JSON", b'{"question": 1}', b""])
def test_a_bad_body_is_a_problem_too(index: SearchIndex, body: bytes) -> None:
    reply = client_of(index).post(ASK_PATH, content=body, headers={"content-type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (422, "question")
    assert "Hãy gửi JSON" in reply.json()["detail"]


def test_an_engine_that_cannot_search_is_unavailable(index: SearchIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **more: object) -> None:
        raise IndexDamagedError("Kho véc-tơ hỏng.", "Hãy lập lại chỉ mục.")

    monkeypatch.setattr(SearchIndex, "search", fail)
    reply = client_of(index).post(ASK_PATH, json={"question": ASKS_BUDGET})
    assert (reply.status_code, reply.json()["code"]) == (503, "index_damaged")


def test_an_exact_question_is_searched_as_it_was_typed(index: SearchIndex) -> None:
    typed = "song lam danh bao nhieu phan tram ngan sach"
    client = client_of(index)
    read = client.post(ASK_PATH, json={"question": typed}).json()
    exact = client.post(ASK_PATH, json={"question": typed, "exact": True}).json()
    assert read["understood"] == "sông lam dành bao nhiêu phần trăm ngân sách"
    assert exact["understood"] == typed


def test_what_abbreviations_were_taken_for_is_part_of_the_answer(index: SearchIndex) -> None:
    client = client_of(index)
    body = {"question": "Sông Lam dành bao nhiêu ngân sách cho CĐS?"}
    assert client.post(ASK_PATH, json=body).json()["notes"] == ["Chữ viết tắt được hiểu: CĐS là chuyển đổi số."]
    assert client.post(ASK_PATH, json={**body, "exact": True}).json()["notes"] == []


def test_a_follow_up_is_asked_with_the_turns_before_it(index: SearchIndex) -> None:
    client = client_of(index)
    asked = "Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?"
    body = {"question": "Còn Đồng Tháp?", "history": [{"question": asked, "answer": "3%."}]}
    assert client.post(ASK_PATH, json=body).json()["understood"] == "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"
    assert client.post(ASK_PATH, json={**body, "exact": True}).json()["understood"] == "Còn Đồng Tháp?"
    without_answers = {**body, "history": [{"question": asked}]}
    assert "ngân sách" in client.post(ASK_PATH, json=without_answers).json()["understood"]
    assert client.post(ASK_PATH, json={**body, "history": []}).json()["understood"] == "Còn Đồng Tháp?"


@pytest.mark.parametrize("history", ["x", [1], [{"answer": "3%."}], [{"question": 1}], {"question": "a"}, None])
def test_a_bad_history_is_a_problem_too(index: SearchIndex, history: object) -> None:
    reply = client_of(index).post(ASK_PATH, json={"question": ASKS_BUDGET, "history": history})
    assert (reply.status_code, reply.json()["code"]) == (422, "question")


def test_the_answer_as_json_tells_what_the_register_knows_of_the_evidence(index: SearchIndex) -> None:
    answer = client_of(index).post(ASK_PATH, json={"question": ASKS_BUDGET}).json()
    (item,) = [item for item in answer["evidence"] if item["text"] == BUDGET]
    assert [one["kind"] for one in item["said"]] == ["recommendation"]
    assert item["place"] == ""


def test_small_talk_is_an_answer_too(index: SearchIndex) -> None:
    answer = client_of(index).post(ASK_PATH, json={"question": "Xin chào"}).json()
    assert (answer["reason"], answer["abstained"], answer["evidence"]) == ("small_talk", True, [])
