"""What portals put on their pages: the script, and the address of the compact page."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from bot.web.gates import EMBED

_SCRIPT = Path(__file__).with_name("static") / "embed.js"


def embed_routes() -> APIRouter:
    """`/embed.js`, and `/embed` with the slash that the page's own relative addresses need."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/embed.js")
    def script() -> Response:
        return FileResponse(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    @routes.get(EMBED)
    def compact(request: Request) -> Response:
        return RedirectResponse(f"{request.scope['root_path']}{EMBED}/")

    return routes
