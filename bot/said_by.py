"""Who says a piece of evidence, in what capacity, when and to whom: by the register, in words for people."""

import re
from collections.abc import Sequence

from bot.citations import defuse
from bot.evidence import shown_date
from index.records import Statement

# Of facts and events it is less sure who tells them: they are quoted without a speaker.
_TOLD_BY_ANYBODY = frozenset(["status", "event"])
_BY_ITSELF = re.compile(r"[^\w]*(?:cũng )?theo (?!đó\b)", re.IGNORECASE)
_BY_PRECISION = {4: "năm", 7: "tháng", 10: "ngày"}


def introduction(said: Sequence[Statement]) -> str:
    """`Theo Bộ trưởng X, ngày 10/9/2020, với tỉnh Y:`; empty where the register knows no speaker, or several.

    What is a fact or an event is told without one, and so is what begins by telling whose word it is.
    """
    if any(one.kind in _TOLD_BY_ANYBODY or _BY_ITSELF.match(one.text) for one in said):
        return ""
    speakers = {speaker(one) for one in said}
    if len(speakers) != 1 or not (named := speakers.pop()):
        return ""
    recipients = {one.recipient for one in said}
    recipient = recipients.pop() if len(recipients) == 1 else ""
    told = (f"Theo {named}", when(said[0].date), f"với {recipient}" if recipient else "")
    return defuse(", ".join(filter(None, told))) + ":"


def speaker(statement: Statement) -> str:
    """The name with the title at that date; empty where only the side is known."""
    return " ".join(filter(None, (statement.title, statement.speaker)))


def when(date: str) -> str:
    """`ngày 10/9/2020`, `tháng 9/2020`, `năm 2020`; empty for no date."""
    return f"{_BY_PRECISION[len(date)]} {shown_date(date)}" if len(date) in _BY_PRECISION else ""
