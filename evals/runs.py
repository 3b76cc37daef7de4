"""A run's folder: what it was made with, and its rows, written one by one so that nothing is lost."""

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from bot.errors import SettingsError
from bot.places import PROMPTS_FOLDER, SOURCES_FOLDER
from evals.cases import Case
from evals.records import AnswerRow, RunInfo, SearchRow

_INFO = TypeAdapter(RunInfo)
_ANSWERS, _SEARCHES = TypeAdapter(AnswerRow), TypeAdapter(SearchRow)
_INFO_FILE, _ANSWERS_FILE, _SEARCHES_FILE, _LOCK_FILE = "run.json", "answers.jsonl", "searches.jsonl", "run.lock"
_PACKAGES = ("chromadb", "khuyen-nghi", "langchain-core", "sentence-transformers", "torch", "transformers", "xllamacpp")
Row = TypeVar("Row", AnswerRow, SearchRow)


class Run:
    """One run in its folder. Rows are appended and flushed; a row cut off by a crash is dropped when it is opened."""

    def __init__(self, folder: Path, info: RunInfo) -> None:
        self.folder = folder
        self.info = info

    def answers(self) -> list[AnswerRow]:
        """Every answer so far."""
        return _read(self.folder / _ANSWERS_FILE, _ANSWERS)

    def searches(self) -> list[SearchRow]:
        """Every search so far."""
        return _read(self.folder / _SEARCHES_FILE, _SEARCHES)

    def add(self, row: AnswerRow | SearchRow) -> None:
        """Write a row down for good."""
        name = _ANSWERS_FILE if isinstance(row, AnswerRow) else _SEARCHES_FILE
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def finish(self) -> None:
        """Note, once, that everything was asked."""
        if self.info.finished:
            return
        self.info = replace(self.info, finished=now())
        self.save()

    def save(self) -> None:
        """Write what the run was made with, whole or not at all."""
        draft = self.folder / f"{_INFO_FILE}.new"
        draft.write_text(json.dumps(asdict(self.info), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(self.folder / _INFO_FILE)

    def drop_torn_rows(self) -> None:
        """Forget what a crash cut off in the middle of a row."""
        for name in (_ANSWERS_FILE, _SEARCHES_FILE):
            _drop_torn_row(self.folder / name)


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Keep other evaluations off the indexes and the processor. Raises SettingsError when one is under way."""
    root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / _LOCK_FILE, timeout=0):
            yield
    except Timeout as exc:
        raise SettingsError(
            "Một lượt đánh giá khác đang chạy.", "Hãy đợi lượt đó xong, hoặc dừng nó rồi chạy lại."
        ) from exc


def start(root: Path, info: RunInfo) -> Run:
    """A new run in a folder of its own under `root`, named by time and task."""
    kind = "server" if info.system.startswith("http") else info.system
    name = f"{info.started.replace(':', '').replace('-', '')}-{kind}-{info.suite}-{info.split}"
    folder, number = root / name, 1
    while folder.exists():  # two within a second
        number += 1
        folder = root / f"{name}-{number}"
    folder.mkdir(parents=True)
    run = Run(folder, info)
    run.save()
    return run


def same_run(root: Path, info: RunInfo) -> Run | None:
    """The newest run of the same task in the same state, broken off or finished.

    A server's finished run is none: what answers there may have changed since.
    """
    runs = [run for run in all_runs(root) if run.info.same_task(info)]
    runs = [run for run in runs if not (run.info.finished and run.info.system.startswith("http"))]
    return runs[-1] if runs else None


def all_runs(root: Path) -> list[Run]:
    """Every run under `root`, oldest first; folders that are none are passed over."""
    found = []
    for file in sorted(root.glob(f"*/{_INFO_FILE}")):
        try:
            found.append(open_run(file.parent))
        except SettingsError:
            continue
    return sorted(found, key=lambda run: run.info.started)


def open_run(folder: Path) -> Run:
    """The run in a folder. Raises SettingsError when there is none, or it cannot be read."""
    try:
        return Run(folder, _INFO.validate_json((folder / _INFO_FILE).read_bytes()))
    except (OSError, ValidationError) as exc:
        raise SettingsError(
            f"«{folder}» không phải thư mục của một lượt chạy.", "Hãy xem các lượt chạy bằng «bot eval list»."
        ) from exc


def _read(file: Path, kind: TypeAdapter[Row]) -> list[Row]:
    if not file.is_file():
        return []
    lines = file.read_bytes().split(b"\n")
    try:  # what stands behind the last line break was cut off
        return [kind.validate_json(line) for line in lines[:-1] if line]
    except ValidationError as exc:
        raise SettingsError(
            f"«{file.parent.name}» được ghi bởi phiên bản khác hoặc đã hỏng: {exc}.",
            "Hãy chạy lại với «bot eval run --fresh».",
        ) from exc


def _drop_torn_row(file: Path) -> None:
    if not file.is_file():
        return
    content = file.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with file.open("r+b") as writing:
            writing.truncate(whole)


def now() -> str:
    """ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def versions() -> dict[str, str]:
    """What is installed of what matters."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}}


def _version(package: str) -> str:
    try:
        return version(package)
    except ModuleNotFoundError:
        return "not installed"


def machine() -> dict[str, str]:
    """Cores, memory and system; not the machine's name."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "memory": f"{memory_gib:.0f} GiB",
    }


def inputs_digest(cases: Sequence[Case]) -> str:
    """Twelve hex digits of the code, the prompts, the documents and what is asked; gold answers may change."""
    total = hashlib.sha256()
    root = PROMPTS_FOLDER.parent
    files = [file for name in ("bot", "index", "prompts") for file in root.joinpath(name).rglob("*")]
    files += [*SOURCES_FOLDER.glob("*.md"), *Path(__file__).parent.glob("baseline*")]
    files += [Path(__file__).with_name(name) for name in ("remote.py", "retype.py", "run.py", "systems.py")]
    for file in sorted(file for file in files if file.is_file() and file.suffix in {".py", ".txt", ".toml", ".md"}):
        total.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    asked: list[Any] = [[case.id, case.question, [turn.model_dump() for turn in case.history]] for case in cases]
    total.update(json.dumps(asked, ensure_ascii=False).encode())
    return total.hexdigest()[:12]
