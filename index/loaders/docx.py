"""Word documents: paragraphs and tables in the order in which they are read."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Kind, Limits, TextWriter
from index.loaders.archives import properties, require_no_ole, require_plain_xml, require_sane_zip
from index.loaders.wording import LETTERHEAD, is_caption, table_blocks
from index.vietnamese import tidy

_HEADING_CHARS = 140
_MOST_CHARS = 300  # what is longer is text in a style of headings
_BOLD_LEVEL = 3
_LAYOUT_ROWS = 3
_MOST_COLUMNS = 63  # of a table in Word

_HEADING_STYLE = re.compile(r"(?:heading|tiêu đề|đầu đề|đề mục)\s*([1-9])?|title", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–+*•]|\d{1,2}[.)]|[a-zđ]\))\s+\S")
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_ADDRESSEES = re.compile(r"Nơi nhận\s*:", re.IGNORECASE)

_RUNS = (qn("w:r"), qn("m:r"))
_TEXTS = (qn("w:t"), qn("m:t"))
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again for old programs
_LEFT_OUT = (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), _FALLBACK)
_WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"))
_NOTES = {qn("w:footnoteReference"): qn("w:footnote"), qn("w:endnoteReference"): qn("w:endnote")}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style and those that it is based on say."""

    name: str = ""
    level: int = 0
    bold: bool = False
    listed: bool = False


def extract(content: bytes, limits: Limits) -> Extracted:
    """The body's text with its tables, text boxes and notes; headers, footers and deleted text are left out.

    Raises UnreadableDocumentError for what is no Word document, is protected, costs too much, or has no text.
    """
    require_no_ole(content, ".docx")
    with require_sane_zip(content, limits) as archive:
        require_plain_xml(archive)
        title, created = properties(archive)
    try:
        document = docx.Document(io.BytesIO(content))
        reader = _Reader(document)
        reader.add(document.element.body)
    except Exception as exc:  # python-docx lets the errors of a broken file through as they come
        raise UnreadableDocumentError(
            "Không đọc được tài liệu Word: tệp bị hỏng hoặc không đúng định dạng.",
            "Hãy mở bằng Word hoặc LibreOffice rồi lưu lại dạng .docx.",
            "This cannot be read as a Word document. Open it in Word or LibreOffice and save it as .docx.",
        ) from exc
    extracted = reader.writer.extracted(title=title, created=created)
    if not extracted.blocks:
        raise UnreadableDocumentError(
            "Tài liệu Word không có chữ.",
            "Nếu tài liệu là ảnh chụp, hãy lưu thành PDF rồi thử lại.",
            "The Word document has no text. If it consists of scanned pictures, save it as PDF and try again.",
        )
    return extracted


class _Reader:
    def __init__(self, document: Document) -> None:
        self._styles = _read_styles(document)
        self._notes = dict(_read_notes(document))
        self.writer = TextWriter()

    def add(self, parent: BaseOxmlElement) -> None:
        """Write what stands in the body or in a text box."""
        for element in _children(parent, qn("w:p"), qn("w:tbl")):
            if element.tag == qn("w:p"):
                kind, text, level = self._paragraph(element)
                self.writer.add(kind, text, level)
                for box in element.iter(qn("w:txbxContent")):
                    if next(box.iterancestors(element.tag, _FALLBACK)) is element:
                        self.add(box)
            else:
                for kind, text in _table(element):
                    self.writer.add(kind, text)
            for reference in element.iter(*_NOTES):
                # A note is written once, after what first refers to it.
                self.writer.add("text", self._notes.pop((_NOTES[reference.tag], reference.get(qn("w:id"))), ""))

    def _paragraph(self, paragraph: BaseOxmlElement) -> tuple[Kind, str, int]:
        lines = _lines(paragraph)
        text = " ".join(lines)
        style = self._styles.get(_value(paragraph, "w:pPr/w:pStyle"), self._styles[""])
        outline = _value(paragraph, "w:pPr/w:outlineLvl")
        level = _level(outline) if outline else style.level
        if style.name.startswith("toc "):
            return "noise", text, 0
        if level and len(text) <= _MOST_CHARS:
            return "heading", text, level
        if style.name == "caption" or is_caption(text):
            return "caption", text, 0
        if self._is_bold_heading(paragraph, text, style):
            return "heading", text, _BOLD_LEVEL
        numbering = _value(paragraph, "w:pPr/w:numPr/w:numId")
        listed = numbering != "0" if numbering else style.listed
        return ("item" if listed or _ITEM.match(text) else "text"), "\n".join(lines), 0

    def _is_bold_heading(self, paragraph: BaseOxmlElement, text: str, style: _Style) -> bool:
        if len(text) > _HEADING_CHARS or text.endswith(_ENDS) or not any(map(str.isalpha, text)):
            return False
        return all(self._is_bold(run, style) for run in _runs(paragraph) if _run_text(run).strip())

    def _is_bold(self, run: BaseOxmlElement, style: _Style) -> bool:
        direct, named = _switch(run, "w:rPr/w:b"), self._styles.get(_value(run, "w:rPr/w:rStyle"), style)
        return (style.bold or named.bold) if direct is None else direct


