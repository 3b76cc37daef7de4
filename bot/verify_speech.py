"""Whether a sentence has the evidence's speaker say it, to the evidence's addressee, as the kind of speech it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.verify_align import Aligned, Unit, Words
from bot.verify_people import Who, alike, of_party, recipients_of, speaker_of
from bot.verify_text import Party, read

Found = tuple[str, str]
_BETWEEN = re.compile(
    r"[ ,]*(?:(?:cũng|đã|còn|vừa|sẽ|tiếp tục|rất|đều|thẳng thắn|có|bày tỏ|luôn|đồng thời|trực tiếp|mới|lại|thì|đang"
    r"|chính thức|nhiều lần|tha thiết|thêm|đánh giá cao và)[ ,]+)*"
)
_ASIDE = re.compile(r",? (?:tại|trong|về|khi|nhân|với|ngày|phát biểu|ở|\d)[^;:.]{0,90},? ?(?:cũng |đã |còn )?")
_TO = re.compile(r"(?: (?:với|cho|tới|đến|gửi|các|lãnh đạo|rằng|đối với|về phía|là|phía))*[ :]*")
_ACCORDING = re.compile(
    r"(?<!\w)theo (?:(?:phần )?(?:ý kiến|lời|đánh giá|phát biểu|chia sẻ|quan điểm) (?:của )?)?$", re.IGNORECASE
)
_OWNER = re.compile(r"(?: [^\W\d]+){0,3} (?:ở|tại|của|trong|thuộc|trên) | ")
_NOUN = re.compile(r"(?:^|\s)(?:theo|là)\s(?:\w+\s)?$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?:^|\s)(?:được|bị|do|bởi)\s*$")
_OBJECT = re.compile(r"(?<!\w)(?:với|cùng|của|tại|ở|về|tới|đến|từ)\s$", re.IGNORECASE)
_BOTH = re.compile(r"(?<!\w)(?:đều|cả hai|lẫn|lần lượt)(?!\w)")
_FIRST = 6
_DIRECTED = frozenset({"recommend", "ask", "request", "order", "commit"})
_ASKED = frozenset({"recommendation", "request", "directive_internal", "enterprise_proposal"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Somebody says something to somebody; `at` and `stop` are the tokens of the verb, `kind` its class."""

    kind: str
    phrase: str
    speaker: Party | None
    recipient: Party | None
    at: int
    stop: int


def frames_of(words: Words) -> list[Frame]:
    """What a text tells of who says what to whom, in order; what the addressee is to say is left out."""
    found = [*_by_verb(words), *_by_according(words)]
    if label := _label(words):
        found.append(label)
    return sorted(found, key=lambda frame: frame.at)


def _by_verb(words: Words) -> Iterator[Frame]:
    addressed: set[Party] = set()
    for mark in words.marks("speech"):
        start, end = words.tokens[mark.first].start, words.tokens[mark.stop - 1].end
        speaker, recipient = _around(words, start, end)
        if speaker in addressed:
            continue
        if recipient:
            addressed.add(recipient)
        if speaker or recipient:
            yield Frame(mark.kind, mark.phrase, speaker, recipient, mark.first, mark.stop)


def _around(words: Words, start: int, end: int) -> tuple[Party | None, Party | None]:
    text = words.read.text
    after = next((party for party in words.parties if party.start >= end), None)
    if after and re.fullmatch(r" của\s*", text[end : after.start]) and _NOUN.search(text[:start]):
        return after, _next(words, after.end)
    recipient = _next(words, end)
    before = _without_owners(text, [party for party in words.parties if party.end <= start])
    if not before:
        return None, recipient
    last, gap = before[-1], text[before[-1].end : start]
    if re.fullmatch(r" (?:đã |cũng |còn |vừa )?được (?:\w+ ){0,1}", gap):
        return None, (None if _OBJECT.search(text[: last.start]) else last)
    if not _BETWEEN.fullmatch(gap) and not (_ASIDE.fullmatch(gap) and len(before) < 2):
        aside = [party for party in before if _ASIDE.fullmatch(text[party.end : start])]
        return (aside[0] if aside else None), recipient
    passive = _PASSIVE.search(text[: last.start])
    if passive:
        patient = [
            party for party in before[:-1] if re.fullmatch(r"\s*(?:đã |cũng )?", text[party.end : passive.start()])
        ]
        return last, (patient[-1] if patient else recipient)
    return last, recipient


