"""The user's conversations: searched, opened again, deleted."""

from collections.abc import Callable
from typing import Any

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.clicks import HEARING, Updates, on, text_of
from bot.ui.escape import message_html
from bot.ui.history_html import history_html
from bot.ui.talk import Talk, resumed


class HistoryPanel:
    """Builds its components where it is made."""

    def __init__(self, assistant: Assistant, talk: gr.State) -> None:
        self._assistant = assistant
        with gr.Accordion("Lịch sử hỏi đáp", open=False, elem_id="history") as self._panel:
            self._words = gr.Textbox(
                label="Tìm trong lịch sử", placeholder="Gõ vài từ, có dấu hoặc không dấu, rồi bấm Enter", max_lines=1
            )
            self._list = gr.HTML("", elem_id="conversations", js_on_load=HEARING)
        on([self._panel.expand, self._words.submit, self._words.blur], self.show, [self._words], [self._list])
        on(self._list.delete, self.delete, [self._words, talk], [self._list, talk])
        on(self._list.delete_all, self.delete_all, [talk], [self._list, talk])

    def connect(self, show_again: Callable[[Talk], Updates], outputs: list[Any]) -> None:
        """Have a conversation that is opened again shown by the tab."""

        def resume(request: gr.Request, event: gr.EventData) -> Updates:
            try:
                identity, conversation = who(request), text_of(event, "conversation")
                talk = resumed(identity, conversation, self._assistant.turns(identity, conversation))
            except KhuyenNghiError as exc:
                return {self._list: message_html(str(exc), error=True)}
            return {**show_again(talk), self._panel: gr.Accordion(open=False)}

        on(self._list.resume, resume, [], [*outputs, self._list, self._panel])

    def show(self, words: str | None, request: gr.Request) -> str:
        """Those in which the words stand, all without words."""
        return self._shown(lambda identity: None, words, request)

    def delete(self, words: str | None, talk: Talk, request: gr.Request, event: gr.EventData) -> tuple[str, Talk]:
        """One of them."""
        conversation = text_of(event, "conversation")

        def delete(identity: Identity) -> None:
            self._assistant.delete_conversation(identity, conversation)

        return self._shown(delete, words, request), talk.without(conversation)

    def delete_all(self, talk: Talk, request: gr.Request) -> tuple[str, Talk]:
        """Every one."""

        def delete(identity: Identity) -> None:
            self._assistant.delete_history(identity)

        return self._shown(delete, "", request), talk.without("")

    def _shown(self, act: Callable[[Identity], None], typed: str | None, request: gr.Request) -> str:
        words = typed or ""  # None before the panel was first unfolded
        try:
            identity = who(request)
            act(identity)
            return history_html(self._assistant.conversations(identity, words), words)
        except KhuyenNghiError as exc:
            return message_html(str(exc), error=True)
