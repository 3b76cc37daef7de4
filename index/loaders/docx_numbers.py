"""The numbers and bullets that Word puts before paragraphs by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from index.lines import BULLET
from index.loaders.docx_xml import value

_MOST = 9999  # beyond this Roman figures and letters grow without end
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v"}
_ROMAN |= {4: "iv", 1: "i"}


@dataclass(frozen=True, slots=True)
class _Level:
    """How the paragraphs of a level are numbered, and below which level (counted from 1) they begin again."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list's levels; lists of one `kind` are counted on together, but for those that start anew."""

    kind: str
    levels: dict[int, _Level]
    anew: frozenset[int]


class Numbering:
    """Counts the numbered paragraphs of a document, which are asked for in its order."""

    def __init__(self, document: Document) -> None:
        self._lists = dict(_read_lists(document))
        self._counts: dict[tuple[str, int], int] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, number: str, level: int | None, style: str) -> str:
        """What stands before the next paragraph of a list (`w:numId`), empty where nothing does."""
        found = self._lists.get(number)
        if found is None:
            return ""
        if level is None:
            level = next((at for at, one in found.levels.items() if style and one.style == style), 0)
        if level not in found.levels:
            return ""
        self._count(number, found, level)
        shown = found.levels[level]
        if shown.form == "bullet":
            return shown.text if BULLET.match(f"{shown.text} ") else "•"
        text = shown.text
        for at in range(min(found.levels), level + 1):
            if f"%{at + 1}" in text:
                one = found.levels.get(at, _Level())
                text = text.replace(f"%{at + 1}", _figure(self._counts.get((found.kind, at), one.start), one.form))
        return text.strip()

    def _count(self, number: str, found: _List, level: int) -> None:
        key = (found.kind, level)
        is_new = level in found.anew and (number, level) not in self._begun
        self._begun.add((number, level))
        start = found.levels[level].start
        self._counts[key] = start if is_new or key not in self._counts else self._counts[key] + 1
        for deeper, one in found.levels.items():
            if deeper > level and (one.restart is None or level < one.restart):
                self._counts.pop((found.kind, deeper), None)


def _read_lists(document: Document) -> Iterator[tuple[str, _List]]:
    relations = document.part.rels.values()
    parts = [one.target_part for one in relations if one.reltype == RELATIONSHIP_TYPE.NUMBERING and not one.is_external]
    for part in parts:
        root = parse_xml(part.blob)
        kinds = {one.get(qn("w:abstractNumId"), ""): one for one in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            kind = value(number, "w:abstractNumId")
            levels = dict(_levels(kinds[kind])) if kind in kinds else {}
            anew = set()
            for override in number.iter(qn("w:lvlOverride")):
                at = _whole(override.get(qn("w:ilvl"))) or 0
                levels |= dict(_levels(override))
                start = _whole(value(override, "w:startOverride"))
                if start is not None and at in levels:
                    anew.add(at)
                    levels[at] = replace(levels[at], start=start)
            yield number.get(qn("w:numId"), ""), _List(kind, levels, frozenset(anew))


def _levels(parent: BaseOxmlElement) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren(qn("w:lvl")):
        yield (
            _whole(level.get(qn("w:ilvl"))) or 0,
            _Level(
                form=value(level, "w:numFmt") or "decimal",
                text=value(level, "w:lvlText"),
                start=_whole(value(level, "w:start")) or 0,
                restart=_whole(value(level, "w:lvlRestart")),
                style=value(level, "w:pStyle"),
            ),
        )


def _whole(figure: str | None) -> int | None:
    return int(figure) if figure and figure.isdecimal() else None


def _figure(count: int, form: str) -> str:
    if form == "none" or not 0 <= count <= _MOST:
        return ""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        figure = ""
        for worth, letters in _ROMAN.items():
            figure += letters * (count // worth)
            count %= worth
        return figure.upper() if form == "upperRoman" else figure
    return f"{count:02d}" if form == "decimalZero" else str(count)
