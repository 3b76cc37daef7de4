"""Where a database is, as people may be told it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.ledger.troubles import bad_address


@dataclass(frozen=True, slots=True)
class Place:
    """`file` is None for a database on a server; `text` names neither user nor password."""

    file: Path | None
    text: str


def place_of(url: str) -> Place:
    """The place that an SQLAlchemy URL means. Raises LedgerError for what is none."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as exc:
        raise bad_address() from exc
    if address.get_backend_name() != "sqlite":
        return Place(None, f"{address.database or ''} trên {address.host or 'máy này'}")
    if address.database in {None, "", ":memory:"}:
        raise bad_address()
    file = Path(str(address.database))
    return Place(file, str(file))
