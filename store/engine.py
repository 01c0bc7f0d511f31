"""The engines behind a database URL: how a connection to each kind of database is set up."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, QueuePool

from store.errors import StoreError, StoreUnreachableError, explain
from store.quick.prepared import say

#: Seconds a SQLite connection waits for another process to finish writing.
BUSY_SECONDS = 5.0
#: Milliseconds after which one that would write asks again whether it may. SQLite by itself asks ever less
#: often, down to ten times a second, and would miss each short moment in which a process with much to write
#: lets go.
KNOCK_MS = 3


def address(url: str) -> URL:
    """Read a database URL; PostgreSQL always means psycopg 3. Raises StoreUnreachableError for any other."""
    try:
        read = make_url(url)
    except ArgumentError:
        read = None
    if read is None or read.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        # The URL is not repeated: it may hold a password.
        raise StoreUnreachableError(
            "The setting `database` names no database that Cascade knows: write sqlite:///cascade.db or "
            "postgresql://user@host/name."
        )
    if read.drivername in ("postgresql", "postgres"):
        return read.set(drivername="postgresql+psycopg")
    return read


def is_sqlite(url: str) -> bool:
    """Whether the URL names the embedded database."""
    return address(url).get_backend_name() == "sqlite"


def open_engine(
    url: str, *, size: int = 4, writes: bool = True, echo: bool = False, busy_seconds: float = BUSY_SECONDS
) -> Engine:
    """Open an engine with `size` kept connections (0: none kept).

    SQLite connections keep foreign keys, write-ahead logging and full durability; with
    `writes=False` they refuse to write at all.
    """
    target = address(url)
    pool: dict[str, Any] = (
        {"poolclass": NullPool} if size == 0 else {"poolclass": QueuePool, "pool_size": size}
    )
    if target.get_backend_name() != "sqlite":
        # A connection that the server closed overnight is replaced, not handed out.
        engine = create_engine(target, echo=echo, pool_pre_ping=size > 0, hide_parameters=True, **pool)
        event.listen(engine, "handle_error", _hide_details)
        return engine
    engine = create_engine(
        target,
        echo=echo,
        hide_parameters=True,
        connect_args={"timeout": busy_seconds, "check_same_thread": False},
        **pool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # We say BEGIN ourselves: the driver would begin late, and never for a read.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA cache_size=-16384")
        # A busy sender changes the same pages again and again: they are written back in larger batches.
        cursor.execute("PRAGMA wal_autocheckpoint=8000")
        cursor.execute("PRAGMA temp_store=MEMORY")
        # What is deleted is overwritten: an anonymous answer must not stay behind under its old key.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(f"PRAGMA busy_timeout={KNOCK_MS}" if writes else "PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes:
            _begin_writing(connection, busy_seconds)
        else:
            say(connection, "BEGIN")

    return engine


def _begin_writing(connection: Connection, busy_seconds: float) -> None:
    """Take the write lock first, so that no transaction fails half-way for want of it."""
    until = time.monotonic() + busy_seconds
    while True:
        try:
            return say(connection, "BEGIN IMMEDIATE")
        except OperationalError as error:
            if "database is locked" not in str(error.orig) or time.monotonic() > until:
                raise


def _hide_details(context: ExceptionContext) -> None:
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            hide_detail(error)


def hide_detail(error: BaseException) -> None:
    """Keep what people typed out of logs: PostgreSQL repeats a row's values in the detail of an error."""
    if error.args and isinstance(error.args[0], str):
        error.args = (error.args[0].partition("\nDETAIL:")[0], *error.args[1:])


@contextmanager
def explained() -> Iterator[None]:
    """Turn the driver's complaints about a locked, full, absent or damaged database into ours."""
    try:
        yield
    except DBAPIError as error:
        meant = explain(error) or _explain_damage(error)
        if meant is None:
            raise
        raise meant from error


def _explain_damage(error: DBAPIError) -> StoreError | None:
    """The error in our words where SQLite was given what is no database, or one that is broken."""
    said = str(error.orig)
    if not any(words in said for words in ("file is not a database", "disk image is malformed")):
        return None
    return StoreUnreachableError(
        f"The database cannot be read: {said}. Nothing was kept: check the setting `database`, or put back "
        "your backup."
    )
