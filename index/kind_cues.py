"""What tells the kind of a clause: cues of its wording, its speaker and its place, as names."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.kind_shapes import shapes_of
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


_NEAR_CHARS, _SHORT_WORDS, _FAR_IN = 40, 8, 4
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


def cues_of(clauses: Sequence[Clause]) -> list[list[str]]:
    """What may tell of each clause of a document: its own cues and those of its place, as names, each once."""
    told, in_block = [], 0
    for place, clause in enumerate(clauses):
        in_block = 0 if clause.is_first else in_block + 1
        ends = place + 1 == len(clauses) or clauses[place + 1].is_first
        where = _of_place(clause.side, place, len(clauses), in_block, ends)
        told.append(list(dict.fromkeys(itertools.chain(cues(clause), where))))
    return told


def cues(clause: Clause) -> Iterator[str]:
    """What may tell of a clause by itself, as names."""
    said = clause.said.strip()
    yield from _of_speaker(clause, said)
    yield from _of_shapes(clause, shapes_of(said))
    yield from _of_modals(clause, said)
    yield from (f"heading {cue.lower()} side={clause.side}" for cue in _HEADING_CUES.findall(clause.heading))
    yield from _of_words(clause, said)


def _of_place(side: Side, place: int, places: int, in_block: int, ends: bool) -> Iterator[str]:
    """How far into the document and into its paragraph."""
    yield f"fifth {5 * place // places} side={side}"
    yield f"clause {min(in_block, _FAR_IN)} side={side}"
    if ends:
        yield f"ends block side={side}"
    if place == 0:
        yield "first of all"
    if place + 1 == places:
        yield "last of all"


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
