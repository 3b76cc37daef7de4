"""The people and organs of a document: who is meant by a name, a title, a pronoun."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from index.mentions import Mention, canonical, side_of
from index.provinces import named_in
from index.records import Finding, Side
from index.vietnamese import fold

# What an organ says of itself while one of its people speaks.
_BARE_UNIT = re.compile(
    r"(?:Bộ(?: TT&TT| Thông tin và Truyền thông)?|[Cc]ục|[Vv]ụ|[Ss]ở(?: TT&TT)?|[Tt]ỉnh|[Tt]hành phố|[Đđ]ơn vị"
    r"|[Hh]uyện|Viện|[Vv]ăn phòng|[Đđ]ịa phương|[Tt]ập đoàn|[Cc]ông ty|[Dd]oanh nghiệp|[Hh]iệp hội"
    r"|[Tt]ổng công ty|[Nn]gân hàng|[Tt]rung tâm)"
)
_OFFICE_CORE = re.compile(
    r"(?i:(?:phó |tổng )*(?:bộ trưởng|thứ trưởng|thủ tướng|bí thư|chủ tịch|giám đốc|cục trưởng|vụ trưởng"
    r"|viện trưởng|trưởng (?:ban|đoàn|phòng)"
    r"|chánh văn phòng))"
)
_CHIEFS = re.compile(r"(?i:người đứng đầu (?:ngành|bộ)|tư lệnh ngành|trưởng ngành)")
_CALLED = {"ông": "ông", "anh": "ông", "bà": "bà", "chị": "bà"}
_REPRESENTS = re.compile(r"(?:(?:các|một số|đại diện|lãnh đạo|phía|về phía)\s)+", re.IGNORECASE)
_ALL_OF_THEM = re.compile(r"[Cc]ác (?:Sở|địa phương|tỉnh)")
_SEVERAL = re.compile(r"^doanh nghiệp (?=[A-ZĐ][^,]+(?:,| và ))")

_OWN_NAME = re.compile(
    r"(?<!\w)(?:VNPT|Viettel|Mobi[Ff]one|FPT|CMC|BKAV|Bkav|VTC|MISA|VNG|[a-z]{2,}[A-Z]\w+|Bưu điện|(?:Công ty"
    r"|Tập đoàn|Ngân hàng|Hiệp hội"
    r"|Hợp tác xã)(?:\s(?:và\s)?[^\W\d_]+){1,3}|Sở (?:TT&TT|\w+ \w+))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: a person's or an organ's name, empty where only the side is known; `title` at that date."""

    side: Side = "narrator"
    name: str = ""
    title: str = ""
    is_person: bool = False


NARRATOR = Voice()


