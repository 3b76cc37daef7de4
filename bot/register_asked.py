"""What is asked of the register, as people type it: provinces, kinds, sides, fields and days."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeVar

from bot.errors import RegisterError
from index.aliases import Aliases
from index.fields import all_fields
from index.provinces import all_names, named_in, older_parts
from index.recipients import NATIONWIDE
from index.records import KINDS, SIDES, Kind, PartialDate, Side
from index.register import Register, Wanted, last_day, plain_kind, plain_side
from index.vietnamese import fold, normal_form, strip_marks, tidy, words

_MERGER = "2025-07-01"
_DAY = re.compile(r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])(?P<year>\d{4})")
_EVERYWHERE = ("*", "mọi địa phương", "cả nước", "các địa phương", "các tỉnh")
_NEAREST, _LEAST_ALIKE = 3, 0.6
_Choice = TypeVar("_Choice")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and what was made of the provinces typed.

    `provinces` are those named; `parts` are provinces that became part of one of them, each with that one.
    """

    wanted: Wanted
    provinces: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)

    def noun(self) -> str:
        """What the statements are called together."""
        return plain_kind(self.wanted.kinds[0]) if len(self.wanted.kinds) == 1 else "ý kiến"

    def text(self) -> str:
        """The filter as understood, in Vietnamese."""
        wanted = self.wanted
        parts = "; ".join(f"gồm cả {part}, nay thuộc {name}" for part, name in self.parts.items())
        pieces = (
            ("loại", ", ".join(map(plain_kind, wanted.kinds)) or "tất cả"),
            ("địa phương", ", ".join(self.provinces) + (f" ({parts})" if parts else "")),
            ("lĩnh vực", ", ".join(wanted.fields)),
            ("bên nói", ", ".join(map(plain_side, wanted.sides))),
            ("người nói", wanted.speaker),
            ("tài liệu", wanted.document),
            ("từ", _vietnamese(wanted.since)),
            ("đến hết", _vietnamese(wanted.until)),
            ("độ tin cậy", "chỉ những nội dung chắc chắn" if wanted.sure_only else ""),
        )
        return "; ".join(f"{name}: {value}" for name, value in pieces if value)


@dataclass(frozen=True, slots=True)
class Typed:
    """The filter as typed."""

    provinces: Sequence[str] = ()
    kinds: Sequence[str] = ()
    fields: Sequence[str] = ()
    sides: Sequence[str] = ()
    speaker: str = ""
    document: str = ""
    since: str = ""
    until: str = ""
    sure_only: bool = False
    every_kind: bool = False


def understand(typed: Typed, register: Register) -> Asked:
    """The filter over this register. Raises RegisterError for what cannot be understood, with what is near it."""
    since, until = date_of(typed.since), date_of(typed.until)
    if since and until and since > last_day(until):
        raise RegisterError(
            f"Khoảng thời gian từ {_vietnamese(since)} đến {_vietnamese(until)} không hợp lệ.",
            "Ngày bắt đầu phải trước ngày kết thúc.",
        )
    held = register.provinces
    named = tuple(dict.fromkeys(name for one in _each(typed.provinces) for name in provinces_of(one, held)))
    spellings = {name for name in held if _canonical(name) in named}
    parts = {} if until and last_day(until) < _MERGER else _parts(named, held)
    kinds: Sequence[Kind] = [kind_of(one) for one in _each(typed.kinds)]
    wanted = Wanted(
        provinces=(*named, *sorted(spellings - {*named}), *parts),
        kinds=tuple(dict.fromkeys(kinds or (() if typed.every_kind else ("recommendation",)))),
        sides=tuple(dict.fromkeys(side_of(one) for one in _each(typed.sides))),
        fields=tuple(dict.fromkeys(field_of(one) for one in _each(typed.fields))),
        speaker=tidy(typed.speaker),
        since=since,
        until=until,
        document=typed.document,
        sure_only=typed.sure_only,
    )
    return Asked(wanted, named, parts)


def provinces_of(typed: str, held: Iterable[str] = ()) -> list[str]:
    """The provinces named, with or without marks, by today's or an older name. `held` are further ones to know."""
    known = {name: _canonical(name) for name in (*held, *all_names())}
    bare = re.sub(r"(?i)^(?:tỉnh|tinh|thành phố|thanh pho|tp\.?)\s+", "", tidy(typed))
    for name, canonical in known.items():
        if _reads_as(bare, name):
            return [canonical]
    if found := named_in(typed) or named_in(_written_out(typed)):
        return found
    near = _near(bare, known)
    guess = f"Có phải là: {', '.join(near)}? " if near else ""
    raise RegisterError(f"Không rõ địa phương «{typed}».", f"{guess}Hãy gõ tên tỉnh, thành phố, có dấu hoặc không dấu.")


