"""Every error of the API as a problem with a stable code, in two languages, and nothing of the inside."""

import logging
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from bot import errors as bot_errors
from bot.errors import ForbiddenError, KhuyenNghiError, UnauthorizedError
from bot.service import Assistant
from bot.web.problem_kinds import OF_STATUS, is_known
from bot.web.problems import Problem, problem_of, problem_response
from index import errors as index_errors
from tests.bot.web.asking import app_of, client_of

_FIELDS = {"type", "title", "title_en", "status", "detail", "detail_en", "code", "instance"}


def _codes() -> list[str]:
    found = [*vars(bot_errors).values(), *vars(index_errors).values()]
    return sorted({one.code for one in found if isinstance(one, type) and issubclass(one, KhuyenNghiError)})


@pytest.mark.parametrize("code", _codes())
def test_every_error_of_ours_is_told_in_two_languages(code: str) -> None:
    class ToldError(KhuyenNghiError):
        pass

    ToldError.code = code
    problem = problem_of(ToldError("Hỏng rồi.", "Hãy sửa."))
    assert is_known(code)
    assert (problem.code, problem.detail) == (code, "Hỏng rồi. Hãy sửa.")
    assert problem.type == f"urn:khuyen-nghi:problem:{code}"
    assert problem.title != problem.title_en
    assert problem.detail_en.isascii() or "…" in problem.detail_en
    assert 400 <= problem.status < 600


def test_every_documented_status_stands_for_a_problem_of_that_status() -> None:
    assert {status for status, kind in OF_STATUS.items() if kind.status != status} == set()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/khong-co", 404, "not_found"),
        ("GET", "/api/khong-co", 404, "not_found"),
        ("GET", "/khong-co", 404, "not_found"),
        ("GET", "/api/v1/ask", 405, "method_not_allowed"),
        ("PUT", "/api/v1/history/abc", 405, "method_not_allowed"),
        ("DELETE", "/healthz", 405, "method_not_allowed"),
    ],
)
def test_unknown_addresses_and_methods_are_problems(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    reply = client.request(method, path)
    assert (reply.status_code, reply.headers["content-type"]) == (status, "application/problem+json")
    assert set(reply.json()) == _FIELDS
    assert (reply.json()["status"], reply.json()["code"]) == (status, code)


def test_a_method_that_is_not_there_tells_which_are(client: TestClient) -> None:
    assert client.get("/api/v1/ask").headers["allow"] == "POST"
    assert client.put("/api/v1/history/abc").headers["allow"] == "GET, DELETE"


@pytest.mark.parametrize("path", ["/v1/khong-co", "/v1/chat/completions"])
def test_under_v1_errors_have_the_form_of_openai(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code in (404, 405)
    assert set(reply.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_a_body_that_is_too_large_is_not_read(client: TestClient, chunked: bool) -> None:
    body = b'{"question": "' + b"a" * (1 << 20) + b'"}'
    reply = client.post(
        "/api/v1/ask",
        content=iter([body[:1000], body[1000:]]) if chunked else body,
        headers={"content-type": "application/json"},
    )
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


def test_what_was_sent_is_not_repeated(client: TestClient) -> None:
    reply = client.post("/api/v1/ask", json={"question": 1, "exact": "mật khẩu 123"})
    assert "question: phải là chuỗi; exact: phải là true hoặc false" in reply.json()["detail"]
    assert "mật khẩu" not in reply.text


def test_an_unexpected_error_tells_only_an_id_that_is_in_the_log(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_of(assistant)
    router = APIRouter()

    @router.get("/hong")
    def broken() -> None:
        raise ZeroDivisionError("bí mật")

    app.include_router(router)
    with caplog.at_level(logging.ERROR):
        reply = client_of(app).get("/hong")
    problem = Problem.model_validate(reply.json())
    assert (reply.status_code, problem.code) == (500, "internal")
    assert "bí mật" not in reply.text
    assert "Traceback" not in reply.text
    assert problem.instance in problem.detail
    assert any(problem.instance in record.message for record in caplog.records)


@pytest.mark.parametrize("path", ["/api/v1/documents", "/api/v1/history", "/metrics", "/v1/models"])
def test_nobody_is_asked_to_sign_in(assistant: Assistant, path: str) -> None:
    reply = client_of(app_of(assistant), "").get(path)
    assert (reply.status_code, reply.headers["www-authenticate"]) == (401, "Bearer")
    assert "Hãy đăng nhập" in reply.text


@pytest.mark.parametrize("path", ["/api/v1/documents", "/api/v1/search?q=a", "/api/v1/register", "/api/v1/history"])
def test_who_has_no_role_may_read_nothing(assistant: Assistant, path: str) -> None:
    reply = client_of(app_of(assistant), "kn_khong").get(path)
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


def test_the_door_tells_its_refusals_in_the_same_form() -> None:
    reply = problem_response(ForbiddenError("Không được."), "/api/v1/ask", {"Retry-After": "3"})
    assert (reply.status_code, reply.media_type) == (403, "application/problem+json")
    assert reply.headers["retry-after"] == "3"
    assert b'"error"' in bytes(problem_response(UnauthorizedError("Ai đó?"), "/v1/models").body)


def test_half_a_character_in_an_error_is_told_all_the_same(tmp_path: Path) -> None:
    assert problem_response(KhuyenNghiError("«\ud800»")).status_code == 503


def test_a_misspelt_filter_is_refused(client: TestClient) -> None:
    reply = client.get("/api/v1/register?provinces=Đồng Tháp")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")
    assert "provinces: không có mục này" in reply.json()["detail"]
