"""Whose words a sentence gives: the speaker it names, or the last one named, who speaks on."""

import re
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Cast, Voice
from index.mentions import COMPANY, UNIT, Mention, mention_before, side_of
from index.quotes import unquoted
from index.reported import reported
from index.saying import (
    ACCORDING,
    ADVERBS,
    AS_TOLD,
    ASIDE,
    ATTENDS,
    BY_WHOM,
    NO_SUBJECT,
    OPENERS,
    PERFORMS,
    SOURCE,
    VERB,
    WILL,
    WISHES,
)

_UNNAMED = re.compile(r"\((?:[^()]*, )?(?:bài )?không (?:ghi|nêu) (?:rõ )?(?:người nói|chủ thể)\)")
_ORDER = re.compile(
    r"(?:(?:\d{1,2}|[a-zđ])[.)]\s*|[-+•*]\s*)?(?P<verb>Giao|Yêu cầu|Đề nghị|Chỉ đạo)\s(?P<whom>(?:các\s)?(?:Cục"
    r"|Vụ|Viện|Văn phòng Bộ|Thanh tra Bộ|Học viện|Quỹ)\b[^,;.]{0,60})"
)
_OF_THE_ARTICLE = re.compile(
    r"(?<!\w)(?:[Tt]heo|[Tt]iêu đề|[Đđ]ề mục)(?: của)? bài(?! toán| học| bản| giảng| phát| nói)(?: viết| báo)?\b"
    r"|^(?:Cũng )?[Tt]heo (?:kế hoạch|lộ trình|dự kiến) của (?:các )?(?:doanh nghiệp|nhà mạng|tập đoàn|công ty)(?!\w)"
    r"|^Bài (?:về|viết) |(?<![^\s(])Bài(?: viết"
    r"| báo)? (?:không |cũng |có )?(?:ghi|nêu|cho)\b"
)
_ASIDES = re.compile(r"(?<=[\w\"”]) \([^()]*\)(?=\W*$|,)")  # what brackets add tells of no speaker
_THEO = re.compile(r"(?<!\w)[Tt]heo(?= )")
_STOPS = re.compile(r"[,;:]|\s(?:thì|cần|phải|về|để|trình bày|đưa ra|cung cấp|công bố)(?!\w)")
_TITLE_BEHIND = re.compile(
    r", (?P<title>(?:đại diện|lãnh đạo|(?:[Pp]hó |[Qq]uyền )*(?:[Tt]ổng )?(?:[Gg]iám đốc|[Cc]ục trưởng|[Vv]ụ trưởng"
    r"|[Cc]hủ tịch|[Bb]í thư|[Tt]rưởng \w+|[Cc]hánh \w+ \w+))\s[^,;:.]{3,80}),"
)
_ON_BEHALF = re.compile(
    rf"(?:[Tt]hay mặt|[Đđ]ại diện|[Vv]ề phía|[Tt]ừ phía|[Pp]hía)(?: cho)? (?P<organ>{UNIT}|{COMPANY}), $"
)
_SHORT_TITLE = 4
_ACCORDING_CHARS = 160
_ROSTER = re.compile(
    r"\s*(?:(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|[Đđ]/c)\s[^,;.:]{4,40}|[A-ZĐ][^\s\d,;.:]*(?:\s[A-ZÀ-Ỹ][^\s\d,;.:]*){1,4})"
    r", [^;.]{4,120}(?:[;.]|$)"
)
_LABEL = re.compile(r"(?:(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s*|[-–+•*]\s*)?")
_DESCRIBED = re.compile(r"\s\(([^()]{2,80})\)")
_ASKS = re.compile(
    r"(?:\d{1,2}[.)]\s*)?(?:Hỏi|(?:Nội dung )?(?:[Cc]âu hỏi|[Kk]iến nghị|[Cc]hất vấn))(?:(?: số)? \d+)?"
    r"\s*(?:\(([^()]+)\))?\s*[:.]"
)
_REPORTER = re.compile(
    r"\*\s[^\n]*\?\s*$|\*\s*Xin cảm ơn|(?:[-*]\s)?(?:Phóng viên|PV|Người dẫn(?: chương trình)?|MC"
    r"|Nhà báo[^:,.]{0,30})\s*(?:\([^()]*\))?\s*:"
)
_ANSWERS = re.compile(
    r"(?:\d{1,2}[.)]\s*)?(?:Trả lời|Đáp|Ý kiến trả lời)(?: \d+)?\s*(?:\(([^()]+)\)|của ([^:]+))?\s*[:.]"
)
_BEHIND = re.compile(r"\x01[,.]?\s+(?P<who>[^\x01,;:]{4,90}?)[.…]?$")
_DOES = re.compile(
    r"(?:\s\([^()]*\)|,\s[^,;:]{3,90},)?\s(?!(?:và|cùng|của|tại|ở|trong|với|là|làm|do|hay|hoặc|để|thì|nói chung)\s)"
    r"[a-zđ-ỹ]"
)
_STANDS_FOR = re.compile(
    rf"(?P<who>(?:Đại diện|Lãnh đạo) (?:{UNIT}|{COMPANY})) (?!(?:và|cùng|của|tại|ở|với|được|có"
    r" mặt|dự|tham|trực|sẽ|đang|cần|nên|phải|là)\s)[a-zđ-ỹ]"
)
_TOPIC = re.compile(
    r"(?:Cụ thể, )?(?:[Tt]rong lĩnh vực|[Vv]ề|[Đđ]ối với|[Ll]iên quan|[Cc]òn về|[Vv]ới lĩnh vực|[Tt]rong công tác)\b"
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """That a sentence names its speaker: `verb` is the word of saying, the words said begin or end around it."""

    voice: Voice
    verb: str
    start: int
    end: int
    is_trailing: bool = False
    is_label: bool = False
    acts: bool = False  # it tells what somebody does, not that he speaks


def attribution(text: str, start: int, end: int, cast: Cast) -> Attribution | None:
    """Who a sentence says is speaking, if it does."""
    if found := _labelled(text, start, end, cast):
        return found
    if unnamed := _UNNAMED.search(text, start, end):
        return Attribution(Voice(cast.voice.side), "", unnamed.start(), unnamed.end())
    if _OF_THE_ARTICLE.search(_ASIDES.sub("", text[start:end])):
        return Attribution(NARRATOR, "", start, start)
    if (order := _ORDER.match(text[start:end])) and side_of(order.group("whom")) == "ministry" != cast.voice.side:
        voice = cast.last_of("ministry")
        return Attribution(voice, order.group("verb").lower(), start, start + order.start("whom"))
    open_text = unquoted(text[start:end])
    best = _of_sentence(open_text, cast)
    return best and replace(best, start=best.start + start, end=best.end + start)


def _of_sentence(text: str, cast: Cast) -> Attribution | None:
    if told := reported(text, cast):
        return Attribution(told[0], "", told[1], told[2])
    according = _according(text, cast)
    if according and OPENERS.search(text, 0, according.start):
        return according
    return _of_verbs(text, cast) or according or _behind_a_quote(text, cast)


def _of_verbs(text: str, cast: Cast) -> Attribution | None:
    """The first person who says something, else the first organ; who is named behind the words outranks both."""
    best: Attribution | None = None
    for match in VERB.finditer(text):
        found = _said(text, match, cast)
        if found and found.is_trailing and found.voice.is_person and text[: found.start].rstrip()[-1:] in {",", "\x01"}:
            return found
        if found and (best is None or (found.voice.is_person and not best.voice.is_person)):
            best = found
    return best


def subject(text: str, cast: Cast) -> Voice | None:
    """Somebody with a name who does something else than speak: what is told next may be his words."""
    text = unquoted(text)
    if (stands := _STANDS_FOR.match(text)) and not (
        cast.voice is NARRATOR and ATTENDS.match(text, stands.end("who") + 1)
    ):
        mention = mention_before(text, 0, stands.end("who"))
        return cast.who(mention) if mention and mention.start <= stands.start("who") else None
    for name in cast.people:
        place = text.find(name)
        end = place + len(name)
        does = _DOES.match(text, end) if place >= 0 else None
        if not does or (cast.voice is NARRATOR and ATTENDS.match(text, does.end() - 1)):
            continue
        mention = _with_title(mention_before(text, 0, end), text, end)
        if mention and mention.name == name and OPENERS.search(text[: mention.start]):
            return cast.who(mention)
    return None


def _with_title(mention: Mention | None, text: str, end: int) -> Mention | None:
    """Somebody named, with the title that stands behind the name."""
    if mention and mention.name and not mention.title and (title := _TITLE_BEHIND.match(text, end)):
        return replace(mention, title=title.group("title"))
    return mention


def _behind_a_quote(text: str, cast: Cast) -> Attribution | None:
    """`“…”, chị nghẹn giọng.`: whoever is named behind said it, whatever he did meanwhile."""
    behind = _BEHIND.search(text)
    if not behind:
        return None
    start, ends = behind.start("who"), [space.start() for space in re.finditer(r"\s", behind["who"])]
    for until in reversed(ends):
        mention = mention_before(text, start, start + until)
        is_somebody = mention and mention.start == start and not mention.unit and not mention.whole
        if mention and is_somebody and (voice := cast.who(mention)):
            return Attribution(voice, "", start, len(text), is_trailing=True)
    return None


def _said(text: str, verb: re.Match[str], cast: Cast) -> Attribution | None:
    """The one who says what follows, or what stands before."""
    before = text[: verb.start()]
    before = before[: len(before) - len(_tail(ADVERBS, before))].rstrip(" ,")
    mention = _of_organ(mention_before(before, 0, len(before)), before)
    if mention is None:
        aside = _tail(ASIDE, before)
        before = before[: len(before) - len(aside)] if aside else before
        mention = mention_before(before, 0, len(before)) if aside else None
    if mention is None or not _may_speak(mention, before[: mention.start]):
        return None
    voice = cast.who(mention)
    if voice is None or (not voice.is_person and verb.group() in WISHES and text.rstrip().endswith("?")):
        return None
    acts = WILL.search(text[mention.start : verb.start()]) is not None
    is_trailing = mention.start > 40 and len(text) - verb.end() < 25
    if acts:  # "Vụ sẽ giới thiệu …" is what it will do, not what it says
        return Attribution(voice, "", mention.start, mention.start, acts=True)
    asks = PERFORMS.match(verb.group()) is not None
    return Attribution(voice, verb.group(), mention.start, verb.start() if asks else verb.end(), is_trailing)


def _of_organ(mention: Mention | None, before: str) -> Mention | None:
    """`Thay mặt Ban Tuyên giáo Trung ương, Phó Trưởng ban …`: whose deputy he is stands before."""
    is_open = mention and mention.name and mention.title and len(mention.title.split()) < _SHORT_TITLE
    if mention and is_open and (organ := _ON_BEHALF.search(before, 0, mention.start)):
        return replace(mention, title=f"{mention.title} {organ['organ']}")
    return mention


def _may_speak(mention: Mention, before: str) -> bool:
    """Whether one named there is the subject: after words that open a clause, a person also after most others."""
    if OPENERS.search(before) or BY_WHOM.search(before):
        return True
    return bool(mention.name and (mention.title or mention.start)) and not NO_SUBJECT.search(before)


def _tail(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _according(text: str, cast: Cast) -> Attribution | None:
    for match in _THEO.finditer(text):
        last = len(text.rstrip(" .!?…"))
        for until in (*(place.start() for place in _STOPS.finditer(text, match.end())), last):
            if until - match.end() > _ACCORDING_CHARS:
                break
            mention = _with_title(mention_before(text, match.end(), until), text, until)
            if mention is None and text[until - 1] == ")":  # Theo Bộ trưởng X (giải đáp cho tỉnh), …
                mention = mention_before(text, match.end(), text.rindex("(", 0, until))
            between = text[match.end() : mention.start] if mention else ""
            if match.start() and AS_TOLD.match(between):
                continue
            if mention and ACCORDING.fullmatch(f" {between.strip()} ") and (voice := cast.who(mention)):
                return Attribution(voice, "theo", match.start(), until, until == last and match.start() > 0)
    return None


def _labelled(text: str, start: int, end: int, cast: Cast) -> Attribution | None:
    """`Bà Trần Thị Mến: …` of minutes, `Hỏi: …`, `Trả lời (Cục Viễn thông): …`."""
    line = text[start:end]
    if reporter := _REPORTER.match(line):
        return Attribution(NARRATOR, "hỏi", start, start + reporter.end(), is_label=True)
    if asks := _ASKS.match(line):
        asker = _asker(asks.group(1) or "", line[asks.end() :], cast)
        return Attribution(asker, "hỏi", start, start + asks.end(), is_label=True)
    if answers := _ANSWERS.match(line):
        name = answers.group(1) or answers.group(2) or ""
        inner = None if name else _of_sentence(unquoted(line[answers.end() :]), cast)
        if inner and inner.voice.side == "ministry" and inner.voice.name:
            return replace(inner, start=start, end=start + answers.end() + inner.end, is_label=True, is_trailing=False)
        answerer = Voice(side_of(name) or "ministry", name)
        return Attribution(answerer, "trả lời", start, start + answers.end(), is_label=True)
    label = _LABEL.match(line)
    colon = line.find(":")
    if label is None or not 0 < colon <= 120:
        return None
    head = re.sub(
        r"\s(?:phát biểu|báo cáo|trả lời|có ý kiến|kết luận|nói|trình bày|nêu|\([^()]*\))+$", "", line[:colon]
    )
    described = _DESCRIBED.search(line, 0, colon)
    mention = mention_before(head, label.end(), len(head))
    if mention and mention.name and described and not mention.title:
        mention = replace(mention, title=described.group(1))
    is_named = mention and (mention.name or mention.unit or mention.given)
    if mention is None or mention.start > label.end() or not is_named:
        return None
    voice = cast.who(mention)
    if mention.unit and _ROSTER.match(line, colon + 1):
        voice = NARRATOR
    return Attribution(voice, "nói", start, start + colon + 1, is_label=True) if voice else None


def _asker(named: str, question: str, cast: Cast) -> Voice:
    """Who asks: named in brackets, a person or voters in the question itself, or above it."""
    inner = None if named else _of_sentence(unquoted(question), cast)
    if inner and inner.voice.side == "province":
        is_closer = inner.voice.is_person or inner.voice.name.lower().startswith("cử tri")
        if is_closer or not cast.asker:
            return inner.voice
    return Voice("province", named or cast.asker)


def heard_heading(heading: str, cast: Cast) -> None:
    """A heading says who asks next (`Câu 1. Sở TT&TT Cà Mau`), and never who speaks on."""
    label = _LABEL.match(heading)
    colon = heading.find(":") if ":" in heading else len(heading)
    start = label.end() if label else 0
    named = mention_before(heading, start, colon)
    if named and named.name and named.start == start and (voice := cast.who(named)):
        cast.speak(voice)  # "Ông X, Giám đốc Sở Y: …" stands above his words
        return
    mention = mention_before(heading, 0, len(heading.rstrip(": ")))
    if mention and mention.unit and side_of(mention.unit) == "province":
        cast.asker = mention.unit


def is_source(text: str, said: Attribution) -> bool:
    """Whether a sentence only names where its figures come from (`Theo số liệu của Cục Viễn thông`)."""
    return said.verb == "theo" and SOURCE.search(text, said.start, said.end) is not None


def is_other_topic(text: str) -> bool:
    """Whether a paragraph turns to another topic: an organ that spoke of its own does not speak on."""
    return _TOPIC.match(text) is not None
