"""Inflow: many rows of one kind added at once, by the quickest way that the database has."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store.base import Row
from store.engine import hide_detail
from store.quick.plain import table_of


def pour(session: Session, kind: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Add rows in the session's transaction, past its own bookkeeping, which takes as long as the database.

    All rows name the same columns, and every one that has to be filled. One that stands already fails them
    all: who cannot rule that out by a lock looks first, or adds with `insert_unless_there`.
    """
    if not rows:
        return
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        _copy(connection, table_of(kind), rows)
    else:
        connection.execute(insert(table_of(kind)), list(rows))


def _copy(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Stream the rows: an INSERT for each costs three times as long, most of it on the way there."""
    dialect = connection.dialect
    names = list(rows[0])
    written = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    quoted = dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    statement = f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN"
    driver = cast(Any, connection.connection.driver_connection)
    dbapi = cast(Any, dialect.loaded_dbapi)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as stream:
            for row in rows:
                stream.write_row(_line(row, names, written))
    except dbapi.Error as error:
        # The driver was asked directly, so its errors are put as those of any other statement.
        hide_detail(error)
        raise DBAPIError.instance(
            statement, None, error, dbapi.Error, hide_parameters=True, dialect=dialect
        ) from error


def _line(row: dict[str, Any], names: Iterable[str], written: Iterable[Any]) -> list[Any]:
    return [turn(row[name]) if turn else row[name] for name, turn in zip(names, written, strict=True)]
