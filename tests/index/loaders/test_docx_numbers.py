"""The numbers that Word counts by itself."""

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from tests.index.loaders.word import W, read, with_body


def _level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _paragraph(number: int, level: int, text: str = "Rà soát") -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _read(levels: str, *paragraphs: str, override: str = "") -> list[str]:
    """What stands before the text of each paragraph; list 2 is list 1 with what it has of its own."""
    document = with_body("".join(paragraphs))
    kind = '<w:abstractNumId w:val="7"/>'
    lists = f'<w:num w:numId="1">{kind}</w:num><w:num w:numId="2">{kind}{override}</w:num>'
    xml = f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{lists}</w:numbering>'
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            document.part.drop_rel(key)
            document.part.rels.pop(key, None)
    part = Part(PackURI("/word/numbering9.xml"), "application/xml", xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return [text.removesuffix("Rà soát").strip() for _, text in read(document)]


_OUTLINE = _level(0, "upperRoman", "%1.") + _level(1, "decimal", "%2.") + _level(2, "decimal", "%2.%3.")


def test_levels_are_counted_and_begin_anew_below_a_higher_one() -> None:
    levels = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    labels = ["I.", "1.", "2.", "2.1.", "2.2.", "3.", "3.1.", "II.", "1."]
    assert _read(_OUTLINE, *(_paragraph(1, level) for level in levels)) == labels


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("decimal", "%1)", ["1)", "2)"]),
        ("decimalZero", "%1.", ["01.", "02."]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperLetter", "%1.", ["A.", "B."]),
        ("lowerRoman", "%1.", ["i.", "ii."]),
        ("decimal", "Điều %1.", ["Điều 1.", "Điều 2."]),
        ("bullet", "-", ["-", "-"]),
        ("bullet", "\uf0b7", ["•", "•"]),
        ("none", "", ["", ""]),
    ],
)
def test_numbers_letters_and_bullets_are_written_as_word_shows_them(form: str, text: str, labels: list[str]) -> None:
    assert _read(_level(0, form, text), _paragraph(1, 0), _paragraph(1, 0)) == labels


def test_a_list_goes_on_under_another_number_unless_it_starts_anew() -> None:
    turns = [_paragraph(1, 0), _paragraph(2, 0), _paragraph(2, 0)]
    assert _read(_level(0, "decimal", "%1."), *turns) == ["1.", "2.", "3."]
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert _read(_level(0, "decimal", "%1."), *turns, override=anew) == ["1.", "5.", "6."]


def test_a_level_may_be_counted_through() -> None:
    through = _level(0, "decimal", "%1.") + _level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    assert _read(through, *(_paragraph(1, level) for level in (0, 1, 0, 1))) == ["1.", "1)", "2.", "2)"]


def test_a_style_numbers_its_paragraphs() -> None:
    document = docx.Document()
    document.add_paragraph("Rà soát", style="List Number")
    document.add_paragraph("Báo cáo", style="List Number")
    assert read(document) == [("item", "1. Rà soát"), ("item", "2. Báo cáo")]


def test_paragraphs_without_text_or_list_get_no_number() -> None:
    assert _read(_OUTLINE, _paragraph(1, 0, ""), _paragraph(9, 0), _paragraph(0, 0)) == ["", ""]
