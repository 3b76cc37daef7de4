"""One way of writing for what can be written in several: dates, figures, amounts, abbreviations, synonyms."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.verify_words import abbreviations, with_first_synonyms
from index.aliases import learn, named_groups
from index.provinces import known_name
from index.sentences import sentence_spans
from index.vietnamese import CAPITALS, normal_form, with_plain_dates, words

Pairs = tuple[tuple[str, str], ...]
# The sentences of an answer are held against the same evidence.
_REMEMBERED = 1024
_THOUSANDS = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,]?\d)")
_POINT = re.compile(r"(?<![\d.,/-])(\d+)\.(\d{1,2})(?![\d.,/-]|\.\d)")
_DAY = re.compile(r"\b(?:ngày )?(\d{1,2}) tháng (\d{1,2})\b(?! năm| /|/)", re.IGNORECASE)
_TWO_DAYS = re.compile(r"\b(\d{1,2})(?: và |-)(\d{1,2})/(\d{1,2}/\d{4})\b")
_QUARTER = re.compile(r"\bquý (IV|I{1,3}|[1-4])(?:[/-]| năm )(\d{4})|\bquý (IV|I{1,3})\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SHARED_UNIT = re.compile(r"(\d[\d,]*) ?(?:-|đến) ?(\d[\d,]*) ?(%|tỷ|triệu|nghìn|ngàn)(?!\w)")
_AMOUNT = re.compile(r"(?<![\d/])(\d+(?:,\d+)?) (nghìn|ngàn|triệu|tỷ|tỉ)(?: (đồng))?(?! (?:lệ|trọng|suất)\b)(?!\w)")
_SCALE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_PERCENT = re.compile(r"(?<=\d)\s*(?:%|phần trăm\b)")
_ONES = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}
_NO_YEAR = [one for one in _ONES if one != "năm"]
_TENS = {"mươi": 10, "trăm": 100, "nghìn": 1000, "ngàn": 1000}
# Only small letters: Ba Vì is a place. "Một" is an article and "năm" a year as often as a number.
_SPELLED = re.compile(
    rf"(?<!thứ )(?<!\w)(?:(?:{'|'.join([*_ONES, 'mười'])})"
    rf"(?: (?:{'|'.join([*_NO_YEAR, *_TENS])}|mười|(?:linh|lẻ) năm|linh|lẻ|năm(?= (?:mươi|trăm|nghìn|ngàn)\b)))+"
    r"|hai|ba|bốn|sáu|bảy|tám|(?<!lúa )(?<!quả )(?<!trái )chín|mười)(?!\w)"
)
_OPENING_NUMBER = re.compile(
    rf"(?:{'|'.join(one.capitalize() for one in [*_NO_YEAR, 'mười'])})(?= [^\W\d_{CAPITALS}]|,)"
)
# Said in words: nửa tỷ, tỷ rưỡi, ba phần tư, gấp đôi, nửa đầu năm, một triệu; the order counts.
_IN_WORDS = (
    (re.compile(r"(?<!\w)nửa (?=(?:đầu|cuối) năm)"), "6 tháng "),
    (re.compile(r"(?<!\w)nửa năm(?= \D|[,.;]|$)"), "6 tháng"),
    (re.compile(r"(?<!\w)quý đầu(?: tiên)?(?! năm)(?!\w)"), "3 tháng đầu"),
    (re.compile(r"(?<!\d )(?<!\w)năm đầu(?: tiên)?(?! năm)(?!\w)"), "12 tháng đầu"),
    (re.compile(r"(?<!\w)một (?=năm rưỡi|tháng rưỡi|tuần rưỡi)"), "1 "),
    (re.compile(r"(?<!\w)nửa phần trăm(?!\w)"), "0,5%"),
    (re.compile(r"(?<!\w)năm năm(?!\w)"), "5 năm"),
    (re.compile(r"(?<!\w)quý cuối(?: cùng)?(?: của)? năm (?=\d{4})"), "quý 4/"),
    (re.compile(r"(?<=\d )(?:VNĐ|VND)(?!\w)"), "đồng"),
    (re.compile(r"(?<!\w)đô la(?: Mỹ)?(?!\w)"), "USD"),
    (re.compile(r"(?<!\w)nửa (?=(?:tỷ|triệu|ngày|giờ|tiếng)\b)"), "0,5 "),
    (re.compile(r"(?<!\w)(?:một |phân )?nửa(?= [^\W\d]|[,.;]|$)"), "50%"),
    (
        re.compile(
            r"(?<!\w)một (?=(?:tỷ|triệu|nghìn|ngàn|trăm|vạn|chục|tuần|ngày|tiếng|giờ) (?!lệ|trọng|nào)|phần trăm)"
        ),
        "1 ",
    ),
    (re.compile(r"(?<!\w)(\d+) (tỷ|triệu|nghìn|năm|tháng|tuần|ngày|giờ|tiếng) rưỡi(?!\w)"), r"\1,5 \2"),
    (re.compile(r"(?<!\w)(gấp|tăng) đôi(?!\w)"), r"\1 2 lần"),
    (re.compile(r"(?<!\w)gấp rưỡi(?!\w)"), "gấp 1,5 lần"),
    (re.compile(r"(?<!\w)gấp (\d+(?:,\d+)?)(?! lần|[\d,])"), r"gấp \1 lần"),
    (re.compile(r"(?<!\w)(?:mùng|mồng|ngày) một(?= tháng)"), "1"),
    (re.compile(r"(?<!\w)(?:mùng|mồng) (?=\d)"), ""),
    (re.compile(r"(?<!\w)(tháng \d{1,2})[-.](?=\d{4}(?!\d))"), r"\1/"),
    (re.compile(r"(?<!\w)([1-9]) chục(?!\w)"), r"\g<1>0"),
    (re.compile(r"(?<!\w)([1-9]) vạn(?!\w)"), r"\g<1>0000"),
)
_FULL_DAY = re.compile(r"(?<![\d/.,])(\d{1,2}) tháng (\d{1,2}),? năm (\d{4})\b", re.IGNORECASE)
_MONTHS = ["giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_MONTH = re.compile(
    rf"\btháng (?P<month>mười (?:một|hai)|chạp|năm(?= năm)|{'|'.join(one for one in _MONTHS if one != 'năm')})"
    r"(?= năm|/|,|\.|;| \d| cùng năm|$)",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(r"\btháng (Giêng|Hai|Ba|Tư|Năm|Sáu|Bảy|Tám|Chín|Mười(?: [Mm]ột| [Hh]ai)?|Chạp)(?!\w)")
_FRACTION = re.compile(
    r"(?<!\w)(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|[1-9]) phần (hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|\d+)(?!\w| \d)"
)
_THOUSAND_BILLIONS = re.compile(r"(?<![\d/.,])(\d+(?:,\d+)?) (?:nghìn|ngàn) (?=tỷ|tỉ)")
_THREE_MONTHS = re.compile(r"(?<!\w)3 tháng (đầu|cuối)(?: của)? năm (\d{4})")
_HOUR = re.compile(
    r"(?<![\d/.,-])(\d{1,2})(?: ?h| giờ)(?P<minutes> ?\d{2}(?!\d))?(?: (?P<half>sáng|trưa|chiều|tối|đêm))?(?!\w)"
)
_SUM = re.compile(r"(\d+) đồng (\d{7,9})(?: đồng)?(?!\d)")
# Measures of one kind in the smallest of them; behind "năm" stands a year.
_MEASURES = {
    "giờ": (60, "phút"),
    "tiếng": (60, "phút"),
    "ngày": (1440, "phút"),
    "tuần": (10080, "phút"),
    "năm": (12, "tháng"),
    "km": (1000, "m"),
}
_MEASURE = re.compile(rf"(?<![\d/.,-])(\d{{1,3}}(?:,5)?) (?:{'|'.join(_MEASURES)})(?!\w)(?! \d)")
_LIST_MARK = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ]\))\s+", re.MULTILINE)
_ACRONYM = re.compile(rf"(?<![\w&/-])[{CAPITALS}]{{2,}}(?:[&-][{CAPITALS}]+)*(?![\w&-])")


def learned(sentence: str, texts: Sequence[str]) -> Pairs:
    """Abbreviations that the texts spell out, or that one side writes in full: pairs with the full name."""
    found = {short: full for short, full in abbreviations().items() if short in " ".join((sentence, *texts))}
    found |= {short: full for text in texts for full, short in learn(text)}
    known = {*_names()[1], *(short for short in _names()[0].values() if " " not in short)}
    sides = sentence, " . ".join(texts)
    for here, there in (sides, sides[::-1]):
        for short in set(_ACRONYM.findall(here)) - known - set(_ACRONYM.findall(there)):
            if full := _with_initials(short, words(normal_form(there))):
                found.setdefault(short, full)
    return tuple(found.items())


def _with_initials(short: str, said: Sequence[str]) -> str:
    """The first words in a row whose initials are the letters; `và` may be passed over."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    for start in range(len(said)):
        at = start
        for letter in letters:
            if at < len(said) and said[at].lower() == "và" and letter != "v":
                at += 1
            if at >= len(said) or said[at][0].lower() != letter or said[at].isupper():
                break
            at += 1
        else:
            return " ".join(said[start:at])
    return ""


