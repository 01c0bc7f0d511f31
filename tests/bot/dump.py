"""A whole database as plain values, to compare two moments."""

from sqlalchemy import select

from store.engine import open_engine
from store.rows import TABLES


def dump(url: str) -> bytes:
    """Every row of every table, in an order of its own, as bytes."""
    engine = open_engine(url, size=0, writes=False)
    with engine.connect() as connection:
        rows = {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in TABLES
        }
    return repr(rows).encode()
