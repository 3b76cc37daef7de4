"""Whose words a sentence gives: the speaker it names, or the last one named, who speaks on."""

import re
from dataclasses import dataclass, replace

from index.cast import NARRATOR, Cast, Voice
from index.mentions import Mention, mention_before, side_of

_VERB = re.compile(
    r"(?<!\w)(?:cho (?:biết|rằng|hay)|nói(?! riêng| chung| trên| thay| hộ)(?: rõ| thêm)?|nhấn mạnh|khẳng định|nhận định"
    r"|đề nghị|đề xuất|yêu cầu|lưu ý|gợi ý|gợi mở"
    r"|khuyến nghị|khuyến cáo|kiến nghị|cam kết|chia sẻ|phát biểu|bày tỏ|thông tin (?:thêm|rằng|về|tới|với|đến)"
    r"|thông báo|báo cáo|đánh giá|nêu(?: rõ| ra)?"
    r"|dẫn(?! (?:đầu|đoàn|dắt|đường|tới|đến))|chỉ ra|chỉ rõ|giao|chỉ đạo|mong muốn|mong|tin tưởng"
    r"|(?<![Tt]hông )(?<!bản )tin(?! học| tức| cậy| nhắn)"
    r"|cảm ơn|trân trọng|ghi nhận|dẫn chứng|phân tích|giải thích|giải đáp|trả lời|đáp"
    r"|đặt vấn đề|đặt câu hỏi|hỏi|đồng tình|nhất trí|thống nhất|hoan nghênh|kết luận|hứa|tiết lộ|ngỏ (?:ý|lời)"
    r"|[hk][yỳi] vọng|trăn trở"
    r"|tâm sự|nhắc|căn dặn|dặn|ví von|đồng ý|biểu dương|thừa nhận|nhìn nhận|cảnh báo|quán triệt|định hướng"
    r"|chúc mừng|(?:rất )?ấn tượng"
    r"|phản ánh|trình bày|tiếp thu|lý giải|tán thành|xin|tha thiết|chốt|kêu gọi|đặt ra|chào|trao đổi|gửi lời"
    r"|bổ sung|có ý kiến|kể|lo ngại|băn khoăn"
    r"|đề cập|quan niệm|kỳ vọng|hi vọng|hy vọng|ủng hộ|hướng dẫn|cung cấp|động viên|đặt hàng|kết thúc|tiếp lời"
    r"|quả quyết|mô tả|so sánh|khái quát|dẫn số liệu|thống kê|nói về|nhắn|tâm đắc|trấn an|giục|nhìn lại|thừa nhận"
    r"|bắt đầu bằng|nhận xét|trình chiếu|góp ý|mở đầu|khép lại|kết lại|đặt (?:một |ra )?(?:câu hỏi|bài toán)"
    r"|giới thiệu|gửi gắm|lấy ví dụ|bộc bạch|phân trần|đúc kết|tổng kết|tóm tắt|hiến kế|phản hồi|hồi đáp|làm rõ"
    r"|nhắc nhở|thúc giục|dẫn lời|cam đoan|bảo|nhận sẽ|nhận lời|nhận (?=sẽ)|than|nêu ý kiến|đặt vấn đề|chỉ thị"
    r"|thông tin(?=[,:])|lưu tâm|khuyên|đề đạt|thay mặt|khuyến khích|đưa ra|giãi bày|nói vui|chia tay|muốn"
    r"|lên tiếng|sẵn sàng|bế mạc|khai mạc|đáp từ|đáp lời|truyền đạt|dẫn lại|than phiền|phàn nàn|bức xúc|thắc mắc"
    r"|nói ngắn gọn)(?!\w)"
)
_ADVERBS = re.compile(
    r"(?:\s*,?\s(?:cũng|đã|còn|rất|luôn|tiếp tục|đồng thời|thẳng thắn|sẽ|mới|vừa|trực tiếp|có|tiếp|đều|thêm|chỉ"
    r"|từng|nhiều lần|một lần nữa"
    r"|lại|chính thức|bày tỏ|xin|tha thiết|trân trọng|chủ động|thường|riêng|nay|đặc biệt|đánh giá cao và"
    r"|ghi nhận và|chân thành|thì|thẳng|vui vẻ|hào hứng|băn khoăn|hết sức|liên tục))+\s*$"
)
_ASIDE = re.compile(r",?\s(?:tại|trong|về|khi|nhân|qua|với|ở|cùng|thay mặt|đại diện)\s[^;:“”\"]{1,90},?\s*$")
_OPENERS = re.compile(
    r"(?:^|[,:;.–(*-]|[”\"]|^\s*(?:\d{1,2}|[a-zđ])[.)])\s*(?:(?:và|còn|nhưng|song|tuy nhiên|đồng thời|sau đó"
    r"|tiếp đó|trong đó|theo đó|do đó|vì vậy|vì thế|nay|rằng|cũng|ngay|riêng"
    r"|nhân dịp này|ngoài ra|bên cạnh đó|mới đây|hôm nay|hiện nay|hiện|trước đó|phần \w+(?: \w+){0,3}(?: của)?"
    r"|thay mặt \w+|về phía|phía|qua đó|trước mắt|thì|tại (?:buổi làm việc|hội nghị|cuộc họp|buổi họp))\s*)*$",
    re.IGNORECASE,
)
_NO_SUBJECT = re.compile(
    r"(?<!\w)(?:mà|của|do|với|cho|cùng|bởi|được|nghe|gồm|là|để|như|về|có|đến|bị|giữa|từ|gặp|mời|tiếp|đón|cảm ơn"
    r"|tới|gửi|trước|lời|sau|dự|ý kiến|đồng chí|và)\s*$",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    r"(?:^|[,:;.–] )(?:[Bb]áo cáo|[Tt]ham luận|[Ýý] kiến|[Cc]âu hỏi|[Ss]ố liệu|[Pp]hát biểu)[^,:;.]{0,60}"
    r"\s(?:của|do)\s$"
)
_ACCORDING = re.compile(
    r"\s(?:(?:các )?(?:ý kiến|đánh giá|chia sẻ|phát biểu|đề nghị|gợi ý|báo cáo|lời|quan điểm|nhận định|phân tích"
    r"|đề xuất|lưu ý|định hướng|giải thích"
    r"|số liệu|thông tin|phần|chỉ đạo|yêu cầu|tinh thần|khuyến nghị|nhận xét|trong|(?:phát )?biểu|này|đó|của|từ"
    r"|mà|kiến|theo|lại|do)|\s)*"
)
_UNNAMED = re.compile(r"\((?:[^()]*, )?(?:bài )?không (?:ghi|nêu) (?:rõ )?(?:người nói|chủ thể)\)")
_ORDER = re.compile(
    r"(?:(?:\d{1,2}|[a-zđ])[.)]\s*|[-+•*]\s*)?(?P<verb>Giao|Yêu cầu|Đề nghị|Chỉ đạo)\s(?P<whom>(?:các\s)?(?:Cục"
    r"|Vụ|Viện|Văn phòng Bộ|Thanh tra Bộ|Học viện|Quỹ)\b[^,;.]{0,60})"
)
_OF_THE_ARTICLE = re.compile(
    r"(?<!\w)(?:[Tt]heo|[Tt]iêu đề|[Đđ]ề mục)(?: của)? bài(?: viết| báo)?\b|(?<![^\s(])Bài(?: viết"
    r"| báo)? (?:không |cũng |có )?(?:ghi|nêu|cho)\b"
)
_THEO = re.compile(r"(?<!\w)[Tt]heo(?= )")
_STOPS = re.compile(r"[,;:]|\s(?:thì|cần|phải|về|để|trình bày|đưa ra|cung cấp|công bố)(?!\w)")
_TITLE_BEHIND = re.compile(
    r", (?P<title>(?:đại diện|lãnh đạo|(?:[Pp]hó |[Qq]uyền )*(?:[Tt]ổng )?(?:[Gg]iám đốc|[Cc]ục trưởng|[Vv]ụ trưởng"
    r"|[Cc]hủ tịch|[Bb]í thư|[Tt]rưởng \w+|[Cc]hánh \w+ \w+))\s[^,;:.]{3,80}),"
)
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
_ANSWERS = re.compile(
    r"(?:\d{1,2}[.)]\s*)?(?:Trả lời|Đáp|Ý kiến trả lời)(?: \d+)?\s*(?:\(([^()]+)\)|của ([^:]+))?\s*[:.]"
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_BEHIND = re.compile(r"\x01[,.]?\s+(?P<who>[^\x01,;:]{4,90}?)[.…]?$")
_DOES = re.compile(
    r"(?:\s\([^()]*\)|,\s[^,;:]{3,90},)?\s(?!(?:và|cùng|của|tại|ở|trong|với|là|làm|do|hay|hoặc|để|thì|nói chung)\s)"
    r"[a-zđ-ỹ]"
)
# At the beginning of a report: who came, before anybody speaks.
_ATTENDS = re.compile(
    r"(?:(?:đã|cũng|vừa|trực tiếp|lại|có|chính thức|lần đầu|đang)\s)*"
    r"(?:dẫn đầu|đến|tới|dự|tham|chủ trì|chủ tọa|thăm|khảo sát|làm việc"
    r"|buổi|chuyến|cuộc|ngồi|tiếp|đón|ký|trao|tặng|bấm|cắt băng"
    r"|phát biểu|đứng|bước|thực hiện|khi|vào|trong|ngày|sáng|chiều)(?!\w)"
)
_TOPIC = re.compile(
    r"(?:Cụ thể, )?(?:[Tt]rong lĩnh vực|[Vv]ề|[Đđ]ối với|[Ll]iên quan|[Cc]òn về|[Vv]ới lĩnh vực|[Tt]rong công tác)\b"
)
_SOURCE = re.compile(
    r"[Tt]heo (?:các )?(?:số liệu|thống kê|báo cáo|kết quả|đánh giá xếp hạng|quy định|kế hoạch|danh sách)"
)
_WILL = re.compile(r"(?<!\w)(?:sẽ|đang|chưa)(?!\w)")
# To say these is to do them: the word is part of what is said.
_PERFORMS = re.compile(
    r"đề nghị|đề xuất|yêu cầu|khuyến nghị|khuyến cáo|kiến nghị|cam kết|giao|chỉ đạo|mong|hứa|xin|kêu gọi|nhắc|ngỏ"
    r"|gợi ý|lưu ý|cảm ơn|hoan nghênh|tin|đánh giá|ghi nhận|khuyên|hỏi|đặt|nhận|chúc|căn dặn|sẵn sàng|đồng ý"
    r"|nhất trí|thống nhất|khuyến khích"
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
    if _OF_THE_ARTICLE.search(text, start, end):
        return Attribution(NARRATOR, "", start, start)
    if (order := _ORDER.match(text[start:end])) and side_of(order.group("whom")) == "ministry" != cast.voice.side:
        voice = cast.last_of("ministry")
        return Attribution(voice, order.group("verb").lower(), start, start + order.start("whom"))
    open_text = unquoted(text[start:end])
    best = _of_sentence(open_text, cast)
    return best and replace(best, start=best.start + start, end=best.end + start)


def _of_sentence(text: str, cast: Cast) -> Attribution | None:
    according = _according(text, cast)
    if according and _OPENERS.search(text, 0, according.start):
        return according
    return _of_verbs(text, cast) or according or _behind_a_quote(text, cast)


def _of_verbs(text: str, cast: Cast) -> Attribution | None:
    """The first person who says something, else the first organ; who is named behind the words outranks both."""
    best: Attribution | None = None
    for match in _VERB.finditer(text):
        found = _said(text, match, cast)
        if found and found.is_trailing and found.voice.is_person and text[: found.start].rstrip()[-1:] in {",", "\x01"}:
            return found
        if found and (best is None or (found.voice.is_person and not best.voice.is_person)):
            best = found
    return best


def subject(text: str, cast: Cast) -> Voice | None:
    """Somebody with a name who does something else than speak: what is told next may be his words."""
    text = unquoted(text)
    for name in cast.people:
        place = text.find(name)
        end = place + len(name)
        does = _DOES.match(text, end) if place >= 0 else None
        if not does or (cast.voice is NARRATOR and _ATTENDS.match(text, does.end() - 1)):
            continue
        mention = _with_title(mention_before(text, 0, end), text, end)
        if mention and mention.name == name and _OPENERS.search(text[: mention.start]):
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


def is_open_quote(text: str) -> bool:
    """Whether a quotation begins in a sentence and does not end in it."""
    return text.count("“") > text.count("”") or (text.count('"') % 2 == 1 and text.lstrip(" -–").startswith('"'))


def closes_quote(text: str) -> bool:
    """Whether a quotation that began before ends in a sentence."""
    return text.count("”") > text.count("“") or text.count('"') % 2 == 1


def unquoted(text: str) -> str:
    """A text with what stands in quotation marks hidden."""
    return _QUOTED.sub(lambda match: "\x01" * len(match.group()), text)


def _said(text: str, verb: re.Match[str], cast: Cast) -> Attribution | None:
    """The one who says what follows, or what stands before."""
    before = text[: verb.start()]
    before = before[: len(before) - len(_tail(_ADVERBS, before))].rstrip(" ,")
    mention = mention_before(before, 0, len(before))
    if mention is None:
        aside = _tail(_ASIDE, before)
        before = before[: len(before) - len(aside)] if aside else before
        mention = mention_before(before, 0, len(before)) if aside else None
    if mention is None or not _may_speak(mention, before[: mention.start]):
        return None
    voice = cast.who(mention)
    if voice is None:
        return None
    acts = _WILL.search(text[mention.start : verb.start()]) is not None
    is_trailing = mention.start > 40 and len(text) - verb.end() < 25
    if acts:  # "Vụ sẽ giới thiệu …" is what it will do, not what it says
        return Attribution(voice, "", mention.start, mention.start, acts=True)
    asks = _PERFORMS.match(verb.group()) is not None
    return Attribution(voice, verb.group(), mention.start, verb.start() if asks else verb.end(), is_trailing)


def _may_speak(mention: Mention, before: str) -> bool:
    """Whether one named there is the subject: after words that open a clause, a person also after most others."""
    if _OPENERS.search(before) or _BY_WHOM.search(before):
        return True
    return bool(mention.name and (mention.title or mention.start)) and not _NO_SUBJECT.search(before)


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
            between = text[match.end() : mention.start] if mention else ""
            if mention and _ACCORDING.fullmatch(f" {between.strip()} ") and (voice := cast.who(mention)):
                return Attribution(voice, "theo", match.start(), until, until == last and match.start() > 0)
    return None


def _labelled(text: str, start: int, end: int, cast: Cast) -> Attribution | None:
    """`Bà Trần Thị Mến: …` of minutes, `Hỏi: …`, `Trả lời (Cục Viễn thông): …`."""
    line = text[start:end]
    if asks := _ASKS.match(line):
        asker = _asker(asks.group(1) or "", line[asks.end() :], cast)
        return Attribution(asker, "hỏi", start, start + asks.end(), is_label=True)
    if answers := _ANSWERS.match(line):
        name = answers.group(1) or answers.group(2) or ""
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
    if mention is None or mention.start > label.end() or (not mention.name and not mention.unit):
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
    return said.verb == "theo" and _SOURCE.search(text, said.start, said.end) is not None


def is_other_topic(text: str) -> bool:
    """Whether a paragraph turns to another topic: an organ that spoke of its own does not speak on."""
    return _TOPIC.match(text) is not None
