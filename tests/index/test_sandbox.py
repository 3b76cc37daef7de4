"""Parsing in a process of its own: what it costs is limited, and what it brings down is only itself."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import sandbox
from index.errors import UnreadableDocumentError
from index.extracted import Limits
from index.parse import parse
from index.sandbox import Sandbox, Unpacked
from tests.index.workshop import ROOT, Workshop, outcome

_TEXT = "---\ntitle: Họp\n---\nUBND tỉnh Hậu Giang họp.\n"
_LAVISH = "Nước sạch. " * 1_000_000  # read, it takes several times its 14 MiB
_ENDLESS = f"---\ntitle: Họp\nx: [{'1,' * 300_000}]\n---\nNội dung."

# Plays the parsing process: does what the name of the file says, and tells its own id and its argument as the text.
_WORKER = """
import json, os, subprocess, sys, time
while line := sys.stdin.buffer.readline():
    request = json.loads(line)
    if request["name"] == "leaves":
        os._exit(3)
    sys.stdin.buffer.read(request["content_bytes"] + request["sidecar_bytes"])
    if request["name"] == "hangs":
        helper = subprocess.Popen(["sleep", "60"])
        open("helper", "w").write(str(helper.pid))
        time.sleep(60)
    if request["name"] == "dies":
        os._exit(3)
    if request["name"] == "breaks off":
        sys.stdout.write('{"parsed": {"extr')
        sys.stdout.flush()
        os._exit(0)
    answer = {"parsed": {"extracted": {"text": f"{os.getpid()} {sys.argv[1]}", "blocks": []}, "findings": []}}
    if request["name"].startswith("fails: "):
        answer = {"failure": request["name"][7:]}
    sys.stdout.write(json.dumps(answer) + "\\n")
    sys.stdout.flush()
"""

# The real process, but with a loader that talks, or raises what the libraries raise.
_ODD_LOADER = """
import os
from dataclasses import replace
from index import worker
parse = worker.parse
def odd(name, *arguments):
    print("a library talks", flush=True)
    os.write(1, b"and so does its C code")
    if name == "half":
        return replace(parse("a.md", *arguments), event="\\ud800")
    if name != "a.md":
        raise {"value": ValueError("\\ud800"), "deep": RecursionError(), "memory": MemoryError()}[name]
    return parse(name, *arguments)
worker.parse = odd
worker.main()
"""


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose `index.worker` is the one above; sandboxes are started in it."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "__init__.py").touch()
    (tmp_path / "index" / "worker.py").write_text(_WORKER, encoding="utf-8")
    monkeypatch.setattr(sandbox, "_ROOT", tmp_path)
    return tmp_path


def _process(box: Sandbox) -> int:
    return int(box.parse("tells", b"").extracted.text.split()[0])


def _is_running(process: int) -> bool:
    """Whether it runs; one that ended and was not yet asked for does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("name", "content", "sidecar"),
    [
        ("a.md", _TEXT.encode(), b""),
        ("a.md", _TEXT.encode(), "title: Khác\nevent: Làm việc\npublisher: Báo".encode()),
        ("a.csv", "Xã;Thuê bao\nA;1\nB;2\n".encode(), b""),
        ("a.txt", ("Dòng có 🙂, «ngoặc» và \\ gạch.\r\n" * 9000).encode(), b""),
    ],
)
def test_a_file_comes_back_as_it_would_without_the_process(name: str, content: bytes, sidecar: bytes) -> None:
    with Sandbox(Limits()) as box:
        assert box.parse(name, content, sidecar) == parse(name, content, sidecar, Limits())


def test_a_refusal_comes_back_in_both_languages_and_the_next_file_is_read() -> None:
    with pytest.raises(UnreadableDocumentError) as here:
        parse("a.md", b"---\ntitle: [\n---\n", b"", Limits())
    with Sandbox(Limits()) as box:
        with pytest.raises(UnreadableDocumentError) as there:
            box.parse("a.md", b"---\ntitle: [\n---\n")
        assert box.parse("b.md", b"Hai.").extracted.text == "Hai."
    assert (str(there.value), there.value.english) == (str(here.value), here.value.english)


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    with Sandbox(Limits(seconds=2)) as box:
        began = time.monotonic()
        with pytest.raises(UnreadableDocumentError, match=r"quá 2 giây.*BOT_FILE_SECONDS") as refused:
            box.parse("a.md", _ENDLESS.encode())
        assert 1.9 < time.monotonic() - began < 8
        assert "more than 2 seconds" in refused.value.english
        assert box.parse("b.md", b"Hai.").extracted.text == "Hai."


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_read() -> None:
    with Sandbox(Limits(memory_mib=64)) as box:
        with pytest.raises(UnreadableDocumentError, match=r"hơn 64 MiB.*BOT_FILE_MEMORY_MIB") as refused:
            box.parse("a.md", _LAVISH.encode())
        assert "more than 64 MiB" in refused.value.english
        assert box.parse("b.md", b"Hai.").extracted.text == "Hai."


