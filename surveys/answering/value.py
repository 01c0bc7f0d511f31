"""Value: what one checked answer is, as it is kept and compared."""

from collections.abc import Mapping
from typing import TypeAlias

from typing_extensions import TypeIs

Plain: TypeAlias = int | float | str | tuple[str, ...]
"""One answer: a number, a text (dates as 2026-11-03), or chosen values in order."""

Table: TypeAlias = Mapping[str, Mapping[str, Plain]]
"""The answers of a matrix or a repeat: line or entry, then question."""

Value: TypeAlias = Plain | Table


def is_table(value: Value | None) -> TypeIs[Table]:
    """Whether a value is that of a matrix or a repeat."""
    return value is not None and not isinstance(value, int | float | str | tuple)


def to_json(value: Value) -> object:
    """A value as JSON-able numbers, texts, lists and objects."""
    match value:
        case tuple():
            return list(value)
        case Mapping():
            return {
                line: {name: to_json(cell) for name, cell in cells.items()} for line, cells in value.items()
            }
        case _:
            return value


def from_json(kept: object) -> Value | None:
    """A value as `to_json` left it; None for what is no answer."""
    match kept:
        case bool():
            return None
        case dict():
            lines = {str(line): _cells(cells) for line, cells in kept.items() if isinstance(cells, dict)}
            return {line: cells for line, cells in lines.items() if cells}
        case _:
            return _plain(kept)


def _cells(kept: Mapping[object, object]) -> dict[str, Plain]:
    read = {str(name): _plain(cell) for name, cell in kept.items()}
    return {name: cell for name, cell in read.items() if cell is not None}


def _plain(kept: object) -> Plain | None:
    match kept:
        case bool():
            return None
        case int() | float() | str():
            return kept
        case list():
            return tuple(str(each) for each in kept)
        case _:
            return None
