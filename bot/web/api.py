"""The HTTP API: everything under `/api/v1` and `/v1`, and what watches over the server."""

from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.routing import Match, Mount

from bot.service import Assistant
from bot.web import api_ask, api_documents, api_history, api_keeping, api_register, health, openai_chat
from bot.web.answering import limiter_of
from bot.web.api_answer import EvidenceEvent, SentenceEvent, TextEvent, WaitingEvent
from bot.web.metrics import Metrics
from bot.web.problems import Problem, add_problems
from bot.web.served import Served

API_PATH = "/api/v1"
OPENAPI_URL = f"{API_PATH}/openapi.json"
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
_TITLE = "Khuyến nghị của Bộ TT&TT"
_VERSION = "1.0"
_DESCRIPTION = """Who in the Ministry of Information and Communications recommended what to which province, and when:
answers quoted from documents, every sentence with the place where it stands.

Sign in as on the page, or send `Authorization: Bearer kn_…` with a token that an administrator made
(`bot tokens make`). Texts of the documents are counted in characters (Unicode code points), from 0. Errors are
`application/problem+json` with a stable `code`; `detail` is Vietnamese and may be shown to users."""
_TAGS = [
    {"name": "ask", "description": "Questions and answers."},
    {"name": "documents", "description": "Passages and documents."},
    {"name": "register", "description": "The register of recommendations."},
    {"name": "history", "description": "A user's own conversations, and feedback."},
    {"name": "keeping", "description": "Uploading, indexing and removing documents, for keepers."},
    {"name": "openai", "description": "The same answers in the shape of OpenAI's API."},
    {"name": "operation", "description": "For whoever watches over the server."},
]
_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="An API token: `kn_…`.")


def new_app() -> FastAPI:
    """An application with our title and description, and without pages that load anything from elsewhere."""
    return FastAPI(
        title=_TITLE,
        version=_VERSION,
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        openapi_url=OPENAPI_URL,
        docs_url=None,
        redoc_url=None,
    )


def add_routes(app: FastAPI, assistant: Assistant) -> None:
    """Put the API into an application of `new_app`; to be called before anything is mounted at its root."""
    app.state.served = Served(assistant, limiter_of(assistant.settings), Metrics(assistant))
    add_problems(app)
    token = [Depends(_bearer)]
    api = APIRouter(prefix=API_PATH, dependencies=token)
    for module in (api_ask, api_documents, api_register, api_history, api_keeping):
        api.include_router(module.router)
    app.include_router(api)
    app.include_router(openai_chat.router, dependencies=token)
    app.include_router(health.router)
    for path in ("/api", "/v1"):
        app.add_route(f"{path}/{{rest:path}}", _nothing, _METHODS, include_in_schema=False)
    _describe(app)


async def _nothing(request: Request) -> Response:
    """What is mounted at the root does not answer for the API."""
    scope = dict(request.scope)
    routes = request.app.router.routes
    others = [one for one in routes if not isinstance(one, Mount) and getattr(one, "endpoint", None) is not _nothing]
    allowed = [
        method
        for method in _METHODS
        if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in others)
    ]
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})
    raise HTTPException(404)


def _describe(app: FastAPI) -> None:
    """Put what no route returns as JSON into the description, too: problems, and the events of a stream."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        description = plain()
        schemas = description["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own form of what we tell otherwise
            schemas.pop(unused, None)
        description["paths"][openai_chat.CHAT_PATH]["post"]["responses"].pop("422", None)
        for model in (Problem, EvidenceEvent, WaitingEvent, TextEvent, SentenceEvent):
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update({**schema.pop("$defs", {}), model.__name__: schema})
        return description

    app.openapi = described  # type: ignore[method-assign]  # as FastAPI's documentation has it
