"""What a question asks for, by its words: whose words, of which kind, about what, and in what form."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.aliases import Aliases
from index.provinces import SHORT_NAMES, all_names
from index.records import Kind, Side
from index.vietnamese import normal_form, words

Form = Literal["list", "count", "provinces", "compare", "who", "when", "figure", "what"]
Act = Literal["ask", "promise", "tell"]

_WORDS = tomllib.loads(Path(__file__).with_name("question_words.toml").read_text(encoding="utf-8"))


def _any_of(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def _named(groups: Mapping[str, Iterable[str]]) -> str:
    return "|".join(f"(?P<{name}>{_any_of(patterns)})" for name, patterns in groups.items())


_VERB = re.compile(rf"(?<!\w)(?:{_named(_WORDS['acts'])})(?!\w)")
_KINDS: Mapping[tuple[Side, Act], tuple[Kind, ...]] = {
    ("ministry", "ask"): ("recommendation",),
    ("ministry", "promise"): ("commitment",),
    ("province", "ask"): ("request",),
    ("province", "promise"): ("commitment",),
    ("enterprise", "ask"): ("enterprise_proposal",),
    ("enterprise", "promise"): ("enterprise_proposal", "commitment"),
}
_PROVINCES = [re.escape(name.lower()) for name in sorted([*all_names(), *SHORT_NAMES], key=len, reverse=True)]
_PARTIES = _WORDS["parties"] | {"province": [*_PROVINCES, *_WORDS["parties"]["province"]]}
_PARTY = re.compile(rf"(?<![\w⟦])(?:{_named(_PARTIES)})(?![\w⟧])")
_SIDE_OF: Mapping[str, Side] = {
    "other": "ministry",
    "own": "ministry",
    "ministry": "ministry",
    "organ": "province",
    "province": "province",
    "enterprise": "enterprise",
}
_UNIT = re.compile(r"(?:Cục|Vụ|Viện|Học viện|Trung tâm|Tập đoàn|Tổng công ty|Công ty|Hiệp hội|Quỹ|Đài|Báo) \S")
_NO_PERSON = frozenset(["tỉnh", "ubnd", "bộ", "sở", "các", "ban"])
_COMPANIES = frozenset(["vnpt", "viettel", "mobifone", "fpt", "cmc", "bkav", "vnpost"])
_NOUNS: Mapping[str, tuple[Side, tuple[Kind, ...]]] = {
    "khuyến nghị": ("ministry", ("recommendation",)),
    "kiến nghị": ("province", ("request",)),
}
# The kind by its own name: whose it is the question tells, or nobody.
_INTERNAL = re.compile(r"(?<!\w)(?:chỉ đạo|giao việc) nội bộ(?!\w)")
_NOUN = re.compile("|".join(_NOUNS))
_OFFICE = re.compile(r"(?:phó |nguyên )?(?:bộ trưởng|thứ trưởng|bí thư|chủ tịch)")
_WHO_BEFORE = re.compile(r"(?<!\w)(?:ai|(?:người|bên|vị|đồng chí|đơn vị|cơ quan) nào)(?: \S+){0,2} $")
_MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")
_NO_MARKS = str.maketrans("⟦⟧", "  ")  # a reader's own are none of ours
# Who stands first in a question without a verb of saying; a province there is what it is about.
_FIRST = re.compile(r"⟦(?!province:|organ:)[^⟧]*⟧(?! (?:đã |sẽ )?(?:cần|nên|phải|được)(?!\w))")
# Between the parts of one name: "Phó Chủ tịch UBND tỉnh Hậu Giang", "Cục THH (Bộ TT&TT)".
_LINK = re.compile(
    r"[\s(\-–]*(?:(?:thuộc|của|bên|và|tt&tt|thông tin và truyền thông|thth|phía|ông|bà|đồng chí|bộ|phó|các|nước"
    r")\s*)*[\s(]*"
)
_OBJECT_OF = re.compile(r"(?:với|cho|lên|tới|đến|gửi|gửi lên|tại|ở|cùng|giữa|giúp|về|sang|đối với|từ)\s+(?:chính )?$")
_PASSIVE = re.compile(r"(?<!\w)được\s+(?:\S+\s+){0,2}$")
_OF_WHOM = re.compile(r"[^⟦.?!]{0,30}(?:của|từ|phía|do)\s+(?:chính |phía |lãnh đạo )?⟦")
_ACCORDING = re.compile(r"(?<!\w)theo (?:ý kiến |lời |quan điểm )?(?:của )?(?:ông |bà |đồng chí )?⟦")

_FORMS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(rf"(?<!\w)(?:{_any_of(patterns)})(?!\w)")) for form, patterns in _WORDS["forms"].items()
)
_PHRASES = re.compile(rf"(?<!\w)(?:{_any_of(_WORDS['empty']['phrases'])})(?!\w)")
_EMPTY = frozenset(_WORDS["empty"]["words"].split())
# What a province is to do is what it was told to do.
_DUTY = re.compile(
    r"⟦(?:province|organ):[^⟧]*⟧ (?:sẽ |còn |đang )?(?:cần|phải|nên) (?:phải )?"
    r"(?:làm|tập trung|chú ý|thực hiện|triển khai|ưu tiên) ?(?:vào )?(?:những |các )?(?:việc |điều )?gì(?!\w)"
)
_AND = re.compile(r"(?<!\w)(?:và|hoặc|hay là)(?!\w)")
_DATES = re.compile(r"(?<!\w)(?:\d{1,2}/)?\d{1,2}/\d{4}(?!\w)|(?<![\d.,])(?:19|20)\d\d(?![.,]?\d)")


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for; what it does not tell is empty.

    `side` is whose words are asked for, `kinds` the kinds of statements, `speakers` names of people and units,
    `offices` titles without a name ("bộ trưởng"); `topic` is what is left of it: what it is about.
    """

    form: Form
    side: Side | None = None
    kinds: tuple[Kind, ...] = ()
    speakers: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    topic: str = ""


