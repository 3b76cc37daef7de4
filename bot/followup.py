"""A follow-up made self-contained: what it leaves out or points at is taken from the turns before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot import references
from bot.elements import ASKING, SAYING, VERBS, Element, elements, flat, of_kind
from bot.swap import asked_instead, swapped
from index.sentences import sentence_spans
from index.vietnamese import normal_form, tidy, words

_TURNS, _SAID_CHARS, _MUCH = 6, 220, 0.6
_NOT_FOUND = re.compile(r"^(?:khong|chua) tim thay\b")
_CITATION = re.compile(r"\s*\[\d+(?:[,;]\s*\d+)*\]|[*_#>«»\"“”]")
_POLITE = re.compile(
    r"(?:\b(?:xin|hay|vui long) |^)cho (?:biet|hoi|toi biet|toi hoi)\b|\b(?:xin hoi|hay (?:neu|liet ke|ke)"
    r"|de nghi (?:liet ke|cho biet)"
    r"|la (?:gi|ai|bao nhieu)|co .{0,3}khong(?= ?\?*$)|(?:hay )?chua(?= ?\?*$)|khong(?= ?\?*$))"
)
_HOLLOW = re.compile(rf"(?:{_POLITE.pattern}|\b(?:{ASKING}))")
_LOOSE_END = re.compile(r"[\s,;:.?!]+$|^[\s,;:.?!]+")
_HANGING = re.compile(r"(?:\s+(?:về|ở|đến|từ|tại|cho|với|là|và|do|để|việc|điều|từ|mức|hay))+$")
_SAYS_WHAT = re.compile(rf"\bgi\b|\b(?:{VERBS})\b")
_SEX = {"ong": "ba", "ba": "ong"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, as it was typed or as it was understood, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Talk:
    """What a follow-up may lean on: `base` is the last question that stands by itself."""

    base: str
    turns: Sequence[Turn]

    @property
    def texts(self) -> list[str]:
        """Where names are looked for, the nearest first."""
        earlier = [text for turn in reversed(self.turns) for text in (turn.question, turn.answer)]
        return [self.base, self.turns[-1].answer, *earlier]


def self_contained(question: str, history: Sequence[Turn]) -> str:
    """The question with what it takes from earlier turns (oldest first); as it is where it stands by itself."""
    turns, base = history[-_TURNS:], ""
    for number, turn in enumerate(turns):
        made = _made(turn.question, base, turns[:number])
        if not base or made == turn.question or not made.endswith(")"):  # with its context in brackets it is no base
            base = normal_form(made)
    return _made(question, base, turns)


def _made(question: str, base: str, turns: Sequence[Turn]) -> str:
    text = references.without_courtesy(normal_form(question))
    if not turns or not words(text):
        return question
    talk = _Talk(base, turns)
    if new := asked_instead(text):
        return swapped(new, base) or _in_brackets(text, [_hollow(_without(base, elements(new)))])
    return _completed(text, talk) or question


def _completed(text: str, talk: _Talk) -> str:
    found = elements(text)
    thing = references.thing_pointed_at(text)
    opener = references.opener_end(text)
    is_cut = references.is_elliptical(text[opener:], elements(text[opener:]))
    is_cut = is_cut and (_with_names(text, talk) == text or not _SAYS_WHAT.search(flat(text)))
    is_event = references.event_pointed_at(text)
    pointed = thing is not None or is_cut or is_event
    if opener and not pointed and _is_whole(text[opener:], found):
        opener = 0
    rest = text[opener:] if opener and not re.match("con ", flat(text)) else text
    made = _with_names(rest[:1].upper() + rest[1:], talk)
    if thing is not None or is_cut:
        return _in_brackets(made, [_what_was_said(thing or "", made, talk)])
    if is_event or opener:
        return _in_brackets(made, [_hollow(_without(talk.base, elements(made)))], talk)
    if made != text[:1].upper() + text[1:] or references.province_understood(text, found) or _is_thin(text, found):
        return _in_brackets(made, [], talk)
    return ""


def _is_whole(text: str, found: list[Element]) -> bool:
    """Whether it names a province or person, and says what it asks of them."""
    if not any(one.kind in ("province", "person") for one in found):
        return False
    says = SAYING.search(flat(text)) and re.search(r"\bgi\b", flat(text))
    return bool(says or of_kind(found, "topic") or len(references.content(text)) > 4)


def _is_thin(text: str, found: list[Element]) -> bool:
    """Whether nothing is asked for but what somebody without a name said: `Bộ trưởng có hứa gì không?`."""
    named = any(
        one.kind in ("province", "topic", "time") or any(map(str.istitle, one.name.split()[2:])) for one in found
    )
    return not named and bool(found) and bool(SAYING.search(flat(text))) and _own_words(text, found) <= 1


def _own_words(text: str, found: list[Element]) -> int:
    for one in reversed(found):
        text = text[: one.start] + text[one.end :]
    return len(references.content(text))


def _with_names(text: str, talk: _Talk) -> str:
    """The text with names in the place of `ông ấy`, `tỉnh đó`, `họ`."""
    if (place := references.person_pointed_at(text, elements(text))) and (person := _person(place.group(), talk)):
        text = _replaced(text, place, person)
    if (place := references.province_pointed_at(text)) and (province := _first("province", talk)):
        kind = text[slice(*place.span("at"))] if place["at"] else "tỉnh" if flat(place.group())[0] == "t" else ""
        text = _replaced(text, place, f"{kind} {province}".strip())
    if (place := references.they_pointed_at(text)) and (they := _they(talk)):
        text = _replaced(text, place, they)
    found = elements(text)
    place = references.province_understood(text, found)
    if place and flat(place.group()).endswith("tinh") and (province := _first("province", talk)):
        text = _replaced(text, place, f"{text[place.start() : place.end()]} {province}")
    return text


def _replaced(text: str, place: re.Match[str], new: str) -> str:
    new = new[:1].upper() + new[1:] if place.start() == 0 else new
    return text[: place.start()] + new + text[place.end() :]


def _first(kind: str, talk: _Talk) -> str:
    """The nearest name of a kind; a text with several is passed over where another has one."""
    named = [[one.name for one in elements(text) if one.kind == kind] for text in talk.texts]
    alone = next((names[0] for names in named if len(set(names)) == 1), "")
    return alone or next((names[0] for names in named if names), "")


def _person(pointing: str, talk: _Talk) -> str:
    """The person meant: the nearest with a name, not of the other sex, else the nearest title."""
    other = _SEX.get(flat(pointing).split()[0], "-")
    people = [one.name for text in talk.texts for one in of_kind(elements(text), "person")]
    fitting = [name for name in people if flat(name).split()[0] != other]
    named = [name for name in fitting if any(map(str.istitle, name.split()[-2:])) and len(name.split()) > 1]
    return next((name for name in named if _is_named(name)), next(iter(fitting), ""))


def _is_named(person: str) -> bool:
    return all(word[:1].isupper() for word in person.split()[-2:])


def _they(talk: _Talk) -> str:
    for text in talk.texts:
        found = elements(text)
        organs = [one for one in of_kind(found, "organ") if not flat(one.name).startswith("bo")]
        if organs:
            return organs[0].name
        if places := of_kind(found, "province"):
            return f"tỉnh {places[0].name}"
    return ""


def _what_was_said(noun: str, text: str, talk: _Talk) -> str:
    """The question before and what was answered to it: what `ý kiến đó` means."""
    turn = _turn_naming(noun, talk)
    question = talk.base if turn is talk.turns[-1] else turn.question
    asked = _hollow(_without(question, elements(text)))
    answered = _sentence(turn.answer, noun)
    missing = set(references.content(asked)) - set(words(flat(answered)))
    if answered and len(missing) <= (1 - _MUCH) * len(references.content(asked)):
        kept = [one.name for one in elements(asked) if flat(one.name) not in flat(answered) and one.kind != "topic"]
        return "; ".join([answered, *dict.fromkeys(kept)])
    return "; ".join(part for part in (asked, answered) if part)


def _turn_naming(noun: str, talk: _Talk) -> Turn:
    """The last turn that holds the words of what is pointed at; the last one where none does."""
    meant = noun.split() if noun else []
    for turn in reversed(talk.turns if len(meant) > 1 else ()):
        if set(meant[2:] or meant) <= set(words(flat(f"{turn.question} {turn.answer}"))):
            return turn
    return talk.turns[-1]


def _sentence(answer: str, noun: str) -> str:
    """The sentence of an answer that tells it: the first, or the first with a document or figure where one is meant."""
    clean = tidy(_CITATION.sub("", answer))
    if _NOT_FOUND.match(flat(clean)):
        return ""
    sentences = [clean[start:end] for start, end in sentence_spans(clean)]
    wanted = references.DOCUMENT if references.DOCUMENT.match(noun) else None
    if references.FIGURE.match(noun):
        wanted = re.compile(r"\d")
    told = next((one for one in sentences if wanted and wanted.search(flat(one))), next(iter(sentences), ""))
    if len(told) > _SAID_CHARS:
        told = told[:_SAID_CHARS].rpartition(" ")[0]
    return _LOOSE_END.sub("", told)


def _without(base: str, own: list[Element]) -> str:
    """The question before without the provinces that the follow-up replaces by its own."""
    if not of_kind(own, "province"):
        return base
    names = {one.name for one in own}
    for one in reversed(of_kind(elements(base), "province")):
        if one.name not in names:
            base = base[: one.start] + base[one.end :]
    return tidy(base)


def _hollow(question: str) -> str:
    """A question without the words that ask."""
    low = flat(question)
    for match in reversed(list(_HOLLOW.finditer(low))):
        question = question[: match.start()] + " " + question[match.end() :]
    question = re.sub(r"\s+(?=[,.;?)])", "", tidy(question))
    return _HANGING.sub("", _LOOSE_END.sub("", question))


def _in_brackets(text: str, parts: list[str], talk: _Talk | None = None) -> str:
    """The text with its context behind it; with a talk, the province too where none is named."""
    if talk and not of_kind(elements(" . ".join([text, *parts])), "province"):
        parts = [*parts, _first("province", talk)]
    context = "; ".join(part for part in parts if part)
    return f"{text} ({context})" if context else text
