"""Runs that break off, readers beside a writer, and two writers at once."""

import subprocess
import sys
from collections.abc import Sequence
from itertools import count

import pytest

from index import write
from index.catalog import Catalog
from index.embed import Vectors
from index.errors import IndexLockedError
from index.lock import writer_lock
from index.search import Mode
from tests.index.workshop import ROOT, Workshop, names
from tests.stand_ins import HashingEncoder

_WORDS = ("nước", "bưu", "cầu", "trường", "mạng")

_HOLD_THE_LOCK = """
import sys
from pathlib import Path
from index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
_INDEX = """
import os, sys
from pathlib import Path
from tests.index.workshop import Workshop
shop = Workshop(Path(sys.argv[1]))
last = int(sys.argv[2])
shop.build(progress=lambda done, total, name: os._exit(9) if last and done == last else None)
"""


class _Failing(HashingEncoder):
    """Breaks down at the n-th call."""

    def __init__(self, at_call: int) -> None:
        super().__init__()
        self._calls = count(1)
        self._at_call = at_call

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if next(self._calls) == self._at_call:
            raise MemoryError
        return super().encode_passages(texts)


def _write_all(shop: Workshop, word: str = "mới") -> None:
    for number, name in enumerate(_WORDS):
        shop.write(f"{number}-{name}.md", f"Văn bản {word} về {name}.")


def _is_whole(shop: Workshop, word: str = "mới") -> bool:
    """Whether every document is found once, in both halves, and Chroma holds nothing else."""
    known, stored = shop.stored_ids()
    expected = [f"Văn bản {word} về {name}." for name in _WORDS]
    found = [shop.texts(f"văn bản về {name}", mode)[0] for name in _WORDS for mode in ("lexical", "dense")]
    return known == stored and len(known) == len(_WORDS) and found == [text for text in expected for _ in range(2)]


def _run(code: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, timeout=120, check=False).returncode


@pytest.mark.parametrize("at_document", [1, 3, 5])
def test_after_a_crash_what_was_finished_answers_and_the_next_run_completes_it(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, at_document: int
) -> None:
    monkeypatch.setattr(write, "_GROUP_PASSAGES", 1)  # one document a call, as for long documents
    _write_all(shop)
    with pytest.raises(MemoryError):
        shop.build(encoder=_Failing(at_document))
    assert len(shop.documents()) == at_document - 1
    report = shop.build()
    assert len(report.unchanged) == at_document - 1
    assert len(report.added) == len(_WORDS) - at_document + 1
    assert _is_whole(shop)


def test_after_a_crash_among_changes_every_document_answers_in_one_revision(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "_GROUP_PASSAGES", 1)
    _write_all(shop, "cũ")
    shop.build()
    _write_all(shop, "mới")
    with pytest.raises(MemoryError):
        shop.build(encoder=_Failing(3))
    for number, name in enumerate(_WORDS):
        word = "mới" if number < 2 else "cũ"
        assert shop.texts(f"văn bản về {name}")[0] == f"Văn bản {word} về {name}."
    assert names(shop.build().changed) == ["2-cầu.md", "3-trường.md", "4-mạng.md"]
    assert _is_whole(shop)


def test_vectors_stored_before_a_crash_are_not_shown_and_cleared_by_the_next_run(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> list[str]:
        raise OSError("no space left")

    _write_all(shop, "cũ")
    shop.build()
    (shop.sources / "0-nước.md").write_text("Nước cho thành phố.", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Catalog, "replace", full_disk)
        with pytest.raises(OSError, match="no space"):
            shop.build()
    known, stored = shop.stored_ids()
    assert len(stored) == len(known) + 1
    assert "Nước cho thành phố." not in shop.texts("nước cho thành phố", "fused")
    _write_all(shop, "mới")
    shop.build()
    assert _is_whole(shop)


def test_an_archive_whose_run_broke_off_is_opened_again(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "_GROUP_PASSAGES", 1)
    shop.write_zip("a.zip", {f"{number}.md": f"Văn bản mới về {name}." for number, name in enumerate(_WORDS)})
    with pytest.raises(MemoryError):
        shop.build(encoder=_Failing(3))
    assert len(shop.documents()) == 2
    report = shop.build()
    assert (len(report.unchanged), len(report.added)) == (2, 3)
    assert _is_whole(shop)


def test_a_killed_process_leaves_an_index_that_the_next_run_completes(shop: Workshop) -> None:
    _write_all(shop)
    assert _run(_INDEX, str(shop.sources.parent), "2") == 9
    assert len(shop.documents()) == 2
    shop.build()
    assert _is_whole(shop)


def test_an_open_reader_sees_what_another_process_has_written(shop: Workshop) -> None:
    shop.write("nước.md", "Nước sạch nông thôn.")
    shop.build()
    reader = shop.open()
    assert reader.search("nước", 5)[0].passage.text == "Nước sạch nông thôn."
    shop.write("cầu.md", "Cầu đường liên huyện.")
    shop.write("nước.md", "Nước cho thành phố.")
    assert _run(_INDEX, str(shop.sources.parent), "0") == 0
    modes: tuple[Mode, ...] = ("dense", "fused")
    for mode in modes:
        texts = [hit.passage.text for hit in reader.search("cầu đường liên huyện", 5, mode)]
        assert texts == ["Cầu đường liên huyện.", "Nước cho thành phố."]
    assert [hit.passage.text for hit in reader.search("nước", 5, "lexical")] == ["Nước cho thành phố."]
    assert len(reader.documents()) == 2


def test_a_document_is_found_as_soon_as_it_is_reported_done(shop: Workshop) -> None:
    shop.write("trước.md", "Cầu đường.")
    shop.build()
    reader = shop.open()
    seen: list[list[str]] = []
    shop.write("a.md", "Nước sạch.")
    shop.write("b.md", "Nước thải.")
    shop.build(progress=lambda done, total, name: seen.append([h.passage.text for h in reader.search("nước", 9)]))
    assert [sorted(texts) for texts in seen] == [
        ["Cầu đường."],
        ["Cầu đường.", "Nước sạch."],
        ["Cầu đường.", "Nước sạch.", "Nước thải."],
    ]


def test_a_second_writer_is_refused_with_the_holders_pid_until_the_holder_dies(shop: Workshop) -> None:
    shop.write("a.md", "Nước sạch.")
    command = [sys.executable, "-c", _HOLD_THE_LOCK, str(shop.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexLockedError, match=rf"pid {holder.pid}\b"):
            shop.build()
        holder.kill()
        holder.communicate()
    shop.build()
    assert shop.texts("nước sạch") == ["Nước sạch."]


def test_the_lock_is_free_again_after_an_error_and_names_nobody(shop: Workshop) -> None:
    with pytest.raises(KeyError), writer_lock(shop.folder):
        raise KeyError
    with writer_lock(shop.folder), pytest.raises(IndexLockedError, match="pid"), writer_lock(shop.folder):
        pytest.fail("two writers at once")
    assert [path.name for path in shop.folder.iterdir()] == ["writer.lock"]
