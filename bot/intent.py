"""What a question asks for, by its words: whose words, of which kind, about what, and in what form."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from index.aliases import Aliases
from index.provinces import SHORT_NAMES, all_names
from index.records import Kind, Side
from index.vietnamese import fold, normal_form, words

Form = Literal["list", "count", "provinces", "compare", "who", "when", "figure", "what"]
Act = Literal["ask", "promise", "tell"]

_ASKS = (
    "khuyến nghị|khuyến cáo|đề nghị|đề xuất|kiến nghị|gợi ý|yêu cầu|lưu ý|khuyên|nhắc nhở|nhắc|định hướng|mong muốn|mong"
    "|muốn|trông đợi|kỳ vọng|kêu gọi|đặt ra|đặt mục tiêu|chỉ đạo|giao(?! (?:ban|thông|dịch|tiếp|lưu|diện))|xin"
    "|bảo(?! (?:đảm|vệ|hiểm|mật|trì|tồn|hành))|hướng dẫn|đưa ra|ngỏ ý|đòi hỏi"
)
_PROMISES = "cam kết|hứa|hẹn|sẵn sàng|nhận (?:giúp|hỗ trợ)|sẽ (?:hỗ trợ|giúp|đồng hành|cử|tặng)"
_TELLS = (
    "cho rằng|cho biết|nói(?! (?:riêng|chung))|nêu|đánh giá|nhận xét|nhận định|nhấn mạnh|khẳng định|báo cáo"
    "|báo(?! (?:chí|điện|đảng|đài|hiệu|động))|phát biểu|xác định|phản ánh|chia sẻ(?! (?:dữ liệu|thông tin|hạ tầng|dùng))"
    "|phân tích|giải thích|chỉ ra|chê|khen|tuyên bố|thông báo|trả lời|có ý kiến|góp ý|tham gia ý kiến|hỏi"
)
_VERB = re.compile(rf"(?<!\w)(?:(?P<promise>{_PROMISES})|(?P<ask>{_ASKS})|(?P<tell>{_TELLS}))(?!\w)")
_KINDS: Mapping[tuple[Side, Act], tuple[Kind, ...]] = {
    ("ministry", "ask"): ("recommendation",),
    ("ministry", "promise"): ("commitment",),
    ("province", "ask"): ("request",),
    ("province", "promise"): ("commitment",),
    ("enterprise", "ask"): ("enterprise_proposal",),
    ("enterprise", "promise"): ("enterprise_proposal", "commitment"),
}
_PROVINCES = "|".join(
    re.escape(name.lower()) for name in sorted([*all_names(), *SHORT_NAMES], key=len, reverse=True)
)
# Who is named by office or kind of body. What stands first in a chain of such words is what is meant.
_PARTY = re.compile(
    rf"(?<![\w⟦])(?:(?P<own>(?:(?<!bố )cục(?! bộ)|(?<!dịch )(?<!nhiệm )(?<!nghiệp )(?<!chức )(?<!phục )vụ(?! việc))(?= )|học viện|các đơn vị (?:thuộc|của|trong) bộ|đơn vị nào thuộc bộ)"
    r"|(?P<ministry>bộ trưởng|thứ trưởng|bộ(?= (?:tt&tt|thông tin|y|giáo|nội|tài|công|kế|xây|giao|nông|khoa|văn|tư)"
    r"|(?! (?:phận|máy|đội|tiêu|lọc|công cụ|nhận|chỉ số|mã|sách|môn|mặt|hành|dữ|khung|ba|đôi))(?!\w))"
    r"|cục trưởng|vụ trưởng|chính phủ|thủ tướng|trung ương|trung tâm chứng thực|neac|nic)(?: tt&tt| thông tin và truyền thông)?"
    r"|(?P<organ>sở(?: tt&tt| thông tin và truyền thông)?|ubnd|ủy ban nhân dân|hđnd|huyện|xã|ban chỉ đạo)"
    rf"|(?P<province>lãnh đạo tỉnh|cử tri|đại biểu|tỉnh ủy|thành ủy|bí thư|chủ tịch|tỉnh|thành phố|(?:các )?địa phương|{_PROVINCES})"
    r"|(?P<enterprise>(?:các )?doanh nghiệp|tập đoàn|tổng công ty|công ty|nhà mạng|vnpt|viettel|mobifone|fpt|cmc|bkav"
    r"|vnpost|vietnam post|ngân hàng|hiệp hội))(?![\w⟧])"
)
_SIDE_OF: Mapping[str, Side] = {
    "own": "ministry",
    "ministry": "ministry",
    "organ": "province",
    "province": "province",
    "enterprise": "enterprise",
}
_UNIT = re.compile(r"(?:Cục|Vụ|Viện|Học viện|Trung tâm|Tập đoàn|Tổng công ty|Công ty|Hiệp hội|Quỹ|Đài|Báo) \S")
_NO_PERSON = frozenset(["tỉnh", "ubnd", "bộ", "sở", "các", "ban"])
_COMPANIES = frozenset("vnpt viettel mobifone fpt cmc bkav vnpost".split())
_NOUNS: Mapping[str, tuple[Side, tuple[Kind, ...]]] = {
    "khuyến nghị": ("ministry", ("recommendation",)),
    "kiến nghị": ("province", ("request",)),
}
_NOUN = re.compile("|".join(_NOUNS))
_WHO_BEFORE = re.compile(r"(?<!\w)(?:ai|(?:người|bên|vị|đồng chí|đơn vị|cơ quan) nào)(?: \S+){0,2} $")
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")
# Between the parts of one name: "Phó Chủ tịch UBND tỉnh Hậu Giang", "Cục THH (Bộ TT&TT)".
_LINK = re.compile(
    r"[\s(\-–]*(?:(?:thuộc|của|bên|và|tt&tt|thông tin và truyền thông|thth|phía|ông|bà|đồng chí|bộ|phó|các|nước"
    r"|[\w&]+(?= \(⟦))\s*)*[\s(]*"
)
_OBJECT_OF = re.compile(r"(?:với|cho|lên|tới|đến|gửi|gửi lên|tại|ở|cùng|giữa|giúp|về|sang|đối với|từ)\s+(?:chính )?$")
_PASSIVE = re.compile(r"(?<!\w)được\s+(?:\S+\s+){0,2}$")
_OF_WHOM = re.compile(r"[^⟦.?!]{0,30}(?:của|từ|phía|do)\s+(?:chính |phía |lãnh đạo )?⟦")
_ACCORDING = re.compile(r"(?<!\w)theo (?:ý kiến |lời |quan điểm )?(?:của )?(?:ông |bà |đồng chí )?⟦")

_COUNTED = (
    r"(?:khuyến nghị|đề nghị|kiến nghị|cam kết|đề xuất|ý kiến|gợi ý|yêu cầu|định hướng|chỉ đạo|điều|điểm|nội dung|việc"
    r"|lần)"
)
_PLACES = r"(?:(?:những|các|bao nhiêu|mấy) )(?:tỉnh(?:,? thành(?: phố)?)?|địa phương|thành phố|nơi)"
_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("count", re.compile(rf"(?<!\w)(?:bao nhiêu|mấy) (?:{_COUNTED}) |(?<!\w)(?:bao nhiêu|mấy) {_COUNTED}\W*$")),
    ("provinces", re.compile(rf"(?<!\w)(?:{_PLACES}(?: nào)?|(?:tỉnh|địa phương|nơi) nào)(?: (?:đã|từng|cũng))*(?: |$)")),
    ("compare", re.compile(r"(?<!\w)(?:so sánh|khác nhau|khác gì|giống nhau|lần lượt|mỗi tỉnh|từng tỉnh|đối chiếu)(?!\w)")),
    (
        "list",
        re.compile(
            r"(?<!\w)(?:liệt kê|kể (?:ra|tên)|danh sách|tất cả|toàn bộ|đầy đủ|tổng hợp|thống kê|(?:những|các) [^,.?]{1,60}?"
            r"(?:nào|gì)|những gì|gồm những|gồm (?:các )?gì)(?!\w)"
        ),
    ),
    (
        "who",
        re.compile(
            r"(?<!\w)(?:ai|(?:người|đơn vị|cơ quan|bên|đồng chí|vị|lãnh đạo|công ty|doanh nghiệp|thứ trưởng|cục|vụ) nào"
            r"|của ai)(?!\w)|thứ trưởng [^,.?]{1,20}nào"
        ),
    ),
    ("when", re.compile(r"(?<!\w)(?:khi nào|bao giờ|lúc nào|(?:ngày|năm|tháng|quý|thời điểm|hôm) (?:nào|mấy))(?!\w)")),
    ("figure", re.compile(r"(?<!\w)(?:bao nhiêu|mấy|tỷ lệ nào|mức nào|con số nào|thứ mấy|bao lâu)(?!\w)")),
)
# What questions are made of besides what they are about: phrases, then words that stand alone.
_PHRASES = re.compile(
    r"(?<!\w)(?:liệt kê|kể (?:ra|tên)|danh sách|tổng hợp|thống kê|đầy đủ|tất cả|toàn bộ|cho (?:biết|hỏi|xem)|vui lòng"
    r"|(?:những|các) (?:điều|việc|nội dung|vấn đề|ý kiến|điểm|gì)|(?:điều|việc|nội dung|vấn đề|ý kiến|khoản) (?:gì|nào)"
    r"|bao nhiêu|bao giờ|khi nào|lúc nào|như thế nào|thế nào|ra sao|vì sao|tại sao|làm gì|gồm những|lần lượt|cụ thể|so sánh"
    r"|buổi làm việc|cuộc họp|hội nghị|làm việc với|phát biểu tại|trong lĩnh vực|lĩnh vực|liên quan đến|đối với|về mặt|về mảng"
    r"|trong mảng|mục tiêu|(?:ngày |tháng |năm |quý )+[\d/ivx]+|từ năm|đến năm|chiều|sáng|đại diện|lãnh đạo|giám đốc"
    r"|phó giám đốc|đồng chí|bày tỏ|thực hiện|hỗ trợ|gửi|bao lâu|hay không|cho xin|thời điểm|ngày|lúc)(?!\w)"
)
_DATES = re.compile(r"(?<!\w)(?:\d{1,2}/)?\d{1,2}/\d{4}(?!\w)|(?<![\d.,])(?:19|20)\d\d(?![\d.,])")
_EMPTY = frozenset(
    words(
        "ai mấy gì nào đâu sao vì tại thế khi là có và hoặc hay của cho với về đối trong ở từ đến tới theo thì mà được bị do "
        "bởi để phải cần nên sẽ đã đang còn những các mọi này kia đó ấy vậy nhé nhỉ ạ xin hãy giúp ông bà phía bên "
        "ra vào lên trên dưới sau trước rồi cũng rất chưa không hồi nếu như bằng nhau khác mỗi từng một thuộc người tháng năm quý làm việc so ngành qua"
    )
)


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for; what it does not tell is empty.

    `side` is whose words are asked for, `kinds` the kinds of statements, `speakers` names of people and units,
    `offices` titles without a name ("bộ trưởng"); `topic` is what is left of it: what it is about.
    """

    form: Form
    side: Side | None = None
    kinds: tuple[Kind, ...] = ()
    speakers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    topic: str = ""


