"""Bringing a database to the latest form: all of it in one transaction, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from bot.ledger.tables import Base
from bot.ledger.troubles import damaged, too_new

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 7_215_063  # any number, the same for all of us


def migrate(engine: Engine) -> None:
    """Make what is missing. Raises LedgerError for a newer or a damaged database, and errors of SQLAlchemy."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:  # SQLite: for writing, and so alone
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        heads = set(MigrationContext.configure(connection).get_current_heads())
        if not heads <= {revision.revision for revision in script.walk_revisions()}:
            raise too_new()
        if heads != set(script.get_heads()):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        _require_tables(connection)


def _require_tables(connection: Connection) -> None:
    if not set(Base.metadata.tables) <= set(inspect(connection).get_table_names()):
        raise damaged()
