"""Buttons that save the conversation as a file; it is made in memory and handed to the browser, never stored."""

import base64
import datetime
from typing import Literal

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.export import docx, file_name, markdown
from bot.ui.asker import who
from bot.ui.clicks import on
from bot.ui.talk import Talk

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown;charset=utf-8",
}
_SAVE = "(file) => { window.khuyenNghi?.save(file); return []; }"


class ExportRow:
    """Builds its components where it is made."""

    def __init__(self, talk: gr.State) -> None:
        with gr.Row(visible=False, elem_id="export", elem_classes="own-widths") as self.row:
            as_docx = gr.Button("Tải câu chuyện (DOCX)", size="sm", min_width=150)
            as_markdown = gr.Button("Tải câu chuyện (Markdown)", size="sm", min_width=150)
        file = gr.JSON(visible=False)
        for button, make in ((as_docx, _docx), (as_markdown, _markdown)):
            made = on(button.click, make, [talk], [file])
            made.then(None, [file], [], js=_SAVE, api_visibility="private")


def _docx(talk: Talk, request: gr.Request) -> list[str]:
    return _file(talk, request, "docx")


def _markdown(talk: Talk, request: gr.Request) -> list[str]:
    return _file(talk, request, "md")


def _file(talk: Talk, request: gr.Request, ending: Literal["docx", "md"]) -> list[str]:
    """Name, type and content in base64; nothing where there is no answer."""
    try:
        answers = talk.of(who(request)).answers
    except KhuyenNghiError:
        answers = ()
    if not answers:
        return []
    now = datetime.datetime.now().astimezone()
    content = docx(answers, now) if ending == "docx" else markdown(answers, now).encode()
    return [file_name(now, ending), _TYPES[ending], base64.b64encode(content).decode()]
