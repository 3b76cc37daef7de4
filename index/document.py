"""From what was parsed to the document that is indexed."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from index.extracted import Block, Limits
from index.load import digest
from index.load import document_id as id_from
from index.parse import Parsed, parse
from index.records import Document, Field, Finding, PartialDate
from index.vietnamese import tidy

_TITLE_CHARS = 200


def make_document(parsed: Parsed, source: str, document_id: str) -> Document:
    """The document of a file, with the particulars that were declared or found; without a title, the file's name."""
    found = parsed.findings
    date = _first(found, "date")
    declared = repr((found, parsed.event, parsed.publisher))
    return Document(
        id=document_id,
        title=_shortened(_first(found, "title")) or PurePosixPath(source).stem,
        source=source,
        sha256=digest(parsed.extracted.text.encode(), declared.encode()),
        text=parsed.extracted.text,
        date=PartialDate.parse(date) if date else None,
        provinces=_all(found, "province"),
        event=parsed.event,
        publisher=parsed.publisher,
        number=_first(found, "number"),
        type=_first(found, "type"),
        issuer=_first(found, "issuer"),
        people=tuple(
            f"{one.value}, {one.detail}" if one.detail else one.value for one in found if one.field == "person"
        ),
        pages=parsed.extracted.pages,
        findings=found,
        remarks=parsed.extracted.remarks,
    )


def read_document(file: Path, document_id: str = "") -> tuple[Document, tuple[Block, ...]]:
    """The document of a trusted file, parsed in this process, with its blocks. Raises UnreadableDocumentError."""
    parsed = parse(file.name, file.read_bytes(), b"", Limits())
    return make_document(parsed, file.as_posix(), document_id or id_from(file.name)), parsed.extracted.blocks


def _first(found: Sequence[Finding], field: Field) -> str:
    return next((one.value for one in found if one.field == field), "")


def _all(found: Sequence[Finding], field: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.value for one in found if one.field == field))


def _shortened(title: str) -> str:
    title = tidy(title)
    return title if len(title) <= _TITLE_CHARS else title[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"