def places_of(typed: str, held: Iterable[str] = ()) -> str:
    """The provinces that a correction names, as a statement holds them: several, `*` for all, or none."""
    if not typed.strip():
        return ""
    if any(_reads_as(typed, name) for name in _EVERYWHERE) or typed.strip() == NATIONWIDE:
        return NATIONWIDE
    known = list(held)
    return ", ".join(dict.fromkeys(name for one in _each([typed]) for name in provinces_of(one, known)))


def kind_of(typed: str) -> Kind:
    """A kind by its English or Vietnamese name."""
    return _one_of(typed, {name: kind for kind in KINDS for name in (plain_kind(kind), kind)}, "loại ý kiến")


def side_of(typed: str) -> Side:
    """A side by its English or Vietnamese name."""
    return _one_of(typed, {name: side for side in SIDES for name in (plain_side(side), side)}, "bên nói")


def field_of(typed: str) -> str:
    """A field by its name, abbreviated or written out."""
    written_out = _written_out(typed)
    known = (name for name in all_fields() if _reads_as(written_out, _written_out(name)))
    return next(known, None) or _one_of(typed, {name: name for name in all_fields()}, "lĩnh vực")


def date_of(typed: str) -> str:
    """A day, month or year as ISO, cut at its precision; empty for nothing typed."""
    if not typed.strip():
        return ""
    match = _DAY.fullmatch(typed.strip())
    iso = "-".join(filter(None, (match["year"], match["month"], match["day"]))) if match else typed
    if date := PartialDate.parse(iso):
        return str(date)
    raise RegisterError(
        f"Ngày «{typed}» không hợp lệ.",
        "Hãy ghi năm, tháng/năm hoặc ngày/tháng/năm: 2020, 2020-09, 2020-09-10, 10/9/2020.",
    )


def _each(typed: Sequence[str]) -> list[str]:
    """What an option holds, given several times or with commas."""
    found = [tidy(part) for value in typed for part in value.split(",") if part.strip()]
    if typed and not found:
        raise RegisterError("Có điều kiện lọc để trống.", "Hãy ghi giá trị, hoặc bỏ điều kiện đó.")
    return found


def _one_of(typed: str, choices: Mapping[str, _Choice], what: str) -> _Choice:
    for name, choice in choices.items():
        if _reads_as(typed, name):
            return choice
    near = _near(typed, choices)
    guess = f"Có phải là: {', '.join(near)}? " if near else ""
    raise RegisterError(f"Không có {what} «{typed}».", f"{guess}Hãy chọn một trong: {', '.join(choices)}.")


def _written_out(text: str) -> str:
    """The text with its abbreviations spelled out."""
    text = normal_form(text)
    for short, full in Aliases().expansions(text)[0].items():
        text = text.replace(short, full)
    return text


def _reads_as(typed: str, name: str) -> bool:
    """Whether a name was typed: words without marks stand for any marks, words with marks only for these."""
    said, meant = (words(normal_form(one).lower()) for one in (typed, name))
    return len(said) == len(meant) > 0 and all(
        one == other or (one == strip_marks(one) and one == fold(other)) for one, other in zip(said, meant, strict=True)
    )


def _near(typed: str, names: Iterable[str]) -> list[str]:
    by_form = {" ".join(words(fold(name))): name for name in names}
    found = get_close_matches(" ".join(words(fold(typed))), by_form, _NEAREST, _LEAST_ALIKE)
    return [by_form[form] for form in found]


def _canonical(name: str) -> str:
    """The table's name of a province that a document spells in its own way."""
    named = named_in(name)
    return named[0] if len(named) == 1 else name


def _parts(named: Sequence[str], held: Sequence[str]) -> dict[str, str]:
    """Provinces with statements that became part of a named one, each with that one."""
    parts = {part: name for name in named for part in older_parts(name)}
    return {part: name for part, name in parts.items() if part in held and part not in named}


def _vietnamese(iso: str) -> str:
    date = PartialDate.parse(iso)
    return date.vietnamese() if date else ""
