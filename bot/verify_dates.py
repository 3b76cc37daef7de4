"""The times that a text names, and which of them hold another one."""

import re
from calendar import monthrange
from collections.abc import Iterator

from bot.verify_align import Unit, Words, is_figure
from index.records import PartialDate

Time = tuple[str, int, int, int]  # what, day, month or quarter, year; 0 for what is not said
DATE = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?|(\d{1,2})/(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RELATIVE = {"năm nay": 0, "năm ngoái": -1, "năm trước": -1, "năm sau": 1, "năm tới": 1}
BY = re.compile(r"(?:trước|chậm nhất|muộn nhất|hạn chót|đến|đến hết|hết|tới)(?: là)?(?: ngày| năm| tháng| quý)?\s*$")
_FROM = re.compile(r"(?:từ|kể từ|sau|bắt đầu)(?: ngày| năm| tháng| quý)?\s*$")
_OPENS = re.compile(r"(?:từ|trước) quý")
_TO_THE_LAST = re.compile(
    r"hết|kết thúc|trong (?:quý|tháng|năm)|ngày cuối|chậm nhất|muộn nhất|hạn chót|cuối tháng|cuối quý"
)


def before(words: Words, number: int) -> str:
    """What stands right before a token, in small letters."""
    return words.read.text[max(0, words.tokens[number].start - 24) : words.tokens[number].start].lower()


def is_dated(words: Words, number: int) -> bool:
    """Whether a figure is a date, a month, a quarter or a year."""
    return bool(DATE.fullmatch(words.tokens[number].word)) or _is_time(words, number)


def _is_time(words: Words, number: int) -> bool:
    word = words.tokens[number].word
    return bool(re.search(r"(?:tháng|quý|năm)\s*$", before(words, number))) or bool(_YEAR.fullmatch(word))


def parts_of(words: Words, number: int) -> Time:
    """`(what, day, month or quarter, year)`; 0 for what is not said."""
    word = words.tokens[number].word
    what = "quý" if re.search(r"quý\s*$", before(words, number)) else "date"
    if match := DATE.fullmatch(word):
        if match[4]:
            return what, 0, int(match[4]), int(match[5])
        return what, int(match[1]), int(match[2]), int(match[3] or 0)
    if _YEAR.fullmatch(word):
        return "date", 0, 0, int(word)
    digits = re.match(r"\d+", word)
    return what, 0, int(digits.group()) if digits else 0, 0


def last_days(times: list[Time], text: str) -> Iterator[Time]:
    """The day with which a month or a quarter ends, where the text speaks of its end."""
    if _TO_THE_LAST.search(text):
        for what, day, month, year in times:
            last = 3 * month if what == "quý" else month
            if not day and 1 <= last <= 12:
                yield "date", monthrange(year or 2023, last)[1], last, year


def eve(times: list[Time], text: str) -> Iterator[Time]:
    """`trước tháng 10`, `trước 1/10`: by 30/9."""
    for what, day, month, year in times:
        if what == "date" and month > 1 and (day == 1 or (not day and "trước tháng" in text)):
            yield what, monthrange(year or 2023, month - 1)[1], month - 1, year


def dates_of(unit: Unit) -> list[Time]:
    """The times that a sentence names: `(what, day, month or quarter, year)`, 0 for what is not said."""
    words = unit.words
    times = [
        parts_of(words, number)
        for number, token in enumerate(words.tokens)
        if is_figure(token) and is_dated(words, number)
    ]
    year = PartialDate.parse(unit.evidence.date)
    own = year.year if year else 0
    text = words.read.text.lower()
    times += [(what, 31, 12, year) for what, day, month, year in times if not month and f"hết năm {year}" in text]
    times += [*last_days(times, text), *eve(times, text)]
    times += [
        ("date", 0, 3 * month - 2, year) for what, _, month, year in times if what == "quý" and _OPENS.search(text)
    ]
    times += [("quý", 0, (month + 2) // 3, year) for what, day, month, year in times if what == "date" and month]
    times += [("date", 0, 0, own + step) for said, step in _RELATIVE.items() if said in text and own]
    years = [one[3] for one in times if one[3]] or [own]
    return [*times, *((what, day, month, other) for what, day, month, at in times if not at for other in {own, *years})]


def within(asked: Time, held: Time) -> bool:
    """Whether all that is said of the one holds of the other."""
    return (asked[0] == held[0] or not any(asked[1:3])) and all(
        not part or part == other for part, other in zip(asked[1:], held[1:], strict=True)
    )


def clashes(words: Words, number: int, there: Words) -> bool:
    """Whether a date is a deadline here and a beginning there, or the other way round."""
    places = there.places.get(words.tokens[number].word, ())
    for one, other in ((BY, _FROM), (_FROM, BY)):
        if places and one.search(before(words, number)) and all(other.search(before(there, place)) for place in places):
            return True
    return False


def has_term(words: Words) -> bool:
    """Whether a text sets a term of its own."""
    return any(
        is_figure(token) and is_dated(words, at) and BY.search(before(words, at))
        for at, token in enumerate(words.tokens)
    )
