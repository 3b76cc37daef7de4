"""Cards of the passages found."""

from collections.abc import Sequence

from bot.answer import Citation
from bot.evidence import Evidence, place_line
from bot.ui.answer_html import open_button
from bot.ui.escape import escape, lines, message_html

_SHOWN = 8


def evidence_html(evidence: Sequence[Evidence], citations: Sequence[Citation] = ()) -> str:
    """The best passages; those that the answer cites come first and are marked."""
    if not evidence:
        return message_html("Không tìm thấy đoạn nào.")
    cited = {(citation.document, citation.start): citation.number for citation in citations}
    best = sorted(evidence, key=lambda item: ((item.document, item.start) not in cited, -item.score))
    cards = "".join(_card(item, cited.get((item.document, item.start), 0)) for item in best[:_SHOWN])
    return f'<h2>Đoạn tìm thấy</h2><div class="cards">{cards}</div>'


def speaker_of(item: Evidence) -> str:
    """Who says it, where the register knows a name or a title."""
    named = (" ".join(filter(None, (said.title, said.speaker))) for said in item.said)
    return ", ".join(dict.fromkeys(name for name in named if name))


def _card(item: Evidence, number: int) -> str:
    where = place_line(item.date, item.provinces, item.heading, item.page, is_caption=item.is_caption)
    mark = f'<span class="number">[{number}]</span> ' if number else ""
    speaker = speaker_of(item)
    said = f'<p class="speaker">Người nói: {escape(speaker)}</p>' if speaker else ""
    link = open_button(
        item.document, item.start, item.end, escape(item.title), f"Xem đoạn này trong tài liệu: {item.title}", "link"
    )
    return (
        f'<article class="card{" cited" if number else ""}"><p>{mark}{lines(item.text)}</p>{said}'
        f'<p class="where">{link}<br>{escape(where)}</p></article>'
    )
