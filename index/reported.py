"""Whose words a sentence tells of without a verb of saying: `Trong phát biểu của X, …`, `Về kiến nghị của tỉnh: …`."""

import re
from collections.abc import Iterator

from index.cast import Cast, Voice
from index.mentions import mention_before, side_of

_WORDS = r"(?:phát biểu|kết luận|trả lời|ý kiến|tham luận|trao đổi|báo cáo|chia sẻ|bài nói|giải đáp)"
# What stands behind each of these is named right before the group `at`.
_TOLD = (
    re.compile(
        rf"^(?:Cũng )?(?:[Tt]rong|[Qq]ua|[Tt]ại) (?:bài |phần "
        rf"|lời )?{_WORDS}(?: \w+ \w+)? của [^,;:“”\"]{{4,90}}(?P<at>),"
    ),
    re.compile(
        r"^(?:[Cc]âu hỏi|[Ýý] kiến|[Kk]iến nghị|[Đđ]ề xuất|Người (?:đặt |nêu |phát biểu|hỏi))[^,;:“”\"]{0,50}?"
        r"\s(?:đến từ|thuộc về|là của|là) (?P<who>[^,;:“”\"]{6,110}?)(?P<at>)(?:[:,]|\W*$)"
    ),
    re.compile(
        r"(?:số liệu|thông tin|câu hỏi|ý kiến|kiến nghị|đề xuất)(?: \w+)? do (?P<who>[^,;:“”\"]{2,90}?)(?P<at>)"
        r" (?:đưa ra|cung cấp|nêu|công bố|báo cáo)"
    ),
    re.compile(
        r"^(?:Một số|Các|Những) (?:kiến nghị|đề xuất|đề nghị) của (?P<who>[^,;:“”\"]{2,60}?)(?P<at>)(?: như|:| gồm| là)"
    ),
)
_MINISTRY_PROMISES = re.compile(
    r"^(?:Cũng )?[Tt]heo [^,;:]{0,40}của (?P<whose>[^,;:]{4,90}), (?P<who>Bộ(?: TT&TT| Thông tin và Truyền thông)?)"
    r"(?:, [^,;:]{3,60},)? (?:sẽ |đã )?(?:cam kết|hứa)(?!\w)"
)
# What is asked is told before the colon, the answer follows it.
_ASKED = re.compile(
    r"(?:[-+•*]\s*)?(?:(?:\d{1,2}|[a-zđ])[.)]\s*)?"
    r"(?:(?:Về|Đối với|Liên quan (?:đến|tới))(?: (?:việc|các|những|nội dung))? "
    r"(?:(?P<asks>[^:“”\"]{2,60}?) )?(?:kiến nghị|đề nghị|đề xuất|mong muốn|ý kiến)(?! (?:trên|này|đó|thứ))"
    r"(?: của (?P<whose>(?:UBND |Ủy ban nhân dân |[Cc]ác )?(?:[Tt]ỉnh|[Tt]hành phố|Sở|[Đđ]ịa phương)[^:,]{0,60}?))?"
    r"(?= |:)[^:]{0,220}"
    r"|(?P<first>(?:UBND |Ủy ban nhân dân )?(?:[Tt]ỉnh|[Tt]hành phố|Sở)[^:,]{0,60}?) (?:kính )?"
    r"(?:đề nghị|kiến nghị|xin|mong)[^:]{4,220}):"
)
_ORGAN = re.compile(r"(?:UBND |[Cc]ác )?(?:[Tt]ỉnh|[Tt]hành phố|Sở(?: TT&TT)?|[Đđ]ịa phương)(?: [A-ZĐ]\w*)*")


def reported(text: str, cast: Cast) -> tuple[Voice, int, int] | None:
    """Whose words are told, and from where to where he is named; `text` is one sentence without what it quotes."""
    if (promise := _MINISTRY_PROMISES.match(text)) and side_of(promise["whose"]) != "ministry":
        return Voice("ministry", "Bộ TT&TT"), promise.start("who"), promise.end("who")
    for match in _found(text):
        mention = mention_before(text, 0, match.start("at"))
        named = match.start("who") if "who" in match.re.groupindex else 0
        is_somebody = mention and mention.start >= named and (mention.name or mention.unit or mention.office)
        if mention and is_somebody and (voice := cast.who(mention)):
            return voice, mention.start, match.start("at")
    return None


def _found(text: str) -> Iterator[re.Match[str]]:
    for pattern in _TOLD:
        yield from pattern.finditer(text)


def asked(text: str, cast: Cast) -> tuple[Voice, int] | None:
    """Whose request a sentence of the ministry answers, and where the colon behind the request stands."""
    match = _ASKED.match(text)
    if not match or not text[match.end() :].strip():
        return None
    group = next((name for name in ("whose", "asks", "first") if match[name]), "")
    organ = _ORGAN.match(text, match.start(group)) if group else None
    return Voice("province", cast.of_home(organ.group() if organ else "tỉnh")), match.end()
