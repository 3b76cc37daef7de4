"""What OpenAI's clients send and read, with our citations beside it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.answer import Answer
from bot.errors import QuestionError
from bot.followup import Turn
from bot.web.api_answer import CitationShown, EvidenceShown, Text
from bot.web.narrowed import WithinBody

MODEL = "khuyen-nghi"
_MOST_MESSAGES = 400


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="allow")
    type: str = Field(description="`text`, or what is passed over.")
    text: Text = Field(default="", description="The text.")


class MessageBody(BaseModel):
    """A message of the conversation."""

    model_config = ConfigDict(extra="allow")
    role: str = Field(description="`user` and `assistant` are read, others passed over.", examples=["user"])
    content: Text | list[Part] | None = Field(default=None, description="What was said.")

    def said(self) -> str:
        """The text."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """How a stream ends."""

    model_config = ConfigDict(extra="allow")
    include_usage: bool = Field(default=False, description="Whether the last chunk tells the tokens.")


class ChatBody(BaseModel):
    """A request of OpenAI's shape; what is not described is taken and passed over."""

    model_config = ConfigDict(extra="allow")
    model: Text = Field(default=MODEL, description="Any; there is one.", examples=[MODEL])
    messages: Annotated[list[MessageBody], Field(max_length=_MOST_MESSAGES)] = Field(
        description="The last of the user's is the question, those before it are the conversation."
    )
    stream: bool | None = Field(default=False, description="Whether the answer comes piece by piece.")
    stream_options: StreamOptions | None = Field(default=None, description="How the stream ends.")
    store: bool | None = Field(default=False, description="Whether the answer goes into the user's history.")
    exact: bool = Field(default=False, description="Ours: search as typed.")
    within: WithinBody = Field(default=WithinBody(), description="Ours: which evidence may be used.")

    def question(self) -> str:
        """The last message of the user's. Raises QuestionError when there is none."""
        said = [message.said() for message in self.messages if message.role == "user"]
        if not said:
            raise QuestionError("Không có câu hỏi của người dùng.", "Hãy gửi một tin nhắn có role là «user».")
        return said[-1]

    def history(self) -> list[Turn]:
        """The turns before that, oldest first."""
        turns: list[Turn] = []
        spoken = [message for message in self.messages if message.role in ("user", "assistant")]
        while spoken and spoken[-1].role != "user":
            spoken.pop()
        for message in spoken[:-1]:
            if message.role == "user":
                turns.append(Turn(message.said(), ""))
            elif turns:
                turns[-1] = Turn(turns[-1].question, f"{turns[-1].answer}\n{message.said()}".strip())
        return turns


class Usage(BaseModel):
    """Tokens; 0 where no model was asked."""

    prompt_tokens: int = Field(description="Read.")
    completion_tokens: int = Field(description="Written.")
    total_tokens: int = Field(description="Both.")


class Told(BaseModel):
    """What we tell beside OpenAI's fields."""

    citations: list[CitationShown] = Field(description="The places that the answer cites; `[n]` in the text.")
    evidence: list[EvidenceShown] = Field(description="Everything that was found, the best first.")
    abstained: bool = Field(description="Whether nothing was found that answers the question.")
    notice: str = Field(description="What was not as usual, for the reader (Vietnamese).")
    turn: str = Field(description="The turn in the history, for feedback; empty where it was not stored.")


class Message(Told):
    """The answer."""

    role: Literal["assistant"] = Field(default="assistant", description="Always `assistant`.")
    content: str = Field(description="The answer, with the numbers of its citations.")
    refusal: None = Field(default=None, description="Always null.")


class Choice(BaseModel):
    """The one answer."""

    index: int = Field(default=0, description="Always 0.")
    message: Message = Field(description="The answer.")
    logprobs: None = Field(default=None, description="Always null.")
    finish_reason: Literal["stop"] = Field(default="stop", description="Always `stop`.")


class Completion(BaseModel):
    """A whole answer in OpenAI's shape."""

    id: str = Field(description="Of this answer.")
    object: Literal["chat.completion"] = Field(default="chat.completion", description="What this is.")
    created: int = Field(description="When, in seconds since 1970.")
    model: str = Field(description="Our model.", examples=[MODEL])
    choices: list[Choice] = Field(description="One.")
    usage: Usage = Field(description="Tokens.")


class Model(BaseModel):
    """What can be asked."""

    id: str = Field(description="Its name.", examples=[MODEL])
    object: Literal["model"] = Field(default="model", description="What this is.")
    created: int = Field(default=0, description="Always 0.")
    owned_by: str = Field(default=MODEL, description="Who serves it.")


class Models(BaseModel):
    """Everything that can be asked."""

    object: Literal["list"] = Field(default="list", description="What this is.")
    data: list[Model] = Field(description="One.")


def usage_of(answer: Answer) -> Usage:
    """The tokens of an answer."""
    read, written = answer.tokens.prompt or 0, answer.tokens.output or 0
    return Usage(prompt_tokens=read, completion_tokens=written, total_tokens=read + written)


def told_of(answer: Answer) -> dict[str, Any]:
    """The fields of `Told`."""
    return {
        "citations": [CitationShown.model_validate(one) for one in answer.citations],
        "evidence": [EvidenceShown.model_validate(one) for one in answer.evidence],
        "abstained": answer.abstained,
        "notice": answer.notice,
        "turn": answer.id,
    }
