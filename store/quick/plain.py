"""Plain: statements on tables, run past a session's books of rows, where every single answer passes."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Executable, Table
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from store.base import Row
from store.quick.prepared import Told, prepare


def table_of(kind: type[Row]) -> Table:
    """The table in which rows of a kind are kept."""
    return cast(Table, kind.__table__)


def columns_of(row: Row) -> dict[str, Any]:
    """What a row that no session holds says in each of its columns."""
    return {column.key: getattr(row, column.key) for column in table_of(type(row)).columns}


def run(session: Session, statement: Executable, values: Mapping[str, Any]) -> Told:
    """Run a statement that was put together once; what the session has not written yet goes first."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        prepared = prepare(statement, connection.dialect)
        if prepared is not None:
            return prepared.run(connection, values)
    result = connection.execute(statement, values)
    rows = [tuple(row) for row in result] if result.returns_rows else []
    return Told(result.rowcount, rows)


def tell(session: Session, kind: type[Row], identifier: UUID, **written: object) -> None:
    """Let a row that the session holds know what a plain statement wrote into it."""
    held = session.identity_map.get(identity_key(kind, identifier))
    if held is not None:
        for name, value in written.items():
            set_committed_value(held, name, value)