def _without_owners(text: str, parties: list[Party]) -> list[Party]:
    """Of `Sở của tỉnh`, `doanh nghiệp viễn thông ở Tây Ninh` only the first, as far as the latter."""
    kept: list[Party] = []
    for party in parties:
        if kept and _OWNER.fullmatch(text[kept[-1].end : party.start]):
            kept[-1] = replace(kept[-1], end=party.end)
        else:
            kept.append(party)
    return kept


def _next(words: Words, end: int) -> Party | None:
    after = next((party for party in words.parties if party.start >= end), None)
    return after if after and _TO.fullmatch(words.read.text[end : after.start]) else None


def _by_according(words: Words) -> Iterator[Frame]:
    for party in words.parties:
        if _ACCORDING.search(words.read.text[: party.start]):
            at = next(at for at, token in enumerate(words.tokens) if token.end >= party.end)
            yield Frame("state", "theo", party, None, at, at + 1)


def _label(words: Words) -> Frame | None:
    """`Bà Trần Thị Mến: …`."""
    first = words.parties[0] if words.parties else None
    if first and not first.start and re.match(r"\s*(?:\([^()]*\)\s*)?:", words.read.text[first.end :]):
        return Frame("state", ":", first, None, 0, 1)
    return None


def speech_faults(laid: Aligned) -> Iterator[Found]:
    """Another speaker, the wrong direction, another kind of speech, another one who does it."""
    frames = frames_of(laid.words)
    for number, frame in enumerate(frames):
        until = frames[number + 1].at if number + 1 < len(frames) else len(laid.words.tokens)
        unit = _unit_of(laid, frame, until)
        if frame.speaker:
            units = [laid.units[one] for one in laid.used] if _BOTH.search(laid.words.read.text) else [unit]
            yield from _speaker_faults(frame, frame.speaker, units)
        if frame.recipient and frame.kind in _DIRECTED:
            yield from _recipient_faults(laid, frame, frame.recipient, unit, until)
        yield from _kind_faults(frame, unit)
    yield from _doer_faults(laid)


def _unit_of(laid: Aligned, frame: Frame, until: int) -> Unit:
    """The unit that holds most of what is said."""
    behind = [at for at in range(frame.stop, until) if laid.words.content[at]][:_FIRST]
    whole = behind if len(behind) > 1 else [at for at in range(len(laid.words.tokens)) if laid.words.content[at]]
    votes = [laid.unit_of[at] for at in whole] or [laid.unit_of[frame.at]]
    return laid.units[max(set(votes), key=votes.count)]


def _speakers(unit: Unit) -> list[Who]:
    found = [of_party(frame.speaker) for frame in frames_of(unit.words) if frame.speaker]
    found += [speaker_of(one) for one in unit.said if one.speaker or one.speaker_side != "narrator"]
    if not found:
        texts = (unit.evidence.heading, unit.evidence.title)
        found = [of_party(party) for text in texts for party in read(text).parties]
    return found


def _speaker_faults(frame: Frame, speaker: Party, units: list[Unit]) -> Iterator[Found]:
    here = of_party(speaker)
    if any(alike(here, there) for unit in units for there in _speakers(unit)):
        return
    is_addressee = any(alike(here, there) for unit in units for there in _recipients(unit))
    yield ("direction" if is_addressee else "speaker"), speaker.title or speaker.unit or speaker.name


def _recipients(unit: Unit) -> list[Who]:
    found = [of_party(frame.recipient) for frame in frames_of(unit.words) if frame.recipient]
    return found + [who for one in unit.said for who in recipients_of(one)]


def _recipient_faults(laid: Aligned, frame: Frame, recipient: Party, unit: Unit, until: int) -> Iterator[Found]:
    here = of_party(recipient)
    there = [one for one in frames_of(unit.words) if one.recipient]
    places = [laid.place_of[at] for at in range(frame.stop, until) if laid.words.content[at]]
    nearest = _best(there, [place for place in places if place is not None])
    name = recipient.unit or recipient.title or recipient.name
    if nearest and nearest.recipient:
        there_party = of_party(nearest.recipient)
        if alike(here, there_party):
            return
        beside = _beside(unit.words, nearest.recipient)
        if not any(alike(here, who) for who in [*beside, *_recipients(unit)]):
            yield "direction", name
            return
        if (
            here.side
            and there_party.side
            and here.side != there_party.side
            and not any(alike(here, one) for one in beside)
        ):
            yield "direction", name
            return
        others = [one for one in there if one is not nearest and one.recipient]
        if any(one.recipient and alike(here, of_party(one.recipient)) and here.core for one in others):
            yield "merged", name
            return
    known = [*_recipients(unit), *(of_party(party) for party in unit.words.parties)]
    speakers = [speaker_of(one) for one in unit.said] or [of_party(one.speaker) for one in there if one.speaker]
    is_speaker = any(alike(here, who) for who in speakers) and not any(alike(here, who) for who in _recipients(unit))
    if is_speaker or not any(alike(here, who) for who in known):
        yield "direction", name


