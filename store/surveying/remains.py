"""Remains: what deleted rows leave behind in a database's files, and how it is made to go."""

from sqlalchemy import Engine

from store.engine import explained, is_sqlite, open_engine
from store.errors import StoreBusyError

#: What the night has just deleted from. Those in full are small by morning and rewritten whole, so that
#: their files hold nothing of what was there; the others are cleared of their dead rows in place.
CLEARED = (
    "FULL waiting_answers",
    "FULL contact_wishes",
    "FULL ended_pages",
    "FULL alerts",
    "deliveries",
    "anonymous_answers",
    "asks",
    "chores",
)
#: How long answers may be kept waiting for the lock that rewriting the box takes.
PATIENCE = "2s"


def clear(url: str) -> None:
    """Clear away what deleted anonymous answers left in the database's own files.

    SQLite has overwritten them with zeros already; the write-ahead log is emptied into the database and cut.
    PostgreSQL's dead rows go. Raises StoreBusyError where somebody is in the way: try again later.
    """
    engine = open_engine(url, size=0)
    try:
        with explained():
            (_clear_sqlite if is_sqlite(url) else _clear_postgresql)(engine)
    finally:
        engine.dispose()


def _clear_sqlite(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(is_busy, *_)] = cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
    if is_busy:
        raise StoreBusyError(StoreBusyError.__doc__)


def _clear_postgresql(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
        for what in CLEARED:
            connection.exec_driver_sql(f"VACUUM {what}")
