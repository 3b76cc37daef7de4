"""Signing in and out with local accounts, as browsers do it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.web.door import SESSION_COOKIE
from bot.web.login import own_target
from index.search import SearchIndex
from tests.bot.web.served import PAGE, PASSWORD, Served, running, served

OWN = {"origin": "http://127.0.0.1:7860"}
FORM = {"name": "an", "password": PASSWORD}


@pytest.fixture(scope="module")
def office(index: SearchIndex, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small office with accounts, below a path; a proxy on another machine may end TLS."""
    settings: dict[str, Any] = {
        "auth": "accounts",
        "root_path": "/hoi",
        "sso_proxies": ("10.1.1.1",),
        "requests_per_minute": 10_000,
    }
    with served(index, tmp_path_factory.mktemp("phòng"), **settings) as app:
        app.ledger.accounts.add("an", PASSWORD, frozenset({"reader"}))
        yield app


def test_who_opens_the_page_is_led_to_sign_in_and_back(office: Served) -> None:
    client = office.client()
    reply = client.get("/hoi/api-khac?x=1&y=%2F", headers=PAGE)
    assert (reply.status_code, reply.headers["location"]) == (303, "/hoi/sign-in?next=/api-khac%3Fx%3D1%26y%3D%252F")
    form = client.get(reply.headers["location"], headers=PAGE)
    assert 'value="/api-khac?x=1&amp;y=%2F"' in form.text
    assert 'action="/hoi/sign-in"' in form.text
    done = client.post("/hoi/sign-in", data={**FORM, "next": "/api-khac?x=1&y=%2F"}, headers=OWN)
    assert (done.status_code, done.headers["location"]) == (303, "/hoi/api-khac?x=1&y=%2F")
    assert client.get("/hoi/config").status_code == 200


def test_programs_are_told_not_led(office: Served) -> None:
    for path in ("/hoi/api/v1/documents", "/hoi/gradio_api/info", "/hoi/v1/models"):
        assert office.client().get(path, headers=PAGE).status_code == 401
    assert office.client().get("/hoi/config").headers["content-type"] == "application/problem+json"


def test_the_cookie_is_kept_from_scripts_and_other_sites(office: Served) -> None:
    plain = office.client().post("/hoi/sign-in", data=FORM, headers=OWN).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/hoi"} <= set(plain.split("; "))
    assert "Secure" not in plain
    proxied = office.client("10.1.1.1").post(
        "/hoi/sign-in", data=FORM, headers={"origin": "https://hoi.vn", "host": "hoi.vn", "x-forwarded-proto": "https"}
    )
    assert "Secure" in proxied.headers["set-cookie"].split("; ")
    pretended = office.client().post("/hoi/sign-in", data=FORM, headers={**OWN, "x-forwarded-proto": "https"})
    assert "Secure" not in pretended.headers["set-cookie"]


def test_a_wrong_password_is_told_without_saying_which_was_wrong_and_what_was_typed_stays_text(office: Served) -> None:
    hostile = '"><script>alert(1)</script>'
    wrong, unknown = (
        office.client().post("/hoi/sign-in", data={"name": name, "password": "sai"}, headers=OWN)
        for name in ("an", hostile)
    )
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in wrong.text
    assert "<script>" not in unknown.text
    assert "set-cookie" not in wrong.headers


def test_guessing_is_slowed_down_by_the_ledger(office: Served) -> None:
    tries = [
        office.client().post("/hoi/sign-in", data={"name": "ai", "password": "sai"}, headers=OWN) for _ in range(7)
    ]
    assert "quá nhiều lần" in tries[-1].text
    assert {one.status_code for one in tries} == {401}


