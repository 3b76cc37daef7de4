"""Hand-labelled statements: documents with, for each statement, its place, kind, speaker, addressee and province.

`evals/statements/written` and `sources/` hold the texts themselves. Of the original articles only places and digests of
the quotes are kept: they are used where the articles are at hand (`KHUYEN_NGHI_SEEDS`).
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from index.document import read_document
from index.extracted import Block
from index.records import Document, Kind, Side

FOLDER = Path(__file__).with_name("statements")
_SOURCES = Path(__file__).parent.parent / "sources"
# An original and its digest are one document where one is left out.
_SAME = {
    "000": "2020-09-10-dong-thap",
    "001": "2023-03-06-giao-ban-quy-1",
    "002": "2020-11-12-thai-nguyen",
    "003": "2020-06-25-hau-giang",
    "004": "2021-03-29-ba-ria-vung-tau",
}


@dataclass(frozen=True, slots=True)
class Label:
    """A statement as a person labelled it; `is_doubtful` where another kind could be defended."""

    start: int
    end: int
    kind: Kind
    speaker: str
    speaker_side: Side
    recipient: str
    province: str
    field: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document with its labels; `group` is shared by documents that tell the same, `part` says where it is from."""

    name: str
    part: str
    group: str
    document: Document
    blocks: tuple[Block, ...]
    labels: tuple[Label, ...]


def read_labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Every labelled document that is at hand. Raises SettingsError where a label is not where it says."""
    return [one for part in sorted(folder.iterdir()) if part.is_dir() for one in _of_part(part)]


def _of_part(part: Path) -> Iterator[Labelled]:
    for file in sorted(part.glob("*.jsonl")):
        text = _text_of(part, file.stem)
        if text is None:
            continue
        document, blocks = read_document(text)
        labels = tuple(_label(json.loads(line), document, file) for line in file.read_text("utf-8").splitlines())
        group = _SAME.get(file.stem, file.stem)
        yield Labelled(file.stem, part.name, group, document, blocks, labels)


def _text_of(part: Path, name: str) -> Path | None:
    if part.name == "originals":
        seeds = os.environ.get("KHUYEN_NGHI_SEEDS", "")
        return next(Path(seeds).glob(f"{name}*.txt"), None) if seeds else None
    places = (_SOURCES / f"{name}.md", part / f"{name}.txt", part / f"{name}.md")
    return next((place for place in places if place.is_file()), None)


def _label(read: dict[str, object], document: Document, file: Path) -> Label:
    start, end = int(str(read["start"])), int(str(read["end"]))
    if quote_mark(document.text[start:end]) != read["quote"]:
        raise SettingsError(
            f"{file.name}: the text at {start}-{end} is not what was labelled.",
            "Put its offsets and the mark of its quote (`quote_mark`) right in that file.",
        )
    kept = {key: value for key, value in read.items() if key not in {"start", "end", "quote", "doubtful"}}
    return Label(start=start, end=end, is_doubtful=bool(read["doubtful"]), **kept)  # type: ignore[arg-type]  # by the file


def quote_mark(quote: str) -> str:
    """The first 12 hexadecimal figures of the SHA-256 of a quote: tells that it still stands there."""
    return hashlib.sha256(quote.encode()).hexdigest()[:12]