def intent_of(question: str, speakers: Mapping[str, Side]) -> Intent:
    """The intent of a question with its diacritics; `speakers` are the people and units known, each with its side."""
    text = _written_out(question.translate(_NO_MARKS)).lower()
    marked = _marked(text, speakers)
    is_internal, marked = bool(_INTERNAL.search(marked)), _INTERNAL.sub(" chỉ đạo ", marked)
    acts = list(_acts(marked))
    side, chain = next(((side, chain) for side, _, chain in acts if side), (None, ""))
    done = [act for of, act, by in acts if act and of == side and by == chain] if side else []
    kinds = tuple(dict.fromkeys(kind for act in done for kind in _KINDS.get((side, act), ()))) if side else ()
    if "ask" in done and _goes_to_subordinates(side, marked, chain):
        kinds = ("directive_internal",)
    elif not side and (leading := _FIRST.match(marked)):
        side, chain = _side(leading.group()), leading.group()
    if not kinds and side == "ministry" and _DUTY.search(marked):
        kinds = ("recommendation",)
    if not kinds and (noun := _NOUN.search(marked)) and side in (None, _NOUNS[noun.group()][0]):
        side, kinds = _NOUNS[noun.group()]
    if is_internal:
        kinds = ("directive_internal",)
    named = [name for label, name in _MARK.findall(chain) if label.startswith("named") or name in _COMPANIES]
    if people := [name for name in named if _is_person(name)]:
        named = people  # a unit beside him only tells where he works
    offices = tuple(dict.fromkeys(_OFFICE.findall(chain))) if not named else ()
    if "⟦other:" in chain or re.match(r"[^⟦]{0,20}⟦other:", marked.partition(chain)[2] if chain else ""):
        kinds = ()  # the register does not tell them from the ministry
    return Intent(_form(text, kinds), side, kinds, tuple(named), offices, _topic(marked, chain))


def _written_out(question: str) -> str:
    """With abbreviations spelled out, but for those that name a body."""
    text = normal_form(question)
    for short, full in Aliases().expansions(text)[0].items():
        if not re.search(r"(?i)truyền thông|ủy ban|hội đồng", full):
            text = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, text)
    return text


def _marked(text: str, speakers: Mapping[str, Side]) -> str:
    """The text with everyone who may speak marked: ⟦label:words⟧."""
    for name in sorted(filter(_is_name, speakers), key=len, reverse=True):
        said = name.lower()
        if said in text:
            mark = f"⟦named_{speakers[name]}:{name}⟧"
            text = re.sub(rf"(?<![\w⟦:]){re.escape(said)}(?![\w⟧])", lambda _, mark=mark: mark, text)  # type: ignore[misc]  # the default binds the mark of this turn
    full = [name for name in speakers if len(words(name)) in (2, 3, 4) and _is_person(name)]
    counts = Counter(words(name)[-1].lower() for name in full)
    given = {last: name for name in full if counts[last := words(name)[-1].lower()] == 1}
    parts = []
    for part in re.split(r"(⟦[^⟧]*⟧)", text):
        if not part.startswith("⟦"):
            part = re.sub(
                r"(?<!\w)((?:ông|bà|đồng chí) )(\w+)(?!\w)",
                lambda match: _by_given_name(match, given, speakers),
                part,
            )
            part = _PARTY.sub(_mark_of, part)
        parts.append(part)
    return "".join(parts)


def _is_name(speaker: str) -> bool:
    """Whether it tells one speaker from the others, as "Bộ" and "tỉnh" do not."""
    return len(words(speaker)) > 1 and (_is_person(speaker) or bool(_UNIT.match(speaker)))


def _is_person(speaker: str) -> bool:
    said = words(speaker)
    return all(word[0].isupper() for word in said) and said[0].lower() not in _NO_PERSON and not _UNIT.match(speaker)


