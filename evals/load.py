"""`python -m evals.load URL`: many users at once against a server of ours on this machine, what they got and how soon.

Every user asks one gold question after the other, each over the event stream of the API, until the time is up.
"""

import argparse
import asyncio
import itertools
import json
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from evals.cases import read_cases
from evals.load_report import Load, Shot, page, table

STREAM_PATH = "/api/v1/ask/stream"
_LIMIT_S, _MEMORY_EVERY_S = 300.0, 1.0
_LOOPBACK = frozenset(["127.0.0.1", "localhost", "::1"])


@dataclass(frozen=True, slots=True)
class Plan:
    """Who asks what for how long; the users take the `tokens` in turn, none where no sign-in is asked for.

    `server_pid` is the process whose memory is watched, 0 for none; `pause_s` is what a user reads before asking again.
    """

    url: str
    users: int
    seconds: float
    questions: Sequence[str]
    tokens: Sequence[str] = ()
    server_pid: int = 0
    pause_s: float = 0.0


async def run(plan: Plan) -> Load:
    """Ask until the time is up; every question that was begun is waited for."""
    memory: list[tuple[float, float]] = []
    limits = httpx.Limits(max_connections=plan.users)
    async with httpx.AsyncClient(base_url=plan.url, timeout=_LIMIT_S, limits=limits) as client:
        began = time.perf_counter()
        watching = asyncio.create_task(_watch(plan.server_pid, began, memory))
        shots = await asyncio.gather(*(_user(client, plan, number, began) for number in range(plan.users)))
        watching.cancel()
    return Load(plan.users, plan.seconds, tuple(itertools.chain.from_iterable(shots)), tuple(memory))


async def _user(client: httpx.AsyncClient, plan: Plan, number: int, began: float) -> list[Shot]:
    questions = [*plan.questions]
    random.Random(number).shuffle(questions)
    headers = {"Authorization": f"Bearer {plan.tokens[number % len(plan.tokens)]}"} if plan.tokens else {}
    shots = []
    for question in itertools.cycle(questions):
        if time.perf_counter() - began >= plan.seconds:
            break
        shots.append(await _ask(client, question, headers, number, began))
        await asyncio.sleep(plan.pause_s * random.uniform(0.5, 1.5))
    return shots


async def _ask(client: httpx.AsyncClient, question: str, headers: dict[str, str], user: int, began: float) -> Shot:
    asked = time.perf_counter()
    evidence_s: float | None = None
    total_s: float | None = None
    outcome = "broken off"
    try:
        async with client.stream("POST", STREAM_PATH, json={"question": question}, headers=headers) as reply:
            if reply.status_code != httpx.codes.OK:
                outcome = f"refused {reply.status_code}"
            else:
                async for event, data in _events(reply):
                    if event == "evidence":
                        evidence_s = time.perf_counter() - asked
                    elif event == "end":
                        total_s, outcome = time.perf_counter() - asked, _outcome(data)
                    elif event == "error":
                        outcome = f"error {data.get('code', '')}"
    except httpx.HTTPError as exc:
        outcome = type(exc).__name__
    if outcome.startswith("refused"):
        await asyncio.sleep(1)  # as a client that was told to wait does
    return Shot(user, asked - began, evidence_s, total_s, outcome)


def _outcome(answer: dict[str, Any]) -> str:
    if answer.get("notice"):
        return "busy"
    return "abstained" if answer["abstained"] else "answered"


async def _events(reply: httpx.Response) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The events of a stream, each with its data."""
    event, data = "", ""
    async for line in reply.aiter_lines():
        if line.startswith("event:"):
            event = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data += line.removeprefix("data:").strip()
        elif not line and event:
            yield event, json.loads(data or "{}")
            event, data = "", ""


async def _watch(pid: int, began: float, memory: list[tuple[float, float]]) -> None:
    """Note the resident memory of a process and its children, for as long as it runs."""
    while pid:
        pages = sum(_pages(one) for one in [pid, *_children(pid)])
        memory.append((time.perf_counter() - began, pages * os.sysconf("SC_PAGE_SIZE") / 2**20))
        await asyncio.sleep(_MEMORY_EVERY_S)


def _children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:  # it has ended
        return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the test and print its table; exit status 1 where anything but an answer or "busy" came."""
    parser = argparse.ArgumentParser(description="Load test of a server on this machine.")
    parser.add_argument("url")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a user reads before asking again")
    parser.add_argument("--tokens", type=Path, help="a file of API tokens, one a line")
    parser.add_argument("--pid", type=int, default=0, help="the server's process, to watch its memory")
    parser.add_argument("--out", type=Path, help="write OUT.html and OUT.json")
    options = parser.parse_args(arguments)
    if urlsplit(options.url).hostname not in _LOOPBACK:
        parser.error("only a server on this machine may be put under load")
    tokens = options.tokens.read_text(encoding="utf-8").split() if options.tokens else []
    questions = [case.question for case in read_cases() if not case.history]
    plan = Plan(options.url, options.users, options.seconds, questions, tokens, options.pid, options.pause)
    load = asyncio.run(run(plan))
    print(table(load))
    if options.out:
        options.out.with_suffix(".html").write_text(page(load), encoding="utf-8")
        options.out.with_suffix(".json").write_text(json.dumps(asdict(load)), encoding="utf-8")
    return int(any(shot.outcome not in ("answered", "abstained", "busy") for shot in load.shots))


if __name__ == "__main__":
    sys.exit(main())
