"""`/api/v1/history` and `/api/v1/feedback`: a user's own conversations, and what they think of the answers."""

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field

from bot.ledger.records import Feedback, Opinion
from bot.web.api_answer import Body, Shown, Text
from bot.web.problems import problems
from bot.web.served import Ours, Who
from bot.web.strict_routes import StrictRoute

router = APIRouter(tags=["history"], route_class=StrictRoute)
ConversationId = Annotated[Text, Path(description="The conversation's id.", max_length=200)]


class ConversationShown(Shown):
    """A user's questions that belong together."""

    id: str = Field(description="Its id; sent with a question, that goes on with it.")
    title: str = Field(description="Its first question.")
    started_at: datetime.datetime = Field(description="When it began, UTC.")
    last_at: datetime.datetime = Field(description="When it was last gone on with, UTC.")
    turns: int = Field(description="How many questions it holds.")


class Conversations(Shown):
    """The user's own conversations."""

    conversations: list[ConversationShown] = Field(description="Latest first.")


class TurnShown(Shown):
    """A question with its answer."""

    id: str = Field(description="Its id; feedback names it.")
    asked_at: datetime.datetime = Field(description="When, UTC.")
    question: str = Field(description="As it was typed.")
    answer: dict[str, Any] = Field(description="As `POST /api/v1/ask` gave it (AnswerShown).")


class Turns(Shown):
    """One conversation."""

    id: str = Field(description="Its id.")
    turns: list[TurnShown] = Field(description="Oldest first.")


class Deleted(Shown):
    """What was deleted."""

    deleted: int = Field(description="How many conversations.")


class FeedbackBody(Body):
    """What the user thinks of an answer of theirs."""

    turn: Text = Field(description="`AnswerShown.id`.", min_length=1, max_length=200)
    opinion: Opinion = Field(description="Useful, not useful, or that a citation is wrong.")
    citation: int = Field(default=0, description="The number of the citation that is wrong; 0 for none.", ge=0, le=1000)
    reason: Text = Field(default="", description="Why.", max_length=2000, examples=["Trích dẫn nói về tỉnh khác."])


class FeedbackShown(Shown):
    """Feedback that was kept; another on the same turn and citation takes its place."""

    id: str = Field(description="Its id.")
    turn: str = Field(description="The turn.")
    given_at: datetime.datetime = Field(description="When, UTC.")
    opinion: Opinion = Field(description="What the user thinks.")
    citation: int = Field(description="The number of the citation that is wrong; 0 for none.")
    reason: str = Field(description="Why.")


@router.post(
    "/feedback",
    status_code=201,
    summary="Tell what you think of an answer",
    response_model=FeedbackShown,
    response_description="What was kept.",
    responses=problems(400, 404, 413),
)
def feedback(assistant: Ours, who: Who, body: FeedbackBody) -> Feedback:
    """On an answer of your own. Another on the same turn and citation takes its place."""
    return assistant.give_feedback(who, body.turn, body.opinion, body.reason, body.citation)


@router.get(
    "/history",
    summary="List your conversations",
    response_model=Conversations,
    response_description="Latest first.",
    responses=problems(),
)
def conversations(
    assistant: Ours,
    who: Who,
    q: Annotated[Text, Query(description="Words of a question or an answer, however accented.", max_length=1000)] = "",
) -> Conversations:
    """Your own, all of them or those that hold the words."""
    return Conversations.model_validate({"conversations": assistant.conversations(who, q)})


@router.delete(
    "/history",
    summary="Delete all your conversations",
    response_description="How many there were.",
    responses=problems(),
)
def delete_all(assistant: Ours, who: Who) -> Deleted:
    """Feedback outlives them."""
    return Deleted(deleted=assistant.delete_history(who))


@router.get(
    "/history/{conversation}",
    summary="Read a conversation",
    response_description="Its questions and answers.",
    responses=problems(404),
)
def conversation(assistant: Ours, who: Who, conversation: ConversationId) -> Turns:
    """One of your own."""
    return Turns.model_validate({"id": conversation, "turns": assistant.turns(who, conversation)})


@router.delete(
    "/history/{conversation}",
    status_code=204,
    summary="Delete a conversation",
    response_description="It is deleted.",
    responses=problems(404),
)
def delete(assistant: Ours, who: Who, conversation: ConversationId) -> None:
    """One of your own. Feedback outlives it."""
    assistant.delete_conversation(who, conversation)
