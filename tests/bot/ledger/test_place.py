"""Where a database is, told without user and password."""

from pathlib import Path

import pytest

from bot.errors import LedgerError
from bot.ledger.place import Place, place_of


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("sqlite:////kho/sổ.sqlite3", Place(Path("/kho/sổ.sqlite3"), "/kho/sổ.sqlite3")),
        ("sqlite:///sổ.sqlite3?timeout=3", Place(Path("sổ.sqlite3"), "sổ.sqlite3")),
        ("postgresql://lan:bimat@kho.tinh.vn:5432/so", Place(None, "so trên kho.tinh.vn")),
        ("postgresql:///so", Place(None, "so trên máy này")),
    ],
)
def test_a_place_is_told_without_user_and_password(url: str, place: Place) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize("url", ["", "bimat", "sqlite://", "sqlite:///:memory:"])
def test_what_is_no_place_is_refused(url: str) -> None:
    with pytest.raises(LedgerError, match="BOT_DATABASE_URL không dùng được"):
        place_of(url)
