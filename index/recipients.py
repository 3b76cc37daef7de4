"""To whom a statement is said, and which province it concerns."""

import re
from collections.abc import Sequence

from index.mentions import COMPANY, UNIT, canonical
from index.provinces import all_names, named_in
from index.records import Side

# Advice to all of them: shown apart in a list for one province.
NATIONWIDE = "*"
_CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Hồ Chí Minh", "Huế"})
_PROVINCES = "|".join(sorted(all_names(), key=len, reverse=True))
_WIDE = re.compile(
    r"(?<!\w)(?:(?:tất cả |toàn bộ )?[Cc]ác (?:tỉnh|địa phương|thành phố|[Ss]ở|bộ, ngành, địa phương"
    r"|tỉnh, thành)(?! khác| này| đó| bạn)[^,;.:]{0,30}?|63 (?:tỉnh|địa phương)[^,;.:]{0,15}"
    r"|[Mm]ỗi (?:tỉnh|địa phương))(?=[,;.:]| cần| nên| phải| hãy| có| chưa| đã| thì| sẽ| khẩn| chủ| sớm|\s|$)"
)
_WHOLE_COUNTRY = re.compile(
    r"(?<!\w)(?:63 (?:tỉnh|địa phương|sở)|các (?:địa phương|tỉnh|thành phố|sở TT&TT)(?! lân cận| khác| trong vùng)"
    r"|(?:[Hh]iện|[Tt]rên|[Tt]oàn quốc|[Cc]ả nước) (?:nay )?(?:cả nước|toàn quốc|hiện|đã|có|mới|còn))(?!\w)"
)
_LOCAL = re.compile(
    rf"(?<!\w)(?P<organ>(?:UBND|Ủy ban nhân dân|HĐND|Tỉnh ủy|Thành ủy|[Ss]ở(?: TT&TT| Thông tin và Truyền thông"
    rf"| (?:Y tế|Tài chính|Du lịch|Nội vụ|Công Thương|Tư pháp"
    rf"|Nông nghiệp(?: và (?:Phát triển nông thôn|PTNT|Môi trường))?|Giáo dục và Đào tạo|GD&ĐT"
    rf"|Kế hoạch và Đầu tư|Giao thông vận tải|Khoa học và Công nghệ|Văn hóa(?:(?:,| và) Thể thao)?(?: và Du lịch)?"
    rf"|Xây dựng"
    rf"|Tài nguyên và Môi trường|VHTT&DL))?|lãnh đạo (?:tỉnh|thành phố)|chính quyền (?:tỉnh|thành phố)"
    rf"|[Hh]uyện [A-ZĐ]\w+(?: [A-ZĐ]\w+)*)(?: (?:tỉnh|thành phố))?(?: (?:{_PROVINCES}))?)(?!\w)"
    rf"|(?<!\w)(?P<place>(?:[Tt]ỉnh |[Tt]hành phố )?(?:{_PROVINCES}))(?!\w)|(?<!\w)(?P<bare>[Tt]ỉnh|[Tt]hành phố"
    rf"|[Đđ]ịa phương)(?! ủy| uỷ)(?!\w)"
)
_TOP = re.compile(
    r"(?<!\w)(?P<unit>(?:Cục|Vụ|Viện|Học viện|Quỹ|Thanh tra Bộ|Văn phòng Bộ|Trung tâm)(?: [A-ZĐ][\w&]*| và| tin"
    r"| học| hóa| thông| toàn| chính| chí| số| quốc gia| công nghệ| doanh nghiệp| lý| điện tử| nước| cơ sở)+)"
    r"|(?<!\w)(?P<ministry>Bộ(?: TT&TT| Thông tin và Truyền thông"
    r"| [A-ZĐ][\w&]*(?:(?: và)? [A-ZĐ]\w*)*)?(?! trưởng)|Chính phủ|Thủ tướng(?: Chính phủ)?|Trung ương)(?!\w)"
)
# What holds for the whole country: rules, what others do.
_FOR_ALL = re.compile(
    r"(?<!\w)(?:cả nước|toàn quốc|toàn ngành|Nghị định|[Tt]hông tư|[Ll]uật|Quyết định số|Nghị quyết số"
    r"|Chương trình mục tiêu|quy định|Chính phủ|Thủ tướng"
    r"|(?:nhiều|có|một số|ít|mấy) (?:nơi|tỉnh|địa phương)|\d+ (?:tỉnh|địa phương|[Ss]ở)"
    r"|các (?:tỉnh|địa phương|Sở)|(?:địa phương|nơi) khác|quốc gia|nước ta|các nước)"
    r"(?!\w)"
)
# What an opinion says of this province, and what holds anywhere.
_HERE = re.compile(
    r"(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố|[Ss]ở|UBND|[Hh]uyện|[Xx]ã|địa phương|chính quyền|bà con|đồng chí|anh chị|ở đây"
    r"|nơi này|của (?:ta|mình)|đoàn|buổi|hôm nay|đề án|dự thảo|kế hoạch|quê|các (?:anh|chị))(?!\w)"
)
_PRAISES = re.compile(
    r"(?<!\w)(?:đánh giá cao|cảm ơn|hoan nghênh|chúc|biểu dương|ấn tượng|tin tưởng|tin rằng|ghi nhận|vui mừng|tâm đắc"
    r"|đồng tình|ủng hộ|khen|mừng|đúng hướng)(?!\w)"
)
_MAXIM = re.compile(
    r"^\W*(?:Muốn|Không có|Nếu|Khi|Ai |Công nghệ|Dữ liệu|Chuyển đổi số|Chính quyền số)|(?<!\w)(?:không phải"
    r"|chính là|chỉ là"
    r"|thì mới|mới là|thì|càng|nghĩa là|tức là|hơn là|chứ không|phải|là)(?!\w)"
)
_OUGHT = re.compile(r"\s(?:cũng |đều )?(?:cần|nên|phải|hãy|đừng|có thể|chủ động|khẩn trương|sớm)(?!\w)")
_DEPARTMENTS = re.compile(r"(?<!\w)[Cc]ác sở(?! TT&TT| Thông tin)(?!\w)")  # a province's own, in small letters
_BESIDE = re.compile(r"(?<!\w)(?:với|của|như|giữa|sang)\s$")
_ORGAN_NAMED = re.compile(r"(?:UBND|HĐND|Tỉnh ủy|Sở|[Tt]ỉnh|[Tt]hành phố)(?! nào)(?!\w)")
_THE_PROVINCE = re.compile(r"(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố)(?! (?:nào|khác|có|đã|nhỏ))(?!\w)")
_WHOM = (
    rf"(?P<whom>(?:Chủ tịch )?UBND (?:các|cấp) (?:huyện|quận|xã)(?:, (?:thành phố|thị xã|phường|thị trấn|huyện))*"
    rf"|(?:[Tt]ất cả )?(?:[Cc]ác|[Mm]ỗi) (?:[Cc]ục, [Vv]ụ|[Cc]ục|[Vv]ụ|đơn vị|huyện|sở|cơ quan|xã"
    rf"|doanh nghiệp|nhà mạng)(?:, (?:ngành|thành phố|thị xã|phường|thị trấn|huyện|đơn vị|cục|vụ))*"
    rf"|{COMPANY}|{UNIT}|[Hh]uyện(?: [A-ZĐ]\w+)+)"
)
_ORDER = re.compile(
    rf"(?<!\w)(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Cc]hỉ đạo|[Nn]hắc|[Pp]hân công)"
    rf"(?: (?:thêm|ngay|cho|luôn|trách nhiệm))*\s{_WHOM}"
)
_OPENS = re.compile(rf"\W*(?:\(?(?:\d{{1,2}}|[a-zđ])[.)]\s*)?(?:Riêng |Còn |Đối với |Với )?{_WHOM}")
_HANGING = re.compile(r"(?:\s(?:và|[-–&]|quan|nội|phát|giao))+$")
_NOT_ONLY = re.compile(r"(?<!\w)(?:không (?:chỉ|riêng)|bài học|cho cả nước)(?!\w)", re.IGNORECASE)
_ENTERPRISE = re.compile(
    r"(?<!\w)(?:VNPT|Viettel|MobiFone|FPT|các doanh nghiệp[^,;.:]{0,20}|các nhà mạng|doanh nghiệp|nhà mạng)(?!\w)"
)


