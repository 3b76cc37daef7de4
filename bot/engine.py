"""One question in, one answer out: understand, search, decide, compose, check."""

import datetime
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from bot import abstain, compose, enumeration, smalltalk
from bot.admission import Admission
from bot.answer import Answer, Event, EvidenceFound, Finished, TextPiece, Waiting
from bot.answer_cache import AnswerCache, Key, replayed
from bot.background import beats
from bot.consult import Judged, Writing, consult
from bot.errors import LLMError
from bot.evidence import select
from bot.fit import Asked
from bot.followup import Turn, self_contained
from bot.injection import addresses_us
from bot.intent import intent_of
from bot.likelihood import weighed
from bot.live_register import LiveRegister, Stamp
from bot.narrowing import Narrowing
from bot.prompting import Prompts, load_prompts
from bot.question import Question, understand
from bot.replies import NOT_STATED, Replies
from bot.retriever import PassageRetriever
from bot.settings import Settings
from bot.underway import Run
from bot.within import ANYWHERE, Within
from index.errors import ModelCorruptError, ModelMissingError
from index.periods import period_of
from index.provinces import older_parts
from index.reading import Reading
from index.records import Hit
from index.register import Line, Register

_USUAL_QUESTION_CHARS = 200
_LEAST_EVIDENCE_CHARS = 300
# Of a conversation: what a follow-up may reach back to, and how much of an answer.
_TURNS, _TURN_CHARS = 6, 1500
# Who has gone is noticed at the next event: one comes at least this often.
_BEAT_S = 0.5
ChatFactory = Callable[[], BaseChatModel | None]


