"""One question in, one answer out: understand, search, decide, compose, check."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate

from bot import abstain, compose
from bot.answer import Answer, Event, EvidenceFound, Finished, Style, TextPiece, Timings
from bot.compose import Composed
from bot.errors import LLMError
from bot.evidence import Evidence, select
from bot.llms.base import next_token_odds, stream_text
from bot.prompting import Prompts, load_prompts
from bot.question import Question, understand
from bot.retriever import PassageRetriever
from bot.settings import Settings
from index.errors import ModelCorruptError, ModelMissingError

# Below this share of the question's words no passage is about the question.
LEAST_OVERLAP = 0.12
ChatFactory = Callable[[], BaseChatModel | None]


@dataclass(frozen=True)
class _Run:
    """What is known of a question under way."""

    question: Question
    started: float
    evidence: tuple[Evidence, ...]
    evidence_s: float
    first_token_s: float | None = None
    support: float | None = None
    notice: str = ""


class Engine:
    """Answers questions from an index, with a chat model or without one."""

    def __init__(self, retriever: PassageRetriever, make_chat: ChatFactory, settings: Settings, model: str) -> None:
        """`make_chat` is called at the first question that needs the model; None means that there is none."""
        self._retriever = retriever
        self._make_chat = make_chat
        self._settings = settings
        self._model = model
        chosen = settings.support_threshold
        self._threshold = abstain.calibrated_threshold(model) if chosen is None else chosen
        self._prompts: Prompts = load_prompts()
        self._chat: BaseChatModel | None = None
        self._chat_made = False

    def answer(self, question: str) -> Answer:
        """The whole answer. Raises as `ask`."""
        *_, last = self.ask(question)
        if not isinstance(last, Finished):
            raise TypeError("an answer ends with Finished")
        return last.answer

    def ask(self, question: str) -> Iterator[Event]:
        """Yield EvidenceFound, then TextPiece as the answer grows, then Finished. Closing the iterator stops it.

        Raises QuestionError, IndexMissingError and other errors of the index. Failures of the model are not
        raised: the evidence is quoted and `Answer.notice` says what happened.
        """
        started = time.perf_counter()
        run = self._find(understand(question, self._settings.question_chars), started)
        yield EvidenceFound(run.evidence, run.evidence_s)
        verdict = abstain.before_model(run.question.text, run.evidence, LEAST_OVERLAP)
        if not verdict.enough:
            yield from self._not_found(run, verdict)
            return
        try:
            yield from self._with_model(run)
        except (LLMError, ModelMissingError, ModelCorruptError) as exc:
            run = replace(run, notice=f"{exc} Dưới đây là các đoạn trích nguyên văn.")
            yield from self._quoted(run, None)

    def chat(self) -> BaseChatModel | None:
        """The chat model, loaded once."""
        if not self._chat_made:
            self._chat = self._make_chat()
            self._chat_made = True
        return self._chat

    def _find(self, question: Question, started: float) -> _Run:
        hits = self._retriever.hits(question.text)
        found = select(question.text, hits, self._retriever.index.rarity, self._settings.evidence_chars)
        order = {document: rank for rank, document in enumerate(dict.fromkeys(item.document for item in found))}
        evidence = tuple(sorted(found, key=lambda item: order[item.document]))[: len(compose.LABELS)]
        return _Run(question, started, evidence, time.perf_counter() - started)

    def _with_model(self, run: _Run) -> Iterator[Event]:
        chat = self.chat()
        if chat is None:
            yield from self._quoted(run, None)
            return
        support = abstain.probability_of_yes(self._odds(chat, self._prompts.supported, run))
        run = replace(run, support=support, first_token_s=time.perf_counter() - run.started)
        if support is not None and support < self._threshold:
            reason = "Các đoạn tìm được gần với câu hỏi nhưng không nêu điều được hỏi."
            yield from self._not_found(run, abstain.Verdict(False, "not_stated", reason))
        elif self._settings.answer_style == "write":
            yield from self._written(run, chat)
        else:
            yield from self._quoted(run, chat)

    def _odds(self, chat: BaseChatModel, prompt: ChatPromptTemplate, run: _Run) -> dict[str, float]:
        evidence = compose.render_evidence(run.evidence)
        return next_token_odds(chat, prompt.format_messages(evidence=evidence, question=run.question.text))

    def _quoted(self, run: _Run, chat: BaseChatModel | None) -> Iterator[Event]:
        odds = self._odds(chat, self._prompts.choose, run) if chat else None
        composed = compose.quote(compose.choose(run.evidence, odds))
        for piece in compose.pieces(composed):
            yield TextPiece(piece)
        yield Finished(self._answer(run, composed, "quote"))

    def _written(self, run: _Run, chat: BaseChatModel) -> Iterator[Event]:
        """Let the model write; what the checks do not accept is replaced by quotations when it has finished."""
        evidence = compose.render_evidence(run.evidence, numbered=True)
        messages = self._prompts.write.format_messages(evidence=evidence, question=run.question.text)
        text = ""
        for piece in stream_text(chat, messages, self._settings.answer_tokens):
            text += piece
            yield TextPiece(piece)
        if compose.NOT_FOUND in text.upper():
            reason = "Các đoạn tìm được gần với câu hỏi nhưng không nêu điều được hỏi."
            yield from self._not_found(run, abstain.Verdict(False, "not_stated", reason))
            return
        composed = compose.check_written(text, run.evidence)
        if not composed.sentences:
            quoted = compose.quote(compose.choose(run.evidence, None))
            notice = "Câu trả lời do mô hình viết không có căn cứ nên đã được thay bằng đoạn trích nguyên văn."
            composed = replace(quoted, dropped=composed.dropped)
            yield Finished(self._answer(replace(run, notice=notice), composed, "quote"))
            return
        yield Finished(self._answer(run, composed, "write"))

    def _not_found(self, run: _Run, verdict: abstain.Verdict) -> Iterator[Event]:
        text = abstain.not_found_text(verdict, self._retriever.index.documents(), run.evidence)
        yield TextPiece(text)
        answer = self._answer(run, Composed(text, (), ()), "none")
        yield Finished(replace(answer, abstained=True, reason=verdict.code))

    def _answer(self, run: _Run, composed: Composed, style: Style) -> Answer:
        return Answer(
            question=run.question.typed,
            understood=run.question.text,
            text=composed.text,
            abstained=False,
            reason="",
            style=style,
            sentences=composed.sentences,
            citations=composed.citations,
            evidence=run.evidence,
            model=self._model,
            settings=self._settings.digest,
            timings_s=Timings(run.evidence_s, run.first_token_s, time.perf_counter() - run.started),
            notice=run.notice,
            support=run.support,
            dropped=composed.dropped,
        )
