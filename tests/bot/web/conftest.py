"""The API over the invented documents, ready to be asked."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.service import Assistant
from index.search import SearchIndex
from tests.bot.corpus import index_of
from tests.bot.web.asking import app_of, assistant_of, client_of


@pytest.fixture
def assistant(index: SearchIndex, tmp_path: Path) -> Iterator[Assistant]:
    """Without a language model; its ledger is the test's own, the index is to be read only."""
    with assistant_of(index, tmp_path) as made:
        yield made


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    """A reader."""
    return client_of(app_of(assistant))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Assistant]:
    """With an index of its own in its home, which may be changed."""
    with closing(index_of(tmp_path)) as index, assistant_of(index, tmp_path) as made:
        yield made