def units(text: str) -> Iterator[str]:
    """The sentences of a text; a lead that ends in a colon together with the items below it."""
    pending = ""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        if pending and _LIST_MARK.match(sentence):
            pending += "\n" + sentence
            continue
        if pending:
            yield pending
        pending = sentence if sentence.endswith(":") else ""
        if not pending:
            yield sentence
    if pending:
        yield pending


@lru_cache(maxsize=_REMEMBERED)
def one_writing(text: str, own: Pairs = ()) -> str:
    """Normal form, abbreviations of three syllables and more as such, dates, figures and amounts written one way."""
    text = normal_form(_LIST_MARK.sub("", text).replace("\n", "; "))
    text = re.sub(r":;", ":", re.sub(r"([;,.]);", r"\1", text))
    for short, full in own:
        text = re.sub(rf"(?<![\w&/-]){re.escape(short)}(?![\w&-])", full, text)
    long, short_names = _names()
    text = _short_pattern().sub(lambda match: short_names[match.group()], text)
    lowered = text.lower()
    for name, found in _long_patterns():  # one after the other: dịch vụ công nghệ thông tin holds dịch vụ công
        if name in lowered:
            text = found.sub(lambda match: long[match.group().lower()], text)
    if _OPENING_NUMBER.match(text):
        text = text[0].lower() + text[1:]
    text = _NAMED_MONTH.sub(_month, _MONTH.sub(_month, _FRACTION.sub(_share, text)))
    text = _SPELLED.sub(_spelled, text)
    for said, figure in _IN_WORDS:
        text = said.sub(figure, text)
    text = _FULL_DAY.sub(r"\1/\2/\3", text)
    text = _TWO_DAYS.sub(r"\1/\3 và \2/\3", text)
    text = _HOUR.sub(_hour, text)
    text = _DAY.sub(lambda match: f"{int(match[1])}/{int(match[2])}", with_plain_dates(text))
    text = re.sub(r"\bngày (?=\d{1,2}/\d)", "", text)
    text = re.sub(r"(?<![\d/.,])0?(\d{1,2})/0?(\d{1,2})(?=/\d{4}|(?![\d/]))", r"\1/\2", text)
    text = re.sub(
        r"(?<![\d/.,\w-])0(\d)(?![\d/]|[.,]\d)", r"\1", _QUARTER.sub(_quarter, _THREE_MONTHS.sub(_outer_quarter, text))
    )
    text = _THOUSANDS.sub(lambda match: re.sub(r"[.,]", "", match.group()), text)
    text = _PERCENT.sub("%", _POINT.sub(r"\1,\2", text))
    text = _SHARED_UNIT.sub(r"\1\3 - \2\3", text)
    text = re.sub(r"(?<=\d)(tỷ|triệu|nghìn|ngàn)(?!\w)", r" \1", text)
    text = _THOUSAND_BILLIONS.sub(_billions, text)
    text = _SUM.sub(lambda match: f"{int(match[1]) + int(match[2])} đồng", _AMOUNT.sub(_amount, text))
    return with_first_synonyms(_MEASURE.sub(_measure, text))