def _mark_of(match: re.Match[str]) -> str:
    return match.group() if match.lastgroup == "nobody" else f"⟦{match.lastgroup}:{match.group()}⟧"


def _by_given_name(match: re.Match[str], given: Mapping[str, str], speakers: Mapping[str, Side]) -> str:
    name = given.get(match[2])
    return f"{match[1]}⟦named_{speakers[name]}:{name}⟧" if name else match.group()


def _acts(marked: str) -> Iterator[tuple[Side | None, Act | None, str]]:
    """Who does what, as often as the question tells: by verb, by "… của ai", by "theo ai"."""
    if according := _ACCORDING.search(marked):
        chain = _chain_at(marked, according.end() - 1)
        yield _side(chain), "tell", chain
    for verb in _VERB.finditer(re.sub(r"⟦[^⟧]*⟧", lambda match: "⟦" + "_" * (len(match.group()) - 2) + "⟧", marked)):
        if verb.lastgroup == "nothing":
            continue
        act: Act = verb.lastgroup  # type: ignore[assignment]  # the pattern names its groups after the acts
        before = marked[: verb.start()]
        behind = _OF_WHOM.match(marked, verb.end())
        has_subject = bool(before.rstrip().endswith("⟧") and _subject(before)[0])
        if behind and not has_subject and not _VERB.search(marked, verb.end(), behind.end()):
            chain = _chain_at(marked, behind.end() - 1)
            yield _side(chain), act, chain
            continue
        if _WHO_BEFORE.search(before):
            return
        chain, gap = _subject(before)
        if _PASSIVE.search(gap) and act == "ask":
            yield ("ministry" if _side(chain) in ("province", None) else None), act, ""
        elif chain:
            yield _side(chain), act, chain
        elif _PASSIVE.search(before):
            yield None, act, ""


def _subject(before: str) -> tuple[str, str]:
    """The chain of names that a verb behind `before` has for its subject, and what stands between them."""
    end = len(before)
    while (last := before.rfind("⟦", 0, end)) >= 0:
        start = last
        while (link := before.rfind("⟦", 0, start)) >= 0:
            if not _belongs(before, link, start):
                break
            start = link
        if not _OBJECT_OF.search(before[:start]):
            close = before.rindex("⟧", 0, end) + 1
            return before[start:close], before[close:]
        end = start
    return "", ""


def _belongs(text: str, one: int, other: int) -> bool:
    """Whether the names at two places are parts of one: "… của …", or a person and, behind a comma, the title."""
    first, then = _MARK.match(text, one), _MARK.match(text, other)
    if not first or not then:
        return False
    between = text[first.end() : other]
    is_title = between.strip() == "," and first[1] == f"named_{_SIDE_OF.get(then[1])}"
    return is_title or bool(_LINK.fullmatch(between))


def _chain_at(marked: str, start: int) -> str:
    end = marked.index("⟧", start) + 1
    while (following := marked.find("⟦", end)) >= 0 and _LINK.fullmatch(marked[end:following]):
        end = marked.index("⟧", following) + 1
    return marked[start:end]


def _side(chain: str) -> Side | None:
    """The side of a chain: of the person named in it, else of its first part."""
    labels = [label for label, _ in _MARK.findall(chain)]
    named = next((label.removeprefix("named_") for label in labels if label.startswith("named_")), "")
    return named or (_SIDE_OF[labels[0]] if labels else None)  # type: ignore[return-value]  # labels hold sides


def _goes_to_subordinates(side: Side | None, marked: str, chain: str) -> bool:
    """Whether the one who asks does so of his own: a ministry of its department, a province of its bureau."""
    behind = marked.partition(chain)[2] if chain else ""
    own = {"ministry": "own", "province": "organ"}.get(side or "", "-")
    return bool(re.match(rf"[^⟦]{{0,30}}⟦(?:{own}|named_{side}):", behind)) and own != "-"


def _form(text: str, kinds: Sequence[Kind]) -> Form:
    for form, pattern in _FORMS:
        if pattern.search(text) and (kinds or form not in ("count", "provinces")):
            return form
    return "what"


def _topic(marked: str, chain: str) -> str:
    """What is left; a company or a unit may be what is asked about where it is not the one who speaks."""
    left = _MARK.sub(lambda mark: f" {mark[2].lower()} " if _is_about(mark, chain) else " , ", marked)
    left = _VERB.sub(lambda verb: verb.group() if verb.lastgroup == "nothing" else " , ", _DATES.sub(" , ", left))
    left = _PHRASES.sub(" , ", _AND.sub(" , ", left.replace("tt&tt", " , ")))
    kept = (" ".join(word for word in words(part) if word not in _EMPTY) for part in re.split(r"[,;:.?!()\"]", left))
    return ", ".join(part for part in kept if part and not part.isdigit())


def _is_about(mark: re.Match[str], chain: str) -> bool:
    return mark[1].startswith(("named_", "enterprise")) and mark.group() not in chain
