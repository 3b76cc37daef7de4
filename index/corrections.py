"""What a person corrected in the register: kept apart from the documents, so that indexing anew does not lose it."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.errors import CorrectionsDamagedError
from index.records import KINDS, SIDES, Statement
from index.vietnamese import tidy

# What may be corrected. A statement that is none is taken out with `is_statement`.
FIELDS = ("kind", "speaker", "speaker_side", "recipient", "province", "field", "deadline")


@dataclass(frozen=True, slots=True)
class Correction:
    """New values for some fields of the statement with that quote in a file; `at` is ISO 8601 with the zone.

    `quote_sha256` is that of the quote on one line, `nth` tells apart quotes that stand in the file several times (from
    0). `is_statement` is False for a sentence that does not belong into the register.
    """

    source: str
    quote_sha256: str
    nth: int
    changes: tuple[tuple[str, str], ...]
    by: str
    at: str
    is_statement: bool = True


class Corrections:
    """The corrections of one collection: a JSON object a line, the last one for a statement and field wins."""

    def __init__(self, file: Path) -> None:
        """Read them; a file that is missing holds none. Raises CorrectionsDamagedError."""
        self._file = file
        self._by_place: dict[tuple[str, str, int], dict[str, str]] = {}
        self._out: set[tuple[str, str, int]] = set()
        for correction in self._read():
            self._take(correction)

    def __len__(self) -> int:
        return len(self._by_place)

    def add(self, correction: Correction) -> None:
        """Keep one; it is on the disk when this returns. Raises ValueError for a field or value that cannot be."""
        for field, value in correction.changes:
            if field not in FIELDS or value not in {"kind": KINDS, "speaker_side": SIDES}.get(field, (value,)):
                raise ValueError(f"{field} = {value}")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(asdict(correction) | {"changes": dict(correction.changes)}, ensure_ascii=False)
        with self._file.open("a", encoding="utf-8") as opened:
            opened.write(f"{line}\n")
            opened.flush()
            os.fsync(opened.fileno())
        self._take(correction)

    def applied(self, source: str, statements: Iterable[Statement]) -> list[tuple[Statement, bool]]:
        """The statements of a file as corrected, each with whether it was; those taken out are left out."""
        seen: dict[str, int] = {}
        found: list[tuple[Statement, bool]] = []
        for statement in statements:
            digest = quote_digest(statement.text)
            place = (source, digest, seen.get(digest, 0))
            seen[digest] = place[2] + 1
            if place in self._out:
                continue
            changes = self._by_place.get(place, {})
            found.append((replace(statement, **changes), bool(changes)))  # type: ignore[arg-type]  # checked by `add`
        return found

    def _take(self, correction: Correction) -> None:
        place = (correction.source, correction.quote_sha256, correction.nth)
        self._by_place.setdefault(place, {}).update(correction.changes)
        (self._out.discard if correction.is_statement else self._out.add)(place)

    def _read(self) -> list[Correction]:
        try:
            lines = self._file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise _damaged(self._file, str(exc)) from exc
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                read = json.loads(line)
                found.append(Correction(**read | {"changes": tuple(read["changes"].items())}))
            except (ValueError, TypeError, KeyError, AttributeError) as exc:
                raise _damaged(self._file, f"dòng {number}") from exc
        return found


def quote_digest(quote: str) -> str:
    """By which a quote is known, however its lines are broken."""
    return hashlib.sha256(tidy(quote).encode()).hexdigest()


def _damaged(file: Path, detail: str) -> CorrectionsDamagedError:
    return CorrectionsDamagedError(
        f"Không đọc được tệp đính chính «{file.name}» ({detail}).",
        "Hãy sửa hoặc xóa dòng đó rồi chạy lại; các đính chính khác không bị ảnh hưởng.",
    )
