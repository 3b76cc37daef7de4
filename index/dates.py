"""The date of a document, or of the event it tells of: from its head, its first paragraphs and its file's name.

`folded` is everywhere the document's text without marks and capitals, character for character.
"""

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from index.extracted import Extracted
from index.letterhead import HEAD_CHARS, lead_ends, paragraphs, start_of
from index.records import PartialDate

_LINE_CHARS, _BEFORE_CHARS, _GROUP_CHARS = 160, 80, 70
_LAST_LINES = 4
# How many letters a publishing line has besides its date: with a label, with a time or day of the week, with neither.
_LABELLED, _TIMED, _BARE = 120, 40, 12
_NEWS_DAYS = 62  # what happened longer before is not what the article is about

_YEAR = r"(?:19|20)\d\d"
_MENTION = re.compile(  # the first of several days: 10-12/9, 10 và 11/9
    rf"(?<![\w/.,-])(?<!\d:)(?:(?P<iyear>{_YEAR})-(?P<imonth>\d\d)-(?P<iday>\d\d)"
    r"|(?P<day>\d{1,2})(?P<more>\s?(?:-|va|den(?: ngay)?)\s?\d{1,2})?"
    r"(?:\s?(?P<sep>[/.-])\s?|\s{1,4}thang\s{1,4})(?P<month>\d{1,2})"
    rf"(?:(?:\s?(?P=sep)\s?|,?\s{{1,4}}nam\s{{1,4}})(?P<year>{_YEAR}))?)(?!\w|/\d|[.,-]\d)"
)
_CUE = re.compile(r"\b(?:ngay|nay|sang|trua|chieu|toi|dem)\s*[,(]?\s*$")
_CITED = re.compile(
    r"\b(?:quyet dinh|nghi quyet|nghi dinh|cong van|chi thi|thong bao|thong tu|ke hoach|van ban|luat|to trinh|ket luan"
    r"|cong dien|huong dan)\b(?![^,]*\b(?:buoi|hoi nghi|lam viec|hop|le|hoi thao|dien ra|to chuc)\b)[^,]*$"
    r"|/[a-z]{2}[^\s,]*,?\s*(?:ngay\s*)?$"
)
_BOUND = re.compile(  # with marks: tới is a bound, tối is none
    r"\b(?:trước|đến|tới|hết|sau|(?P<since>từ)|hạn|chậm nhất|kể từ|hiệu lực|sinh|thành lập|cho biết|trước đó)"
    r"(?:\s+(?:là|vào|hết|trước))?\s*,?\s*(?:ngày\s*)?$|\b(?:kỷ niệm|nhân dịp|truyền thống)\b[^,]*$"
)
_FOUNDED = re.compile(r"[^.;\n]{0,60}\b(?:duoc thanh lap|ra doi|co hieu luc)\b")
_CLAUSE = re.compile(r"[.;!?\n]\s")
_DATE_LINE = re.compile(
    r"(?:^|[\t|;:]|\s{2}|(?P<place>[^\W\d_]+(?:[ .-]{1,3}[^\W\d_]+){0,4})\s*,)\s*"
    r"(?P<written>ngay)\s*(?P<day>\d(?:\s?\d)?|[\s.…_]*)\s*(?:thang|[/.-])\s*(?P<month>\d(?:\s?\d)?|[\s.…_]*)\s*(?:nam|[/.-])\s*"
    r"(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)\s*(?:$|[.|;\t]|\s{2})",
    re.MULTILINE,
)
_STAMP = re.compile(rf"\s*(?P<stamp>date\s*:?\s*(?P<year>{_YEAR})-(?P<month>\d\d)(?:-(?P<day>\d\d))?)(?!\w|-\d)[ \t]*")
_LABEL = re.compile(
    r"\b(?:ngay (?:dang|ban hanh|ky|xuat ban|viet)|dang (?:ngay|luc)|cap nhat|xuat ban|thoi gian (?:ky|dang))\b"
)
# Of what happens to a letter, or has to: `Ngày nhận: 12/3/2022`, `Hạn chót: 1/2/2023`.
_OTHER_LABEL = re.compile(
    r"\b(?:han|nhan|chot|nop|tra|sinh|cap(?! nhat)|hoan thanh|bat dau|ket thuc|deadline)\b[^:.;\n]{0,30}:"
    r"\s*(?:\d{1,2}[:h]\d{0,2}[\s,]*)?(?:ngay\s*)?$|\bngay (?:tiep )?nhan\s*$"
)
_CLOCK = re.compile(r"\b\d{1,2}[:h]\d\d\b|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b")
_NO_PUBLISHING = re.compile(r"\b(?:truoc|den|han|het)\b|/[a-zđ]{2}")
_FILE_DATES = (
    re.compile(rf"(?<![^\W_])(?P<year>{_YEAR})([-_.]?)(?P<month>\d\d)\2(?P<day>\d\d)(?![^\W_])"),
    re.compile(rf"(?<![^\W_])(?P<day>\d{{1,2}})([-_.])(?P<month>\d{{1,2}})\2(?P<year>{_YEAR})(?![^\W_])"),
    re.compile(rf"(?<![^\W_])(?P<year>{_YEAR})[-_.](?P<month>\d\d)(?P<day>)(?![^\W_]|[-_.]\d)"),
)
_LINE = re.compile(r"[^\n]+")
_SPOKEN_YEAR = re.compile(r"(?<!den )(?<!toi )(?<!doan )\bnam (20\d\d)\b(?!\s?[-–])")


