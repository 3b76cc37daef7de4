"""Fixtures of the index's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.places import embedder_folder, stay_offline
from bot.settings import load_settings
from index import e5
from index.catalog import Catalog
from index.corrections import Corrections
from index.embed import Embedder
from index.register import Register
from tests.index import registered
from tests.index.workshop import Workshop, fill


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    """An empty workshop."""
    workshop = Workshop(tmp_path)
    yield workshop
    workshop.close()


@pytest.fixture
def filled(shop: Workshop) -> Workshop:
    """An index that the test may change."""
    return fill(shop)


@pytest.fixture(scope="session")
def model_folder() -> Path:
    """The prepared embedding model of the default settings."""
    folder = embedder_folder(load_settings())
    if not e5.is_prepared(folder):
        pytest.skip("the embedding model is not prepared; run `bot models prepare`")
    stay_offline()
    return folder


@pytest.fixture(scope="session")
def real_embedder(model_folder: Path) -> Embedder:
    """The real embedder, loaded once for all tests."""
    return Embedder(str(model_folder))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """An empty one."""
    opened = Catalog(tmp_path / "catalog.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def no_corrections(tmp_path: Path) -> Corrections:
    """A file of them that is not there."""
    return Corrections(tmp_path / "corrections.jsonl")


@pytest.fixture
def register(catalog: Catalog, no_corrections: Corrections) -> Register:
    """Two documents: one of September 2020, one of the year 2021 of which the day is not known."""
    registered.fill(catalog)
    return Register(catalog, no_corrections, sure_from=0.8)
