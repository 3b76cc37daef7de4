"""The tables, as the latest migration leaves them."""

import datetime

from sqlalchemy import BigInteger, Date, DateTime, Dialect, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime.datetime]):
    """A time with its zone, also where the database (SQLite) keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """To UTC."""
        return value and value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        """From UTC."""
        return value and (value.astimezone(datetime.UTC) if value.tzinfo else value.replace(tzinfo=datetime.UTC))


class AnyText(TypeDecorator[str]):
    """Text of whatever people send: PostgreSQL keeps no NUL, neither database half a surrogate pair."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without what cannot be kept."""
        return value and value.replace("\0", "").encode("utf-8", "replace").decode()


_Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """What all tables share."""


class TurnRow(Base):
    """A question with its answer as JSON; a conversation is nothing but its turns."""

    __tablename__ = "turns"
    __table_args__ = (Index("turns_of_user", "user_name", "conversation", "asked_at"),)

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    id: Mapped[str] = mapped_column(AnyText, unique=True)
    conversation: Mapped[str] = mapped_column(AnyText)
    user_name: Mapped[str] = mapped_column(AnyText)
    asked_at: Mapped[datetime.datetime] = mapped_column(UtcTime, index=True)
    question: Mapped[str] = mapped_column(AnyText)
    answer: Mapped[str] = mapped_column(AnyText)
    folded: Mapped[str] = mapped_column(AnyText)


class FeedbackRow(Base):
    """An opinion with its own copy of what it is about; `turn` is empty once that was deleted."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("user_name", "turn", "citation"),)

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    id: Mapped[str] = mapped_column(AnyText, unique=True)
    turn: Mapped[str | None] = mapped_column(ForeignKey("turns.id", ondelete="SET NULL"), index=True)
    user_name: Mapped[str] = mapped_column(AnyText)
    given_at: Mapped[datetime.datetime] = mapped_column(UtcTime)
    opinion: Mapped[str] = mapped_column(AnyText)
    citation: Mapped[int]
    reason: Mapped[str] = mapped_column(AnyText)
    asked_at: Mapped[datetime.datetime] = mapped_column(UtcTime)
    question: Mapped[str] = mapped_column(AnyText)
    answer: Mapped[str] = mapped_column(AnyText)


class AuditRow(Base):
    """Who did what, when."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    at: Mapped[datetime.datetime] = mapped_column(UtcTime, index=True)
    user_name: Mapped[str] = mapped_column(AnyText)
    via: Mapped[str] = mapped_column(AnyText)
    action: Mapped[str] = mapped_column(AnyText)
    detail: Mapped[str] = mapped_column(AnyText)
    outcome: Mapped[str] = mapped_column(AnyText)


class AuditCountRow(Base):
    """How often an action was done on a day (UTC)."""

    __tablename__ = "audit_counts"

    day: Mapped[datetime.date] = mapped_column(Date, primary_key=True)
    action: Mapped[str] = mapped_column(AnyText, primary_key=True)
    times: Mapped[int]


class AccountRow(Base):
    """A local account; `key` is its name however capitals are typed."""

    __tablename__ = "accounts"

    key: Mapped[str] = mapped_column(AnyText, primary_key=True)
    name: Mapped[str] = mapped_column(AnyText)
    password_hash: Mapped[str] = mapped_column(AnyText)
    roles: Mapped[str] = mapped_column(AnyText)
    is_active: Mapped[bool]
    made_at: Mapped[datetime.datetime] = mapped_column(UtcTime)


class SessionRow(Base):
    """Somebody signed in, by the digest of the session's secret."""

    __tablename__ = "sessions"

    digest: Mapped[str] = mapped_column(AnyText, primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.key", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime.datetime] = mapped_column(UtcTime)


class AttemptRow(Base):
    """A try to sign in that did not succeed (yet), by the digest of the name: people type passwords there."""

    __tablename__ = "attempts"

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    name_digest: Mapped[str] = mapped_column(AnyText, index=True)
    at: Mapped[datetime.datetime] = mapped_column(UtcTime)


class TokenRow(Base):
    """An API token, by the digest of its secret."""

    __tablename__ = "tokens"

    number: Mapped[int] = mapped_column(_Number, primary_key=True)
    id: Mapped[str] = mapped_column(AnyText, unique=True)
    digest: Mapped[str] = mapped_column(AnyText, unique=True)
    name: Mapped[str] = mapped_column(AnyText)
    user_name: Mapped[str] = mapped_column(AnyText)
    scopes: Mapped[str] = mapped_column(AnyText)
    made_at: Mapped[datetime.datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime.datetime | None] = mapped_column(UtcTime)
    last_used_at: Mapped[datetime.datetime | None] = mapped_column(UtcTime)
