"""Which scope a token needs."""

import pytest

from bot.service import Assistant
from bot.web.scopes import scope_of
from tests.bot.web.asking import app_of


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("POST", "/api/v1/ask", "ask"),
        ("POST", "/api/v1/ask/stream", "ask"),
        ("GET", "/api/v1/documents", "ask"),
        ("GET", "/api/v1/documents/a/text", "ask"),
        ("POST", "/api/v1/documents", "keep"),
        ("DELETE", "/api/v1/documents/a", "keep"),
        ("GET", "/api/v1/register", "ask"),
        ("POST", "/api/v1/register/corrections", "keep"),
        ("DELETE", "/api/v1/history", "ask"),
        ("POST", "/api/v1/index", "keep"),
        ("GET", "/api/v1/index/files", "keep"),
        ("POST", "/v1/chat/completions", "ask"),
        ("GET", "/metrics", "metrics"),
        ("GET", "/", None),
        ("GET", "/gradio_api/queue/join", None),
        ("GET", "/v1x", None),
        ("GET", "/metricsx", None),
    ],
)
def test_a_token_needs_the_scope_of_what_it_is_used_for(method: str, path: str, scope: str | None) -> None:
    assert scope_of(method, path) == scope


def test_every_route_of_the_description_has_a_scope_or_is_open(assistant: Assistant) -> None:
    for path, operations in app_of(assistant).openapi()["paths"].items():
        for method in operations:
            assert (scope_of(method.upper(), path) is None) == (path in ("/healthz", "/readyz")), (method, path)
