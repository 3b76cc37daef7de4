"""Whether the figures, dates and numbers of a sentence are those of the evidence, each with its noun and bound."""

import re
from collections.abc import Iterable, Iterator

from bot.verify_align import MEASURES, Aligned, Unit, Words, is_figure
from bot.verify_dates import BY, DATE, before, clashes, dates_of, eve, has_term, is_dated, last_days, parts_of, within
from bot.verify_reckoned import is_fraction, is_reckoned, order_faults, says_in_words
from bot.verify_words import function_words
from index.records import PartialDate
from index.vietnamese import CAPITALS

Found = tuple[str, str]  # a fault and its detail
_LISTED = re.compile(rf"(?: (?![{CAPITALS}])\w+){{1,4}} ((?:[{CAPITALS}]\w*(?: [{CAPITALS}]\w*)*(?:, | và )?)+)")
_RATIO = re.compile(r"\d{1,3}/\d{1,3}")
_DOCUMENT = re.compile(r"\d+(?:/\d{4})?/[^\W\d_].*")
_CITED = frozenset(["số", "quyết", "nghị", "thông", "chỉ", "công", "luật", "định"])
_LEVELS = frozenset(
    ["xã", "huyện", "thôn", "ấp", "bản", "làng", "tỉnh", "phường", "quận", "khóm", "buôn", "trường", "sở", "hộ", "trạm"]
)
# Nouns that may stand for another one.
_VAGUE = frozenset(
    [
        "nhiệm",
        "việc",
        "nội",
        "vấn",
        "mặt",
        "bên",
        "đơn",
        "nơi",
        "địa",
        "nhóm",
        "loại",
        "trong",
        "trên",
        "của",
        "tỉnh",
        "và",
        "là",
    ]
)
_OR_MORE = re.compile(r"(?: \w+){0,4} trở (lên|xuống)")
_STRICTLY_BY = re.compile(r"(?:trước|chậm nhất|muộn nhất|hạn chót|hết)(?: là| vào)?(?: ngày| năm| tháng| quý)?\s*$")
_APART = re.compile(r" (?:ngày|tuần|tháng|năm|phút|giờ) (?:sau|trước|cuối|đầu|liền|qua|kế)")
_LISTING = re.compile(r"[^\d,.;:]{1,25}:")
_NEIGHBOURS, _SIDE_BY_SIDE = 5, 3
_ORDINAL = re.compile(
    r"(?:giai đoạn|cấp độ|mức|mức độ|lớp|phiên bản|thứ|hạng|điều|khoản|phần|đợt|lần|chương|số|nhóm|bước)\s*$"
)


def figure_faults(laid: Aligned) -> Iterator[Found]:
    """Every figure, date and document number that the evidence does not have, or has of something else."""
    yield from order_faults(laid)
    for number, token in enumerate(laid.words.tokens):
        if is_figure(token):
            yield from _faults_of(laid, number)


def _faults_of(laid: Aligned, number: int) -> Iterator[Found]:
    words, word = laid.words, laid.words.tokens[number].word
    if _DOCUMENT.fullmatch(word):
        if not any(word in unit.words.places for unit in laid.units):
            yield "number", word
    elif is_fraction(word, laid.unit(number).words):
        return
    elif is_dated(words, number):
        yield from _date_faults(laid, number)
    elif _is_between(laid, number) or _LISTING.match(words.read.text[words.tokens[number].end :]):
        return
    elif not _is_counted_days(words, number) and word in laid.unit(number).words.places:
        yield from _noun_faults(laid, number)
    elif (
        _is_counted(words, number)
        or _in_ratio(word, laid.unit(number).words)
        or (says_in_words(word, laid.unit(number).words) or (word == "100%" and _says_all(laid.unit(number).words)))
        or is_reckoned(words, number, laid.unit(number).words)
    ):
        return
    elif _is_cited(words, number):
        yield "number", word
    elif any(word in unit.words.places for unit in laid.units):
        yield "merged", word
    else:
        digits = word.rstrip("%0").replace(",", "")
        same = [one for unit in laid.units for one in unit.words.places if one[0].isdigit()]
        is_unit = len(digits) > 1 and any(one.rstrip("%0").replace(",", "") == digits for one in same)
        yield ("unit" if is_unit else "figure"), word


