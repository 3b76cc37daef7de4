"""Uploading, indexing and removing documents over HTTP."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.service import Assistant
from index.errors import IndexLockedError
from tests.bot.web.asking import app_of, client_of

_NOTE = "Ghi chép mới: Đảo Ngọc phủ sóng bảy bến cảng.\n".encode()


@pytest.fixture
def keeper(own: Assistant) -> TestClient:
    """A keeper of an index of its own."""
    return client_of(app_of(own), "kn_giu")


def sent(client: TestClient, name: str = "moi.txt", content: bytes = _NOTE, **query: str) -> Any:
    return client.post("/api/v1/documents", files={"file": (name, content)}, params=query)


def test_what_is_uploaded_is_indexed_found_and_removed(keeper: TestClient, own: Assistant) -> None:
    reply = sent(keeper)
    assert (reply.status_code, reply.json()) == (201, {"name": "moi.txt", "size": len(_NOTE), "replaced": False})
    begun = keeper.post("/api/v1/index", json={})
    assert (begun.status_code, begun.json()["by"]) == (202, "giữ")
    own.keeping.wait(60)
    run = keeper.get("/api/v1/index").json()["run"]
    assert (run["error"], len(run["report"]["added"])) == ("", 1)
    hits = keeper.get("/api/v1/search?q=phủ sóng bến cảng").json()["hits"]
    assert "moi" in [hit["document"] for hit in hits]
    (file,) = [file for file in keeper.get("/api/v1/index/files").json()["files"] if file["document_id"] == "moi"]
    assert file["state"] == "indexed"
    assert keeper.delete("/api/v1/documents/moi").json() == {"sources": [file["source"]]}
    assert keeper.get("/api/v1/documents/moi").status_code == 404


def test_before_any_run_there_is_none(keeper: TestClient) -> None:
    assert keeper.get("/api/v1/index").json() == {"run": None}


@pytest.mark.parametrize("name", ["moi.exe", "..", "a/b.txt", ".an.txt"])
def test_a_file_that_is_not_taken_is_told_why(keeper: TestClient, own: Assistant, name: str) -> None:
    reply = sent(keeper, name)
    assert (reply.status_code, reply.json()["code"]) == (422, "upload")
    assert not own.keeping.folder.exists() or list(own.keeping.folder.iterdir()) == []


def test_a_file_of_a_name_that_is_there_must_be_meant(keeper: TestClient, own: Assistant) -> None:
    sent(keeper)
    assert sent(keeper).status_code == 422
    assert sent(keeper, content=b"khac\n", replace="true").json()["replaced"] is True
    assert (own.keeping.folder / "moi.txt").read_bytes() == b"khac\n"


def test_a_file_that_is_too_large_is_not_read(own: Assistant, keeper: TestClient) -> None:
    own.keeping.limit_mib = 1
    assert sent(keeper, content=b"a" * (1 << 20)).status_code == 201
    assert sent(keeper, "lon.txt", b"a" * ((1 << 20) + 1)).json()["code"] == "upload"
    assert sent(keeper, "lon.txt", b"a" * (2 << 20)).json()["code"] == "too_large"
    assert [file.name for file in own.keeping.folder.iterdir()] == ["moi.txt"]


@pytest.mark.parametrize(("name", "value"), [("file", None), ("khac", "a")])
def test_a_form_without_a_file_is_told(keeper: TestClient, name: str, value: str | None) -> None:
    assert keeper.post("/api/v1/documents", data={name: value} if value else None).status_code == 422


def test_unknown_documents_and_files_are_told(keeper: TestClient) -> None:
    assert keeper.delete("/api/v1/documents/khong-co").status_code == 404
    assert keeper.post("/api/v1/index", json={"again": ["khong-co.txt"]}).status_code == 404


def test_one_run_at_a_time(keeper: TestClient, own: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def under_way() -> None:
        raise IndexLockedError("Chỉ mục đang được cập nhật.", "Hãy đợi.")

    monkeypatch.setattr(own.keeping._runs, "require_idle", under_way)
    for reply in (keeper.post("/api/v1/index", json={}), keeper.delete("/api/v1/documents/song-lam")):
        assert (reply.status_code, reply.json()["code"]) == (409, "index_locked")


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("POST", "/api/v1/documents", {"files": {"file": ("moi.txt", _NOTE)}}),
        ("DELETE", "/api/v1/documents/song-lam", {}),
        ("POST", "/api/v1/index", {"json": {}}),
        ("GET", "/api/v1/index", {}),
        ("GET", "/api/v1/index/files", {}),
    ],
)
def test_a_reader_may_do_none_of_it(
    client: TestClient, assistant: Assistant, method: str, path: str, options: dict[str, Any]
) -> None:
    reply = client.request(method, path, **options)
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert not assistant.keeping.folder.exists()
    assert assistant.index.document("song-lam") is not None