def recipient_of(kind: str, side: Side, said: str, province: str) -> str:
    """Who is addressed, as fully as the words and the province tell; empty for kinds that address nobody."""
    if kind == "request":
        return _top(said) or _enterprise(said) or "Bộ TT&TT"
    if kind == "directive_internal":
        return _ordered(said, province) or (_top(said) if side == "ministry" else "") or _local(said, province)
    if kind == "commitment" and side == "province":
        return "Bộ TT&TT"
    if kind in {"recommendation", "commitment", "enterprise_proposal"}:
        wide = _WIDE.search(said)
        if province and _DEPARTMENTS.search(said):
            return _of_province(province)
        if wide and not (province and _is_aside(said, wide, province)):
            return wide.group().strip().replace("Các", "các")
        return _local(said, province) or _of_province(province)
    return ""


def _is_aside(said: str, wide: re.Match[str], province: str) -> bool:
    """Whether not `các tỉnh` are told what to do, but a province beside them."""
    before = said[: wide.start()]
    is_told = _OUGHT.match(said, wide.end()) or _NOT_ONLY.search(before)
    return not is_told and (province in before or bool(_BESIDE.search(before) and _ORGAN_NAMED.search(before)))


def names_whom(said: str) -> bool:
    """Whether an item of a list opens with the one whom it is for."""
    return _OPENS.match(said) is not None


