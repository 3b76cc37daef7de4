"""An answer as HTML: sentence by sentence with badges, its citations as buttons that open the source."""

import re
from collections.abc import Mapping, Sequence

from bot.answer import Answer, AnswerSentence, Citation, Verdict
from bot.evidence import shown_date
from bot.export import plain
from bot.ui.escape import escape, lines
from bot.ui.laid_out import laid_out

_MARK = re.compile(r"\[(\d+)\]")
_REMARKS = {
    "chưa chắc chắn": "Chưa chắc câu này thuộc đúng loại ý kiến được hỏi; xin đọc nguồn trước khi dùng.",
    "đã đính chính": "Người giữ tài liệu đã sửa thông tin về câu này trong sổ.",
}
_REMARK = re.compile(rf" \(((?:{'|'.join(_REMARKS)})(?:, (?:{'|'.join(_REMARKS)}))*)\)")
_BADGES: dict[Verdict, tuple[str, str, str]] = {
    "verbatim": ("“”", "nguyên văn", "Câu này được trích nguyên văn từ tài liệu."),
    "verified": ("✓", "đã kiểm chứng", "Nội dung câu này đã được đối chiếu với đoạn được dẫn."),
    "unsupported": ("⚠", "không đủ căn cứ", "Đoạn được dẫn không đủ căn cứ cho câu này."),
    "unchecked": ("○", "chưa kiểm chứng", "Câu này chưa được đối chiếu với tài liệu."),
}


def answer_html(answer: Answer) -> str:
    """The question as understood, the answer, its sources, and what can be done with it."""
    return f'<article class="turn">{_understood(answer)}{_body(answer)}{_actions(answer)}{_sources(answer)}</article>'


def earlier_html(answers: Sequence[Answer]) -> str:
    """The answers before the last one, latest first, each to be unfolded."""
    if not answers:
        return ""
    turns = "".join(
        f'<details class="earlier"><summary>{escape(answer.question)}</summary>{_understood(answer)}{_body(answer)}'
        f"{_copying(answer)}{_sources(answer)}</details>"
        for answer in reversed(answers)
    )
    return f"<h2>Các câu đã hỏi trong câu chuyện này</h2>{turns}"


def open_button(document: str, start: int, end: int, label: str, title: str, kind: str) -> str:
    """A button that opens a document at a place; `label` is HTML, `title` is plain text for whoever cannot see."""
    return (
        f'<button type="button" class="{kind}" data-act="open" data-document="{escape(document)}" '
        f'data-start="{start}" data-end="{end}" aria-label="{escape(title)}">{label}</button>'
    )


def mark_button(citation: Citation) -> str:
    """The number of a citation."""
    title = f"Mở nguồn {citation.number}: {citation.title}"
    return open_button(citation.document, citation.start, citation.end, f"[{citation.number}]", title, "mark")


def _understood(answer: Answer) -> str:
    parts = [f'<p class="understood">{escape(answer.read_as())}</p>']
    parts += [f'<p class="note">{escape(note)}</p>' for note in answer.notes]
    if answer.notice:
        parts.append(f'<p class="notice">{escape(answer.notice)}</p>')
    return "".join(parts)


def _body(answer: Answer) -> str:
    cited = {citation.number: citation for citation in answer.citations}
    kind = "not-found" if answer.abstained and answer.reason != "small_talk" else "answer"
    parts = [f'<h2 class="unseen">Trả lời</h2><div class="{kind}">{_told(answer, cited)}</div>']
    total = f"{answer.timings_s.total or 0:.1f} giây".replace(".", ",")
    cached = " · câu trả lời đã lưu sẵn" if answer.is_cached else ""
    parts.append(f'<p class="timing">{total}{cached}</p>')
    return "".join(parts)


def _told(answer: Answer, cited: Mapping[int, Citation]) -> str:
    """The text with a badge behind each sentence, marks as buttons."""
    pieces: list[tuple[str, bool]] = []
    place = 0
    for sentence in answer.sentences:
        start = answer.text.find(sentence.text, place)
        if start < 0:
            continue
        end = start + len(sentence.text)
        pieces += [(_between(answer.text[place:start], cited), False), (_sentence(sentence, cited), True)]
        place = end
    return laid_out([*pieces, (_between(answer.text[place:], cited), False)])


def _between(text: str, cited: Mapping[int, Citation]) -> str:
    """What stands between two sentences; what the register remarks on the one before is a badge, too."""
    remarked = _REMARK.match(text)
    if remarked is None:
        return _marked(text, cited)
    badges = "".join(
        f' <span class="badge doubtful" title="{_REMARKS[name]}">{name}</span>' for name in remarked[1].split(", ")
    )
    return badges + _marked(text[remarked.end() :], cited)


def _sentence(sentence: AnswerSentence, cited: Mapping[int, Citation]) -> str:
    sign, name, meaning = _BADGES[sentence.verdict]
    badge = (
        f'<span class="badge {sentence.verdict}" title="{escape(meaning)}">'
        f'<span aria-hidden="true">{sign}</span> {name}</span>'
    )
    return f'<span class="sentence">{_marked(sentence.text, cited)}</span> {badge}'


def _marked(text: str, cited: Mapping[int, Citation]) -> str:
    def button(match: re.Match[str]) -> str:
        citation = cited.get(int(match[1]))
        return mark_button(citation) if citation else match[0]

    return _MARK.sub(button, escape(text))


def _sources(answer: Answer) -> str:
    """Each document once with the numbers that lead into it; with the words, too, where the answer has its own."""
    if not answer.citations:
        return ""
    documents = dict.fromkeys(citation.document for citation in answer.citations)
    items = "".join(
        _source([one for one in answer.citations if one.document == document], quoted=answer.style == "write")
        for document in documents
    )
    return f'<h3>Nguồn trích dẫn</h3><ol class="sources">{items}</ol>'


def _source(citations: Sequence[Citation], *, quoted: bool) -> str:
    first = citations[0]
    title = f"Mở tài liệu: {first.title}"
    link = open_button(first.document, first.start, first.end, escape(first.title), title, "link")
    places = (citations[0].where(),) if len(citations) == 1 else (shown_date(first.date), ", ".join(first.provinces))
    where = " · ".join(part for part in (*places, first.source) if part)
    marks = " ".join(map(mark_button, citations))
    quotes = "".join(f"<blockquote>{mark_button(one)} {lines(one.quote)}</blockquote>" for one in citations)
    shown = f'{link} <span class="where">{escape(where)}</span>'
    return f"<li>{shown}{quotes}</li>" if quoted else f'<li class="marked"><div>{marks}</div> <div>{shown}</div></li>'


def _actions(answer: Answer) -> str:
    opinions = ""
    if answer.id:
        wrong = '<button type="button" data-act="opine" data-opinion="wrong_citation">Trích dẫn sai</button>'
        opinions = (
            '<button type="button" class="up" data-act="opine" data-opinion="up">Hữu ích</button>'
            '<button type="button" class="down" data-act="opine" data-opinion="down">Chưa đạt</button>'
            f"{wrong if answer.citations else ''}"
        )
    return f'<div class="actions" role="group" aria-label="Việc với câu trả lời">{_copying(answer)}{opinions}</div>'


def _copying(answer: Answer) -> str:
    """A button that puts the answer with its citations on the clipboard."""
    return (
        '<button type="button" class="copy" data-copy>Sao chép kèm trích dẫn</button>'
        f'<textarea class="copied" hidden readonly aria-hidden="true" tabindex="-1">{escape(plain(answer))}</textarea>'
    )