class Dated(NamedTuple):
    """A date, how it was found, and where (-1: not in the text)."""

    date: PartialDate
    basis: str
    start: int = -1
    end: int = -1


class _Day(NamedTuple):
    """A day as a text names it; the year is 0 where it does not."""

    day: int
    month: int
    year: int
    start: int
    end: int
    several: bool

    def of(self, year: int) -> PartialDate | None:
        return PartialDate.parse(f"{year:04d}-{self.month}-{self.day}")


def date_of(document: Extracted, folded: str, name: str, *, official: bool) -> Dated | None:
    """The date of a document: its date line; else the day of the event it tells of; else its stamp or publishing line.

    The event is the first day named in the title and the first two paragraphs, citations, deadlines and anniversaries
    left out (in an official document only `hôm nay, ngày …`). It gives way to a stamp of another month and to a
    publishing line that it does not precede by at most 62 days. The file's name comes last. What stands in a table is
    no date of the document, but for the one date line of a letter whose head is laid out as a table.
    """
    outside = _without_tables(document, folded)
    lines, lines_outside = (sum(1 for _ in _date_lines(document, text)) for text in (folded, outside))
    if line := _date_line(document, folded if official and lines == lines_outside + 1 else outside):
        return line
    folded = outside
    known = _stamped(document, folded) or _published(document, folded)
    event = _event(document, folded, official=official)
    dated = event and _with_year(document, folded, event, known, name)
    if dated and known:
        return dated if _agree(dated.date, known.date) else known
    return dated or known or _in_name(name)


def stamp_of(document: Extracted, folded: str) -> re.Match[str] | None:
    """A stamp at the very beginning, such as `date 2020-06`."""
    return _STAMP.match(folded, start_of(document))


def is_date_line(folded: str) -> bool:
    """Whether a line only tells when a letter was written or an article published."""
    return len(folded) <= _LINE_CHARS and bool(_DATE_LINE.search(folded) or _published_on(folded))


def _date_line(document: Extracted, folded: str) -> Dated | None:
    """`Hà Nội, ngày 12 tháng 3 năm 2021`; with no place only above the first paragraph."""
    body = next((block.start for block in paragraphs(document)), HEAD_CHARS)
    for match in _date_lines(document, folded):
        place = document.text[match.start("place") : match.end("place")].split()
        meant = not any(word[0].islower() for word in place) if place else match.start() < body
        if meant and (date := _partial(match)):
            return Dated(date, "dòng ngày tháng đầu bài", match.start("written"), match.end("year"))
    return None


