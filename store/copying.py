"""Copying: every row of a database, ids kept, into another one of any kind."""

from sqlalchemy import Connection, Table, insert, select

from store import schema
from store.engine import explained, is_sqlite, open_engine
from store.rows import TABLES

#: Rows read and added at once.
CHUNK = 1000


def copy(source: str, target: str) -> int:
    """Copy all rows at one URL into an empty database at another, which is made whole; tells how many.

    The source is read in one transaction, as it stood at one moment, and never written.
    """
    schema.create(target)
    reading = open_engine(source, size=0, writes=False)
    if not is_sqlite(source):
        reading = reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    writing = open_engine(target, size=0)
    with explained(), reading.connect() as old, writing.begin() as new:
        if is_sqlite(target):
            # Rows may point to rows of their own table that come later.
            new.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        return sum(_copy_table(table, old, new) for table in TABLES)


def _copy_table(table: Table, old: Connection, new: Connection) -> int:
    copied = 0
    rows = old.execution_options(stream_results=True).execute(select(table))
    for some in rows.mappings().partitions(CHUNK):
        new.execute(insert(table), [dict(row) for row in some])
        copied += len(some)
    return copied
