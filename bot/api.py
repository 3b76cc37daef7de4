"""The HTTP API beside the page: one question in, the whole answer out, as JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field

from bot.engine import Engine
from bot.errors import KhuyenNghiError, QuestionError
from bot.followup import Turn

ASK_PATH = "/api/v1/ask"
_BAD_BODY = QuestionError("Yêu cầu không đúng dạng.", 'Hãy gửi JSON dạng {"question": "…"}.')


class AskedBefore(BaseModel):
    """An earlier question of the conversation, and its answer."""

    question: str
    answer: str = ""


class Ask(BaseModel):
    """The body of a request; `history` are earlier turns, oldest first."""

    question: str
    exact: bool = False
    history: list[AskedBefore] = Field(default=[], max_length=100)


class _Route(APIRoute):
    """A route that refuses a bad body in the form of our other errors; Gradio's routes keep theirs."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, with its validation error translated."""
        handle = super().get_route_handler()

        async def translated(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError:
                return _problem(_BAD_BODY, 422)

        return translated


def routes(engine: Engine) -> list[APIRoute]:
    """`POST /api/v1/ask`: 200 with `Answer.to_dict()`, 422 for a question that cannot be asked, 503 for the rest."""

    def ask(asked: Ask) -> JSONResponse:
        try:
            history = [Turn(turn.question, turn.answer) for turn in asked.history]
            return JSONResponse(engine.answer(asked.question, history=history, exact=asked.exact).to_dict())
        except KhuyenNghiError as exc:
            return _problem(exc, 422 if isinstance(exc, QuestionError) else 503)

    return [_Route(ASK_PATH, ask, methods=["POST"])]


def _problem(error: KhuyenNghiError, status: int) -> JSONResponse:
    """RFC 9457, with our stable code."""
    content = {"title": error.message, "detail": str(error), "status": status, "code": error.code}
    return JSONResponse(content, status, media_type="application/problem+json")
