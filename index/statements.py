"""Who said what to whom: every sentence of a document as a statement, or several where it holds several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Voice
from index.extracted import Block
from index.fields import field_of
from index.kinds import Judgement, KindModel
from index.parts import Part, read_parts
from index.provinces import named_in
from index.recipients import is_widened, province_of, recipient_of
from index.records import Document, Statement

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
    near, field, recipient, last = "", "", "", None
    statements: list[Statement] = []
    for one in judged(document, blocks, model):
        said = document.text[one.start : one.end]
        kind, side, part = one.judgement.kind, one.voice.side, one.part
        is_item = last is not None and part.clause.link == "list"
        if last is None or last.block.start != part.block.start:
            near = near if is_item else ""
            field = field if is_item or part.clause.link == "same" else ""
        near = (named_in(f"{part.clause.heading} . {said}") or [near])[-1] if len(document.provinces) != 1 else ""
        home = document.provinces[0] if len(document.provinces) == 1 else near
        found = recipient_of(kind, side, part.clause.said, home)
        recipient = (
            recipient if is_item and recipient and not is_widened(found) and kind == statements[-1].kind else found
        )
        field = field_of(
            said,
            document.text[part.block.start : min(part.block.end, part.block.start + _OPENER_CHARS)],
            part.clause.heading,
            field,
        )
        statements.append(
            Statement(
                id=f"{document.id}@{document.sha256[:10]}#s{len(statements)}",
                document_id=document.id,
                start=one.start,
                end=one.end,
                text=said,
                kind=kind,
                speaker=one.voice.name,
                title=one.voice.title,
                speaker_side=side,
                recipient=recipient,
                province=province_of(said, recipient, document.provinces, near),
                date=str(document.date or ""),
                field=field,
                figures=tuple(" ".join(match.group().split()) for match in _FIGURE.finditer(said)),
                deadline=next((match.group() for match in _DEADLINE.finditer(said)), ""),
                confidence=round(one.judgement.confidence, 3),
                cues=one.judgement.cues,
            )
        )
        last = part
    return statements


def judged(document: Document, blocks: Sequence[Block], model: KindModel) -> list[_Judged]:
    """Every clause with its kind; clauses of a sentence that turn out to be of one kind are joined again."""
    parts = [part for sentence in read_parts(document, blocks) for part in sentence]
    is_letter = bool(document.issuer and document.number)
    found: list[_Judged] = []
    for part, judgement in zip(parts, model.judge([part.clause for part in parts]), strict=True):
        voice = NARRATOR if judgement.kind == "event" and not is_letter else part.voice
        last = found[-1] if found else None
        one = _Judged(part.start, part.end, voice, judgement, part)
        if last and last.part.sentence == part.sentence and _belong(last, one):
            found[-1] = _joined(last, one)
        else:
            found.append(one)
    return found


def _belong(one: _Judged, other: _Judged) -> bool:
    if one.voice.side != other.voice.side:
        return False
    sure = min(one.judgement.confidence, other.judgement.confidence) > _SURE_OF_A_CUT
    return one.judgement.kind == other.judgement.kind or not sure


def _joined(one: _Judged, other: _Judged) -> _Judged:
    surer = max(one, other, key=lambda judged: judged.judgement.confidence)
    return replace(one, end=other.end, judgement=surer.judgement)
