"""Whether a sentence denies, asks, promises, compares and counts as the evidence does, clause by clause."""

import re
from collections.abc import Iterator, Sequence

from bot.verify_align import Aligned, Mark, Unit, Words, is_figure
from bot.verify_dates import dates_of
from index.records import PartialDate

Found = tuple[str, str]
# What is said to be open, an aim or a term is not told as a fact.
_OPEN = re.compile(
    r"(?<!\w)(?:nếu|hạn (?:chót|để|là|cuối)|điều kiện|kế hoạch|phương án|ý định|mục đích|chủ trương|đề án|dự thảo"
    r"|lời khuyên|ưu tiên|giải pháp|yêu cầu|khuyến nghị|đừng|chớ|thay vì|lẽ ra|tới đây|sắp tới)(?!\w)",
    re.IGNORECASE,
)
_IF = re.compile(r"(?<!\w)(?:nếu|đổi lại|khi nào|với điều kiện)(?!\w)", re.IGNORECASE)
_LEAST_COPIED = 0.4
_MOST = re.compile(r"[5-9]\d(?:,\d+)?%")
_HEADS, _REACH, _BACK = 3, 8, 5
_UNREAL = frozenset({"future", "need", "must", "may"})
_STRONG = frozenset({"phải", "cần phải", "yêu cầu", "chỉ đạo", "quán triệt"})
_WEAK = frozenset(
    {
        "nên",
        "gợi ý",
        "gợi mở",
        "khuyến khích",
        "phấn đấu",
        "mục tiêu",
        "hướng tới",
        "mong",
        "mong muốn",
        "muốn",
        "xin",
        "kỳ vọng",
        "hy vọng",
    }
)
_SUGGESTS = frozenset({"gợi ý", "gợi mở"})
_ASKED = frozenset({"recommendation", "request", "directive_internal", "enterprise_proposal"})
_WIDE = {"all": {"all", "each"}, "some": {"some"}, "most_of": {"most_of"}, "always": {"always"}, "only": {"only"}}
_DIRECTION = {"up": {"up"}, "down": {"down", "fast"}, "fast": {"fast", "down"}, "slow": {"slow", "up"}}


def operator_faults(laid: Aligned) -> Iterator[Found]:
    """Negation, modality, quantifiers and comparisons that are not those of the evidence."""
    yield from _negation_faults(laid)
    yield from _modality_faults(laid)
    yield from _quantifier_faults(laid)
    yield from _comparison_faults(laid)


def _of(words: Words, kinds: Sequence[str]) -> list[Mark]:
    return [mark for mark in words.marks("operators") if mark.kind in kinds]


def _heads(words: Words, mark: Mark) -> list[int]:
    """The first words with weight behind a mark, in its clause."""
    found: list[int] = []
    behind = [at for at in range(mark.stop, len(words.tokens)) if not words.tokens[at].is_party]
    for at in behind[:_REACH]:
        last = mark.stop - 1
        if words.piece[at] != words.piece[last] or words.stretch[at] != words.stretch[last]:
            break
        if words.content[at] or is_figure(words.tokens[at]):
            found.append(at)
            if len(found) == _HEADS:
                break
    return found


def _denied(words: Words, at: int, *, back: int = 0) -> bool:
    """Whether a negation stands not far before a word, in its stretch, or `back` tokens behind it."""
    return any(
        mark.first - back <= at <= mark.stop + _REACH and words.stretch[mark.first] == words.stretch[at]
        for mark in _of(words, ("negation", "lack"))
    )


def _negation_faults(laid: Aligned) -> Iterator[Found]:
    for mark in _of(laid.words, ("negation",)):
        if _IF.search(laid.words.read.text[: laid.words.tokens[mark.first].start]):
            continue
        there = laid.unit(mark.first).words
        heads = [laid.words.tokens[at].word for at in _heads(laid.words, mark)]
        held = [(unit.words, at) for unit in laid.units for word in heads for at in unit.words.places.get(word, ())]
        is_elliptic = any(not _heads(there, one) for one in _of(there, ("negation",)))
        if not is_elliptic and not (
            any(_denied(words, at, back=_BACK) for words, at in held) if held else _of(there, ("negation", "lack"))
        ):
            yield "negation", mark.phrase
    for unit in laid.used:
        yield from _dropped_negations(laid, unit)


