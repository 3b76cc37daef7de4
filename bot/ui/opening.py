"""What a click on a citation, a card or a line opens: the document at its place."""

import secrets

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.clicks import number_of, text_of
from bot.ui.escape import message_html
from bot.ui.source_html import open_html


def opened_html(assistant: Assistant, request: gr.Request, event: gr.EventData) -> str:
    """The document, or why it cannot be opened."""
    try:
        place = number_of(event, "start"), number_of(event, "end")
        at = number_of(event, "at") if text_of(event, "at") else None
        found = open_html(assistant, who(request), text_of(event, "document"), *place, at)
    except KhuyenNghiError as exc:
        found = message_html(str(exc), error=True)
    # Opened a second time it must differ, or the page would not notice.
    return f'<div data-opening="{secrets.token_hex(4)}">{found}</div>'
