"""Compiling: the engines of a test run put their statements together once, and not once for every test.

Each test opens engines of its own, and to put a statement into words takes longer than SQLite takes to run
it. An engine keeps those words by its dialect, so that all of them are given the same one.
"""

from typing import Any

from sqlalchemy import Engine, create_engine

from store import database, engine

open_engine = engine.open_engine


def share_statements() -> None:
    """Let every SQLite engine that a database opens from now on use what another has put together."""
    first = create_engine("sqlite://")
    with first.connect():
        pass  # now the dialect knows which SQLite it speaks to
    first.dispose()
    kept: dict[Any, Any] = {}

    def open_alike(url: str, **settings: Any) -> Engine:
        opened = open_engine(url, **settings)
        if opened.dialect.name == first.dialect.name:
            opened.dialect = first.dialect
            opened.update_execution_options(compiled_cache=kept)
        return opened

    vars(database)["open_engine"] = open_alike
