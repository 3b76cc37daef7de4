"""How a question shows that it leans on the talk before it: openers, demonstratives, pronouns, what it leaves out."""

import re

from bot.elements import ASKING, SAYING, VERBS, Element, flat, is_bare, of_kind
from index.vietnamese import words

_COURTESY = re.compile(
    r"^(?:(?:xin )?cam on[^.!,;]*|vang|da|ok|oke|tot(?: lam)?|hay qua|hay lam|ro roi|duoc roi|a|u|um)\s*[.!,;]+\s*"
)
# Words that begin like an opener: thế mạnh, thế giới, con số, còn bao nhiêu; without marks also thể thao, thẻ, vay vốn.
_NO_OPENER = (
    r"(?! (?:gioi|manh|he|ky|nao|che|thao|duc|loai|tran|chap|so|nguoi|duong|dau|cai|em|tau|von|muon|bao nhieu|may\b|\d"
    r"|lai\b|thuc|van|hien(?! (?:nay|gio|tai))))"
)
_OPENER = re.compile(
    rf"^(?:va |nhung )?(?:the con|vay con|the thi|vay thi|the nhung|(?:the|vay|con|roi){_NO_OPENER}"
    rf"|ngoai ra)\b(?:,| la)? *"
)
_NOUN = (
    r"y kien|de xuat|de nghi|kien nghi|khuyen nghi|noi dung|viec|dieu|van de|con so|so lieu|ty le|muc tieu|muc chi|muc"
    r"|van ban|quyet dinh|nghi quyet|nghi dinh|chi thi|thong tu|thong bao|cong van|ke hoach|de an|chien luoc|bien ban"
    r"|thoa thuan|cam ket|loi hua|cau noi|cau|phat bieu|chuong trinh|du an|he thong|nen tang|bo tieu chi|chi tieu"
    r"|giai phap|nhiem vu|yeu cau|khu|xa|huyen|thon|diem|quy|lo trinh|thoi han|moc|mo hinh|su co|kho khan|vuong mac"
    r"|chinh sach|quy dinh|linh vuc|san pham|ung dung|dich vu|nguon|khoan|so tien|ho so|hai|ba|cac|nhung"
)
DOCUMENT = re.compile(
    r"\b(?:van ban|quyet dinh|nghi quyet|nghi dinh|chi thi|thong tu|thong bao|cong van|ke hoach|de an"
    r"|bien ban|quy che)\b"
)
FIGURE = re.compile(r"\b(?:con so|so lieu|ty le|muc|moc|thoi han|so tien|khoan|chi tieu)\b")
_NOT_BEHIND = r"(?<!trước )(?<!sau )(?<!từ )(?<!trong )(?<!do )(?<!nhờ )(?<!qua )(?<!năm )(?<!bên )(?<!mặt )"
_PARTICLE = r"(?! (?:nhỉ|à|ạ|nhé|mà|hả)\b)"
_BEHIND_BARE = r"(?:(?<!muc )do(?! (?:ai|bo|ubnd|ong|ba|cuc|vu|so|tinh|don vi|dau|nguoi)\b)|nay|ay|kia)"
_ABOVE = (
    r"(?:(?:neu |noi )?(?:o )?tren(?! (?:dia|mang|toan|ca|khong|nen|moi|co|so|the gioi|thi|cac|\d))"
    r"|vua (?:neu|noi|ke|roi))"
)
_THING = re.compile(rf"{_NOT_BEHIND}\b(?:đó|đấy|này|ấy|kia)\b{_PARTICLE}", re.IGNORECASE)
_BARE_THING = re.compile(rf"\b(?:{_NOUN})(?: moi| cu| the)? {_BEHIND_BARE}\b")
_ABOVE_THING = re.compile(
    rf"\b(?:{_NOUN})(?: moi| cu)? {_ABOVE}\b|\b(?:nhu tren|vua neu|nhu vay|nhu the|the a|lai the)\b(?! nao)"
)
_SAID_SO = re.compile(
    r"\b(?:noi|bao|neu|de nghi|de xuat|yeu cau|khang dinh|hua|sao(?: lai)?) (?:vay|the|nhu vay)\b(?! nao)"
)
_HEAD = re.compile(rf"(?P<head>(?:{_NOUN})(?P<of>(?: [a-z0-9-]+){{0,2}}?)) (?:do|day|nay|ay|kia|{_ABOVE})\b")
_WHEN = (
    r"luc|khi|hom|hoi|dip|nam|thoi diem|thoi gian|buoi(?: lam viec)?|hoi nghi|cuoc hop|phien hop|buoi hop"
    r"|le|chuyen|ngay|thang"
)
_EVENT = re.compile(rf"\b(?:{_WHEN}) (?:do|ay|day|kia|nay)\b(?! ai\b)")
_OFFICES = r"bo truong|thu truong|bi thu|chu tich|giam doc|cuc truong|vu truong"
_PERSON = re.compile(
    rf"\b(?:(?:ong|ba|anh|chi|co|dong chi|vi|nguoi)(?: nay| ay| ta| do(?! ai\b| bo\b)| kia)"
    rf"|(?:vi )?(?:{_OFFICES}) (?:nay|ay|do))\b"
)
_LONE = re.compile(r"\b(?:ông|bà)\b(?! (?:[A-ZĐÀ-Ỹ]|bà\b|con\b|ấy|ta\b))", re.IGNORECASE)
_PLACE = r"tinh|thanh pho|dia phuong|dia ban|noi|cho"
_PROVINCE = re.compile(rf"\b(?:{_PLACE}) (?:do|nay|ay|kia)\b(?! (?:ai|bo)\b)|\b(?P<at>o|tai) (?:do|day)\b")
_THEY = re.compile(
    r"\b(?:(?:doanh nghiep|cong ty|tap doan|don vi|co quan|nha mang|cuc) (?:nay|do|ay)|ben (?:do|ay|kia))\b(?! ai\b)"
)
_HO = re.compile(r"\bhọ\b(?! (?:tên|hàng|và tên))", re.IGNORECASE)
_BARE_HO = re.compile(rf"^ho(?= (?:{VERBS}|dinh|lam)\b)")
_ROLE = re.compile(
    r"(?<!các )(?<!những )(?<!mỗi )(?<!mọi )(?<!từng )(?<!nhiều )(?<!nhiêu )(?<!mấy )(?<!số )(?<!cấp )"
    r"(?<!liên )(?<!\d )"
    r"(?<!toàn )(?<!nào )\btỉnh(?! (?:nào|thành|khác|bạn|miền|ủy nào|lân))(?!, thành)|\b(?<!ban )(?:bí thư|chủ tịch)\b",
    re.IGNORECASE,
)
_BARE_ROLE = re.compile(r"^(?:lanh dao )?tinh(?= (?:da|de|cam|kien|co|mong|hua|se|muon|duoc)\b)|^(?:bi thu|chu tich)\b")
_REPLY = re.compile(r"\b(?:tra loi|phan hoi|dap lai|giai dap|tiep thu|dong y|dong tinh|phan bac)\b")
_ON_IT = re.compile(r"^(?:neu )?so voi\b|^(?:tai|vi) sao lai\b")
_IMPERATIVE = re.compile(r"\b(?:noi (?:ro|ky|them)|chi tiet|cu the|liet ke|tom tat|giai thich|ke (?:them|ra)|lam ro)\b")
_ENDS_ASKING = re.compile(r"\b(?:chua|khong|phai khong|a|nhi|nua)\s*\?*$")
# Small words of which no question is made.
_SMALL = frozenset(
    words(
        "la co thi ma va cua cho voi tai o trong ngoai tren den tu luc khi hien moi nay da dang se du kien duoc bi "
        "can phai nen con cung lai them nua chi rang vay the a nhi nhe ha chua khong dung that hon giup toi xin "
        "hoi biet ro ra vao len cu ve viec dieu noi nhung cac mot nguoi ta minh do ay kia hay nhat khoang chinh "
        "thuc theo bang"
    )
)
_ABOUT_IT = re.compile(
    r"^(?:cu the|ly do|nguyen nhan|muc dich|muc tieu|noi dung|ket qua|dieu kien|can cu|giai phap|thoi han|kinh phi"
    r"|tac dung|y nghia|loi ich|nhiem vu|trong tam)"
)
_CLAUSE_END = re.compile(r"[,;:.]|\b(?:và|thì|mà|rồi)\b")
_OPENING = frozenset(["thế", "vậy", "còn", "rồi", "và", "nhưng", "ngoài"])
_POINTING = frozenset(["đó", "đấy", "đây", "này", "ấy", "ta", "kia"])
# năm nay, lúc này; nói đó, cho đó.
_NOW, _LIKE_A_PLACE = frozenset(["nam", "thang", "ngay", "hom", "luc", "thoi"]), frozenset(["nói", "nội", "cho", "chờ"])
_CLAUSE_WORDS, _SHORT, _ROLE_WORDS, _LEFT_WORDS = 5, 9, 14, 4


