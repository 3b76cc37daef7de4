"""What the routes are given: the assistant, and who asks."""

from dataclasses import dataclass
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from bot.identity import Identity
from bot.service import Assistant
from bot.web.metrics import Metrics
from bot.web.who import identity_of


@dataclass(frozen=True, slots=True)
class Served:
    """`answers` limits the threads that questions may take."""

    assistant: Assistant
    answers: CapacityLimiter
    metrics: Metrics


async def _served(request: Request) -> Served:
    served: Served = request.app.state.served
    return served


async def _assistant(request: Request) -> Assistant:
    return (await _served(request)).assistant


async def _who(request: Request) -> Identity:
    return identity_of(request)


Here = Annotated[Served, Depends(_served)]
Ours = Annotated[Assistant, Depends(_assistant)]
Who = Annotated[Identity, Depends(_who)]
