"""A document as clauses, each with its speaker: what the kinds of statements are judged from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.cast import NARRATOR, Cast, Voice
from index.clauses import clause_spans
from index.extracted import Block
from index.kind_cues import Clause, Link
from index.mentions import canonical, side_of
from index.records import Document
from index.sentences import sentence_spans
from index.speakers import (
    Attribution,
    attribution,
    heard_heading,
    is_other_topic,
    is_source,
    speech_of,
)

_EVENT = re.compile(
    r"(?<!sẽ )(?:đã có|có|diễn ra|tổ chức) (?:một )?(?:buổi|cuộc) (?:làm việc|họp|gặp)|ký kết|tham dự|cùng dự"
    r"|tham gia buổi"
    r"|kết thúc (?:hội nghị|buổi|cuộc)|đã diễn ra|diễn ra (?:chiều|sáng|ngày)|(?:đến|tới) thăm"
    r"|đã ký (?:quyết định|ban hành)|dâng hương"
    r"|thăm quan|dự (?:buổi|hội nghị)|(?<!sẽ )tổ chức (?:hội nghị|buổi)",
    re.IGNORECASE,
)
# A line of its own under a picture, whatever the loader took it for.
_PICTURED = re.compile(
    r"^[^#].*(?:phát biểu tại|trao tặng|chụp ảnh|(?:đến|tới) thăm|dâng hương|bắt tay|quang cảnh|toàn cảnh|ký kết"
    r"|tại (?:buổi làm việc|hội nghị))",
    re.IGNORECASE,
)
_CAPTION_LIKE = re.compile(
    r"^[^,;:]{5,90}\s(?:phát biểu|chia sẻ|trao đổi|trình bày|báo cáo|kết luận)(?: kết luận| chỉ đạo)?\s(?:tại"
    r"|trong)\s[^,;:]{3,60}$"
)
_LEAST_SAID = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with its speaker, before its kind is known."""

    start: int
    end: int
    voice: Voice
    clause: Clause
    block: Block
    sentence: tuple[int, int]


def read_parts(document: Document, blocks: Sequence[Block]) -> list[list[Part]]:
    """Every sentence in the text's order, as the clauses that it could be cut into."""
    return list(_Reading(document).read(blocks))


