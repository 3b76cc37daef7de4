"""What the page, the API and the portal all ask: questions, search, documents, register, feedback, history.

Who asks is known before anything is done; what is done is noted in the audit log.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answer import Event, Finished
from bot.engine import Engine
from bot.errors import KhuyenNghiError, NotFoundError, QuestionError
from bot.followup import Turn
from bot.identity import Identity
from bot.ledger.ledger import Ledger
from bot.ledger.records import Conversation, Feedback, KeptTurn, Opinion
from bot.live_register import LiveRegister
from bot.question import understand
from bot.register_asked import Asked, Typed
from bot.register_asked import understand as understand_filter
from bot.settings import Settings
from bot.within import ANYWHERE, Within
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


class Assistant:
    """May be used from several threads."""

    def __init__(self, engine: Engine, index: SearchIndex, ledger: Ledger, settings: Settings) -> None:
        self.engine = engine
        self.index = index
        self.ledger = ledger
        self.settings = settings
        self._register = LiveRegister(index, settings.corrections_file)

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

        The turns before are those of the `conversation`, or else those given. Raises as `Engine.ask`, NotFoundError
        for a conversation that is not the user's.
        """
        who.require("reader")
        if conversation:
            history = [turn_of(kept) for kept in self.ledger.history.turns(who.name, conversation)]
        try:
            for event in self.engine.ask(question, history=history, exact=exact, within=within, user=who.name):
                if isinstance(event, Finished):
                    outcome = event.answer.reason or "answered"
                    if keep and self.settings.history_days:
                        event = self._kept(who, event, conversation)
                    self._note(who, "ask", question, outcome)
                yield event
        except KhuyenNghiError as exc:
            self._note(who, "ask", question, exc.code)
            raise

    def _kept(self, who: Identity, event: Finished, conversation: str) -> Finished:
        kept = self.ledger.history.keep(who.name, event.answer, conversation)
        return Finished(replace(event.answer, id=kept.id, conversation=kept.conversation))

    def search(
        self, who: Identity, query: str, limit: int, *, exact: bool = False, within: Within = ANYWHERE
    ) -> list[Hit]:
        """The best passages. Raises QuestionError, errors of the index."""
        who.require("reader")
        self._note(who, "search", query)
        understood = understand(query, self.settings.question_chars)
        return self.engine.search(self.index.read(understood.text, exact=exact), limit, within)

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
        return self._register.now()

    def register(self, who: Identity, typed: Typed) -> tuple[Asked, list[Line]]:
        """What was understood, and the lines. Raises RegisterError."""
        register = self.whole_register(who)
        self._note(who, "register")
        asked = understand_filter(typed, register)
        return asked, register.lines(asked.wanted)

    def give_feedback(
        self, who: Identity, turn_id: str, opinion: Opinion, reason: str = "", citation: int = 0
    ) -> Feedback:
        """What the user thinks of an answer of theirs. Raises NotFoundError."""
        who.require("reader")
        turn = self.ledger.history.turn(who.name, turn_id)
        self._note(who, "feedback", opinion)
        return self.ledger.feedback.give(who.name, turn, opinion, reason, citation)

    def conversations(self, who: Identity, containing: str = "") -> list[Conversation]:
        """The user's own, latest first."""
        return self.ledger.history.conversations(who.name, containing)

    def turns(self, who: Identity, conversation: str) -> list[KeptTurn]:
        """Of one of the user's own, oldest first. Raises NotFoundError."""
        return self.ledger.history.turns(who.name, conversation)

    def delete_conversation(self, who: Identity, conversation: str) -> None:
        """One of the user's own. Raises NotFoundError."""
        self.ledger.history.delete(who.name, conversation)
        self._note(who, "delete_conversation")

    def _note(self, who: Identity, action: str, detail: str = "", outcome: str = "ok") -> None:
        self.ledger.audit.note(who.name, who.via, action, detail, outcome)


def turn_of(kept: KeptTurn) -> Turn:
    """A kept turn as a follow-up looks back at it."""
    return Turn(str(kept.answer.get("understood", kept.question)), str(kept.answer.get("text", "")))
