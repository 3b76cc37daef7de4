"""A page of the register as HTML: a table that narrow screens show as cards, each line with a way to its source."""

from bot.injection import for_people
from bot.register_listing import date, marks, one_line, speaker
from bot.register_pages import ListingPage, NumberedGroup, PageSection
from bot.terminal import number
from bot.ui.escape import escape, message_html
from index.register import Line, plain_kind, plain_side

_HEADINGS = ("Số", "Nội dung (nguyên văn)", "Loại", "Người nói", "Nơi nhận, địa phương", "Ngày", "Lĩnh vực")
_NOTHING = "Không có nội dung nào phù hợp. Hãy bỏ bớt điều kiện lọc, hoặc chọn thêm loại ý kiến."


def page_html(page: ListingPage, *, can_correct: bool) -> str:
    """The sections of a page with the ways to the others; `can_correct` gives each line a button for it."""
    if not page.sections:
        return message_html(_NOTHING)
    sections = "".join(_section(section, can_correct=can_correct) for section in page.sections)
    return f'<div class="register">{sections}</div>{_pager(page)}'


def heading_html(opening: str, summary: str) -> str:
    """How many there are, and the filter as understood."""
    told = f'<p class="understood">{escape(opening)}</p><p class="where">{escape(summary)}</p>'
    return f'<div class="counted" role="status">{told}</div>'


def _section(section: PageSection, *, can_correct: bool) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEADINGS)
    rows = "".join(_row(group, can_correct=can_correct) for group in section.groups)
    return (
        f'<table class="lines"><caption>{escape(section.heading)} ({number(section.total)})</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(group: NumberedGroup, *, can_correct: bool) -> str:
    line, *others = group.lines
    statement = line.statement
    told = (
        plain_kind(statement.kind),
        _said_by(line),
        _place(line),
        date(line) or "không rõ",
        statement.field or "không rõ",
    )
    cells = "".join(
        f'<td data-head="{head}">{escape(value)}</td>' for head, value in zip(_HEADINGS[2:], told, strict=True)
    )
    return (
        f'<tr><td class="number" data-head="Số">{number(group.number)}</td>'
        f'<td class="quote"><q>{escape(one_line(statement.text))}</q>{_badges(line)}{_sources(line, others)}'
        f"{_correcting(line) if can_correct else ''}</td>{cells}</tr>"
    )


def _said_by(line: Line) -> str:
    side = plain_side(line.statement.speaker_side)
    named = line.statement.speaker or line.statement.title
    return f"{speaker(line)} – bên {side}" if named else speaker(line)


def _place(line: Line) -> str:
    places = "mọi địa phương" if line.is_nationwide else ", ".join(line.provinces)
    told = dict.fromkeys(filter(None, (one_line(line.statement.recipient), places)))
    return " – ".join(told) or "không nêu"


def _badges(line: Line) -> str:
    told = marks(line)
    return "".join(f' <span class="badge unsupported">{escape(one)}</span>' for one in told.split(", ") if one)


def _sources(line: Line, others: list[Line]) -> str:
    found = f'<p class="where">Nguồn: {_source(line)}'
    if others:
        found += "<br>Cũng nêu tại: " + "; ".join(_source(other) for other in others)
    return f"{found}</p>"


def _source(line: Line) -> str:
    """A button that opens the document at the quote."""
    document, statement = line.document, line.statement
    title = for_people(document.title, document.source_name)
    page = document.page_of(statement.start)
    label = f"{title}, trang {page}" if page else title
    return (
        f'<button type="button" class="link source-link" data-act="open" data-document="{escape(document.id)}" '
        f'data-start="{statement.start}" data-end="{statement.end}" '
        f'aria-label="{escape(f"Mở nguồn trong tài liệu: {label}")}">{escape(label)}</button>'
    )


def _correcting(line: Line) -> str:
    said = escape(f"Đính chính: {one_line(line.statement.text)[:80]}")
    return (
        f'<button type="button" class="correct" data-act="correct" data-statement="{escape(line.statement.id)}" '
        f'aria-label="{said}">✎ Đính chính</button>'
    )


def _pager(page: ListingPage) -> str:
    if page.last == 1:
        return ""
    before = _turn(page.number - 1, "← Trang trước") if page.number > 1 else ""
    first = _turn(1, "Trang đầu") if page.number > 2 else ""
    after = _turn(page.number + 1, "Trang sau →") if page.number < page.last else ""
    last = _turn(page.last, "Trang cuối") if page.number < page.last - 1 else ""
    here = f"<span>Trang {number(page.number)} / {number(page.last)}</span>"
    return f'<nav class="pager" aria-label="Các trang của sổ">{first}{before}{here}{after}{last}</nav>'


def _turn(page: int, label: str) -> str:
    return f'<button type="button" data-act="turn" data-page="{page}">{label}</button>'
