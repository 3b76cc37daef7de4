"""The form in which a keeper corrects a line of the register; only what differs from the line is a correction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import gradio as gr

from bot.correcting import Change
from bot.errors import KhuyenNghiError, NotFoundError
from bot.register_listing import one_line
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.clicks import Updates, on, text_of
from bot.ui.escape import escape, message_html
from index.fields import all_fields
from index.records import KINDS, SIDES, Statement
from index.register import Wanted, plain_kind, plain_side

_SAVED = "Đã ghi đính chính; câu này được đánh dấu «đã đính chính» trong sổ."
_TAKEN_OUT = "Đã đưa câu này ra khỏi sổ. Để đưa trở lại, chạy: bot register correct {id} --restore"
_RESTORED = "Đã bỏ mọi đính chính của câu này."
_WIDTH_PX = 200
# The line may stand far below the form.
_TO_FORM = """
const begin = () => window.requestAnimationFrame(() => {
  element.querySelector('h2')?.focus();
  element.querySelector('h2')?.scrollIntoView({ block: 'center' });
});
begin();
watch('value', begin);
"""


class CorrectionForm:
    """Builds its components where it is made, hidden; every event of it asks for the role keeper."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._statement = gr.State("")
        self.told = gr.HTML("", elem_id="corrected")
        with gr.Column(visible=False, elem_id="correcting") as self._group:
            self._quote = gr.HTML("", js_on_load=_TO_FORM)
            self._fields = _fields()
            with gr.Row():
                self._save = gr.Button("Lưu đính chính", variant="primary", size="md", min_width=_WIDTH_PX)
                self._take_out = gr.Button("Đưa ra khỏi sổ", variant="stop", size="md", min_width=_WIDTH_PX)
                self._restore = gr.Button("Bỏ mọi đính chính", size="md", min_width=_WIDTH_PX)
                self._close = gr.Button("Đóng", size="md", min_width=_WIDTH_PX)

    @property
    def parts(self) -> list[Any]:
        """What the form's own events change."""
        return [self.told, self._group, self._quote, self._statement, *self._fields.values()]

    def connect(self, correct: Any, refresh: Callable[..., Any], inputs: list[Any], outputs: list[Any]) -> None:
        """`correct` is the event of a line's button; `refresh` shows the list again once something is corrected."""
        on(correct, self.begin, [], self.parts)
        fields = list(self._fields.values())
        saved = (
            on(self._save.click, self.save, [self._statement, *fields], self.parts),
            on(self._take_out.click, self.take_out, [self._statement], self.parts),
            on(self._restore.click, self.restore, [self._statement], self.parts),
        )
        for event in saved:
            on(event.then, refresh, inputs, outputs)
        on(self._close.click, self.put_away, [], self.parts)

    def begin(self, request: gr.Request, event: gr.EventData) -> Updates:
        """The form with what the register says of a line now."""
        try:
            identity = who(request)
            identity.require("keeper")
            statement = self._line(identity, text_of(event, "statement"))
        except KhuyenNghiError as exc:
            return self.put_away(message_html(str(exc), error=True))
        values = {part: getattr(statement, name) for name, part in self._fields.items()}
        quote = f'<h2 tabindex="-1">Đính chính</h2><blockquote>{escape(one_line(statement.text))}</blockquote>'
        shown: Updates = {self.told: "", self._quote: quote, self._statement: statement.id}
        return {**shown, self._group: gr.Column(visible=True), **values}

    def save(self, request: gr.Request, statement_id: str, *typed: str | None) -> Updates:
        """Keep what differs from the line as it is now."""
        try:
            identity = who(request)
            identity.require("keeper")
            statement = self._line(identity, statement_id)
        except KhuyenNghiError as exc:
            return {self.told: message_html(str(exc), error=True)}
        new = {name: value or "" for name, value in zip(self._fields, typed, strict=True)}
        return self._keep(statement_id, change_of(statement, new), _SAVED, request)

    def take_out(self, statement_id: str, request: gr.Request) -> Updates:
        """The line is no statement."""
        return self._keep(statement_id, Change(removes=True), _TAKEN_OUT.format(id=statement_id), request)

    def restore(self, statement_id: str, request: gr.Request) -> Updates:
        """The line as it was read."""
        return self._keep(statement_id, Change(restores=True), _RESTORED, request)

    def put_away(self, told: str = "") -> Updates:
        """Without the form."""
        return {self.told: told, self._group: gr.Column(visible=False), self._quote: "", self._statement: ""}

    def _keep(self, statement_id: str, change: Change, told: str, request: gr.Request) -> Updates:
        try:
            self._assistant.keeping.correct(who(request), statement_id, change)
        except KhuyenNghiError as exc:
            return {self.told: message_html(str(exc), error=True)}
        return self.put_away(message_html(told))

    def _line(self, identity: Any, statement_id: str) -> Statement:
        """Raises NotFoundError."""
        for line in self._assistant.whole_register(identity).lines(Wanted()):
            if line.statement.id == statement_id:
                return line.statement
        raise NotFoundError(f"Không có ý kiến mang mã «{statement_id}».", "Hãy lọc lại sổ rồi thử lại.")


def change_of(statement: Statement, new: Mapping[str, str]) -> Change:
    """What differs between a statement and the values of the form, which tell the title with the speaker."""
    differing = {name: value for name, value in new.items() if value != getattr(statement, name)}
    if "speaker" in differing and "title" in new:
        differing["title"] = new["title"]
    return replace(Change(), **differing)  # type: ignore[arg-type]  # texts all


def _fields() -> dict[str, Any]:
    """By the statement's field."""
    with gr.Row():
        kind = gr.Dropdown([(plain_kind(one), one) for one in KINDS], label="Loại đúng", min_width=_WIDTH_PX)
        side = gr.Dropdown([(plain_side(one), one) for one in SIDES], label="Bên nói đúng", min_width=_WIDTH_PX)
        field = gr.Dropdown(list(all_fields()), label="Lĩnh vực đúng", min_width=_WIDTH_PX)
    with gr.Row():
        speaker = gr.Textbox(label="Người nói đúng (để trống nếu không rõ)", max_lines=1, min_width=_WIDTH_PX)
        title = gr.Textbox(label="Chức danh", max_lines=1, min_width=_WIDTH_PX)
    with gr.Row():
        recipient = gr.Textbox(label="Nơi nhận đúng", max_lines=1, min_width=_WIDTH_PX)
        province = gr.Textbox(label="Địa phương đúng (* là mọi địa phương)", max_lines=1, min_width=_WIDTH_PX)
    return {
        "kind": kind,
        "speaker_side": side,
        "field": field,
        "speaker": speaker,
        "title": title,
        "recipient": recipient,
        "province": province,
    }
