"""Whatever comes from a document or a reader is made harmless here and nowhere else."""

import html
import re

_TEMPLATE_SIGNS = {ord("{"): "&#123;", ord("}"): "&#125;", ord("$"): "&#36;", ord("`"): "&#96;"}


def escape(text: str) -> str:
    """Safe inside HTML, and inside the template language that Gradio's HTML component reads."""
    return html.escape(text).translate(_TEMPLATE_SIGNS)


def lines(text: str) -> str:
    """Escaped, line breaks kept."""
    return broken(escape(text))


def broken(escaped: str) -> str:
    """What is escaped already, with its line breaks shown."""
    return re.sub(r"\s*\n\s*", "<br>", escaped.strip())


def message_html(text: str, *, error: bool = False) -> str:
    """Plain text for the reader."""
    return f'<div class="message{" error" if error else ""}">{lines(text)}</div>'
