"""What the engine asks of any LangChain chat model."""

from typing import Any

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from bot.errors import LLMError
from bot.llms.base import TOP_TOKENS, next_token_odds, stream_text
from tests.stand_ins import Reply, ScriptedChat

ASKED = [HumanMessage("Có hay không?")]


class OllamaShaped(ScriptedChat):
    """Gives log-probabilities as Ollama does: a bare list."""

    def _generate(self, *args: Any, **kwargs: Any) -> ChatResult:
        message = super()._generate(*args, **kwargs).generations[0].message
        metadata = {"logprobs": message.response_metadata["logprobs"]["content"]}
        reply = AIMessage(str(message.text), response_metadata=metadata)
        return ChatResult(generations=[ChatGeneration(message=reply)])


@pytest.mark.parametrize("kind", [ScriptedChat, OllamaShaped])
def test_odds_are_those_of_the_first_token(kind: type[ScriptedChat]) -> None:
    chat = kind(script=[Reply("Có", odds={"Có": 0.75, "Không": 0.25})])
    assert next_token_odds(chat, ASKED) == pytest.approx({"Có": 0.75, "Không": 0.25})
    assert chat.calls[0].options == {"max_tokens": 1, "logprobs": True, "top_logprobs": TOP_TOKENS}
    assert list(chat.calls[0].messages) == ASKED


def test_tokens_that_differ_in_white_space_are_one() -> None:
    chat = ScriptedChat(script=[Reply(odds={"Có": 0.5, " Có": 0.25, "Có\n": 0.125})])
    assert next_token_odds(chat, ASKED) == pytest.approx({"Có": 0.875})


@pytest.mark.parametrize(("text", "word"), [("Không có.", "Không"), ("[B] là đúng", "B"), ("  ", ""), ("", "")])
def test_without_log_probabilities_the_first_word_counts(text: str, word: str) -> None:
    assert next_token_odds(ScriptedChat(script=[Reply(text)]), ASKED) == {word: 1.0}


def test_text_is_streamed_in_pieces_and_bounded() -> None:
    chat = ScriptedChat(script=[Reply("một hai ba")])
    assert list(stream_text(chat, ASKED, 9)) == ["một ", "hai ", "ba"]
    assert chat.calls[0].options == {"max_tokens": 9}
    assert chat.calls[0].streamed


def test_closing_the_text_closes_the_models_stream() -> None:
    chat = ScriptedChat(script=[Reply("một hai ba")])
    text = stream_text(chat, ASKED, 9)
    assert next(text) == "một "
    text.close()  # type: ignore[attr-defined]  # typed as an iterator; it is a generator
    assert chat.streams_closed_early == 1


def test_foreign_errors_of_a_model_become_ours() -> None:
    chat = ScriptedChat(script=[Reply("a b c", error=OSError("hỏng"), pieces_before_error=1)])
    text = stream_text(chat, ASKED, 9)
    assert next(text) == "a "
    with pytest.raises(LLMError, match="hỏng"):
        next(text)
