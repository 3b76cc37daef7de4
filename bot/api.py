"""The HTTP API beside the page: one question in, the whole answer out, as JSON."""

from typing import Any

from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel

from bot.engine import Engine
from bot.errors import KhuyenNghiError, QuestionError

ASK_PATH = "/api/v1/ask"


class Ask(BaseModel):
    """The body of a request."""

    question: str


def routes(engine: Engine) -> list[APIRoute]:
    """`POST /api/v1/ask`: 200 with `Answer.to_dict()`, 422 for a question that cannot be asked, 503 for the rest."""

    def ask(asked: Ask) -> JSONResponse:
        try:
            return JSONResponse(engine.answer(asked.question).to_dict())
        except KhuyenNghiError as exc:
            status = 422 if isinstance(exc, QuestionError) else 503
            return JSONResponse(_problem(exc, status), status, media_type="application/problem+json")

    return [APIRoute(ASK_PATH, ask, methods=["POST"])]


def _problem(error: KhuyenNghiError, status: int) -> dict[str, Any]:
    """RFC 9457, with our stable code."""
    return {"title": error.message, "detail": str(error), "status": status, "code": error.code}
