"""The workbook of rows given back, to be put right and imported again as it is."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path, PurePath

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from bot.directory.headings import ORIGIN, REASON
from bot.directory.rows import RejectedRow

_LONGEST_CELL = 32_000  # Excel holds 32,767 characters in a cell
_LONGEST_NAME = 31


def write_rejected(rejected: Iterable[RejectedRow], path: Path) -> None:
    """Write an .xlsx workbook, one sheet per sheet of origin: rows as typed, and what to put right in each.

    Every cell is text, so that nothing typed can run or turn into a number. Raises OSError where `path`
    cannot be written.
    """
    names: set[str] = set()
    content = [
        (_name_sheet(source, names), list(rows))
        for source, rows in groupby(sorted(rejected, key=lambda row: row.source), _group)
    ]
    try:
        with xlsxwriter.Workbook(str(path)) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            text = book.add_format({"num_format": "@"})
            advice = book.add_format({"text_wrap": True, "bg_color": "#FFF7BF"})
            for name, rows in content:
                _write_sheet(book.add_worksheet(name), rows, (bold, text, advice))
            if not content:
                book.add_worksheet("Nothing to put right")
    except FileCreateError as error:
        raise OSError(
            f"{path} cannot be written: {error}; close it in Excel or choose another name"
        ) from error


def _group(row: RejectedRow) -> tuple[str, str, tuple[str, ...]]:
    return (row.source.file, row.source.sheet, row.headings)


def _name_sheet(group: tuple[str, str, tuple[str, ...]], taken: set[str]) -> str:
    """A sheet name Excel accepts, and that no other sheet here has."""
    wanted = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", group[1] or PurePath(group[0]).stem).strip(" '") or "Rows"
    name, count = wanted[:_LONGEST_NAME], 1
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps that one for itself
        count += 1
        name = f"{wanted[: _LONGEST_NAME - 5]} ({count})"
    taken.add(name.casefold())
    return name


def _write_sheet(sheet: Worksheet, rows: list[RejectedRow], formats: tuple[object, ...]) -> None:
    bold, text, advice = formats
    width = max(len(rows[0].headings), *(len(row.cells) for row in rows))
    headings = [*rows[0].headings, *[""] * (width - len(rows[0].headings)), REASON, ORIGIN]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading[:_LONGEST_CELL], bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row.cells):
            sheet.write_string(number, column, cell[:_LONGEST_CELL], text)
        sheet.write_string(number, width, row.reason[:_LONGEST_CELL], advice)
        sheet.write_string(number, width + 1, str(row.source))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, width - 1, 24, text)
    sheet.set_column(width, width + 1, 60)