@dataclass
class Cast:
    """The people and organs of one document, as far as it was read."""

    voice: Voice = NARRATOR
    people: dict[str, Voice] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    asker: str = ""
    home: str = ""  # the one province of the document
    opens: bool = True  # whether a paragraph begins
    guest: Voice | None = None  # whose words one of another side, who goes on, has just told
    called: dict[str, str] = field(default_factory=dict)  # ông or bà, by name
    voices: dict[str, Voice] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Cast":
        """With the people whom the document names with a title, wherever."""
        cast = cls()
        for finding in findings:
            if finding.field == "person":
                cast.meet(finding.value, finding.detail)
        cast.recent.clear()
        return cast

    def _may_be(self, name: str, called: str) -> bool:
        """Whether a person may be called `ông` or `bà`."""
        known = self.called.get(name) or ("bà" if " Thị " in name else "ông" if " Văn " in name else "")
        return called not in _CALLED or not known or known == _CALLED[called]

    def meet(self, name: str, title: str) -> Voice:
        """A person named; a longer title replaces a shorter one."""
        known = self.people.get(name, Voice(name=name, is_person=True))
        side = side_of(title) if title else None
        if len(title) > len(known.title) and (not known.title or side in {None, known.side}):
            known = replace(known, title=title)
        if side:
            known = replace(known, side=side)
        elif known.side == "narrator":
            known = replace(known, side="province" if self.voice.side == "narrator" else self.voice.side)
        self.people[name] = known
        if name in self.recent:
            self.recent.remove(name)
        self.recent.append(name)
        return known

    def who(self, mention: Mention) -> Voice | None:
        """The one who is meant."""
        if mention.name:
            name = mention.name if mention.title else self._full(mention.name)
            if called := _CALLED.get(mention.called):
                self.called[name] = called
            return self.meet(name, mention.title)
        if mention.given:
            return self._last(lambda voice: voice.name.endswith(f" {mention.given}"))
        if mention.office:
            return self._holder(mention.office)
        if mention.whole:
            return Voice(side_of(mention.whole) or "ministry")
        if mention.is_bare:
            if self.guest and mention.called and self._may_be(self.guest.name, mention.called):
                return self.guest
            if self.voice.is_person and self._may_be(self.voice.name, mention.called):
                return self.voice
            return self._last(lambda voice: self._may_be(voice.name, mention.called))
        return self._organ(mention.unit)

    def _full(self, name: str) -> str:
        """`Đặng Thị Quế Anh` of `Quế Anh`, who was met before."""
        return next((one for one in reversed(self.recent) if one.endswith(f" {name}")), name)

    def _holder(self, office: str) -> Voice:
        core = "Bộ trưởng" if _CHIEFS.match(office) else office
        wanted = _core(core)
        if not wanted:
            side = side_of(office)
            return self._last(lambda voice: voice.side == side) or Voice(side or self.voice.side, "", office)
        side = side_of(core) if core.lower() != wanted else None  # Chủ tịch BKAV is not Chủ tịch UBND tỉnh
        found = self._last(
            lambda voice: (
                wanted in _cores(voice.title) and not is_another(core, voice.title) and side in {None, voice.side}
            )
        )
        return found or self._office_of(office)

    def _office_of(self, office: str) -> Voice:
        """The organ whose chief is meant, where nobody by name is."""
        organ = canonical(_OFFICE_CORE.sub("", office).strip())
        side = side_of(office) or self.voice.side
        return Voice(side, self.of_home(organ)) if _OWN_NAME.match(organ) else Voice(side, "", office)

    def _organ(self, unit: str) -> Voice | None:
        if _ALL_OF_THEM.match(unit):
            return Voice("province", f"các {unit[4:]}")
        represents, opens = _REPRESENTS.match(unit), self.opens
        unit = canonical(_REPRESENTS.sub("", unit))
        if _BARE_UNIT.fullmatch(unit):
            head = fold(unit.split()[0])
            side = side_of(unit)
            is_other = head == "so" and not re.search(r"(?<!\w)[Ss]ở(?!\w)", f"{self.voice.name} {self.voice.title}")
            if self.voice.name and (side == self.voice.side or side is None) and not is_other:
                return self.voice
            if unit == "Bộ" and self.last_of("ministry").is_person:
                return self.last_of("ministry")
            if unit == "Bộ":
                return Voice("ministry", "Bộ TT&TT")
            full = next((known for known in reversed(self.units) if fold(known).startswith(f"{head} ")), None)
            full = full or self.of_home(unit)
            return Voice(side or "ministry", full)
        side = side_of(unit)
        if side is None:
            return None
        is_own = fold(unit) in fold(self.voice.title) or (
            side != "ministry" and side == self.voice.side and not (opens or is_another(unit, self.voice.title))
        )
        if self.voice.is_person and is_own and not represents:
            return self.voice
        place = re.sub(r"^(?:tỉnh|thành phố)\s", "", unit)
        if place != unit and place in self.voice.name and side == self.voice.side:
            return self.voice
        self.units.append(unit)
        return Voice(side, self.of_home(_SEVERAL.sub("", unit)))

    def of_home(self, unit: str) -> str:
        """`tỉnh Cà Mau` of `tỉnh` in a document of one province."""
        if not self.home or unit.lower() not in {"tỉnh", "thành phố", "sở", "ubnd tỉnh", "địa phương", "cử tri"}:
            return unit
        if unit.lower() == "sở":
            return f"Sở TT&TT {self.home}"
        if unit.lower() == "cử tri":
            return f"cử tri tỉnh {self.home}"
        return f"tỉnh {self.home}" if unit.lower() == "địa phương" else f"{unit} {self.home}"

    def last_person(self, title: re.Pattern[str]) -> Voice | None:
        """The person named last whose title is such."""
        return self._last(lambda voice: title.search(voice.title) is not None)

    def last_of(self, side: Side) -> Voice:
        """The last voice on that side."""
        return self.voices.get(side, Voice(side))

    def speak(self, voice: Voice) -> None:
        """From here on that voice is heard."""
        self.voice = voice
        self.voices[voice.side] = voice

    def _last(self, fits: Callable[[Voice], bool]) -> Voice | None:
        for name in reversed(self.recent):
            if fits(self.people[name]):
                return self.people[name]
        return next((voice for voice in self.people.values() if fits(voice)), None)


def is_another(unit: str, title: str) -> bool:
    """Whether an organ is another than the one that a title tells of, both by their own names."""
    own, known = _OWN_NAME.findall(canonical(unit)), _OWN_NAME.findall(canonical(title))
    here, there = named_in(unit), named_in(title)
    if own and here and there and not set(here) & set(there):
        return True
    return bool(own and known) and not any(fold(name) in fold(canonical(title)) for name in own)


def _core(title: str) -> str:
    """`phó chủ tịch` of `Phó Chủ tịch UBND tỉnh`: by which a title without its name is known."""
    return next(iter(_cores(title)), "")


def _cores(title: str) -> list[str]:
    return [match.group().lower() for match in _OFFICE_CORE.finditer(title)]
