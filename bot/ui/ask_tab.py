"""The asking tab: the question above, the answer below it, beside it the passages and the source."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.service import Assistant
from bot.ui.answer_html import answer_html, earlier_html
from bot.ui.asker import who
from bot.ui.asking import growing_html, respond
from bot.ui.clicks import HEARING, Updates, on, text_of
from bot.ui.escape import message_html
from bot.ui.evidence_html import evidence_html
from bot.ui.examples import examples, examples_html
from bot.ui.export_row import ExportRow
from bot.ui.feedback_form import FeedbackForm
from bot.ui.history_panel import HistoryPanel
from bot.ui.narrowing import build_narrowing, choices_of, told, told_html, within_of
from bot.ui.opening import opened_html
from bot.ui.talk import Talk

_COLUMN_PX = 300
_BEGIN = "Câu trả lời sẽ hiện ở đây, kèm số dẫn tới đoạn gốc trong tài liệu."
_ANEW = "Câu hỏi sau đây không gắn với các câu trước."
_STOPPED = "Đã dừng theo yêu cầu. Các đoạn tìm được (nếu có) vẫn ở phần bên."
# How many questions are answered at once is the engine's affair; here nobody is kept waiting unheard.
_AT_ONCE = 64


class AskTab:
    """Builds its components where it is made, inside `gr.Blocks`."""

    def __init__(self, assistant: Assistant, *, compact: bool = False) -> None:
        self._assistant = assistant
        self._compact = compact
        self._talk = gr.State(Talk())
        self._busy = gr.State(False)
        self._build_question()
        with gr.Row(elem_id="results"):
            with gr.Column(scale=6, min_width=_COLUMN_PX):
                self._answer = gr.HTML(message_html(_BEGIN), elem_id="answer", js_on_load=HEARING)
                self._feedback = FeedbackForm(assistant, self._talk)
                self._export = ExportRow(self._talk)
                self._earlier = gr.HTML("", elem_id="earlier", js_on_load=HEARING)
            with gr.Column(scale=5, min_width=_COLUMN_PX, elem_id="beside"):
                self._source = gr.HTML("", elem_id="source", js_on_load=HEARING)
                self._evidence = gr.HTML("", elem_id="evidence", js_on_load=HEARING)
        self._connect()

    def _build_question(self) -> None:
        with gr.Row(elem_id="asking"):
            self._question = gr.Textbox(
                label="Câu hỏi",
                placeholder="Gõ câu hỏi, có dấu hoặc không dấu, rồi bấm Enter",
                lines=1,
                max_lines=5,
                scale=5,
                min_width=220,
                elem_id="question",
            )
            with gr.Row(elem_id="buttons"):
                self._send = gr.Button("Hỏi", variant="primary", size="md", min_width=70)
                self._stop = gr.Button("Dừng", size="md", min_width=70)
                self._anew = gr.Button("Câu chuyện mới", size="md", min_width=140)
        self._examples = gr.HTML("", elem_id="examples", js_on_load=HEARING)
        with gr.Row():
            with gr.Accordion("Giới hạn phạm vi tìm kiếm", open=False, elem_id="narrowing"):
                self._narrowing = build_narrowing()
                self._exact = gr.Checkbox(label="Tìm đúng như đã gõ (không thêm dấu, không mở chữ viết tắt)")
            kept = not self._compact and self._assistant.settings.history_days
            self._history = HistoryPanel(self._assistant, self._talk) if kept else None
        self._narrowed = gr.HTML("", elem_id="narrowed", js_on_load=HEARING)

    @property
    def _changed(self) -> list[Any]:
        """What an answer, or a new beginning, may change."""
        shown = [self._answer, self._evidence, self._earlier, self._source, self._examples, self._narrowed]
        return [self._question, self._busy, self._talk, *shown, *self._feedback.parts, self._export.row]

    def _connect(self) -> None:
        parts, narrowed = list(self._narrowing.parts), [self._narrowed]
        inputs = [self._question, self._exact, self._talk, *parts]
        typed = on([self._send.click, self._question.submit], self.ask, inputs, self._changed, _AT_ONCE)
        picked = on(self._examples.pick, self.ask, inputs, self._changed, _AT_ONCE)
        asked: list[dict[str, Any]] = [typed, picked]
        # First stop, then say so: the other way round the answer under way could overwrite it.
        stopped = self._stop.click(None, None, None, cancels=asked, api_visibility="private")
        on(stopped.then, self.stopped, [self._busy], [self._answer, self._busy])
        ended = self._anew.click(None, None, None, cancels=asked, api_visibility="private")
        on(ended.then, self.begin_anew, [], self._changed)
        for part in (self._answer, self._earlier, self._evidence, self._source):
            on(part.open, self.open_source, [], [self._source])
        on(self._answer.opine, self._feedback.begin, [self._talk], self._feedback.parts)
        on([part.change for part in parts], self.narrow, parts, narrowed)
        on(self._narrowed.clear, self._narrowing.emptied, [], [*parts, *narrowed])
        if self._history:
            self._history.connect(self.resume, self._changed)

    def when_opened(self, page: gr.Blocks) -> None:
        """What depends on the collection is asked for when somebody opens the page."""
        on(page.load, self.opened, [], [*self._narrowing.parts, self._examples])

    def opened(self, request: gr.Request) -> Updates:
        """What there is to choose from, and the examples."""
        try:
            identity = who(request)
            register, documents = self._assistant.whole_register(identity), self._assistant.documents(identity)
            return {**self._narrowing.filled(choices_of(register, documents)), **self._with_examples(identity)}
        except KhuyenNghiError:  # the first question will say so
            return {self._examples: ""}

    def _with_examples(self, identity: Identity) -> Updates:
        if self._compact:
            return {self._examples: ""}
        register, documents = self._assistant.whole_register(identity), self._assistant.documents(identity)
        return {self._examples: examples_html(examples(register, documents))}

    def ask(
        self, request: gr.Request, event: gr.EventData, typed: str, exact: bool, talk: Talk, *narrowing: Any
    ) -> Iterator[Updates]:
        """The answer as it grows."""
        question = text_of(event, "text") or typed
        try:
            identity, within = who(request), within_of(*narrowing)
        except KhuyenNghiError as exc:
            yield {self._answer: message_html(str(exc), error=True)}
            return
        talk = talk.of(identity)
        yield self._begun(talk, told_html(told(within)))
        for frame in respond(self._assistant, identity, question, talk, exact=exact, within=within):
            shown: Updates = {self._answer: frame.answer, self._evidence: frame.evidence}
            if frame.failed:
                shown |= {self._question: question, self._busy: False}
            if frame.finished:
                shown |= {self._busy: False, self._talk: talk.after(frame.finished)}
                shown |= {self._export.row: gr.Row(visible=True)}
            yield shown

    def _begun(self, talk: Talk, narrowed: str) -> Updates:
        return {
            self._question: "",
            self._busy: True,
            self._talk: talk,
            self._answer: growing_html("", "Đang tìm trong tài liệu …"),
            self._evidence: "",
            self._source: "",
            self._earlier: earlier_html(talk.answers),
            self._examples: "",
            self._narrowed: narrowed,
            **self._feedback.put_away(),
        }

    def stopped(self, busy: bool) -> Updates:
        """After the answer under way was stopped; one that is finished stays."""
        return {self._answer: message_html(_STOPPED) if busy else gr.skip(), self._busy: False}

    def begin_anew(self, request: gr.Request) -> Updates:
        """A new conversation."""
        empty: Updates = dict.fromkeys([self._question, self._evidence, self._source, self._earlier], "")
        fresh = {self._answer: message_html(_ANEW), self._talk: Talk(), self._busy: False}
        try:
            shown = self._with_examples(who(request))
        except KhuyenNghiError as exc:
            shown = {self._answer: message_html(str(exc), error=True)}
        return {**empty, **fresh, **shown, **self._feedback.put_away(), self._export.row: gr.Row(visible=False)}

    def resume(self, talk: Talk) -> Updates:
        """A conversation as it was left."""
        *before, last = talk.answers
        return {
            **self._begun(talk, ""),
            self._busy: False,
            self._answer: answer_html(last),
            self._evidence: evidence_html(last.evidence, last.citations),
            self._earlier: earlier_html(before),
            self._export.row: gr.Row(visible=True),
        }

    def narrow(self, *narrowing: Any) -> str:
        """The filter as it is read, while it is being chosen."""
        try:
            return told_html(told(within_of(*narrowing)))
        except KhuyenNghiError as exc:
            return told_html(str(exc), error=True)

    def open_source(self, request: gr.Request, event: gr.EventData) -> str:
        """The document that a citation or a card stands for."""
        return opened_html(self._assistant, request, event)