def _beside(words: Words, recipient: Party) -> list[Who]:
    """Those named together with an addressee."""
    gaps = (
        (party, words.read.text[recipient.end : party.start]) for party in words.parties if party.start >= recipient.end
    )
    return [of_party(party) for party, gap in gaps if re.fullmatch(r"(?:,| và|[^;:.]{0,20}(?:,| và))\s(?:các )?", gap)]


def _best(frames: list[Frame], places: list[int]) -> Frame | None:
    """The frame behind whose verb most of the places stand."""
    if not frames:
        return None
    stops = [frame.at for frame in frames[1:]] + [10**6]
    counts = [sum(frame.at <= place < stop for place in places) for frame, stop in zip(frames, stops, strict=True)]
    return frames[max(range(len(frames)), key=counts.__getitem__)]


def _kind_faults(frame: Frame, unit: Unit) -> Iterator[Found]:
    marks = unit.words.marks("speech")
    kinds = {mark.kind for mark in marks}
    said = {one.kind for one in unit.said}
    modal = {mark.kind for mark in unit.words.marks("operators")}
    if any(mark.phrase == frame.phrase for mark in marks) or frame.kind == "state":
        return
    asks = (
        bool(kinds & {"recommend", "ask", "request", "order"}) or bool(modal & {"need", "must"}) or bool(said & _ASKED)
    )
    has_to = any(mark.phrase in ("phải", "cần phải", "cần") for mark in unit.words.marks("operators"))
    fits = {
        "recommend": asks and not said & {"request", "enterprise_proposal"} and (not said or "recommendation" in said),
        "ask": asks,
        "request": asks or "future" in modal,
        "order": bool(kinds & {"order", "ask"}) or "must" in modal or has_to or "directive_internal" in said,
        "commit": "commit" in kinds or bool(said & {"commitment", "enterprise_proposal"}) or "future" in modal,
    }
    if not fits[frame.kind]:
        yield "kind", frame.phrase


def _doer_faults(laid: Aligned) -> Iterator[Found]:
    """One who does what another one does in the evidence."""
    for party in laid.words.parties:
        head = _head_behind(laid.words, party)
        place = laid.place_of[head] if head is not None else None
        if head is None or place is None:
            continue
        there = laid.unit(head).words
        doer = next((one for one in there.parties if _head_behind(there, one) == place), None)
        here = of_party(party)
        if doer and not alike(here, of_party(doer)) and not alike(of_party(doer), here):
            if not _differ(here, of_party(doer)):
                continue
            others = [one for one in there.parties if one is not doer]
            is_other_side = here.side and doer.side and here.side != doer.side
            if is_other_side or any(alike(here, of_party(one)) for one in others):
                yield "direction", party.unit or party.name


def _differ(here: Who, there: Who) -> bool:
    """Whether two are surely not the same."""
    return bool(
        (here.side and there.side and here.side != there.side)
        or (here.name and there.name)
        or (here.core and there.core)
    )


def _head_behind(words: Words, party: Party) -> int | None:
    """The word with weight right behind a party, operators passed over."""
    if _OBJECT.search(words.read.text[: party.start]):
        return None
    behind = [at for at, token in enumerate(words.tokens) if token.start >= party.end][:3]
    said = {at for mark in words.marks("speech") for at in range(mark.first, mark.stop)}
    for at in behind:
        if at in said or words.tokens[at].is_party:
            return None
        if words.content[at]:
            gap = words.read.text[party.end : words.tokens[at].start]
            return at if not re.search(r"[,;:.]|(?<!\w)(?:và|của|với|cho|tại|ở|là)(?!\w)", gap) else None
    return None
