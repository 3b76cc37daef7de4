"""The time a question speaks of: years, quarters, months and days, relative to today where it says so."""

import calendar
import datetime
import re
from typing import NamedTuple

from index.vietnamese import fold, normal_form, with_plain_dates

_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
# Four figures alone are a number as often as a year: of these there are thousands.
_COUNTED = r"(?! (?:ty|trieu|nghin|ngan|xa|ho|doanh|nguoi|dn|tram|thon|diem|dong|can|may|thue|dia)\b)"
_BEFORE_A_YEAR = (
    rf"(?:nam|nien khoa|giai doan|dau|giua|cuoi) |\((?=\d{{4}}\))|(?:^|trong )(?=\d{{4}}{_COUNTED})"
    r"|(?<=truoc )|(?<=sau )|(?<=tu )|(?<=den )|(?<=toi )|(?<=19\d\d-)|(?<=20\d\d-)|(?<=\d\d\d\d - )"
)
# A document's number, and the date it bears: not the time asked for.
_CITED = re.compile(
    r"\b(?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi|cong van|ke hoach|thong bao|van ban|luat)(?: so)? "
    r"\S*\d\S*,? (?:ngay )?\d{1,2}/\d{1,2}/\d{4}|\b\d+(?:/\d{4})?/[a-z][\w-]*(?:,? (?:ngay )?\d{1,2}/\d{1,2}/\d{4})?"
)
_POINT = (
    r"(?:(?:ngay )?(?P<day>\d{1,2})/(?P<dmonth>\d{1,2})/(?P<dyear>\d{4})"
    r"|(?:thang )?(?<!quy )(?P<month>\d{1,2})/(?P<myear>\d{4})"
    r"|(?:quy |q)(?P<quarter>[1-4]|iv|i{1,3})(?:/|-| nam | )(?P<qyear>\d{4})"
    rf"|(?:{_BEFORE_A_YEAR})(?P<year>(?:19|20)\d{{2}})|(?P<opening>(?:19|20)\d{{2}})(?=\s*-\s*(?:19|20)\d{{2}})"
    r"|(?P<named>nam nay|nam ngoai|nam truoc|nam kia))"
)
_DAY = datetime.timedelta(days=1)
_RANGE = re.compile(
    rf"(?<![\d.,/]){_POINT}(?: (?:den|toi) |\s*-\s*)"
    r"(?=(?:nam |thang |quy |q)?[\div]|nam [nt]|(?P<now>nay|hien nay))"
)
_SINGLE = re.compile(rf"(?:\b(?P<bound>truoc|sau|tu|den|toi) )?(?<![\d.,/]){_POINT}(?![\d/]|[.,]\d)")


class Period(NamedTuple):
    """From `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date


def period_of(text: str, today: datetime.date) -> Period | None:
    """The first period that a text speaks of, `trước`, `sau` and `từ … đến …` included; None when there is none."""
    asked = _CITED.sub(" ", fold(with_plain_dates(normal_form(text))))
    if match := _RANGE.search(asked):
        begin, rest = _point(match, today), _SINGLE.search(asked, match.end())
        end = Period(today, today) if match["now"] else _point(rest, today) if rest else None
        return Period(begin.first, end.last) if begin and end and begin.first <= end.last else None
    match = _SINGLE.search(asked)
    point = _point(match, today) if match else None
    if point is None or match is None:
        return None
    try:
        if match["bound"] == "truoc":
            return Period(datetime.date.min, point.first - _DAY)
        if match["bound"] in {"den", "toi"}:
            return Period(datetime.date.min, point.last)
        if match["bound"] == "sau":
            return Period(point.last + _DAY, datetime.date.max)
    except OverflowError:  # nothing lies before the first day, or after the last
        return None
    return Period(point.first, datetime.date.max) if match["bound"] == "tu" else point


def _point(match: re.Match[str], today: datetime.date) -> Period | None:
    named = {"nam nay": 0, "nam ngoai": -1, "nam truoc": -1, "nam kia": -2}
    if match["named"]:
        return _of_months(today.year + named[match["named"]], 1, 12)
    if match["quarter"]:
        quarter = _QUARTERS[match["quarter"]]
        return _of_months(int(match["qyear"]), 3 * quarter - 2, 3 * quarter)
    if year_alone := match["year"] or match["opening"]:
        return _of_months(int(year_alone), 1, 12)
    parts = (match["dyear"], match["dmonth"], match["day"]) if match["day"] else (match["myear"], match["month"], "0")
    year, month, day = map(int, parts)
    try:
        datetime.date(year, month, day or 1)
    except ValueError:  # no such day or month
        return None
    if day:
        return Period(datetime.date(year, month, day), datetime.date(year, month, day))
    return _of_months(year, month, month)


def _of_months(year: int, first: int, last: int) -> Period | None:
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    return Period(datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1]))
