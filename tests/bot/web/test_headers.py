"""What every answer bears, whoever answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.settings import Settings
from bot.web.headers import SecurityHeaders
from index.search import SearchIndex
from tests.bot.web.routes import every_request
from tests.bot.web.served import PAGE, SSO, Served, served

PORTAL = "https://cong.tinh.vn"


@pytest.fixture(scope="module")
def here(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The application on this machine; one other origin may call the API."""
    with served(index, tmp_path_factory.mktemp("đầu"), cors_origins=(PORTAL,)) as app:
        yield app


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.9.9.9"])
def test_every_answer_bears_them(here: Served, peer: str) -> None:
    client = here.client(peer)
    endless = ("/heartbeat/", "/queue/data")
    for asked in every_request(here.app):
        if peer == "127.0.0.1" and any(part in asked.path for part in endless):
            continue
        headers = client.request(asked.method, asked.path).headers
        assert headers["x-content-type-options"] == "nosniff", asked
        assert "frame-ancestors" in headers["content-security-policy"], asked
        assert headers["referrer-policy"] == "same-origin", asked
        assert "server" not in headers, asked
        assert "access-control-allow-origin" not in headers, asked


def test_nothing_comes_from_other_origins(here: Served) -> None:
    policy = here.client().get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "http" not in policy
    assert "*" not in policy
    assert "object-src 'none'" in policy


def test_answers_stay_in_no_cache_but_files_of_the_page_do(here: Served) -> None:
    client = here.client()
    for path in ("/", "/config", "/api/v1/documents", "/metrics", "/gradio_api/info"):
        assert client.get(path).headers["cache-control"] == "no-store", path
    assert client.get("/static/img/logo.svg").headers.get("cache-control") != "no-store"


@pytest.mark.parametrize(
    ("listed", "path", "ancestors", "options"),
    [
        ((), "/", "'none'", "DENY"),
        ((), "/embed/", "'self'", "SAMEORIGIN"),
        ((PORTAL,), "/", PORTAL, None),
        ((PORTAL, "https://*.so.vn"), "/embed/", f"'self' {PORTAL} https://*.so.vn", None),
        ((PORTAL,), "/sign-in", f"'self' {PORTAL}", None),
        ((), "/embedded", "'none'", "DENY"),
    ],
)
def test_only_who_is_listed_may_frame(listed: tuple[str, ...], path: str, ancestors: str, options: str | None) -> None:
    bare = FastAPI()
    bare.add_middleware(SecurityHeaders, settings=Settings(frame_ancestors=listed))
    headers = TestClient(bare).get(path).headers
    assert headers["content-security-policy"].endswith(f"; frame-ancestors {ancestors}")
    assert headers.get("x-frame-options") == options


def test_a_failure_bears_them_too_and_tells_nothing_of_itself(here: Served) -> None:
    bare = FastAPI()
    bare.add_middleware(SecurityHeaders, settings=Settings())

    @bare.get("/x")
    def fail() -> None:
        raise RuntimeError("bí mật")

    reply = TestClient(bare).get("/x")
    assert (reply.status_code, reply.headers["x-frame-options"]) == (500, "DENY")
    assert "bí mật" not in reply.text


def test_streams_are_not_held_back_by_proxies(here: Served) -> None:
    body = {"question": "Sông Lam dành bao nhiêu phần trăm ngân sách cho chuyển đổi số?"}
    headers = here.client().post("/api/v1/ask/stream", json=body).headers
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["x-accel-buffering"] == "no"


def test_other_origins_may_call_only_when_listed_and_never_with_cookies(here: Served) -> None:
    client = here.client()
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    allowed = client.options("/api/v1/ask", headers={"origin": PORTAL, **asks})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, PORTAL)
    refused = client.options("/api/v1/ask", headers={"origin": "https://evil.example", **asks})
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (400, False)
    token = here.token("ask")
    read = client.get("/api/v1/documents", headers={"origin": PORTAL, **token})
    assert (read.status_code, read.headers["access-control-allow-origin"]) == (200, PORTAL)
    for path in ("/", "/config", "/gradio_api/info", "/api/v1/documents"):
        headers = client.get(path, headers={"origin": "https://evil.example"}).headers
        assert not {"access-control-allow-origin", "access-control-allow-credentials"} & set(headers)


def test_who_comes_past_the_portal_is_told_in_vietnamese(index: SearchIndex, tmp_path: Path) -> None:
    with served(index, tmp_path, **SSO) as app:
        reply = app.client().get("/", headers=PAGE)
        assert (reply.status_code, reply.headers["content-type"]) == (401, "text/html; charset=utf-8")
        assert "mở trang này từ cổng nội bộ" in reply.text
        assert reply.headers["content-security-policy"].startswith("default-src 'none'; ")
