"""Fixtures that several parts of the suite share."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.stand_ins import HashingEncoder

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# A busy machine must not fail a property test for being slow, nor a run find what the last one did not look at.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@pytest.fixture
def encoder() -> HashingEncoder:
    """A deterministic embedder that needs no model."""
    return HashingEncoder()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright  # only tests in a browser pay for it

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=_CHROMIUM_ARGUMENTS)
        yield running
        running.close()
