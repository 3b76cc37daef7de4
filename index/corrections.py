"""What a person corrected in the register: kept apart from the documents, so that indexing anew does not lose it."""

import codecs
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.errors import CorrectionsDamagedError
from index.records import KINDS, SIDES, Statement
from index.vietnamese import tidy

# What may be corrected. A statement that is none is taken out with `is_statement`.
FIELDS = ("kind", "speaker", "title", "speaker_side", "recipient", "province", "field", "deadline")
_Place = tuple[str, str, int]
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Correction:
    """New values for some fields of the statement with that quote in a file; `at` is ISO 8601 with the zone.

    `quote_sha256` is that of the quote on one line, `nth` tells apart quotes that stand in the file several times (from
    0). `is_statement` is False for a sentence that does not belong into the register. One without changes that is a
    statement takes back all corrections before it. `quote` is for people.
    """

    source: str
    quote_sha256: str
    nth: int
    changes: tuple[tuple[str, str], ...]
    by: str
    at: str
    is_statement: bool = True
    quote: str = ""

    @property
    def is_restoring(self) -> bool:
        """Whether it takes back those before it."""
        return self.is_statement and not self.changes


class Corrections:
    """The corrections of one collection: a JSON object a line, the last one for a statement and field wins.

    Lines that cannot be read are passed over; `broken` are their numbers, from 1.
    """

    def __init__(self, file: Path) -> None:
        """Read them; a file that is missing holds none. Raises CorrectionsDamagedError when it cannot be opened."""
        self._file = file
        self.broken: tuple[int, ...] = ()
        self._all: list[Correction] = []
        self._by_place: dict[_Place, list[int]] = {}
        for correction in self._read():
            self._take(correction)

    def __len__(self) -> int:
        return len(self._by_place)

    def __iter__(self) -> Iterator[Correction]:
        """Every one, oldest first."""
        return iter(self._all)

    def add(self, correction: Correction) -> None:
        """Keep one; it is on the disk when this returns. Raises ValueError for a field or value that cannot be."""
        _check(correction)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(asdict(correction) | {"changes": dict(correction.changes)}, ensure_ascii=False)
        # A line that was cut short, by a full disk for one, must not take this one with it.
        was_cut = self._file.is_file() and self._file.read_bytes()[-1:] not in {b"", b"\n"}
        with self._file.open("a", encoding="utf-8") as opened:
            opened.write(f"\n{line}\n" if was_cut else f"{line}\n")
            opened.flush()
            os.fsync(opened.fileno())
        self._take(correction)

    def applied(
        self, source: str, statements: Iterable[Statement], others: Sequence[str] = ()
    ) -> list[tuple[Statement, bool]]:
        """The statements of a file as corrected, each with whether it was; those taken out are left out.

        `others` are files with the same text: what was corrected under their names counts too.
        """
        found: list[tuple[Statement, bool]] = []
        for statement, digest, nth in placed(statements):
            changes: dict[str, str] | None = {}
            for correction in self._of([(name, digest, nth) for name in (source, *others)]):
                if not correction.is_statement:
                    changes = None
                else:
                    changes = {} if correction.is_restoring else (changes or {}) | dict(correction.changes)
            if changes is not None:
                found.append((replace(statement, **changes), bool(changes)))  # type: ignore[arg-type]  # see `_check`
        return found

    def _of(self, places: Sequence[_Place]) -> list[Correction]:
        numbers = {number for place in places for number in self._by_place.get(place, ())}
        return [self._all[number] for number in sorted(numbers)]

    def _take(self, correction: Correction) -> None:
        place = (correction.source, correction.quote_sha256, correction.nth)
        self._by_place.setdefault(place, []).append(len(self._all))
        self._all.append(correction)

    def broken_text(self) -> str:
        """Which lines are passed over, and what to do about it (Vietnamese); empty when every line is read."""
        if not self.broken:
            return ""
        numbers = ", ".join(map(str, self.broken[:_MOST_TOLD])) + (", …" if len(self.broken) > _MOST_TOLD else "")
        return (
            f"Tệp đính chính «{self._file.name}» có {len(self.broken)} dòng không đọc được (dòng {numbers}); các dòng "
            "này được bỏ qua, những đính chính khác vẫn có hiệu lực. Hãy sửa hoặc xóa các dòng đó."
        )

    def _read(self) -> list[Correction]:
        try:
            lines = self._file.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as exc:
            raise CorrectionsDamagedError(
                f"Không mở được tệp đính chính «{self._file.name}» ({exc.strerror}).",
                "Hãy kiểm tra quyền đọc tệp rồi chạy lại.",
            ) from exc
        found, broken = [], []
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                found.append(_from_json(json.loads(line.decode())))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                broken.append(number)
        self.broken = tuple(broken)
        return found


def placed(statements: Iterable[Statement]) -> Iterator[tuple[Statement, str, int]]:
    """Each statement of a file with the digest of its quote, and how many with the same quote stand before it."""
    seen: dict[str, int] = {}
    for statement in statements:
        digest = quote_digest(statement.text)
        yield statement, digest, seen.get(digest, 0)
        seen[digest] = seen.get(digest, 0) + 1


def quote_digest(quote: str) -> str:
    """By which a quote is known, however its lines are broken."""
    return hashlib.sha256(tidy(quote).encode()).hexdigest()


def _from_json(read: dict[str, object]) -> Correction:
    changes = read["changes"]
    if not isinstance(changes, dict):
        raise TypeError("changes")
    correction = Correction(**read | {"changes": tuple(changes.items())})  # type: ignore[arg-type]  # checked below
    told = (correction.source, correction.quote_sha256, correction.by, correction.at, correction.quote)
    if not all(isinstance(one, str) for one in told) or type(correction.nth) is not int:
        raise TypeError("source, quote_sha256, nth, by, at, quote")
    if not isinstance(correction.is_statement, bool):
        raise TypeError("is_statement")
    _check(correction)
    return correction


def _check(correction: Correction) -> None:
    for field, value in correction.changes:
        allowed = {"kind": KINDS, "speaker_side": SIDES}.get(field, (value,))
        if field not in FIELDS or not isinstance(value, str) or value not in allowed:
            raise ValueError(f"{field} = {value}")
