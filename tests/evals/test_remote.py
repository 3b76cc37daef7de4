"""A deployed server, asked over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from bot.answer import Answer, Event, Finished
from bot.engine import Engine
from bot.errors import SettingsError
from bot.identity import LOCAL
from bot.ledger.ledger import Ledger
from bot.retriever import PassageRetriever
from bot.service import Assistant
from bot.settings import load_settings
from bot.web.api_ask import ASK_PATH
from evals.cases import Turn
from evals.remote import Server, ServerError
from evals.run import Task, run_task
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC
from tests.bot.ollama_server import closed_port_url
from tests.bot.web.asking import AtHome, app_of
from tests.evals.builders import case_of, says
from tests.evals.systems import replying, serving
from tests.stand_ins import ScriptedChat, judging


class Remembering(Engine):
    """The engine; it keeps what it answered."""

    given: Answer | None = None

    def ask(self, question: str, **options: Any) -> Iterator[Event]:
        for event in super().ask(question, **options):
            if isinstance(event, Finished):
                self.given = event.answer
            yield event


@pytest.fixture
def engine(index: SearchIndex) -> Remembering:
    """Over the invented documents, with a scripted model for one question."""
    chat = ScriptedChat(script=judging(0.9))
    return Remembering(PassageRetriever(index=index, limit=10), lambda: chat, load_settings(), "thử")


@pytest.fixture
def url(engine: Remembering, index: SearchIndex) -> Iterator[str]:
    """Where our API serves that engine."""
    settings = load_settings()
    with closing(Ledger(settings.database)) as ledger:
        assistant = Assistant(engine, index, ledger, settings)
        with serving(AtHome(app_of(assistant))) as address:
            yield address
        assert ledger.history.conversations(LOCAL.name) == []


def plain(text: str, status: int = 200) -> FastAPI:
    """A server that always says the same."""
    return replying(lambda: Response(text, status, media_type="application/json"))


@pytest.mark.parametrize("question", [ASKS_BUDGET, OFF_TOPIC], ids=["answered", "refused"])
def test_the_answer_is_the_one_that_the_server_gave(url: str, engine: Remembering, question: str) -> None:
    system = Server(url)
    system.warm()
    answer = system.answer(question, ())
    assert answer == engine.given
    assert answer.abstained == (question == OFF_TOPIC)
    assert (BUDGET in answer.text) == (question == ASKS_BUDGET)


def test_a_run_keeps_the_servers_answers(url: str, engine: Remembering, tmp_path: Path) -> None:
    run = run_task(tmp_path / "lượt", Server(f"{url}/"), [case_of(question=ASKS_BUDGET)], Task("all", "all"))
    (row,) = run.answers()
    assert (row.answer, row.error) == (engine.given, "")
    assert (run.info.system, run.info.model, run.searches()) == (url, "of the server", [])


def test_the_history_is_sent_beside_the_question() -> None:
    bodies: list[Any] = []

    async def ask(request: Request) -> Response:
        bodies.append(await request.json())
        return Response("{}", media_type="application/json")

    app = FastAPI()
    app.add_api_route(ASK_PATH, ask, methods=["POST"])
    with serving(app) as url, pytest.raises(ServerError):
        Server(url).answer("Còn Đồng Tháp?", [Turn(question="Hậu Giang?", answer="700.")])
    assert bodies == [
        {"question": "Còn Đồng Tháp?", "history": [{"question": "Hậu Giang?", "answer": "700."}], "keep": False}
    ]


def test_a_question_that_the_server_refuses_is_an_error_with_its_reason(url: str) -> None:
    with pytest.raises(ServerError, match=r"422.*Hãy nhập câu hỏi"):
        Server(url).answer("  ", ())


@pytest.mark.parametrize("status", [302, 404, 500, 503])
def test_a_status_other_than_success_is_an_error_that_names_it(status: int) -> None:
    with serving(plain("hỏng rồi", status)) as url, pytest.raises(ServerError, match=f"{status}: hỏng rồi") as failed:
        Server(url).answer("Hỏi?", ())
    assert failed.value.code == "server"


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", "<html>Xin chào</html>", '{"text": "thiếu"}', "\ufeff{}"],
    ids=["nothing", "half", "null", "list", "page", "incomplete", "mark"],
)
def test_what_is_no_answer_is_an_error(text: str) -> None:
    with serving(plain(text)) as url, pytest.raises(ServerError, match="không đúng dạng"):
        Server(url).answer("Hỏi?", ())


def test_a_field_of_another_kind_is_an_error() -> None:
    wrong = says("Một.").to_dict() | {"style": "khác"}
    with serving(plain(json.dumps(wrong))) as url, pytest.raises(ServerError, match="style"):
        Server(url).answer("Hỏi?", ())


def test_a_server_that_is_silent_is_an_error_after_the_limit() -> None:
    over = threading.Event()

    def wait() -> Response:
        over.wait(10)
        return Response()

    with serving(replying(wait)) as url:
        with pytest.raises(ServerError, match="ReadTimeout"):
            Server(url, limit_s=0.2).answer("Hỏi?", ())
        over.set()


def test_failures_of_the_server_are_recorded_and_the_run_goes_on(tmp_path: Path) -> None:
    replies = iter([Response("hỏng", 500), Response("{"), Response(json.dumps(says("Một.").to_dict()))])
    cases = [case_of(id=f"hg-number-{number:02d}", question=f"Câu {number}?") for number in range(3)]
    with serving(replying(lambda: next(replies))) as url:
        run = run_task(tmp_path / "lượt", Server(url), cases, Task("answers", "all"))
    failed, unreadable, fine = run.answers()
    assert (failed.answer, failed.error) == (None, "server: Máy chủ trả về 500: hỏng")
    assert unreadable.answer is None
    assert unreadable.error.startswith("server: Máy chủ trả lời không đúng dạng")
    assert (fine.answer, fine.error) == (says("Một."), "")
    assert run.info.finished


def test_a_server_that_goes_away_is_no_failure_of_the_question() -> None:
    with serving(plain(json.dumps(says("Một.").to_dict()))) as url:
        system = Server(url)
        system.warm()
    with pytest.raises(SettingsError, match="Không kết nối được"):
        system.answer("Hỏi?", ())


@pytest.mark.parametrize("address", ["http://máy:cổng", "http://127.0.0.1:abc"])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(SettingsError, match=f"«{address}» không phải địa chỉ máy chủ"):
        Server(address)


def test_where_nobody_listens_the_run_does_not_begin(tmp_path: Path) -> None:
    url = closed_port_url()
    with pytest.raises(SettingsError, match=f"Không kết nối được tới {url}"):
        Server(url).warm()
    with pytest.raises(SettingsError, match="bot serve"):
        run_task(tmp_path, Server(url), [case_of()], Task("answers", "all"))
    assert list(tmp_path.glob("*/answers.jsonl")) == []


def test_a_server_has_no_search_of_its_own() -> None:
    with pytest.raises(NotImplementedError):
        Server("http://127.0.0.1:1").search("Hỏi?", 5)
