"""`POST /api/v1/documents`, `/api/v1/index`: what keepers do with the collection."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from pydantic import Field

from bot.index_run import Run
from bot.kept_files import KeptFile, State
from bot.uploads import Uploaded
from bot.web.api_answer import Body, Shown, Text
from bot.web.api_documents import DocumentId
from bot.web.problems import problems
from bot.web.served import Ours, Who
from bot.web.strict_routes import StrictRoute, UploadRoute

router = APIRouter(tags=["keeping"], route_class=StrictRoute)
_uploads = APIRouter(route_class=UploadRoute)
_MOST_AGAIN = 1000


class UploadedShown(Shown):
    """A file that was taken; the next run of the index reads it."""

    name: str = Field(description="Its name.", examples=["cong-van-12.pdf"])
    size: int = Field(description="In bytes.")
    replaced: bool = Field(description="Whether it took the place of one of that name.")


class RefusalShown(Shown):
    """A file that was not indexed."""

    source: str = Field(description="The file.")
    reason: str = Field(description="Why, in Vietnamese.")
    english: str = Field(description="Why, in English.")


class ReportShown(Shown):
    """What a run did, by file."""

    added: tuple[str, ...] = Field(description="New.")
    changed: tuple[str, ...] = Field(description="Read anew.")
    removed: tuple[str, ...] = Field(description="Gone.")
    unchanged: tuple[str, ...] = Field(description="As they were.")
    refused: tuple[RefusalShown, ...] = Field(description="Not indexed.")
    passages: int = Field(description="How many passages were written.")
    seconds: float = Field(description="How long it took.")


class RunShown(Shown):
    """A run of the index; one that is over has an `ended_at`, and a report or an error."""

    by: str = Field(description="Who began it.")
    is_rebuild: bool = Field(description="Whether everything is read anew.")
    started_at: str = Field(description="ISO 8601, local time.")
    done: int = Field(description="How many files were read.")
    total: int = Field(description="Of how many; 0 until they are counted.")
    file: str = Field(description="The last one.")
    ended_at: str = Field(description="ISO 8601, local time; empty while it is under way.")
    report: ReportShown | None = Field(description="What it did.")
    error: str = Field(description="What went wrong, in Vietnamese.")
    code: str = Field(description="The stable code of that.")


class Runs(Shown):
    """The run under way, or the last one since the server was started."""

    run: RunShown | None = Field(description="Null when there was none.")


class FileShown(Shown):
    """A file, and what became of it."""

    source: str = Field(description="The file.")
    document_id: str = Field(description="The document made of it.")
    indexed_at: str = Field(description="ISO 8601, local time.")
    reason: str = Field(description="Why there is no document, in Vietnamese.")
    english: str = Field(description="Why there is no document, in English.")
    state: State = Field(description="Indexed, the very text of another file, refused, taken out, or not read yet.")
    label: str = Field(description="The document's type, number, title, date and provinces.")
    passages: int = Field(description="How many passages the document has.")


class Files(Shown):
    """Every file that is known."""

    files: list[FileShown] = Field(description="By source.")


class IndexBody(Body):
    """What is to be read."""

    rebuild: bool = Field(default=False, description="Read everything anew, not only what is new.")
    again: Annotated[list[Text], Field(max_length=_MOST_AGAIN)] = Field(
        default=[], description="Files that were refused or taken out and are to be tried once more."
    )


class Removed(Shown):
    """What was taken out of the index."""

    sources: list[str] = Field(description="The document's files; they stay on the disk.")


@_uploads.post(
    "/documents",
    status_code=201,
    summary="Upload a document",
    response_model=UploadedShown,
    response_description="It was taken.",
    responses=problems(400, 413),
)
def upload(
    assistant: Ours,
    who: Who,
    file: Annotated[UploadFile, File(description="PDF, DOCX, HTML, TXT, MD and others.")],
    replace: Annotated[bool, Query(description="Take the place of a file of that name.")] = False,
) -> Uploaded:
    """Needs the role keeper. It is read by the next run: `POST /api/v1/index`."""
    return assistant.keeping.upload(who, file.filename or "", file.file, replace=replace)


@router.delete(
    "/documents/{document_id}",
    summary="Take a document out of the index",
    response_description="Its files.",
    responses=problems(404, 409),
)
def remove(assistant: Ours, who: Who, document_id: DocumentId) -> Removed:
    """Needs the role keeper. Its files stay on the disk, and out until they are tried again by name."""
    return Removed(sources=assistant.keeping.remove(who, document_id))


@router.get(
    "/index",
    summary="How the run of the index is doing",
    response_description="The run under way, or the last one.",
    responses=problems(),
)
def last_run(assistant: Ours, who: Who) -> Runs:
    """Needs the role keeper."""
    return Runs.model_validate({"run": assistant.keeping.last_run(who)})


@router.post(
    "/index",
    status_code=202,
    summary="Read what was uploaded",
    response_model=RunShown,
    response_description="It has begun.",
    responses=problems(400, 404, 409, 413),
)
def begin(assistant: Ours, who: Who, body: IndexBody) -> Run:
    """Needs the role keeper. The run goes on in the background; `GET /api/v1/index` tells how it is doing."""
    return assistant.keeping.index(who, rebuild=body.rebuild, again=body.again)


@router.get(
    "/index/files",
    summary="List the files",
    response_description="What became of each.",
    responses=problems(),
)
def files(assistant: Ours, who: Who) -> Files:
    """Needs the role keeper."""
    found: list[KeptFile] = assistant.keeping.files(who)
    return Files.model_validate({"files": found})


router.include_router(_uploads)
