"""What is read again though it did not change: when what the reading depended on did, and no sooner."""

import errno
import io
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index import build, marks
from index.catalog import CATALOG_FILE, Catalog
from index.embed import Vectors
from index.errors import MachineFailureError
from index.extracted import Limits
from index.loaders import ocr
from index.parse import PARSER_VERSION, Parsed
from index.sandbox import Sandbox
from index.worker import _failure
from tests.index.loaders.papers import OPENING, encoded, picture, scan
from tests.index.workshop import Workshop, outcome
from tests.stand_ins import HashingEncoder

needs_tesseract = pytest.mark.skipif(not ocr.is_available(), reason="Tesseract with Vietnamese data is not installed")
_SEEN = "Thị trấn trồng cây xanh"


class _Idle(HashingEncoder):
    """Fails the test when something is embedded."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        assert not texts
        return super().encode_passages(texts)


class _Failing(Sandbox):
    """A machine on which reading `b.txt` fails while `fails` is set."""

    fails = True

    def parse(self, name: str, content: bytes, sidecar: bytes = b"") -> Parsed:
        if self.fails and name.endswith("b.txt"):
            raise MachineFailureError("Máy hết chỗ.", "Hãy thử lại.", "No space.")
        return super().parse(name, content, sidecar)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> type[_Failing]:
    monkeypatch.setattr(build, "Sandbox", _Failing)
    monkeypatch.setattr(_Failing, "fails", True)
    return _Failing


def test_a_file_refused_under_a_limit_is_read_again_under_another(shop: Workshop) -> None:
    shop.write("a.pdf", scan(OPENING, OPENING))
    small = Limits(pages=1)
    assert [outcome(shop.build(limits=small)) for _ in range(2)] == [{"refused": ["a.pdf"]}] * 2
    assert outcome(shop.build()) == {"added": ["a.pdf"]}


def test_a_member_of_an_archive_refused_under_a_limit_is_read_again_under_another(shop: Workshop) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("b.txt", "Nước sạch.")
        archive.writestr("c.pdf", scan(OPENING, OPENING))
    shop.write("a.zip", held.getvalue())
    small = Limits(pages=1)
    assert outcome(shop.build(limits=small)) == {"added": ["b.txt"], "refused": ["c.pdf"]}
    assert outcome(shop.build(limits=small)) == {"unchanged": ["b.txt"], "refused": ["c.pdf"]}
    assert outcome(shop.build()) == {"added": ["c.pdf"], "unchanged": ["b.txt"]}


@needs_tesseract
def test_scans_are_read_once_tesseract_is_there(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("a.png", encoded(picture(_SEEN), "PNG"))
    shop.write("b.pdf", scan(OPENING, picture(_SEEN)))
    shop.write("c.md", "Nước sạch.")
    with monkeypatch.context() as without:
        without.setenv("PATH", "")
        assert outcome(shop.build()) == {"added": ["b.pdf", "c.md"], "refused": ["a.png"]}
        assert outcome(shop.build()) == {"unchanged": ["b.pdf", "c.md"], "refused": ["a.png"]}
    assert outcome(shop.build()) == {"added": ["a.png"], "changed": ["b.pdf"], "unchanged": ["c.md"]}
    assert _SEEN in shop.documents()["b.pdf"].text
    assert outcome(shop.build()) == {"unchanged": ["a.png", "b.pdf", "c.md"]}


def test_another_version_of_the_loaders_reads_all_again_and_embeds_only_what_it_reads_otherwise(
    filled: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.write("nước-2.md", (filled.sources / "nước.md").read_bytes())
    filled.build()
    before = filled.documents()
    monkeypatch.setattr(marks, "PARSER_VERSION", PARSER_VERSION + 1)
    report = filled.build(encoder=_Idle())
    assert outcome(report) == {"unchanged": ["bưu.md", "mạng.md", "nước-2.md", "nước.md"]}
    assert filled.documents() == before
    assert all(entry.sha256.endswith(f"/{PARSER_VERSION + 1}") for entry in filled.files().values())


def test_what_was_indexed_before_marks_had_a_version_is_read_again_and_not_lost(filled: Workshop) -> None:
    before = filled.documents()
    with closing(Catalog(filled.folder / CATALOG_FILE)) as catalog, catalog.transaction():
        for entry in catalog.files().values():
            catalog._connection.execute(
                "UPDATE files SET sha256 = ? WHERE source = ?", (marks.digest_of(entry.sha256), entry.source)
            )
    assert len(outcome(filled.build(encoder=_Idle()))["unchanged"]) == 3
    assert filled.documents() == before


def test_a_failure_of_the_machine_is_told_and_tried_again_by_the_next_run(
    shop: Workshop, failing: type[_Failing]
) -> None:
    shop.write("a.md", "Nước sạch.")
    shop.write("b.txt", "Bưu chính.")
    assert outcome(shop.build()) == {"added": ["a.md"], "refused": ["b.txt"]}
    assert shop.files()["b.txt"].reason == "Máy hết chỗ. Hãy thử lại."
    failing.fails = False
    assert outcome(shop.build()) == {"added": ["b.txt"], "unchanged": ["a.md"]}
    assert shop.files()["b.txt"].reason == ""


def test_a_failure_of_the_machine_at_a_member_of_an_archive_is_tried_again(
    shop: Workshop, failing: type[_Failing]
) -> None:
    shop.write_zip("a.zip", {"b.txt": "Bưu chính.", "c.txt": "Nước sạch."})
    assert outcome(shop.build()) == {"added": ["c.txt"], "refused": ["b.txt"]}
    failing.fails = False
    assert outcome(shop.build()) == {"added": ["b.txt"], "unchanged": ["c.txt"]}


def test_a_failure_of_the_machine_does_not_cost_the_document_of_an_unchanged_file(
    shop: Workshop, failing: type[_Failing], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing.fails = False
    shop.write("b.txt", "Bưu chính.")
    shop.build()
    failing.fails = True
    monkeypatch.setattr(marks, "PARSER_VERSION", PARSER_VERSION + 1)
    assert outcome(shop.build()) == {"refused": ["b.txt"]}
    assert shop.texts("bưu chính") == ["Bưu chính."]
    failing.fails = False
    assert outcome(shop.build()) == {"unchanged": ["b.txt"]}
    assert shop.files()["b.txt"].reason == ""
    shop.write("b.txt", "Cầu đường.")
    failing.fails = True
    assert outcome(shop.build()) == {"removed": ["b.txt"], "refused": ["b.txt"]}


def test_an_archive_that_the_machine_could_not_unpack_keeps_its_members_and_is_tried_again(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoSpace(Sandbox):
        def unpack(self, name: str, content: bytes, folder: Path) -> object:  # type: ignore[override]
            raise MachineFailureError("Máy hết chỗ.", "Hãy thử lại.", "No space.")

    shop.write_zip("a.zip", {"b.txt": "Bưu chính."})
    shop.build()
    shop.write_zip("a.zip", {"b.txt": "Bưu chính.", "c.txt": "Nước sạch."})
    with monkeypatch.context() as full:
        full.setattr(build, "Sandbox", NoSpace)
        assert outcome(shop.build()) == {"unchanged": ["b.txt"], "refused": ["a.zip"]}
    assert outcome(shop.build()) == {"added": ["c.txt"], "unchanged": ["b.txt"]}


def test_a_full_disk_is_a_failure_of_the_machine_even_where_the_loaders_say_otherwise() -> None:
    broken = ValueError("a broken page")
    broken.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert _failure(broken) == {"machine": "No space left on device"}
    assert _failure(OSError("image file is truncated")) == {"failure": "OSError: image file is truncated"}