def _dropped_negations(laid: Aligned, number: int) -> Iterator[Found]:
    there = laid.units[number].words
    here = {
        place: at
        for at, place in enumerate(laid.place_of)
        if place is not None and laid.unit_of[at] == number and laid.words.content[at]
    }
    for mark in _of(there, ("negation",)):
        behind = _heads(there, mark)[:2]
        heads = [here[place] for place in behind or _before(there, mark) if place in here]
        if heads and not any(_denied(laid.words, at, back=0 if behind else _REACH) for at in heads):
            yield "negation", mark.phrase


def _before(words: Words, mark: Mark) -> list[int]:
    """What is denied of a word at whose clause's end the negation stands: `riêng Cát Tiên chưa có`."""
    return [
        at
        for at in range(max(0, mark.first - 4), mark.first)
        if words.piece[at] == words.piece[mark.first] and words.content[at]
    ][-2:]


def _states(words: Words) -> list[frozenset[Mark]]:
    """The modal marks under which each token stands: the last ones before it in its stretch."""
    marks = {mark.first: mark for mark in _of(words, ("done", "doing", "future", "need", "must", "may"))}
    states: list[frozenset[Mark]] = []
    active: frozenset[Mark] = frozenset()
    is_open = False
    for at in range(len(words.tokens)):
        if at and words.stretch[at] != words.stretch[at - 1]:
            active, is_open = frozenset(), False
        if at in marks:
            active = active | {marks[at]} if is_open else frozenset({marks[at]})
            is_open = True
        elif words.content[at]:
            is_open = False
        states.append(active)
    return states


def _modality_faults(laid: Aligned) -> Iterator[Found]:
    states = {unit: _states(laid.units[unit].words) for unit in laid.used}
    for mark in _of(laid.words, ("done", "doing", "future", "need", "must", "may")):
        if mark.kind == "done" and (_is_speech(laid.words, mark.stop) or _is_asked_before(laid.words, mark)):
            continue
        number = laid.unit_of[mark.first]
        places = [laid.place_of[at] for at in _heads(laid.words, mark)]
        held = [states[number][place] for place in places if place is not None]
        sources = held or [frozenset(one for state in states[number] for one in state)]
        if not any(_allowed(mark, source, laid.units[number], is_sure=bool(held)) for source in sources):
            yield "modality", mark.phrase
    yield from _told_as_facts(laid, states)


def _is_speech(words: Words, at: int) -> bool:
    """`đã khuyến nghị`: what is done is the saying."""
    return any(one.first <= at < one.stop for one in words.marks("speech"))


def _is_asked_before(words: Words, mark: Mark) -> bool:
    """`phải gửi bản đã bổ sung`: what is done is asked for."""
    return any(
        one.first < mark.first and words.stretch[one.first] == words.stretch[mark.first]
        for one in _of(words, ("need", "must"))
        if not _is_speech(words, one.first)
    )


def _allowed(mark: Mark, source: frozenset[Mark], unit: Unit, *, is_sure: bool) -> bool:
    kinds = {one.kind for one in source}
    phrases = {one.phrase for one in source}
    said = {one.kind for one in unit.said}
    if mark.kind == "done":
        return "done" in kinds or not kinds
    if mark.kind == "doing":
        return not kinds or "doing" in kinds
    if mark.kind in ("future", "need") and _IF.search(unit.words.read.text):
        return "done" not in kinds
    if mark.kind == "future":
        if said & {"commitment", "enterprise_proposal"}:
            return "done" not in kinds
        return "future" in kinds or (not kinds and _looks_ahead(unit))
    if mark.kind == "must":
        return "must" in kinds
    if mark.kind == "may":
        return "may" in kinds or bool(phrases & _SUGGESTS) or "enterprise_proposal" in said
    if mark.phrase in _STRONG and phrases and phrases <= _WEAK:
        return False
    is_asked = bool(kinds & {"need", "must"}) or (bool(said & _ASKED) and "done" not in kinds)
    return is_asked or (not is_sure and not kinds and bool(said & _ASKED))


