"""What the model is asked about the evidence: whether the answer is there, where, and perhaps to write it."""

import time
from collections.abc import Generator
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate

from bot import abstain, background, compose
from bot.evidence import Evidence
from bot.llms.base import next_token_odds, stream_text
from bot.prompting import Prompts
from bot.underway import Run


@dataclass(frozen=True, slots=True)
class Judged:
    """The pieces to quote, best first; the model's support for an answer, and when its first token came.

    Both are None without a model; the support also where the model said neither yes nor no.
    """

    chosen: tuple[Evidence, ...]
    support: float | None = None
    first_token_s: float | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """How the model is to write: from which support on, and how much."""

    least_support: float
    most_tokens: int


def consult(
    chat: BaseChatModel | None, prompts: Prompts, run: Run, writing: Writing | None
) -> Generator[Judged | str, None, None]:
    """What the model judges, then what it writes, piece by piece, if it is to. Raises LLMError."""
    if chat is None:
        yield Judged(tuple(compose.choose(run.evidence, None)))
        return
    letters, is_abandoned = compose.lettered(run.evidence), background.is_abandoned()
    whole = _odds(chat, prompts.supported, letters, run)
    first_token_s = time.perf_counter() - run.started
    if is_abandoned():
        return
    chosen = compose.choose(run.evidence, _odds(chat, prompts.choose, letters, run))
    if is_abandoned():
        return
    alone = _odds(chat, prompts.alone, compose.harmless(chosen[0].text), run)
    support = abstain.support([abstain.probability_of_yes(odds) for odds in (whole, alone)], run.evidence)
    yield Judged(tuple(chosen), support, first_token_s)
    if writing and (support is None or support >= writing.least_support):
        question = compose.harmless(run.reading.text)
        messages = prompts.write.format_messages(evidence=compose.numbered(run.evidence), question=question)
        yield from stream_text(chat, messages, writing.most_tokens, run.meter)


def _odds(chat: BaseChatModel, prompt: ChatPromptTemplate, evidence: str, run: Run) -> dict[str, float]:
    messages = prompt.format_messages(evidence=evidence, question=compose.harmless(run.reading.text))
    return next_token_odds(chat, messages, run.meter)