def test_signing_out_ends_the_session_everywhere(office: Served) -> None:
    client = office.client()
    client.post("/hoi/sign-in", data=FORM, headers=OWN)
    secret = client.cookies[SESSION_COOKIE]
    assert "<b>an</b>" in client.get("/hoi/sign-out", headers=PAGE).text
    assert client.get("/hoi/config").status_code == 200
    reply = client.post("/hoi/sign-out", headers=OWN)
    assert (reply.status_code, reply.headers["location"]) == (303, "/hoi/sign-in")
    assert SESSION_COOKIE not in client.cookies
    kept = office.client(headers={"cookie": f"{SESSION_COOKIE}={secret}"})
    assert kept.get("/hoi/config").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:7861"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", **OWN},
        {"origin": "http://[nonsense"},
    ],
)
def test_another_site_neither_signs_in_nor_acts_for_who_is(office: Served, headers: dict[str, str]) -> None:
    client = office.client()
    assert client.post("/hoi/sign-in", data=FORM, headers=headers).status_code == 403
    client.post("/hoi/sign-in", data=FORM, headers=OWN)
    for path in ("/hoi/sign-out", "/hoi/gradio_api/queue/join", "/hoi/api/v1/ask"):
        assert client.post(path, json={}, headers=headers).status_code == 403
    assert client.get("/hoi/config").status_code == 200


def test_the_form_must_tell_where_it_comes_from_and_be_short(office: Served) -> None:
    client = office.client()
    assert client.post("/hoi/sign-in", data=FORM).status_code == 403
    long = client.post("/hoi/sign-in", data={**FORM, "next": "/" + "x" * 9000}, headers=OWN)
    assert long.status_code == 422
    endless = client.post("/hoi/sign-in", content=iter([b"name=an"]), headers=OWN)
    assert endless.status_code == 422


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/", "/"),
        ("/embed/?x=1", "/embed/?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\t/evil.example", "/"),
        ("/sign-out", "/"),
        ("", "/"),
    ],
)
def test_nobody_is_sent_on_to_another_site(office: Served, asked: str, target: str) -> None:
    assert own_target(asked) == target
    done = office.client().post("/hoi/sign-in", data={**FORM, "next": asked}, headers=OWN)
    assert done.headers["location"] == f"/hoi{target}"


def test_signing_in_is_noted_without_the_password(office: Served, tmp_path: Path) -> None:
    office.client().post("/hoi/sign-in", data=FORM, headers=OWN)
    noted = [entry for entry in office.ledger.audit.entries() if entry.action == "sign_in"]
    assert (noted[-1].user, noted[-1].outcome) == ("an", "ok")
    assert PASSWORD not in str(noted)


def test_a_password_typed_in_the_place_of_the_name_is_not_noted(office: Served) -> None:
    office.client().post("/hoi/sign-in", data={"name": "MatKhauBiMat2026!", "password": "x"}, headers=OWN)
    noted = [entry for entry in office.ledger.audit.entries() if entry.action == "sign_in"]
    assert noted[-1].outcome == "refused"
    assert "matkhau" not in str(noted).lower()


@pytest.mark.parametrize("other", ['prefs={"a":1}', "ten=Nguyen Van A", "x[1]=2", "bad"])
def test_an_odd_cookie_of_the_portals_signs_nobody_out(office: Served, other: str) -> None:
    secret = office.client().post("/hoi/sign-in", data=FORM, headers=OWN).cookies[SESSION_COOKIE]
    cookies = {"cookie": f"{other}; {SESSION_COOKIE}={secret}"}
    assert office.client().get("/hoi/config", headers=cookies).status_code == 200


def test_who_tries_passwords_holds_up_nobody_who_is_signed_in(office: Served) -> None:
    client = office.client()
    client.post("/hoi/sign-in", data=FORM, headers=OWN)
    with running(office.app) as port:
        own = {"origin": f"http://127.0.0.1:{port}"}
        tries = [
            threading.Thread(
                target=httpx.post,
                args=(f"http://127.0.0.1:{port}/hoi/sign-in",),
                kwargs={"data": {"name": f"x{number}", "password": "sai"}, "headers": own, "timeout": 60},
            )
            for number in range(60)
        ]
        for one in tries:
            one.start()
        cookies = {SESSION_COOKIE: client.cookies[SESSION_COOKIE]}
        started = time.monotonic()
        assert httpx.get(f"http://127.0.0.1:{port}/hoi/config", cookies=cookies, timeout=60).status_code == 200
        waited_s = time.monotonic() - started
        left = sum(one.is_alive() for one in tries)
        for one in tries:
            one.join()
    assert left > 0, f"nobody was trying any more after {waited_s:.1f} s"
