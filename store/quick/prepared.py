"""Prepared: statements put into the words of SQLite once, and run there by its driver alone.

Between a statement and SQLite stand some thirty microseconds of bookkeeping, where SQLite itself needs three,
and every answer runs a dozen statements. What the driver complains of is said as it is everywhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Executable, Select, UpdateBase
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

#: Statements kept, many more than there are.
MOST = 256

Turn: TypeAlias = Callable[[Any], Any]
"""Turns a value into what the driver takes, or back."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement came to."""

    #: How many rows it changed.
    rowcount: int
    rows: list[tuple[Any, ...]]

    def all(self) -> list[tuple[Any, ...]]:
        """Every row that it gave back."""
        return self.rows

    def first(self) -> tuple[Any, ...] | None:
        """The first of them."""
        return self.rows[0] if self.rows else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement in SQLite's own words."""

    words: str
    #: What stands for each question mark: its name, its value where none is given, and its turn.
    binds: tuple[tuple[str, Any, Turn | None], ...]
    #: The turn of each column that comes back.
    reads: tuple[Turn | None, ...]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Told:
        """Run it in the transaction of a connection. Raises a DBAPIError as SQLAlchemy does."""
        given = tuple(
            value if turn is None else turn(value)
            for value, turn in ((values.get(name, own), turn) for name, own, turn in self.binds)
        )
        cursor = connection.connection.cursor()
        driver = connection.dialect.loaded_dbapi.Error
        try:
            cursor.execute(self.words, given)
            rows: list[tuple[Any, ...]] = list(cursor.fetchall()) if self.reads else []
        except driver as error:
            raise DBAPIError.instance(
                self.words, None, error, driver, hide_parameters=True, dialect=connection.dialect
            ) from error
        return Told(cursor.rowcount, [self._read(row) for row in rows] if any(self.reads) else rows)

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            value if read is None else read(value) for read, value in zip(self.reads, row, strict=True)
        )


def say(connection: Connection, words: str) -> None:
    """Say words of SQLite itself in the transaction of a connection. Raises a DBAPIError."""
    Prepared(words, (), ()).run(connection, {})


@lru_cache(MOST)
def prepare(statement: Executable, dialect: Dialect) -> Prepared | None:
    """A statement of which all is known but its values; None where its words depend on these."""
    assert isinstance(statement, Select | UpdateBase)  # noqa: S101 - nothing else passes here
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - it is no change of the schema
    if compiled.post_compile_params or compiled.positiontup is None:
        return None
    binds = (compiled.binds[name] for name in compiled.positiontup)
    return Prepared(
        words=str(compiled),
        binds=tuple((one.key, one.effective_value, _inwards(one.type, dialect)) for one in binds),
        reads=tuple(_outwards(one.type, dialect) for one in statement.exported_columns),
    )


def _inwards(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _outwards(kind: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
