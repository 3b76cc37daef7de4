"""What `bot register list --json` prints, read again."""

import json
from typing import Any

from tests.bot.conftest import Run


def rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """The statements listed with these arguments."""
    return [json.loads(line) for line in run("register", "list", "--json", *arguments).stdout.splitlines()]


def quotes(run: Run, *arguments: str) -> list[str]:
    """Their words."""
    return [row["quote"] for row in rows(run, *arguments)]
