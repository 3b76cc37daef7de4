"""A document as clauses, each with its speaker: what the kinds of statements are judged from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Cast, Voice
from index.clauses import clause_spans
from index.extracted import Block
from index.kind_cues import Clause, Link
from index.mentions import canonical, side_of
from index.narrated import CAPTION_LIKE, EVENT, PICTURED
from index.quotes import closes_quote, is_open_quote, unquoted
from index.records import Document
from index.reported import asked
from index.saying import ACTS, DONE, REQUEST
from index.sections import title_voice
from index.sentences import sentence_spans
from index.speakers import (
    Attribution,
    attribution,
    heard_heading,
    is_other_topic,
    is_source,
    subject,
)
from index.speech import speech_of

_FIRST_PERSON = re.compile(r"(?<!\w)(?:[Cc]húng )?[Tt]ôi(?!\w)")
_LEAST_SAID, _TITLE_CHARS = 8, 110


@dataclass(frozen=True, slots=True)
class Part:
    """A clause with its speaker, before its kind is known."""

    start: int
    end: int
    voice: Voice
    clause: Clause
    block: Block
    sentence: tuple[int, int]
    has_narrator: bool = True  # False in letters and speeches: their own voice tells events too


def read_parts(document: Document, blocks: Sequence[Block]) -> list[list[Part]]:
    """Every sentence in the text's order, as the clauses that it could be cut into."""
    return list(_Reading(document).read(blocks))


