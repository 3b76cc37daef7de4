"""The command `bot models`."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from index import weights
from tests.bot.conftest import Run
from tests.bot.ollama_server import OllamaServer, Script, closed_port_url

CONTENT = b"GGUF va vai byte"


@pytest.fixture
def own_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the embedding model out of it."""
    monkeypatch.setenv("BOT_EMBEDDER", "thử")


@pytest.fixture
def model_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_embedder: None) -> Path:
    """A language model of a few bytes, as published, in its place but not yet checked."""
    small = replace(weights.LLM, size_bytes=len(CONTENT), sha256=sha256(CONTENT).hexdigest())
    monkeypatch.setattr(weights, "LLM", small)
    file = tmp_path / "home" / "models" / small.file_name
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    return file


def test_a_fresh_machine_is_told_to_prepare(run: Run) -> None:
    states = json.loads(run("models", "list", "--json").stdout)
    assert [state["role"] for state in states] == ["mô hình nhúng", "mô hình ngôn ngữ"]
    for state in states:
        assert state["ready"] is False
        assert "bot models prepare" in state["detail"]


def test_the_list_is_for_people_too(run: Run, monkeypatch: pytest.MonkeyPatch, own_embedder: None) -> None:
    monkeypatch.setenv("BOT_LLM", "none")
    result = run("models", "list")
    assert result.exit_code == 0
    assert "mô hình nhúng: thử – do BOT_EMBEDDER chỉ định" in result.stdout
    assert "chỉ trích dẫn nguyên văn" in result.stdout


def test_an_intact_model_is_verified_and_then_ready(run: Run, model_file: Path) -> None:
    result = run("models", "verify")
    assert (result.exit_code, result.stdout.splitlines()[-1][:22]) == (0, "Mô hình ngôn ngữ đúng:")
    assert json.loads(run("models", "list", "--json").stdout)[1]["ready"] is True


@pytest.mark.parametrize("content", [CONTENT[:-1] + b"!", CONTENT[:-1], b""], ids=["flipped", "short", "empty"])
def test_a_damaged_model_is_found_and_no_longer_ready(run: Run, model_file: Path, content: bytes) -> None:
    run("models", "verify")
    model_file.write_bytes(content)
    result = run("models", "verify")
    assert result.exit_code == 1
    assert model_file.name in result.stderr
    assert "bot models prepare" in result.stderr
    assert json.loads(run("models", "list", "--json").stdout)[1]["ready"] is False


def test_verifying_what_is_not_there_says_how_to_get_it(run: Run, own_embedder: None) -> None:
    result = run("models", "verify")
    assert result.exit_code == 1
    assert "bot models prepare" in result.stderr


def test_preparing_twice_does_nothing_the_second_time(run: Run, model_file: Path) -> None:
    for _ in range(2):
        result = run("models", "prepare")
        assert result.exit_code == 0
        assert f"Mô hình ngôn ngữ sẵn sàng: {model_file}" in result.stdout
    assert model_file.read_bytes() == CONTENT


def test_preparing_again_reads_the_file_once_more(run: Run, model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "LLM", replace(weights.LLM, modules=("khong_co_goi_nay",)))
    model_file.write_bytes(b"x" * len(CONTENT))
    weights.mark_verified(model_file, weights.LLM.sha256)  # a mark that does not hold
    assert run("models", "prepare").exit_code == 0
    result = run("models", "prepare", "--again")
    assert result.exit_code == 1
    assert "khong_co_goi_nay" in result.stderr


def test_nothing_to_prepare_without_our_models(
    run: Run, monkeypatch: pytest.MonkeyPatch, own_embedder: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_LLM", "none")
    assert run("models", "prepare").exit_code == 0
    assert not (tmp_path / "home").exists()


def test_pulling_reports_the_end(run: Run, monkeypatch: pytest.MonkeyPatch, ollama_server: OllamaServer) -> None:
    monkeypatch.setenv("BOT_OLLAMA_URL", ollama_server.url)
    ollama_server.scripts["/api/pull"] = Script(
        [{"status": "pulling"}, {"status": "x", "total": 10, "completed": 5}, {"status": "success"}]
    )
    result = run("models", "pull", "thử:1b")
    assert (result.exit_code, result.stdout) == (0, "Đã tải xong mô hình «thử:1b».\n")
    assert ollama_server.asked == [("/api/pull", {"model": "thử:1b", "insecure": False, "stream": True})]


def test_pulling_without_a_server_fails_with_a_remedy(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_OLLAMA_URL", closed_port_url())
    result = run("models", "pull", "thử:1b")
    assert result.exit_code == 1
    assert "ollama serve" in result.stderr
