"""Word documents: paragraphs and tables in the order in which they are read."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Kind, Limits, TextWriter
from index.legacy import OLD_FONT, converted_remarks, disguise_of
from index.lines import BULLET, LIST_ITEM, is_caption
from index.loaders.archives import properties, require_no_ole, require_plain_xml, require_sane_zip
from index.loaders.docx_numbers import Numbering
from index.loaders.docx_xml import FALLBACK, run_text, runs, switch, text_nodes, value
from index.loaders.wording import LETTERHEAD, table_blocks
from index.vietnamese import tidy

_HEADING_CHARS = 140
_MOST_CHARS = 300  # what is longer is text in a style of headings
_BOLD_LEVEL = 3
_LAYOUT_ROWS = 3
_LETTER_ROWS = 8
_MOST_COLUMNS = 63  # of a table in Word

# The capitals of these fonts are typed as small letters.
_CAPITALS_FONT = re.compile(r"\.Vn.*H")
_HEADING_STYLE = re.compile(r"(?:heading|tiêu đề|đầu đề|đề mục)\s*([1-9])?|title", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", ":", ";", ",")
_ADDRESSEES = re.compile(r"Nơi nhận\s*:", re.IGNORECASE)

_WRAPPERS = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"))
_NOTES = {qn("w:footnoteReference"): qn("w:footnote"), qn("w:endnoteReference"): qn("w:endnote")}


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style and those that it is based on say."""

    name: str = ""
    level: int = 0
    bold: bool = False
    number: str = ""
    is_list: bool = False
    depth: str = ""
    font: str = ""


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
    extracted = reader.writer.extracted(title=title, created=created, remarks=converted_remarks(reader.disguise))
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
        self.writer = TextWriter()
        self.disguise = ""
        body, notes = document.element.body, list(_note_parts(document))
        self._undo_disguise([body, *notes])
        self._write_numbers(body, Numbering(document))
        self._notes = {
            (note.tag, note.get(qn("w:id"))): " ".join(_all_lines(note))
            for part in notes
            for note in part.iter(*_NOTES.values())
        }

    def add(self, parent: BaseOxmlElement) -> None:
        """Write what stands in the body or in a text box."""
        for element in _children(parent, qn("w:p"), qn("w:tbl")):
            if element.tag == qn("w:p"):
                kind, text, level = self._paragraph(element)
                self.writer.add(kind, text, level)
                for box in element.iter(qn("w:txbxContent")):
                    if next(box.iterancestors(element.tag, FALLBACK)) is element:
                        self.add(box)
            else:
                for kind, text in self._table(element):
                    self.writer.add(kind, text)
            for reference in element.iter(*_NOTES):
                # A note is written once, after what first refers to it.
                self.writer.add("text", self._notes.pop((_NOTES[reference.tag], reference.get(qn("w:id"))), ""))

    def _paragraph(self, paragraph: BaseOxmlElement) -> tuple[Kind, str, int]:
        lines = _lines(paragraph)
        text = " ".join(lines)
        style = self._style_of(paragraph)
        outline = value(paragraph, "w:pPr/w:outlineLvl")
        level = _level(outline) if outline else style.level
        if style.name.startswith("toc "):
            return "noise", text, 0
        if level and len(text) <= _MOST_CHARS:
            return "heading", text, level
        if style.name == "caption" or is_caption(text):
            return "caption", text, 0
        if self._is_bold_heading(paragraph, text):
            return "heading", text, _BOLD_LEVEL
        number = value(paragraph, "w:pPr/w:numPr/w:numId") or style.number
        listed = number != "0" if number else style.is_list
        return ("item" if listed or LIST_ITEM.match(text) else "text"), "\n".join(lines), 0

    def _is_bold_heading(self, paragraph: BaseOxmlElement, text: str) -> bool:
        if len(text) > _HEADING_CHARS or text.endswith(_ENDS) or BULLET.match(text):
            return False
        return any(map(str.isalpha, text)) and self._is_bold_throughout(paragraph)

    def _is_bold_throughout(self, paragraph: BaseOxmlElement) -> bool:
        style = self._style_of(paragraph)
        return all(self._is_bold(run, style) for run in runs(paragraph) if run_text(run).strip())

    def _is_bold(self, run: BaseOxmlElement, style: _Style) -> bool:
        direct, named = switch(run, "w:rPr/w:b"), self._styles.get(value(run, "w:rPr/w:rStyle"), style)
        return (style.bold or named.bold) if direct is None else direct

    def _style_of(self, paragraph: BaseOxmlElement) -> _Style:
        return self._styles.get(value(paragraph, "w:pPr/w:pStyle"), self._styles[""])

    def _table(self, table: BaseOxmlElement) -> Iterator[tuple[Kind, str]]:
        elements = [row for row in _children(table, qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        rows = list(map(_row, elements))
        if _is_layout(rows):
            yield from (("text", line) for row in rows for cell in row for line in cell)
        else:
            marked = {number for number, row in enumerate(elements) if self._is_marked(row)}
            yield from table_blocks([[" ".join(cell) for cell in row] for row in rows], marked)

    def _is_marked(self, row: BaseOxmlElement) -> bool:
        """Whether a row is to be repeated on every page, or is bold."""
        return bool(switch(row, "w:trPr/w:tblHeader")) or all(map(self._is_bold_throughout, row.iter(qn("w:p"))))

    def _write_numbers(self, body: BaseOxmlElement, numbering: Numbering) -> None:
        """Put the numbers that Word counts by itself before the texts."""
        for paragraph in body.iter(qn("w:p")):
            style = self._style_of(paragraph)
            number = value(paragraph, "w:pPr/w:numPr/w:numId") or style.number
            depth = value(paragraph, "w:pPr/w:numPr/w:ilvl") or style.depth
            if not number or next(paragraph.iterancestors(FALLBACK), None) is not None:
                continue
            label = numbering.label(number, int(depth) if depth else None, value(paragraph, "w:pPr/w:pStyle"))
            nodes = (node for run in runs(paragraph) if run_text(run).strip() for node in text_nodes(run))
            first = next(nodes, None)
            if label and first is not None:
                first.text = f"{label} {first.text or ''}"

    def _undo_disguise(self, parents: Iterable[BaseOxmlElement]) -> None:
        """Convert text in fonts from before Unicode; what is in other fonts, where it looks the same."""
        named: list[tuple[BaseOxmlElement, str]] = []
        others: list[tuple[BaseOxmlElement, str]] = []
        for paragraph in (one for parent in parents for one in parent.iter(qn("w:p"))):
            style = self._style_of(paragraph)
            for run in runs(paragraph):
                font = _font(run) or style.font or self._styles[""].font
                (named if OLD_FONT.match(font) else others).extend((node, font) for node in text_nodes(run))
        for nodes in (named, others):
            disguise = disguise_of(node.text or "" for node, _ in nodes)
            if disguise:
                self.disguise = disguise.name
                for node, font in nodes:
                    converted = disguise.undone(node.text or "")
                    is_capital = converted != node.text and _CAPITALS_FONT.fullmatch(font)
                    node.text = converted.upper() if is_capital else converted


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
        base = elements.get(value(base, "w:basedOn"))
    name = value(element, "w:name").lower()
    levels = (_level(value(one, "w:pPr/w:outlineLvl"), value(one, "w:name").lower()) for one in chain)
    return _Style(
        name=name,
        level=next(filter(None, levels), 0),
        bold=next((weight for one in chain if (weight := switch(one, "w:rPr/w:b")) is not None), False),
        number=next((found for one in chain if (found := value(one, "w:pPr/w:numPr/w:numId"))), ""),
        depth=next((found for one in chain if (found := value(one, "w:pPr/w:numPr/w:ilvl"))), ""),
        is_list=name.startswith("list "),
        font=next(filter(None, map(_font, chain)), ""),
    )


def _font(element: BaseOxmlElement) -> str:
    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return "" if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or ""


def _level(outline: str, style_name: str = "") -> int:
    if outline.isdecimal():
        return (int(outline) + 1) % 10  # 9 is the body
    match = _HEADING_STYLE.fullmatch(style_name)
    return int(match[1] or 1) if match else 0


def _note_parts(document: Document) -> Iterator[BaseOxmlElement]:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
            yield parse_xml(relation.target_part.blob)


def _row(row: BaseOxmlElement) -> list[list[str]]:
    """The lines of each cell; none where a merged cell reaches into others."""
    cells: list[list[str]] = [[]] * min(int(value(row, "w:trPr/w:gridBefore") or 0), _MOST_COLUMNS)
    for cell in _children(row, qn("w:tc")):
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        cells.append([] if goes_on else _all_lines(cell))
        cells += [[]] * (min(int(value(cell, "w:tcPr/w:gridSpan") or 1), _MOST_COLUMNS) - 1)
    return cells


def _is_layout(rows: list[list[list[str]]]) -> bool:
    """Whether a table only puts text side by side: the head of a letter, its signature, a frame around paragraphs."""
    filled = [[cell for cell in row if cell] for row in rows]
    if all(len(row) <= 1 for row in filled):
        return True
    cells = next(row for row in filled if row)
    named = any(LETTERHEAD.search(line) or _ADDRESSEES.match(line) for cell in cells for line in cell)
    is_frame = len(rows) <= _LAYOUT_ROWS and all(len(cell) > 1 for cell in cells)
    return len(cells) == 2 and (is_frame or (named and len(rows) <= _LETTER_ROWS))


def _children(parent: BaseOxmlElement, *tags: str) -> Iterator[BaseOxmlElement]:
    """Yield the children of these tags, those in content controls and insertions too."""
    for child in parent.iterchildren("*"):
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _all_lines(parent: BaseOxmlElement) -> list[str]:
    old = {one for fallback in parent.iter(FALLBACK) for one in fallback.iter(qn("w:p"))}
    return [line for one in parent.iter(qn("w:p")) if one not in old for line in _lines(one)]


def _lines(paragraph: BaseOxmlElement) -> list[str]:
    lines = "".join(map(run_text, runs(paragraph))).split("\n")
    return [line for line in map(tidy, lines) if line]
