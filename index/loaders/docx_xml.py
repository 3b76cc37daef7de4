"""What Word's XML says of paragraphs and runs."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again for old programs
_RUNS = (qn("w:r"), qn("m:r"))
_TEXTS = (qn("w:t"), qn("m:t"))
_BREAKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_LEFT_OUT = (qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), FALLBACK)


def runs(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the runs of a paragraph that are shown: those of links, fields and insertions too."""
    for child in parent.iterchildren("*"):
        if child.tag in _RUNS:
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from runs(child)


def run_text(run: BaseOxmlElement) -> str:
    """What is shown of a run."""
    if switch(run, "w:rPr/w:vanish"):
        return ""
    return "".join((node.text or "") if node.tag in _TEXTS else _BREAKS.get(node.tag, "") for node in run)


def text_nodes(run: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The elements that hold a run's text."""
    return [node for node in run if node.tag in _TEXTS]


def value(element: BaseOxmlElement, path: str) -> str:
    """The `w:val` of a property, empty where it is not set."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return "" if found is None else found.get(qn("w:val"), "")


def switch(element: BaseOxmlElement, path: str) -> bool | None:
    """A property that is on or off, None where it is not set."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn("w:val"), "true") not in ("0", "false", "off")
