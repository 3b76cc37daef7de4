"""Who said what to whom: every sentence of a document as a statement, or several where it holds several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Voice
from index.extracted import Block
from index.fields import field_of
from index.kinds import SAID_BY, Judgement, KindModel
from index.parts import Part, read_parts
from index.provinces import named_in
from index.recipients import is_widened, province_of, recipient_of
from index.records import Document, Kind, Side, Statement

# Two clauses are told apart only where both kinds are at least this likely.
_SURE_OF_A_CUT = 0.55
_OPENER_CHARS = 60
_FIGURE = re.compile(
    r"(?<![\w/.,])\d{1,3}(?:[.]\d{3})+(?:,\d+)?(?![\w/])(?:\s?%|\s(?!tháng|năm|ngày)[^\W\d_]+)?"
    r"|(?<![\w/.,])\d+(?:,\d+)?\s?(?:%|(?:tỷ|triệu|nghìn)(?: đồng| USD)?|đồng|[^\W\d_]{2,})",
)
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|đến hết|hết|trong|xong trong|từ nay đến|đến|vào)\s(?:cuối |đầu |giữa )?"
    r"(?:ngày \d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2}/\d{1,2}/\d{4}|tháng \d{1,2}(?:/\d{4}| năm \d{4})?"
    r"|quý (?:[IV]{1,3}|\d)(?:[/-]\d{4}| năm \d{4})?"
    r"|năm (?:20\d\d|nay|tới|sau)|nhiệm kỳ[^,;.]{0,20}|giai đoạn \d{4}\s?[-–]\s?\d{4})"
)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A clause with its speaker and its kind."""

    start: int
    end: int
    voice: Voice
    judgement: Judgement
    part: Part


def statements_of(document: Document, blocks: Sequence[Block], model: KindModel) -> list[Statement]:
    """Every statement of a document in the text's order, headings left out.

    `document.text[s.start:s.end] == s.text` holds for each; none overlap.
    """
    telling = _Telling(document)
    return [telling.statement(one) for one in judged(document, blocks, model)]


class _Telling:
    """What goes on from one statement of a document to the next: its province, its field, whom a list is for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._number = 0
        self._near, self._field, self._recipient, self._kind = "", "", "", ""
        self._paragraph = -1

    def statement(self, one: _Judged) -> Statement:
        """The statement of a clause."""
        document, kind, part = self._document, one.judgement.kind, one.part
        said = document.text[one.start : one.end]
        self._go_on(part, said)
        found = recipient_of(kind, one.voice.side, part.clause.said, self._home())
        goes_on = part.clause.link == "list" and kind == self._kind and self._recipient and not is_widened(found)
        self._recipient, self._kind = (self._recipient if goes_on else found), kind
        opener = document.text[part.block.start : min(part.block.end, part.block.start + _OPENER_CHARS)]
        self._field = field_of(said, opener, part.clause.heading, self._field)
        self._number += 1
        return Statement(
            id=f"{document.id}@{document.sha256[:10]}#s{self._number - 1}",
            document_id=document.id,
            start=one.start,
            end=one.end,
            text=said,
            kind=kind,
            speaker=one.voice.name,
            title=one.voice.title,
            speaker_side=one.voice.side,
            recipient=self._recipient,
            province=province_of(said, self._recipient, document.provinces, self._near),
            date=str(document.date or ""),
            field=self._field,
            figures=tuple(" ".join(match.group().split()) for match in _FIGURE.finditer(said)),
            deadline=next((match.group() for match in _DEADLINE.finditer(said)), ""),
            confidence=round(one.judgement.confidence, 3),
            cues=one.judgement.cues,
        )

    def _go_on(self, part: Part, said: str) -> None:
        """Into the next paragraph only a list takes its province and field with it, a speaker his field."""
        if part.block.start != self._paragraph:
            self._paragraph = part.block.start
            self._near = self._near if part.clause.link == "list" else ""
            self._field = self._field if part.clause.link in {"list", "same"} else ""
        if len(self._document.provinces) != 1:
            self._near = (named_in(f"{part.clause.heading} . {said}") or [self._near])[-1]

    def _home(self) -> str:
        return self._document.provinces[0] if len(self._document.provinces) == 1 else self._near


def judged(document: Document, blocks: Sequence[Block], model: KindModel) -> list[_Judged]:
    """Every clause with its kind; clauses of a sentence that turn out to be of one kind are joined again."""
    parts = [part for sentence in read_parts(document, blocks) for part in sentence]
    is_letter = bool(document.issuer and document.number)
    found: list[_Judged] = []
    heard: dict[Side, Voice] = {}
    for part, judgement in zip(parts, model.judge([part.clause for part in parts]), strict=True):
        heard[part.voice.side] = part.voice
        voice = (
            NARRATOR if judgement.kind == "event" and not is_letter else _voice_of(judgement.kind, part.voice, heard)
        )
        last = found[-1] if found else None
        one = _Judged(part.start, part.end, voice, judgement, part)
        if last and last.part.sentence == part.sentence and _belong(last, one):
            found[-1] = _joined(last, one)
        else:
            found.append(one)
    return found


def _voice_of(kind: Kind, voice: Voice, heard: Mapping[Side, Voice]) -> Voice:
    """Whoever says a kind that only the other side says is of that side: the last one heard of it."""
    side = SAID_BY.get(kind, voice.side)
    return voice if side == voice.side else heard.get(side, Voice(side))


def _belong(one: _Judged, other: _Judged) -> bool:
    if one.voice.side != other.voice.side:
        return False
    sure = min(one.judgement.confidence, other.judgement.confidence) > _SURE_OF_A_CUT
    return one.judgement.kind == other.judgement.kind or not sure


def _joined(one: _Judged, other: _Judged) -> _Judged:
    surer = max(one, other, key=lambda judged: judged.judgement.confidence)
    return replace(one, end=other.end, judgement=surer.judgement)