def without_courtesy(text: str) -> str:
    """The text without the thanks or assent that it begins with."""
    while match := _COURTESY.match(flat(text)):
        text = text[match.end() :]
    return text


def opener_end(text: str) -> int:
    """Where what follows `Thế còn`, `Vậy`, … begins; 0 where it does not open so."""
    match = _OPENER.match(flat(text))
    first = text.split(maxsplit=1)[:1]
    return match.end() if match and (is_bare(text) or first[0].lower() in _OPENING) else 0


def thing_pointed_at(text: str) -> str | None:
    """The folded noun that `đó`, `này`, `vừa nêu` goes with, empty where it has none; None where nothing is meant."""
    low = flat(text)
    marked = None if is_bare(text) else _THING.search(text)
    match = marked or (is_bare(text) and _BARE_THING.search(low)) or _ABOVE_THING.search(low) or _SAID_SO.search(low)
    if not match or _is_inside(text, match.start()) or (match is marked and _is_other(low, match.end())):
        return None
    head = _HEAD.search(low)
    return head["head"] if head else ""


def _is_other(low: str, end: int) -> bool:
    """Whether the demonstrative belongs to a person, a place, a time or a company."""
    return any(match.end() == end for kind in (_PERSON, _PROVINCE, _EVENT, _THEY) for match in kind.finditer(low))


