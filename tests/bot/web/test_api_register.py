"""The register over HTTP: filtered, paged, counted, corrected."""

import json

import pytest
from fastapi.testclient import TestClient

from bot.register_asked import Typed
from bot.register_listing import record_of
from bot.service import Assistant
from bot.web.api_register import LineShown
from tests.bot.web.asking import READER, app_of, client_of


@pytest.fixture
def keeper(own: Assistant) -> TestClient:
    """A keeper of an index of its own."""
    return client_of(app_of(own), "kn_giu")


def test_recommendations_are_listed_as_the_command_does(client: TestClient, assistant: Assistant) -> None:
    _, lines = assistant.register(READER, Typed())
    reply = client.get("/api/v1/register").json()
    assert reply["lines"] == [record_of(line) for line in lines]
    assert (reply["total"], reply["asked"]) == (len(lines), "loại: khuyến nghị")
    assert set(LineShown.model_fields) == set(record_of(lines[0]))


def test_filters_are_read_as_people_type_them(client: TestClient) -> None:
    query = {"province": "dao ngoc", "kind": "cam kết", "since": "3/2021", "until": "2021"}
    reply = client.get("/api/v1/register", params=query).json()
    assert [line["kind"] for line in reply["lines"]] == ["commitment"]
    assert reply["asked"] == "loại: cam kết; địa phương: Đảo Ngọc; từ: 3/2021; đến hết: 2021"
    several = client.get("/api/v1/register", params={"kind": ["cam kết", "recommendation"]}).json()
    assert {line["kind"] for line in several["lines"]} == {"commitment", "recommendation"}


def test_lines_of_json_are_those_of_the_page(client: TestClient) -> None:
    page = client.get("/api/v1/register?every_kind=true&offset=2&limit=3").json()
    lines = client.get("/api/v1/register?every_kind=true&offset=2&limit=3&format=jsonl")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    assert [json.loads(line) for line in lines.text.splitlines()] == page["lines"]
    assert len(page["lines"]) == 3 < page["total"]


@pytest.mark.parametrize(
    "query",
    ["province=Xyz", "kind=tin đồn", "field=Xyz", "side=Xyz", "since=hôm qua", "since=2021&until=2020", "limit=0"],
)
def test_a_filter_that_is_not_understood_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/register?{query}").status_code == 422
    assert client.get(f"/api/v1/register/summary?{query}").status_code == 422


def test_the_summary_counts_what_the_list_holds(client: TestClient) -> None:
    lines = client.get("/api/v1/register?every_kind=true").json()["lines"]
    told = client.get("/api/v1/register/summary?every_kind=true").json()
    assert told["total"] == len(lines)
    counted = {one["name"]: one["count"] for one in told["provinces"]}
    assert counted == {name: sum(line["province"] == name for line in lines) for name in ("Sông Lam", "Đảo Ngọc")}
    assert sum(one["count"] for one in told["kinds"]) == len(lines)
    counts = [one["count"] for one in told["fields"]]
    assert counts == sorted(counts, reverse=True)


def test_a_keeper_corrects_and_takes_back(keeper: TestClient, own: Assistant) -> None:
    (line, *_) = keeper.get("/api/v1/register").json()["lines"]
    body = {"statement": line["id"], "kind": "cam kết", "field": "viễn thông"}
    reply = keeper.post("/api/v1/register/corrections", json=body)
    assert (reply.status_code, reply.json()["by"]) == (201, "giữ")
    assert reply.json()["changes"] == {"kind": "commitment", "field": "viễn thông"}
    (changed,) = [
        one for one in keeper.get("/api/v1/register?every_kind=true").json()["lines"] if one["id"] == line["id"]
    ]
    assert (changed["kind"], changed["corrected"]) == ("commitment", True)
    keeper.post("/api/v1/register/corrections", json={"statement": line["id"], "restores": True})
    assert keeper.get("/api/v1/register").json()["lines"][0] == line
    keeper.post("/api/v1/register/corrections", json={"statement": line["id"], "removes": True})
    assert line["id"] not in [one["id"] for one in keeper.get("/api/v1/register").json()["lines"]]
    actions = [(entry.user, entry.action) for entry in own.ledger.audit.entries()]
    assert actions.count(("giữ", "correct")) == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"statement": "khong-co", "removes": True}, 404),
        ({"statement": "song-lam"}, 422),
        ({"statement": "song-lam", "kind": "tin đồn", "removes": True}, 422),
        ({"kind": "cam kết"}, 422),
    ],
)
def test_a_correction_that_cannot_be_is_told(keeper: TestClient, body: dict[str, object], status: int) -> None:
    assert keeper.post("/api/v1/register/corrections", json=body).status_code == status


def test_a_reader_corrects_nothing(client: TestClient, assistant: Assistant) -> None:
    (line, *_) = client.get("/api/v1/register").json()["lines"]
    reply = client.post("/api/v1/register/corrections", json={"statement": line["id"], "removes": True})
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert not assistant.settings.corrections_file.exists()
