"""A real server in a thread, and server-sent events as a client reads them."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.types import ASGIApp

from tests.bot.web.asking import Doorman
from tests.evals.systems import serving

Event = tuple[str, Any]


@contextmanager
def listening(app: ASGIApp) -> Iterator[str]:
    """The address of a server on a free port, behind the doorman."""
    with serving(Doorman(app)) as address:
        yield address


def events_in(lines: Iterable[str]) -> Iterator[Event]:
    """Name and data of each event."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def eventually(happens: Callable[[], bool], within_s: float = 10.0) -> bool:
    """Whether it does before the time is up."""
    deadline = time.monotonic() + within_s
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
