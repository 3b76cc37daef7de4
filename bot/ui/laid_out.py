"""The words of an answer laid out: lines that begin with a dash are a list, the line before them leads it."""

from collections.abc import Iterable
from itertools import groupby

from bot.ui.escape import broken

_DASH = "- "


def laid_out(pieces: Iterable[tuple[str, bool]]) -> str:
    """Escaped pieces with whether each is one sentence: the line breaks of a sentence begin no line of the answer."""
    lines = [line.strip() for line in _lines(pieces) if line.strip()]
    groups = [(is_list, list(held)) for is_list, held in groupby(lines, lambda line: line.startswith(_DASH))]
    shown = []
    for number, (is_list, held) in enumerate(groups, 1):
        if is_list:
            items = "".join(f"<li>{line.removeprefix(_DASH)}</li>" for line in held)
            shown.append(f'<ul class="points">{items}</ul>')
            continue
        lead = f'<p class="lead">{held.pop()}</p>' if number < len(groups) else ""
        shown.append("<br>".join(held) + lead)
    return "".join(shown)


def _lines(pieces: Iterable[tuple[str, bool]]) -> list[str]:
    lines = [""]
    for text, is_sentence in pieces:
        first, *others = [broken(text)] if is_sentence else text.split("\n")
        lines[-1] += first
        lines += others
    return lines
