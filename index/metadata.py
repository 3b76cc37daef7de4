"""What a document says about itself: title, date, number, type, issuer, the provinces it concerns, people."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from index.dates import date_of, is_date_line, stamp_of
from index.extracted import Extracted
from index.letterhead import HEAD_CHARS, ORGAN, head_of, lead_ends, paragraphs, shortened
from index.people import people_of
from index.provinces import SHORT_NAMES, all_names, named_in, no_provinces
from index.records import Finding
from index.sentences import sentence_spans
from index.vietnamese import CAPITALS, fold, normal_form, tidy, words

_SHARE, _MENTIONS, _MOST = 5, 2, 3
_SEAT = "Hà Nội"  # of the ministry: where half of all meetings take place
_OTHER_SPELLINGS = ("bac can", "daklak", "dac lac", "dac nong", "kontum", "sai gon", *SHORT_NAMES)
_WORD_CHARS, _BEFORE_CHARS = 8, 60
_MAN_OR_ROAD = re.compile(
    r"\b(?:chủ tịch|tư tưởng|đạo đức|phong cách|cộng sản|thanh niên|quốc gia|đường(?: mòn)?|(?<!thành )phố|lăng"
    r"|bảo tàng|bác|ông|bà|anh|chị|cô|huân chương|huy hiệu|giải thưởng|thời đại)\s+$"
)
_INTRODUCED = re.compile(r"\b(?:tỉnh|thành phố|tp|ubnd)\.?\s*$")
_CAPITALISED = re.compile(rf"(?<!\w)[{CAPITALS}][^\W\d_{CAPITALS}]")
_ONLY_A_PLACE = re.compile(r"\b(?:tại|ở)\s+(?:thủ đô\s+|thành phố\s+|tp\.?\s*)?$")
_IN_ADDRESS = re.compile(  # số 18 phố Nguyễn Du, Hà Nội
    rf"\b(?:số \d|(?:phố|đường|phường|quận|[Kk]hách sạn|[Tt]rụ sở|[Hh]ội trường) [{CAPITALS}])[^;.\n]*,\s+$"
)
_DATED = re.compile(r"\s*,\s*(?:ngay\b|\d)")

# A letter with its marks, or a mark alone; more marks than any letter has are left as they are.
_LETTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]{0,8}|[\u0300-\u036f]", re.DOTALL)
_TRAIL = re.compile(r"[>»›]|^trang chu\b")
# What stood side by side on a scanned page may run together: UBND TỈNH SƠN LA Sơn La, ngày 12/3/2021
_DATED_BEHIND = re.compile(
    r",\s*(?:ngay\s*)?\d{1,2}(?:\s*[/.-]\s*|\s+thang\s+)\d{1,2}(?:\s*[/.-]\s*|\s+nam\s+)\d{4}\s*"
)
_PLACE_BEHIND = re.compile(rf"(?:(?<=\s)TP\.?\s+)?(?:(?<=\s)[{CAPITALS}][^\W\d_{CAPITALS}]+(?:[ -]+|$)){{1,5}}$")
_SENTENCE_ENDS = (".", ";", ":", ",", "!")
_TITLE_WORDS, _TITLE_LINES = 4, 5
_NO_TITLE = re.compile(
    r"untitled.*|microsoft \w+ - .*|(?:document|presentation|tai lieu) ?\d*|.*\.[a-z]{3,4}|khong co tieu de"
)


def find(extracted: Extracted, source_name: str) -> list[Finding]:
    """Everything found: at most one title, date, number, type and issuer; provinces and people once each.

    Provinces come in order of importance, people in that of the text. What was inferred says so in its `basis`.
    """
    document, offsets = _clean(extracted)
    folded = document.text.translate(_FOLDING)
    head = head_of(document, folded)
    found = [finding for finding in head.findings if finding.field != "title"]
    titles = [finding for finding in head.findings if finding.field == "title"]
    title = next(iter(titles), None) or _title(document, folded, official=head.is_official)
    found = [title, *found] if title else found
    if dated := date_of(document, folded, source_name, official=head.is_official):
        found.insert(bool(title), Finding("date", str(dated.date), dated.basis, dated.start, dated.end))
    found += provinces_of(document, folded, (title.start, title.end) if title else (-1, -1))
    found += people_of(document)
    return [_moved(finding, offsets) for finding in found]


class _Folding(dict[int, str]):
    """Letters without marks and capitals, each still one character."""

    def __missing__(self, code: int) -> str:
        folded = fold(normal_form(chr(code)))
        return self.setdefault(code, folded if len(folded) == 1 else chr(code))


_FOLDING = _Folding()


def _clean(extracted: Extracted) -> tuple[Extracted, list[int]]:
    """The document in NFC without invisible characters, and where each of its characters stands in the original."""
    parts: list[str] = []
    offsets: list[int] = []
    for match in _LETTER.finditer(extracted.text):
        letter = match.group() if match.group().isspace() else tidy(match.group())
        parts.append(letter)
        offsets += [match.start()] * len(letter)
    offsets.append(len(extracted.text))
    blocks = (
        replace(block, start=bisect_left(offsets, block.start), end=bisect_left(offsets, block.end))
        for block in extracted.blocks
    )
    return replace(extracted, text="".join(parts), blocks=tuple(blocks)), offsets


def _moved(finding: Finding, offsets: list[int]) -> Finding:
    return finding if finding.start < 0 else replace(finding, start=offsets[finding.start], end=offsets[finding.end])


def _title(document: Extracted, folded: str, *, official: bool) -> Finding | None:
    """The first line of some words; where sentences come first, the file's own title, else the first of them."""
    stamp = stamp_of(document, folded)
    lines = []
    for block in document.blocks if not official else ():
        begin = max(block.start, stamp.end() if stamp else 0)
        start = block.end - len(document.text[begin : block.end].lstrip("# \t"))  # Markdown's marks
        text, line = document.text[start : block.end], folded[start : block.end]
        if block.kind in ("noise", "caption", "row") or is_date_line(line) or _TRAIL.search(line):
            continue
        if joined := _organ_with_date(text, line):
            organ, behind = joined
            lines.append((start, start + organ, text[:organ]))
            start, text = start + behind, text[behind:]
        if not any(map(str.isalpha, text)):
            continue
        lines.append((start, block.end, text))
        if text.endswith(_SENTENCE_ENDS) or len(lines) == _TITLE_LINES:
            break
    titles = [one for one in lines if not one[2].endswith(_SENTENCE_ENDS)]
    if titles:
        start, end, text = next((one for one in titles if len(one[2].split()) >= _TITLE_WORDS), titles[0])
        return Finding("title", shortened(tidy(text)), "dòng đầu bài", start, end)
    own = tidy(document.title)
    if own and not _NO_TITLE.fullmatch(fold(own)):
        start = document.text.find(own)
        return Finding("title", own, "thuộc tính của tệp", start, start + len(own) if start >= 0 else -1)
    if not lines:
        return None
    start, end = next(sentence_spans(document.text, *lines[0][:2]))
    return Finding("title", shortened(tidy(document.text[start:end])), "câu đầu bài", start, end)


