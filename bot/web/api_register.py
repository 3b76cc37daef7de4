"""`/api/v1/register`: who recommended what to whom, filtered and counted, and what keepers correct."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import Field, field_validator
from starlette.responses import Response

from bot.correcting import Change
from bot.register_asked import Asked, Typed
from bot.register_listing import record_of
from bot.web.api_answer import Body, Shown, Text
from bot.web.narrowed import FieldQuery, KindQuery, Names, ProvinceQuery, SinceQuery, UntilQuery
from bot.web.problems import problems
from bot.web.served import Ours, Who
from bot.web.strict_routes import StrictRoute
from index.corrections import Correction
from index.records import Kind, Side
from index.register import Line

router = APIRouter(prefix="/register", tags=["register"], route_class=StrictRoute)
_JSON_LINES = "application/x-ndjson"
_KINDS_TOLD = "Nothing means recommendations, unless `every_kind` is set."


class LineShown(Shown):
    """A statement of the register: `quote` is the document's text from `start` to `end`."""

    id: str = Field(description="Its id, by which it is corrected.")
    document: str = Field(description="The document's id.", examples=["song-lam"])
    source: str = Field(description="The name of its file.")
    start: int = Field(description="First character in the document, from 0.")
    end: int = Field(description="One past the last character.")
    quote: str = Field(description="The words, verbatim.")
    kind: Kind = Field(description="What kind of statement it is.")
    speaker: str = Field(description="Who says it; empty where only the side is known.")
    title: str = Field(description="The speaker's title at that date.")
    speaker_side: Side = Field(description="For whom the speaker speaks.")
    recipient: str = Field(description="To whom.")
    province: str = Field(description="Provinces, parted by commas; `*` for all of them.")
    date: str = Field(description="ISO 8601, cut at its precision; empty where unknown.")
    field: str = Field(description="The field of work.")
    figures: list[str] = Field(description="Figures named.")
    deadline: str = Field(description="By when, as the document says it.")
    confidence: float = Field(description="The chance that the kind is right.")
    cues: list[str] = Field(description="What decided the kind.")
    sure: bool = Field(description="Whether the kind is sure.")
    corrected: bool = Field(description="Whether a person corrected it.")


class Lines(Shown):
    """A part of the register."""

    asked: str = Field(description="The filter as understood (Vietnamese).", examples=["loại: khuyến nghị"])
    total: int = Field(description="How many statements fit.")
    lines: list[LineShown] = Field(description="Those asked for, by date, document and place.")


class Count(Shown):
    """How many statements have something in common."""

    name: str = Field(description="What they have in common.", examples=["Đồng Tháp"])
    count: int = Field(description="How many statements.", examples=[12])


class Summary(Shown):
    """The statements counted; one that concerns several provinces counts for each."""

    asked: str = Field(description="The filter as understood (Vietnamese).")
    total: int = Field(description="How many statements fit.")
    nationwide: int = Field(description="Those said to all provinces.")
    provinces: list[Count] = Field(description="By province, most first.")
    fields: list[Count] = Field(description="By field of work, most first.")
    kinds: list[Count] = Field(description="By kind, most first.")


class CorrectionBody(Body):
    """New values, as people type them; what is left out stays, an empty text empties it."""

    statement: Text = Field(description="The statement's id.", min_length=1)
    kind: Text | None = Field(default=None, description="In English or Vietnamese.", examples=["khuyến nghị"])
    speaker: Text | None = Field(default=None, description="Who says it; loses the old title unless one is given.")
    title: Text | None = Field(default=None, description="The speaker's title.")
    speaker_side: Text | None = Field(default=None, description="In English or Vietnamese.", examples=["Bộ"])
    recipient: Text | None = Field(default=None, description="To whom.")
    province: Text | None = Field(default=None, description="Provinces; `*` for all.", examples=["Đồng Tháp"])
    field: Text | None = Field(default=None, description="The field of work.")
    deadline: Text | None = Field(default=None, description="By when.")
    removes: bool = Field(default=False, description="Take the statement out of the register.")
    restores: bool = Field(default=False, description="Take back every correction of the statement.")

    def change(self) -> Change:
        """As the assistant has it."""
        return Change(**self.model_dump(exclude={"statement"}))


