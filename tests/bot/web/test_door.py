"""Who is let in as whom: this machine, single sign-on, tokens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from bot.identity import LOCAL, Identity
from bot.ledger.ledger import Ledger
from bot.settings import Settings
from bot.web.arrival import Arrivals
from bot.web.door import Door
from bot.web.who import identity_of
from tests.bot.web.served import ELSEWHERE, PROXY, SSO, Served

Opened = Callable[..., Served]
PATHS = ("/api/v1/who", "/api/v1/documents", "/metrics", "/readyz", "/config", "/gradio_api/queue/join")
TOLD = {"x-remote-user": "an"}


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A small application behind the door, which tells whom it sees and what it is told of the way."""

    def opening(**settings: Any) -> Served:
        chosen = Settings.model_validate({"home": tmp_path, **settings})
        ledger = Ledger(chosen.database)
        app = FastAPI()

        async def who(request: Request) -> dict[str, Any]:
            found = identity_of(request)
            return {
                "name": found.name,
                "roles": sorted(found.roles),
                "via": found.via,
                "headers": sorted(request.headers),
                "url": str(request.url),
                "peer": request.client.host if request.client else "",
            }

        for path in PATHS:
            app.add_api_route(path, who, methods=["GET", "POST", "DELETE"])
        app.add_middleware(Door, ledger=ledger, settings=chosen)
        app.add_middleware(Arrivals, settings=chosen)
        return Served(app, ledger, chosen)

    return opening


def seen(client: TestClient, path: str = "/api/v1/who", **options: Any) -> dict[str, Any]:
    reply = client.get(path, **options)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def identity(told: dict[str, Any]) -> Identity:
    return Identity(told["name"], frozenset(told["roles"]), told["via"])


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "[::1]:7860", "LOCALHOST", "127.0.0.1"])
def test_whoever_sits_at_the_machine_is_let_in_under_its_own_names(opened: Opened, host: str) -> None:
    assert identity(seen(opened().client(), headers={"host": host})) == LOCAL


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5", "", "[", "localhost@evil.vn"]
)
def test_another_name_that_leads_to_this_machine_is_refused(opened: Opened, host: str) -> None:
    assert opened().client().get("/api/v1/who", headers={"host": host}).status_code == 401