def intent_of(question: str, speakers: Mapping[str, Side]) -> Intent:
    """The intent of a question with its diacritics; `speakers` are the people and units known, each with its side."""
    text = _written_out(question).lower()
    marked = _marked(text, speakers)
    acts = list(_acts(marked))
    side, chain = next(((side, chain) for side, _, chain in acts if side), (None, ""))
    done = [act for of, act, by in acts if act and of == side and by == chain] if side else []
    kinds = tuple(dict.fromkeys(kind for act in done for kind in _KINDS.get((side, act), ()))) if side else ()
    if "ask" in done and _goes_to_subordinates(side, marked, chain):
        kinds = ("directive_internal",)
    elif not side and (leading := _MARK.match(marked)):
        side, chain = _side(leading.group()), leading.group()
    if not side and (noun := _NOUN.search(marked)):
        side, kinds = _NOUNS[noun.group()]
    named = [name for label, name in _MARK.findall(chain) if label.startswith("named") or name in _COMPANIES]
    offices = tuple(dict.fromkeys(re.findall(r"bộ trưởng|thứ trưởng|bí thư|chủ tịch", chain))) if not named else ()
    return Intent(_form(text, kinds), side, kinds, tuple(named), offices, _topic(marked))


def _written_out(question: str) -> str:
    """With abbreviations spelled out, but for those that name a body."""
    text = normal_form(question)
    for short, full in Aliases().expansions(text)[0].items():
        if not re.search(r"(?i)truyền thông|ủy ban|hội đồng", full):
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    return text


