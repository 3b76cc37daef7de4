"""`Thế còn Hậu Giang thì sao?`: the question before it, with what is new in the place of what it replaces."""

import re

from bot.elements import ASKING, SAYING, VERBS, Element, elements, flat, is_of_a_province, of_kind, title_alone
from bot.references import content, opener_end
from index.vietnamese import words

_TAIL = re.compile(
    r"[,\s]*(?:\b(?:thi (?:sao|the nao|ra sao)|the nao|ra sao|sao))?(?: (?:nhi|a|ha|vay|nhe|roi))*[\s?!.…]*$"
)
_ASKED_AFTER = re.compile(r"\bthi (?:sao|the nao|ra sao)\b")
_LEAD = re.compile(r"^(?:(?:doi )?voi|ve|o|tai|trong|cho|phia|ben|nhu|den)\s+")
_KIND = re.compile(r"^(?:tinh|thanh pho|tp\.?)\s+(?=\S)")
_FIELD = re.compile(r"^(?:linh vuc|mang|nganh|van de|noi dung|viec)\s+")
_COMPARED = re.compile(r"^so (?:voi|sanh)\b")
_SIDE = re.compile(r"^(?:lanh dao )?(?:tinh|bo|doanh nghiep|nguoi dan|dia phuong)$")
_SAYS = {
    "bo": "Bộ khuyến nghị gì với {province}",
    "tinh": "Tỉnh {province} kiến nghị gì với Bộ",
    "doanh nghiep": "Doanh nghiệp đề xuất gì với {province}",
}
_SAYS_WHAT = re.compile(rf"\b(?:{VERBS})\b.*\bgi\b")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_ABOUT = re.compile(
    rf"\b(?:ve|linh vuc|mang|nganh) (?P<what>(?!(?:{ASKING}))[^,;?]+?)(?= (?:{VERBS}|cho|voi|tai|o|cua"
    rf"|trong|thi|la|{ASKING})\b|[,;?]|$)"
)
_RECEIVES = re.compile(r"(?:\b(?:voi|cho|gui|den|toi|cua|phuc vu|de nghi|kien nghi|de xuat|va|cung)\s+(?:tinh )?)$")
_AT_THE_END = re.compile(r"[\s?!.]*$")
_DAY_OF_A_VISIT = re.compile(r"(?:,? ?\bngay |,? ?)$")
_MOST_WORDS, _OFFICIAL = 9, re.compile(r"\blam viec\b")
_LINKING = frozenset(["ve", "o", "tai", "cua", "tinh", "thanh", "pho", "voi", "nam", "thi", "trong", "va"])
_CITIES = frozenset(["Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế"])


def asked_instead(text: str) -> str:
    """What a follow-up puts in another's place, without the words around it; empty when it does no such thing."""
    begin = opener_end(text)
    rest = text[begin:]
    tail = _TAIL.search(flat(rest))
    new = rest[: tail.start()].strip() if tail else rest.strip()
    lead = _LEAD.match(flat(new))
    new = new[lead.end() :] if lead else new
    found = elements(new)
    if (kind := _KIND.match(flat(new))) and any(one.start == kind.end() for one in of_kind(found, "province")):
        new, found = new[kind.end() :], elements(new[kind.end() :])
    is_name = any(one.kind != "topic" for one in found) and not set(words(flat(_beside(found, new)))) - _LINKING
    if not new or _COMPARED.match(flat(new)) or not (begin or is_name or _ASKED_AFTER.search(flat(rest))):
        return ""
    return new if is_name or _YEAR.match(new) or _is_nominal(new) else ""


def swapped(new: str, base: str) -> str:
    """The question before, with the new element in its place; empty where no place is found for it."""
    field = _FIELD.match(flat(new))
    new = f"năm {new}" if _YEAR.match(new) else new[field.end() :] if field else new
    if _SIDE.match(flat(new)):
        return _said_by_other_side(flat(new).removeprefix("lanh dao "), base)
    for one in _parts(new):
        base = _put(one, base)
        if not base:
            return ""
    return base[:1].upper() + base[1:]


def _said_by_other_side(side: str, base: str) -> str:
    """`Còn Bộ thì sao?` after what somebody else said to a province: what the ministry says to it, about the same."""
    places = of_kind(elements(base), "province")
    if side not in _SAYS or not _SAYS_WHAT.search(flat(base)) or len({place.name for place in places}) != 1:
        return ""
    about = _ABOUT.search(flat(base))
    what = f" về {base[about.start('what') : about.end('what')]}" if about else ""
    return _SAYS[side].format(province=places[0].name) + what + "?"


