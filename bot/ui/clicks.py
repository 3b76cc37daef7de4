"""Clicks on our own HTML: what a button bears comes back as an event, and is read with suspicion."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import gradio as gr

from bot.errors import QuestionError

# What an event changes: components with their new values.
Updates = dict[Any, Any]
_AT_ONCE = 16
# The names stand here in quotes, as Gradio wants them in order to know the events.
HEARING: Final = """
const acts = ['open', 'opine', 'pick', 'clear', 'resume', 'delete', 'delete_all'];
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (button && acts.includes(button.dataset.act)) {
    window.khuyenNghi?.acted(button);
    trigger(button.dataset.act, { ...button.dataset });
  }
});
watch('value', () => window.khuyenNghi?.shown(element));
"""


def text_of(event: gr.EventData, name: str) -> str:
    """What a button bears under a name, empty where it bears none."""
    held = event._data.get(name) if isinstance(event._data, dict) else None
    return held if isinstance(held, str) else ""


def number_of(event: gr.EventData, name: str) -> int:
    """The same as a number. Raises QuestionError where it is none."""
    held = text_of(event, name)
    if not held.isdecimal() or len(held) > 12:
        raise QuestionError("Vị trí trong tài liệu không hợp lệ.", "Hãy tải lại trang rồi thử lại.")
    return int(held)


def on(
    triggers: Any, handler: Callable[..., Any], inputs: list[Any], outputs: list[Any], at_once: int = _AT_ONCE
) -> gr.events.Dependency:
    """Connect events to a handler, not open to callers from outside, and with no bar over what it changes."""
    connect = partial(gr.on, triggers) if isinstance(triggers, list) else triggers
    return connect(  # type: ignore[no-any-return]  # Gradio makes its listeners at run time
        handler, inputs, outputs, concurrency_limit=at_once, show_progress="hidden", api_visibility="private"
    )
