"""A conversation to take along: plain text, Markdown or DOCX, with the passages quoted."""

import datetime
import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from bot.answer import Answer, Citation, Verdict

TITLE = "Hỏi đáp về khuyến nghị của Bộ Thông tin và Truyền thông"
_CHECKED: dict[Verdict, str] = {
    "verbatim": "nguyên văn",
    "verified": "đã kiểm chứng",
    "unsupported": "không đủ căn cứ",
    "unchecked": "chưa kiểm chứng",
}
_SPECIAL = re.compile(r"([\\`*_\[\]#|~])")
_LIST_OR_RULE = re.compile(r"(?m)^(\s*)([-+=]|\d+[.)])(?=\s|$|[-=])")
_NOTE = "Câu trả lời do trợ lý tra cứu từ các tài liệu đã nạp; đề nghị đối chiếu với văn bản gốc trước khi sử dụng."


def plain(answer: Answer) -> str:
    """One answer with its citations, for the clipboard."""
    sources = [f"[{one.number}] {_source(one)}\n“{one.quote.strip()}”" for one in answer.citations]
    told = [f"Câu hỏi: {answer.understood}", answer.text.strip()]
    return "\n\n".join([*told, *(["Nguồn trích dẫn:", *sources] if sources else [])])


def markdown(answers: Sequence[Answer], at: datetime.datetime) -> str:
    """The whole conversation. What documents and readers wrote stays text: no HTML, no links, no pictures."""
    blocks = [f"# {TITLE}", f"*Xuất lúc {at:%H:%M ngày %d/%m/%Y}. {_NOTE}*"]
    for number, answer in enumerate(answers, start=1):
        blocks.append(f"## {number}. {_one_line(answer.question)}")
        blocks += [f"*{_one_line(line)}*" for line in _remarks(answer)]
        blocks.append(_text(answer.text))
        if answer.citations:
            blocks.append("### Nguồn trích dẫn")
        for one in answer.citations:
            quoted = "\n".join(f"> {line}" for line in _text(one.quote).split("\n"))
            blocks.append(f"**\\[{one.number}\\]** {_one_line(_source(one))}\n\n{quoted}")
        blocks += [f"*{line}*" for line in _checks(answer)]
    return "\n\n".join(blocks) + "\n"


def docx(answers: Sequence[Answer], at: datetime.datetime) -> bytes:
    """The whole conversation as a Word document."""
    from docx import Document  # python-docx takes its time, and few conversations are exported

    paper = Document()
    paper.core_properties.title, paper.core_properties.author = TITLE, ""
    paper.core_properties.language = "vi-VN"
    _dress(paper)
    paper.add_heading(TITLE, level=0)
    paper.add_paragraph(f"Xuất lúc {at:%H:%M ngày %d/%m/%Y}. {_NOTE}").runs[0].italic = True
    for number, answer in enumerate(answers, start=1):
        _add_answer(paper, number, answer)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def file_name(at: datetime.datetime, ending: str) -> str:
    """A name that no system minds: nothing of it comes from readers or documents."""
    return f"hoi-dap-{at:%Y%m%d-%H%M%S}.{ending}"


def _add_answer(paper: Any, number: int, answer: Answer) -> None:
    paper.add_heading(_clean(f"{number}. {answer.question}").replace("\n", " "), level=1)
    for line in _remarks(answer):
        paper.add_paragraph(_clean(line)).runs[0].italic = True
    for block in re.split(r"\n\s*\n", answer.text.strip()):
        paper.add_paragraph(_clean(block))
    if answer.citations:
        paper.add_heading("Nguồn trích dẫn", level=2)
    for one in answer.citations:
        said = paper.add_paragraph()
        said.add_run(f"[{one.number}] ").bold = True
        said.add_run(_clean(_source(one)))
        paper.add_paragraph(_clean(f"“{one.quote.strip()}”"), style="Intense Quote")
    for line in _checks(answer):
        paper.add_paragraph(line).runs[0].italic = True


def _dress(paper: Any) -> None:
    """The type and the margins of office papers."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(13)
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = paper.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), "Times New Roman")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    section = paper.sections[0]
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _remarks(answer: Answer) -> list[str]:
    """What the reader was told beside the answer."""
    read_as = [answer.read_as()] if answer.read_as() != f"Câu hỏi: {answer.question}" else []
    return [*read_as, *answer.notes, *([answer.notice] if answer.notice else [])]


def _checks(answer: Answer) -> list[str]:
    """How many sentences passed which check."""
    verdicts = [sentence.verdict for sentence in answer.sentences]
    counted = [f"{verdicts.count(verdict)} câu {name}" for verdict, name in _CHECKED.items() if verdict in verdicts]
    return [f"Kiểm tra: {', '.join(counted)}."] if counted else []


def _source(citation: Citation) -> str:
    return ", ".join(part for part in (citation.title, citation.where(), citation.source) if part)


def _text(text: str) -> str:
    """Text in Markdown, every line a line of its own."""
    marked = _SPECIAL.sub(r"\\\1", text.strip()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    marked = _LIST_OR_RULE.sub(_as_list, marked)
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", marked)


def _as_list(match: re.Match[str]) -> str:
    """Our own bullets stay bullets; what would be a numbered list, a rule or a heading stays text."""
    sign = match[2]
    if sign == "-":
        return f"{match[1]}–"
    return f"{match[1]}{sign[:-1]}\\{sign[-1]}"


def _one_line(text: str) -> str:
    return _text(" ".join(text.split()))


def _clean(text: str) -> str:
    """Without characters that XML does not know; line breaks stay."""
    text = text.replace("\t", " ")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Cn"))