def _date_lines(document: Extracted, folded: str) -> Iterator[re.Match[str]]:
    for match in _DATE_LINE.finditer(folded, start_of(document), start_of(document) + HEAD_CHARS):
        written = match.start("written")
        if not _OTHER_LABEL.search(folded, max(0, written - _BEFORE_CHARS), written):
            yield match


def _without_tables(document: Extracted, folded: str) -> str:
    """The text with nothing but line ends where tables stand, names of groups between their rows included."""
    blocks = [block for block in document.blocks if block.kind != "noise"]
    kinds = [None, *(block.kind for block in blocks), None]
    parts: list[str] = []
    position = 0
    for block, before, after in zip(blocks, kinds, kinds[2:], strict=False):
        is_group = before == after == "row" and block.end - block.start < _GROUP_CHARS
        if block.kind == "row" or is_group:
            parts += [folded[position : block.start], "\n" * (block.end - block.start)]
            position = block.end
    return "".join([*parts, folded[position:]])


def _partial(match: re.Match[str]) -> PartialDate | None:
    """The date of a match whose day, and month, may be blank."""
    year, month, day = (re.sub(r"\D", "", match[part] or "") for part in ("year", "month", "day"))
    return PartialDate.parse("-".join([year, month, day] if month and day else [year, month] if month else [year]))


def _stamped(document: Extracted, folded: str) -> Dated | None:
    match = stamp_of(document, folded)
    date = match and _partial(match)
    return Dated(date, f"nhãn «{match['stamp']}» đầu bài", *match.span("stamp")) if match and date else None


def _published(document: Extracted, folded: str) -> Dated | None:
    """The line that tells when an article was published: at its head, or with a label among its last lines."""
    head = start_of(document) + HEAD_CHARS
    lines = [match.span() for match in _LINE.finditer(folded, start_of(document))]
    for start, end in [line for line in lines if line[0] < head] + lines[-_LAST_LINES:]:
        labelled = start < head or _LABEL.search(folded, start, end)
        day = _published_on(folded[start:end]) if labelled and end - start <= _LINE_CHARS else None
        if day and (date := day.of(day.year)):
            return Dated(date, "dòng ngày đăng", start + day.start, start + day.end)
    return None


def _published_on(line: str) -> _Day | None:
    """The full date of a line that holds a label, a time or a day of the week besides, or hardly anything."""
    day = next((day for day in _days(line, 0, len(line)) if day.year), None)
    if not day or _NO_PUBLISHING.search(line) or _OTHER_LABEL.search(line[: day.start]):
        return None
    letters = sum(map(str.isalpha, line[: day.start] + line[day.end :]))
    allowed = _LABELLED if _LABEL.search(line) else _TIMED if _CLOCK.search(line) else _BARE
    return day if letters <= allowed else None


def _event(document: Extracted, folded: str, *, official: bool) -> _Day | None:
    """The first day named with `ngày`, `sáng`, `chiều` … in the title and two paragraphs, else the first full date."""
    days = [day for day in _lead_days(document, folded) if not _is_other(document, folded, day)]
    if official:
        return next((day for day in days if "hom nay" in _clause_before(folded, day)), None)
    cued = (day for day in days if _CUE.search(_clause_before(folded, day)))
    return next(cued, None) or next((day for day in days if day.year), None)


def _lead_days(document: Extracted, folded: str) -> Iterator[_Day]:
    stamp, (_, end) = stamp_of(document, folded), lead_ends(document)
    for block in document.blocks:
        start = max(block.start, stamp.end() if stamp else 0)
        if block.kind not in ("noise", "caption") and not is_date_line(folded[block.start : min(block.end, end)]):
            yield from _days(folded, start, min(block.end, end))


