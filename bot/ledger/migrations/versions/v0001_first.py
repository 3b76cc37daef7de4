"""The first form."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make every table."""
    _make_history()
    _make_audit()
    _make_accounts()


def _make_history() -> None:
    op.create_table(
        "turns",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Index("turns_of_user", "user_name", "conversation", "asked_at"),
    )
    op.create_table(
        "feedback",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("turn", sa.Text, sa.ForeignKey("turns.id", ondelete="SET NULL"), index=True),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("given_at", _TIME, nullable=False),
        sa.Column("opinion", sa.Text, nullable=False),
        sa.Column("citation", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.UniqueConstraint("user_name", "turn", "citation"),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("at", _TIME, nullable=False, index=True),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_table(
        "audit_counts",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("action", sa.Text, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )


def _make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("expires_at", _TIME, nullable=False),
    )
    op.create_table(
        "attempts",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("name_digest", sa.Text, nullable=False, index=True),
        sa.Column("at", _TIME, nullable=False),
    )
    op.create_table(
        "tokens",
        sa.Column("number", _NUMBER, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("expires_at", _TIME),
        sa.Column("last_used_at", _TIME),
    )
