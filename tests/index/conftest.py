"""Fixtures of the index's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.places import embedder_folder, stay_offline
from bot.settings import load_settings
from index import e5
from index.embed import Embedder
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
