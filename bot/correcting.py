"""Correcting a statement of the register: what is typed is understood, checked and kept apart from the documents."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import NotFoundError, RegisterError
from bot.register_asked import field_of, kind_of, places_of, side_of
from bot.register_files import clean
from bot.register_listing import one_line
from index.catalog import Catalog
from index.corrections import Correction, Corrections, placed
from index.records import Statement


@dataclass(frozen=True, slots=True)
class Change:
    """New values as people type them; None leaves a field as it is, an empty text empties it.

    A new speaker without a title loses the old one's. `removes` takes the statement out of the register, `restores`
    takes back every correction of it; each of them stands alone.
    """

    kind: str | None = None
    speaker: str | None = None
    title: str | None = None
    speaker_side: str | None = None
    recipient: str | None = None
    province: str | None = None
    field: str | None = None
    deadline: str | None = None
    removes: bool = False
    restores: bool = False

    def given(self) -> dict[str, str]:
        """The new values by the statement's field."""
        typed = asdict(self)
        if self.speaker is not None and self.title is None:
            typed["title"] = ""
        return {name: value for name, value in typed.items() if isinstance(value, str)}


def correct(catalog: Catalog, file: Path, statement_id: str, change: Change, by: str) -> Correction:
    """Keep a correction in the file, on the disk when this returns.

    Raises NotFoundError for an unknown statement, RegisterError for what cannot be understood or nothing to do,
    CorrectionsDamagedError.
    """
    given = change.given()
    if bool(given) + change.removes + change.restores != 1:
        raise RegisterError(
            "Cần đúng một việc: sửa thông tin, đưa ra khỏi sổ hoặc bỏ đính chính.", "Hãy chọn một việc rồi thử lại."
        )
    source, statement, digest, nth = _place_of(catalog, statement_id)
    changes = _understood(given, catalog)
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    quote = one_line(statement.text)
    correction = Correction(source, digest, nth, changes, by, at, is_statement=not change.removes, quote=quote)
    Corrections(file).add(correction)
    return correction


def _understood(given: Mapping[str, str], catalog: Catalog) -> tuple[tuple[str, str], ...]:
    held = {name for document in catalog.documents() for name in document.provinces}
    readers: dict[str, Callable[[str], str]] = {
        "kind": kind_of,
        "speaker_side": side_of,
        "field": field_of,
        "province": lambda typed: places_of(typed, held),
    }
    return tuple((name, readers.get(name, clean)(value)) for name, value in given.items())


def _place_of(catalog: Catalog, statement_id: str) -> tuple[str, Statement, str, int]:
    """The file of a statement, taken out or not, with the digest of its quote and which of these it is."""
    for document in catalog.documents():
        for statement, digest, nth in placed(catalog.statements_of(document.id)):
            if statement.id == statement_id:
                return document.source, statement, digest, nth
    raise NotFoundError(f"Không có ý kiến mang mã «{statement_id}».", "Hãy xem lại mã trong sổ khuyến nghị.")
