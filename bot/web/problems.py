"""Errors as the API tells them: RFC 9457 with a stable code, in Vietnamese and English; OpenAI's form under `/v1`."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.errors import KhuyenNghiError
from bot.web.problem_kinds import INTERNAL, OF_STATUS, ProblemKind, kind_of

MEDIA_TYPE = "application/problem+json"
OPENAI_PATH = "/v1"
_OPENAI_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_ANY_ROUTE = (401, 403, 422, 429, 500, 503)
_log = logging.getLogger(__name__)
_WRONG = {
    "missing": "thiếu",
    "extra_forbidden": "không có mục này",
    "json_invalid": "không phải JSON",
    "string_type": "phải là chuỗi",
    "string_too_long": "quá dài",
    "string_too_short": "quá ngắn",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "list_type": "phải là danh sách",
    "too_long": "quá nhiều mục",
}


class Problem(BaseModel):
    """What went wrong, and what to do next (RFC 9457)."""

    type: str = Field(description="The kind of problem.", examples=["urn:khuyen-nghi:problem:question"])
    title: str = Field(description="The kind of problem, in Vietnamese.", examples=["Câu hỏi không dùng được"])
    title_en: str = Field(description="The same in English.", examples=["The question cannot be used"])
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(
        description="What happened and what to do, in Vietnamese; may be shown to users.",
        examples=["Câu hỏi đang để trống. Hãy nhập câu hỏi."],
    )
    detail_en: str = Field(
        description="What to do, in English.", examples=["It is empty or too long: type a question, or a shorter one."]
    )
    code: str = Field(description="Stable; programs go by it.", examples=["question"])
    instance: str = Field(
        description="This very problem; the server's log has it.",
        examples=["urn:uuid:5a1c9a3e-7a52-4f0e-9d5f-0d3c6c0a9a4e"],
    )


class OpenAIErrorBody(BaseModel):
    """What went wrong, as OpenAI's clients read it."""

    message: str = Field(description="Vietnamese; may be shown to users.", examples=["Câu hỏi đang để trống."])
    type: Literal[
        "invalid_request_error", "authentication_error", "permission_error", "rate_limit_error", "server_error"
    ] = Field(description="The kind of error.")
    param: str | None = Field(description="Always null.")
    code: str = Field(description="Our stable code, as in `Problem.code`.", examples=["question"])


class OpenAIError(BaseModel):
    """An error in OpenAI's form."""

    error: OpenAIErrorBody = Field(description="The error.")


@dataclass(frozen=True, slots=True)
class _Told:
    """A problem before it takes a form."""

    kind: ProblemKind
    detail: str
    detail_en: str
    instance: str

    def as_problem(self) -> Problem:
        kind = self.kind
        return Problem(
            type=f"urn:khuyen-nghi:problem:{kind.code}",
            title=kind.title,
            title_en=kind.title_en,
            status=kind.status,
            detail=_encodable(self.detail),
            detail_en=_encodable(self.detail_en),
            code=kind.code,
            instance=self.instance,
        )

    def as_openai(self) -> dict[str, Any]:
        status = _openai_status(self.kind.status)
        kind = "server_error" if status >= 500 else _OPENAI_TYPES.get(status, "invalid_request_error")
        return {
            "error": {"message": _encodable(self.detail), "type": kind, "param": None, "code": self.kind.code},
        }


def path_of(request: Request) -> str:
    """The path without the root path."""
    return str(request.scope["path"]).removeprefix(request.scope.get("root_path", ""))


def problem_of(error: Exception) -> Problem:
    """Any error as a problem; what was not raised on purpose tells nothing but the id in the log."""
    return _told(error).as_problem()


def openai_error_of(error: Exception) -> dict[str, Any]:
    """Any error in OpenAI's form."""
    return _told(error).as_openai()


def problem_response(error: Exception, path: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """The reply to a request that failed; `path` is without the root path."""
    told = _told(error)
    more = dict(headers or {})
    if told.kind.status == 401:
        more.setdefault("WWW-Authenticate", "Bearer")
    if path == OPENAI_PATH or path.startswith(f"{OPENAI_PATH}/"):
        return JSONResponse(told.as_openai(), _openai_status(told.kind.status), more)
    return JSONResponse(told.as_problem().model_dump(), told.kind.status, more, MEDIA_TYPE)


def add_problems(app: FastAPI) -> None:
    """Let every error of the application's own routes be told like that."""

    async def tell(request: Request, error: Exception) -> Response:
        headers = error.headers if isinstance(error, HTTPException) else None
        return problem_response(error, path_of(request), headers)

    for kind in (KhuyenNghiError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, tell)


def problems(*more: int, only: Sequence[int] = _ANY_ROUTE) -> dict[int | str, dict[str, Any]]:
    """What a route's documentation says of these statuses; without `only`, of those that any request may meet, too."""
    return {
        status: {
            "description": f"{OF_STATUS[status].title_en} ({OF_STATUS[status].title}).",
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({*more, *only})
    }


def openai_problems() -> dict[int | str, dict[str, Any]]:
    """The same for the routes in OpenAI's form."""
    return {
        status: {"description": f"{OF_STATUS[status].title_en}.", "model": OpenAIError}
        for status in (400, 401, 403, 413, 429, 500, 503)
    }


def _told(error: Exception) -> _Told:
    instance = f"urn:uuid:{uuid.uuid4()}"
    if isinstance(error, KhuyenNghiError):
        kind = kind_of(error)
        detail, detail_en = str(error), kind.detail_en
    elif isinstance(error, RequestValidationError):
        kind = OF_STATUS[422]
        detail, detail_en = _wrong(error)
    elif isinstance(error, HTTPException) and error.status_code in OF_STATUS:
        kind = OF_STATUS[error.status_code]
        detail, detail_en = kind.detail, kind.detail_en
    else:
        kind, detail, detail_en = INTERNAL, f"{INTERNAL.detail} Mã lỗi: {instance}.", INTERNAL.detail_en
    unexpected = error if kind is INTERNAL else None
    _log.log(logging.ERROR if kind.status >= 500 else logging.INFO, "%s %s", instance, kind.code, exc_info=unexpected)
    return _Told(kind, detail, detail_en, instance)


def _wrong(error: RequestValidationError) -> tuple[str, str]:
    """Where a request is wrong, in Vietnamese and in English; what was sent is not repeated."""
    found = [(".".join(map(str, one["loc"][1:])) or str(one["loc"][0]), one) for one in error.errors()[:5]]
    told = "; ".join(f"{where}: {_WRONG.get(one['type'], 'giá trị không hợp lệ')}" for where, one in found)
    english = "; ".join(f"{where}: {one['msg']}" for where, one in found)
    return f"Yêu cầu không đúng dạng – {told}. Hãy gửi theo mô tả tại /api/v1/openapi.json.", english


def _openai_status(status: int) -> int:
    return 400 if status == 422 else status


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
