"""How well a sentence fits what is asked, by what the register knows of it: who says it, of what kind, to whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.intent import Intent
from bot.narrowing import Narrowing
from index.lines import LIST_ITEM
from index.periods import Period
from index.provinces import older_parts
from index.reading import Reading
from index.recipients import NATIONWIDE
from index.records import Document, Statement
from index.register import Line, Register, last_day
from index.vietnamese import CAPITALS, fold

# What each counts for beside a score in 0..1: the best of a few settings on development questions, in twentieths.
_SPEAKER, _KIND, _PLACE, _TIME, _EVENT, _OTHER_SIDE, _FORM, _NAMED = 0.1, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1

_FIGURE = re.compile(
    r"\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa|đôi|gấp|chục|trăm|nghìn|triệu|tỷ)(?!\w)", re.IGNORECASE
)
_WHEN = re.compile(
    r"\d{1,2}/\d|(?<!\w)(?:năm|tháng|quý|ngày|giai đoạn|trước|sau|từ) (?:\d|[IVX]+\b)|cuối năm|đầu năm|năm nay|năm sau"
    r"|sang năm|quý tới|tháng tới|năm tới|tuần tới|hôm nay|sáng nay|chiều nay|vừa qua|hằng năm|thời gian tới",
    re.IGNORECASE,
)
_LIST = re.compile(rf":\s*\n+\s*(?:{LIST_ITEM.pattern})")
_OWN_WORD = re.compile(rf"(?<!\w)(?:[^\W\d_]*[^\W\d_{CAPITALS}][{CAPITALS}]\w*|[{CAPITALS}][^\W\d_]*\d\w*)(?!\w)")
_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]+ [{CAPITALS}][^\W\d_]+")
_SAID = frozenset(["recommendation", "request", "enterprise_proposal", "commitment", "directive_internal"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, with the places and the time it names, over a register.

    `narrowing` is what the reader narrowed it down to beside its words.
    """

    intent: Intent
    reading: Reading
    period: Period | None
    register: Register
    narrowing: Narrowing | None = None

    def holds(self, document: Document, said: Sequence[Line]) -> bool:
        """Whether a sentence is within what the reader narrowed the question down to."""
        return self.narrowing is None or self.narrowing.holds(document, said)

    def holds_line(self, line: Line) -> bool:
        """The same of a line of the register."""
        return self.narrowing is None or self.narrowing.holds_line(line)

    def said(self, document_id: str, start: int, end: int) -> Sequence[Line]:
        """The lines of the register in a stretch of a document."""
        return self.register.over(document_id, start, end)

    @property
    def provinces(self) -> frozenset[str]:
        """Those named, with those that became part of one."""
        return frozenset([*self.reading.provinces, *self.reading.parts])

    def place_of(self, document: Document, said: Sequence[Line]) -> str:
        """The province among those asked for that a sentence is about, or empty."""
        told = [name for line in said for name in line.provinces]
        parts = {part: name for name in self.reading.provinces for part in older_parts(name)}
        about = next((name for name in [*told, *document.provinces] if name in self.provinces), "")
        return about if about in self.reading.provinces else parts.get(about, "")

    @property
    def sides(self) -> tuple[str, ...]:
        """Several provinces, else several speakers, that are held against each other; none of a single one."""
        named = (self.reading.provinces, self.intent.speakers)
        return next((names for names in named if len(names) > 1), ())

    def side_of(self, document: Document, said: Sequence[Line]) -> str:
        """The one of several that a sentence is of; where none are held against each other, the province or empty."""
        if self.sides != self.intent.speakers or not self.sides:
            return self.place_of(document, said)
        told = {fold(line.statement.speaker) for line in said}
        return next((name for name in self.sides if fold(name) in told), "")

    def may_be_of(self, said: Sequence[Statement]) -> bool:
        """Whether none of the statements is what another side asked for or promised, or said to another province."""
        others = [one for one in said if one.kind in _SAID and self.intent.side not in (None, one.speaker_side)]
        provinces = [{*statement.province.split(", ")} for statement in said if statement.province]
        return not others and all(not self.provinces or of & (self.provinces | {NATIONWIDE}) for of in provinces)

    def bonus(self, document: Document, said: Sequence[Line], text: str) -> float:
        """What is added to the score of a sentence; less than nothing where it cannot be what is asked for."""
        return (
            self._of_place(document, said)
            + self._of_time(document)
            + self._of_speaker(said)
            + self._of_kind(said)
            + self._of_form(text, said)
            + self._of_names(text)
        )

    def _of_names(self, text: str) -> float:
        """Whether it holds what the question names by a word that is no other's: ezCloud, VOV24, IPv6."""
        return _NAMED if any(name in text for name in _OWN_WORD.findall(self.reading.text)) else 0.0

    def _of_form(self, text: str, said: Sequence[Line]) -> float:
        """Whether it holds a thing of the sort asked for: a figure, a point in time, a name, a list."""
        if self.intent.form == "list":
            return _FORM if _LIST.search(text) else 0.0
        holds = {"figure": _FIGURE, "when": _WHEN, "who": _NAME}.get(self.intent.form)
        if holds is None:
            return 0.0
        named = self.intent.form == "who" and any(line.statement.speaker for line in said)
        return _FORM if named or holds.search(text) else -_FORM

    def _of_place(self, document: Document, said: Sequence[Line]) -> float:
        if not self.provinces:
            return 0.0
        told = {name for line in said for name in line.provinces}
        if told & self.provinces or (not told and self.provinces & {*document.provinces}):
            return _PLACE
        return 0.0 if any(line.is_nationwide for line in said) else -_PLACE

    def _of_time(self, document: Document) -> float:
        if not self.period or not document.date:
            return 0.0
        first, last = str(document.date), last_day(str(document.date))
        return _TIME if first <= str(self.period.last) and str(self.period.first) <= last else -_TIME

    def _of_speaker(self, said: Sequence[Line]) -> float:
        wanted = [*map(fold, self.intent.speakers or self.intent.offices)]
        if not wanted or not said:
            return 0.0
        speakers = [fold(f"{line.statement.speaker} {line.statement.title}") for line in said]
        return _SPEAKER if any(name in speaker for name in wanted for speaker in speakers) else 0.0

    def _of_kind(self, said: Sequence[Line]) -> float:
        kinds = {line.statement.kind for line in said}
        sides = {line.statement.speaker_side for line in said}
        if not kinds:
            return 0.0
        bonus = _KIND if kinds & {*self.intent.kinds} else 0.0
        if self.intent.side and self.intent.side not in sides and kinds & _SAID:
            bonus -= _OTHER_SIDE
        asks_for_words = self.intent.side is not None
        return bonus - (_EVENT if kinds == {"event"} and asks_for_words else 0.0)