def _days(folded: str, start: int, end: int) -> Iterator[_Day]:
    """The days that exist."""
    for match in _MENTION.finditer(folded, start, end):
        names = ("iday", "imonth", "iyear") if match["iyear"] else ("day", "month", "year")
        number, month, year = (int(match[name] or 0) for name in names)
        day = _Day(number, month, year, match.start(), match.end(), bool(match["more"]))
        if day.of(day.year or 2000):  # a leap year
            yield day


def _clause_before(text: str, day: _Day) -> str:
    return _CLAUSE.split(text[max(0, day.start - _BEFORE_CHARS) : day.start])[-1]


def _is_other(document: Extracted, folded: str, day: _Day) -> bool:
    """Whether the day is that of a cited document, a receipt, a deadline, a founding or an anniversary."""
    clause = _clause_before(folded, day)
    cited = _CITED.search(clause) or _OTHER_LABEL.search(clause) or _FOUNDED.match(folded, day.end)
    return bool(cited) or _is_bound(document, day)


def _is_bound(document: Extracted, day: _Day) -> bool:
    match = _BOUND.search(_clause_before(document.text, day).lower())
    return bool(match and not (match["since"] and day.several))


def _with_year(document: Extracted, folded: str, event: _Day, known: Dated | None, name: str) -> Dated | None:
    """The event's date: its year is its own, or that of the first source it agrees with, or the latest date's."""
    basis = "ngày nêu ở đầu bài"
    if event.year:
        date = event.of(event.year)
        return Dated(date, basis, event.start, event.end) if date else None
    for source in [known] if known else _other_sources(document, name):
        for year in (source.date.year, source.date.year - 1):
            date = event.of(year)
            if date and _agree(date, source.date):
                return Dated(date, f"{basis}, năm suy ra từ {source.basis}", event.start, event.end)
    latest = None if known else _following_latest(document, folded, event)
    return latest and Dated(latest[0], f"{basis}, năm suy ra từ {latest[1]}", event.start, event.end)


def _other_sources(document: Extracted, name: str) -> Iterator[Dated]:
    for block in document.blocks:
        picture = document.text[block.start : block.end]
        if block.kind == "noise" and (named := _in_name(picture)):
            yield named._replace(basis=f"tên ảnh «{picture}»")
    if created := PartialDate.parse(document.created[:10]):
        yield Dated(created, f"ngày tạo tệp {created.vietnamese()}")
    if named := _in_name(name):
        yield named


def _agree(event: PartialDate, source: PartialDate) -> bool:
    """Whether the event fell in the month (year) that the source gives, or at most two months before its day."""
    if not source.day:
        return event.year == source.year and source.month in (0, event.month)
    day, told = (datetime.date(date.year, date.month, date.day) for date in (event, source))
    return 0 <= (told - day).days <= _NEWS_DAYS


def _following_latest(document: Extracted, folded: str, event: _Day) -> tuple[PartialDate, str] | None:
    """The event's first date from the latest day the text names on; none where the text speaks of still later years."""
    named = (day.of(day.year) for day in _days(folded, 0, len(folded)) if day.year and not _is_bound(document, day))
    latest = max((date for date in named if date), default=None)
    if not latest:
        return None
    dates = (event.of(latest.year), event.of(latest.year + 1))
    date = next((date for date in dates if date and date >= latest), None)
    # Years that end in 0 or 5 are goals more often than not.
    spoken = [int(match[1]) for match in _SPOKEN_YEAR.finditer(folded)]
    if not date or any(year > date.year + 1 and year % 5 for year in spoken):
        return None
    return date, f"ngày {latest.vietnamese()} trong bài"


def _in_name(name: str) -> Dated | None:
    dates = (_partial(match) for pattern in _FILE_DATES if (match := pattern.search(name)))
    return next((Dated(date, "tên tệp") for date in dates if date), None)