def _marked(text: str, speakers: Mapping[str, Side]) -> str:
    """The text with everyone who may speak marked: ⟦label:words⟧."""
    for name in sorted(filter(_is_name, speakers), key=len, reverse=True):
        said = name.lower()
        if said in text:
            text = re.sub(rf"(?<![\w⟦:]){re.escape(said)}(?![\w⟧])", f"⟦named_{speakers[name]}:{name}⟧", text)
    given = {words(name)[-1].lower(): name for name in speakers if len(words(name)) in (2, 3, 4)}
    parts = []
    for part in re.split(r"(⟦[^⟧]*⟧)", text):
        if not part.startswith("⟦"):
            part = re.sub(
                r"(?<!\w)((?:ông|bà|anh|chị|đồng chí) )(\w+)(?!\w)",
                lambda match: _by_given_name(match, given, speakers),
                part,
            )
            part = _PARTY.sub(lambda match: f"⟦{match.lastgroup}:{match.group()}⟧", part)
        parts.append(part)
    return "".join(parts)


def _is_name(speaker: str) -> bool:
    """Whether it tells one speaker from the others, as "Bộ" and "tỉnh" do not."""
    said = words(speaker)
    is_person = all(word[0].isupper() for word in said) and said[0].lower() not in _NO_PERSON
    return len(said) > 1 and (is_person or bool(_UNIT.match(speaker)))


