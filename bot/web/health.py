"""For whoever watches over the server: is it alive, is it ready, how is it doing."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from bot.web.metrics import MEDIA_TYPE
from bot.web.problems import problems
from bot.web.readiness import require_ready
from bot.web.served import Here, Ours, Who

router = APIRouter(tags=["operation"])
_STATUS = "Whether it is well; otherwise the reply is a problem."


class Alive(BaseModel):
    """The server answers."""

    status: Literal["ok"] = Field(description=_STATUS)


class Ready(BaseModel):
    """Questions can be answered."""

    status: Literal["ready"] = Field(description=_STATUS)


@router.get("/healthz", summary="Is the server alive?", response_description="It is.", response_model=Alive)
async def healthz() -> Alive:
    """Nothing is looked at."""
    return Alive(status="ok")


@router.get(
    "/readyz",
    summary="Can questions be answered?",
    response_description="They can.",
    response_model=Ready,
    responses=problems(only=(500, 503)),
)
def readyz(assistant: Ours) -> Ready:
    """Looks at the index, the database and the model files. A problem names what is amiss and the remedy."""
    require_ready(assistant)
    return Ready(status="ready")


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={
        200: {"description": "The figures.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **problems(only=(401, 403, 429, 500, 503)),
    },
)
def metrics(here: Here, _: Who) -> Response:
    """Nothing tells who asked what. Needs the role admin, or a token with the scope `metrics`."""
    return Response(here.metrics.text(), media_type=MEDIA_TYPE)