def _share(match: re.Match[str]) -> str:
    """`bốn phần năm`: 80%."""
    part, whole = (int(one) if one.isdigit() else {**_ONES, "mười": 10}[one] for one in match.groups())
    return f"{100 * part / whole:.1f}%".replace(".0%", "%").replace(".", ",") if part < whole else match.group()


def _billions(match: re.Match[str]) -> str:
    return f"{float(match[1].replace(',', '.')) * 1000:g} "


def _month(match: re.Match[str]) -> str:
    name = match[1].lower()
    if name == "chạp" or name.startswith("mười "):
        return "tháng 11" if name.endswith("một") else "tháng 12"
    return f"tháng {_MONTHS.index(name) + 1}"


def _outer_quarter(match: re.Match[str]) -> str:
    return f"quý {'1' if match[1] == 'đầu' else '4'}/{match[2]}"


def _hour(match: re.Match[str]) -> str:
    """`16h`, `4 giờ chiều`: 16 giờ."""
    hour = int(match[1]) + (12 if match["half"] in ("chiều", "tối", "đêm") and int(match[1]) < 12 else 0)
    return f"{hour} giờ{match['minutes'] or ''}"


def _quarter(match: re.Match[str]) -> str:
    number = (match[1] or match[3]).lower()
    return f"quý {_ROMAN.get(number, number)}" + (f"/{match[2]}" if match[2] else "")