class CorrectionShown(Shown):
    """A correction that was kept."""

    quote: str = Field(description="The words of the statement.")
    changes: dict[str, str] = Field(description="The new values by field.")
    is_statement: bool = Field(description="False where it was taken out of the register.")
    by: str = Field(description="Who corrected it.")
    at: str = Field(description="When, ISO 8601 with the zone.")

    @field_validator("changes", mode="before")
    @classmethod
    def _paired(cls, changes: Iterable[tuple[str, str]]) -> dict[str, str]:
        return dict(changes)


def _typed(
    province: ProvinceQuery = [],  # noqa: B006  # FastAPI copies it
    kind: Annotated[KindQuery, Query(description=_KINDS_TOLD)] = [],  # noqa: B006
    field: FieldQuery = [],  # noqa: B006
    side: Annotated[Names, Query(description="Who speaks: `Bộ`, `địa phương`, `doanh nghiệp`, `người viết`.")] = [],  # noqa: B006
    speaker: Annotated[Text, Query(description="The speaker's name, title or unit.")] = "",
    document: Annotated[Text, Query(description="The document's id.")] = "",
    since: SinceQuery = "",
    until: UntilQuery = "",
    sure: Annotated[bool, Query(description="Only those whose kind is sure.")] = False,
    every_kind: Annotated[bool, Query(description="Every kind, not only recommendations.")] = False,
) -> Typed:
    return Typed(province, kind, field, side, speaker, document, since, until, sure, every_kind)


Filter = Annotated[Typed, Depends(_typed)]


@router.get(
    "",
    summary="List the register",
    response_model=Lines,
    response_description="A part of it.",
    responses={
        200: {"content": {_JSON_LINES: {"schema": {"type": "string"}, "example": '{"id": "…", "quote": "…"}\n'}}},
        **problems(404),
    },
)
def listed(
    assistant: Ours,
    who: Who,
    typed: Filter,
    offset: Annotated[int, Query(description="How many to pass over.", ge=0, le=1_000_000_000)] = 0,
    limit: Annotated[int, Query(description="At most so many.", ge=1, le=1000)] = 100,
    format: Annotated[Literal["json", "jsonl"], Query(description="One object, or a line for each.")] = "json",  # noqa: A002
) -> Lines | Response:
    """Filters as `bot register list` has them. With `format=jsonl` each statement is a line of JSON."""
    asked, lines = assistant.register(who, typed)
    page = lines[offset : offset + limit]
    if format == "jsonl":
        return StreamingResponse(_json_lines(page), media_type=_JSON_LINES)
    return Lines(asked=asked.text(), total=len(lines), lines=[LineShown(**record_of(line)) for line in page])


@router.get(
    "/summary",
    summary="Count the register",
    response_description="The counts.",
    responses=problems(404),
)
def summary(assistant: Ours, who: Who, typed: Filter) -> Summary:
    """By province, field and kind; filters as for the list."""
    return _summary(*assistant.register(who, typed))


@router.post(
    "/corrections",
    status_code=201,
    summary="Correct a statement",
    response_model=CorrectionShown,
    response_description="What was kept.",
    responses=problems(400, 404, 413),
)
def correct(assistant: Ours, who: Who, body: CorrectionBody) -> Correction:
    """Needs the role keeper. The document stays as it is, and indexing it anew loses no correction."""
    return assistant.keeping.correct(who, body.statement, body.change())


def _json_lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"{json.dumps(record_of(line), ensure_ascii=False)}\n"


def _summary(asked: Asked, lines: Sequence[Line]) -> Summary:
    return Summary(
        asked=asked.text(),
        total=len(lines),
        nationwide=sum(line.is_nationwide for line in lines),
        provinces=_counts(name for line in lines for name in line.provinces),
        fields=_counts(line.statement.field for line in lines),
        kinds=_counts(line.statement.kind for line in lines),
    )


def _counts(names: Iterable[str]) -> list[Count]:
    counted = sorted(Counter(filter(None, names)).items(), key=lambda one: (-one[1], one[0]))
    return [Count(name=name, count=count) for name, count in counted]