def _read_styles(document: Document) -> dict[str, _Style]:
    """Every style by its id; the empty id is that of paragraphs that name none."""
    elements = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
    styles = {name: _style(element, elements) for name, element in elements.items()}
    default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    return {**styles, "": styles[default.style_id] if default else _Style()}


def _style(element: BaseOxmlElement, elements: dict[str, BaseOxmlElement]) -> _Style:
    chain: list[BaseOxmlElement] = []
    base: BaseOxmlElement | None = element
    while base is not None and base not in chain:
        chain.append(base)
        base = elements.get(_value(base, "w:basedOn"))
    name = _value(element, "w:name").lower()
    levels = (_level(_value(one, "w:pPr/w:outlineLvl"), _value(one, "w:name").lower()) for one in chain)
    return _Style(
        name=name,
        level=next(filter(None, levels), 0),
        bold=next((weight for one in chain if (weight := _switch(one, "w:rPr/w:b")) is not None), False),
        listed=name.startswith("list ") or any(_value(one, "w:pPr/w:numPr/w:numId") for one in chain),
    )


def _level(outline: str, style_name: str = "") -> int:
    if outline.isdecimal():
        return (int(outline) + 1) % 10  # 9 is the body
    match = _HEADING_STYLE.fullmatch(style_name)
    return int(match[1] or 1) if match else 0


def _read_notes(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            for note in parse_xml(relation.target_part.blob).iter(*_NOTES.values()):
                yield (note.tag, note.get(qn("w:id"))), " ".join(_all_lines(note))


def _table(table: BaseOxmlElement) -> Iterator[tuple[Kind, str]]:
    rows = [_row(row) for row in _children(table, qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
    if _is_layout(rows):
        yield from (("text", line) for row in rows for cell in row for line in cell)
    else:
        yield from table_blocks([[" ".join(cell) for cell in row] for row in rows])


def _row(row: BaseOxmlElement) -> list[list[str]]:
    """The lines of each cell; none where a merged cell reaches into others."""
    cells: list[list[str]] = [[]] * min(int(_value(row, "w:trPr/w:gridBefore") or 0), _MOST_COLUMNS)
    for cell in _children(row, qn("w:tc")):
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        cells.append([] if goes_on else _all_lines(cell))
        cells += [[]] * (min(int(_value(cell, "w:tcPr/w:gridSpan") or 1), _MOST_COLUMNS) - 1)
    return cells


def _is_layout(rows: list[list[list[str]]]) -> bool:
    """Whether a table only puts text side by side: the head of a letter, its signature, a frame around paragraphs."""
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return True
    cells = next(row for row in filled if row)
    named = any(LETTERHEAD.search(line) or _ADDRESSEES.match(line) for cell in cells for line in cell)
    return len(rows) <= _LAYOUT_ROWS and len(cells) == 2 and (named or all(len(cell) > 1 for cell in cells))


def _children(parent: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """Yield the children of these tags, those in content controls and insertions too."""
    for child in parent.iterchildren("*"):
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _all_lines(parent: BaseOxmlElement) -> list[str]:
    old = {one for fallback in parent.iter(_FALLBACK) for one in fallback.iter(qn("w:p"))}
    return [line for one in parent.iter(qn("w:p")) if one not in old for line in _lines(one)]


def _lines(paragraph: BaseOxmlElement) -> list[str]:
    lines = "".join(map(_run_text, _runs(paragraph))).split("\n")
    return [line for line in map(tidy, lines) if line]


def _runs(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for child in parent.iterchildren("*"):
        if child.tag in _RUNS:
            yield child
        elif child.tag not in _LEFT_OUT:  # a link, a field, an insertion
            yield from _runs(child)


def _run_text(run: BaseOxmlElement) -> str:
    if _switch(run, "w:rPr/w:vanish"):
        return ""
    return "".join((node.text or "") if node.tag in _TEXTS else _BREAKS.get(node.tag, "") for node in run)


def _value(element: BaseOxmlElement, path: str) -> str:
    """The `w:val` of a property, empty where it is not set."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return "" if found is None else found.get(qn("w:val"), "")


def _switch(element: BaseOxmlElement, path: str) -> bool | None:
    """A property that is on or off, None where it is not set."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"), "true") not in ("0", "false", "off")
