"""The time a question speaks of: years, quarters, months and days, relative to today where it says so."""

import calendar
import datetime
import re
from typing import NamedTuple

from index.records import PartialDate
from index.vietnamese import fold, search_form

_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_POINT = (
    r"(?:(?P<day>\d{1,2})/(?P<dmonth>\d{1,2})/(?P<dyear>\d{4})"
    r"|(?:thang )?(?P<month>\d{1,2})/(?P<myear>\d{4})"
    r"|quy (?P<quarter>[1-4]|iv|i{1,3})(?:/| nam | )(?P<qyear>\d{4})"
    r"|(?:nam )?(?P<year>(?:19|20)\d{2})"
    r"|(?P<named>nam nay|nam ngoai|nam truoc|nam kia))"
)
_RANGE = re.compile(rf"\btu {_POINT} (?:den|toi) (?P<now>nay|hien nay)?")
_SINGLE = re.compile(rf"(?:\b(?P<bound>truoc|sau|tu) )?(?<![\d.,/]){_POINT}(?![\d/]|[.,]\d)")


class Period(NamedTuple):
    """From `first` to `last`, both included."""

    first: datetime.date
    last: datetime.date

    def holds(self, date: PartialDate) -> bool:
        """Whether the date, as precisely as it is known, can lie in the period."""
        start, end = _bounds(date)
        return start <= self.last and end >= self.first


def period_of(text: str, today: datetime.date) -> Period | None:
    """The first period that a text speaks of, `trước`, `sau` and `từ … đến …` included; None when there is none."""
    asked = fold(search_form(text))
    if match := _RANGE.search(asked):
        begin = _point(match, today)
        rest = _SINGLE.search(asked, match.end())
        end = None if match["now"] or not rest else _point(rest, today)
        if begin:
            return Period(begin.first, end.last if end else today)
    match = _SINGLE.search(asked)
    point = _point(match, today) if match else None
    if point is None or match is None:
        return None
    return {
        "truoc": Period(datetime.date.min, point.first - datetime.timedelta(days=1)),
        "sau": Period(point.last + datetime.timedelta(days=1), datetime.date.max),
        "tu": Period(point.first, datetime.date.max),
    }.get(match["bound"] or "", point)


def _point(match: re.Match[str], today: datetime.date) -> Period | None:
    named = {"nam nay": 0, "nam ngoai": -1, "nam truoc": -1, "nam kia": -2}
    if match["named"]:
        return _of_months(today.year + named[match["named"]], 1, 12)
    if match["quarter"]:
        quarter = _QUARTERS[match["quarter"]]
        return _of_months(int(match["qyear"]), 3 * quarter - 2, 3 * quarter)
    if match["year"]:
        return _of_months(int(match["year"]), 1, 12)
    parts = (match["dyear"], match["dmonth"], match["day"]) if match["day"] else (match["myear"], match["month"], "0")
    try:
        start, end = _bounds(PartialDate(*map(int, parts)))
    except (ValueError, calendar.IllegalMonthError):  # no such day or month
        return None
    return Period(start, end)


def _of_months(year: int, first: int, last: int) -> Period:
    return Period(datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1]))


def _bounds(date: PartialDate) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a date can mean."""
    if date.day:
        day = datetime.date(date.year, date.month, date.day)
        return day, day
    return _of_months(date.year, date.month or 1, date.month or 12)
