"""Small directories as bytes, and the directory or refusal they read as."""

import io
from collections.abc import Sequence

import xlsxwriter

from bot.directory.crosscheck import Known
from bot.directory.reading import read_bytes
from bot.directory.rows import Directory
from bot.directory.sheets.sheet import Refusal

AGENCIES = "Agency,Sector,Calendar,Domains,Holiday contact name,Holiday contact email,Closed days\n"
SEATS = "Agency,Role,Name,Email,Language,Audience\n"
TERMS = "Term set,Term name,First day,Last day\n"
KNOWN = Known(agencies=("Hill School", "Vale Police"), term_sets=("Vale schools",))

Cell = str | int | float | bool | None


def read_text(text: str, known: Known = KNOWN) -> Directory:
    found = read_bytes("rows.csv", text.encode(), known)
    assert isinstance(found, Directory), found
    return found


def refusal(content: bytes, file: str = "rows.csv", encoding: str | None = None) -> str:
    found = read_bytes(file, content, KNOWN, encoding)
    assert isinstance(found, Refusal), found
    assert "\n" not in str(found)
    return str(found)


def workbook(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """An .xlsx of these sheets; text that begins with = becomes a formula, `date:` before a number a date."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str) and cell.startswith("date:"):
                        sheet.write_number(row, column, int(cell[5:]), day)
                    else:
                        sheet.write(row, column, cell)
    return content.getvalue()


def read_workbook(known: Known = KNOWN, **sheets: Sequence[Sequence[Cell]]) -> Directory:
    found = read_bytes("book.xlsx", workbook(**sheets), known)
    assert isinstance(found, Directory), found
    return found


def problems(directory: Directory) -> list[tuple[int, str, str]]:
    """Row, column and reason of every problem."""
    return [(row.source.row, each.column, each.reason) for row in directory.rejected for each in row.problems]