def test_a_page_of_another_site_cannot_act_on_this_machine(opened: Opened) -> None:
    client = opened().client()
    assert client.post("/api/v1/who", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/api/v1/who", headers={"origin": "http://127.0.0.1:7860"}).status_code == 200
    assert client.post("/api/v1/who").status_code == 200  # no browser


@pytest.mark.parametrize(
    ("groups", "roles"),
    [
        ([], {"reader"}),
        (["van-phong"], {"reader"}),
        (["van-phong, Van-Thu"], {"reader", "keeper"}),
        (["quan-tri;van-phong"], {"reader", "admin"}),
        (["van-thu", "quan-tri"], {"reader", "keeper", "admin"}),
        (["quan-tri-mang,van-thu2"], {"reader"}),
    ],
)
def test_groups_of_the_portal_become_roles(opened: Opened, groups: list[str], roles: set[str]) -> None:
    headers = [("x-remote-user", "Nguyễn Văn An".encode()), *(("x-remote-groups", group) for group in groups)]
    told = seen(opened(**SSO).client(PROXY), headers=headers)
    assert identity(told) == Identity("Nguyễn Văn An", frozenset(roles), "sso")  # type: ignore[arg-type]
    assert not {"x-remote-user", "x-remote-groups"} & set(told["headers"])


@pytest.mark.parametrize("name", ["", "  ", "a" * 201, "an\x7f", "local"])
def test_a_name_that_cannot_be_one_is_nobody(opened: Opened, name: str) -> None:
    assert opened(**SSO).client(PROXY).get("/api/v1/who", headers={"x-remote-user": name}).status_code == 401


def test_two_names_are_nobody(opened: Opened) -> None:
    headers = [("x-remote-user", "an"), ("x-remote-user", "giam.doc")]
    assert opened(**SSO).client(PROXY).get("/api/v1/who", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("listed", "peer", "status"),
    [
        (("10.9.0.0/16",), PROXY, 200),
        (("10.9.0.0/16",), f"::ffff:{PROXY}", 200),
        (("fd00::/8",), "fd00::7", 200),
        (("10.8.0.0/16", "127.0.0.1"), PROXY, 401),
        ((PROXY,), "không phải địa chỉ", 401),
    ],
)
def test_proxies_are_listed_by_address_or_network(
    opened: Opened, listed: tuple[str, ...], peer: str, status: int
) -> None:
    app = opened(**{**SSO, "sso_proxies": listed})
    assert app.client(peer).get("/api/v1/who", headers=TOLD).status_code == status


def test_where_a_secret_is_set_the_proxy_must_know_it(opened: Opened) -> None:
    client = opened(**SSO, sso_secret="bí mật").client(PROXY)
    right = {**TOLD, "x-proxy-secret": "bí mật".encode()}
    assert "x-proxy-secret" not in seen(client, headers=right)["headers"]
    for wrong in (TOLD, {**TOLD, "x-proxy-secret": ""}, {**TOLD, "x-proxy-secret": "bi"}):
        assert client.get("/api/v1/who", headers=wrong).status_code == 401


def test_what_proxies_say_counts_only_from_listed_ones(opened: Opened) -> None:
    said = {"x-forwarded-proto": "https", "x-forwarded-host": "cong.vn", "x-forwarded-prefix": "/hoi/"}
    said |= {"x-forwarded-for": "127.0.0.1", "x-gradio-server": "https://evil.example", "forwarded": "for=127.0.0.1"}
    app = opened(**SSO)
    by_proxy = seen(app.client(PROXY), headers={**TOLD, **said})
    assert by_proxy["url"] == "https://cong.vn/hoi/api/v1/who"
    token = app.token("ask")
    by_other = seen(app.client(ELSEWHERE), headers={**token, **said})
    assert by_other["url"] == "http://127.0.0.1:7860/api/v1/who"
    for told in (by_proxy, by_other):
        assert not set(said) & set(told["headers"])
    assert (by_proxy["peer"], by_other["peer"]) == (PROXY, ELSEWHERE)


@pytest.mark.parametrize("prefix", ["//evil.example", "/a?b", "/a b", "https://evil.example", "/../x\\"])
def test_a_prefix_that_is_no_path_is_left_out(opened: Opened, prefix: str) -> None:
    told = seen(opened(**SSO).client(PROXY), headers={**TOLD, "x-forwarded-prefix": prefix, "x-forwarded-host": "a b"})
    assert told["url"] in {"http://127.0.0.1:7860/api/v1/who", "http://127.0.0.1:7860/../api/v1/who"}


@pytest.mark.parametrize("path", ["/hoi/api/v1/who", "/api/v1/who"])
def test_a_proxy_may_cut_the_root_path_off_or_not(opened: Opened, path: str) -> None:
    assert seen(opened(root_path="/hoi/").client(), path)["url"] == "http://127.0.0.1:7860/hoi/api/v1/who"


@pytest.mark.parametrize("mode", [{}, {"auth": "accounts"}, SSO], ids=["none", "accounts", "sso"])
def test_a_token_opens_what_its_scope_says_in_each_mode(opened: Opened, mode: dict[str, Any]) -> None:
    app = opened(**mode, requests_per_minute=1000)
    client = app.client(ELSEWHERE)
    ask, keep, metrics = (app.token(scope) for scope in ("ask", "keep", "metrics"))
    assert identity(seen(client, headers=ask)) == Identity("cổng", frozenset({"reader"}), "token")
    table = [
        (ask, "GET", "/api/v1/documents", 200),
        (ask, "DELETE", "/api/v1/documents", 403),
        (keep, "DELETE", "/api/v1/documents", 200),
        (keep, "GET", "/metrics", 403),
        (metrics, "GET", "/metrics", 200),
        (metrics, "GET", "/api/v1/documents", 403),
        (metrics, "GET", "/readyz", 200),
        (ask, "GET", "/config", 403),
        (ask, "POST", "/gradio_api/queue/join", 403),
    ]
    for token, method, path, status in table:
        assert client.request(method, path, headers=token).status_code == status, (method, path)
    cross = {**ask, "origin": "https://cong.vn", "sec-fetch-site": "cross-site"}
    assert client.post("/api/v1/who", headers=cross).status_code == 200


def test_a_bad_token_is_refused_even_where_a_good_name_comes_with_it(opened: Opened) -> None:
    bad = {"authorization": "Bearer kn_sai"}
    assert opened().client().get("/api/v1/who", headers=bad).status_code == 401
    assert opened(**SSO).client(PROXY).get("/api/v1/who", headers={**TOLD, **bad}).status_code == 401
    theirs = {**TOLD, "authorization": "Bearer eyJhbGciOi"}  # the portal's own, not ours
    assert seen(opened(**SSO).client(PROXY), headers=theirs)["name"] == "an"


def test_metrics_are_for_admins_and_tokens(opened: Opened) -> None:
    client = opened(**SSO).client(PROXY)
    assert client.get("/metrics", headers=TOLD).status_code == 403
    assert client.get("/metrics", headers={**TOLD, "x-remote-groups": "quan-tri"}).status_code == 200


def test_who_asks_too_often_is_told_when_to_come_back(opened: Opened) -> None:
    client = opened(**SSO, requests_per_minute=3).client(PROXY)
    paths = ["/api/v1/who", "/gradio_api/queue/join", "/api/v1/documents", "/api/v1/who"]
    replies = [client.get(path, headers=TOLD) for path in paths]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert replies[-1].headers["retry-after"] == "20"
    assert (replies[-1].json()["code"], "sau 20 giây" in replies[-1].json()["detail"]) == ("busy", True)
    assert client.get("/config", headers=TOLD).status_code == 200  # the page itself asks nothing
    assert client.get("/api/v1/who", headers={"x-remote-user": "binh"}).status_code == 200


def test_web_sockets_pass_the_same_door(opened: Opened) -> None:
    app = opened()

    @app.app.websocket("/ws")
    async def talk(socket: Any) -> None:
        await socket.accept()

    for client, headers in (
        (app.client(ELSEWHERE), {}),
        (app.client(), {"origin": "https://evil.example"}),
    ):
        with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/ws", headers=headers):
            pass
        assert closed.value.code == 1008
