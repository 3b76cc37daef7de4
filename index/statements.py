"""The register's raw material."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from index.extracted import Block
from index.records import Document
from index.mentions import canonical, side_of
from index.sentences import sentence_spans
from index.speakers import NARRATOR, Attribution, Cast, Voice, attribution, heard_heading, is_other_topic

@dataclass
class Unit:
    start:int; end:int; block:Block; heading:str; first:bool; voice:Voice; said:Attribution|None; follows:bool

import re
_EVENT=re.compile(r"(?:đã có|có|diễn ra|tổ chức) (?:một )?(?:buổi|cuộc) (?:làm việc|họp|gặp)|ký kết|tham dự|cùng dự|tham gia buổi|kết thúc (?:hội nghị|buổi|cuộc)|đã diễn ra|diễn ra (?:chiều|sáng|ngày)|đến thăm|tới thăm|đã ký (?:quyết định|ban hành)|dâng hương|thăm quan|dự (?:buổi|hội nghị)|tổ chức (?:hội nghị|buổi)",re.I)
_PICTURED=re.compile(r"^[^#].*(?:phát biểu tại|trao tặng|chụp ảnh|tới thăm|đến thăm|dâng hương|bắt tay|quang cảnh|toàn cảnh|ký kết|tại (?:buổi làm việc|hội nghị))",re.I)
def units_of(document:Document,blocks:Sequence[Block])->Iterator[Unit]:
    cast=Cast.of(document.findings); heading=""; lead=None; base=NARRATOR
    if document.issuer and document.number: base=Voice(side_of(document.issuer) or "ministry",canonical(document.issuer)); cast.speak(base)
    for b in blocks:
        if b.kind=="noise": continue
        if b.kind=="heading" and not _PICTURED.search(document.text[b.start:b.end]):
            if base.side!="narrator": cast.speak(cast.last_of(base.side))
            heading=document.text[b.start:b.end]; heard_heading(heading,cast); continue
        first=True; narrated=False
        for s,e in sentence_spans(document.text,b.start,b.end):
            kept=cast.voice
            said=attribution(document.text,s,e,cast)
            if b.kind=="item" and lead is not None and (lead.side=="narrator" or not said or not said.voice.is_person):
                voice=lead
            elif said:
                voice=said.voice
                if base.side!="narrator" and not voice.is_person and voice.side!=kept.side: pass
                elif b.kind not in ("caption","heading"): cast.speak(voice)
            elif b.kind in ("caption","heading") or (narrated and not first) or _EVENT.search(document.text[s:e]): voice=NARRATOR; narrated=first or narrated
            else:
                if first and b.kind=="text" and not cast.voice.is_person and is_other_topic(document.text[s:e]) and cast.voice.side!="narrator":
                    cast.speak(Voice(cast.voice.side))
                voice=cast.voice
            if said: narrated=False
            yield Unit(s,e,b,heading,first,voice,said,not first)
            lead = voice if document.text[e-1]==":" else lead if b.kind=="item" else None
            first=False