def _organ_with_date(text: str, folded: str) -> tuple[int, int] | None:
    """Where an organ in capitals ends that a place and a date run on behind, and where these do."""
    dated = _DATED_BEHIND.search(folded)
    if not dated:
        return None
    named = [match.start() for match in _province_pattern().finditer(folded) if match.end() == dated.start()]
    titled = _PLACE_BEHIND.search(text, 0, dated.start())
    start = titled.start() if titled else max(named, default=0)
    organ = text[:start].rstrip()
    return (len(organ), dated.end()) if organ.isupper() and ORGAN.match(organ) else None


class _Mention(NamedTuple):
    name: str
    start: int
    end: int
    is_place: bool  # of a meeting or a letter, no more


def provinces_of(document: Extracted, folded: str, title: tuple[int, int]) -> list[Finding]:
    """The provinces a document concerns, the most important first.

    Those named in its title; as its addressee; in its first two paragraphs or above them (and elsewhere as well, where
    the title names a province or one makes up half of at least three mentions); or twice and in a fifth of all
    mentions. Places only count nowhere (`tại Hà Nội`, `Hà Nội, ngày …`), in a title none but Hà Nội is one.
    """
    mentions = list(_mentions(document, folded))
    counts = Counter(mention.name for mention in mentions if not mention.is_place)
    ends, addressed = lead_ends(document), _addressees(document, folded)
    most = max(counts.values(), default=0)
    has_own = any(_within(mention, title) for mention in mentions) or (most >= _MOST and 2 * most >= counts.total())
    best: dict[str, tuple[int, Finding]] = {}
    for mention in mentions:
        count = counts[mention.name]
        share = count >= _MENTIONS and count * _SHARE >= counts.total()
        if _within(mention, title) and (not mention.is_place or mention.name != _SEAT):
            rank, basis = 0, "nêu trong tên bài"
        elif not mention.is_place and _within(mention, addressed):
            rank, basis = 1, "nơi nhận văn bản"
        elif not mention.is_place and mention.start < ends[-1] and (count >= _MENTIONS or not has_own):
            rank, basis = 1 if mention.start < ends[0] else 2, "nêu trong hai đoạn đầu"
        elif not mention.is_place and share:
            rank, basis = 3, f"{count} trong {counts.total()} lần bài nhắc tên tỉnh"
        else:
            continue
        if mention.name not in best or rank < best[mention.name][0]:
            best[mention.name] = rank, Finding("province", mention.name, basis, mention.start, mention.end)
    ranked = sorted(best.values(), key=lambda one: (one[0], -counts[one[1].value], one[1].start))
    return [finding for _, finding in ranked]


