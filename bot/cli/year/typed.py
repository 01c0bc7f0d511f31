"""How a year of the board is typed: 2026/27, 2026-27, or 2026 for the one that begins in it."""

from typing import Any

import click

from messages.catalogue.board_year import read_year


class BoardYear(click.ParamType[int]):
    """A year of the board, by the calendar year in which it begins."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the year, or fail with a usage error."""
        if isinstance(value, int):
            return value
        found = read_year(str(value))
        if found is None:
            self.fail(f"{value!r} is no year of the board; write it as 2026/27", param, ctx)
        return found


YEAR = BoardYear()
