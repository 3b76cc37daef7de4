"""Migrations: to the form that the code expects, by one process at a time, never backwards."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from bot.errors import LedgerError
from bot.ledger.ledger import Ledger
from bot.ledger.tables import Base
from tests.bot.ledger.clock import answer_of

OPENS = "import sys; from bot.ledger.ledger import Ledger; Ledger(sys.argv[1]).audit.note('an', 'local', 'ask')"


def change(ledger: Ledger, statement: str) -> None:
    with ledger._database.writing() as session:
        session.execute(text(statement))


def test_the_migrations_leave_the_tables_that_the_code_expects(ledger: Ledger) -> None:
    with ledger._database.reading() as session:
        context = MigrationContext.configure(session.connection())
        assert compare_metadata(context, Base.metadata) == []


def test_opening_again_changes_nothing(url: str, ledger: Ledger) -> None:
    kept = ledger.history.keep("an", answer_of("Còn không?"))
    again = Ledger(url)
    assert again.history.turn("an", kept.id) == kept
    again.close()


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(url: str, ledger: Ledger) -> None:
    change(ledger, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"phiên bản mới hơn.*Hãy cập nhật"):
        Ledger(url)
    with ledger._database.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_database_that_lacks_a_table_is_refused(url: str, ledger: Ledger) -> None:
    change(ledger, "DROP TABLE audit_counts")
    with pytest.raises(LedgerError, match="hỏng"):
        Ledger(url)


@pytest.mark.slow
def test_many_processes_may_open_a_new_one_at_once(url: str) -> None:
    root = Path(__file__).parents[3]
    processes = [
        subprocess.Popen([sys.executable, "-c", OPENS, url], stderr=subprocess.PIPE, text=True, cwd=root)
        for _ in range(6)
    ]
    errors = [process.communicate(timeout=120)[1] for process in processes]
    assert errors == [""] * 6
    ledger = Ledger(url)
    ((_, action, times),) = ledger.audit.counts()
    assert (action, times) == ("ask", 6)
    ledger.close()


def test_every_package_is_shipped() -> None:
    root = Path(__file__).parents[3]
    listed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {file.parent for file in (root / "bot" / "ledger").rglob("*.py")}
    assert {".".join(folder.relative_to(root).parts) for folder in folders} <= set(listed)
