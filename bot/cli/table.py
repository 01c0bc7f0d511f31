"""Tables of plain text that fit a terminal, and moments as people in the installation's zone read them."""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

#: Characters in a line.
WIDTH = 100
GAP = "  "


def lay_out(headings: Sequence[str], rows: Sequence[Sequence[object]], indent: str = "  ") -> str:
    """A table of at most WIDTH characters a line; the widest columns are wrapped until it fits.

    A column without a heading in which nothing stands is left out.
    """
    whole = [headings, *([" ".join(str(cell).split()) for cell in row] for row in rows)]
    columns = [column for column in zip(*whole, strict=True) if any(column)]
    headings, *cells = zip(*columns, strict=True)
    room = WIDTH - len(indent) - len(GAP) * (len(columns) - 1)
    widths = _fit(columns, room)
    lines = [*_line(headings, widths, indent), indent + GAP.join("-" * width for width in widths)]
    for row in cells:
        lines += _line(row, widths, indent)
    return "\n".join(lines)


def _fit(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Widths that fit: no word is broken, as an address would be, while there is room for whole ones."""
    widths = [max(map(len, column)) for column in columns]
    longest = [max(len(word) for cell in column for word in cell.split() or [""]) for column in columns]
    for floors in (longest, [1] * len(columns)):
        while sum(widths) > room:
            spare = [width - floor for width, floor in zip(widths, floors, strict=True)]
            wide = [width if left > 0 else 0 for width, left in zip(widths, spare, strict=True)]
            if not any(wide):
                break
            widths[wide.index(max(wide))] -= 1
    return widths


def wrap(text: str, indent: str = "  ") -> str:
    """A paragraph of at most WIDTH characters a line; its first line hangs out by two."""
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def say_moment(moment: datetime | None, zone: ZoneInfo) -> str:
    """A moment in a zone: Mon 12 Oct 2026 09:00; empty for none."""
    return (
        "" if moment is None else f"{say_day(moment.astimezone(zone).date())} {moment.astimezone(zone):%H:%M}"
    )


def say_day(day: date) -> str:
    """A day: Mon 12 Oct 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _line(cells: Sequence[str], widths: Sequence[int], indent: str) -> list[str]:
    """One row, as many lines high as its highest cell."""
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    height = max(len(column) for column in columns)
    return [
        (
            indent
            + GAP.join(
                (column[place] if place < len(column) else "").ljust(width)
                for column, width in zip(columns, widths, strict=True)
            )
        ).rstrip()
        for place in range(height)
    ]
