"""One question in, one answer out: understand, search, decide, compose, check."""

import datetime
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from langchain_core.callbacks import UsageMetadataCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.prompts import ChatPromptTemplate

from bot import abstain, compose, enumeration, smalltalk
from bot.answer import Answer, Event, EvidenceFound, Finished, Style, TextPiece, Timings, Tokens
from bot.compose import Composed
from bot.enumerated import enumerate_lines
from bot.errors import LLMError
from bot.evidence import Evidence, select
from bot.fit import Asked
from bot.followup import Turn, self_contained
from bot.injection import addresses_us
from bot.intent import intent_of
from bot.likelihood import weighed
from bot.live_register import LiveRegister
from bot.llms.base import next_token_odds, stream_text
from bot.prompting import Prompts, load_prompts
from bot.question import Question, understand
from bot.retriever import PassageRetriever
from bot.settings import Settings
from bot.within import ANYWHERE, Within
from index.errors import ModelCorruptError, ModelMissingError
from index.periods import period_of
from index.provinces import older_parts
from index.reading import Reading
from index.records import Hit
from index.register import Line

_NOT_STATED = abstain.Verdict(False, "not_stated", "Các đoạn tìm được gần với câu hỏi nhưng không nêu điều được hỏi.")
_USUAL_QUESTION_CHARS = 200
_LEAST_EVIDENCE_CHARS = 300
# Of a conversation: what a follow-up may reach back to, and how much of an answer.
_TURNS, _TURN_CHARS = 6, 1500
ChatFactory = Callable[[], BaseChatModel | None]


