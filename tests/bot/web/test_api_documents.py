"""Search, documents, and a passage in its context."""

import pytest
from fastapi.testclient import TestClient

from index.search import SearchIndex
from tests.bot.corpus import BUDGET


def test_a_search_finds_passages_with_where_they_stand(client: TestClient, index: SearchIndex) -> None:
    first, *_ = client.get("/api/v1/search", params={"q": "song lam ngan sach chuyen doi so"}).json()["hits"]
    document = index.document(first["document"])
    assert document is not None
    assert BUDGET in first["text"]
    assert document.text[first["start"] : first["end"]] == first["text"]
    assert (first["source"], first["date"], first["provinces"]) == ("song-lam.md", "2020-05-12", ["Sông Lam"])


def test_a_search_gives_as_many_as_asked_for(client: TestClient) -> None:
    assert len(client.get("/api/v1/search?q=ngân sách&limit=1").json()["hits"]) == 1


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "q=a&limit=0", "q=a&limit=51", "q=a&exact=maybe", "q=a&sise=1"])
def test_what_cannot_be_searched_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/search?{query}").status_code == 422


def test_documents_come_page_by_page(client: TestClient) -> None:
    whole = client.get("/api/v1/documents").json()
    part = client.get("/api/v1/documents?offset=1&limit=1").json()
    assert (whole["total"], len(whole["documents"])) == (3, 3)
    assert part == {"total": 3, "documents": whole["documents"][1:2]}


def test_a_document_is_told_without_its_text_and_its_folder(client: TestClient, index: SearchIndex) -> None:
    told = client.get("/api/v1/documents/song-lam").json()
    document = index.document("song-lam")
    assert document is not None
    assert (told["title"], told["source"]) == ("Bộ làm việc với tỉnh Sông Lam", "song-lam.md")
    assert (told["chars"], told["sha256"]) == (len(document.text), document.sha256)
    assert "text" not in told


def test_a_text_is_what_citations_quote(client: TestClient, index: SearchIndex) -> None:
    document = index.document("dao-ngoc")
    assert document is not None
    assert client.get("/api/v1/documents/dao-ngoc/text").text == document.text


def test_a_passage_comes_in_its_context(client: TestClient) -> None:
    start = client.get("/api/v1/documents/song-lam/text").text.index(BUDGET)
    where = {"start": start, "end": start + len(BUDGET), "around": 10}
    found = client.get("/api/v1/documents/song-lam/context", params=where).json()
    assert found["text"][found["inner_start"] : found["inner_end"]] == BUDGET
    assert (found["start"], found["end"]) == (start - 10, start + len(BUDGET) + 10)
    assert found["heading"].endswith("Ngân sách")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("khong-co", 404),
        ("khong-co/text", 404),
        ("khong-co/context?start=0&end=1", 404),
        ("..%2f..%2fetc%2fpasswd/text", 404),
        ("song-lam/context?start=5&end=5", 422),
        ("song-lam/context?start=0&end=100000", 422),
        ("song-lam/context?start=-1&end=3", 422),
        ("song-lam/context?start=0", 422),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/api/v1/documents/{path}").status_code == status
