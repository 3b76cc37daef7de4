"""Who is who: whether a party that a sentence names is one that the evidence names."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence import Evidence
from bot.verify_align import Aligned, Unit
from bot.verify_text import Party, read
from bot.verify_writing import one_writing
from index.mentions import side_of
from index.provinces import named_in as _named_in
from index.records import Side, Statement
from index.vietnamese import CAPITALS, words

Found = tuple[str, str]
_OFFICES = re.compile(
    r"(?:(?:phó|tổng) )*(?:bộ trưởng|thứ trưởng|thủ tướng|bí thư|chủ tịch|giám đốc|cục trưởng|vụ trưởng|viện trưởng"
    r"|trưởng (?:ban|đoàn|phòng)|chánh (?:văn phòng|thanh tra)|ủy viên|chủ nhiệm|hiệu trưởng|tổng biên tập|đại diện"
    r"|lãnh đạo)"
)
_NAME = re.compile(rf"\b[{CAPITALS}]\w*(?:[ \-–]+[{CAPITALS}]\w*)+|\b\w*[{CAPITALS}]\w*[{CAPITALS}][\w&]*")
_GENERIC = frozenset(
    [
        "các",
        "của",
        "một",
        "số",
        "đại",
        "diện",
        "lãnh",
        "đạo",
        "tỉnh",
        "thành",
        "phố",
        "địa",
        "phương",
        "phía",
        "và",
        "tp",
        "doanh",
        "nghiệp",
        "công",
        "ty",
        "nhà",
        "mạng",
        "trên",
        "bàn",
        "tại",
        "ông",
        "bà",
        "đồng",
        "chí",
        "ủy",
        "ban",
        "huyện",
        "thị",
        "xã",
        "quận",
        "phường",
        "thị",
        "tập",
        "đoàn",
        "tổng",
        "hãng",
    ]
)
_LOCAL = frozenset({"ubnd", "hđnd", "tỉnh", "ủy", "thành", "phố", "địa", "phương", "lãnh", "đạo", "chính", "quyền"})
named_in = lru_cache(maxsize=1024)(_named_in)
_MINISTERS = ("bộ trưởng", "thứ trưởng")


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker or an addressee, from the text or from the register."""

    name: str = ""
    title: str = ""
    unit: str = ""
    side: Side | None = None

    @property
    def core(self) -> frozenset[str]:
        """The words of the organ that are neither general nor a province's."""
        places = {word.lower() for name in named_in(self.unit) for word in words(name)}
        return frozenset(_split(self.unit)) - _GENERIC - places


def _split(text: str) -> list[str]:
    return re.findall(r"[\w&]+", text.lower())


def of_party(party: Party) -> Who:
    """A party of a text."""
    return Who(party.name, party.title, party.unit, party.side)


def speaker_of(said: Statement) -> Who:
    """The speaker of a statement of the register."""
    name, title = one_writing(said.speaker), one_writing(said.title)
    found = read(name).parties
    is_organ = bool(not title and found and not found[0].name)
    side = said.speaker_side
    return Who("" if is_organ else name, title, name if is_organ else "", side)


def recipients_of(said: Statement) -> Iterator[Who]:
    """To whom a statement of the register is said."""
    for name in (said.recipient, *said.province.split(",")):
        if name.strip(" *"):
            unit = one_writing(name.strip())
            yield Who(unit=unit, side=side_of(unit))


def alike(here: Who, there: Who) -> bool:
    """Whether the one whom a sentence names may be the one of the evidence; never a closer one than the evidence's."""
    if here.name:
        if there.name:
            return here.name == there.name or there.name.endswith(f" {here.name}")
        return bool(here.title) and bool(_offices(here.title) & _offices(there.title or there.unit))
    if here.title:
        return bool(_offices(here.title) & _offices(there.title)) and _organ_fits(here.title, there)
    return _organ_alike(here, there)


def _organ_alike(here: Who, there: Who) -> bool:
    core = here.core
    if not (there.name or there.title or there.unit):
        return here.side is not None and here.side == there.side
    if not core:  # a province, the locality, firms in general
        return here.side is None or there.side == here.side or (_is_local(there) and here.side == "province")
    if core <= {"bộ", "tt&tt"}:
        ministers = any(office in there.title.lower() for office in _MINISTERS)
        return ministers or (there.unit.startswith("Bộ") and there.core <= {"bộ", "tt&tt"})
    if core <= _LOCAL:
        return there.side == "province" and not there.core - _LOCAL
    whole = frozenset(_split(there.title)) | there.core
    return core <= whole or (bool(there.core) and not there.title and there.core <= core and len(there.core) > 1)


