"""What the page, the API and the portal all ask: questions, search, documents, register, feedback, history.

Who asks is known before anything is done; what is done is noted in the audit log.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, cast

from bot.answer import Answer, Event, Finished, Waiting
from bot.assembly import open_embedder
from bot.engine import Engine
from bot.errors import KhuyenNghiError, NotFoundError, QuestionError
from bot.followup import Turn
from bot.identity import Identity
from bot.keeping import Keeping
from bot.ledger.ledger import Ledger
from bot.ledger.records import Conversation, Feedback, KeptTurn, Opinion
from bot.question import understand
from bot.register_asked import Asked, Typed
from bot.register_asked import understand as understand_filter
from bot.settings import Settings
from bot.within import ANYWHERE, Within
from index.embed import Encoder
from index.records import Document, Hit
from index.register import Line, Register
from index.search import SearchIndex


@dataclass(frozen=True, slots=True)
class Context:
    """A stretch of a document with what stands around it: `text[inner_start:inner_end]` is the stretch asked for.

    `start` and `end` say where `text` stands in the document; `page` counts from 1, 0 without pages.
    """

    document: Document
    start: int
    end: int
    text: str
    inner_start: int
    inner_end: int
    heading: str
    page: int


class Watcher(Protocol):
    """Is told what happens, and nothing of who did it."""

    def answered(self, answer: Answer) -> None:
        """An answer was given, or that nothing was found."""
        ...

    def failed(self, code: str) -> None:
        """A question got no answer: the code of the error, or `cancelled`."""
        ...

    def judged(self, opinion: Opinion) -> None:
        """Somebody told what they think of an answer."""
        ...


@dataclass(eq=False)
class _UnderWay:
    """A question: how many go before it, and whether it has its answer."""

    place: int = 0
    finished: bool = False


class Assistant:
    """May be used from several threads. `keeping` is what keepers do."""

    def __init__(
        self,
        engine: Engine,
        index: SearchIndex,
        ledger: Ledger,
        settings: Settings,
        open_encoder: Callable[[], Encoder] | None = None,
    ) -> None:
        """`open_encoder` embeds what keepers add; without it the embedder of the settings does."""
        self.engine = engine
        self.index = index
        self.ledger = ledger
        self.settings = settings
        self.keeping = Keeping(settings, ledger.audit, open_encoder or partial(open_embedder, settings))
        self.watchers: list[Watcher] = []
        self._asked: set[_UnderWay] = set()

    def ask(
        self,
        who: Identity,
        question: str,
        *,
        conversation: str = "",
        history: Sequence[Turn] = (),
        exact: bool = False,
        within: Within = ANYWHERE,
        keep: bool = True,
    ) -> Iterator[Event]:
        """The events of `Engine.ask`; the last bears `Answer.id` and `Answer.conversation` where it was kept.

        The turns before are those of the `conversation`, or else those given. Closing it closes the engine's. Raises
        as `Engine.ask`, NotFoundError for a conversation that is not the user's.
        """
        with self._under_way(who, question) as state:
            who.require("reader")
            if conversation:
                history = [turn_of(kept) for kept in self.ledger.history.turns(who.name, conversation)]
            asked = self.engine.ask(question, history=history, exact=exact, within=within, user=who.name)
            with closing(cast(Generator[Event], asked)) as events:
                for event in events:
                    if isinstance(event, Waiting):
                        state.place = event.place
                    elif isinstance(event, Finished):
                        event = self._finished(who, event, conversation, keep=keep)
                        state.finished = True
                    yield event

    @property
    def waiting(self) -> int:
        """How many questions wait for the model."""
        return sum(state.place > 0 for state in list(self._asked))

    @contextmanager
    def _under_way(self, who: Identity, question: str) -> Iterator[_UnderWay]:
        """Note how it ends when it does not end with an answer."""
        state = _UnderWay()
        self._asked.add(state)
        try:
            yield state
        except GeneratorExit:
            if not state.finished:
                self._failed(who, question, "cancelled")
            raise
        except Exception as exc:
            self._failed(who, question, exc.code if isinstance(exc, KhuyenNghiError) else "internal")
            raise
        finally:
            self._asked.discard(state)

    def _finished(self, who: Identity, event: Finished, conversation: str, *, keep: bool) -> Finished:
        answer = event.answer
        if keep and self.settings.history_days:
            kept = self._kept(who, answer, conversation)
            answer = replace(answer, id=kept.id, conversation=kept.conversation)
        self._note(who, "ask", answer.question, answer.reason or "answered")
        for watcher in self.watchers:
            watcher.answered(answer)
        return Finished(answer)

    def _kept(self, who: Identity, answer: Answer, conversation: str) -> KeptTurn:
        try:
            return self.ledger.history.keep(who.name, answer, conversation)
        except NotFoundError:  # deleted while the answer was made
            return self.ledger.history.keep(who.name, answer)

    def _failed(self, who: Identity, question: str, code: str) -> None:
        self._note(who, "ask", question, code)
        for watcher in self.watchers:
            watcher.failed(code)

    def search(
        self, who: Identity, query: str, limit: int, *, exact: bool = False, within: Within = ANYWHERE
    ) -> list[Hit]:
        """The best passages. Raises QuestionError, errors of the index."""
        with self._noted(who, "search", query):
            who.require("reader")
            understood = understand(query, self.settings.question_chars)
            return self.engine.search(self.index.read(understood.text, exact=exact), limit, within)

    def within(self, who: Identity, typed: Typed) -> Within:
        """What is typed to narrow a question down, as understood. Raises RegisterError."""
        wanted = understand_filter(typed, self.whole_register(who)).wanted
        kinds = wanted.kinds if typed.kinds else ()
        return Within(wanted.provinces, wanted.since, wanted.until, wanted.fields, kinds)

    def documents(self, who: Identity) -> list[Document]:
        """Every document, oldest first."""
        who.require("reader")
        return self.index.documents()

    def document(self, who: Identity, document_id: str) -> Document:
        """Raises NotFoundError."""
        who.require("reader")
        found = self.index.document(document_id)
        if found is None:
            raise NotFoundError(
                f"Không có tài liệu «{document_id}».", "Tài liệu có thể đã được gỡ; hãy xem danh sách tài liệu."
            )
        return found

    def context(self, who: Identity, document_id: str, start: int, end: int, around: int = 400) -> Context:
        """A stretch of a document with `around` characters on both sides. Raises NotFoundError, QuestionError."""
        document = self.document(who, document_id)
        if not 0 <= start < end <= len(document.text):
            raise QuestionError(
                f"Vị trí {start}–{end} không có trong tài liệu.", f"Tài liệu có {len(document.text)} ký tự, đếm từ 0."
            )
        first, last = max(0, start - around), min(len(document.text), end + around)
        return Context(
            document=document,
            start=first,
            end=last,
            text=document.text[first:last],
            inner_start=start - first,
            inner_end=end - first,
            heading=self.index.heading_at(document_id, start),
            page=document.page_of(start),
        )

    def whole_register(self, who: Identity) -> Register:
        """The register as it is now. Raises IndexDamagedError or CorrectionsDamagedError."""
        who.require("reader")
        return self.engine.register.now()

    def register(self, who: Identity, typed: Typed) -> tuple[Asked, list[Line]]:
        """What was understood, and the lines. Raises RegisterError."""
        with self._noted(who, "register"):
            register = self.whole_register(who)
            asked = understand_filter(typed, register)
            return asked, register.lines(asked.wanted)

    def give_feedback(
        self, who: Identity, turn_id: str, opinion: Opinion, reason: str = "", citation: int = 0
    ) -> Feedback:
        """What the user thinks of an answer of theirs. Raises NotFoundError, for a citation too."""
        with self._noted(who, "feedback", opinion):
            who.require("reader")
            turn = self.ledger.history.turn(who.name, turn_id)
            if citation and citation not in [one.get("number") for one in turn.answer.get("citations", ())]:
                raise NotFoundError(f"Câu trả lời không có trích dẫn [{citation}].", "Hãy chọn một trích dẫn của nó.")
            given = self.ledger.feedback.give(who.name, turn, opinion, reason, citation)
        for watcher in self.watchers:
            watcher.judged(opinion)
        return given

    def conversations(self, who: Identity, containing: str = "") -> list[Conversation]:
        """The user's own, latest first."""
        who.require("reader")
        return self.ledger.history.conversations(who.name, containing)

    def turns(self, who: Identity, conversation: str) -> list[KeptTurn]:
        """Of one of the user's own, oldest first. Raises NotFoundError."""
        who.require("reader")
        return self.ledger.history.turns(who.name, conversation)

    def delete_conversation(self, who: Identity, conversation: str) -> None:
        """One of the user's own. Raises NotFoundError."""
        with self._noted(who, "delete_conversation", conversation):
            who.require("reader")
            self.ledger.history.delete(who.name, conversation)

    def delete_history(self, who: Identity) -> int:
        """Every conversation of the user's; how many there were."""
        with self._noted(who, "delete_history"):
            who.require("reader")
            return self.ledger.history.delete_all(who.name)

    @contextmanager
    def _noted(self, who: Identity, action: str, detail: str = "") -> Iterator[None]:
        """Note what is done inside, and how it went."""
        try:
            yield
        except KhuyenNghiError as exc:
            self._note(who, action, detail, exc.code)
            raise
        self._note(who, action, detail)

    def _note(self, who: Identity, action: str, detail: str = "", outcome: str = "ok") -> None:
        self.ledger.audit.note(who.name, who.via, action, detail[: self.settings.question_chars], outcome)


def turn_of(kept: KeptTurn) -> Turn:
    """A kept turn as a follow-up looks back at it."""
    return Turn(str(kept.answer.get("understood", kept.question)), str(kept.answer.get("text", "")))
