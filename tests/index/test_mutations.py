"""A thousand broken files: bits flipped and ends cut off. The main process goes on, and every refusal says why."""

import io
import random
import time
import zipfile
from collections.abc import Callable

import docx
import pytest

from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.sandbox import Sandbox
from tests.index.loaders.papers import BODY, CLOSING, OPENING, Paper

pytestmark = pytest.mark.slow
_FILES_OF_A_KIND = 200
_LIMITS = Limits(seconds=20, memory_mib=1024)
_SLACK_S = 5.0


def _pdf() -> bytes:
    paper = Paper(header="Bản tin", footer="Trang {page}")
    for _ in range(2):
        paper.add_page()
        paper.lines(OPENING, BODY, CLOSING)
    return paper.bytes()


def _docx() -> bytes:
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("Kế hoạch", 1)
    for text in (OPENING, BODY, CLOSING):
        document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def _html() -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in (OPENING, BODY, CLOSING))
    table = "<table><tr><th>Tỉnh</th><th>Số xã</th></tr><tr><td>Sông Lam</td><td>12</td></tr></table>"
    return f"<html><head><meta charset='utf-8'></head><body><main>{paragraphs}{table}</main></body></html>".encode()


def _text() -> bytes:
    return "\n\n".join(["# Kế hoạch", OPENING, BODY, "- một\n- hai", CLOSING]).encode()


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", _text())
        archive.writestr("b/c.html", _html())
    return file.getvalue()


def _broken(content: bytes, chance: random.Random) -> bytes:
    """Some bits flipped, or the end cut off, or both."""
    data = bytearray(content)
    if chance.random() < 0.4:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.choice((0, 1, 4, 32)) if data else 0):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "make"), [("a.pdf", _pdf), ("a.docx", _docx), ("a.html", _html), ("a.txt", _text), ("a.zip", _zip)]
)
def test_broken_files_are_read_or_refused_with_a_reason(
    name: str, make: Callable[[], bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance, whole = random.Random(name), make()
    refused: list[UnreadableDocumentError] = []
    with Sandbox(_LIMITS) as sandbox:
        for number in range(_FILES_OF_A_KIND):
            content = _broken(whole, chance)
            started = time.monotonic()
            try:
                if name.endswith(".zip"):
                    sandbox.unpack(name, content, tmp_path_factory.mktemp(f"z{number}"))
                else:
                    assert sandbox.parse(name, content).extracted.blocks
            except UnreadableDocumentError as exc:
                refused.append(exc)
            assert time.monotonic() - started < _LIMITS.seconds + _SLACK_S
        assert all(error.message and error.remedy and error.english for error in refused)
        if name.endswith(".zip"):
            assert sandbox.unpack(name, whole, tmp_path_factory.mktemp("whole")).names == ["a.txt", "b/c.html"]
        else:
            assert OPENING.split()[0] in sandbox.parse(name, whole).extracted.text
    assert len(refused) < _FILES_OF_A_KIND
