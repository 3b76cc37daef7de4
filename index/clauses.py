"""A sentence cut where what it says may change its kind, its speaker or whom it is for."""

import re
from collections.abc import Iterator

from index.sentences import strip_span

# "…; cần …", "…, song tỉnh cần …", "…, vì vậy …": what comes behind may be of another kind.
_WHO = (
    r"(?:(?:[Cc]ác|hai|ba|bốn|năm) (?:tỉnh|địa phương|[Ss]ở|huyện|đồng chí)|(?:UBND |lãnh đạo )?(?:tỉnh|thành phố)"
    r"|[Ss]ở(?: TT&TT)?"
    r"|địa phương|chúng ta|chính quyền|[A-ZĐ]\w+ [A-ZĐ]\w+)"
)
_CUT = re.compile(
    r"(?P<semicolon>;\s+)"
    r"|(?P<turn>,\s+)(?=(?:song|nhưng|tuy nhiên|tuy vậy|vì vậy|vì thế|do đó|do vậy|bởi vậy|bởi thế|cho nên"
    r"|nên (?!chăng)|thế nên|trong đó (?:có )?[A-ZĐ]|còn (?!\w+ %)))"
    r"|(?P<comma>,\s+)(?=(?:cần |yêu cầu |đề nghị |giao |(?:Bộ|Cục|Vụ)(?: TT&TT)? sẽ "
    r"|(?:đồng thời|và) (?:\w+ ){0,2}?(?:đề nghị|lưu ý|khuyên|yêu cầu|gợi ý|khuyến nghị|nhắc|mong|cho rằng|hứa|cam kết"
    r"|giao|đề xuất|kiến nghị|nên|cần|phải) "
    r"|(?:vậy (?:hãy|nên)|tốt nhất là|(?:việc|cái|điều) (?:còn lại|tiếp theo|cần làm) là|mục tiêu |trọng tâm )"
    rf"|{_WHO} (?:\w+ )?(?:cần|nên|phải|hãy|đừng|sẽ|có thể) "
    r"|(?:nay|tới đây|trước mắt|thời gian tới|(?:năm|quý|tháng) [\w ]{2,10} tới|trong (?:năm|quý|tháng) này) (?:cần"
    r"|nên|phải|hãy)"
    r" ))"
)
# What only says when, where or what for: "Để mọi xã có sóng, tỉnh cần …".
_ADVERBIAL = re.compile(
    r"\W*(?:về|đối với|trong|để|với|tại|khi|nếu|nhằm|muốn|từ|qua|bên cạnh|ngoài|cùng với|trước|sau|do|vì)\s[^,;:]*",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|\([^()]*\)")
_LEAST_WORDS = 3


def clause_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of the parts that a sentence could be cut into; the sentence itself where there are none.

    What stands in quotation marks or brackets stays whole; a part has at least three words.
    """
    hidden = _QUOTED.sub(lambda match: "\x01" * len(match.group()), text[start:end])
    begin = 0
    for match in _CUT.finditer(hidden):
        rest = hidden[match.end() :]
        if match.lastgroup == "comma" and _ADVERBIAL.fullmatch(hidden, begin, match.start()):
            continue
        if len(hidden[begin : match.start()].split()) >= _LEAST_WORDS and len(rest.split()) >= _LEAST_WORDS:
            yield from strip_span(text, start + begin, start + match.start())
            begin = match.end()
    yield from strip_span(text, start + begin, end)
