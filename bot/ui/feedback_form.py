"""What the reader thinks of the answer: a thumb at once, a reason and the wrong citation in a small form."""

import gradio as gr

from bot.answer import Answer
from bot.errors import KhuyenNghiError
from bot.ledger.records import Opinion
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.clicks import HEARING, Updates, on, text_of
from bot.ui.escape import message_html
from bot.ui.talk import Talk

_REASON_CHARS = 2000
_THANKS = "Cảm ơn anh/chị đã góp ý. Ý kiến đã được ghi lại."
_MORE = "Cảm ơn anh/chị đã góp ý. Nếu được, xin cho biết thêm lý do rồi bấm «Gửi góp ý»."
_WHICH = "Xin chọn trích dẫn sai, ghi lý do rồi bấm «Gửi góp ý»."
_TITLE_CHARS = 80


class FeedbackForm:
    """Builds its components where it is made."""

    def __init__(self, assistant: Assistant, talk: gr.State) -> None:
        self._assistant = assistant
        self._opinion = gr.State("")
        self._told = gr.HTML("", elem_id="thanks", js_on_load=HEARING)
        with gr.Column(visible=False, elem_id="feedback") as self._form:
            self._citation = gr.Dropdown([], label="Trích dẫn nào sai?")
            self._reason = gr.Textbox(label="Lý do", lines=2, max_lines=6, max_length=_REASON_CHARS)
            with gr.Row():
                send = gr.Button("Gửi góp ý", variant="primary", size="md", min_width=110)
                leave = gr.Button("Thôi", size="md", min_width=70)
        inputs = [talk, self._opinion, self._citation, self._reason]
        on(send.click, self.give, inputs, self.parts)
        on(leave.click, self.put_away, [], self.parts)

    @property
    def parts(self) -> list[gr.State | gr.HTML | gr.Column | gr.Dropdown | gr.Textbox]:
        """What the handlers change."""
        return [self._opinion, self._told, self._form, self._citation, self._reason]

    def put_away(self) -> Updates:
        """No form, nothing told."""
        return {self._form: gr.Column(visible=False), self._told: "", self._opinion: "", self._reason: ""}

    def begin(self, talk: Talk, request: gr.Request, event: gr.EventData) -> Updates:
        """A thumb counts at once; the form then asks for more, unless the answer was good."""
        opinion = _opinion(text_of(event, "opinion"))
        answer = talk.answers[-1] if talk.answers else None
        if opinion is None or answer is None or not answer.id:
            return self.put_away()
        try:
            if opinion != "wrong_citation":
                self._assistant.give_feedback(who(request), answer.id, opinion)
        except KhuyenNghiError as exc:
            return {**self.put_away(), self._told: message_html(str(exc), error=True)}
        if opinion == "up":
            return {**self.put_away(), self._told: message_html(_THANKS)}
        choices = _choices(answer) if opinion == "wrong_citation" else []
        return {
            self._opinion: opinion,
            self._told: message_html(_WHICH if choices else _MORE),
            self._form: gr.Column(visible=True),
            self._citation: gr.Dropdown(
                choices=choices, value=choices[0][1] if len(choices) == 1 else None, visible=bool(choices)
            ),
            self._reason: "",
        }

    def give(self, talk: Talk, typed: str, citation: int | None, reason: str, request: gr.Request) -> Updates:
        """What the form holds."""
        opinion = _opinion(typed)
        if opinion is None or not talk.answers:
            return self.put_away()
        if opinion == "wrong_citation" and not citation:
            return {self._told: message_html("Xin chọn trích dẫn sai trong danh sách.", error=True)}
        number = citation or 0 if opinion == "wrong_citation" else 0
        try:
            said = reason.strip()[:_REASON_CHARS]
            self._assistant.give_feedback(who(request), talk.answers[-1].id, opinion, said, number)
        except KhuyenNghiError as exc:
            return {self._told: message_html(str(exc), error=True)}
        return {**self.put_away(), self._told: message_html(_THANKS)}


def _choices(answer: Answer) -> list[tuple[str, int]]:
    return [(f"[{one.number}] {one.title[:_TITLE_CHARS]}", one.number) for one in answer.citations]


def _opinion(typed: str) -> Opinion | None:
    opinions: dict[str, Opinion] = {"up": "up", "down": "down", "wrong_citation": "wrong_citation"}
    return opinions.get(typed)
