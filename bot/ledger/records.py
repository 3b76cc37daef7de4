"""What the ledger gives out. Times are UTC, with their zone."""

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from bot.identity import Role

Opinion = Literal["up", "down", "wrong_citation"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A user's questions that belong together; `title` is the first of them."""

    id: str
    user: str
    title: str
    started_at: datetime.datetime
    last_at: datetime.datetime
    turns: int


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question with its answer, as `Answer.to_dict()` gave it."""

    id: str
    conversation: str
    user: str
    asked_at: datetime.datetime
    question: str
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a user thinks of an answer; `citation` is the number of the one that is wrong, 0 where it is none.

    `turn` is empty once the answer was deleted from the history.
    """

    id: str
    turn: str
    user: str
    given_at: datetime.datetime
    opinion: Opinion
    citation: int
    reason: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when: `action` as `ask`, `search`, `upload`; `detail` is what was asked, or empty."""

    at: datetime.datetime
    user: str
    via: str
    action: str
    detail: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Account:
    """A local account."""

    name: str
    roles: frozenset[Role]
    is_active: bool
    made_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Token:
    """An API token without its secret. `expires_at` is None for one that does not expire.

    `scopes`: `ask` (questions, search, documents, register, feedback), `keep` (upload, re-index, corrections),
    `metrics`.
    """

    id: str
    name: str
    user: str
    scopes: frozenset[str]
    made_at: datetime.datetime
    expires_at: datetime.datetime | None
    last_used_at: datetime.datetime | None