def _within(mention: _Mention, span: tuple[int, int]) -> bool:
    return span[0] <= mention.start < span[1]


def _addressees(document: Extracted, folded: str) -> tuple[int, int]:
    """What stands behind `Kính gửi` up to the next paragraph."""
    start = folded.find("kinh gui", 0, 2 * HEAD_CHARS)
    if start < 0:
        return 0, 0
    here = next((block.end for block in document.blocks if block.start <= start < block.end), start)
    following = next((block.start for block in paragraphs(document) if block.start >= here), here + HEAD_CHARS)
    return start, following


def _mentions(document: Extracted, folded: str) -> Iterator[_Mention]:
    is_capitalised = bool(_CAPITALISED.search(document.text))
    for block in document.blocks:
        if block.kind == "noise":
            continue
        for match in _province_pattern().finditer(folded, block.start, block.end):
            start, end = match.span()
            name = SHORT_NAMES.get(match.group()) or _meant(document.text[max(block.start, start - _WORD_CHARS) : end])
            before = document.text[max(block.start, start - _BEFORE_CHARS) : start]
            is_written = (
                not is_capitalised or match.group() in SHORT_NAMES or _is_a_name(document.text[start:end], before)
            )
            if name and is_written and not _MAN_OR_ROAD.search(before.lower()):
                is_alone = (start, end) == (block.start, block.end)
                is_place = is_alone or _is_behind_place(before) or _DATED.match(folded, end)
                yield _Mention(name, start, end, bool(is_place))


def _is_behind_place(before: str) -> bool:
    return bool(_ONLY_A_PLACE.search(before.lower()) or _IN_ADDRESS.search(before))


def _is_a_name(written: str, before: str) -> bool:
    """Whether it has the capitals of a name: Hải Dương, and where it is introduced as one Hải dương."""
    capitals = [word[0].isupper() for word in words(written)]
    return all(capitals[:2]) or (capitals[0] and bool(_INTRODUCED.search(before.lower())))


@cache
def _province_pattern() -> re.Pattern[str]:
    """Every name, and those that are none and hold one, the longest first, without marks."""
    names = [*all_names(), *no_provinces()]
    spellings = [*(r"\W{1,3}".join(words(fold(name))) for name in names), *map(re.escape, _OTHER_SPELLINGS)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(spellings, key=len, reverse=True))})(?!\w)")


@lru_cache(maxsize=1024)
def _meant(text: str) -> str:
    """The province whose name ends the text, empty where it is none: Hạ Nam is not Hà Nam."""
    return (named_in(text) or [""])[-1]