def _is_between(laid: Aligned, number: int) -> bool:
    """`hai tháng sau`: the time between two documents."""
    text, token = laid.words.read.text, laid.words.tokens[number]
    is_apart = _APART.match(text[token.end :]) or re.search(r"(?:trước|sau) đó (?:\w+ )?$", text[: token.start])
    return bool(is_apart) and len({id(laid.units[unit].evidence) for unit in laid.used}) > 1


def _is_counted_days(words: Words, number: int) -> bool:
    """`hai ngày 16 và 17/5`: the number of the days that follow."""
    behind = words.tokens[number + 1 : number + 2]
    return bool(behind and DATE.fullmatch(behind[0].word))


def _is_counted(words: Words, number: int) -> bool:
    """`hai huyện A và B`: the number of the names, or days, that follow."""
    if _is_counted_days(words, number):
        return True
    behind = _LISTED.match(words.read.text[words.tokens[number].end :])
    return behind is not None and str(len(re.split(r", | và ", behind[1].strip()))) == words.tokens[number].word


def _says_all(there: Words) -> bool:
    return any(mark.kind == "all" for mark in there.marks("quantifiers"))


def _in_ratio(word: str, there: Words) -> bool:
    return any(word in token.word.split("/") for token in there.tokens if _RATIO.fullmatch(token.word))


def _is_cited(words: Words, number: int) -> bool:
    return bool(
        re.search(r"(?:nghị định|nghị quyết|quyết định|thông tư|chỉ thị|luật|công văn|số)\s*$", before(words, number))
    )


