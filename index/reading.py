"""How a question is read: diacritics put back, abbreviations spelled out, provinces and time recognised."""

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.aliases import Aliases, full_names, shorthand
from index.bigrams import Bigrams, count_pairs
from index.lessons import Lesson
from index.periods import period_of
from index.provinces import all_names, named_in, older_parts
from index.records import Document
from index.restore import Restorer
from index.vietnamese import fold, normal_form, search_form, strip_marks, words

_MODEL_FILE, _LEARNED_FILE = "restore.npz", "aliases.json"
# How questions are put: documents seldom ask. Counted a few times, so that a small collection does not outvote it.
_QUESTION_WORDS = Path(__file__).with_name("question_words.txt").read_text(encoding="utf-8")
_QUESTION_WEIGHT = 3
_MERGER = datetime.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched.

    `text` is what was understood. `spelled_out` is what its abbreviations stand for, `parts` are provinces that became
    part of one it names, `added` other names for what it names: all are searched as well, and never shown as the
    user's. `provinces` are those named. `notes` tell the reader what was made of the question (Vietnamese).
    """

    typed: str
    text: str
    spelled_out: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def dense_text(self) -> str:
        """What the embedder gets: the question, with what is spelled out and parts of provinces in brackets."""
        beside = (*self.spelled_out, *self.parts)
        return search_form(f"{self.text} ({'; '.join(beside)})" if beside else self.text)

    @property
    def also(self) -> tuple[str, ...]:
        """Every other name that is searched."""
        return (*self.spelled_out, *self.parts, *self.added)


class Wording:
    """What a collection teaches about its words: diacritics and abbreviations."""

    def __init__(self, restorer: Restorer, learned: Iterable[tuple[str, str]]) -> None:
        self._restorer = restorer
        self._learned = sorted(learned)
        self._aliases = Aliases(self._learned)

    @classmethod
    def build(cls, lessons: Iterable[Lesson], generation: int) -> "Wording":
        """Learn from the texts of a generation of the catalog."""
        learned: set[tuple[str, str]] = set()

        def counted() -> Iterator[bytes]:
            for lesson in lessons:
                learned.update(lesson.names)
                yield lesson.pairs
            yield from [count_pairs(_QUESTION_WORDS)] * _QUESTION_WEIGHT
            # What may be asked for although no document names it.
            yield from map(count_pairs, (*full_names(), *all_names()))

        bigrams = Bigrams.of_counts(counted(), generation)
        return cls(Restorer(bigrams), learned)

    @property
    def generation(self) -> int:
        """Of the catalog that it was learned from."""
        return self._restorer.generation

    def read(
        self, typed: str, documents: Sequence[Document] = (), *, exact: bool = False, now: datetime.date | None = None
    ) -> Reading:
        """The reading of a question over these documents; an exact one is only brought into normal form."""
        as_typed = normal_form(typed)
        if exact:
            return Reading(typed, as_typed)
        text = self._restorer.restore(shorthand(as_typed), is_bare=as_typed == strip_marks(as_typed))
        spelled_out, other = self._aliases.expansions(text)
        provinces = named_in(" . ".join([text, *spelled_out.values()]))
        held = {name for document in documents for name in document.provinces}
        merged = _merged(provinces, held)
        period = period_of(text, now or datetime.date.today())
        is_before = period is not None and period.last < _MERGER
        mended = set(words(fold(as_typed))) - set(words(fold(text)))
        return Reading(
            typed=typed,
            text=text,
            spelled_out=tuple(spelled_out.values()),
            parts=() if is_before else tuple(merged),
            added=(*other, *(word for word in words(as_typed) if fold(word) in mended)),
            provinces=tuple(provinces),
            notes=(
                *([_spelled_out_note(spelled_out)] if spelled_out else []),
                *(_note(part, name, is_before=is_before) for part, name in merged.items()),
            ),
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


def _merged(provinces: Sequence[str], held: set[str]) -> dict[str, str]:
    """Provinces with documents that are part of a named one since the merger, each with that one."""
    parts = {part: name for name in provinces for part in older_parts(name) if part != name}
    return {part: name for part, name in parts.items() if part in held and part not in provinces}


def _spelled_out_note(spelled_out: Mapping[str, str]) -> str:
    pairs = "; ".join(f"{short} là {full}" for short, full in spelled_out.items())
    return f"Chữ viết tắt được hiểu: {pairs}."


def _note(part: str, province: str, *, is_before: bool) -> str:
    merger = f"Từ ngày 1/7/2025, {part} thuộc {province}"
    if is_before:
        return f"{merger}; câu hỏi nói về thời gian trước đó nên chỉ tìm {province}."
    return f"{merger}; đã tìm cả ý kiến với {part}."
