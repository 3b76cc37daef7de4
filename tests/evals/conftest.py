"""Every test of the evaluation runs apart from this machine's settings, data and proxies."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.places import stay_offline
from index.search import SearchIndex
from tests.bot.corpus import index_of

stay_offline()  # as the command does, before any library that could ask a hub is imported


@pytest.fixture(autouse=True)
def apart(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty working folder, no `BOT_*` but a home of its own, no proxy. Tests of real models use the machine's."""
    if request.node.get_closest_marker("models"):
        return tmp_path
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run starts a second after the one before it, as runs that take a while do."""
    seconds = itertools.count()
    monkeypatch.setattr("evals.run.now", lambda: f"2026-01-02T03:04:{next(seconds):02d}Z")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The invented documents of the assistant's tests, indexed; to be read only."""
    opened = index_of(tmp_path_factory.mktemp("chung"))
    yield opened
    opened.close()