@dataclass(frozen=True)
class _Run:
    """What is known of a question under way."""

    question: Question
    reading: Reading
    asked: Asked
    started: float
    evidence: tuple[Evidence, ...]
    evidence_s: float
    first_token_s: float | None = None
    support: float | None = None
    notice: str = ""
    meter: UsageMetadataCallbackHandler = field(default_factory=UsageMetadataCallbackHandler)


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
        self._register = LiveRegister(retriever.index, settings.corrections_file)
        self._chat: BaseChatModel | None = None
        self._chat_made = False
        self._loading = threading.Lock()

    def answer(self, question: str, *, history: Sequence[Turn] = (), exact: bool = False) -> Answer:
        """The whole answer. Raises as `ask`."""
        *_, last = self.ask(question, history=history, exact=exact)
        if not isinstance(last, Finished):
            raise TypeError("an answer ends with Finished")
        return last.answer

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        exact: bool = False,
        within: Within = ANYWHERE,
        user: str = "",
    ) -> Iterator[Event]:
        """Yield EvidenceFound, then TextPiece as the answer grows, then Finished.

        A question that follows up on the `history`, oldest turn first, is asked as it would stand by itself. An exact
        one is searched as it was typed: no diacritics are put back, no abbreviation spelled out, no turn looked at.

        Closing the iterator stops a model that writes at its next token, and one that chooses before its next call.
        Raises QuestionError, IndexMissingError and other errors of the index. Failures of the model are not
        raised: the evidence is quoted and `Answer.notice` says what happened.
        """
        started = time.perf_counter()
        understood = understand(question, self._settings.question_chars)
        reading = self._read(understood, history, exact=exact)
        if (reply := smalltalk.reply(reading.text)) and not exact:
            run = _Run(understood, reading, self._asked(reading), started, (), time.perf_counter() - started)
            yield from self._small_talk(run, reply)
            return
        run = self._find(understood, reading, started)
        yield EvidenceFound(run.evidence, run.evidence_s)
        merged = [name for name in run.reading.provinces if set(older_parts(name)) & set(run.reading.parts)]
        is_known, period = self._retriever.index.is_known, run.asked.period
        verdict = abstain.before_model(run.reading.text, run.evidence, is_known, merged, period)
        enumerates = enumeration.asks_to_enumerate(run.asked.intent) and verdict.code != "name_not_found"
        if enumerates and (lines := self._lines(run)):
            yield from self._enumerated(run, lines)
            return
        if not verdict.enough:
            yield from self._not_found(run, verdict)
            return
        if enumerates:
            told = (*run.reading.notes, enumeration.nothing_text(run.asked.intent))
            run = replace(run, reading=replace(run.reading, notes=told))
        shown = False
        try:
            for event in self._with_model(run):
                shown = shown or isinstance(event, TextPiece)
                yield event
        except (LLMError, ModelMissingError, ModelCorruptError) as exc:
            run = replace(run, notice=f"{exc} Dưới đây là các đoạn trích nguyên văn.")
            for event in self._quoted(run, compose.choose(run.evidence, None)):
                if not (shown and isinstance(event, TextPiece)):  # what was shown stays until the end replaces it
                    yield event

    def search(self, reading: Reading, limit: int, within: Within = ANYWHERE) -> list[Hit]:
        """The best passages within what the reader narrowed it down to. Raises errors of the index."""
        return self._retriever.index.search(reading, limit)

    def warm(self) -> None:
        """Load the embedder ahead of the first question. Raises as the index does."""
        self._retriever.hits("khởi động")

    def chat(self) -> BaseChatModel | None:
        """The chat model, loaded once."""
        with self._loading:
            if not self._chat_made:
                self._chat = self._make_chat()
                self._chat_made = True
            return self._chat

    def _read(self, question: Question, history: Sequence[Turn], *, exact: bool) -> Reading:
        """How the question is understood, standing by itself."""
        reading = self._retriever.index.read(question.text, exact=exact)
        if exact or not history:
            return reading
        limit = self._settings.question_chars
        turns = [Turn(turn.question[:limit], turn.answer[:_TURN_CHARS]) for turn in history[-_TURNS:]]
        whole = self_contained(reading.text, turns)
        return reading if whole == reading.text else self._retriever.index.read(whole[: 2 * limit])

    def _find(self, question: Question, reading: Reading, started: float) -> _Run:
        index = self._retriever.index
        asked = self._asked(reading)
        hits = self._hits(asked)
        # A long question leaves less room: the model reads the two together before its first token.
        room = self._settings.evidence_chars - max(0, len(reading.text) - _USUAL_QUESTION_CHARS)
        found = select(reading.text, hits, index.rarity, max(room, _LEAST_EVIDENCE_CHARS), reading.also, asked)
        evidence = weighed(asked, found[: len(compose.LABELS)], hits, index.rarity)
        return _Run(question, reading, asked, started, evidence, time.perf_counter() - started)

    def _asked(self, reading: Reading) -> Asked:
        register = self._register.now()
        intent = intent_of(reading.text, register.speakers)
        return Asked(intent, reading, period_of(reading.text, datetime.date.today()), register)

    def _lines(self, run: _Run) -> list[Line]:
        """What the register holds of what is asked for."""
        return enumeration.found(run.asked, self._retriever.index.rarity, self._heading)

    def _heading(self, line: Line) -> str:
        return self._retriever.index.heading_at(line.document.id, line.statement.start)

    def _enumerated(self, run: _Run, lines: Sequence[Line]) -> Iterator[Event]:
        composed = enumerate_lines(lines, run.asked, self._heading, _beside(lines, run))
        for piece in compose.pieces(composed):
            yield TextPiece(piece)
        yield Finished(self._answer(run, composed, "quote"))

    def _hits(self, asked: Asked) -> list[Hit]:
        """What the search finds; where several provinces or speakers are named, for each of them too."""
        found = self._retriever.hits(asked.reading)
        for name in asked.sides:
            found += self._retriever.hits(f"{name}: {asked.intent.topic}")
        return list({hit.passage.id: hit for hit in reversed(found)}.values())[::-1]

    def _with_model(self, run: _Run) -> Iterator[Event]:
        if note := abstain.note_on_sides(run.asked.sides, run.evidence):
            run = replace(run, reading=replace(run.reading, notes=(*run.reading.notes, note)))
        chat = self.chat()
        if chat is None:
            if abstain.is_likely(run.evidence):
                yield from self._quoted(run, compose.choose(run.evidence, None))
            else:
                yield from self._not_found(run, _NOT_STATED)
            return
        letters = compose.lettered(run.evidence)
        whole = self._odds(chat, self._prompts.supported, letters, run)
        run = replace(run, first_token_s=time.perf_counter() - run.started)
        chosen = compose.choose(run.evidence, self._odds(chat, self._prompts.choose, letters, run))
        alone = self._odds(chat, self._prompts.alone, compose.harmless(chosen[0].text), run)
        judged = [abstain.probability_of_yes(odds) for odds in (whole, alone)]
        run = replace(run, support=abstain.support(judged, run.evidence))
        if run.support is not None and run.support < self._threshold:
            yield from self._not_found(run, _NOT_STATED)
        elif self._settings.answer_style == "write" and not addresses_us(run.question.typed):
            yield from self._written(run, chat)
        else:
            yield from self._quoted(run, chosen)

    def _odds(self, chat: BaseChatModel, prompt: ChatPromptTemplate, evidence: str, run: _Run) -> dict[str, float]:
        messages = prompt.format_messages(evidence=evidence, question=compose.harmless(run.reading.text))
        return next_token_odds(chat, messages, run.meter)

    def _quoted(self, run: _Run, chosen: list[Evidence]) -> Iterator[Event]:
        composed = compose.quote(chosen)
        for piece in compose.pieces(composed):
            yield TextPiece(piece)
        yield Finished(self._answer(run, composed, "quote"))

    def _written(self, run: _Run, chat: BaseChatModel) -> Iterator[Event]:
        """Let the model write; a sentence is shown once it is checked, or the quotation in its place."""
        question = compose.harmless(run.reading.text)
        messages = self._prompts.write.format_messages(evidence=compose.numbered(run.evidence), question=question)
        text, shown = "", ""
        for piece in stream_text(chat, messages, self._settings.answer_tokens, run.meter):
            text += piece
            checked = compose.check_written(compose.finished_part(text), run.evidence).text
            if len(checked) > len(shown):
                yield TextPiece(checked[len(shown) :])
                shown = checked
        if compose.says_not_found(text):
            yield from self._not_found(run, _NOT_STATED)
            return
        composed = compose.check_written(text, run.evidence)
        if not composed.sentences:
            quoted = compose.quote(compose.choose(run.evidence, None))
            notice = "Câu trả lời do mô hình viết không có căn cứ nên đã được thay bằng đoạn trích nguyên văn."
            composed = replace(quoted, dropped=composed.dropped)
            yield Finished(self._answer(replace(run, notice=notice), composed, "quote"))
            return
        if len(composed.text) > len(shown):
            yield TextPiece(composed.text[len(shown) :])
        yield Finished(self._answer(run, composed, "write"))

    def _small_talk(self, run: _Run, reply: str) -> Iterator[Event]:
        yield TextPiece(reply)
        yield Finished(replace(self._answer(run, Composed(reply, (), ()), "none"), abstained=True, reason="small_talk"))

    def _not_found(self, run: _Run, verdict: abstain.Verdict) -> Iterator[Event]:
        text = abstain.not_found_text(verdict, self._retriever.index.documents(), run.evidence)
        yield TextPiece(text)
        answer = self._answer(run, Composed(text, (), ()), "none")
        yield Finished(replace(answer, abstained=True, reason=verdict.code))

    def _answer(self, run: _Run, composed: Composed, style: Style) -> Answer:
        return Answer(
            question=run.question.typed,
            understood=run.reading.text,
            notes=run.reading.notes,
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
            tokens=_tokens(run),
            notice=run.notice,
            support=run.support,
            dropped=composed.dropped,
        )


def _beside(lines: Sequence[Line], run: _Run) -> list[Evidence]:
    """What the search holds for as good an answer as any, and the register has not among the lines."""
    held, asked = {line.statement.id for line in lines}, run.asked
    told = {asked.side_of(line.document, [line]) for line in lines}
    return [
        item
        for item in compose.choose(run.evidence, None)
        if held.isdisjoint(said.id for said in item.said)
        and asked.may_be_of(item.said)
        and (asked.intent.topic or (item.place and item.place not in told))
    ]


def _tokens(run: _Run) -> Tokens:
    used = run.meter.usage_metadata.values()
    if not used and run.first_token_s is not None:
        return Tokens()
    return Tokens(sum(one["input_tokens"] for one in used), sum(one["output_tokens"] for one in used))