def _date_faults(laid: Aligned, number: int) -> Iterator[Found]:
    words, word = laid.words, laid.words.tokens[number].word
    asked, held_words = parts_of(words, number), laid.unit(number).words.places
    units = [laid.unit(number), *_of_same_documents(laid)]
    ends = last_days([asked], before(words, number)) if "ngày cuối" in before(words, number) else ()
    wanted = [next(iter(ends), asked), *eve([asked], before(words, number))]
    held = next((unit for unit in units if any(within(one, other) for one in wanted for other in dates_of(unit))), None)
    if held:
        if held is units[0] and _other_time(laid, number):
            yield "merged", word
        elif clashes(words, number, held.words):
            yield "date", word
        elif held is not units[0] and BY.search(before(words, number)) and has_term(units[0].words):
            yield "merged", word
        return
    if _RATIO.fullmatch(word) and all(part in held_words for part in word.split("/")):
        return
    documents = [PartialDate.parse(unit.evidence.date) for unit in units]
    is_bound = _STRICTLY_BY.search(before(words, number))
    own = [("date", date.day, date.month, date.year) for date in documents if date]
    own += [("quý", 0, (month + 2) // 3, year) for _, _, month, year in own if month]
    titles = " ".join(f"{unit.evidence.title} {unit.evidence.heading}" for unit in units)
    is_own = not is_bound and any(within(asked, one) for one in own)
    if not is_own and word not in re.findall(r"[\d/]+", titles):
        yield "date", word


def _of_same_documents(laid: Aligned) -> list[Unit]:
    """The units of the evidence on which the sentence rests."""
    used = [laid.units[number].evidence for number in laid.used]
    return [unit for unit in laid.units if any(unit.evidence is one for one in used)]


def _other_time(laid: Aligned, number: int) -> bool:
    """Whether the words around a date stand around another one there."""
    there = laid.unit(number).words
    times = [at for at, token in enumerate(there.tokens) if is_figure(token) and is_dated(there, at)]
    places = [at for at in times if there.tokens[at].word == laid.words.tokens[number].word]
    return bool(places) and all(
        _is_of_another(laid, number, place, [at for at in times if abs(at - place) > _SIDE_BY_SIDE]) for place in places
    )


def _noun_faults(laid: Aligned, number: int) -> Iterator[Found]:
    words, there = laid.words, laid.unit(number).words
    word = words.tokens[number].word
    nouns = _noun(words, number)
    elsewhere = {token.word for unit in laid.units for token in unit.words.tokens}
    is_strict = bool(nouns) and (nouns[0] in elsewhere or nouns[0] in _LEVELS or nouns[0] in MEASURES)
    places = [
        place
        for place in there.places[word]
        if word.endswith("%")
        or _same_noun(nouns, behind := _noun(there, place))
        or (not is_strict and behind[0] not in MEASURES | _LEVELS)
    ]
    if _ORDINAL.search(before(words, number)):
        return
    if not places:
        first = nouns[0] if nouns else ""
        yield ("unit" if first in MEASURES else "merged"), f"{word} {first}"
    elif all(_other_bound(words, number, there, place) for place in places):
        yield "quantifier", word
    elif all(_other_context(laid, number, place) for place in places):
        yield "merged", word


def _noun(words: Words, number: int) -> list[str]:
    """The two words right behind a figure, in its clause."""
    clause = words.tokens[number].clause
    behind = [token for token in words.tokens[number + 1 : number + 3] if token.clause == clause]
    return [token.word for token in behind]


def _same_noun(here: list[str], there: list[str]) -> bool:
    if not here or not there or here[0] == there[0]:
        return True
    light = (function_words() | _VAGUE) - MEASURES
    return (here[0] in light and there[0] not in MEASURES) or (there[0] in light and here[0] not in MEASURES)


def _other_bound(words: Words, number: int, there: Words, place: int) -> bool:
    said = _bound(words, number)  # what is left out is no other one
    return bool(said) and said != _bound(there, place)


def _bound(words: Words, number: int) -> str:
    for mark in words.marks("bounds"):
        is_of = mark.phrase == "trên" and mark.first and is_figure(words.tokens[mark.first - 1])  # 7 trên 9
        if mark.stop <= number <= mark.stop + 1 and not is_of:
            return mark.kind
    behind = words.read.text[words.tokens[number].end :]
    if match := _OR_MORE.match(behind):
        return "least" if match[1] == "lên" else "most"
    return ""


def _other_context(laid: Aligned, number: int, place: int) -> bool:
    """Whether the words around a figure stand around another one of the same noun there.

    What a figure leaves out it takes from one before it (`dành 1% ngân sách, muốn đột phá thì 2%`): then words of its
    own anywhere in the sentence will do.
    """
    return _is_of_another(laid, number, place, _rivals(laid.unit(number).words, place))


def _is_of_another(laid: Aligned, number: int, place: int, rivals: list[int]) -> bool:
    there = laid.unit(number).words
    near = _votes(laid, number, place, rivals, _around(laid.words, number))
    others = [rival for rival in near if rival != place]
    if len(others) < 2 or not any(
        _nearest(there, [place, *rivals], at) == place for at in range(len(there.tokens)) if there.content[at]
    ):
        return False
    if max(others) > place:
        return len(others) > near.count(place)
    whole = _votes(laid, number, place, rivals, range(len(laid.words.tokens)))
    return place not in whole


def _rivals(there: Words, place: int) -> list[int]:
    """The other figures with the same noun, or percent sign, that do not stand right beside this one."""
    noun, is_share = _noun(there, place)[:1], there.tokens[place].word.endswith("%")
    return [
        at
        for at, token in enumerate(there.tokens)
        if is_figure(token)
        and not is_dated(there, at)
        and abs(at - place) > _SIDE_BY_SIDE
        and ((is_share and token.word.endswith("%")) or (not is_share and noun == _noun(there, at)[:1]))
    ]


def _votes(laid: Aligned, number: int, place: int, rivals: list[int], near: Iterable[int]) -> list[int]:
    """Of each word with weight the figure that it stands nearest to in the evidence."""
    there = laid.unit(number).words
    votes: list[int] = []
    for at in near:
        if laid.words.content[at] and laid.unit_of[at] == laid.unit_of[number]:
            found = {
                _nearest(there, [place, *rivals], other) for other in there.places.get(laid.words.tokens[at].word, ())
            }
            votes += [place] if place in found else list(found)[:1]
    return votes


def _nearest(there: Words, figures: list[int], at: int) -> int:
    return min(figures, key=lambda figure: _apart(there, figure, at))


def _apart(there: Words, figure: int, at: int) -> float:
    chunks = abs(there.chunk[figure] - there.chunk[at])
    return abs(figure - at) + 6 * chunks - (0.5 if at > figure else 0)


def _around(words: Words, number: int) -> list[int]:
    """The places near a figure up to the next figure or comma on either side."""
    found: list[int] = []
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(words.tokens) and abs(at - number) <= _NEIGHBOURS:
            if is_figure(words.tokens[at]) or words.piece[at] != words.piece[number]:
                break
            found.append(at)
            at += step
    return found