def _parts(new: str) -> list[Element]:
    """What is new, the widest of overlapping elements; a text that names nothing is a topic."""
    found = elements(new)
    if not found or found[0].start > 0:
        times = [one for one in found if one.kind == "time"]
        end = times[0].start if times else len(new)
        return [Element("topic", 0, end, new[:end].strip()), *times]
    if found[0].kind == "topic":
        return [found[0]] if found[0].end == len(new) else [Element("topic", 0, len(new), new)]
    widest = [one for one in found if not any(_holds(other, one) for other in found)]
    alike = [one for one in widest if one.kind == widest[0].kind]
    if len(alike) == len(widest) > 1:  # Đồng Nai và Bình Dương
        return [widest[0]._replace(end=widest[-1].end, name=new[widest[0].start : widest[-1].end])]
    return widest


def _holds(one: Element, other: Element) -> bool:
    return one != other and one.start <= other.start and other.end <= one.end


def _beside(found: list[Element], text: str) -> str:
    """The text without its elements."""
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text


def _is_nominal(new: str) -> bool:
    names = [one for one in elements(new) if one.kind in ("person", "organ", "topic")]
    low = flat(_beside(names, new))
    verb = SAYING.search(low)
    is_noun = verb is None or (verb.start() == 0 and " cua " in low)
    is_said = bool(content(new)) or bool(names)
    return is_said and is_noun and not re.search(ASKING, low) and len(words(new)) <= _MOST_WORDS


def _put(new: Element, base: str) -> str:
    found = elements(base)
    if new.kind == "province":
        return _put_province(new, base, found)
    if new.kind in ("person", "organ"):
        return _put_actor(new, base, found)
    if new.kind == "time":
        times = of_kind(found, "time")
        time = new.name[:1].lower() + new.name[1:]
        return _instead(base, times[0], time) if times else _added(base, time)
    return _put_topic(new.name, base, found)


def _put_province(new: Element, base: str, found: list[Element]) -> str:
    places = of_kind(found, "province")
    if not places:
        return _added(base, f"với {new.name}")
    if len({place.name for place in places}) > 1:
        return ""
    for place in reversed(places):
        base = _instead(base, place, new.name)
    for person in reversed(of_kind(elements(base), "person")):
        if is_of_a_province(person.name) and (title := title_alone(person.name)):
            base = _instead(base, person, title)
    if new.name in _CITIES:
        base = base.replace(f"tỉnh {new.name}", new.name)
    return _without_day(base) if _OFFICIAL.search(flat(base)) else base


def _without_day(base: str) -> str:
    """A visit's day is another province's day."""
    for time in of_kind(elements(base), "time"):
        if "/" in time.name or flat(time.name).startswith("ngay"):
            before = _DAY_OF_A_VISIT.search(flat(base[: time.start]))
            start = before.start() if before else time.start
            return base[:start] + base[time.end :]
    return base


def _put_actor(new: Element, base: str, found: list[Element]) -> str:
    actors = [one for one in found if one.kind in ("person", "organ")]
    acting = [one for one in actors if not _RECEIVES.search(flat(base[: one.start]))]
    alike = [one for one in acting if one.kind == new.kind]
    if not acting:
        return ""
    place = (alike or acting)[0]
    made = _instead(base, place, new.name)
    lost = [one.name for one in found if one.kind == "province" and _holds(place, one)]
    return f"{made} ({', '.join(lost)})" if lost and not of_kind(elements(made), "province") else made


def _put_topic(new: str, base: str, found: list[Element]) -> str:
    if SAYING.match(flat(new)):  # what was said, not about what
        return ""
    topics = of_kind(found, "topic")
    if topics:
        return _instead(base, topics[-1], new)
    if about := _ABOUT.search(flat(base)):
        return base[: about.start("what")] + new + base[about.end("what") :]
    return _added(base, f"về {new}")


def _instead(base: str, place: Element, new: str) -> str:
    return base[: place.start] + new + base[place.end :]


def _added(base: str, more: str) -> str:
    end = _AT_THE_END.search(base)
    at = end.start() if end else len(base)
    return f"{base[:at]} {more}{base[at:]}"
