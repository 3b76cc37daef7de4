"""`/api/v1/search` and `/api/v1/documents`: passages, documents, and a passage in its context."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import Field

from bot.service import Context
from bot.web.api_answer import Shown, Text
from bot.web.narrowed import WithinQuery
from bot.web.problems import problems
from bot.web.served import Ours, Who
from bot.web.strict_routes import StrictRoute
from index.records import Document, Hit

router = APIRouter(tags=["documents"], route_class=StrictRoute)
DocumentId = Annotated[Text, Path(description="The document's id.", examples=["song-lam"], max_length=500)]
Offset = Annotated[int, Query(description="How many to pass over.", ge=0, le=1_000_000_000)]
_DATE = "ISO 8601, cut at its precision; empty where unknown."


class DocumentShown(Shown):
    """A document without its text."""

    id: str = Field(description="Its id.", examples=["song-lam"])
    title: str = Field(description="Its title.")
    source: str = Field(description="The name of its file.", examples=["song-lam.md"])
    date: str = Field(description=_DATE, examples=["2020-05-12"])
    provinces: tuple[str, ...] = Field(description="The provinces that it is about.")
    type: str = Field(description="As officials classify it, e.g. `Công văn`; empty where it does not say.")
    number: str = Field(description="Its number and sign; empty where it has none.")
    issuer: str = Field(description="Who issued it.")
    publisher: str = Field(description="Who published it.")
    event: str = Field(description="The event that it tells of.")
    people: tuple[str, ...] = Field(description="Who signed it or is named at its head.")
    pages: int = Field(description="How many pages; 0 for a file without pages.")
    chars: int = Field(description="How long its text is.")
    sha256: str = Field(description="Its revision.")
    remarks: tuple[str, ...] = Field(description="What a reader must know of it (Vietnamese).")


class Documents(Shown):
    """A part of the collection."""

    total: int = Field(description="How many there are.")
    documents: list[DocumentShown] = Field(description="Those asked for, oldest first.")


class PassageShown(Shown):
    """A passage that was found: `text` of the document from `start` to `end`."""

    id: str = Field(description="Its id.")
    document: str = Field(description="The document's id.")
    title: str = Field(description="The document's title.")
    source: str = Field(description="The name of its file.")
    date: str = Field(description=_DATE)
    provinces: tuple[str, ...] = Field(description="The document's provinces.")
    heading: str = Field(description="The headings above it.")
    page: int = Field(description="From 1; 0 where the document has no pages.")
    start: int = Field(description="First character in the document, from 0.")
    end: int = Field(description="One past the last character.")
    text: str = Field(description="The words, verbatim.")
    is_caption: bool = Field(description="Whether it belongs to a picture.")
    score: float = Field(description="How well it fits, 0 to 1 within one search.")


class Found(Shown):
    """What a search found."""

    hits: list[PassageShown] = Field(description="The best passages, best first.")


class ContextShown(Shown):
    """A stretch of a document with what stands around it: `text[inner_start:inner_end]` is what was asked for."""

    document: DocumentShown = Field(description="The document.")
    start: int = Field(description="Where `text` begins in the document.")
    end: int = Field(description="One past its last character.")
    text: str = Field(description="The words, verbatim.")
    inner_start: int = Field(description="Where the stretch begins in `text`.")
    inner_end: int = Field(description="One past its last character in `text`.")
    heading: str = Field(description="The headings above it.")
    page: int = Field(description="From 1; 0 where the document has no pages.")


@router.get(
    "/search",
    summary="Search passages",
    response_description="The best passages.",
    responses=problems(),
)
def search(
    assistant: Ours,
    who: Who,
    within: WithinQuery,
    q: Annotated[Text, Query(description="What is looked for.", min_length=1, examples=["ngân sách chuyển đổi số"])],
    limit: Annotated[int, Query(description="At most so many.", ge=1, le=50)] = 10,
    exact: Annotated[bool, Query(description="Search as typed.")] = False,
) -> Found:
    """No language model runs. The query is understood as a question is: without diacritics, abbreviated."""
    return Found(hits=[_passage(hit) for hit in assistant.search(who, q, limit, exact=exact, within=within)])


@router.get(
    "/documents",
    summary="List the documents",
    response_description="A part of them.",
    responses=problems(),
)
def documents(
    assistant: Ours,
    who: Who,
    offset: Offset = 0,
    limit: Annotated[int, Query(description="At most so many.", ge=1, le=1000)] = 100,
) -> Documents:
    """Oldest first."""
    found = assistant.documents(who)
    return Documents(total=len(found), documents=[shown(one) for one in found[offset : offset + limit]])


@router.get(
    "/documents/{document_id}",
    summary="A document's particulars",
    response_description="The document without its text.",
    responses=problems(404),
)
def document(assistant: Ours, who: Who, document_id: DocumentId) -> DocumentShown:
    """Without its text."""
    return shown(assistant.document(who, document_id))


@router.get(
    "/documents/{document_id}/text",
    summary="A document's text",
    response_class=PlainTextResponse,
    responses={
        200: {"description": "The text.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **problems(404),
    },
)
def text(assistant: Ours, who: Who, document_id: DocumentId) -> PlainTextResponse:
    """What citations quote, character for character."""
    return PlainTextResponse(assistant.document(who, document_id).text)


@router.get(
    "/documents/{document_id}/context",
    summary="A passage in its context",
    response_description="The passage with what stands around it.",
    responses=problems(404),
)
def context(
    assistant: Ours,
    who: Who,
    document_id: DocumentId,
    start: Annotated[int, Query(description="First character, from 0.", ge=0, le=1_000_000_000)],
    end: Annotated[int, Query(description="One past the last character.", ge=1, le=1_000_000_000)],
    around: Annotated[int, Query(description="So many characters on both sides.", ge=0, le=20_000)] = 400,
) -> ContextShown:
    """A stretch of the text with what stands around it."""
    return _context(assistant.context(who, document_id, start, end, around))


def shown(document: Document) -> DocumentShown:
    """A document as the API tells of it; folders of the server are not named."""
    return DocumentShown(
        id=document.id,
        title=document.title,
        source=document.source_name,
        date=str(document.date or ""),
        provinces=document.provinces,
        type=document.type,
        number=document.number,
        issuer=document.issuer,
        publisher=document.publisher,
        event=document.event,
        people=document.people,
        pages=len(document.pages),
        chars=len(document.text),
        sha256=document.sha256,
        remarks=document.remarks,
    )


def _passage(hit: Hit) -> PassageShown:
    passage, held = hit.passage, shown(hit.document)
    return PassageShown(
        id=passage.id,
        document=held.id,
        title=held.title,
        source=held.source,
        date=held.date,
        provinces=held.provinces,
        heading=passage.heading,
        page=hit.document.page_of(passage.start),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        is_caption=passage.is_caption,
        score=hit.score,
    )


def _context(found: Context) -> ContextShown:
    return ContextShown(
        document=shown(found.document),
        start=found.start,
        end=found.end,
        text=found.text,
        inner_start=found.inner_start,
        inner_end=found.inner_end,
        heading=found.heading,
        page=found.page,
    )
