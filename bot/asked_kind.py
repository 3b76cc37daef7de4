"""What sort of thing a question asks for, and where a sentence holds one: a figure with its unit, a day, a name."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.provinces import named_in
from index.vietnamese import CAPITALS, fold, search_form, search_terms, words

Sort = Literal[
    "percent", "money", "rank", "duration", "document", "when", "who", "which", "count", "amount", "why", "open"
]

_TABLE = tomllib.loads(Path(__file__).with_name("asked_kind.toml").read_text(encoding="utf-8"))


def _any_of(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_SORT = re.compile("|".join(rf"(?P<{sort}>(?<!\w)(?:{_any_of(some)})(?!\w))" for sort, some in _TABLE["asks"].items()))
_NUMBER = f"(?:{_any_of(_TABLE['looks']['number'])})"
_LOOKS = {
    sort: re.compile(_any_of(patterns).replace("NUMBER", _NUMBER), re.IGNORECASE)
    for sort, patterns in _TABLE["looks"].items()
}
_TITLE, _DATE_BEFORE = (re.compile(_TABLE["words"][name], re.IGNORECASE) for name in ("title", "date_before"))
_LOOSE, _OFFICES, _PLACES, _PROVINCES, _FIRMS, _FIRM_NAMES, _UNITS, _UNIT_NAMES = (
    frozenset(_TABLE["words"][name].split())
    for name in ("loose", "offices", "places", "provinces", "firms", "firm_names", "units", "unit_names")
)
_CAPITAL, _SMALL = rf"(?<!\w)[{CAPITALS}]", rf"[^\W\d_{CAPITALS}]"
_NAME = re.compile(rf"{_CAPITAL}[^\W\d_]*(?:[ -]+(?:[-–] )?[{CAPITALS}'’][^\W\d_]*)*")
_PERSON = re.compile(rf"{_CAPITAL}{_SMALL}+(?: [{CAPITALS}]{_SMALL}*){{1,4}}")
# What is a name even as one word at the start of a sentence: VNPT, MobiFone, Viettel.
_SHORT_NAME = re.compile(rf"[{CAPITALS}]{{2}}|{_SMALL}[{CAPITALS}]|Viettel")
_COUNTED = re.compile(r"(?:bao nhiêu|mấy) ((?:[^\W\d]+(?: |(?=\W|$))){1,3})")
_WHICH = re.compile(r"(?<!\w)((?:[^\W\d]+ ){1,2})nào(?!\w)|(?:tên|danh sách) (?:các|những) ((?:[^\W\d]+ ){2})")
_WINDOW_CHARS, _TITLE_CHARS = 28, 40


@dataclass(frozen=True, slots=True)
class AskedKind:
    """The sort of thing asked for, and the words of what is counted or chosen from (folded)."""

    sort: Sort
    noun: tuple[str, ...] = ()


def asked_kind(question: str) -> AskedKind:
    """What a question with its diacritics asks for first."""
    text = search_form(question).lower()
    first = _SORT.search(text)
    sort: Sort = (first.lastgroup if first else None) or "open"  # type: ignore[assignment]  # groups are named so
    pattern = {"count": _COUNTED, "which": _WHICH}.get(sort)
    found = pattern.search(text) if pattern else None
    noun = [fold(word) for word in words(found[found.lastindex or 0]) if word not in _LOOSE] if found else []
    return AskedKind(sort, tuple(noun[-2:] if sort == "which" else noun[:2]))


def candidates(kind: AskedKind, question: str, text: str) -> list[tuple[int, int]]:
    """Where in a text (in its search form) the thing asked for may stand; what the question names is none."""
    asked = _plain(search_form(question))
    if kind.sort == "open":
        return []
    if kind.sort == "who":
        people = _names(_PERSON, text, asked)
        return [span for span in people if _TITLE.search(text[max(0, span[0] - _TITLE_CHARS) : span[0]])]
    if kind.sort == "which":
        return [span for span in _names(_NAME, text, asked) if _is_of(kind.noun, text, span)]
    found = _LOOKS.get(kind.sort, _LOOKS["number"]).finditer(text)
    return [match.span() for match in found if kind.sort == "why" or _is_new(match, text, asked, kind.sort)]


def fits_noun(kind: AskedKind, question: str, text: str) -> float:
    """Whether a new figure stands right before what is counted: 1, .5 for its first word, -1; 0 where nothing is."""
    if kind.sort != "count" or not kind.noun:
        return 0.0
    best = -1.0
    for _, end in candidates(kind, question, text):
        behind = words(fold(re.split(r"[,;.:()]", text[end : end + _WINDOW_CHARS] + " ")[0]))
        held = [word in behind for word in kind.noun]
        best = max(best, 1.0 if all(held) else 0.5 if held[0] else -1.0)
    return best


def terms_of(topic: str) -> list[str]:
    """The search terms of a topic, part by part: no pair goes across a comma."""
    return list(dict.fromkeys(term for part in topic.split(", ") for term in search_terms(part)))


def _plain(text: str) -> str:
    return f" {' '.join(words(fold(text)))} "


def _is_new(match: re.Match[str], text: str, asked: str, sort: Sort) -> bool:
    if sort in ("count", "amount", "percent", "money") and _DATE_BEFORE.search(text[: match.start()]):
        return False
    return _plain(match.group()) not in asked


def _is_of(noun: Sequence[str], text: str, span: tuple[int, int]) -> bool:
    """Whether a name may be one of what is chosen from: a province, a unit, a company, a village."""
    name, last = text[slice(*span)], (noun or ("",))[-1]
    around = {*words(fold(text[max(0, span[0] - _WINDOW_CHARS) : span[1]]))}
    if last in _PROVINCES:
        return bool(named_in(name))
    if last in _UNITS:
        return not around.isdisjoint(_UNIT_NAMES)
    if last in _FIRMS:
        return bool(_SHORT_NAME.search(name)) or not around.isdisjoint(_FIRM_NAMES)
    return last not in _PLACES or last in around


def _names(pattern: re.Pattern[str], text: str, asked: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        said = [word for word in words(fold(match.group())) if word not in _OFFICES]
        opens = match.start() == 0 or text[: match.start()].rstrip(' "“-*').endswith((".", ":", "?", "!", ";"))
        is_word = opens and len(said) == 1 and not _SHORT_NAME.search(match.group())
        if said and f" {' '.join(said)} " not in asked and not is_word:
            yield match.span()
