"""What an event may name: files that were sent to the page, and nothing else that the server can reach."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from index.search import SearchIndex
from tests.bot.web.served import running, served


@pytest.fixture
def page(index: SearchIndex, tmp_path: Path) -> Iterator[httpx.Client]:
    """Who keeps the documents, at the page of the whole application."""
    sso: dict[str, Any] = {"auth": "sso", "sso_proxies": ("127.0.0.1",), "keeper_groups": ("van-thu",)}
    with served(index, tmp_path / "nhà", **sso) as app, running(app.app) as port:
        address = f"http://127.0.0.1:{port}"
        headers = {"x-remote-user": "an", "x-remote-groups": "van-thu", "origin": address}
        with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
            yield client


def named(page: httpx.Client, component: dict[str, Any], file: dict[str, Any]) -> str:
    """All that the page answers to an event whose component is said to hold the file."""
    config = page.get("/config").json()
    types = {one["id"]: one["type"] for one in config["components"]}
    event = next(one for one in config["dependencies"] if component["id"] in one["inputs"] and one["targets"])
    whole = [file] if component["type"] == "uploadbutton" else file
    empty: dict[str, object] = {"checkbox": False, "dropdown": [], "textbox": ""}
    data = [whole if one == component["id"] else empty.get(types[one]) for one in event["inputs"]]
    session = secrets.token_hex(5)
    body = {"data": data, "fn_index": event["id"], "session_hash": session, "trigger_id": event["targets"][0][0]}
    page.post("/gradio_api/queue/join", json=body).raise_for_status()
    told = []
    with page.stream("GET", f"/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream.iter_lines():
            told.append(line)
            if "process_completed" in line:
                break
    return "\n".join(told)


def component(page: httpx.Client, **wanted: str) -> dict[str, Any]:
    """The component of the page with this type or element id."""
    components: list[dict[str, Any]] = page.get("/config").json()["components"]
    return next(
        one for one in components if wanted.items() <= {"type": one["type"], "id": one["props"].get("elem_id")}.items()
    )


def file_at(path: object, **more: object) -> dict[str, Any]:
    return {"path": str(path), "meta": {"_type": "gradio.FileData"}, **more}


def failed(told: str) -> bool:
    return '"success":false' in told.replace(" ", "")


def test_no_file_of_the_server_is_read_for_a_reader(page: httpx.Client, tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("không của ai", encoding="utf-8")
    told = named(page, component(page, id="question"), file_at(secret))
    assert failed(told)
    assert "bi-mat" not in told
    assert page.get(f"/gradio_api/file={secret}").status_code == 403


def test_no_address_is_fetched_for_a_reader(page: httpx.Client) -> None:
    assert failed(named(page, component(page, id="question"), file_at("http://127.0.0.1:9/x.txt")))


@pytest.mark.parametrize("more", [{}, {"is_stream": True}])
def test_no_file_of_the_server_is_taken_away_as_an_upload(
    page: httpx.Client, tmp_path: Path, more: dict[str, bool]
) -> None:
    own = tmp_path / "cua-may-chu.txt"
    own.write_text("Bộ đề nghị Sông Lam.", encoding="utf-8")
    assert failed(named(page, component(page, type="uploadbutton"), file_at(own, orig_name=own.name, **more)))
    assert own.read_text(encoding="utf-8") == "Bộ đề nghị Sông Lam."
    assert list((tmp_path / "nhà" / "documents").glob("*")) == []


def test_a_file_that_was_sent_is_taken(page: httpx.Client, tmp_path: Path) -> None:
    sent = page.post("/gradio_api/upload", files={"files": ("cong-van.txt", "Bộ đề nghị Sông Lam.".encode())})
    named(page, component(page, type="uploadbutton"), file_at(sent.json()[0], orig_name="cong-van.txt"))
    assert [one.name for one in (tmp_path / "nhà" / "documents").glob("*.txt")] == ["cong-van.txt"]


def test_what_is_typed_into_the_page_is_no_larger_than_it_can_be(page: httpx.Client) -> None:
    assert page.post("/gradio_api/queue/join", content=b"[" + b" " * (2 << 20)).status_code == 413