class Engine:
    """Answers questions from an index, with a chat model or without one. May be used from several threads."""

    def __init__(self, retriever: PassageRetriever, make_chat: ChatFactory, settings: Settings, model: str) -> None:
        """`make_chat` is called at the first question that needs the model; None means that there is none."""
        self._retriever = retriever
        self._make_chat = make_chat
        self._settings = settings
        chosen = settings.support_threshold
        self._threshold = abstain.calibrated_threshold(model) if chosen is None else chosen
        self._prompts: Prompts = load_prompts()
        self.register = LiveRegister(retriever.index, settings.corrections_file)
        self._replies = Replies(retriever.index, model, settings.digest)
        self._admission = Admission(settings.llm_queue, settings.llm_wait_s)
        self._cache = AnswerCache(settings.cached_answers)
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
        """Yield EvidenceFound, then Waiting while the model is busy, then TextPiece as the answer grows, then Finished.

        A question that follows up on the `history`, oldest turn first, is asked as it would stand by itself. An exact
        one is searched as it was typed: no diacritics are put back, no abbreviation spelled out, no turn looked at.
        Only evidence `within` counts. The model takes one question at a time, of one `user` after the other.

        Closing the iterator gives up the place in the queue and stops the model; for that an event comes every half
        second. Raises QuestionError and errors of the index. Failures of the model, or too long a queue, are not
        raised: the evidence is quoted and `Answer.notice` says what happened.
        """
        started = time.perf_counter()
        understood = understand(question, self._settings.question_chars)
        reading = self._read(understood, history, exact=exact)
        generation, (register, stamp) = self._retriever.index.generation, self.register.stamped()
        asked = _asked(reading, register, within)
        if (reply := smalltalk.reply(reading.text)) and not exact:
            run = Run(understood, reading, asked, user, started, (), time.perf_counter() - started)
            yield from self._replies.small_talk(run, reply)
            return
        key = self._key(understood, reading, within, generation, stamp)
        if held := self._cache.get(key):
            yield from replayed(held, understood.typed, time.perf_counter() - started)
            return
        with closing(self._answered(understood, asked, user, started)) as events:
            for event in events:
                if isinstance(event, Finished) and self._retriever.index.generation == generation:
                    self._cache.keep(key, event.answer)
                yield event

    def _key(self, question: Question, reading: Reading, within: Within, generation: int, stamp: Stamp) -> Key:
        same, today = replace(reading, typed=""), datetime.date.today()
        return Key(same, within, generation, stamp, self._settings.digest, today, addresses_us(question.typed))

    def search(self, reading: Reading, limit: int, within: Within = ANYWHERE) -> list[Hit]:
        """The best passages within what the reader narrowed it down to. Raises errors of the index."""
        narrowing = None if within == ANYWHERE else Narrowing(within, self.register.now())
        return self._retriever.index.search(reading, limit, keep=narrowing.holds_passage if narrowing else None)

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

    def _answered(self, question: Question, asked: Asked, user: str, started: float) -> Generator[Event, None, None]:
        """The events of a question that was not answered before."""
        run = self._find(question, asked, user, started)
        yield EvidenceFound(run.evidence, run.evidence_s)
        merged = [name for name in run.reading.provinces if set(older_parts(name)) & set(run.reading.parts)]
        is_known, period = self._retriever.index.is_known, asked.period
        verdict = abstain.before_model(run.reading.text, run.evidence, is_known, merged, period)
        enumerates = enumeration.asks_to_enumerate(asked.intent) and verdict.code != "name_not_found"
        if enumerates and (lines := self._lines(asked)):
            yield from self._replies.enumerated(run, lines)
            return
        if not verdict.enough:
            yield from self._replies.not_found(run, verdict)
            return
        if enumerates:
            told = (*run.reading.notes, enumeration.nothing_text(asked.intent))
            run = replace(run, reading=replace(run.reading, notes=told))
        shown = False
        try:
            with closing(self._with_model(run)) as events:
                for event in events:
                    shown = shown or isinstance(event, TextPiece)
                    yield event
        except (LLMError, ModelMissingError, ModelCorruptError) as exc:
            run = replace(run, notice=f"{exc} Dưới đây là các đoạn trích nguyên văn.")
            for event in self._replies.quoted(run, compose.choose(run.evidence, None)):
                if not (shown and isinstance(event, TextPiece)):  # what was shown stays until the end replaces it
                    yield event

    def _find(self, question: Question, asked: Asked, user: str, started: float) -> Run:
        reading, index = asked.reading, self._retriever.index
        hits = self._hits(asked)
        # A long question leaves less room: the model reads the two together before its first token.
        room = self._settings.evidence_chars - max(0, len(reading.text) - _USUAL_QUESTION_CHARS)
        found = select(reading.text, hits, index.rarity, max(room, _LEAST_EVIDENCE_CHARS), reading.also, asked)
        evidence = weighed(asked, found[: len(compose.LABELS)], hits, index.rarity)
        return Run(question, reading, asked, user, started, evidence, time.perf_counter() - started)

    def _hits(self, asked: Asked) -> list[Hit]:
        """What the search finds; where several provinces or speakers are named, for each of them too."""
        keep = asked.narrowing.holds_passage if asked.narrowing else None
        found = self._retriever.hits(asked.reading, keep)
        for name in asked.sides:
            found += self._retriever.hits(f"{name}: {asked.intent.topic}", keep)
        return list({hit.passage.id: hit for hit in reversed(found)}.values())[::-1]

    def _lines(self, asked: Asked) -> list[Line]:
        """What the register holds of what is asked for."""
        return enumeration.found(asked, self._retriever.index.rarity, self._replies.heading)

    def _with_model(self, run: Run) -> Generator[Event, None, None]:
        """Wait for the turn, then let the model judge, and perhaps write. Raises LLMError."""
        if note := abstain.note_on_sides(run.asked.sides, run.evidence):
            run = replace(run, reading=replace(run.reading, notes=(*run.reading.notes, note)))
        if self._chat_made and self._chat is None:
            yield from self._without_model(run)
            return
        turn = self._admission.join(run.user)
        try:
            for place in turn.places(_BEAT_S):
                yield Waiting(place)
        except BaseException:
            turn.leave()
            raise
        with closing(beats(self._consulted(run), _BEAT_S, turn.leave)) as work:
            yield from self._judged(run, work)

    def _without_model(self, run: Run) -> Iterator[Event]:
        """The likeliest pieces, where one is likely enough."""
        if abstain.is_likely(run.evidence):
            yield from self._replies.quoted(run, compose.choose(run.evidence, None))
        else:
            yield from self._replies.not_found(run, NOT_STATED)

    def _consulted(self, run: Run) -> Generator[Judged | str, None, None]:
        yield from consult(self.chat(), self._prompts, run, self._writing(run))

    def _writing(self, run: Run) -> Writing | None:
        """How the model is to write, if it is."""
        if self._settings.answer_style != "write" or addresses_us(run.question.typed):
            return None
        return Writing(self._threshold, self._settings.answer_tokens)

    def _judged(self, run: Run, work: Iterator[Judged | str | None]) -> Iterator[Event]:
        """What comes of the model's judgement and of what it writes."""
        judged = next(work)
        while not isinstance(judged, Judged):
            yield Waiting(0)
            judged = next(work)
        run = replace(run, support=judged.support, first_token_s=judged.first_token_s)
        if judged.first_token_s is None:
            yield from self._without_model(run)
        elif run.support is not None and run.support < self._threshold:
            yield from self._replies.not_found(run, NOT_STATED)
        elif self._writing(run):
            yield from self._replies.written(run, work, _BEAT_S)
        else:
            yield from self._replies.quoted(run, judged.chosen)


def _asked(reading: Reading, register: Register, within: Within) -> Asked:
    intent, today = intent_of(reading.text, register.speakers), datetime.date.today()
    narrowing = None if within == ANYWHERE else Narrowing(within, register)
    return Asked(intent, reading, period_of(reading.text, today), register, narrowing)
