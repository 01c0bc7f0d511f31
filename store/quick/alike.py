"""Alike: rows to be looked at only, made once for as long as the database says the same of them."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, Column, ColumnElement, Dialect, Executable, String, Text, cast, type_coerce
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict

from store.base import Row
from store.quick.plain import run, table_of
from store.quick.prepared import Turn

R = TypeVar("R", bound=Row)

#: Rows of a kind that are kept; beyond it the one unused for longest goes.
MOST = 512


class Alike(Generic[R]):
    """Rows of one kind by all that their columns say, so that none is ever shown that has changed since.

    Reading all columns and comparing them takes a third of the time of making rows of them. The rows belong
    to no session and to everybody: nobody may change one.
    """

    def __init__(self, kind: type[R], most: int = MOST) -> None:
        """Keep up to `most` rows; none with 0, as of what somebody said."""
        self._kind = kind
        self._table = table_of(kind).columns
        self._turns: dict[str, list[Turn | None]] = {}
        self._made = lru_cache(most)(self._make)

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What a statement selects of a row, in the driver's own terms."""
        return [_as_told(column) for column in self._table]

    @property
    def width(self) -> int:
        """How many columns that is."""
        return len(self._table)

    def find(self, dialect: Dialect, told: Sequence[Any]) -> R | None:
        """The row that the columns tell of; None where an outer join found none."""
        if dialect.name not in self._turns:
            self._turns[dialect.name] = [_turn(column, dialect) for column in self._table]
        return self._made(dialect.name, tuple(told)) if told[0] is not None else None

    def _make(self, dialect: str, told: tuple[Any, ...]) -> R:
        row, read = self._kind(), zip(self._table, self._turns[dialect], told, strict=True)
        values = {column.key: value if turn is None else turn(value) for column, turn, value in read}
        instance_dict(row).update(values)
        make_transient_to_detached(row)
        return row


class Sight:
    """Rows of some kinds side by side, as one statement finds them."""

    def __init__(self, *kinds: Alike[Any]) -> None:
        """See these kinds, in this order."""
        ends = list(accumulate((kind.width for kind in kinds), initial=0))
        self._places, self._width = list(zip(kinds, pairwise(ends), strict=True)), ends[-1]

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What the statement has to select first."""
        return [column for kind, _ in self._places for column in kind.columns]

    def look(self, session: Session, statement: Executable, values: Mapping[str, Any]) -> list[list[Any]]:
        """What a statement finds: in each line the rows, None where there is none, and its other columns."""
        dialect = session.get_bind().dialect
        return [
            [
                *(kind.find(dialect, line[start:end]) for kind, (start, end) in self._places),
                *line[self._width :],
            ]
            for line in run(session, statement, values).rows
        ]


def _as_told(column: Column[Any]) -> ColumnElement[Any]:
    # A driver may turn JSON into what cannot be compared; as text it always can.
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, String())


def _turn(column: Column[Any], dialect: Dialect) -> Turn | None:
    """How a column's value is made of what the driver says; None where it is the value itself."""
    if isinstance(column.type, JSON):
        return _from_json
    return column.type.dialect_impl(dialect).result_processor(dialect, None)


def _from_json(text: str | None) -> object:
    return None if text is None else json.loads(text)