def is_widened(recipient: str) -> bool:
    """Whether it is all of them, or several that are not named."""
    return bool(_WIDE.fullmatch(recipient)) or recipient.startswith("các sở")


def province_of(said: str, recipient: str, own: Sequence[str], near: str, telling: str = "") -> str:
    """The province that a statement concerns; `*` for all of them, empty for none.

    `own` are those of the document, `near` is the one that was named last in the paragraph of a document of several;
    `telling` is the kind of what the ministry's side tells without asking anything of anybody.
    """
    named = [name for name in named_in(said) if not own or name in own]
    if is_widened(recipient):
        return NATIONWIDE
    if named:
        return ", ".join(dict.fromkeys(named))
    if telling and len(own) > 1:
        return NATIONWIDE
    if telling == "opinion" and not _HERE.search(said) and not _PRAISES.search(said) and _MAXIM.search(said):
        return ""
    if telling == "status" and _FOR_ALL.search(said) and not _THE_PROVINCE.search(said):
        return NATIONWIDE
    if len(own) == 1:
        is_wide = _WHOLE_COUNTRY.search(said) and not re.search(r"(?<!\w)(?:[Tt]ỉnh|[Tt]hành phố)(?!\w)", said)
        return NATIONWIDE if is_wide else own[0]
    return near or (NATIONWIDE if own else "")


def _ordered(said: str, province: str) -> str:
    """Whom an order names: behind the word that gives it, else where it opens."""
    match = _ORDER.search(said) or _OPENS.match(said)
    if not match:
        return ""
    whom = canonical(_HANGING.sub("", match.group("whom")))
    whom = "Sở TT&TT" if whom == "Sở" else whom
    is_local = whom.startswith(("Sở", "UBND tỉnh", "Tỉnh ủy")) and province not in whom and "," not in province
    return f"{whom} {province}" if is_local and province not in {"", NATIONWIDE} else whom


def _enterprise(said: str) -> str:
    match = _ENTERPRISE.search(said)
    return match.group() if match else ""


def _top(said: str) -> str:
    match = _TOP.search(said)
    if not match:
        return ""
    return "Bộ TT&TT" if match.group() == "Bộ" else canonical(match.group())


def _local(said: str, province: str) -> str:
    match = _LOCAL.search(said)
    if not match:
        return ""
    if match.group("organ"):
        organ = canonical(match.group("organ"))
        organ = "Sở TT&TT" if organ.lower() == "sở" else organ
        known = province and province != NATIONWIDE and "," not in province
        return f"{organ} {province}" if known and province not in organ else organ
    if match.group("place"):
        return _of_province(re.sub(r"^(?:[Tt]ỉnh|[Tt]hành phố) ", "", match.group("place")))
    return _of_province(province) or match.group().lower()


def _of_province(province: str) -> str:
    if not province or "," in province:
        return province
    if province == NATIONWIDE:
        return "các địa phương"
    return f"{'thành phố' if province in _CITIES else 'tỉnh'} {province}"
