"""What tells the kind of a clause: cues of its wording, its speaker and its place, as names."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.provinces import all_names
from index.records import Side

_PROVINCES = "|".join(sorted(all_names(), key=len, reverse=True))
_PARTIES = re.compile(
    rf"(?<!\w)(?P<own_unit>(?:Cục|Vụ|Viện|Học viện|Quỹ|Văn phòng Bộ|Thanh tra Bộ|Trung tâm|Tổng cục"
    rf"|Báo VietNamNet|Báo điện tử)(?= ))"
    rf"|(?<!\w)(?P<ministry>Bộ(?! trưởng)|Chính phủ|Trung ương|các bộ|Thủ tướng|Quốc hội|Bộ trưởng)(?!\w)"
    rf"|(?<!\w)(?P<widened>[Cc]ác tỉnh|[Cc]ác địa phương|[Cc]ác [Ss]ở|63 (?:tỉnh|địa phương)|[Cc]ác thành phố"
    rf"|[Cc]ác đồng chí|[Đđ]ịa phương)(?!\w)"
    rf"|(?<!\w)(?P<organ>[Ss]ở(?: TT&TT)?|UBND|Ủy ban nhân dân|[Hh]uyện|[Tt]ỉnh ủy|HĐND|[Cc]hính quyền"
    rf"|lãnh đạo tỉnh|[Xx]ã|Bí thư|Chủ tịch|[Đđ]ài|[Bb]áo)(?!\w)"
    rf"|(?<!\w)(?P<province>[Tt]ỉnh|[Tt]hành phố|{_PROVINCES})(?!\w)"
    rf"|(?<!\w)(?P<enterprise>VNPT|Viettel|Mobi[Ff]one|FPT|BKAV|CMC|VTC|VNPost|VietnamPost|[Dd]oanh nghiệp"
    rf"|[Tt]ập đoàn|[Cc]ông ty|[Tt]ổng công ty|[Nn]hà mạng|[Nn]gân hàng|[Hh]iệp hội)(?!\w)"
    rf"|(?<!\w)(?P<first_person>[Cc]húng tôi|[Tt]ôi|[Cc]húng ta|[Ee]m)(?!\w)"
)
_MODAL = re.compile(
    r"(?<!\w)(?:không phải|không cần|không nên|chưa|không|chỉ cần|cần phải|cần|phải|nên|hãy|đừng|tránh|cứ|có thể"
    r"|sẽ|sẵn sàng|cam kết|hứa|đã|đang|hiện|mới|còn|đạt|được|muốn|mong muốn|mong|xin"
    r"|đề nghị|đề xuất|kiến nghị|yêu cầu|giao|khuyến nghị|gợi ý|lưu ý|ưu tiên|tập trung|mục tiêu|trọng tâm"
    r"|nhiệm vụ|giải pháp|quan trọng|hỗ trợ|giúp|đồng hành|tin tưởng|cảm ơn|đánh giá cao|ghi nhận"
    r"|hoan nghênh|kỳ vọng|hy vọng|là|vì|do|bởi|để|nếu|thì|khi|tại sao|vì sao|như thế nào|bao nhiêu|gồm|dự kiến"
    r"|theo quy định)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,/]*%?|[?%]")
_HEADING_CUES = re.compile(
    r"khuyến nghị|đề xuất|đề nghị|kiến nghị|cam kết|hỗ trợ|hiện trạng|thực trạng|ý kiến|sự kiện|thành phần|nội bộ"
    r"|mục tiêu|trả lời|hỏi|kết luận|chỉ đạo|nhiệm vụ|giải pháp|đề án|mong muốn|doanh nghiệp|tình hình|kết quả"
    r"|định hướng|gợi ý|ký kết|lưu ý",
    re.IGNORECASE,
)


_NEAR_CHARS, _SHORT_WORDS = 40, 8
Link = Literal["list", "same", "turn", "next", "jump"]
LINKS: tuple[Link, ...] = ("list", "same", "turn", "next", "jump")


@dataclass(frozen=True, slots=True)
class Clause:
    """What the kind is judged by. `said` is the content without the words that name the speaker."""

    said: str
    side: Side
    is_person: bool
    verb: str
    place: str  # text, item, caption, row
    heading: str
    link: Link  # how it hangs together with the clause before it
    is_official: bool
    is_first: bool


_LOCAL = (
    rf"(?:[Tt]ỉnh|[Tt]hành phố|[Đđ]ịa phương|[Ss]ở|UBND|[Hh]uyện|[Xx]ã|[Cc]hính quyền|[Ll]ãnh đạo|[Cc]ác (?:tỉnh"
    rf"|địa phương|[Ss]ở|đồng chí|bệnh viện|trường)|[Tt]ỉnh ủy|{_PROVINCES}|đơn vị|cơ quan|người dân|chúng ta)"
)
_OUGHT = (
    r"(?:chỉ cần|cần phải|cần|nên|hãy|phải|có thể|cứ|đừng|không nên|cũng nên|cũng cần|tập trung|ưu tiên|đẩy mạnh"
    r"|tăng cường|chủ động|khẩn trương|sớm|tiếp tục|quan tâm|chú trọng|xem xét|nghiên cứu|tham khảo|bố trí"
    r"|ban hành|tham mưu)"
)
_ASK = (
    r"(?:đề nghị|yêu cầu|khuyến nghị|khuyến cáo|gợi ý|lưu ý|đề xuất|nhắc|mong muốn|mong|giao|chỉ đạo|kiến nghị"
    r"|căn dặn)"
)
_OWN = (
    r"(?:Cục|Vụ|Viện|Học viện|Quỹ|Văn phòng Bộ|Thanh tra Bộ|Trung tâm|Tổng cục|Tổng công ty Bưu điện"
    r"|các đơn vị (?:thuộc|của|trong) Bộ|các (?:C|c)ục|Phòng|Trường Đào tạo)"
)
_TOP = (
    r"(?:Bộ(?! trưởng)|Chính phủ|Thủ tướng|Trung ương|các bộ|Quốc hội|các cơ quan Trung ương|[Cc]ục|[Vv]ụ"
    r"|Đoàn công tác)"
)
_US = (
    r"(?:Bộ(?: TT&TT| Thông tin và Truyền thông)?|[Cc]ục(?: [^,;.]{1,40})?|[Vv]ụ(?: [^,;.]{1,40})?"
    r"|Học viện[^,;.]{0,40}|Trung tâm[^,;.]{0,40}|chúng tôi|tôi|các đơn vị của Bộ|[Pp]hía (?:Bộ|Cục|Vụ)"
    r"|lãnh đạo Bộ)"
)
# What is known of the language, each a pattern over the whole clause.
_SHAPES = {
    "asks local": re.compile(rf"(?<!\w){_ASK}(?: với| các| cho)?\s(?:lãnh đạo |đồng chí |UBND |các )*{_LOCAL}"),
    "local ought": re.compile(
        rf"(?<!\w){_LOCAL}(?:(?! đã| đang| sẽ| có)[^,;:.]){{0,60}}\s(?:cũng |rất |vẫn |còn |đều )?(?:{_OUGHT})(?!\w)"
    ),
    "opens ought": re.compile(
        rf"^(?:[-+•*\d.)a-zđ ]{{0,4}}\s?)?(?:(?:Do đó|Vì vậy|Vì thế|Do vậy|Đồng thời|Bên cạnh đó|Ngoài ra"
        rf"|Trước mắt|Tiếp theo|Cùng với đó|Song song|Trong đó|Theo đó|[Tt]uy nhiên|[Ss]ong|vì vậy|do đó"
        rf"|bởi vậy)?,?\s*)?(?:cũng )?{_OUGHT}(?!\w)",
        re.IGNORECASE,
    ),
    "asks own unit": re.compile(rf"(?<!\w){_ASK}(?: các)?\s{_OWN}"),
    "own unit acts": re.compile(
        rf"^(?:[-+•*\d.)a-zđ ]{{0,4}}\s?)?{_OWN}[^,;:.]{{0,60}}\s(?:chủ trì|phối hợp|tham mưu|cử|tổng hợp|báo cáo"
        rf"|hướng dẫn|theo dõi|làm đầu mối|rà soát|khẩn trương|có trách nhiệm|cần|phải|nghiên cứu)(?!\w)"
    ),
    "asks top": re.compile(
        rf"(?<!\w)(?:đề nghị|kiến nghị|mong muốn|mong|xin|đề xuất|tha thiết)[^,;:.]{{0,25}}\s(?:{_TOP}|được"
        rf"|sự hỗ trợ)"
    ),
    "we will": re.compile(rf"(?<!\w){_US}\s(?:cũng |luôn |đã |xin )?(?:sẽ|sẵn sàng|cam kết|hứa|nhận|hỗ trợ)(?!\w)"),
    "will support": re.compile(
        r"(?<!\w)(?:sẽ|sẵn sàng|cam kết)[^,;:.]{0,30}\s(?:hỗ trợ|giúp|đồng hành|phối hợp|cử|cung cấp|chia sẻ"
        r"|tạo điều kiện|tặng|miễn phí)"
    ),
    "province will": re.compile(
        rf"(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố|UBND tỉnh|{_PROVINCES})\s(?:sẽ|cam kết|hứa|xin hứa|quyết tâm)(?!\w)"
    ),
    "company will": re.compile(r"(?<!\w)(?:sẽ|cam kết|hứa)(?!\w)"),
    "company offers": re.compile(
        r"(?<!\w)(?:đề xuất|sẵn sàng|mong muốn|mong|ngỏ|đề nghị|xin|kiến nghị|giới thiệu|chào|muốn|có thể)(?!\w)"
    ),
    "figures": re.compile(
        r"\d[\d.,]*\s?(?:%|tỷ|triệu|nghìn|xã|thôn|huyện|trạm|doanh nghiệp|dịch vụ|hồ sơ|lượt|người|sản phẩm|hộ"
        r"|cán bộ|điểm)"
    ),
    "done": re.compile(
        r"(?<!\w)(?:đã|hiện|hiện nay|đang|đạt|chiếm|mới chỉ|vẫn còn|chưa có|chưa|tính đến|năm 20\d\d)(?!\w)"
    ),
    "praise": re.compile(
        r"(?<!\w)(?:đánh giá cao|cảm ơn|hoan nghênh|chúc mừng|biểu dương|ấn tượng|tin tưởng|ghi nhận|vui mừng"
        r"|trân trọng|tâm đắc|kỳ vọng|hy vọng|tin rằng|đồng tình|thống nhất cao)(?!\w)"
    ),
    "maxim": re.compile(
        r"^(?:Muốn|Không có|Nếu không|Không phải|Công nghệ|Dữ liệu|Chuyển đổi số)\b|(?<!\w)(?:chính là"
        r"|là chìa khóa|là con đường|là điều kiện|không chỉ|mới là|thì mới|quyết định|nghĩa là|tức là"
        r"|có nghĩa)(?!\w)"
    ),
    "aim": re.compile(
        r"(?<!\w)(?:mục tiêu|trọng tâm|nhiệm vụ|việc cần làm|ưu tiên|việc tiếp theo|giải pháp"
        r"|định hướng)[^,;:.]{0,60}\s(?:là|gồm|phải|:)"
    ),
    "meets": re.compile(
        r"buổi làm việc|hội nghị|tham dự|cùng dự|ký kết|diễn ra|đến thăm|chủ trì|trao tặng|khai trương|chụp ảnh"
        r"|phát biểu tại|kết thúc|có mặt",
        re.IGNORECASE,
    ),
    "law": re.compile(r"(?i:theo quy định|nghị định|thông tư|luật |quyết định số|chỉ thị số)"),
    "therefore nên": re.compile(
        r"(?:,|\w)\s(?:cho )?nên\s(?!cần|phải|có|làm|chọn|xây|tập|đẩy|triển|ưu|sớm|chủ|tham|xem|nghiên|thuê|bố"
        r"|tăng|cân|đặt|có)"
    ),
    "not must": re.compile(r"không phải|không cần|không bắt buộc|không nhất thiết"),
    "promise word": re.compile(r"(?<!\w)(?:cam kết|hứa|xin hứa|bảo đảm sẽ|sẽ hỗ trợ|sẽ giúp|sẵn sàng)(?!\w)"),
    "will": re.compile(r"(?<!\w)sẽ(?!\w)"),
    "has done": re.compile(r"(?<!\w)(?:đã|vừa|từng)\s(?!có thể|đến lúc)"),
    "not yet": re.compile(r"(?<!\w)(?:chưa|còn thiếu|hạn chế|khó khăn|vướng mắc|yếu|thấp|chậm)(?!\w)"),
    "is what": re.compile(r"(?<!\w)(?:là|chính là|nằm ở|không phải là)\s"),
    "necessity": re.compile(
        r"(?<!\w)(?:cần|cần phải|phải|nên|hãy|đừng|chớ|không được|không nên|tránh|chỉ cần)\s(?!biết|thiết|có thể"
        r"|chăng|khi|lúc)"
    ),
    "imperative": re.compile(
        r"^(?:[-+•*\d.)a-zđ(“\" ]{0,6})?(?:Hãy|Đừng|Chọn|Xây dựng|Rà soát|Hoàn thành|Triển khai|Ưu tiên|Tập trung"
        r"|Bố trí|Ban hành|Tổ chức|Phối hợp|Chỉ đạo|Đẩy mạnh|Tăng cường|Chủ động|Nghiên cứu|Cập nhật|Kết nối|Đưa"
        r"|Lập|Nâng|Mở|Giao|Dành|Thực hiện|Phát triển|Bảo đảm|Đảm bảo|Chuyển|Lấy|Làm|Thuê|Tạo|Đào tạo|Hỗ trợ"
        r"|Quan tâm|Sớm|Khẩn trương|Tiếp tục|Tham mưu|Kiện toàn|Đặt hàng|Khai thác|Thành lập|Công khai|Thí điểm"
        r"|Không để|Không)\s",
        re.IGNORECASE,
    ),
    "we our": re.compile(r"(?<!\w)(?:chúng tôi|chúng ta|mình|tôi|em)(?!\w)", re.IGNORECASE),
    "asked": re.compile(
        r"^(?:\W*)(?:đề nghị|đề xuất|kiến nghị|mong|mong muốn|xin|yêu cầu|giao|khuyến nghị|gợi ý|lưu ý|nhắc|hỏi"
        r"|chỉ đạo|kêu gọi|khuyến khích|khuyên)",
        re.IGNORECASE,
    ),
    "thanks": re.compile(
        r"^(?:\W*)(?:cảm ơn|hoan nghênh|đánh giá|ghi nhận|tin|chúc|xin cảm ơn|trân trọng)", re.IGNORECASE
    ),
    "price and place": re.compile(
        r"(?i:tầng|trạm|km|tỷ lệ|chiếm|đạt|xếp thứ|đứng thứ|tăng|giảm|tính đến|toàn tỉnh|cả nước) "
    ),
    "ends in a question": re.compile(r"\?\W*$"),
    "raised only": re.compile(
        r"(?:nêu|đưa ra|đặt|giải đáp|trao đổi|thảo luận)[^.]{0,40}\s(?:những|một số|nhiều|các"
        r"|tất cả)[^.]{0,40}(?:định hướng|vướng mắc|khó khăn|đề xuất|kiến nghị|câu hỏi|thắc mắc|ý kiến)"
    ),
}


def cues(clause: Clause) -> Iterator[str]:
    """Everything that may tell, as names."""
    said = clause.said.strip()
    shapes = [name for name, pattern in _SHAPES.items() if pattern.search(said)]
    yield from _of_speaker(clause, said)
    yield from _of_shapes(clause, shapes)
    yield from _of_modals(clause, said)
    yield from (f"heading {cue.lower()} side={clause.side}" for cue in _HEADING_CUES.findall(clause.heading))
    yield from _of_words(clause, said)


def _of_speaker(clause: Clause, said: str) -> Iterator[str]:
    """Who speaks, with which verb, and whom the words name first."""
    side, verb = clause.side, clause.verb or "-"
    parties = [match.lastgroup or "" for match in _PARTIES.finditer(said)]
    opening = _PARTIES.match(said)
    yield f"side={side}"
    yield f"verb={verb}"
    yield f"side={side} verb={verb}"
    yield f"side={side} verb={verb} to={parties[0] if parties else '-'}"
    yield f"side={side} subject={(opening.lastgroup or '-') if opening else '-'}"
    yield f"side={side} first={_near(said)}"
    yield f"place={clause.place}"
    yield f"link={clause.link}"
    yield f"official={clause.is_official} side={side}"
    if clause.is_person:
        yield f"person side={side}"


def _of_shapes(clause: Clause, shapes: Sequence[str]) -> Iterator[str]:
    side = clause.side
    for place, shape in enumerate(shapes):
        yield f"shape {shape} side={side}"
        yield f"shape {shape}"
        for other in shapes[place + 1 :]:
            yield f"{shape} + {other} side={side}"
        if clause.verb:
            yield f"{shape} verb={clause.verb}"
    if not shapes:
        yield f"no shape side={side}"


def _of_modals(clause: Clause, said: str) -> Iterator[str]:
    """Words such as cần, sẽ, đã: which, in what order, and behind whom."""
    side = clause.side
    modals = [match.group().lower() for match in _MODAL.finditer(said)]
    for modal in dict.fromkeys(modals):
        yield f"has {modal}"
        yield f"side={side} has {modal}"
    for modal in modals[:2]:
        yield f"early {modal} side={side}"
        yield f"early {modal} subject={_near(said)} side={side}"
    if modals:
        yield f"first {modals[0]}"
        yield f"first {modals[0]} verb={clause.verb or '-'}"
    for match in _PARTIES.finditer(said):
        rest = _MODAL.match(said[match.end() :].lstrip())
        if rest:
            yield f"{match.lastgroup} {rest.group().lower()} side={side}"
            yield f"{match.lastgroup} {rest.group().lower()}"


def _of_words(clause: Clause, said: str) -> Iterator[str]:
    words = [("#" if word[0].isdigit() else word.lower()) for word in _WORD.findall(said)]
    yield from (f"w {word}" for word in words)
    yield from (f"w {left} {right}" for left, right in itertools.pairwise(words))
    if words:
        yield f"start {words[0]}"
        yield f"start {' '.join(words[:2])}"
        yield f"start {words[0]} side={clause.side}"
    if len(words) < _SHORT_WORDS:
        yield "short"
    if said.endswith("?"):
        yield "question"
    if said.startswith(("“", '"')):
        yield "quoted"
    if said.endswith(":"):
        yield "colon"


def _near(said: str) -> str:
    """Who is named near the beginning."""
    match = _PARTIES.search(said)
    return (match.lastgroup or "-") if match and match.start() < _NEAR_CHARS else "-"