def _by_given_name(match: re.Match[str], given: Mapping[str, str], speakers: Mapping[str, Side]) -> str:
    name = given.get(match[2])
    return f"{match[1]}⟦named_{speakers[name]}:{name}⟧" if name else match.group()


def _acts(marked: str) -> Iterator[tuple[Side | None, Act | None, str]]:
    """Who does what, as often as the question tells: by verb, by "… của ai", by "theo ai"."""
    if according := _ACCORDING.search(marked):
        chain = _chain_at(marked, according.end() - 1)
        yield _side(chain), "tell", chain
    for verb in _VERB.finditer(re.sub(r"⟦[^⟧]*⟧", lambda match: "⟦" + "_" * (len(match.group()) - 2) + "⟧", marked)):
        act: Act = verb.lastgroup  # type: ignore[assignment]  # the pattern names its groups after the acts
        behind = _OF_WHOM.match(marked, verb.end())
        if behind:
            chain = _chain_at(marked, behind.end() - 1)
            yield _side(chain), act, chain
            continue
        before = marked[: verb.start()]
        if _WHO_BEFORE.search(before):
            return
        chain, gap = _subject(before)
        if _PASSIVE.search(gap) and act == "ask":
            yield ("ministry" if _side(chain) in ("province", None) else None), act, ""
        elif chain:
            yield _side(chain), act, chain
        elif _PASSIVE.search(before):
            yield None, act, ""


def _subject(before: str) -> tuple[str, str]:
    """The chain of names that a verb behind `before` has for its subject, and what stands between them."""
    end = len(before)
    while (last := before.rfind("⟦", 0, end)) >= 0:
        start = last
        while (link := before.rfind("⟦", 0, start)) >= 0:
            close = before.index("⟧", link) + 1
            if not _LINK.fullmatch(before[close:start]):
                break
            start = link
        if not _OBJECT_OF.search(before[:start]):
            close = before.rindex("⟧", 0, end) + 1
            return before[start:close], before[close:]
        end = start
    return "", ""


def _chain_at(marked: str, start: int) -> str:
    end = marked.index("⟧", start) + 1
    while (following := marked.find("⟦", end)) >= 0 and _LINK.fullmatch(marked[end:following]):
        end = marked.index("⟧", following) + 1
    return marked[start:end]


def _side(chain: str) -> Side | None:
    """The side of a chain: of the person named in it, else of its first part."""
    labels = [label for label, _ in _MARK.findall(chain)]
    named = next((label.removeprefix("named_") for label in labels if label.startswith("named_")), "")
    return named or (_SIDE_OF[labels[0]] if labels else None)  # type: ignore[return-value]  # labels hold sides


def _goes_to_subordinates(side: Side | None, marked: str, chain: str) -> bool:
    """Whether the one who asks does so of his own: a ministry of its department, a province of its bureau."""
    behind = marked.partition(chain)[2] if chain else ""
    own = {"ministry": "own", "province": "organ"}.get(side or "", "-")
    return bool(re.match(rf"[^⟦]{{0,30}}⟦{own}:", behind))


def _form(text: str, kinds: Sequence[Kind]) -> Form:
    for form, pattern in _FORMS:
        if pattern.search(text) and (kinds or form not in ("count", "provinces")):
            return form
    return "what"


def _topic(marked: str) -> str:
    left = _DATES.sub(" , ", re.sub(r"⟦[^⟧]*⟧", " , ", marked))
    left = _PHRASES.sub(" , ", _VERB.sub(" , ", left))
    kept = (" ".join(word for word in words(part) if word not in _EMPTY) for part in re.split(r"[,;:.?!()\"]", left))
    return ", ".join(filter(None, kept))
