"""On whose side an organ or the holder of a title is, by the words of its name."""

import re

from index.place_names import provinces_by_length
from index.records import Side

ENTERPRISE = re.compile(
    r"(?i:tập đoàn|công ty|doanh nghiệp|ngân hàng|hiệp hội|hợp tác xã|nhà mạng|tổng giám đốc|\bceo\b"
    r"|bưu điện (?:tỉnh|thành|việt)"
    r"|hội đồng (?:quản trị|thành viên)|hđqt|start-?up)"
    r"|\b(?:VNPT|Viettel|Mobi[Ff]one|Vina[Pp]hone|FPT|CMC|BKAV|Bkav|VTC|VN[Pp]ost|Vietnam ?Post|MISA|VNG|Gtel"
    r"|G-?Mobile"
    r"|Vietnamobile|Samsung|Microsoft|Google|Facebook|Vingroup|Tiki|Cisco|Huawei|Ericsson|Nokia|Qualcomm|Intel"
    r"|TMA|NCS|Vn?Pay"
    r"|[A-Z]?[a-z]+(?:bank|soft|pay)|(?!VietNam)[a-z]{0,3}[A-Z][a-z]+[A-Z][a-z]+|[a-z]{2,}[A-Z][a-z]+"
    r"|VOV\w*|Grab|Shopee|Sendo|Lazada|VinaREN|Hanel|Elcom|Savis|Napas|VCCorp|Nexttech|Base\.vn|Sovico|Sun ?[Gg]roup)\b"
)
_MINISTRY = re.compile(
    r"\b(?:Bộ|Thứ) trưởng\b|^(?:(?i:quyền|nguyên|phó)\s)?(?:Tổng )?(?:Cục|Vụ|Viện) trưởng|\bBộ(?: |$)"
    r"|^(?:Cục(?! Thuế| Thống kê| Hải quan| Thi hành| Quản lý thị trường)|Vụ|Viện|Học viện|Tổng cục"
    r"|Thanh tra Bộ|Quỹ|Ban Cơ yếu|Thủ tướng|Chính phủ|Phó Thủ tướng|Quốc hội|Văn phòng Chính phủ"
    r"|Ban Tuyên giáo Trung ương|Ban Bí thư)"
    r"|(?i:^ủy ban quốc gia|^trung ương)|\b(?:Cục|Vụ)\b (?!Thuế|Thống kê|Hải quan|Thi hành|Quản lý thị trường)"
    r"|(?i:ngành thông tin)|ngành TT&TT"
    r"|^(?i:người đứng đầu (?:ngành|bộ)|tư lệnh ngành|trưởng ngành|đoàn công tác)"
)
_PROVINCE = re.compile(
    r"(?i:\btỉnh\b|\bthành phố\b|\btp\.|\bthành ủy|\bsở\b|\bubnd|ủy ban nhân dân|uỷ ban nhân dân|\bhđnd"
    r"|hội đồng nhân dân|\bhuyện|\bxã\b|\bphường"
    r"|\bquận|\bthị xã|địa phương|\bbí thư|đoàn đbqh|đoàn đại biểu quốc hội|đài (?:ptth|phát thanh)|\bchủ tịch\b"
    r"|tỉnh ủy|các sở|cử tri|đại biểu|\bcông an|bệnh viện|trường (?:đại học|cao đẳng)|kho bạc|tỉnh đoàn)"
)
# A director of what is no public body: Giám đốc Viễn thông Quảng Trị.
_HEAD_OF_COMPANY = re.compile(
    r"[Gg]iám đốc (?!Sở|Trung tâm|Đài|Bệnh viện|Công an|Học viện|Quỹ|Nhà|Trường|Ban|Kho|Thư viện|Bảo|Vườn"
    r"|Viện|Đại học|UBND)(?=[A-ZĐ])"
)
_OFFICE_OF = re.compile(
    r"(?P<ministry>(?i:cục trưởng|vụ trưởng|viện trưởng|bộ trưởng|thứ trưởng|chánh (?:văn phòng|thanh tra) bộ))"
    r"|(?P<province>(?i:giám đốc sở|chủ tịch ubnd|chủ tịch ủy ban|chủ tịch hđnd|bí thư (?:tỉnh|thành|huyện)))"
)


def side_of(text: str) -> Side | None:
    """On whose side an organ, or the holder of a title, is; None where the words do not tell."""
    if offices := list(_OFFICE_OF.finditer(text)):  # the last counts: what stands before may be another's
        return "province" if offices[-1].group("province") else "ministry"
    if head := re.match(
        r"(?:(?i:đại diện|lãnh đạo|các|một số)\s)*(Bộ|Cục|Vụ|Thanh tra Bộ|Sở|UBND|Tỉnh ủy|Văn phòng Bộ)\b(?! Thuế"
        r"| Thống kê| Hải quan| Quản lý thị trường)",
        text,
    ):
        return "province" if head.group(1) in {"Sở", "UBND", "Tỉnh ủy"} else "ministry"
    if ENTERPRISE.search(text):
        return "enterprise"
    if _MINISTRY.search(text) and not re.match(r"(?i:(?:phó )?giám đốc sở|sở |chủ tịch ubnd|ubnd|bí thư tỉnh)", text):
        return "ministry"
    if _HEAD_OF_COMPANY.search(text):
        return "enterprise"
    if _PROVINCE.search(text) or _names_a_province(text):
        return "province"
    return "ministry" if re.search(r"Trung ương|Trung tâm|Báo |Nhà nước", text) else None


def _names_a_province(text: str) -> bool:
    return any(name in text for name in provinces_by_length())
