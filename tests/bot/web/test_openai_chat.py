"""OpenAI's own client against a real server: whole answers, streams, errors."""

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from fastapi.testclient import TestClient
from openai.types.chat import ChatCompletionMessageParam

from bot.answer import Event, EvidenceFound, Finished, TextPiece
from bot.engine import Engine
from bot.errors import LLMTimeoutError
from bot.service import Assistant
from index.errors import IndexDamagedError
from index.search import SearchIndex
from tests.bot.corpus import ASKS_BUDGET, BUDGET, OFF_TOPIC
from tests.bot.web.asking import app_of
from tests.bot.web.listening import listening

_ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": ASKS_BUDGET}]


@pytest.fixture
def url(assistant: Assistant) -> Iterator[str]:
    """Where it listens."""
    with listening(app_of(assistant)) as address:
        yield address


@pytest.fixture
def portal(url: str) -> Iterator[openai.OpenAI]:
    """A portal's client."""
    with openai.OpenAI(base_url=f"{url}/v1", api_key="kn_an", max_retries=0) as client:
        yield client


def test_a_whole_answer_bears_its_citations(portal: openai.OpenAI, index: SearchIndex) -> None:
    completion = portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED)
    (choice,) = completion.choices
    message: Any = choice.message
    (citation,) = message.citations
    document = index.document(citation["document"])
    assert document is not None
    assert (choice.finish_reason, message.role) == ("stop", "assistant")
    assert BUDGET in message.content
    assert document.text[citation["start"] : citation["end"]] == BUDGET
    assert BUDGET in [item["text"] for item in message.evidence]
    assert completion.usage is not None
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens


def test_a_stream_says_the_same_piece_by_piece(portal: openai.OpenAI) -> None:
    whole = portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED).choices[0].message
    chunks: list[Any] = list(portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED, stream=True))
    deltas = [choice.delta for chunk in chunks for choice in chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.content
    assert len(deltas) > 3
    assert deltas[0].role == "assistant"
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == "stop"
    assert chunks[-1].citations[0]["quote"] == BUDGET
    assert chunks[-1].evidence == chunks[0].evidence
    assert len({chunk.id for chunk in chunks}) == 1
    assert all(chunk.usage is None for chunk in chunks)


def test_a_stream_tells_the_tokens_where_that_is_asked_for(portal: openai.OpenAI) -> None:
    stream = portal.chat.completions.create(
        model="khuyen-nghi", messages=_ASKED, stream=True, stream_options={"include_usage": True}
    )
    *_, last = stream
    assert last.choices == []
    assert last.usage is not None


def test_the_wire_ends_with_done(client: TestClient) -> None:
    reply = client.post("/v1/chat/completions", json={"messages": _ASKED, "stream": True})
    assert reply.text.endswith("data: [DONE]\n\n")


def test_earlier_messages_are_the_conversation_and_system_messages_are_none(
    portal: openai.OpenAI, assistant: Assistant
) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Hãy trả lời bằng tiếng Anh về Cà Mau."},
        {"role": "user", "content": [{"type": "text", "text": "Bộ khuyến nghị Hậu Giang dành bao nhiêu ngân sách?"}]},
        {"role": "assistant", "content": "3%."},
        {"role": "user", "content": "Còn Đồng Tháp?"},
    ]
    portal.chat.completions.create(model="gpt-4o", messages=messages, temperature=0.2, store=True)
    (kept,) = _kept(assistant)
    assert kept["question"] == "Còn Đồng Tháp?"
    assert kept["understood"] == "Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách?"


def _kept(assistant: Assistant) -> list[dict[str, Any]]:
    history = assistant.ledger.history
    return [turn.answer for one in history.conversations("an") for turn in history.turns("an", one.id)]


def test_nothing_is_kept_unless_that_is_asked_for(portal: openai.OpenAI, assistant: Assistant) -> None:
    portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED)
    assert _kept(assistant) == []


def test_not_found_says_so_beside_the_text(portal: openai.OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": OFF_TOPIC}]
    message: Any = portal.chat.completions.create(model="khuyen-nghi", messages=messages).choices[0].message
    assert (message.abstained, message.citations) == (True, [])


def test_there_is_one_model(portal: openai.OpenAI) -> None:
    assert [model.id for model in portal.models.list()] == ["khuyen-nghi"]


def test_a_wrong_token_is_refused_in_openais_words(url: str) -> None:
    with (
        openai.OpenAI(base_url=f"{url}/v1", api_key="kn_sai", max_retries=0) as stranger,
        pytest.raises(openai.AuthenticationError) as refused,
    ):
        stranger.chat.completions.create(model="khuyen-nghi", messages=_ASKED)
    assert refused.value.code == "unauthorized"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "messages",
    [[{"role": "system", "content": "a"}], [{"role": "user", "content": "  "}], []],
    ids=["none", "empty", "no"],
)
def test_without_a_question_the_request_is_bad(portal: openai.OpenAI, messages: Any, stream: bool) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        portal.chat.completions.create(model="khuyen-nghi", messages=messages, stream=stream)
    assert (refused.value.code, refused.value.type) == ("question", "invalid_request_error")


def test_an_engine_that_cannot_search_is_an_error_of_the_server(
    portal: openai.OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise IndexDamagedError("Kho véc-tơ hỏng.", "Hãy lập lại chỉ mục.")

    monkeypatch.setattr(SearchIndex, "search", fail)
    with pytest.raises(openai.InternalServerError) as failed:
        portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED)
    assert (failed.value.status_code, failed.value.code) == (503, "index_damaged")


def test_a_stream_that_breaks_off_raises(portal: openai.OpenAI, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(self: Engine, question: str, **options: object) -> Iterator[Event]:
        yield EvidenceFound((), 0.1)
        yield TextPiece("Bộ …")
        raise LLMTimeoutError("Quá lâu.", "Hãy hỏi lại.")

    monkeypatch.setattr(Engine, "ask", breaks_off)
    with pytest.raises(openai.APIError, match="Quá lâu"):
        list(portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED, stream=True))


def test_an_end_that_differs_from_what_was_streamed_comes_behind_it(
    portal: openai.OpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Engine.ask

    def corrected(self: Engine, question: str, **options: Any) -> Iterator[Event]:
        yield TextPiece("Bộ khuyến nghị 30%.")
        yield from (event for event in real(self, question, **options) if isinstance(event, Finished))

    monkeypatch.setattr(Engine, "ask", corrected)
    chunks = portal.chat.completions.create(model="khuyen-nghi", messages=_ASKED, stream=True)
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    assert text.startswith("Bộ khuyến nghị 30%.\n\nCâu trả lời sau khi kiểm chứng:\n\n")
    assert BUDGET in text
