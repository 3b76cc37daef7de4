"""How a question is read: diacritics put back, abbreviations spelled out, provinces and time recognised."""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.aliases import Aliases, full_names, learn
from index.periods import Period, period_of
from index.provinces import all_names, named_in, older_parts
from index.records import Document
from index.restore import Restorer
from index.vietnamese import normal_form, search_form

_MODEL_FILE, _LEARNED_FILE = "restore.npz", "aliases.json"
# How questions are put: documents seldom ask. Counted a few times, so that a small collection does not outvote it.
_QUESTION_WORDS = Path(__file__).with_name("question_words.txt").read_text(encoding="utf-8")
_QUESTION_WEIGHT = 3
_MERGER = datetime.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched.

    `text` is what was understood. `spelled_out` is what its abbreviations stand for, `added` are other names for what
    it names: both are searched as well, and never shown as the user's. `provinces` are those named, and those that
    became part of them; `notes` tell the reader of that (Vietnamese).
    """

    typed: str
    text: str
    spelled_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    period: Period | None = None
    notes: tuple[str, ...] = ()

    @property
    def dense_text(self) -> str:
        """What the embedder gets: what abbreviations stand for is spelled out in brackets behind the question."""
        return search_form(f"{self.text} ({'; '.join(self.spelled_out)})" if self.spelled_out else self.text)

    @property
    def also(self) -> tuple[str, ...]:
        """Every other name that is searched."""
        return self.spelled_out + self.added


class Wording:
    """What a collection teaches about its words: diacritics and abbreviations."""

    def __init__(self, restorer: Restorer, learned: Iterable[tuple[str, str]]) -> None:
        self._restorer = restorer
        self._learned = sorted(learned)
        self._aliases = Aliases(self._learned)

    @classmethod
    def build(cls, texts: Iterable[str], generation: int) -> "Wording":
        """Learn from the texts of a generation of the catalog."""
        learned: set[tuple[str, str]] = set()

        def read() -> Iterator[str]:
            for text in texts:
                learned.update(learn(text))
                yield text
            yield from [_QUESTION_WORDS] * _QUESTION_WEIGHT
            yield from full_names()  # what may be asked for although no document names it
            yield from all_names()

        restorer = Restorer.build(read(), generation)
        return cls(restorer, learned)

    @property
    def generation(self) -> int:
        """Of the catalog that it was learned from."""
        return self._restorer.generation

    def read(
        self, typed: str, documents: Sequence[Document] = (), *, exact: bool = False, now: datetime.date | None = None
    ) -> Reading:
        """The reading of a question over these documents; an exact one is only brought into normal form."""
        text = normal_form(typed)
        if exact:
            return Reading(typed, text)
        text = self._restorer.restore(text)
        period = period_of(text, now or datetime.date.today())
        spelled_out, other = self._aliases.expansions(text)
        provinces = named_in(" . ".join([text, *spelled_out]))
        merged = _merged(provinces, period, {name for document in documents for name in document.provinces})
        return Reading(
            typed=typed,
            text=text,
            spelled_out=(*spelled_out, *merged),
            added=tuple(other),
            provinces=(*provinces, *merged),
            period=period,
            notes=tuple(_note(name, province) for name, province in merged.items()),
        )

    def save(self, folder: Path) -> None:
        """Write both parts; each is replaced whole."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{_LEARNED_FILE}.new"
        draft.write_text(json.dumps([self.generation, self._learned], ensure_ascii=False), encoding="utf-8")
        draft.replace(folder / _LEARNED_FILE)
        self._restorer.save(folder / _MODEL_FILE)

    @classmethod
    def load(cls, folder: Path, generation: int) -> "Wording | None":
        """What was learned from that generation, or None when there is nothing that can be read."""
        restorer = Restorer.load(folder / _MODEL_FILE, generation)
        try:
            of, pairs = json.loads((folder / _LEARNED_FILE).read_text(encoding="utf-8"))
            learned = [(str(name), str(short)) for name, short in pairs]
        except (OSError, ValueError, TypeError):  # missing, or damaged
            return None
        return cls(restorer, learned) if restorer and of == generation else None


def _merged(provinces: Sequence[str], period: Period | None, held: set[str]) -> dict[str, str]:
    """Provinces with documents that are part of a named one since the merger, each with that one.

    Not where the question speaks of a time before: then the name means the province of that time.
    """
    if period and period.last < _MERGER:
        return {}
    parts = {part: name for name in provinces for part in older_parts(name) if part != name}
    return {part: name for part, name in parts.items() if part in held and part not in provinces}


def _note(part: str, province: str) -> str:
    return f"Từ ngày 1/7/2025, {part} thuộc {province}; đã tìm cả ý kiến với {part}."
