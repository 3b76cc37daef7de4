"""Word documents for the tests, made by the library or of XML."""

import io
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from index.extracted import Limits
from index.loaders.docx import extract
from tests.index.loaders.checks import require_sound, shown

LIMITS = Limits()
W = nsdecls("w")
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def saved(document: Document) -> bytes:
    """The file."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def read(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block that is made of a document."""
    extracted = extract(saved(document), LIMITS)
    require_sound(extracted)
    return shown(extracted)


def with_body(xml: str) -> Document:
    """A document whose body is this XML."""
    document = docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {W} {_MC}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)
    return document


def paragraph(text: str) -> str:
    """A plain paragraph as XML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(*lines: str, properties: str = "") -> str:
    """A cell as XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, lines))}</w:tc>"


def table(*rows: str) -> str:
    """A table as XML, of rows as XML."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def fill(made: Any, *rows: tuple[str, ...]) -> None:
    """Write into the cells of a table."""
    for row, texts in zip(made.rows, rows, strict=True):
        for one, text in zip(row.cells, texts, strict=True):
            one.text = text
