"""The declarative base, our identifiers, and the one way a moment in time is stored."""

import os
import time
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, DateTime, LargeBinary, MetaData, String, Uuid
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import ReturningInsert
from sqlalchemy.types import TypeDecorator

#: Constraint names are spelled by rule, so that migrations can name them on every database.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def ordered_id() -> UUID:
    """Make a time-ordered identifier (RFC 9562, version 7) for rows that may be linked."""
    return _ordered(os.urandom(10))


def ordered_ids(count: int) -> list[UUID]:
    """As many of them: the system is asked for what is random once, which takes longest."""
    drawn = os.urandom(10 * count)
    return [_ordered(drawn[place : place + 10]) for place in range(0, len(drawn), 10)]


def _ordered(drawn: bytes) -> UUID:
    # Identifiers only sort by this; no rule ever reads a moment out of one.
    millis = time.time_ns() // 1_000_000
    value = (millis & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(drawn, "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


class Moment(TypeDecorator[datetime]):
    """An aware moment: refused when naive, kept in UTC, given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone cannot be stored: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment back, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Worded(TypeDecorator[StrEnum]):
    """A StrEnum kept by its value, so that a row can be read with any database tool."""

    impl = String(32)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Keep members of the given enumeration."""
        super().__init__()
        self.kind = kind
        self._members: dict[str, StrEnum] = {member.value: member for member in kind}

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Refuse a word that the enumeration does not know."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Give back the member."""
        return None if value is None else self._members[value]


class Composed(TypeDecorator[str]):
    """A sentence put together from names and reasons: cut where the longest of these would not fit."""

    impl = String
    cache_ok = True

    def __init__(self, longest: int) -> None:
        """Keep up to `longest` characters."""
        super().__init__(longest)
        self.longest = longest

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Cut what is longer than its column."""
        if value is None or len(value) <= self.longest:
            return value
        return f"{value[: self.longest - 1]}…"


class Row(DeclarativeBase):
    """What every row is: a plain noun that carries no decision beyond a predicate."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Uuid(as_uuid=True),
        datetime: Moment(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


def insert_unless_there(session: Session, kind: type[Row]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves a row alone which stands there already by one of its unique keys."""
    return _insert_unless_there(session.get_bind().dialect.name, kind)


@cache
def _insert_unless_there(dialect: str, kind: type[Row]) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        return sqlite.insert(kind).on_conflict_do_nothing()
    return postgresql.insert(kind).on_conflict_do_nothing()


def add_unless_there(session: Session, kind: type[Row]) -> ReturningInsert[tuple[UUID]]:
    """The same, giving back the identifier of the row where it was added; the same statement every time."""
    return _add_unless_there(session.get_bind().dialect.name, kind)


@cache
def _add_unless_there(dialect: str, kind: type[Row]) -> ReturningInsert[tuple[UUID]]:
    return _insert_unless_there(dialect, kind).returning(kind.__table__.c.id)
