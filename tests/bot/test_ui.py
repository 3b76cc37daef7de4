"""What the page is told while an answer is made, and what it may not do."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import gradio as gr
import pytest

from bot import ui
from bot.engine import Engine
from bot.errors import SettingsError
from bot.followup import Turn
from bot.retriever import PassageRetriever
from bot.settings import load_settings
from bot.ui import build_page, launch_options, respond
from index.errors import ModelMissingError
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC, QUESTION_LIMIT, engine_of
from tests.stand_ins import ScriptedChat, judging

_ROOT = Path(__file__).parents[2]
# `bot serve --port …`, embedding by hashing.
_SERVE = """
import sys
from bot import assembly, cli
from tests.stand_ins import HashingEncoder
assembly.open_embedder = lambda settings: HashingEncoder()
cli.app(["serve", "--port", sys.argv[1]])
"""


def test_passages_are_shown_before_the_answer(index: SearchIndex) -> None:
    chat = ScriptedChat(script=judging(0.9))
    shown = respond(engine_of(index, chat), ASKS_BUDGET)
    answer, passages, finished = next(shown)
    assert finished is None
    assert "Đang đọc" in answer
    assert BUDGET in passages
    assert chat.calls == []
    *_, (answer, passages, _) = shown
    assert 'class="answer"' in answer
    assert "Nguồn trích dẫn" in answer
    assert 'class="card cited"' in passages


def test_the_text_grows_while_it_comes(index: SearchIndex) -> None:
    lengths = [len(answer) for answer, _, _ in respond(engine_of(index), ASKS_BUDGET)][1:-1]
    assert len(lengths) >= 2
    assert lengths == sorted(lengths)


@pytest.mark.parametrize(
    ("question", "said"), [("  ", "đang để trống"), ("a" * 20_000, f"giới hạn {QUESTION_LIMIT} ký tự")]
)
def test_a_bad_question_gives_an_error_message(index: SearchIndex, question: str, said: str) -> None:
    ((answer, passages, finished),) = respond(engine_of(index), question)
    assert finished is None
    assert 'class="message error"' in answer
    assert said in answer
    assert passages == ""


def test_not_found_is_an_answer_too(index: SearchIndex) -> None:
    *_, (answer, _, _) = respond(engine_of(index), OFF_TOPIC)
    assert 'class="not-found"' in answer
    assert "Đã tìm trong 3 tài liệu" in answer


def test_the_last_of_what_is_shown_comes_with_the_answer_itself(index: SearchIndex) -> None:
    *before, (shown, _, answer) = respond(engine_of(index), ASKS_BUDGET)
    assert [one for _, _, one in before if one] == []
    assert answer is not None
    assert (answer.understood, answer.abstained) == (ASKS_BUDGET, False)
    assert 'class="answer"' in shown


def test_a_follow_up_is_asked_with_the_turns_before_it(index: SearchIndex) -> None:
    turns = [Turn("Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?", "3%.")]
    *_, (shown, _, answer) = respond(engine_of(index), "Còn Đồng Tháp?", turns)
    assert answer is not None
    assert answer.understood == "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"
    assert answer.understood in shown
    *_, (_, _, exact) = respond(engine_of(index), "Còn Đồng Tháp?", turns, exact=True)
    assert exact is not None
    assert exact.understood == "Còn Đồng Tháp?"


def test_small_talk_is_answered_without_passages(index: SearchIndex) -> None:
    *_, (shown, passages, answer) = respond(engine_of(index), "Xin chào")
    assert answer is not None
    assert answer.reason == "small_talk"
    assert "Kính chào" in shown
    assert BUDGET not in passages


def test_what_must_be_off_is_off() -> None:
    options = launch_options("127.0.0.1", 7860)
    for name in ("share", "show_error", "ssr_mode", "run_history", "enable_monitoring"):
        assert options[name] is False, name
    assert options["allowed_paths"] == []
    assert options["footer_links"] == []
    assert options["num_workers"] == 0  # a process of its own that outlives this one
    assert (options["server_name"], options["server_port"]) == ("127.0.0.1", 7860)
    assert "url(" not in options["css"]
    assert "@import" not in options["css"]
    theme = options["theme"]
    assert not theme._stylesheets  # fonts that Gradio would fetch from elsewhere


def test_the_page_sends_no_statistics_and_has_no_open_api(index: SearchIndex) -> None:
    page = build_page(engine_of(index))
    assert isinstance(page, gr.Blocks)
    assert page.analytics_enabled is False
    assert page.api_open is False
    assert page.get_api_info()["named_endpoints"] == {}


def test_serving_on_a_taken_port_says_so_and_a_missing_model_is_no_hindrance(
    monkeypatch: pytest.MonkeyPatch, index: SearchIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    def load() -> ScriptedChat:
        raise ModelMissingError("Thiếu mô hình.", "Hãy chạy «bot models prepare».")

    engine = Engine(PassageRetriever(index=index, limit=10), load, load_settings(), "thử")
    monkeypatch.setattr(ui, "open_engine", lambda settings: engine)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"Không mở được cổng {port}.*bot serve --port"):
            ui.serve(load_settings(), "127.0.0.1", port)
    out = capsys.readouterr().out
    assert "Lưu ý: Thiếu mô hình. Hãy chạy «bot models prepare»." in out
    assert f"http://127.0.0.1:{port}" in out


def _answers(port: int) -> bool:
    with closing(socket.socket()) as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def _children(process: subprocess.Popen[bytes]) -> list[str]:
    return Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_leaves_nothing_behind(home: Path, sent: signal.Signals) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "BOT_HOME": str(home), "BOT_LLM": "none"}
    command = [sys.executable, "-c", _SERVE, str(port)]
    with subprocess.Popen(command, cwd=_ROOT, env=environment, stderr=subprocess.PIPE) as process:
        try:
            end = time.monotonic() + 120
            while not _answers(port) and time.monotonic() < end:
                time.sleep(0.5)
            assert _answers(port)
            assert _children(process) == []
            process.send_signal(sent)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (process.returncode, told.decode()) == (0, "Đã dừng theo yêu cầu.\n")
    assert not _answers(port)
