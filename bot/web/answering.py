"""The blocking engine behind the event loop: an answer's events as they come, stopped when nobody reads them."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing
from typing import cast

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import Request

from bot.answer import Answer, Event, Finished, Waiting
from bot.settings import Settings

# How often it is looked whether somebody still reads.
BEAT_S = 1.0
# Threads beside those that wait for the model: a question's evidence is found in one of them.
_FREE_THREADS = 8


def limiter_of(settings: Settings) -> CapacityLimiter:
    """Threads for answers alone: however many wait for the model, evidence and other requests find one free."""
    return CapacityLimiter(settings.llm_queue + 1 + _FREE_THREADS)


async def events_of(asked: Iterator[Event], limiter: CapacityLimiter) -> AsyncGenerator[Event | None]:
    """The events of `Assistant.ask` as they come, None where nothing new came for a while.

    Close it (`aclosing`): that closes what was asked, at the latest when its thread comes to the next event.
    """
    step: asyncio.Task[Event | None] | None = None
    last: Event | None = None
    try:
        while True:
            step = asyncio.create_task(to_thread.run_sync(next, asked, None, limiter=limiter))
            while not step.done():
                await asyncio.wait([step], timeout=BEAT_S)
                if not step.done():
                    yield None
            event = step.result()
            if event is None:
                return
            yield None if isinstance(event, Waiting) and event == last else event
            last = event
    finally:
        with anyio.CancelScope(shield=True):
            if step is not None and not step.done():
                await asyncio.wait([step])
            await to_thread.run_sync(cast(Generator[Event], asked).close)


async def first_of(request: Request, events: AsyncGenerator[Event | None]) -> Event | None:
    """The first event; None when whoever asked has gone, and the rest is closed."""
    async for event in events:
        if event is not None:
            return event
        if await request.is_disconnected():
            await events.aclose()
            return None
    raise TypeError("an answer has events")


async def answer_of(request: Request, asked: Iterator[Event], limiter: CapacityLimiter) -> Answer | None:
    """The whole answer; None when whoever asked has gone."""
    async with aclosing(events_of(asked, limiter)) as events:
        async for event in events:
            if isinstance(event, Finished):
                return event.answer
            if isinstance(event, Waiting | None) and await request.is_disconnected():
                return None
    raise TypeError("an answer ends with Finished")