def event_pointed_at(text: str) -> bool:
    """Whether a time or meeting is meant that was named before: `lúc ấy`, `hội nghị đó`."""
    match = _EVENT.search(flat(text))
    return bool(match and not _is_inside(text, match.start()) and _is_marked_so(text, match))


def person_pointed_at(text: str, found: list[Element]) -> re.Match[str] | None:
    """`ông ấy`, `bà ấy`, or `ông` alone where nobody is named."""
    match = _PERSON.search(flat(text))
    if match and _is_marked_so(text, match):
        return None if _is_inside(text, match.start()) else match
    return None if is_bare(text) or of_kind(found, "person") else _LONE.search(text)


def province_pointed_at(text: str) -> re.Match[str] | None:
    """`tỉnh đó`, `nơi này`, `ở đó`."""
    match = _PROVINCE.search(flat(text))
    return match if match and _is_marked_so(text, match) and not _is_inside(text, match.start()) else None


def they_pointed_at(text: str) -> re.Match[str] | None:
    """`họ`, `doanh nghiệp đó`."""
    match = _THEY.search(flat(text))
    if match and _is_marked_so(text, match) and not _is_inside(text, match.start()):
        return match
    return _BARE_HO.search(flat(text)) if is_bare(text) else _HO.search(text)


def province_understood(text: str, found: list[Element]) -> re.Match[str] | None:
    """`tỉnh`, `Bí thư` of a province that is not named."""
    named = any(len(words(one.name)) > 2 and one.name.istitle() for one in of_kind(found, "person"))
    if of_kind(found, "province") or named or len(words(text)) > _ROLE_WORDS or '"' in text:
        return None
    return _BARE_ROLE.search(flat(text)) if is_bare(text) else _ROLE.search(text)


def is_elliptical(text: str, found: list[Element]) -> bool:
    """Whether it asks without saying about whom or what: `Dự kiến bao giờ ban hành?`, `Vì sao?`."""
    names_something = any(one.kind in ("province", "person", "organ", "topic") for one in found)
    low = flat(text)
    if (_REPLY.search(low) or _ON_IT.search(low)) and len(words(text)) <= _SHORT:
        return not of_kind(found, "province") and not of_kind(found, "topic")
    if names_something or len(words(text)) > _SHORT or re.search(r"\w [A-ZĐ]|\d", text):
        return False
    if re.search(r" la (?:gi|ai)\b", low) and len(content(text)) > 1 and not _ABOUT_IT.match(low):
        return False
    asks = re.search(ASKING, low) or _ENDS_ASKING.search(low) or _IMPERATIVE.search(low)
    return bool(asks) and len(content(text)) <= _LEFT_WORDS


def content(text: str) -> list[str]:
    """The folded words that say what a question is about."""
    low = re.sub(r"\bai\b|\bmay\b", " ", re.sub(ASKING, " ", flat(text)))
    return [word for word in words(SAYING.sub(" ", low)) if word not in _SMALL]


def _is_inside(text: str, start: int) -> bool:
    """Whether what is pointed at stands in the question itself, in a clause before."""
    ends = [match.start() for match in _CLAUSE_END.finditer(text, 0, start)]
    return any(len(words(text[:end])) >= _CLAUSE_WORDS for end in ends)


def _is_marked_so(text: str, match: re.Match[str]) -> bool:
    """With diacritics the demonstrative has its own: `đó` is none of `do`, `độ`."""
    typed = text[match.start() : match.end()].lower().split()
    if is_bare(text):
        return typed[-1] != "nay" or typed[0] not in _NOW
    return typed[-1] in _POINTING and typed[0] not in _LIKE_A_PLACE
