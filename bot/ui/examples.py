"""Questions to begin with, made of what the collection really holds: another collection has others."""

from collections.abc import Sequence

from bot.injection import addresses_us
from bot.ui.escape import escape
from index.fields import OTHER
from index.records import Document, Kind
from index.register import Line, Register, Wanted

_FORMS: tuple[tuple[Kind, str], ...] = (
    ("recommendation", "Bộ khuyến nghị {place} điều gì{about}?"),
    ("request", "{place} kiến nghị gì với Bộ?"),
    ("enterprise_proposal", "{speaker} đề xuất gì với {place}?"),
    ("commitment", "Bộ cam kết gì với {place}?"),
    ("recommendation", "{speaker} khuyến nghị gì với {place}?"),
)
_MOST = 4
_TITLE_CHARS = 90


def examples(register: Register, documents: Sequence[Document]) -> list[str]:
    """A few questions that the documents answer; of different provinces where there are."""
    asked: list[str] = []
    used: set[str] = set()
    for kind, form in _FORMS:
        lines = [line for line in _lines_of(register, kind) if "{speaker}" not in form or line.statement.speaker]
        if lines:
            line = next((one for one in lines if _place(one) not in used), lines[0])
            used.add(_place(line))
            asked.append(_worded(form, line))
    titles = (document.title for document in documents if document.title and not addresses_us(document.title))
    asked += [f"Tài liệu «{title[:_TITLE_CHARS]}» nêu những gì?" for title in titles]
    return list(dict.fromkeys(asked))[:_MOST]


def examples_html(asked: Sequence[str]) -> str:
    """Buttons that put a question into the box."""
    if not asked:
        return ""
    buttons = "".join(
        f'<button type="button" data-act="pick" data-text="{escape(question)}">{escape(question)}</button>'
        for question in asked
    )
    return f'<div class="examples" role="group" aria-label="Câu hỏi ví dụ"><span>Ví dụ:</span>{buttons}</div>'


def _lines_of(register: Register, kind: Kind) -> list[Line]:
    """Those about one province, the surest first."""
    lines = register.lines(Wanted(kinds=(kind,)))
    about_one = [line for line in lines if _place(line) and not addresses_us(line.statement.speaker)]
    return sorted(about_one, key=lambda line: -line.statement.confidence)


def _place(line: Line) -> str:
    """The province it is about, if it is one: its own, else its document's."""
    places = () if line.is_nationwide else line.provinces or line.document.provinces
    return places[0] if len(places) == 1 and not addresses_us(places[0]) else ""


def _worded(form: str, line: Line) -> str:
    statement = line.statement
    about = f" về {statement.field}" if statement.field and statement.field != OTHER else ""
    speaker = " ".join(filter(None, (statement.title, statement.speaker)))
    return form.format(place=_place(line), about=about, speaker=speaker)
