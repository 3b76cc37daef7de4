"""The description of the API: complete, and true of what is served."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.service import Assistant
from bot.web.api import OPENAPI_URL
from tests.bot.web.asking import app_of, client_of

_ANY_ROUTE = {"401", "403", "422", "429", "500", "503"}


@pytest.fixture
def description(client: TestClient) -> dict[str, Any]:
    """As it is served."""
    told: dict[str, Any] = client.get(OPENAPI_URL).json()
    return told


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in description["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_everything_that_is_promised_is_there(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert {name for name, _ in operations(description)} == {
        "POST /api/v1/ask",
        "POST /api/v1/ask/stream",
        "GET /api/v1/search",
        "GET /api/v1/documents",
        "POST /api/v1/documents",
        "GET /api/v1/documents/{document_id}",
        "DELETE /api/v1/documents/{document_id}",
        "GET /api/v1/documents/{document_id}/text",
        "GET /api/v1/documents/{document_id}/context",
        "GET /api/v1/register",
        "GET /api/v1/register/summary",
        "POST /api/v1/register/corrections",
        "POST /api/v1/feedback",
        "GET /api/v1/history",
        "DELETE /api/v1/history",
        "GET /api/v1/history/{conversation}",
        "DELETE /api/v1/history/{conversation}",
        "GET /api/v1/index",
        "POST /api/v1/index",
        "GET /api/v1/index/files",
        "GET /v1/models",
        "POST /v1/chat/completions",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
    }


def test_every_operation_is_explained(description: dict[str, Any]) -> None:
    for name, operation in operations(description):
        assert operation["summary"], name
        assert operation["description"], name
        assert operation["tags"], name
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (name, parameter["name"])
        for status, reply in operation["responses"].items():
            assert reply["description"], (name, status)


def test_every_field_is_explained(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        if name.startswith("Body_"):  # FastAPI's name for a form
            continue
        assert schema["description"], name
        for field, told in schema.get("properties", {}).items():
            assert {"description", "const", "$ref"} & set(told), (name, field)


def test_every_failure_is_a_problem(description: dict[str, Any]) -> None:
    for name, operation in operations(description):
        failures = {status: reply for status, reply in operation["responses"].items() if status >= "400"}
        if "/api/v1/" in name:
            assert set(failures) >= _ANY_ROUTE, name
            media = {kind for reply in failures.values() for kind in reply["content"]}
            assert media == {"application/problem+json"}, name
        if " /v1/" in name:
            assert "422" not in failures, name
            assert "400" in failures, name


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    def references(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
            part = list(part.values())
        if isinstance(part, list):
            for one in part:
                yield from references(one)

    known = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert set(references(description)) <= known
    assert "#/components/schemas/Problem" in set(references(description))


def test_a_token_is_asked_for_everywhere_but_by_the_watchers(description: dict[str, Any]) -> None:
    open_to_all = {name for name, operation in operations(description) if "security" not in operation}
    assert open_to_all == {"GET /healthz", "GET /readyz", "GET /metrics"}


def test_what_is_mounted_at_the_root_does_not_answer_for_the_api(assistant: Assistant) -> None:
    app = app_of(assistant)
    page = FastAPI(docs_url=None)
    page.add_api_route("/{rest:path}", lambda: "trang", methods=["GET", "POST"])
    app.mount("/", page)
    client = client_of(app)
    assert client.get("/gi-do").json() == "trang"
    assert client.get("/api/v1/gi-do").status_code == 404
    assert client.get("/api/v1/ask").status_code == 405
    assert client.post("/v1/gi-do").status_code == 404


def test_below_another_path_errors_keep_their_form(assistant: Assistant) -> None:
    app = app_of(assistant)
    below = TestClient(app, raise_server_exceptions=False, root_path="/tro-ly")
    assert set(below.get("/tro-ly/v1/models").json()) == {"error"}
    assert below.get("/tro-ly/api/v1/history").json()["code"] == "unauthorized"


def test_no_page_of_documentation_loads_anything_from_elsewhere(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]
