"""What the register tab shows of the register: worked out once for each filter, however many pages are turned."""

from dataclasses import dataclass
from functools import lru_cache

from bot.identity import Identity
from bot.register_asked import Typed, understand
from bot.register_counts import Counts, counts_of
from bot.register_listing import Listing, listing_of
from bot.service import Assistant
from index.register import Register

_KEPT = 4  # each holds a register


@dataclass(frozen=True, slots=True)
class Shown:
    """Which filter, and which page of it, a reader has before them."""

    typed: Typed
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing with its counts."""

    listing: Listing
    counts: Counts


def listed(assistant: Assistant, who: Identity, typed: Typed) -> Listed:
    """What the filter finds. Raises RegisterError, IndexDamagedError, CorrectionsDamagedError."""
    return _of(assistant.whole_register(who), typed)


@lru_cache(maxsize=_KEPT)
def _of(register: Register, typed: Typed) -> Listed:
    asked = understand(typed, register)
    lines = register.lines(asked.wanted)
    return Listed(listing_of(register, asked, lines), counts_of(lines))
