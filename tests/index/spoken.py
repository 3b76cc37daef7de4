"""Texts read as statements, for the tests of who said what to whom."""

from functools import cache

from index.document import make_document
from index.extracted import Block, Limits
from index.kinds import KindModel
from index.parse import parse
from index.parts import Part, read_parts
from index.records import Document, Statement
from index.statements import statements_of

MEETING = "# Làm việc tại Cà Mau\n\nThứ trưởng Phan Minh Khoa đã có buổi làm việc với tỉnh Cà Mau.\n\n"


@cache
def shipped() -> KindModel:
    """The model that ships."""
    return KindModel.load()


def opened(text: str, name: str = "bài.md") -> tuple[Document, tuple[Block, ...]]:
    """The document of a text, with its blocks."""
    parsed = parse(name, text.encode(), b"", Limits())
    return make_document(parsed, name, name), parsed.extracted.blocks


def parts(text: str) -> list[Part]:
    """Its clauses with their speakers."""
    return [part for sentence in read_parts(*opened(text)) for part in sentence]


def speakers(text: str) -> list[tuple[str, str]]:
    """Side and name of each clause's speaker."""
    return [(part.voice.side, part.voice.name) for part in parts(text)]


def statements(text: str) -> list[Statement]:
    """Its statements by the model that ships."""
    return statements_of(*opened(text), shipped())


def statement(sentence: str, before: str = MEETING) -> Statement:
    """The one statement that holds a sentence standing in a report of a meeting."""
    (found,) = (one for one in statements(f"{before}{sentence}\n") if sentence in one.text)
    return found