def _looks_ahead(unit: Unit) -> bool:
    """Whether a sentence names a day after its document's."""
    own = PartialDate.parse(unit.evidence.date)
    return bool(own) and any(
        (year, month, day) > (own.year, own.month, own.day) for what, day, month, year in dates_of(unit) if own and year
    )


def _told_as_facts(laid: Aligned, states: dict[int, list[frozenset[Mark]]]) -> Iterator[Found]:
    """What the evidence asks for, promises or holds possible, said without any such word."""
    kinds = {mark.kind for mark in laid.words.marks("operators")}
    is_free = "done" not in kinds and laid.copied < _LEAST_COPIED  # in words of its own it may say so otherwise
    if kinds & _UNREAL or is_free or _OPEN.search(laid.words.read.text):
        return
    held = [(at, place) for at, place in enumerate(laid.place_of) if place is not None]
    figures = [one for one in held if is_figure(laid.words.tokens[one[0]])]
    places = [(laid.unit_of[at], place) for at, place in figures or held if figures or laid.words.content[at]]
    unreal = [1 for unit, place in places if any(one.kind in _UNREAL for one in states[unit][place])]
    if places and 2 * len(unreal) > len(places):
        yield "modality", "told as a fact"


def _quantifier_faults(laid: Aligned) -> Iterator[Found]:
    for mark in laid.words.marks("quantifiers"):
        wanted = _WIDE.get(mark.kind)
        there = laid.unit(mark.first).words
        if not wanted or (mark.kind == "most_of" and any(_MOST.fullmatch(token.word) for token in there.tokens)):
            continue
        is_said = any(one.kind in wanted for one in there.marks("quantifiers"))
        if not is_said or _counted_otherwise(laid, mark, wanted):
            yield "quantifier", mark.phrase
    for mark in laid.words.marks("bounds"):
        behind = laid.words.tokens[mark.stop : mark.stop + 2]
        if not any(token.word[0].isdigit() or token.word in ("một", "nửa") for token in behind) and mark.phrase not in (
            "trên",
            "gần",
            "quá",
            "dưới",
            "hơn",
        ):
            kinds = {one.kind for one in laid.unit(mark.first).words.marks("bounds")}
            if mark.kind not in kinds and len(mark.phrase.split()) > 1 and not mark.phrase.endswith("hơn"):
                yield "quantifier", mark.phrase


def _counted_otherwise(laid: Aligned, mark: Mark, wanted: set[str]) -> bool:
    """Whether another quantifier stands right before the same word there."""
    there = laid.unit(mark.first).words
    places = [place for at in _heads(laid.words, mark)[:2] if (place := laid.place_of[at]) is not None]
    kinds = {one.kind for one in there.marks("quantifiers") for place in places if one.stop <= place <= one.stop + 1}
    return bool(kinds & set(_WIDE)) and not kinds & wanted


def _comparison_faults(laid: Aligned) -> Iterator[Found]:
    for mark in laid.words.marks("comparisons"):
        there = laid.unit(mark.first).words
        marks = there.marks("comparisons")
        places = [
            place
            for at in range(mark.stop, min(len(laid.place_of), mark.stop + 3))
            if (place := laid.place_of[at]) is not None and laid.unit_of[at] == laid.unit_of[mark.first]
        ]
        direct = [one for one in marks if any(one.stop <= place <= one.stop + 2 for place in places[:1])]
        if not any(one.kind in _DIRECTION[mark.kind] for one in direct or marks):
            yield "quantifier", mark.phrase