def test_a_file_larger_than_the_memory_is_refused_for_its_size() -> None:
    with Sandbox(Limits(memory_mib=64)) as box, pytest.raises(UnreadableDocumentError, match="hơn 64 MiB"):
        box.parse("a.md", b"x" * (70 << 20))


def test_the_files_around_a_hostile_one_are_indexed(shop: Workshop) -> None:
    for name, text in (("a.md", "Nước sạch."), ("b.md", _LAVISH), ("c.md", "Bưu chính.")):
        shop.write(name, text)
    report = shop.build(limits=Limits(memory_mib=64))
    assert outcome(report) == {"added": ["a.md", "c.md"], "refused": ["b.md"]}
    assert "64 MiB" in report.refused[0].reason


def test_a_process_that_hangs_is_killed_with_all_it_started(stage: Path) -> None:
    with Sandbox(Limits(seconds=1)) as box:
        process = _process(box)
        with pytest.raises(UnreadableDocumentError, match="quá 1 giây"):
            box.parse("hangs", b"")
        helper = int((stage / "helper").read_text())
        assert _process(box) != process
        for _ in range(50):  # the helper is not ours to wait for
            if not _is_running(helper):
                break
            time.sleep(0.1)
        assert not _is_running(helper)
        assert not _is_running(process)


@pytest.mark.parametrize("how", ["dies", "breaks off", "leaves"])
def test_a_process_that_dies_costs_its_file_and_the_next_one_gets_another(stage: Path, how: str) -> None:
    with Sandbox(Limits(seconds=30)) as box:
        first = _process(box)
        with pytest.raises(UnreadableDocumentError, match="bị dừng giữa chừng") as refused:
            box.parse(how, b"x" * 1_000_000)  # more than a pipe holds
        assert "was ended" in refused.value.english
        assert _process(box) != first


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        ("KeyError: 'x'", r"hỏng hoặc không đúng định dạng \(KeyError: 'x'\)"),
        ("nesting", r"hỏng hoặc không đúng định dạng \(nesting\)"),
        ("memory", "hơn 2048 MiB bộ nhớ"),
    ],
)
def test_a_failure_that_the_process_tells_is_a_refusal(stage: Path, failure: str, message: str) -> None:
    with Sandbox(Limits()) as box:
        first = _process(box)
        with pytest.raises(UnreadableDocumentError, match=message):
            box.parse(f"fails: {failure}", b"")
        assert _process(box) == first


def test_one_process_reads_many_files_within_the_limits_and_ends_with_the_sandbox(stage: Path) -> None:
    limits = Limits(seconds=30, memory_mib=300, pages=7, unpacked_mib=8)
    with Sandbox(limits) as box:
        process, told = box.parse("tells", b"").extracted.text.split(maxsplit=1)
        assert Limits(**json.loads(told)) == limits
        assert _process(box) == int(process)
        assert _is_running(int(process))
    assert not _is_running(int(process))


def test_without_a_file_no_process_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_ROOT", tmp_path / "không có")  # where none could be started
    with Sandbox(Limits()) as box:
        box.close()
    with Sandbox(Limits()) as box, pytest.raises(FileNotFoundError):
        box.parse("a.md", b"x")


def _answers(*names: str) -> list[dict[str, object]]:
    """What the real process with the odd loader writes to its output."""
    requests = b"".join(
        json.dumps({"name": name, "content_bytes": 2, "sidecar_bytes": 0, "unpack_to": ""}).encode() + b"\nx."
        for name in names
    )
    command = [sys.executable, "-c", _ODD_LOADER, "{}"]
    done = subprocess.run(command, cwd=ROOT, input=requests, capture_output=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_libraries_print_and_raise_does_not_get_among_the_answers() -> None:
    first, *failed, last = _answers("a.md", "value", "deep", "memory", "a.md")
    assert failed == [{"failure": "ValueError: ?"}, {"failure": "nesting"}, {"failure": "memory"}]
    assert first == last
    assert "parsed" in first


def test_half_a_character_is_refused_in_both_languages_where_the_file_is_read() -> None:
    refused, read = _answers("half", "a.md")
    assert set(refused) == {"message", "remedy", "english"}
    assert "surrogate" in str(refused["message"])
    assert "parsed" in read


def test_an_archive_is_unpacked_to_numbered_files(shop: Workshop, tmp_path: Path) -> None:
    content = shop.write_zip("a.zip", {"b.txt": "Hai.", "con/a.md": "Một.", "con/.ẩn": "x"}).read_bytes()
    room = tmp_path / "chỗ"
    room.mkdir()
    with Sandbox(Limits()) as box:
        assert box.unpack("a.zip", content, room) == Unpacked(["b.txt", "con/a.md"], [])
        assert {path.name: path.read_text() for path in room.iterdir()} == {"0": "Hai.", "1": "Một."}
        with pytest.raises(UnreadableDocumentError, match="hỏng"):
            box.unpack("b.zip", content[:40], room)
    with Sandbox(Limits(files=1)) as box, pytest.raises(UnreadableDocumentError, match="quá nhiều tệp"):
        box.unpack("a.zip", content, room)
    assert [path.name for path in shop.sources.iterdir()] == ["a.zip"]