class _Reading:
    """One document under way."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._cast = Cast.of(document.findings)
        self._base = NARRATOR
        if document.issuer and document.number:
            self._base = Voice(side_of(document.issuer) or "ministry", canonical(document.issuer))
            self._cast.speak(self._base)
        self._speech = speech_of(document.text, self._cast)
        if self._speech:
            self._cast.speak(self._speech)
        self._heading = ""
        self._lead: Voice | None = None
        self._last: Part | None = None
        self._told = False  # whether the paragraph began with what the narrator tells

    def read(self, blocks: Sequence[Block]) -> Iterator[list[Part]]:
        for block in blocks:
            if block.kind == "noise":
                continue
            if block.kind == "heading" and not _PICTURED.search(self._text[block.start : block.end]):
                self._heading = self._text[block.start : block.end]
                heard_heading(self._heading, self._cast)
                if self._base is not NARRATOR:  # a letter's own voice takes over again
                    self._cast.speak(self._cast.last_of(self._base.side))
                continue
            yield from self._in_block(block)

    def _in_block(self, block: Block) -> Iterator[list[Part]]:
        self._told = False
        is_picture = block.kind in ("caption", "heading")
        for start, end in sentence_spans(self._text, block.start, block.end):
            is_first = start == block.start
            kept = self._cast.voice
            self._cast.opens = is_first
            said = attribution(self._text, start, end, self._cast)
            if (
                said
                and not said.voice.is_person
                and kept.side == said.voice.side
                and (self._base is not NARRATOR or is_source(self._text, said))
            ):
                said = None  # the letter, or who spoke, goes on
            if said and said.is_label and said.voice.is_person:
                self._lead = None
            if is_picture or (is_first and end == block.end and _CAPTION_LIKE.search(self._text[start:end])):
                self._cast.voice = kept
                parts = [self._part(start, end, NARRATOR, None, block, (start, end))]
            else:
                parts = self._sentence(start, end, said, kept, block, is_first)
            yield parts
            if self._text[end - 1] == ":":
                self._lead = parts[-1].voice
            elif block.kind != "item":
                self._lead = None

    def _sentence(
        self, start: int, end: int, said: Attribution | None, kept: Voice, block: Block, is_first: bool
    ) -> list[Part]:
        cast, lead = self._cast, self._lead if block.kind == "item" else None
        if (
            lead is not None
            and not (said and said.is_label)
            and (lead.side == "narrator" or not said or not said.voice.is_person)
        ):
            voice, said = lead, said if lead.side != "narrator" else None
        elif said:
            voice = said.voice
            is_foreign = self._base is not NARRATOR and voice.side != self._base.side
            is_foreign = is_foreign or self._speech is not None  # others' words are told by the one who speaks
            if not is_foreign and voice is not NARRATOR:
                cast.speak(voice)
            self._told = False
        elif (self._told and not is_first) or _EVENT.search(self._text[start:end]):
            voice = NARRATOR
            self._told = is_first or self._told
        else:
            turns = is_first and block.kind == "text" and not cast.voice.is_person and cast.voice.side != "narrator"
            if turns and self._base is NARRATOR and is_other_topic(self._text[start:end]):
                cast.speak(Voice(cast.voice.side))
            voice = cast.voice
        return self._clauses(start, end, voice, said, block)

    def _clauses(self, start: int, end: int, voice: Voice, said: Attribution | None, block: Block) -> list[Part]:
        parts: list[Part] = []
        for begin, stop in self._spans(start, end, said):
            own, speaker = (said if said and begin <= said.start < stop else None), voice
            if said is not None and own is None:
                other = attribution(self._text, begin, stop, self._cast)
                if other and other.voice is not NARRATOR and other.voice.side != voice.side:
                    own, speaker = other, other.voice
            parts.append(self._part(begin, stop, speaker, own, block, (start, end)))
        return parts

    def _spans(self, start: int, end: int, said: Attribution | None) -> list[tuple[int, int]]:
        """Where the sentence is cut; a part that would only name the speaker stays with the next."""
        spans = list(clause_spans(self._text, start, end))
        for place, (begin, stop) in enumerate(spans[:-1]):
            if said and begin <= said.start < stop and self._text[said.end : stop].strip(" ,;") in {"", said.verb}:
                return [*spans[:place], (begin, spans[place + 1][1]), *spans[place + 2 :]]
        return spans

    def _part(
        self, start: int, end: int, voice: Voice, said: Attribution | None, block: Block, sentence: tuple[int, int]
    ) -> Part:
        content = self._text[start:end]
        if said and start <= said.start < end:
            content = self._text[start : said.start] if said.is_trailing else self._text[max(start, said.end) : end]
            if len(content.strip()) < _LEAST_SAID:
                content = self._text[start:end]
        clause = Clause(
            said=content,
            side=voice.side,
            is_person=voice.is_person,
            verb=said.verb if said else "",
            place=block.kind,
            heading=self._heading,
            link=self._link(voice, block, sentence),
            is_official=self._base is not NARRATOR,
            is_first=start == block.start,
        )
        self._last = Part(start, end, voice, clause, block, sentence)
        return self._last

    def _link(self, voice: Voice, block: Block, sentence: tuple[int, int]) -> Link:
        last = self._last
        if last is None:
            return "jump"
        same = (last.voice.name, last.voice.side) == (voice.name, voice.side)
        if block.kind == "item" and (last.block.kind == "item" or self._lead is not None):
            return "list"
        if last.block.start == block.start:
            return "same" if same else "turn"
        return "next" if same else "jump"
