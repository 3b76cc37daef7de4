"""Fixtures that several parts of the suite share."""

import pytest
from hypothesis import settings

from tests.stand_ins import HashingEncoder

# A busy machine must not fail a property test for being slow, nor a run find what the last one did not look at.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture
def encoder() -> HashingEncoder:
    """A deterministic embedder that needs no model."""
    return HashingEncoder()