class _Reading:
    """One document under way."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._cast = Cast.of(document.findings)
        self._cast.home = document.provinces[0] if len(document.provinces) == 1 else ""
        self._base = NARRATOR
        if document.issuer and document.number:
            self._base = Voice(side_of(document.issuer) or "ministry", canonical(document.issuer))
            self._cast.speak(self._base)
        self._speech = speech_of(document.text, self._cast)
        if self._speech:
            self._cast.speak(self._speech)
        self._heading = ""
        self._named: Voice | None = None  # whose a list would be that follows next
        self._lead: Voice | None = None
        self._last: Part | None = None
        self._answers_for: Voice | None = None  # whose label opens the paragraph: he tells what others say
        self._asked: Voice | None = None  # who is interviewed
        self._is_heard = False  # whether somebody has spoken below the title
        self._told = False  # whether the paragraph began with what the narrator tells

    def read(self, blocks: Sequence[Block]) -> Iterator[list[Part]]:
        for block in blocks:
            if block.kind == "noise":
                continue
            if block.kind == "heading" and not PICTURED.search(self._text[block.start : block.end]):
                self._heading = self._text[block.start : block.end]
                self._under(self._heading)
                if self._base is not NARRATOR:  # a letter's own voice takes over again
                    self._cast.speak(self._cast.last_of(self._base.side))
                continue
            if self._named and block.kind == "item":
                self._cast.speak(self._named)
            self._named = None
            yield from self._in_block(block)
            line = self._text[block.start : block.end]
            if block.kind in ("text", "item") and len(line) < _TITLE_CHARS and line[-1] not in ".;,:!?":
                self._under(line)

    def _under(self, title: str) -> None:
        """Below a title that names a person he is heard, and his is the list, whatever units it orders about.

        An organ's name above running text is only a topic; above a list it says whose the list is.
        """
        if self._base is not NARRATOR or self._speech:
            heard_heading(title, self._cast)
            return
        voice = title_voice(title, self._cast)
        if voice is None:
            asker = self._cast.asker
            heard_heading(title, self._cast)
            self._heading = title if self._cast.asker != asker else self._heading
        elif voice.is_person:
            self._cast.speak(voice)
            self._lead = voice
        else:
            self._lead, self._named = None, voice

    def _in_block(self, block: Block) -> Iterator[list[Part]]:
        self._told, self._cast.guest, self._answers_for = False, None, None
        is_picture = block.kind in ("caption", "heading")
        spans = list(sentence_spans(self._text, block.start, block.end))
        for place, (start, end) in enumerate(spans):
            is_first = start == block.start
            kept = self._cast.voice
            self._cast.opens = is_first
            said = attribution(self._text, start, end, self._cast)
            if not said and is_open_quote(self._text[start:end]):
                said = self._named_behind(spans[place:])
            if said and self._goes_on(said, kept, start, end):
                said = None
            if said and said.is_label and said.voice.is_person:
                self._lead = None
            if is_picture or (is_first and end == block.end and CAPTION_LIKE.search(self._text[start:end])):
                self._cast.voice = kept
                parts = [self._part(start, end, NARRATOR, None, block, (start, end))]
            else:
                parts = self._sentence(start, end, said, kept, block, is_first)
            yield parts
            if self._text[end - 1] == ":":
                self._lead = parts[-1].voice
            elif block.kind != "item":
                self._lead = None

    def _goes_on(self, said: Attribution, kept: Voice, start: int, end: int) -> bool:
        """Whether the letter, or who spoke, speaks on although an organ is named."""
        if said.is_label or said.voice.is_person:
            return False
        if kept.side == said.voice.side:
            own = kept.side == self._base.side
            return own or is_source(self._text, said) or (kept.is_person and said.acts)
        return kept.side == "ministry" and self._is_an_order(said, start, end)

    def _is_an_order(self, said: Attribution, start: int, end: int) -> bool:
        """`UBND tỉnh chỉ đạo các huyện bố trí mặt bằng` of one who tells what it has to do."""
        told = said.voice.side == "province" and not (said.voice.is_person or said.is_trailing or said.is_label)
        return told and said.verb in ACTS and not DONE.search(self._text, start, end)

    def _named_behind(self, spans: Sequence[tuple[int, int]]) -> Attribution | None:
        """Who is named where the quotation ends that the first sentence opens."""
        for start, end in spans[1:]:
            if closes_quote(self._text[start:end]):
                said = attribution(self._text, start, end, self._cast)
                return replace(said, verb="", start=spans[0][0], end=spans[0][0], is_trailing=False) if said else None
        return None

    def _sentence(
        self, start: int, end: int, said: Attribution | None, kept: Voice, block: Block, is_first: bool
    ) -> list[Part]:
        cast, lead = self._cast, self._lead if block.kind == "item" else None
        if (
            lead is not None
            and not (said and said.is_label)
            and (lead.side == "narrator" or not said or not (said.voice.is_person or self._asks_himself(said, lead)))
        ):
            voice, said = lead, said if lead.side != "narrator" else None
        elif said:
            voice = self._heard(said)
        elif self._is_reported(block) and (doer := subject(self._text[start:end], cast)):
            cast.speak(doer)
            voice = doer
        elif not self._speaks_of_himself(start, end) and (
            (self._told and not is_first) or EVENT.search(self._text[start:end])
        ):
            voice = NARRATOR
            self._told = is_first or self._told
            if not self._is_heard and self._base is NARRATOR:  # the title only told what he will say
                cast.speak(NARRATOR)
        else:
            turns = is_first and block.kind == "text" and not cast.voice.is_person and cast.voice.side != "narrator"
            if turns and self._base is NARRATOR and is_other_topic(self._text[start:end]):
                cast.speak(Voice(cast.voice.side))
            voice = cast.voice
        return self._clauses(start, end, voice, said, block)

    def _heard(self, said: Attribution) -> Voice:
        """Whose words a sentence gives that names its speaker; from here on he is heard, unless another tells them."""
        cast, voice, self._is_heard = self._cast, said.voice, True
        is_reported = self._base is NARRATOR
        is_foreign = not is_reported and voice.side != self._base.side
        is_foreign = is_foreign or self._speech is not None  # others' words are told by the one who speaks
        if said.is_label and not is_reported:
            is_foreign = False
            voice = self._base if said.verb == "trả lời" and not voice.name else voice
        cast.guest = voice if is_foreign and voice.is_person else None
        if said.is_label and is_reported:
            self._answers_for = voice if voice.is_person else None
            if voice is NARRATOR and cast.voice is not NARRATOR:  # a question to the one whose interview it is
                self._asked = self._asked or cast.voice
                cast.speak(self._asked)
        is_foreign = is_foreign or (self._answers_for is not None and not voice.is_person)
        if not is_foreign and voice is not NARRATOR:
            cast.speak(voice)
        self._told = said.is_label and voice is NARRATOR
        return voice

    def _asks_himself(self, said: Attribution, lead: Voice) -> bool:
        """Whether an item tells what somebody of another side than its list's asks for."""
        return said.voice.side != lead.side and bool(REQUEST.match(self._text, said.end))

    def _is_reported(self, block: Block) -> bool:
        """Whether a reporter tells who does what among those who speak."""
        return self._base is NARRATOR and not self._speech and block.kind == "text"

    def _speaks_of_himself(self, start: int, end: int) -> bool:
        """Whether nobody but the one who speaks can say it."""
        is_first_person = self._cast.voice.is_person and _FIRST_PERSON.search(unquoted(self._text[start:end]))
        return self._speech is not None or bool(is_first_person)

    def _clauses(self, start: int, end: int, voice: Voice, said: Attribution | None, block: Block) -> list[Part]:
        if self._answers(block) and (question := asked(self._text[start:end], self._cast)):
            whose, colon = question[0], start + question[1]
            answer = colon + len(self._text[colon:end]) - len(self._text[colon:end].lstrip())
            told = self._part(start, colon, whose, None, block, (start, end))
            return [told, *self._clauses(answer, end, self._answerer(), None, block)]
        parts: list[Part] = []
        for begin, stop in self._spans(start, end, said):
            own, speaker = (said if said and begin <= said.start < stop else None), voice
            if said is not None and own is None:
                other = attribution(self._text, begin, stop, self._cast)
                if other and (other.voice.side == "enterprise" or other.voice.side not in {"narrator", voice.side}):
                    own, speaker = other, other.voice
            parts.append(self._part(begin, stop, speaker, own, block, (start, end)))
        return parts

    def _answers(self, block: Block) -> bool:
        """Whether what a province asks for may be told here only to be answered."""
        return self._base.side == "ministry" or (block.kind == "item" and self._cast.voice.side == "ministry")

    def _answerer(self) -> Voice:
        """Who answers what a province asks for: the one who speaks, if he is of the ministry."""
        voice = self._cast.voice
        return voice if voice.side == "ministry" else self._cast.last_of("ministry")

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
        has_narrator = self._base is NARRATOR and not self._speaks_of_himself(start, end)
        self._last = Part(start, end, voice, clause, block, sentence, has_narrator)
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
