"""Every route there is, asked by those who must not come in, in each mode. New routes are covered as they come."""

import contextlib
import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.web.gates import GRADIO_CLOSED_PAGES, GRADIO_FOR_KEEPERS, GRADIO_OPEN_TO_READERS, own_path
from index.search import SearchIndex
from tests.bot.web.routes import Asked, every_request
from tests.bot.web.served import ELSEWHERE, PROXY, SECRET, SSO, Served, served

# What Gradio serves outside its API: the page, its settings and its files.
GRADIO_PAGE = ("", "assets", "config", "favicon.ico", "manifest.json", "robots.txt", "static", "svelte", "theme.css")
OWN = ("api", "v1", "healthz", "readyz", "metrics", "embed", "embed.js", "sign-in", "sign-out")
FORGED = {"x-remote-user": "giam.doc", "x-remote-groups": "quan-tri, van-thu", "x-proxy-secret": SECRET}
FORWARDED = {"x-forwarded-for": PROXY, "forwarded": f"for={PROXY}", "x-real-ip": PROXY}


@dataclass(frozen=True)
class Stranger:
    """Somebody who must not come in: where from, under which address, with which headers."""

    mode: Mapping[str, Any]
    peer: str = "127.0.0.1"
    base_url: str = "http://127.0.0.1:7860"
    headers: Mapping[str, str] = field(default_factory=dict)


STRANGERS = {
    "local mode, another machine": Stranger({}, ELSEWHERE),
    "local mode, another site's name": Stranger({}, base_url="http://evil.example:7860"),
    "local mode, behind a proxy": Stranger({}, headers={"x-forwarded-for": ELSEWHERE}),
    "local mode, forged": Stranger({}, ELSEWHERE, headers={**FORGED, **FORWARDED}),
    "accounts, nobody": Stranger({"auth": "accounts"}),
    "accounts, a made-up session": Stranger({"auth": "accounts"}, headers={"cookie": "khuyen_nghi_session=abc"}),
    "accounts, forged": Stranger({"auth": "accounts"}, ELSEWHERE, headers={**FORGED, **FORWARDED}),
    "accounts, forged by a listed proxy": Stranger(
        {"auth": "accounts", "sso_proxies": (PROXY,)}, PROXY, headers=FORGED
    ),
    "sso, nobody": Stranger(SSO, PROXY),
    "sso, this machine": Stranger(SSO),
    "sso, forged": Stranger(SSO, ELSEWHERE, headers={**FORGED, **FORWARDED}),
    "sso, forged here": Stranger(SSO, headers=FORGED),
    "sso, a listed proxy without its secret": Stranger(
        {**SSO, "sso_secret": SECRET}, PROXY, headers={"x-remote-user": "nva"}
    ),
    "sso, a listed proxy with another secret": Stranger(
        {**SSO, "sso_secret": SECRET}, PROXY, headers={"x-remote-user": "nva", "x-proxy-secret": "khác"}
    ),
    "sso, underscores for hyphens": Stranger(SSO, PROXY, headers={"x_remote_user": "nva"}),
}


@pytest.fixture(scope="module")
def serve(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Gives the application with these settings; building one takes a second, so that each is built once."""
    with contextlib.ExitStack() as opened:

        @functools.cache
        def opening(**settings: Any) -> Served:
            return opened.enter_context(served(index, tmp_path_factory.mktemp("cửa"), **settings))

        yield opening


def statuses(app: Served, stranger: Stranger, asked: list[Asked]) -> dict[Asked, int]:
    client = app.client(stranger.peer, stranger.base_url)
    headers = [(name.encode(), value.encode()) for name, value in stranger.headers.items()]
    return {one: client.request(one.method, one.path, headers=headers).status_code for one in asked}


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_are_refused_at_every_route(name: str, serve: Callable[..., Served]) -> None:
    stranger = STRANGERS[name]
    app = serve(**stranger.mode)
    is_open = {"/healthz", "/sign-in"} if app.settings.auth == "accounts" else {"/healthz"}
    asked = [one for one in every_request(app.app) if one.path not in is_open]
    let_in = {one: status for one, status in statuses(app, stranger, asked).items() if status != 401}
    assert let_in == {}


@pytest.mark.parametrize("mode", [{}, {"auth": "accounts"}, SSO], ids=["none", "accounts", "sso"])
def test_revoked_expired_and_made_up_tokens_are_refused_at_every_route(
    mode: dict[str, Any], serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = serve(**mode)
    is_open = {"/healthz", "/sign-in"} if app.settings.auth == "accounts" else {"/healthz"}
    asked = [one for one in every_request(app.app) if one.path not in is_open]
    revoked, expired = app.token("ask", "keep", "metrics"), app.token("ask", "keep", "metrics", days=1)
    app.ledger.tokens.revoke(app.ledger.tokens.all()[0].id)
    in_two_days = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    monkeypatch.setattr(app.ledger._database, "now", lambda: in_two_days)
    for headers in (revoked, expired, {"authorization": "Bearer kn_" + "A" * 43}):
        seen = statuses(app, Stranger(mode, headers=headers), asked)
        assert {one: status for one, status in seen.items() if status != 401} == {}


def test_a_reader_is_refused_where_documents_are_kept_and_everybody_where_nobody_may_go(
    serve: Callable[..., Served],
) -> None:
    app = serve(**SSO)
    everything = every_request(app.app)
    uploads = [one for one in everything if "/gradio_api/upload" in one.path]
    dangerous = ("monitoring", "proxy=", "vibe", "dev/", "login", "logout", "component_server", "stream/", "runs")
    closed = [
        one for one in everything if any(f"/{word}" in one.path for word in dangerous) and "_check" not in one.path
    ]
    reader, keeper, admin = (
        Stranger(SSO, PROXY, headers={"x-remote-user": "nva", "x-remote-groups": groups})
        for groups in ("van phong", "VAN-THU", "quan-tri; van-thu")
    )
    assert {one.path for one in uploads} >= {"/gradio_api/upload", "/embed/gradio_api/upload"}
    assert len(closed) > 40
    assert set(statuses(app, reader, uploads).values()) == {403}
    assert not set(statuses(app, keeper, uploads).values()) & {401, 403}
    assert set(statuses(app, admin, closed).values()) == {403}


def test_every_route_of_gradio_has_been_thought_of(serve: Callable[..., Served]) -> None:
    unknown = []
    for asked in every_request(serve().app):
        first = own_path(asked.path).lstrip("/").partition("/")[0]
        if first != "gradio_api":
            known = (*GRADIO_PAGE, *OWN, *(page.strip("/") for page in GRADIO_CLOSED_PAGES))
            unknown += [asked.path] if first not in known else []
    assert unknown == []
    assert not set(GRADIO_FOR_KEEPERS) & set(GRADIO_OPEN_TO_READERS)


def test_what_readers_need_of_gradio_is_still_there(serve: Callable[..., Served]) -> None:
    below = {own_path(one.path).removeprefix("/gradio_api/") for one in every_request(serve().app)}
    for name in (*GRADIO_OPEN_TO_READERS, *GRADIO_FOR_KEEPERS):
        assert any(path == name or path.startswith((f"{name}/", "file=x")) for path in below), name