def _spelled(match: re.Match[str]) -> str:
    """The figure of a number in words; the words themselves where they make up none."""
    whole = part = 0
    for word in match.group().split():
        if word == "mười":
            part += 10
        elif word == "mươi" or word == "trăm":
            part = part // 10 * 10 + part % 10 * _TENS[word]
        elif word in _TENS:
            whole, part = whole + part * 1000, 0
        else:
            part = part + _ONES.get(word, 0) if part % 10 == 0 else -1
        if part < 0:
            return match.group()
    return str(whole + part)


def _measure(match: re.Match[str]) -> str:
    times, unit = _MEASURES[match.group().split()[1]]
    return f"{int(float(match[1].replace(',', '.')) * times)} {unit}"


def _amount(match: re.Match[str]) -> str:
    whole, _, decimals = match[1].partition(",")
    value = int(whole + decimals) * _SCALE[match[2]] // 10 ** len(decimals)
    is_money = match[3] or match[2] in ("tỷ", "tỉ")
    return f"{value} đồng" if is_money else str(value)


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """`{full name in small letters: abbreviation}` of the long names, `{abbreviation: the form kept}` of all."""
    long: dict[str, str] = {"bộ thông tin truyền thông": "Bộ TT&TT"}
    short: dict[str, str] = {}
    for full, *others in named_groups():
        is_place = bool(known_name(full))
        kept = others[0] if len(words(full)) > 2 and not is_place else full
        if kept != full:
            long[normal_form(full).lower()] = kept
        short.update({other: kept for other in others if other != kept})
    return long, short


@cache
def _short_pattern() -> re.Pattern[str]:
    names = sorted(_names()[1], key=len, reverse=True)
    return re.compile(rf"(?<![\w&/-])(?:{'|'.join(map(re.escape, names))})(?![\w&]|-\w)")


@cache
def _long_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = sorted(_names()[0], key=lambda name: len(words(name)), reverse=True)
    return tuple((name, re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)) for name in names)


@cache
def spelled_syllables() -> dict[str, list[str]]:
    """The syllables of what an abbreviation, in small letters, stands for."""
    return {short.lower(): words(full) for full, short in _names()[0].items() if " " not in short}
