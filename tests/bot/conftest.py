"""Every test of the assistant runs apart from this machine's settings, data and proxies."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import assembly
from bot.cli import app
from bot.places import stay_offline
from index.kinds import KindModel
from index.search import SearchIndex
from tests.bot import sayings
from tests.bot.corpus import index_of
from tests.bot.ollama_server import OllamaServer
from tests.stand_ins import HashingEncoder

Run = Callable[..., Result]
stay_offline()  # as the command does, before any library that could ask a hub is imported


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty working folder (no `.env`, no `bot.toml`), no `BOT_*` but a home of its own, no proxy."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """The invented documents, indexed; to be read only."""
    opened = index_of(tmp_path_factory.mktemp("chung"))
    yield opened
    opened.close()


@pytest.fixture
def ollama_server() -> Iterator[OllamaServer]:
    """A server that talks like Ollama, on a port of its own."""
    server = OllamaServer()
    yield server
    server.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `bot` with these arguments, embedding by hashing."""
    monkeypatch.setattr(assembly, "open_embedder", lambda settings: HashingEncoder())
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an index of the invented documents."""
    folder = tmp_path_factory.mktemp("nhà")
    index_of(folder).close()
    return folder


@pytest.fixture
def home(built_home: Path, apart: Path) -> Path:
    """The data folder that `BOT_HOME` names, with an index in it."""
    return Path(shutil.copytree(built_home, apart / "home"))


@pytest.fixture
def said(apart: Path) -> Path:
    """The data folder that `BOT_HOME` names, with the invented statements in it."""
    sayings.fill(apart / "home")
    return apart / "home"


@pytest.fixture
def sure_from_080(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind is sure from 0.8, whatever the model that ships says."""
    monkeypatch.setattr(KindModel, "load", lambda: KindModel([], {}, {}, sure_from=0.8))
