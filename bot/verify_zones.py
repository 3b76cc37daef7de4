"""Of which of several alike something is said, and for which reason or aim."""

import re
from collections.abc import Iterator, Sequence

from bot.verify_align import Aligned, Words, is_figure
from bot.verify_people import Who, alike, of_party
from bot.verify_text import Party
from index.provinces import named_in

Found = tuple[str, str]
_REASON = re.compile(
    r"(?<!\w)(?<!thay )(?<!lý )(?:vì|do|bởi|nhờ|nguyên nhân)(?!\w)(?! đó| vậy| thế)(?!(?: \w+){0,3} (?:khiến|dẫn|làm))",
    re.IGNORECASE,
)
# At the head of a sentence an aim is its topic.
_AIM = re.compile(r"(?<=\w )(?:để|nhằm)(?!\w)(?! lộ| mất| xảy| lại| ý)", re.IGNORECASE)
_TOGETHER = re.compile(r",? (?:và|với|cùng|lẫn|hay|hoặc) (?:tỉnh |thành phố )?")
_LEAST_OF_ONE = 0.5


def zone_faults(laid: Aligned) -> Iterator[Found]:
    """What the evidence says of another one of several alike, or gives as no reason or aim."""
    for number in laid.used:
        yield from _merged(laid, number)
        for kind in (_REASON, _AIM):
            yield from _linked(laid, number, kind)


def _sort(party: Party) -> str:
    """Parties of one sort are set against each other: provinces, offices of one kind, firms, people."""
    who = of_party(party)
    if who.name:
        return "person"
    if who.title or not who.side:
        return ""
    if who.side == "enterprise":
        return "firm" if who.core else ""
    return (party.unit.split()[0].lower() if who.core else "province") if party.unit[:1].isupper() or who.core else ""


def _zones(words: Words, sort: str, *, is_evidence: bool) -> list[tuple[Who, range]]:
    """Each party of a sort with the tokens from it to the next one."""
    parties = [party for party in words.parties if _sort(party) == sort]
    starts = [next((at for at, token in enumerate(words.tokens) if token.start >= party.start), 0) for party in parties]
    stops = [*starts[1:], len(words.tokens)][: len(starts)]
    for at in range(len(parties) - 2, -1, -1):
        if is_evidence and _TOGETHER.fullmatch(words.read.text[parties[at].end : parties[at + 1].start]):
            stops[at] = stops[at + 1]
    return [(of_party(party), range(start, stop)) for party, start, stop in zip(parties, starts, stops, strict=True)]


def _merged(laid: Aligned, number: int) -> Iterator[Found]:
    there = laid.units[number].words
    for sort in dict.fromkeys(filter(None, map(_sort, there.parties))):
        zones = _zones(there, sort, is_evidence=True)
        here = [zone for zone in _zones(laid.words, sort, is_evidence=False) if laid.unit_of[zone[1].start] == number]
        if len(zones) < 2 or not here:
            continue
        if len(here) == 1:  # what is said of the only one may stand before it
            here = [(here[0][0], range(len(laid.words.tokens)))]
        for who, span in here:
            own = [zone for other, zone in zones if _same(who, other)]
            foreign = [zone for other, zone in zones if not _same(who, other)]
            if own and _is_of_others(laid, [at for at in span if laid.unit_of[at] == number], own, foreign, there):
                yield "merged", who.name or who.unit


def _same(here: Who, there: Who) -> bool:
    places = set(named_in(here.unit)), set(named_in(there.unit))
    return bool(places[0] & places[1]) if all(places) and not here.core else alike(here, there)


def _is_of_others(
    laid: Aligned, span: Sequence[int], own: Sequence[range], foreign: Sequence[range], there: Words
) -> bool:
    """Whether a figure, or all the words, stand with others of the sort and not with this one."""
    figures, mine, others = 0, 0, 0
    for at in span:
        token = laid.words.tokens[at]
        if not laid.words.content[at] and not is_figure(token):
            continue
        places = there.places.get(token.word, ())
        is_mine = any(place in zone for place in places for zone in own)
        is_foreign = not is_mine and any(place in zone for place in places for zone in foreign)
        mine += is_mine
        others += is_foreign
        figures += is_foreign and is_figure(token)
    has_figures = any(is_figure(there.tokens[place]) for zone in own for place in zone)
    return bool(figures and has_figures) or (not mine and others > 1)


def _linked(laid: Aligned, number: int, kind: re.Pattern[str]) -> Iterator[Found]:
    """A reason or an aim most of whose words are none in the evidence."""
    for given in _regions(laid.words, kind, is_open=False):
        held = [laid.place_of[at] for at in given if laid.words.content[at] and laid.unit_of[at] == number]
        places = [place for place in held if place is not None]
        regions = _regions(laid.units[number].words, kind, is_open=kind is _REASON)
        inside = sum(any(place in region for region in regions) for place in places)
        if len(places) > 1 and regions and inside < _LEAST_OF_ONE * len(places):
            yield "content", laid.words.tokens[given[0]].word


def _regions(words: Words, kind: re.Pattern[str], *, is_open: bool) -> list[list[int]]:
    """The tokens behind each word of linking, up to the next mark of punctuation, or of what ends a sentence."""
    found: list[list[int]] = []
    for match in kind.finditer(words.read.text):
        first = next((at for at, token in enumerate(words.tokens) if token.start >= match.end()), None)
        if first is None:
            continue
        numbers = words.stretch if is_open else words.piece
        if words.tokens[first].is_party:  # do Viettel tài trợ
            continue
        found.append([at for at in range(first, len(words.tokens)) if numbers[at] == numbers[first]])
    return [region for region in found if region]
