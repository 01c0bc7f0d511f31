"""A sheet of actions on its way out, as it can be brought in again unchanged."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.directory.actions.columns import ACTION_COLUMNS
from bot.directory.rows import ActionRow
from store.answers.action import ActionState

HEADINGS = tuple(spellings[0] for spellings in ACTION_COLUMNS.values())
SHEET = "Actions"
#: What kinds of file there are, by ending.
KINDS = (".csv", ".xlsx")


def write_actions(rows: Iterable[ActionRow], path: Path) -> None:
    """Write actions as .csv or .xlsx, by the ending. Raises OSError where `path` cannot be written."""
    table = [[_cell(row, key) for key in ACTION_COLUMNS] for row in rows]
    if path.suffix.lower() == ".csv":
        _write_csv(table, path)
    else:
        _write_workbook(table, path)


def _cell(row: ActionRow, key: str) -> str:
    value = getattr(row, "text" if key == "action" else key)
    match value:
        case None:
            return ""
        case ActionState():
            return value.value
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value)


def _write_csv(table: list[list[str]], path: Path) -> None:
    # With its mark, so that Excel reads the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        csv.writer(opened).writerows([HEADINGS, *table])


def _write_workbook(table: list[list[str]], path: Path) -> None:
    try:
        with xlsxwriter.Workbook(str(path)) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet(SHEET)
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(0, column, heading, bold)
            # Every cell is text, so that nothing typed can run or turn into a number.
            for number, row in enumerate(table, start=1):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, text)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(HEADINGS) - 1, 18, text)
            sheet.set_column(4, 4, 60, text)
    except FileCreateError as error:
        raise OSError(f"{error}; close it in Excel or choose another name") from error
