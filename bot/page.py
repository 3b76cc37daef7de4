"""Answers and passages as HTML. Whatever comes from a document or a reader is escaped here and nowhere else."""

import html
import re
from collections.abc import Sequence

from bot.answer import Answer, Citation
from bot.evidence import Evidence, place_line

_MARK = re.compile(r"\[(\d+)\]")
_EVIDENCE_SHOWN = 8


def escape(text: str) -> str:
    """Safe inside HTML, and inside the template language that Gradio's HTML component reads."""
    return html.escape(text).translate({ord("{"): "&#123;", ord("}"): "&#125;", ord("$"): "&#36;", ord("`"): "&#96;"})


def message_html(text: str, *, error: bool = False) -> str:
    """Plain text, line breaks kept."""
    return f'<div class="message{" error" if error else ""}" role="status">{_lines(escape(text))}</div>'


def answer_html(answer: Answer) -> str:
    """The answer with links to its sources, the question as understood, and what the reader should know."""
    parts = [f'<p class="understood">{escape(answer.read_as())}</p>']
    parts += [f'<p class="note">{escape(note)}</p>' for note in answer.notes]
    if answer.notice:
        parts.append(f'<p class="notice">{escape(answer.notice)}</p>')
    body = _lines(_MARK.sub(r'<a class="mark" href="#nguon-\1">[\1]</a>', escape(answer.text)))
    parts.append(f'<div class="{"not-found" if answer.abstained else "answer"}">{body}</div>')
    if answer.citations:
        items = "".join(_source(citation) for citation in answer.citations)
        parts.append(f"<h2>Nguồn trích dẫn</h2><ol class='sources'>{items}</ol>")
    total = answer.timings_s.total or 0
    parts.append(f'<p class="timing">{total:.1f} giây</p>'.replace(".", ","))
    return "\n".join(parts)


def evidence_html(evidence: Sequence[Evidence], citations: Sequence[Citation] = ()) -> str:
    """Cards of the passages, best first; those that the answer cites are marked."""
    if not evidence:
        return message_html("Không tìm thấy đoạn nào.")
    cited = {(citation.document, citation.start): citation.number for citation in citations}
    best = sorted(evidence, key=lambda item: ((item.document, item.start) not in cited, -item.score))
    cards = "".join(_card(item, cited.get((item.document, item.start))) for item in best[:_EVIDENCE_SHOWN])
    return f"<h2>Đoạn tìm thấy</h2>{cards}"


def _card(item: Evidence, number: int | None) -> str:
    where = place_line(item.date, item.provinces, item.heading, item.page, is_caption=item.is_caption)
    mark = f'<span class="mark">[{number}]</span> ' if number else ""
    return (
        f'<article class="card{" cited" if number else ""}"><p>{mark}{_lines(escape(item.text))}</p>'
        f'<p class="where"><b>{escape(item.title)}</b><br>{escape(where)}</p></article>'
    )


def _source(citation: Citation) -> str:
    where = " · ".join(part for part in (citation.where(), citation.source) if part)
    return (
        f'<li id="nguon-{citation.number}"><b>{escape(citation.title)}</b> <span class="where">{escape(where)}</span>'
        f"<blockquote>{_lines(escape(citation.quote))}</blockquote></li>"
    )


def _lines(escaped: str) -> str:
    return re.sub(r"\s*\n\s*", "<br>", escaped.strip())
