"""What the tests of the loaders share: files made wrong, and what must hold of every text."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping

from index.errors import UnreadableDocumentError
from index.extracted import Extracted, Limits


def shown(extracted: Extracted) -> list[tuple[str, str]]:
    """Kind and text of each block; a heading's kind with its level."""
    return [
        (f"{block.kind} {block.level}" if block.level else block.kind, extracted.text[block.start : block.end])
        for block in extracted.blocks
    ]


def require_sound(extracted: Extracted) -> None:
    """Blocks are in order, apart, stripped, and hold all that is no white space."""
    position = 0
    for block in extracted.blocks:
        assert not extracted.text[position : block.start].strip()
        piece = extracted.text[block.start : block.end]
        assert piece
        assert piece == piece.strip()
        position = block.end
    assert not extracted.text[position:].strip()


COPIES = 60


def settled(loader: Callable[[bytes, Limits], object], content: bytes) -> int:
    """How many of the damaged copies of a file are read, or refused with a remedy in both languages."""
    read = 0
    refused: list[UnreadableDocumentError] = []
    for copy in _damaged_copies(content):
        try:
            loader(copy, Limits(unpacked_mib=20))
            read += 1
        except UnreadableDocumentError as error:
            refused.append(error)
    return read + sum(bool(error.remedy and error.english) for error in refused)


def repacked(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """An archive with the content of some members changed or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, data in changes.items():
            new.writestr(name, data)
    return packed.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files."""
    return repacked(_EMPTY_ZIP, files)


def bomb(name: str, mib: int) -> bytes:
    """An archive of so many MiB of zeros, written piece by piece."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w") as file,
    ):
        for _ in range(mib):
            file.write(bytes(1 << 20))
    return packed.getvalue()


_EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


def _damaged_copies(content: bytes) -> Iterator[bytes]:
    dice = random.Random(2021)
    for turn in range(60):
        copy = bytearray(content)
        if turn % 3 == 0:
            del copy[dice.randrange(len(copy)) :]
        for _ in range(dice.randint(1, 20) if copy else 0):
            copy[dice.randrange(len(copy))] ^= 1 << dice.randrange(8)
        yield bytes(copy)
