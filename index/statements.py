"""Who said what to whom: every sentence of a document as a statement, or several where it holds several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Voice
from index.certainty import certainty
from index.extracted import Block
from index.field_cues import Told
from index.fields import FieldModel, shipped
from index.kinds import SAID_BY, Judgement, KindModel
from index.parts import Part, read_parts
from index.provinces import named_in
from index.recipients import is_widened, names_whom, province_of, recipient_of
from index.records import Document, Kind, Side, Statement

# Two clauses are told apart only where both kinds are at least this likely.
_SURE_OF_A_CUT = 0.55
_SURE_OF_A_STATE = 0.7
# What the ministry's side says without asking anything of a province may be about none.
_TELLS = frozenset({"status", "opinion", "directive_internal"})
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
class Judged:
    """A clause with its speaker and its kind."""

    start: int
    end: int
    voice: Voice
    judgement: Judgement
    part: Part


def statements_of(
    document: Document, blocks: Sequence[Block], model: KindModel, fields: FieldModel | None = None
) -> list[Statement]:
    """Every statement of a document in the text's order, headings left out; `fields` is the model of them that ships.

    `document.text[s.start:s.end] == s.text` holds for each; none overlap.
    """
    telling, found = _Telling(document), judged(document, blocks, model)
    about = (fields or shipped()).fields_of([told(document, one) for one in found])
    return [telling.statement(one, field) for one, field in zip(found, about, strict=True)]


def told(document: Document, one: Judged) -> Told:
    """What the field of a clause is judged from."""
    part, clause = one.part, one.part.clause
    opener = document.text[part.block.start : min(part.block.end, part.block.start + _OPENER_CHARS)]
    return Told(
        said=clause.said,
        opener=opener if one.start > part.block.start else "",
        heading=clause.heading,
        speaker=one.voice.title if one.voice.is_person else one.voice.name,
        side=one.voice.side,
        kind=one.judgement.kind,
        place=clause.place,
        link=clause.link,
        leads=document.text[one.end - 1] == ":",
    )


class _Telling:
    """What goes on from one statement of a document to the next: its province, whom a list is for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._number = 0
        self._near, self._recipient, self._kind = "", "", ""
        self._paragraph = -1

    def statement(self, one: Judged, field: str) -> Statement:
        """The statement of a clause that is about a field."""
        document, kind, part = self._document, one.judgement.kind, one.part
        said = document.text[one.start : one.end]
        self._go_on(part, said)
        near = self._near_of(one.voice)
        sure = one.judgement.confidence > _SURE_OF_A_STATE and one.voice.side == "ministry"
        telling = kind if sure and kind in _TELLS else ""
        found = recipient_of(kind, one.voice.side, part.clause.said, self._home())
        is_own = is_widened(found) or (kind == "directive_internal" and names_whom(part.clause.said))
        goes_on = part.clause.link == "list" and kind == self._kind and self._recipient and not is_own
        self._recipient, self._kind = (self._recipient if goes_on else found), kind
        is_of_home = one.voice.side == "province" and len(document.provinces) == 1
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
            province=province_of(said, "" if is_of_home else self._recipient, document.provinces, near, telling),
            date=str(document.date or ""),
            field=field,
            figures=tuple(" ".join(match.group().split()) for match in _FIGURE.finditer(said)),
            deadline=next((match.group() for match in _DEADLINE.finditer(said)), ""),
            confidence=round(certainty(one.judgement, said), 3),
            cues=one.judgement.cues,
        )

    def _go_on(self, part: Part, said: str) -> None:
        """Into the next paragraph only a list takes its province with it."""
        if part.block.start != self._paragraph:
            self._paragraph = part.block.start
            self._near = self._near if part.clause.link == "list" else ""
        if len(self._document.provinces) != 1:
            self._near = (named_in(f"{part.clause.heading} . {said}") or [self._near])[-1]

    def _near_of(self, voice: Voice) -> str:
        """The province named last; where one of several provinces speaks, its own."""
        own = named_in(f"{voice.name} . {voice.title}") if voice.side == "province" else []
        return own[0] if len(own) == 1 and own[0] in self._document.provinces else self._near

    def _home(self) -> str:
        return self._document.provinces[0] if len(self._document.provinces) == 1 else self._near


def judged(document: Document, blocks: Sequence[Block], model: KindModel) -> list[Judged]:
    """Every clause with its kind; clauses of a sentence that turn out to be of one kind are joined again."""
    parts = [part for sentence in read_parts(document, blocks) for part in sentence]
    found: list[Judged] = []
    heard: dict[Side, Voice] = {}
    for part, judgement in zip(parts, model.judge([part.clause for part in parts]), strict=True):
        heard[part.voice.side] = part.voice
        is_narrated = judgement.kind == "event" and part.has_narrator
        voice = NARRATOR if is_narrated else _voice_of(judgement.kind, part.voice, heard)
        last = found[-1] if found else None
        one = Judged(part.start, part.end, voice, judgement, part)
        if last and last.part.sentence == part.sentence and _belong(last, one):
            found[-1] = _joined(last, one)
        else:
            found.append(one)
    return found


def _voice_of(kind: Kind, voice: Voice, heard: Mapping[Side, Voice]) -> Voice:
    """Whoever says a kind that only the other side says is of that side: the last one heard of it."""
    side = SAID_BY.get(kind, voice.side)
    return voice if side == voice.side else heard.get(side, Voice(side))


def _belong(one: Judged, other: Judged) -> bool:
    if one.voice.side != other.voice.side:
        return False
    sure = min(one.judgement.confidence, other.judgement.confidence) > _SURE_OF_A_CUT
    return one.judgement.kind == other.judgement.kind or not sure


def _joined(one: Judged, other: Judged) -> Judged:
    surer = max(one, other, key=lambda judged: judged.judgement.confidence)
    return replace(one, end=other.end, judgement=surer.judgement)
