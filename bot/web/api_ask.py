"""`/api/v1/ask`: one question in; the whole answer out as JSON, or its events as they come."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from pydantic import Field

from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece, Waiting
from bot.followup import Turn
from bot.web.answering import answer_of, events_of, first_of
from bot.web.api_answer import (
    AnswerShown,
    Body,
    CitationShown,
    EvidenceEvent,
    SentenceEvent,
    Text,
    TextEvent,
    WaitingEvent,
)
from bot.web.narrowed import WithinBody
from bot.web.problems import problem_of, problems
from bot.web.served import Here, Served, Who
from bot.web.sse import PING, EventStream, sse, stream_described
from bot.web.strict_routes import StrictRoute

ASK_PATH = "/api/v1/ask"
_TURNS = 100
_GONE = 499  # nobody reads it; logs tell it apart from an answer
_STREAM = """event: evidence
data: {"evidence": [{"document": "song-lam", "start": 52, "end": 129, "text": "…"}], "seconds": 0.04}

event: text
data: {"text": "Thứ trưởng khuyến nghị Sông Lam dành 3% ngân sách … [1]"}

event: sentence
data: {"text": "…", "verdict": "verbatim", "citations": [{"number": 1, "document": "song-lam", "start": 52, …}]}

event: end
data: {"text": "…", "id": "…"}

"""
router = APIRouter(tags=["ask"], route_class=StrictRoute)


class AskedBefore(Body):
    """An earlier question of the conversation, and its answer."""

    question: Text = Field(description="What was asked.", examples=["Bộ khuyến nghị Hậu Giang điều gì?"])
    answer: Text = Field(default="", description="What was answered.")


class AskBody(Body):
    """A question, and how it is to be read."""

    question: Text = Field(
        description="In Vietnamese, with or without diacritics.",
        min_length=1,
        examples=["Bộ khuyến nghị Đồng Tháp dành bao nhiêu ngân sách cho chuyển đổi số?"],
    )
    exact: bool = Field(
        default=False, description="Search as typed: no diacritics put back, no abbreviation spelled out."
    )
    conversation: Text = Field(
        default="",
        description="A conversation of the user's, which the question goes on with; `history` is then unused.",
    )
    history: Annotated[list[AskedBefore], Field(max_length=_TURNS)] = Field(
        default=[], description="Earlier turns, oldest first, for clients that remember them."
    )
    within: WithinBody = Field(default=WithinBody(), description="Which evidence may be used.")
    keep: bool = Field(default=True, description="Whether the answer goes into the user's history.")


@router.post(
    "/ask",
    summary="Ask a question",
    response_description="The answer.",
    response_model=AnswerShown,
    responses=problems(400, 404, 413),
)
async def ask(body: AskBody, request: Request, here: Here, who: Who) -> Answer | Response:
    """The whole answer, with evidence and citations. That nothing was found is an answer, too: `abstained`."""
    answer = await answer_of(request, await _asked(body, here, who), here.answers)
    return answer or Response(status_code=_GONE)


@router.post(
    "/ask/stream",
    summary="Ask a question and read the answer as it grows",
    response_class=EventStream,
    responses={
        200: {
            "description": "The events.",
            "content": stream_described(_STREAM, ["evidence", "waiting", "text", "sentence", "end", "error"]),
        },
        **problems(400, 404, 413),
    },
)
async def ask_stream(body: AskBody, request: Request, here: Here, who: Who) -> Response:
    """Server-sent events, each with JSON as its data.

    `evidence` (EvidenceEvent) first, before any model runs; `waiting` (WaitingEvent) while other questions are
    answered first; `text` (TextEvent), a piece of the answer; `sentence` (SentenceEvent) for each sentence with its
    verdict and citations, once the answer is whole; at last `end` (AnswerShown): its text replaces the pieces.
    `error` (Problem) in place of the end where the answer broke off. What fails before the first event is answered
    with a problem and its status. Closing the connection stops the answer.
    """
    events = events_of(await _asked(body, here, who), here.answers)
    first = await first_of(request, events)  # what fails before it has a status of its own
    return EventStream(_on_the_wire(first, events)) if first else Response(status_code=_GONE)


async def _asked(body: AskBody, here: Served, who: Who) -> Iterator[Event]:
    within = await to_thread.run_sync(body.within.understood, here.assistant, who)
    return here.assistant.ask(
        who,
        body.question,
        conversation=body.conversation,
        history=[Turn(turn.question, turn.answer) for turn in body.history],
        exact=body.exact,
        within=within,
        keep=body.keep,
    )


async def _on_the_wire(first: Event, events: AsyncGenerator[Event | None]) -> AsyncGenerator[bytes]:
    async with aclosing(events):
        try:
            for piece in _pieces(first):
                yield piece
            async for event in events:
                for piece in _pieces(event):
                    yield piece
        except Exception as exc:
            yield sse("error", problem_of(exc))


def _pieces(event: Event | None) -> Iterator[bytes]:
    match event:
        case None:
            yield PING
        case EvidenceFound():
            yield sse("evidence", EvidenceEvent.model_validate(event))
        case Waiting():
            yield sse("waiting", WaitingEvent.model_validate(event))
        case TextPiece():
            yield sse("text", TextEvent.model_validate(event))
        case Finished(answer):
            yield from (sse("sentence", sentence) for sentence in _sentences(answer))
            yield sse("end", AnswerShown.model_validate(answer))


def _sentences(answer: Answer) -> Iterator[SentenceEvent]:
    places = {citation.number: CitationShown.model_validate(citation) for citation in answer.citations}
    for sentence in answer.sentences:
        cited = [places[number] for number in sentence.citations if number in places]
        yield SentenceEvent(text=sentence.text, verdict=sentence.verdict, citations=cited)
