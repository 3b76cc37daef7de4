"""The command `bot ask`: answers, exit statuses, and messages when something is missing."""

import json
from pathlib import Path
from typing import Any

import pytest

from index import weights
from index.vietnamese import fold
from tests.bot.conftest import Run
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, QUESTION_LIMIT, SONG_LAM, UNKNOWN_NAME
from tests.bot.ollama_server import OllamaServer, chat_line, closed_port_url, last_line

LETTER_LOGPROBS = [{"token": "A", "logprob": -0.01, "top_logprobs": [{"token": "A", "logprob": -0.01}]}]


@pytest.fixture
def quoting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer without a language model."""
    monkeypatch.setenv("BOT_LLM", "none")


def quoted_with_notice(result: Any) -> str:
    """The notice of an answer that quotes although the model failed."""
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (answer["abstained"], answer["style"]) == (False, "quote")
    assert BUDGET in answer["text"]
    assert answer["notice"] in result.stderr
    return str(answer["notice"])


@pytest.mark.usefixtures("home", "quoting")
def test_json_holds_text_citations_and_timings(run: Run) -> None:
    result = run("ask", ASKS_BUDGET, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, answer["abstained"]) == (0, "", False)
    assert set(answer["timings_s"]) == {"evidence", "first_token", "total"}
    assert 0 < answer["timings_s"]["evidence"] <= answer["timings_s"]["total"]
    first = answer["citations"][0]
    assert {"document", "source", "start", "end", "quote"} <= set(first)
    assert (first["document"], first["source"]) == ("song-lam", "song-lam.md")
    assert SONG_LAM[first["start"] : first["end"]] == first["quote"]
    assert f"“{first['quote']}” [1]" in answer["text"]


@pytest.mark.usefixtures("home", "quoting")
def test_an_answer_for_people_shows_passages_answer_and_sources(run: Run) -> None:
    result = run("ask", ASKS_BUDGET)
    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("Đoạn tìm thấy", "Trả lời:", f"“{BUDGET}” [1]", "Nguồn trích dẫn:", "song-lam.md, ký tự"):
        assert part in result.stdout


@pytest.mark.parametrize("question", [OFF_TOPIC, UNKNOWN_NAME])
@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.usefixtures("home", "quoting")
def test_nothing_found_has_a_status_of_its_own(run: Run, question: str, options: list[str]) -> None:
    result = run("ask", question, *options)
    assert result.exit_code == 3
    assert "Không tìm thấy câu trả lời" in result.stdout
    assert "Đã tìm trong 3 tài liệu" in result.stdout


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Câu hỏi đang để trống"),
        ("\n \t", "Câu hỏi đang để trống"),
        ("a" * 20_000, f"giới hạn {QUESTION_LIMIT} ký tự"),
    ],
    ids=["empty", "blank", "too long"],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_bad_question_is_wrong_usage_and_says_what_to_do(run: Run, command: str, question: str, said: str) -> None:
    result = run(command, question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Hãy" in result.stderr


@pytest.mark.usefixtures("home")
def test_without_a_prepared_model_the_evidence_is_quoted(run: Run) -> None:
    assert "bot models prepare" in quoted_with_notice(run("ask", ASKS_BUDGET, "--json"))


def test_with_a_tampered_model_the_evidence_is_quoted(run: Run, home: Path) -> None:
    file = home / "models" / weights.LLM.file_name
    file.parent.mkdir()
    file.write_bytes(b"GGUF\x03tampered")
    notice = quoted_with_notice(run("ask", ASKS_BUDGET, "--json"))
    assert "bot models prepare" in notice
    assert file.name in notice


@pytest.mark.usefixtures("home")
def test_with_a_model_file_that_is_not_there_the_evidence_is_quoted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_LLM_FILE", "không-có.gguf")
    notice = quoted_with_notice(run("ask", ASKS_BUDGET, "--json"))
    assert "không-có.gguf" in notice
    assert "BOT_LLM_FILE" in notice


@pytest.mark.usefixtures("home")
def test_without_an_ollama_server_the_evidence_is_quoted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    url = closed_port_url()
    monkeypatch.setenv("BOT_LLM", "ollama")
    monkeypatch.setenv("BOT_OLLAMA_URL", url)
    notice = quoted_with_notice(run("ask", ASKS_BUDGET, "--json"))
    assert url in notice
    assert "ollama serve" in notice
    assert "Lưu ý:" in run("ask", ASKS_BUDGET).stderr


@pytest.mark.usefixtures("home")
def test_a_model_that_ollama_does_not_have_can_be_pulled(
    run: Run, monkeypatch: pytest.MonkeyPatch, ollama_server: OllamaServer
) -> None:
    ollama_server.chat({"error": "model not found"}, status=404)
    monkeypatch.setenv("BOT_LLM", "ollama")
    monkeypatch.setenv("BOT_OLLAMA_URL", ollama_server.url)
    monkeypatch.setenv("BOT_OLLAMA_MODEL", "thử:1b")
    assert "bot models pull thử:1b" in quoted_with_notice(run("ask", ASKS_BUDGET, "--json"))


@pytest.mark.usefixtures("home")
def test_with_ollama_the_whole_way_is_gone(
    run: Run, monkeypatch: pytest.MonkeyPatch, ollama_server: OllamaServer
) -> None:
    ollama_server.chat(chat_line("A", logprobs=LETTER_LOGPROBS), last_line(read_tokens=900))
    monkeypatch.setenv("BOT_LLM", "ollama")
    monkeypatch.setenv("BOT_OLLAMA_URL", ollama_server.url)
    answer = json.loads(run("ask", ASKS_BUDGET, "--json").stdout)
    assert (answer["notice"], answer["style"], answer["model"]) == ("", "quote", "ollama/qwen2.5:7b-instruct")
    assert answer["timings_s"]["first_token"] > 0
    assert {path for path, _ in ollama_server.asked} == {"/api/chat"}
    assert all(ASKS_BUDGET in body["messages"][1]["content"] for _, body in ollama_server.asked)


@pytest.mark.usefixtures("home", "quoting")
def test_a_question_as_typed_can_be_asked(run: Run) -> None:
    asked = fold(ASKS_BUDGET)
    assert f"Câu hỏi: {asked}" in run("ask", asked, "--exact").stdout
    assert "Đã hiểu câu hỏi là: " in run("ask", asked).stdout
