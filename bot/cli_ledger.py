"""What the commands about users share: the ledger that the settings name, opened."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from bot.console import reported
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.ledger.ledger import Ledger

Choice = TypeVar("Choice", bound=str)


@contextmanager
def opened_ledger() -> "Iterator[Ledger]":
    """Print what goes wrong, with its remedy, and leave with its exit status."""
    with reported() as settings:
        from bot.ledger.ledger import Ledger  # other commands do not wait for SQLAlchemy

        with closing(Ledger(settings.database, audit=settings.audit)) as ledger:
            yield ledger


def day(at: datetime) -> str:
    """As people here write it."""
    return at.astimezone().strftime("%d/%m/%Y")


def minute(at: datetime) -> str:
    """Day and time, where this machine is."""
    return at.astimezone().strftime("%d/%m/%Y %H:%M")


def on_one_line(text: str) -> str:
    """Without line breaks."""
    return " ".join(text.split())


def chosen(typed: Sequence[str] | None, allowed: Iterable[Choice]) -> tuple[Choice, ...]:
    """What was typed, as what it may be. Raises SettingsError for anything else."""
    known = {choice: choice for choice in allowed}
    if unknown := [word for word in typed or () if word not in known]:
        raise SettingsError(f"Không có lựa chọn {', '.join(unknown)}.", f"Hãy chọn: {', '.join(known)}.")
    return tuple(choice for choice in known.values() if choice in (typed or ()))