def _is_local(who: Who) -> bool:
    return bool(who.core) and who.core <= _LOCAL


def _offices(title: str) -> set[str]:
    found = set(_OFFICES.findall(title.lower()))
    return found - {"đại diện", "lãnh đạo"} or found


def _organ_fits(title: str, there: Who) -> bool:
    """Whether the organ of a title is that of the other, as far as both tell."""
    here, other = Who(unit=_OFFICES.sub("", title.lower())), Who(unit=_OFFICES.sub("", there.title.lower()))
    return (
        not here.core
        or not other.core
        or here.core <= other.core | _LOCAL | {"bộ", "tt&tt"}
        or here.core & other.core == other.core
    )


def name_faults(laid: Aligned) -> Iterator[Found]:
    """People, titles, organs, provinces and other names that the evidence does not have."""
    known = " ".join(_all_text(unit.evidence) for unit in laid.units)
    held = f" {' '.join(_split(known))} "
    people = [who for unit in laid.units for who in _people(unit)]
    for party in laid.words.parties:
        if party.name:
            yield from _person_faults(party, people, held)
        elif party.unit and not _organ_known(party, laid, held):
            yield "name", party.unit
    yield from _province_faults(laid)
    yield from _other_names(laid, held)


def _all_text(evidence: Evidence) -> str:
    fields = [
        field for one in evidence.said for field in (one.text, one.speaker, one.title, one.recipient, one.province)
    ]
    parts = (evidence.text, evidence.title, evidence.heading, *evidence.provinces, *fields)
    return one_writing(". ".join(part for part in parts if part))


def _people(unit: Unit) -> Iterator[Who]:
    yield from (of_party(party) for party in unit.words.parties)
    yield from (speaker_of(one) for one in unit.evidence.said)
    for text in (unit.evidence.heading, unit.evidence.title):
        yield from (of_party(party) for party in read(text).parties)


def _person_faults(party: Party, people: Iterable[Who], held: str) -> Iterator[Found]:
    same = [who for who in people if who.name and (who.name == party.name or who.name.endswith(f" {party.name}"))]
    if not same and f" {party.name.lower()} " not in held:
        yield "name", party.name
        return
    if not _offices(party.title) - {"đại diện", "lãnh đạo"}:
        return
    here = Who(title=party.title)
    if not any(
        who.title and _offices(party.title) & _offices(who.title) and _organ_fits(party.title, who) for who in same
    ):
        alone = [who for who in people if not who.name and who.title]
        if any(who.title for who in same) or not any(alike(here, who) for who in alone):
            yield "title", party.title


def _organ_known(party: Party, laid: Aligned, held: str) -> bool:
    core = of_party(party).core
    if core <= {"bộ", "tt&tt"}:
        return "bộ" not in core or " bộ " in held or " tt&tt " in held
    said = [word for word in _split(party.unit) if word in core and word not in _LOCAL]
    pairs = list(itertools.pairwise(said))
    return all(f" {word} " in held for word in said) and all(
        f" {one} {other} " in held or f"{one} {other}" not in party.unit.lower() for one, other in pairs
    )


def provinces_of(unit: Unit) -> set[str]:
    """The provinces that a sentence of the evidence is about."""
    texts = [unit.words.read.text]
    for one in unit.said:
        texts += [one.province, one.recipient, one.title, one.speaker]
    named = {name for text in texts for name in named_in(text)} | set(unit.evidence.provinces)
    return named or {name for text in (unit.evidence.title, unit.evidence.heading) for name in named_in(text)}


def _province_faults(laid: Aligned) -> Iterator[Found]:
    for party in laid.words.parties:
        at = next((at for at, token in enumerate(laid.words.tokens) if token.start >= party.start), None)
        if at is None:
            continue
        for name in named_in(laid.words.read.text[party.start : party.end]):
            if name not in provinces_of(laid.unit(at)):
                others = any(name in provinces_of(unit) for unit in laid.units)
                yield ("merged" if others else "province"), name


def _other_names(laid: Aligned, held: str) -> Iterator[Found]:
    spans = [(party.start, party.end) for party in laid.words.parties]
    for match in _NAME.finditer(laid.words.read.text):
        inside = any(start <= match.start() < end or match.start() < end <= match.end() for start, end in spans)
        of_number = laid.words.read.text[match.start() - 1 : match.start()] in ("/", "-")
        if not inside and not of_number and match.start() and f" {' '.join(_split(match.group()))} " not in held:
            yield "name", match.group()
