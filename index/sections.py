"""Lines that say who speaks below them: `Cục Viễn thông`, `6. Kết luận của Bộ trưởng`, `Kiến nghị của tỉnh`."""

import re

from index.cast import Cast, Voice
from index.mentions import mention_before, side_of

_MARK = r"(?:[#*_\s]*)(?:[-+•*]\s)?(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-Za-zđ]\d?)[.)/:]\s*)?[*_]*"
_SPEECH = (
    r"(?:phát biểu|ý kiến|kết luận|chỉ đạo|trả lời|giải đáp|phản hồi|báo cáo|kiến nghị|đề xuất|đề nghị|cam kết"
    r"|khuyến nghị|gợi ý|gợi mở|định hướng|tham luận|trao đổi|bế mạc|khai mạc|mong muốn|lưu ý|giao việc"
    r"|giao nhiệm vụ)"
)
_SPEECHES = rf"{_SPEECH}(?:(?:,| và|\s)\s?(?:chung|chính|tiếp theo|{_SPEECH}))*"
_TITLE = re.compile(
    rf"{_MARK}(?:(?P<what>(?:(?:phần|các|một số|những) )*{_SPEECHES})(?: (?:của|từ))?\s)?(?P<who>[^:;.!?]+?)"
    rf"(?P<says> {_SPEECHES})?[*_:\s]*",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    rf"{_MARK}(?:kết luận|chỉ đạo|giao việc|giao nhiệm vụ)(?: (?:và|,) {_SPEECH})?[*_:\s]*", re.IGNORECASE
)
_MINISTRY = re.compile(r"(?:các )?(?:đơn vị|cục, vụ)(?: (?:thuộc|của|trong))?(?: Bộ.*)?|Bộ(?: TT&TT)?", re.IGNORECASE)
_PROVINCE = re.compile(r"(?:phía |lãnh đạo )?(?:tỉnh|thành phố|địa phương)", re.IGNORECASE)
_ENTERPRISES = re.compile(r"(?:các |phía )?doanh nghiệp(?: viễn thông| công nghệ)?", re.IGNORECASE)
_CHIEF = re.compile(r"(?:Bộ|Thứ) trưởng")
_TITLE_CHARS = 110


def title_voice(line: str, cast: Cast) -> Voice | None:
    """Who speaks below a title, as far as the title itself says so."""
    line = line.strip()
    if len(line) > _TITLE_CHARS or line.isupper() or line.endswith((".", ";", ",")):
        return None
    if _CONCLUDES.fullmatch(line):
        return cast.last_person(_CHIEF)
    match = _TITLE.fullmatch(line)
    if not match:
        return None
    who, is_told = match["who"], bool(match["what"] or match["says"])
    return _of_many(who, is_told, cast) or _of_one(who, is_told, cast)


def _of_many(who: str, is_told: bool, cast: Cast) -> Voice | None:
    """Those whom a title names only as a side."""
    if _ENTERPRISES.fullmatch(who):
        return Voice("enterprise")
    if is_told and _MINISTRY.fullmatch(who):
        return Voice("ministry")
    return Voice("province", cast.of_home("tỉnh")) if is_told and _PROVINCE.fullmatch(who) else None


def _of_one(who: str, is_told: bool, cast: Cast) -> Voice | None:
    """The person or organ that a title names and nothing else."""
    named = mention_before(who, 0, len(who))
    if named is None or named.start or (named.called and not named.name):
        return None
    if named.unit and not is_told and (side_of(named.unit) != "ministry" or len(who.split()) == 1):
        return None
    return cast.who(named)
